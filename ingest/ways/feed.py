"""A feed: one conditional request; teasers completed from their pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from ingest.complete import completed
from ingest.door import Door
from ingest.outcome import Batch, Failed, Fetched, Item, NotModified
from ingest.source import Source
from parsers.errors import ParseError
from parsers.hints import Reading
from parsers.story import Story
from store.sources import Told

PAGES = ("html", "dump", "copy")  # what stands where a feed was due: a consent wall, a login, a home page


def pull(source: Source, told: Told, door: Door) -> Iterator[Batch]:
    """One batch: the feed, and the pages of its new teasers."""
    url = told.current_url or source.url or ""
    conditional = bool(told.validators.etag or told.validators.last_modified)
    outcome = door.fetch(url, kind="feed", validators=told.validators, robots=False)
    if not isinstance(outcome, Fetched):
        kept = outcome.validators if isinstance(outcome, NotModified) else None
        changed = kept if kept and (kept.etag or kept.last_modified) else None
        yield Batch(outcome=outcome, requests=1, conditional=conditional, validators=changed)
        return
    digest = hashlib.blake2b(outcome.body, digest_size=16).hexdigest()
    if digest == told.body_hash:
        yield Batch(
            outcome=NotModified(validators=outcome.validators), requests=1, validators=outcome.validators
        )
        return
    try:
        found = door.read(outcome, source)
    except ParseError as error:
        yield Batch(outcome=Failed(why=error.what, kind="not-a-feed", do=error.do), requests=1)
        return
    if found.format in PAGES:
        offers = tuple(address for _, address in found.feed.alternates) if found.feed else ()
        do = (
            f"it offers {', '.join(offers[:3])}"
            if offers
            else "look at the address in a browser; `wire sources` lists it"
        )
        why = f"a {found.format or 'document'} where a feed was due"
        yield Batch(outcome=Failed(why=why, kind="not-a-feed", do=do, offers=offers), requests=1)
        return
    items, asked = with_pages(outcome, found, source, door)
    requests = 1 + asked
    yield Batch(
        outcome=outcome,
        items=items,
        validators=None if found.truncated else outcome.validators,
        body_hash=None if found.truncated else digest,
        feed=found.feed,
        requests=requests,
        conditional=conditional,
    )


def with_pages(
    document: Fetched, found: Reading, source: Source, door: Door, *, most: int | None = None
) -> tuple[tuple[Item, ...], int]:
    """(items to store, requests made): a document's stories, the new teasers among them completed from their pages.

    most: pages asked for at the most; what is beyond it comes with the next visit.
    """
    items: list[Item] = []
    stories = list(found.stories)
    asked = 0
    if source.pages:
        wanted = door.unknown(source.name, [s.url for s in stories if s.url and s.partial])
        for index, story in enumerate(stories):
            if story.url in wanted and not door.stopped() and (most is None or asked < most):
                page = door.fetch(story.url or "", kind="page", robots=source.robots)
                asked += 1
                if isinstance(page, Fetched):
                    stories[index], item = _completed(story, page, source, door)
                    items.append(item)
    done = {story.guid or story.url for item in items for story in item.stories}
    rest = tuple(
        story
        for story in stories
        if (story.guid or story.url) is None or (story.guid or story.url) not in done
    )
    refused = tuple((skip.item, skip.why) for skip in found.skipped)
    return (Item(document=document, stories=rest, refused=refused), *items), asked


def _completed(story: Story, page: Fetched, source: Source, door: Door) -> tuple[Story, Item]:
    """The story with its page's text where that is longer."""
    try:
        read = door.read(page, source).stories[0]
    except (ParseError, IndexError) as error:
        why = error.what if isinstance(error, ParseError) else "no story in the page"
        return story, Item(document=page, refused=((story.url or "", why),))
    whole = completed(story, read)
    if whole is None:
        return story, Item(document=page)
    return whole, Item(document=page, stories=(whole,))
