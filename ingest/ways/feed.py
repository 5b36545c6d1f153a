"""A feed: one conditional request, and older pages where it turned over; teasers completed from their pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ingest.complete import completed, elsewhere
from ingest.door import Door
from ingest.older import older
from ingest.outcome import Batch, Failed, Fetched, Item, NotModified
from ingest.packing import packed
from ingest.parsing import hints_of
from ingest.parts import full
from ingest.recheck import UNASKED, look
from ingest.shelf import laid_by
from ingest.source import Source
from parsers.errors import ParseError
from parsers.hints import Reading
from parsers.page.links import front
from parsers.story import Story
from store.pages import Looked
from store.sources import Told, Validators

PAGES = ("html", "dump", "copy")  # what stands where a feed was due: a consent wall, a login, a home page

USELESS = 3  # identical bodies in a row, sent in spite of their ETag, after which the date alone is asked by
TRIES = 3  # visits that try to have a page
PASSING = ("network", "server", "dns", *UNASKED)


def pull(source: Source, told: Told, door: Door) -> Iterator[Batch]:
    """A batch for each older page that holds what was missed, then the feed, each with the pages of its new teasers."""
    url = told.current_url or source.url or ""
    sent = told.validators
    if told.notes.get("etag_useless", 0) >= USELESS and sent.last_modified:
        sent = Validators(last_modified=sent.last_modified)
    conditional = bool(sent.etag or sent.last_modified)
    outcome = door.fetch(url, kind="feed", validators=sent, robots=False)
    waiting = dict(told.notes.get("pages") or {})
    if not isinstance(outcome, Fetched):
        kept = _newer(told.validators, outcome.validators) if isinstance(outcome, NotModified) else None
        notes = {"etag_useless": 0} if isinstance(outcome, NotModified) and sent.etag else {}
        yield Batch(outcome=outcome, requests=1, conditional=conditional, validators=kept, notes=notes)
        return
    digest = hashlib.blake2b(outcome.body, digest_size=16).hexdigest()
    if digest == told.body_hash:
        same = NotModified(
            validators=outcome.validators, permanent=outcome.permanent, fresh=outcome.fresh, same_body=True
        )
        vain = int(told.notes.get("etag_useless", 0)) + 1 if sent.etag else told.notes.get("etag_useless", 0)
        yield Batch(
            outcome=same,
            requests=1,
            conditional=conditional,
            validators=outcome.validators,
            notes={"etag_useless": vain},
        )
        return
    try:
        found = door.read(outcome, source)
    except ParseError as error:
        yield Batch(outcome=_no_feed(outcome, error.what, source), requests=1)
        return
    if found.format in PAGES:
        why = f"a {found.format or 'document'} where a feed was due"
        yield Batch(outcome=_no_feed(outcome, why, source), requests=1)
        return
    gap, requests, lost, again = told.notes.get("gap"), 1, dict[str, int](), None
    for step in older(outcome, found, source, told, door):
        gap = step.gap
        if step.document is None:
            found = replace(found, skipped=(*found.skipped, *step.found.skipped))
            requests += not step.found.skipped
            continue
        for part in _parts(step.document, step.found, source, door, waiting):
            lost |= part.missed
            again = again or (step.document.asked if part.missed else None)
            yield Batch(
                outcome=outcome,
                items=part.items,
                requests=part.asked + part.last,
                looked=part.looked,
                notes={"gap": gap or again} if part.last else {},
                last=False,
            )
        if door.stopped():
            return
    gap = gap or again  # a page is read once more for what was missed behind it
    useless = 0 if sent.etag else told.notes.get("etag_useless", 0)
    for part in _parts(outcome, found, source, door, waiting):
        whole = part.last and not found.truncated and not part.missed and gap is None
        yield Batch(
            outcome=outcome,
            items=part.items,
            validators=outcome.validators if whole else None,
            body_hash=digest if whole else None,
            feed=found.feed,
            requests=requests + part.asked,
            conditional=conditional,
            looked=part.looked,
            notes={"pages": lost | part.missed, "gap": gap, "etag_useless": useless} if part.last else {},
            last=part.last,
        )
        del part  # stored: its pages are not held while the next are fetched
        requests, conditional = 0, False


def _no_feed(document: Fetched, why: str, source: Source) -> Failed:
    """What stands where a feed was due, with the feeds that it offers: a person is told of them, none is taken unasked."""
    try:
        offers = tuple(address for _, address in front(document.body, hints_of(document, source)).feeds)
    except ParseError:
        offers = ()
    do = f"it offers {', '.join(offers[:3])}" if offers else None
    return Failed(why=why, kind="not-a-feed", do=do, offers=offers)


def _newer(kept: Validators, told: Validators) -> Validators:
    """The validators after a 304: those that it carries, and of the rest those that are kept."""
    return Validators(etag=told.etag or kept.etag, last_modified=told.last_modified or kept.last_modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Some pages of a document's teasers; the last part has the document itself, with the stories that no page completed."""

    items: tuple[Item, ...]
    asked: int  # requests
    looked: tuple[Looked, ...]  # what became of pages that could not be had before
    missed: dict[str, int]  # addresses whose pages could not be had just now, with how often they were tried
    last: bool


