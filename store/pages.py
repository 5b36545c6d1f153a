"""Pages of stored stories at their source: which to look at again, and what was found there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from store import events
from store.db import utc
from store.sources import Validators

REACH = timedelta(hours=48)  # how long after its publication a story's page is looked at
BACK = timedelta(days=7)  # how long a page that is gone is looked for
FIRST = timedelta(
    hours=1
)  # from the story's arrival to the first look; each later one at twice the age of the one before


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page to look at again."""

    url: str
    fetched: bool  # was it fetched before?
    validators: Validators  # of the last fetch


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a look at a story's page found."""

    url: str  # as the story has it
    gone: bool | None  # None: no answer that tells
    why: str = ""  # one line for an editor: "HTTP 410"


def due(db: Database, source: str, *, now: datetime) -> Iterator[Page]:
    """Pages of a source's usable stories that are due for another look, the longest due first."""
    rows = db.conn.execute(
        """
        SELECT s.url, d.id, d.etag, d.last_modified FROM stories s
        LEFT JOIN documents d ON d.id = (SELECT max(id) FROM documents WHERE url = s.url)
        WHERE s.source = ?1 AND s.published >= ?2 AND s.published <= ?5 AND (s.published >= ?3 OR s.gone_at IS NOT NULL)
          AND s.status = 'usable' AND s.url LIKE 'http%' AND s.first_seen <= ?4
          AND (s.looked_at IS NULL OR 2 * (julianday(s.looked_at) - julianday(s.first_seen)) <= julianday(?5) - julianday(s.first_seen))
        ORDER BY coalesce(s.looked_at, s.first_seen)
        """,
        [source, utc(now - BACK), utc(now - REACH), utc(now - FIRST), utc(now)],
    )
    for url, document, etag, modified in rows:
        yield Page(
            url=url, fetched=document is not None, validators=Validators(etag=etag, last_modified=modified)
        )


def note(db: Database, source: str, look: Looked, alias: str, *, at: datetime, visit: int | None) -> None:
    """Keep what a look found. A page that goes or comes back is told by an event of a usable story; its text stays."""
    row = db.conn.execute(
        "SELECT s.id, s.status, s.gone_at FROM aliases a JOIN stories s ON s.id = a.story "
        "WHERE a.source = ? AND a.alias = ? AND s.url = ?",
        [source, alias, look.url],
    ).fetchone()
    if row is None:  # told under another address since
        return
    story, status, gone_at = row
    db.conn.execute("UPDATE stories SET looked_at = ? WHERE id = ?", [utc(at), story])
    if look.gone is None or look.gone == (gone_at is not None):
        return
    told = f"gone at source: {look.why}" if look.gone else "at its source again"
    db.conn.execute(
        "UPDATE stories SET gone_at = ?, gone_why = ? WHERE id = ?",
        [*((utc(at), look.why) if look.gone else (None, None)), story],
    )
    if status == "usable":
        events.append(db, "update", story, told, at=at, visit=visit)


def moved(db: Database, story: int) -> None:
    """Forget what was found at a story's former address; its new version tells the new one."""
    db.conn.execute(
        "UPDATE stories SET looked_at = NULL, gone_at = NULL, gone_why = NULL WHERE id = ?", [story]
    )


def gone(db: Database, since: datetime) -> list[dict[str, Any]]:
    """Usable stories whose page has gone since a time: id, source, url, headline, gone_at, gone_why; the newest first."""
    rows = db.conn.execute(
        "SELECT id, source, url, headline, gone_at, gone_why FROM stories "
        "WHERE gone_at >= ? AND status = 'usable' ORDER BY gone_at DESC, id DESC",
        [utc(since)],
    )
    return [
        dict(zip(("id", "source", "url", "headline", "gone_at", "gone_why"), row, strict=True))
        for row in rows
    ]
