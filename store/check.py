"""Is the store whole? What must hold at any time, looked at from outside the code that writes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from parsers.story import content_hash
from store import events
from store.events import STATUS_AFTER
from store.stories import unpacked

QUIET = ("cosmetic", "unchanged", "reparsed")  # versions that make no event


@dataclass(frozen=True, slots=True)
class State:
    """What an output may show of a story."""

    version: int
    status: str


def faults(db: Database) -> Iterator[str]:
    """What is wrong with the tables and the index; nothing for a store that is whole."""
    for (line,) in db.conn.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"file: {line}"
    for row in db.conn.execute("PRAGMA foreign_key_check"):
        yield f"{row[0]} row {row[1]} points at a missing row of {row[2]}"
    indexed = {row[0] for row in db.conn.execute("SELECT id FROM stories_fts_docsize")}
    usable = {row[0] for row in db.conn.execute("SELECT id FROM stories WHERE status = 'usable'")}
    for story in sorted(usable - indexed)[:20]:
        yield f"story {story} is usable but cannot be found by search"
    for story in sorted(indexed - usable)[:20]:
        yield f"story {story} is not usable but can be found by search"
    for cluster, tellings, count in db.conn.execute(
        "SELECT c.id, c.tellings, count(s.id) FROM clusters c LEFT JOIN stories s ON s.cluster = c.id "
        "GROUP BY c.id HAVING c.tellings <> count(s.id)"
    ):
        yield f"cluster {cluster} counts {tellings} tellings and has {count}"
    for cluster, lead in db.conn.execute(
        "SELECT c.id, c.lead FROM clusters c LEFT JOIN stories s ON s.id = c.lead "
        "WHERE c.tellings > 0 AND (s.id IS NULL OR s.cluster IS NOT c.id)"
    ):
        yield f"cluster {cluster} is led by story {lead}, which is not in it"
    for story, number, said, count in db.conn.execute(
        "SELECT s.id, s.version, s.versions, (SELECT count(*) FROM versions v WHERE v.story = s.id) n FROM stories s "
        "WHERE s.versions <> n OR s.version > n OR s.version < 1"
    ):
        yield f"story {story} tells of {said} versions, led by {number}, and has {count}"
    for row in db.conn.execute(
        "SELECT v.story, v.number, v.hash, s.source, v.headline, v.body, v.form, s.status = 'canceled' AND (v.number > 1 OR v.judged <> 'kill') "
        "FROM versions v JOIN stories s ON s.id = v.story"
    ):
        if row[7]:
            if row[5]:
                yield f"story {row[0]} is killed, but the text of version {row[1]} is kept"
        elif content_hash(unpacked(row[3], row[4], row[5], row[6])) != row[2]:
            yield f"story {row[0]} version {row[1]}: the text does not give its hash"


def rebuilt(db: Database) -> dict[int, State]:
    """The state of every story, from the events alone."""
    states: dict[int, State] = {}
    for event in events.after(db):
        states[event.story] = State(event.version, STATUS_AFTER[event.kind])
    return states


def rebuild_faults(db: Database) -> Iterator[str]:
    """Where the events do not give the states that the store shows: gaps, lost or untold changes."""
    expected = 1
    for event in events.after(db):
        if event.seq != expected:
            yield f"events jump from {expected - 1} to {event.seq}"
        expected = event.seq + 1
    states = rebuilt(db)
    for story, version, status in db.conn.execute("SELECT id, version, status FROM stories ORDER BY id"):
        state = states.get(story)
        if state is None:
            yield f"story {story} is in no event"
            continue
        if state.status != status:
            yield f"story {story} is {status}, but by its events {state.status}"
        if state.version != version and status == "usable":
            judged = db.conn.execute(
                "SELECT judged FROM versions WHERE story = ? AND number = ?", [story, version]
            ).fetchone()
            if judged is None or judged[0] not in QUIET:
                yield f"story {story} shows version {version}, but by its events {state.version}"
