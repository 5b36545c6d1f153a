"""One batch of a visit into the store: archive first, then everything else in one transaction."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from sqlite_utils import Database

from ingest import decide, moving, schedule, yields
from ingest.embargo import embargo_of
from ingest.outcome import Batch, Failed, Fetched, Gone, NotModified
from ingest.recall import LEAST, day_of, noticed, print_of, seen
from ingest.source import Source
from parsers.lead.agencies import catalogue
from parsers.story import Story
from parsers.url import canonical, host
from store import clusters, furniture, pages, taken
from store.archive import Archive
from store.sources import HostTold, Told, keep_hosts
from store.visits import Tally, Visit, visiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What a batch came to."""

    outcome: str  # fetched, unchanged, gone, failed
    why: str | None
    tally: Tally
    told: Told


def store_batch(
    db: Database,
    archive: Archive,
    source: Source,
    told: Told,
    batch: Batch,
    *,
    run: str,
    started: datetime,
    now: datetime,
    hosts: Iterable[HostTold] = (),
) -> Stored:
    """Archive the documents and store all that came with them, the validators and the due time included.

    Raises StoreError (full disk, a store that is locked for very long): then nothing of the batch is stored.
    """
    outcome, why = _called(batch)
    kept = [item.document for item in batch.items if item.document is not None]
    pointers = iter(archive.append([document.record for document in kept], day=now))
    with visiting(db, source.name, run=run, started=started, at=now, outcome=outcome, why=why) as visit:
        visit.tally.requests = batch.requests
        visit.tally.bytes = sum(document.size for document in kept)
        fresh: list[tuple[Story, str | None]] = []
        for item in batch.items:
            for _, reason in item.refused:
                visit.refuse(reason)
            if item.document is None:
                continue
            document = visit.document(item.document, next(pointers))
            for index, story in enumerate(item.stories):
                before = visit.tally.new
                settle(db, visit, source, story, document=document, item=index)
                if visit.tally.new == before:
                    continue
                fresh.append((story, item.rules))
                if item.rules is not None and (site := host(item.document.url)):
                    furniture.note(db, site, story.body, at=now)
        taken.keep(db, source.name, batch.taken, at=now)
        for look in batch.looked:
            pages.note(db, source.name, look, f"url:{canonical(look.url)}", at=now, visit=visit.id)
        told = after(told, source, batch, visit.tally, now, fresh=fresh)
        visit.keep(told)
        keep_hosts(db, hosts)
    return Stored(outcome=outcome, why=why, tally=visit.tally, told=told)


def _called(batch: Batch) -> tuple[str, str | None]:
    match batch.outcome:
        case Fetched():
            return "fetched", None
        case NotModified():
            return "unchanged", None
        case Gone(why=why):
            return "gone", why
        case Failed(why=why):
            return "failed", why
    assert_never(batch.outcome)


def settle(db: Database, visit: Visit, source: Source, story: Story, *, document: int, item: int) -> int:
    """Find what bears on the story, have it decided, and write it with its sketch; returns its id."""
    told = replace(story, source=source.name, credit=story.credit or source.agency)
    agency = catalogue().get(source.agency or "")
    zone = source.timezone or (agency.zone if agency else None)
    told = replace(told, embargo=embargo_of(told, now=visit.at, zone=zone))
    told = noticed(db, source, told, visit.at)
    made = print_of(told)
    day = day_of(told.published, visit.at)
    write = decide.decide(told, seen(db, source, told, made, day, visit.at), now=visit.at)
    story_id = visit.write(write, document=document, item=item)
    if write.version and made.grams.size >= LEAST:
        clusters.add_sketch(db, story_id, made.sketch, day)
    return story_id


def after(
    told: Told,
    source: Source,
    batch: Batch,
    tally: Tally,
    now: datetime,
    *,
    fresh: Sequence[tuple[Story, str | None]] = (),
) -> Told:
    """The source's state after a batch: counters, validators, failures, alarms, the next due time. fresh: its new stories, and what
    read their pages."""
    news = bool(tally.new or tally.versions)
    notes = {**told.notes, **batch.notes}
    if fresh:
        notes["yield"] = yields.told(notes.get("yield"), fresh)
    if news:
        notes["brought"] = True  # until the last batch of the visit
    told = replace(
        told,
        last_try=now,
        requests=told.requests + batch.requests,
        bytes=told.bytes + tally.bytes,
        stories_new=told.stories_new + tally.new,
        notes=notes,
        cursor=batch.cursor if batch.cursor is not None else told.cursor,
        validators=batch.validators or told.validators,
        body_hash=batch.body_hash or told.body_hash,
    )
    if not batch.last:
        return told
    news = bool(notes.pop("brought", False))
    notes["set"] = source.mark
    outcome, spread = batch.outcome, random.uniform(-1, 1)
    unchanged = isinstance(outcome, NotModified)
    known = unchanged or bool(tally.unchanged or tally.versions)
    adopted = told.current_url
    told = moving.sighted(told, source.url, outcome, known=known, now=now)
    if isinstance(outcome, Gone) and adopted and not told.current_url:
        outcome = Failed(why=f"{adopted} is gone: the configured address is asked again", kind="missing")
    if isinstance(outcome, Fetched | NotModified):
        told = replace(
            told,
            not_modified=told.not_modified + (isinstance(outcome, NotModified) and not outcome.same_body),
            same_body=told.same_body + (isinstance(outcome, NotModified) and outcome.same_body),
        )
        return schedule.after_success(source, told, batch, news=news, now=now, spread=spread)
    return schedule.after_failure(source, told, outcome, now=now, spread=spread)
