"""Reading the archive anew, after a parser changed: what would be different, and making it so."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from sqlite_utils import Database

from ingest.complete import from_page
from ingest.outcome import Fetched
from ingest.parsing import hints_of
from ingest.source import Source
from parsers import reading
from parsers.errors import WireError
from parsers.hints import Hints, Reading
from parsers.story import Story, content_hash
from parsers.url import canonical, host
from store import documents, furniture, stories
from store.archive import Archive
from store.documents import Document
from store.intents import Event, Known, Write
from store.visits import visiting

LEFT_ALONE = ("source", "removed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What one story would be, or why it cannot be read any more."""

    story: int
    source: str
    headline: str | None
    fields: tuple[str, ...] = ()  # that differ
    fault: str | None = None
    document: int = 0
    item: int = 0
    now: Story | None = None


def differences(
    db: Database, archive: Archive, sources: Mapping[str, Source], *, only: str | None = None
) -> Iterator[Difference]:
    """Each story whose document reads otherwise today than what is stored, by document."""
    for _, group in groupby(documents.leading(db, source=only), key=lambda row: row[1].id):
        rows = list(group)
        document = rows[0][1]
        known = stories.known(db, [row[0] for row in rows])
        try:
            read = _read(db, document, archive, sources)
        except WireError as error:
            for number, _, _ in rows:
                old = known[number]
                yield Difference(
                    story=number, source=old.source, headline=old.story.headline, fault=error.what
                )
            continue
        for number, _, item in rows:
            yield from _difference(known[number], read, document, item)


def _read(db: Database, document: Document, archive: Archive, sources: Mapping[str, Source]) -> Reading:
    assert document.pointer is not None
    raw = archive.read(document.pointer)
    fetched = Fetched(
        body=raw.body,
        url=document.url,
        path=document.path,
        media_type=document.media_type,
        charset=document.charset,
    )
    source = sources.get(document.source)
    site = host(document.url)
    known = furniture.known(db, site) if site else frozenset[str]()
    hints = (
        hints_of(fetched, source, known)
        if source
        else Hints(where=raw.address, url=document.url, source=document.source, furniture=known)
    )
    return reading.read(raw.body, hints)


def _difference(old: Known, read: Reading, document: Document, item: int) -> Iterator[Difference]:
    was = old.story
    facts = {
        "story": old.id,
        "source": old.source,
        "headline": was.headline,
        "document": document.id,
        "item": item,
    }
    found = _match(was, read, item)
    if found is None:
        yield Difference(**facts, fault="is not in its document any more")  # type: ignore[arg-type]
        return
    if read.format in ("html", "page", "dump") and was.guid and not found.guid:
        found = from_page(was, found)  # a teaser that was completed from this page
    now = replace(found, source=old.source, credit=found.credit or was.credit, removed=())
    differ = tuple(
        field.name
        for field in dataclasses.fields(Story)
        if field.name not in LEFT_ALONE and getattr(now, field.name) != getattr(was, field.name)
    )
    if differ:
        yield Difference(**facts, fields=differ, now=now)  # type: ignore[arg-type]


def _match(was: Story, read: Reading, item: int) -> Story | None:
    """The story of the document that this one was: by guid, by address, else by its place."""
    for name in ("guid", "url"):
        mine = getattr(was, name)
        for story in read.stories if mine else ():
            its = getattr(story, name)
            if its and (its == mine or (name == "url" and canonical(its) == canonical(mine))):
                return story
    return read.stories[item] if item < len(read.stories) else None


def apply(db: Database, found: Difference, *, run: str, now: datetime) -> None:
    """Store one difference: a version, and an event where the text that is read differs."""
    if found.now is None:
        return
    with visiting(
        db, found.source, run=run, started=now, at=now, outcome="reparsed", why="read anew"
    ) as visit:
        known = stories.known(db, [found.story])[found.story]
        changed = content_hash(found.now) != content_hash(known.story)
        why = f"read anew: {', '.join(found.fields)}"
        tell = changed and known.status == "usable"
        visit.write(
            Write(
                story=found.now, known=found.story, judged="reparsed", why=why, status=known.status,
                reason=known.reason, embargo=known.embargo, events=(Event(kind="update", reason=why),) if tell else (),
            ),
            document=found.document,
            item=found.item,
        )  # fmt: skip
