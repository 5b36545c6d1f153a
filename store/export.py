"""What changed after an event number: one line a story, with its text where it may be given out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from parsers.story import Status, Story
from store.db import utc
from store.stories import unpacked


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A story's state after its last event."""

    seq: int
    at: str
    kind: str
    story: int
    version: int
    status: Status
    reason: str
    cluster: int | None
    lead: bool
    source: str
    guid: str | None
    url: str | None
    gone_at: str | None  # its page was found gone at its source
    text: Story | None  # None: killed or withheld


def changed(
    db: Database, *, after: int = 0, since: datetime | None = None, leads: bool = False
) -> Iterator[Changed]:
    """Stories with an event after that number (and time), by their last event.

    What is not usable comes without its text, and only where it was usable up to `after`: who never had it
    needs no notice of it.
    """
    last = after
    limit = db.conn.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0]
    while last < limit:
        rows = db.conn.execute(
            """
            SELECT e.seq, e.at, e.kind, s.id, e.version, s.status, e.reason, s.cluster, c.lead = s.id, s.source,
                   s.guid, s.url, v.headline, v.body, v.form,
                   EXISTS (SELECT 1 FROM events b WHERE b.story = s.id AND b.seq <= ?1
                           AND b.kind IN ('create', 'update', 'correct', 'release')),
                   s.gone_at
            FROM events e JOIN stories s ON s.id = e.story
            JOIN versions v ON v.story = s.id AND v.number = e.version
            LEFT JOIN clusters c ON c.id = s.cluster
            WHERE e.seq > ?2 AND e.seq <= ?3 AND (?4 IS NULL OR e.at >= ?4)
              AND NOT EXISTS (SELECT 1 FROM events n WHERE n.story = e.story AND n.seq > e.seq)
            ORDER BY e.seq LIMIT 500
            """,
            [after, last, limit, utc(since)],
        ).fetchall()
        if not rows:
            return
        for r in rows:
            usable = r[5] == "usable"
            # A kill is told of every telling that was given out: by then another one may lead.
            if (leads and not r[8]) if usable else (not r[15] and since is None):
                continue
            yield Changed(
                seq=r[0], at=r[1], kind=r[2], story=r[3], version=r[4], status=r[5], reason=r[6], cluster=r[7],
                lead=bool(r[8]), source=r[9], guid=r[10], url=r[11], gone_at=r[16],
                text=_released(unpacked(r[9], r[12], r[13], r[14]), r[1]) if usable else None,
            )  # fmt: skip
        last = rows[-1][0]


def _released(story: Story, at: str) -> Story:
    """A usable story as it may go out: what its version says of a hold or an embargo was lifted by the event at `at` (UTC)."""
    lifted = story.embargo is not None and (utc(story.embargo) or "") > at
    return replace(story, status="usable", embargo=None if lifted else story.embargo)
