"""Opening the store: pragmas, migrations, the write transaction, errors that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import monotonic, sleep

from sqlite_utils import Database

from store.errors import StoreError
from store.schema import schema

WAIT = 60.0  # seconds that one connection waits for another's write
CACHE = -65536  # KiB of pages kept in memory, as SQLite writes it


def open_store(path: Path, *, create: bool = True) -> Database:
    """The store at path, its schema brought up to date. One connection a thread.

    create: make it where it is not. Raises StoreError.
    """
    if not create and not path.is_file():
        raise StoreError("there is no store yet", where=str(path), do="run `wire run` first")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        conn = sqlite3.connect(path, timeout=WAIT, check_same_thread=False)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(str(error), where=str(path), do="make its folder writable") from error
    try:
        _settle(conn)
        db = Database(conn)
        if schema.pending(db):
            with writing(db):
                schema.apply(db)
    except sqlite3.Error as error:
        conn.close()
        raise StoreError(
            str(error), where=str(path), do="check that it is a wire store and writable"
        ) from error
    return db


def open_readonly(path: Path) -> Database:
    """The store for reading alone, also beside a run. Raises StoreError where there is none."""
    if not path.is_file():
        raise StoreError("there is no store yet", where=str(path), do="run `wire run` first")
    try:
        conn = sqlite3.connect(path, timeout=WAIT, check_same_thread=False)
        _settle(conn)
        db = Database(conn)
        if schema.pending(db):  # an older store: one write to bring it up to date
            with writing(db):
                schema.apply(db)
        conn.execute("PRAGMA query_only=ON")
    except sqlite3.Error as error:
        raise StoreError(str(error), where=str(path), do="check that it is a wire store") from error
    return db


def _settle(conn: sqlite3.Connection) -> None:
    conn.execute(f"PRAGMA busy_timeout={int(WAIT * 1000)}")
    _write_ahead(conn)
    conn.execute("PRAGMA synchronous=NORMAL")
    conn.execute("PRAGMA foreign_keys=ON")
    conn.execute("PRAGMA secure_delete=ON")  # what a kill takes out is overwritten
    conn.execute(f"PRAGMA cache_size={CACHE}")


def _write_ahead(conn: sqlite3.Connection) -> None:
    """WAL. The switch of a new file does not wait for another connection that is switching it: try again."""
    ends = monotonic() + WAIT
    while conn.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            conn.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if monotonic() > ends:
                raise
            sleep(0.02)


@contextmanager
def writing(db: Database) -> Iterator[Database]:
    """One write transaction, taken at once: BEGIN alone would fail at its first write beside another run.

    Nests as savepoints do. Rolls back on any exception. Raises StoreError for a full disk and its like.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield db
        return
    try:
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.conn.execute("COMMIT")
        except BaseException:
            db.rollback()
            raise
    except sqlite3.OperationalError as error:
        raise StoreError(str(error), where=where(db), do=_remedy(str(error))) from error


def _remedy(what: str) -> str:
    if "locked" in what or "busy" in what:
        return "another run writes for very long; look for it and try again"
    if "full" in what or "disk" in what:
        return "free disk space; nothing was half-stored"
    return "run `wire check`"


def where(db: Database) -> str:
    """Path of the store's file."""
    return str(db.conn.execute("PRAGMA database_list").fetchone()[2] or ":memory:")


def utc(when: datetime | date | None) -> str | None:
    """The store's form of a time: UTC, to the second, sortable. A bare day is its first moment."""
    if when is None:
        return None
    if not isinstance(when, datetime):
        when = datetime.combine(when, time(), UTC)
    return f"{when.astimezone(UTC).isoformat()[:19]}Z"  # half the time of strftime, and fourteen of it are made a story


def not_before(when: datetime | None) -> str | None:
    """The store's form of a time before which nothing may happen: rounded up, where `utc` cuts off."""
    return utc(when and when + timedelta(microseconds=999_999))


def instant(text: str | None) -> datetime | None:
    """The aware time of a stored one."""
    return None if text is None else datetime.fromisoformat(text)
