"""Which files of a server have been taken, as they were then: kept in the transaction that stores their stories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlite_utils import Database

from store.db import utc

AT_ONCE = 500  # names of one statement


def marks(db: Database, source: str, places: Sequence[str]) -> dict[str, str]:
    """Of these files (by address), those that were taken, with the mark that each had: its size and time."""
    found: dict[str, str] = {}
    for start in range(0, len(places), AT_ONCE):
        some = places[start : start + AT_ONCE]
        found.update(
            db.conn.execute(
                f"SELECT place, mark FROM taken WHERE source = ? AND place IN ({', '.join('?' * len(some))})",
                [source, *some],
            )
        )
    return found


def keep(db: Database, source: str, taken: Mapping[str, str], *, at: datetime) -> None:
    """Note files as taken. The caller holds the transaction that stores what was read in them."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO taken (source, place, mark, seen) VALUES (?, ?, ?, ?)",
        [(source, place, mark, utc(at)) for place, mark in taken.items()],
    )
