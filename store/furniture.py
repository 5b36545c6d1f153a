"""What a host prints under its stories: the paragraphs at the head and end of those that were read from its pages.

A paragraph that stood on STORIES of them is the site's, not the stories'; the page reader is given its digest. Agencies repeat
background too, and many papers print that: a paragraph that another host has shown as well is no furniture.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from parsers.page.furniture import digest
from store.db import utc

STORIES = 3  # of one host that show a paragraph
HEAD, END = 2, 4  # paragraphs of a story where furniture stands
LEAST = 12  # characters of a paragraph that can be told from another


def known(db: Database, host: str) -> frozenset[str]:
    """Digests of the paragraphs that are a host's own."""
    rows = db.conn.execute(
        f"""
        SELECT digest FROM furniture AS ours WHERE host = ? AND stories >= {STORIES}
        AND NOT EXISTS (SELECT 1 FROM furniture AS theirs WHERE theirs.digest = ours.digest AND theirs.host <> ours.host)
        """,
        [host],
    )
    return frozenset(row[0] for row in rows)


def note(db: Database, host: str, body: Sequence[str], *, at: datetime) -> None:
    """Count a new story of a host. The caller holds the transaction that stores it.

    A story of which half is known tells another once more (a second section, a new address), and counts for nothing.
    """
    edges = [*body[:HEAD], *body[HEAD:][-END:]]
    marks = list(dict.fromkeys(digest(text) for text in edges if len(text) >= LEAST))
    if not marks:
        return
    places = ", ".join("?" * len(marks))
    seen = db.conn.execute(
        f"SELECT count(*) FROM furniture WHERE host = ? AND digest IN ({places})", [host, *marks]
    ).fetchone()[0]
    if 2 * seen >= len(marks):
        return
    db.conn.executemany(
        """
        INSERT INTO furniture (digest, host, stories, seen) VALUES (?, ?, 1, ?)
        ON CONFLICT (digest, host) DO UPDATE SET stories = stories + 1, seen = excluded.seen
        """,
        [(mark, host, utc(at)) for mark in marks],
    )


def forget(db: Database, before: datetime) -> int:
    """Drop what was seen on too few stories, and not since a day; returns how many paragraphs."""
    return db.conn.execute(
        f"DELETE FROM furniture WHERE stories < {STORIES} AND seen < ?", [utc(before)]
    ).rowcount
