"""One batch of a visit into the store: archive first, then everything else in one transaction."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import assert_never

from sqlite_utils import Database

from ingest import decide, schedule
from ingest.embargo import embargo_of
from ingest.identity import WINDOW_DAYS, best_match, likely
from ingest.notices import kills
from ingest.outcome import Batch, Failed, Fetched, Gone, Item, NotModified
from ingest.source import Source
from parsers.fingerprint import Print, fingerprint
from parsers.lead.agencies import catalogue
from parsers.story import Story, content_hash
from parsers.url import canonical
from store import clusters, stories
from store.archive import Archive, Raw, record
from store.db import utc
from store.intents import Attach, Known
from store.sources import HostTold, Told, keep_hosts
from store.visits import Tally, Visit, visiting

EPOCH = date(1970, 1, 1).toordinal()
LEAST = 12  # shingles under which a text says too little to be found by it


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What a batch came to."""

    outcome: str  # fetched, unchanged, gone, failed
    why: str | None
    tally: Tally
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """The documents of a batch, compressed for the archive: made by the thread that fetched them."""

    items: tuple[Item, ...]
    raws: tuple[Raw, ...]
    records: tuple[bytes, ...]


def packed(batch: Batch, now: datetime) -> Packed:
    """Compress a batch's documents; touches neither archive nor store."""
    items = tuple(item for item in batch.items if item.document.body)
    raws = tuple(_raw(item.document, now) for item in items)
    return Packed(items=items, raws=raws, records=tuple(map(record, raws)))


def store_batch(
    db: Database,
    archive: Archive,
    source: Source,
    told: Told,
    batch: Batch,
    *,
    documents: Packed | None = None,
    run: str,
    started: datetime,
    now: datetime,
    hosts: Iterable[HostTold] = (),
) -> Stored:
    """Archive the documents and store all that came with them, the validators and the due time included.

    Raises StoreError (full disk, a store that is locked for very long): then nothing of the batch is stored.
    """
    outcome, why = _called(batch)
    documents = documents or packed(batch, now)
    items, raws = documents.items, documents.raws
    pointers = archive.append(documents.records, day=now)
    with visiting(db, source.name, run=run, started=started, at=now, outcome=outcome, why=why) as visit:
        visit.tally.requests = batch.requests
        visit.tally.bytes = sum(len(raw.body) for raw in raws)
        for item, raw, pointer in zip(items, raws, pointers, strict=True):
            more = {"charset": item.document.charset} | _validators(item)
            document = visit.document(raw, pointer, **more)
            for index, story in enumerate(item.stories):
                settle(db, visit, source, story, document=document, item=index)
            for _, reason in item.refused:
                visit.refuse(reason)
        for address in batch.gone:
            visit.gone(f"url:{canonical(address)}")
        told = after(told, source, batch, visit.tally, now)
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


def _raw(document: Fetched, now: datetime) -> Raw:
    if document.path is not None and document.url is None:
        address, status = Path(document.path).as_uri(), 0
    else:
        address, status = document.url or "", document.status
    return Raw(
        body=document.body,
        address=address,
        at=now,
        status=status,
        headers=document.headers,
        media_type=document.media_type,
    )


def _validators(item: Item) -> dict[str, str | None]:
    kept = item.document.validators
    return {"etag": kept.etag, "last_modified": kept.last_modified}


def settle(db: Database, visit: Visit, source: Source, story: Story, *, document: int, item: int) -> int:
    """Find what bears on the story, have it decided, and write it with its sketch; returns its id."""
    told = replace(story, source=source.name, credit=story.credit or source.agency)
    agency = catalogue().get(source.agency or "")
    zone = source.timezone or (agency.zone if agency else None)
    told = replace(told, embargo=embargo_of(told, now=visit.at, zone=zone))
    made = _print(told.headline, told.body)
    day = day_of(told.published, visit.at)
    write = decide.decide(told, _seen(db, source, told, made, day, visit.at), now=visit.at)
    story_id = visit.write(write, document=document, item=item)
    if write.version and made.grams.size >= LEAST:
        clusters.add_sketch(db, story_id, made.sketch, day)
    return story_id


# What came a moment ago is compared with what comes now.
_print = lru_cache(maxsize=512)(fingerprint)


def day_of(when: date | datetime | None, now: datetime) -> int:
    """Days since 1970 of a time of publication; of `now` where there is none or it lies in the future."""
    day = when.date() if isinstance(when, datetime) else when
    return (min(day, now.date()) if day else now.date()).toordinal() - EPOCH


