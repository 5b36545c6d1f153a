"""The one write transaction: all that a visit brought, with the source's state, or nothing of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from parsers.story import Story
from store import events, pages, stories, struck
from store.archive import Packed, Pointer
from store.db import utc, writing
from store.intents import Known, Write
from store.sources import Told, keep

INVERSE = {
    "trimmed": "extended",
    "extended": "trimmed",
    "excerpt": "extended",
}  # what a former lead is to its new one


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a visit brought, counted."""

    requests: int = 0
    bytes: int = 0
    new: int = 0
    versions: int = 0
    copies: int = 0
    unchanged: int = 0
    refused: int = 0
    reasons: dict[str, int] = field(default_factory=dict)  # why refused → how often

    def add(self, other: Tally) -> None:
        """Sum up."""
        for name in ("requests", "bytes", "new", "versions", "copies", "unchanged", "refused"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for why, count in other.reasons.items():
            self.reasons[why] = self.reasons.get(why, 0) + count


@dataclass(slots=True, kw_only=True)
class Visit:
    """A visit being written; made by `visiting`."""

    db: Database
    id: int
    source: str
    at: datetime
    tally: Tally
    killed: bool = False  # did it take a text out of use?
    waiting: list[tuple[int, Story]] = field(default_factory=list)  # for the search index

    def document(self, document: Packed, pointer: Pointer | None) -> int:
        """A row of `documents`; returns its number."""
        row = {
            "visit": self.id,
            "source": self.source,
            "url": document.url,
            "path": None if document.url else document.address,
            "fetched": utc(document.at),
            "media_type": document.media_type,
            "charset": document.charset,
            "hash": document.digest,
            "size": document.size,
            "etag": document.validators.etag,
            "last_modified": document.validators.last_modified,
            "file": pointer.file if pointer else None,
            "offset": pointer.offset if pointer else None,
            "length": pointer.length if pointer else None,
        }
        cursor = self.db.conn.execute(
            f"INSERT INTO documents ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            list(row.values()),
        )
        return int(cursor.lastrowid or 0)

    def refuse(self, why: str) -> None:
        """Count an item that was not taken."""
        self.tally.refused += 1
        self.tally.reasons[why] = self.tally.reasons.get(why, 0) + 1

    def write(self, write: Write, *, document: int | None = None, item: int = 0) -> int:
        """Carry out one intent; returns the story's id."""
        more: dict[str, Any] = {
            "at": self.at, "judged": write.judged, "why": write.why, "change": write.change,
            "document": document, "item": item, "visit": self.id,
        }  # fmt: skip
        if write.known is None:
            facts = {"status": write.status, "reason": write.reason, "embargo": write.embargo}
            story_id = stories.add(self.db, write.story, **facts, at=self.at)  # type: ignore[arg-type]
            stories.add_version(self.db, story_id, write.story, number=1, **more)
            if write.status == "usable":
                self.waiting.append((story_id, write.story))
            self.tally.new += 1
        else:
            story_id = write.known
            self._again(stories.known(self.db, [story_id])[story_id], write, more)
        self._aliases(story_id, write.aliases)
        if write.attach is not None or write.known is None:
            self._attach(story_id, write)
        for event in write.events:
            events.append(self.db, event.kind, story_id, event.reason, at=self.at, visit=self.id)
        if write.touches:
            self.index()
        for touch in write.touches:
            self.killed |= (
                events.set_status(self.db, touch, at=self.at, visit=self.id) and touch.status == "canceled"
            )
        if write.status == "canceled" and (write.version or write.events):
            struck.strike(self.db, story_id)
            self.killed = True
        return story_id

    def _again(self, old: Known, write: Write, more: Mapping[str, Any]) -> None:
        """A story that is known: its new version, its status, its place in the index."""
        shown = old.story
        if write.version:
            number = old.versions + 1
            stories.add_version(self.db, old.id, write.story, number=number, **more)
            self.tally.versions += 1
            if write.leads:
                shown = write.story
                if old.status == "usable":
                    self._unindex(old.id, old.story)
                if write.status == "usable":
                    self.waiting.append((old.id, shown))
                stories.lead_with(self.db, old.id, number, shown, at=self.at)
                if write.story.url != old.story.url:
                    pages.moved(self.db, old.id)
        else:
            self.tally.unchanged += 1
        if not (write.version and write.leads) and old.status != write.status:
            if old.status == "usable":
                self._unindex(old.id, shown)
            elif write.status == "usable":
                self.waiting.append((old.id, shown))
        mine = stories.clock(write.story)
        late = mine is not None and old.clock is not None and mine < old.clock
        clock, said = (old.clock, old.said) if late else (mine or old.clock, stories.use(write.story))
        self.db.conn.execute(
            "UPDATE stories SET last_seen = ?, status = ?, reason = ?, embargo = ?, clock = ?, said = ? WHERE id = ?",
            [utc(self.at), write.status, write.reason, utc(write.embargo), clock, said, old.id],
        )

    def index(self) -> None:
        """Put the stories that wait for it into the search index, one after the other.

        SQLite writes what the index gathered at every savepoint, and most statements make one: between them each story would be
        a piece of the index of its own, to be merged with the others.
        """
        for story_id, story in self.waiting:
            stories.index(self.db, story_id, story)
        self.waiting.clear()

    def _unindex(self, story_id: int, story: Story) -> None:
        self.index()  # it may be one of those that wait
        stories.unindex(self.db, story_id, story)

    def _aliases(self, story_id: int, aliases: tuple[str, ...]) -> None:
        self.db.conn.executemany(
            "INSERT INTO aliases (source, alias, story, seen) VALUES (?, ?, ?, ?) ON CONFLICT (source, alias) "
            "DO UPDATE SET story = excluded.story, seen = excluded.seen WHERE aliases.story <> excluded.story",
            [(self.source, alias, story_id, utc(self.at)) for alias in dict.fromkeys(aliases)],
        )

    def _attach(self, story_id: int, write: Write) -> None:
        """Fold the story into the cluster named, or give it one of its own."""
        conn, attach = self.db.conn, write.attach
        to = attach.to if attach else None
        found = (
            conn.execute("SELECT cluster FROM stories WHERE id = ?", [to]).fetchone()
            if to is not None
            else None
        )
        before = (
            conn.execute("SELECT cluster FROM stories WHERE id = ?", [story_id]).fetchone()[0]
            if write.known is not None
            else None
        )
        if found is None or found[0] is None:
            if before is not None:
                return
            cluster = conn.execute(
                "INSERT INTO clusters (lead, tellings, first_seen) VALUES (?, 1, ?)", [story_id, utc(self.at)]
            ).lastrowid
            relation, why = "lead", attach.why if attach else {}
        elif attach is not None:
            cluster, relation, why = found[0], attach.relation, attach.why
            if before == cluster:
                return
            if before is not None:
                conn.execute("UPDATE clusters SET tellings = tellings - 1 WHERE id = ?", [before])
            conn.execute("UPDATE clusters SET tellings = tellings + 1 WHERE id = ?", [cluster])
            if write.known is None:
                self.tally.copies += 1
            if attach.leads:
                conn.execute(
                    "UPDATE stories SET relation = ?, relation_why = ? WHERE id = (SELECT lead FROM clusters WHERE id = ?)",
                    [
                        INVERSE.get(attach.relation, attach.relation),
                        json.dumps({**why, "of": story_id}),
                        cluster,
                    ],
                )
                conn.execute("UPDATE clusters SET lead = ? WHERE id = ?", [story_id, cluster])
                relation, why = "lead", {}
        conn.execute(
            "UPDATE stories SET cluster = ?, relation = ?, relation_why = ? WHERE id = ?",
            [cluster, relation, json.dumps(dict(why), ensure_ascii=False) if why else None, story_id],
        )

    def keep(self, state: Told) -> None:
        """Save the source's state: validators, cursor, due time."""
        keep(self.db, state)


@contextmanager
def visiting(
    db: Database, source: str, *, run: str, started: datetime, at: datetime, outcome: str, why: str | None
) -> Iterator[Visit]:
    """Open the transaction of a visit. Everything written inside lands together, or not at all.

    outcome: fetched, unchanged, gone or failed; why: one line for an editor. Raises StoreError.
    """
    with writing(db):
        cursor = db.conn.execute(
            "INSERT INTO visits (source, run, started, ended, outcome, why) VALUES (?, ?, ?, ?, ?, ?)",
            [source, run, utc(started), utc(at), outcome, why],
        )
        visit = Visit(db=db, id=int(cursor.lastrowid or 0), source=source, at=at, tally=Tally())
        yield visit
        visit.index()
        tally = visit.tally
        db.conn.execute(
            "UPDATE visits SET requests=?, bytes=?, new=?, versions=?, copies=?, unchanged=?, refused=?, details=? WHERE id=?",
            [
                tally.requests, tally.bytes, tally.new, tally.versions, tally.copies, tally.unchanged, tally.refused,
                json.dumps({"refused": tally.reasons}, ensure_ascii=False) if tally.reasons else "{}", visit.id,
            ],
        )  # fmt: skip
        if visit.killed:
            struck.tidy(db)
    if visit.killed:
        struck.scrub(db)
