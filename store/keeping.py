"""Backup and pruning."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from store import furniture, stories
from store.db import utc
from store.errors import StoreError


def backup(db: Database, target: Path) -> int:
    """A consistent copy of the store; returns its size in bytes. Takes the target's place only when whole."""
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        copy = sqlite3.connect(part)
        try:
            db.conn.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        finally:
            copy.close()
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            str(error), where=str(target), do="name a file in a writable folder with room"
        ) from error
    return target.stat().st_size


OLD_VISITS = "ended < ? AND id NOT IN (SELECT visit FROM documents) AND id NOT IN (SELECT visit FROM versions WHERE visit IS NOT NULL) AND id NOT IN (SELECT visit FROM events WHERE visit IS NOT NULL)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """What went."""

    documents: int
    visits: int
    files: tuple[str, ...]  # archive files that nothing points at any more


def old(db: Database, before: datetime) -> tuple[int, int]:
    """(raw documents, visits) that `prune` would drop."""
    documents = db.conn.execute(
        "SELECT count(*) FROM documents WHERE fetched < ? AND file IS NOT NULL", [utc(before)]
    )
    visits = db.conn.execute(f"SELECT count(*) FROM visits WHERE {OLD_VISITS}", [utc(before)])
    return documents.fetchone()[0], visits.fetchone()[0]


def prune(db: Database, before: datetime) -> Pruned:
    """Drop pointers to old raw documents, and old visits that nothing came of; tidy the index. Stories, versions, events stay.

    A file goes only when nothing points into it any more and it is not of today: another run may append to it.
    """
    files = _files(db)
    documents = db.conn.execute(
        "UPDATE documents SET file = NULL, offset = NULL, length = NULL WHERE fetched < ? AND file IS NOT NULL",
        [utc(before)],
    ).rowcount
    visits = db.conn.execute(f"DELETE FROM visits WHERE {OLD_VISITS}", [utc(before)]).rowcount
    furniture.forget(db, before)
    stories.optimized(db)
    return Pruned(documents=documents, visits=visits, files=tuple(sorted(files - _files(db))))


def _files(db: Database) -> set[str]:
    return {row[0] for row in db.conn.execute("SELECT DISTINCT file FROM documents WHERE file IS NOT NULL")}
