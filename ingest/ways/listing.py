"""A page that lists stories: its links are found, and each new one's story is read from its page.

What a page gave no story for is remembered, so that it is not asked for at each visit; what could not be had is asked for
again. The listing's validators are kept only when all that it lists has been read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from ingest.complete import elsewhere
from ingest.door import Door
from ingest.outcome import Batch, Failed, Fetched, Gone, Item, NotModified
from ingest.packing import packed
from ingest.parsing import hints_of
from ingest.parts import full
from ingest.passed import FOR_GOOD, Passed
from ingest.source import Source
from parsers.errors import ParseError
from parsers.page.links import Link, front
from store.sources import Told

PAGES = 40  # pages asked for in one visit
PASSED = 500  # addresses remembered for holding no story


def pull(source: Source, told: Told, door: Door) -> Iterator[Batch]:
    """The new stories of the listing, in batches."""
    outcome = door.fetch(
        told.current_url or source.url or "", kind="listing", validators=told.validators, robots=source.robots
    )
    conditional = bool(told.validators.etag or told.validators.last_modified)
    if not isinstance(outcome, Fetched):
        kept = outcome.validators if isinstance(outcome, NotModified) else None
        yield Batch(outcome=outcome, requests=1, conditional=conditional, validators=kept)
        return
    digest = hashlib.blake2b(outcome.body, digest_size=16).hexdigest()
    if digest == told.body_hash:
        yield Batch(
            outcome=NotModified(validators=outcome.validators), requests=1, validators=outcome.validators
        )
        return
    try:
        listed = front(outcome.body, hints_of(outcome, source), select=source.select).links
    except ParseError as error:
        yield Batch(outcome=Failed(why=error.what, kind="not-a-feed", do=error.do), requests=1)
        return
    if not listed:
        why = (
            f"no link that {source.select!r} selects" if source.select else "no link that looks like a story"
        )
        do = "look at the page; name its links with select, or find its feed: `wire sources add`"
        yield Batch(outcome=Failed(why=why, kind="not-a-feed", do=do), requests=1)
        return
    passed = Passed(told.cursor.get("passed"), most=PASSED)
    unknown = door.unknown(source.name, [link.url for link in listed])
    fresh = set(passed.others(unknown))
    new = [link for link in listed if link.url in fresh]
    whole = len(new) <= PAGES
    items: list[Item] = []
    requests = 1
    for link in new[:PAGES]:
        if door.stopped():
            whole = False
            break
        item, asked, settled = _item(link, source, door)
        requests += asked
        whole = whole and settled
        if item is not None:
            items.append(item)
        if settled and not (item and item.stories):
            passed.add(link.url)
        if full(items):
            yield _batch(outcome, items, requests, passed, conditional, last=False)
            items, requests, conditional = [], 0, False
    last = _batch(outcome, items, requests, passed, conditional, last=True)
    yield replace(last, validators=outcome.validators, body_hash=digest) if whole else last


def _batch(
    outcome: Fetched, items: list[Item], requests: int, passed: Passed, conditional: bool, *, last: bool
) -> Batch:
    return Batch(
        outcome=outcome, items=tuple(items), requests=requests, conditional=conditional, last=last,
        cursor={"passed": passed.told()},
    )  # fmt: skip


def _item(link: Link, source: Source, door: Door) -> tuple[Item | None, int, bool]:
    """(what came of a link, requests, is that for good?)."""
    page = door.page(link.url, robots=source.robots)
    if isinstance(page, Failed):
        return None, 1, page.kind in FOR_GOOD
    if isinstance(page, Gone | NotModified):
        return None, 1, True
    kept, asked = packed(page, door.now()), int(not page.shared)
    if page.url and elsewhere(link.url, page.url):
        return Item(document=kept, refused=((link.url, "led to another page than its own"),)), asked, True
    try:
        found = door.read(page, source)
    except ParseError as error:
        return Item(document=kept, refused=((link.url, error.what),)), asked, True
    refused = tuple((skip.item, skip.why) for skip in found.skipped)
    # The address in the list finds the story again, whatever its page calls itself.
    stories = tuple(replace(story, guid=story.guid or link.url) for story in found.stories)
    return Item(document=kept, stories=stories, refused=refused, rules=found.extra.get("rules")), asked, True