def _parts(
    document: Fetched, found: Reading, source: Source, door: Door, waiting: Mapping[str, int]
) -> Iterator[_Part]:
    """A document's stories, its new teasers completed from their pages, in parts.

    waiting: what was missed by the visit before. A page is tried in TRIES visits; until then the feed is read anew at each.
    """
    items, looked = list[Item](), list[Looked]()
    done: set[str | None] = set()
    asked, missed = 0, dict[str, int]()
    teasers = [story.url for story in found.stories if story.url and story.partial] if source.pages else []
    wanted = door.unknown(source.name, teasers) | (waiting.keys() & set(teasers))
    for story in found.stories:
        address = story.url or ""
        if address not in wanted or not story.partial:
            continue
        tried = waiting.get(address, 0)
        if door.stopped():
            missed[address] = tried
            continue
        if full(items):
            yield _Part(items=tuple(items), asked=asked, looked=tuple(looked), missed={}, last=False)
            items, looked, asked = [], [], 0
        page = door.page(address, robots=source.robots)
        asked += not (isinstance(page, Fetched) and page.shared)
        if address in waiting and (found_there := look(address, page)) is not None:
            looked.append(found_there)
        if isinstance(page, Fetched):
            item = by_page(story, page, source, door)  # once stored, its text is not held to the visit's end
            items.append(item)
            done |= {whole.guid or whole.url for whole in item.stories}
        elif isinstance(page, Failed) and page.kind in PASSING:
            missed[address] = tried + (page.kind not in UNASKED)
    rest = laid_by(
        [
            story
            for story in found.stories
            if (story.guid or story.url) not in done or not (story.guid or story.url)
        ]
    )
    refused = tuple((skip.item, skip.why) for skip in found.skipped)
    yield _Part(
        items=(Item(document=packed(document, door.now()), stories=rest, refused=refused), *items),
        asked=asked,
        looked=tuple(looked),
        missed={address: tried for address, tried in missed.items() if tried < TRIES},
        last=True,
    )


def by_page(story: Story, page: Fetched, source: Source, door: Door) -> Item:
    """The page, and the story with its text where that is longer."""
    kept = packed(page, door.now())
    if page.url and elsewhere(story.url or "", page.url):
        return Item(document=kept, refused=((story.url or "", "led to another page than its own"),))
    try:
        read = door.read(page, source)
        on_page = read.stories[0]
    except (ParseError, IndexError) as error:
        why = error.what if isinstance(error, ParseError) else "no story in the page"
        return Item(document=kept, refused=((story.url or "", why),))
    whole = completed(story, on_page)
    if whole is None:
        return Item(document=kept)
    return Item(document=kept, stories=(whole,), rules=read.extra.get("rules"))