def _attach(
    db: Database, source: Source, made: Print, words: int, day: int, now: datetime
) -> tuple[Attach | None, Known | None]:
    """Where a new story folds: the cluster of the best copy that is stored, of any source, and what leads it; None: nowhere."""
    if made.grams.size < LEAST:
        return None, None
    shared = clusters.sharing(db, made.sketch, day, window=WINDOW_DAYS)

    def print_of(other: int) -> tuple[Print, int] | None:
        found = stories.text_of(db, other)
        return (_print(found[0], found[1]), day_of(found[2], now)) if found else None

    match = best_match(made, likely(words, shared), print_of, day)
    if match is None:
        return None, None
    # An agency's telling leads over a paper's; among equals the one that came first.
    lead = stories.lead_of(db, match.story)
    leads = source.agency is not None and lead is not None and not lead.agency and lead.status == "usable"
    return Attach(to=match.story, relation=match.relation, why=match.why, leads=leads), lead


def _seen(db: Database, source: Source, story: Story, made: Print, day: int, now: datetime) -> decide.Seen:
    """What the store knows that bears on a story."""
    strong, weak = decide.aliases(story), decide.names(story)
    notice = kills(story)
    referred = decide.meant(story) if notice else ()
    waiting = [f"kills:{name}" for name in (*strong, *weak)]
    found = stories.by_alias(db, source.name, list(dict.fromkeys([*strong, *weak, *referred, *waiting])))
    ids = [found[name] for name in strong if name in found]
    loose = [found[name] for name in (*weak, *referred) if name in found]
    recent = utc(now - decide.REACH) or ""
    same = (
        []
        if ids
        else stories.same_text(db, source.name, content_hash(story), since=utc(now - decide.SAME_COPY) or "")
    )
    known = stories.known(
        db, list(dict.fromkeys([*ids, *loose, *same, *(found[n] for n in found if n.startswith("kills:"))]))
    )
    if notice and not (ids or loose):
        begun = [stories.beginning(db, source.name, name) for name in referred if len(name) > decide.ENOUGH]
        loose = [ids[0] for ids in begun if len(ids) == 1]
        known |= stories.known(db, loose)
    near = [known[i] for i in dict.fromkeys(loose) if known[i].first_seen >= recent]
    named_by_itself = bool(story.guid or story.url)
    candidates = [known[i] for i in dict.fromkeys(ids)]
    if not candidates and not notice:
        # A write-through replaces what has its headline; a story without a name is what has it; and what comes late may
        # be replaced already.
        loosely = decide.writethrough(story) or not named_by_itself
        candidates += [one for one in near if loosely or decide.writethrough(one.story)]
    if not candidates:
        candidates += [known[i] for i in same]
    notices = [known[found[name]] for name in waiting if name in found]
    late = any(one.status == "canceled" and not one.story.body for one in candidates)
    settled = notice or (candidates and not late)
    attach, original = (None, None) if settled else _attach(db, source, made, stories.length(story), day, now)
    copies: list[Known] = []
    close = attach is not None and float(attach.why.get("containment", 0)) >= decide.HELD_TEXT
    if close and original and source.agency and (late or notices or story.status == "canceled"):
        copies = [original, *stories.folded(db, original)]
    meant = [*candidates, *near] if notice or story.status == "canceled" else []
    return decide.Seen(
        candidates=candidates,
        older={one.id: stories.hashes(db, one.id) for one in candidates if one.versions > 1},
        targets=near,
        notice=next((one for one in notices if one.first_seen >= recent), None),
        folded={one.id: stories.folded(db, one) for one in meant if one.lead},
        attach=attach,
        original=original,
        copies=copies,
    )


def after(told: Told, source: Source, batch: Batch, tally: Tally, now: datetime) -> Told:
    """The source's state after a batch: counters, validators, failures, the next due time."""
    before_new = told.last_new
    told = replace(
        told,
        last_try=now,
        requests=told.requests + batch.requests,
        bytes=told.bytes + tally.bytes,
        stories_new=told.stories_new + tally.new,
        notes={**told.notes, **batch.notes},
        cursor=batch.cursor if batch.cursor is not None else told.cursor,
        validators=batch.validators or told.validators,
        body_hash=batch.body_hash or told.body_hash,
        last_new=now if tally.new or tally.versions else told.last_new,
    )
    if not batch.last:
        return told
    outcome = batch.outcome
    spread = random.uniform(-1, 1)
    if isinstance(outcome, Fetched | NotModified):
        told = replace(told, not_modified=told.not_modified + isinstance(outcome, NotModified))
        news = bool(tally.new or tally.versions)
        before = replace(told, last_new=before_new)
        return replace(
            schedule.after_success(source, before, batch, news=news, now=now, spread=spread),
            last_new=told.last_new,
        )
    return schedule.after_failure(source, told, outcome, now=now, spread=spread)
