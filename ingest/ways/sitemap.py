"""A news sitemap or an index of them: only what is new, each story read from its page.

Of an index the children changed since the last pass are asked for, the newest first; a child that lists its parent, or is an
index itself below the second level, is passed by. The bounds are FETCHING.md's, section 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ingest.door import Door
from ingest.outcome import Batch, Failed, Fetched, Gone, Item, NotModified
from ingest.source import Source
from ingest.ways.feed import with_pages
from parsers.errors import ParseError
from parsers.hints import Reading
from store.sources import Told

CHILDREN = 20  # sitemaps of an index asked for in one visit
PAGES = 200  # pages asked for in one visit


def pull(source: Source, told: Told, door: Door) -> Iterator[Batch]:
    """A batch for each sitemap; the cursor (newest lastmod of a child) comes with the last."""
    url = told.current_url or source.url or ""
    outcome = door.fetch(url, kind="sitemap", validators=told.validators, robots=source.robots)
    if not isinstance(outcome, Fetched):
        yield Batch(
            outcome=outcome,
            requests=1,
            conditional=True,
            validators=outcome.validators if isinstance(outcome, NotModified) else None,
        )
        return
    try:
        found = door.read(outcome, source)
    except ParseError as error:
        yield Batch(outcome=Failed(why=error.what, kind="not-a-feed", do=error.do), requests=1)
        return
    if found.format not in ("sitemap", "sitemapindex"):
        yield Batch(
            outcome=Failed(
                why="no sitemap at this address", kind="not-a-feed", do="look at robots.txt for its sitemaps"
            ),
            requests=1,
        )
        return
    if found.format == "sitemap":
        items, asked, whole = _read_pages(outcome, found, source, door, PAGES)
        yield Batch(
            outcome=outcome, items=items, requests=1 + asked, validators=outcome.validators if whole else None
        )
        return
    yield from _children(outcome, found, source, told, door)


def _read_pages(
    document: Fetched, found: Reading, source: Source, door: Door, most: int
) -> tuple[tuple[Item, ...], int, bool]:
    """(items, pages asked for, were all new addresses read?). A story without text is not stored: it would never be asked for again."""
    new = _new(found, source, door)
    items, asked = with_pages(document, new, source, door, most=most)
    first = replace(items[0], stories=tuple(story for story in items[0].stories if story.body))
    read = sum(len(item.stories) for item in items[1:]) + len(first.stories)
    return (first, *items[1:]), asked, read >= len(new.stories)


def _new(found: Reading, source: Source, door: Door) -> Reading:
    """The stories whose addresses the store does not know."""
    unknown = door.unknown(source.name, [story.url for story in found.stories if story.url])
    return Reading(
        stories=tuple(story for story in found.stories if story.url in unknown),
        skipped=found.skipped,
        format=found.format,
    )


def _children(outcome: Fetched, index: Reading, source: Source, told: Told, door: Door) -> Iterator[Batch]:
    since = str(told.cursor.get("lastmod") or "")
    listed = index.feed.children if index.feed else ()
    wanted = sorted(
        {
            (lastmod or "", address)
            for address, lastmod in listed
            if (not lastmod or lastmod > since) and address not in (source.url, outcome.url)
        },
        reverse=True,
    )
    left = PAGES
    newest = since
    held = False  # something of a child is still to be read: the cursor stays
    for lastmod, address in wanted[:CHILDREN]:
        if door.stopped() or left <= 0:
            break
        child = door.fetch(address, kind="sitemap", robots=source.robots)
        if not isinstance(
            child, Fetched
        ):  # does not cost the others; unless it is not there, it is asked for again
            held = held or not (
                isinstance(child, Gone) or (isinstance(child, Failed) and child.kind == "missing")
            )
            continue
        try:
            found = door.read(child, source)
        except ParseError as error:
            yield Batch(
                outcome=outcome,
                items=(Item(document=child, refused=((address, error.what),)),),
                requests=1,
                last=False,
            )
            continue
        if found.format != "sitemap":
            continue
        items, asked, whole = _read_pages(child, found, source, door, left)
        left -= asked
        newest = max(newest, lastmod) if whole else newest
        held = held or not whole
        yield Batch(outcome=outcome, items=items, requests=1 + asked, last=False)
    yield Batch(outcome=outcome, requests=1, cursor={"lastmod": since if held else newest})
