"""The sequence of events: gap-free, appended in the transaction of what it tells, read by everything downstream."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from parsers.story import Status
from store import stories, struck
from store.db import utc
from store.intents import EventKind, Touch

# What each kind of event makes of a story: the state that outputs may show.
STATUS_AFTER: dict[str, Status] = {
    "create": "usable",
    "update": "usable",
    "correct": "usable",
    "release": "usable",
    "kill": "canceled",
    "delete": "canceled",
    "withhold": "withheld",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event, as it is kept."""

    seq: int
    at: str
    kind: EventKind
    story: int
    version: int
    reason: str
    cluster: int | None


def append(
    db: Database, kind: EventKind, story: int, reason: str, *, at: datetime, visit: int | None = None
) -> int:
    """Append an event about the story's leading version; returns its number.

    Must run inside the transaction that made the change: the number is the last one plus one, and a
    transaction that fails takes its numbers back with it.
    """
    cursor = db.conn.execute(
        "INSERT INTO events (at, kind, story, version, reason, cluster, visit) "
        "SELECT ?, ?, id, version, ?, cluster, ? FROM stories WHERE id = ?",
        [utc(at), kind, reason, visit, story],
    )
    return int(cursor.lastrowid or 0)


def after(
    db: Database, seq: int = 0, *, limit: int | None = None, story: int | None = None
) -> Iterator[EventRow]:
    """Events after a number, in order; of one story where it is given."""
    rows = db.conn.execute(
        "SELECT seq, at, kind, story, version, reason, cluster FROM events WHERE seq > ? "
        + ("AND story = ? " if story is not None else "")
        + "ORDER BY seq LIMIT ?",
        [seq, *([story] if story is not None else []), -1 if limit is None else limit],
    )
    for row in rows:
        yield EventRow(
            seq=row[0], at=row[1], kind=row[2], story=row[3], version=row[4], reason=row[5], cluster=row[6]
        )


def last(db: Database) -> int:
    """Number of the last event; 0 where there is none."""
    return int(db.conn.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])


def set_status(db: Database, touch: Touch, *, at: datetime, visit: int | None = None) -> bool:
    """Change a story's status, its place in the search index, and tell it. False: it had that status already."""
    found = stories.known(db, [touch.story]).get(touch.story)
    if found is None:
        return False
    if found.status == touch.status:
        db.conn.execute("UPDATE stories SET embargo = ? WHERE id = ?", [utc(touch.embargo), found.id])
        return False
    if found.status == "usable":
        stories.unindex(db, found.id, found.story)
    if touch.status == "usable":
        stories.index(db, found.id, found.story)
    db.conn.execute(
        "UPDATE stories SET status = ?, reason = ?, embargo = ? WHERE id = ?",
        [touch.status, None if touch.status == "usable" else touch.reason, utc(touch.embargo), found.id],
    )
    if touch.status == "canceled":
        struck.strike(db, found.id)
    if touch.event:
        append(db, touch.event, found.id, touch.reason, at=at, visit=visit)
    return True


def release_due(db: Database, now: datetime) -> int:
    """Release the stories whose embargo has ended; returns how many. Runs in the caller's transaction."""
    rows = db.conn.execute(
        "SELECT id, embargo FROM stories WHERE status = 'withheld' AND embargo IS NOT NULL AND embargo <= ?",
        [utc(now)],
    ).fetchall()
    for story, embargo in rows:
        touch = Touch(story=story, status="usable", reason=f"embargo ended {embargo}", event="release")
        set_status(db, touch, at=now)
    return len(rows)
