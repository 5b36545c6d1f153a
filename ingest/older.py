"""The older pages of a feed that turned over since the last visit: RFC 5005's, or WordPress's ?paged=N (FETCHING.md, section 7).

Where the store knows none of a feed's stories, some have passed by between it and the last visit. Its next pages are read, until
the oldest story of one is known; their stories are stored before the newest page's, so that a run killed in between sees the
gap again. A page that could not be had is where the next visit goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from ingest.door import Door
from ingest.outcome import Failed, Fetched
from ingest.source import Source
from parsers.errors import ParseError
from parsers.hints import FeedFacts, Reading, Skipped
from store.sources import Told

PAGES = 5  # older pages of one visit
ENDS = ("missing", "http", "refused", "forbidden", "redirects")  # failures that say: there is no such page
WORDPRESS = re.compile(r"https?://(?:www\.)?wordpress\.(?:org|com)\b")


@dataclass(frozen=True, slots=True)
class Older:
    """A step behind the first page."""

    document: Fetched | None  # None: no page came
    found: Reading
    gap: str | None  # where the next visit goes on; None: the gap is closed


def older(first: Fetched, found: Reading, source: Source, told: Told, door: Door) -> Iterator[Older]:
    """The pages that may hold what no visit has seen: one request a step. None at a source's first visit."""
    if told.last_success is None:
        return
    address = behind(first, found) if _all_new(found, source, door) else told.notes.get("gap")
    asked = {first.url}
    for _ in range(PAGES):
        if not isinstance(address, str) or address in asked or door.stopped():
            return
        asked.add(address)
        page = door.fetch(address, robots=False)
        if not isinstance(page, Fetched):
            passing = isinstance(page, Failed) and page.kind not in ENDS
            yield Older(None, Reading(), address if passing else None)
            return
        try:
            read = door.read(page, source)
        except ParseError:
            return
        if not read.stories or read.format in ("html", "dump", "copy"):
            return
        address = behind(page, read) if _goes_on(read, source, door) else None
        yield Older(page, read, address)
    if address is not None:
        why = f"more than {PAGES} pages of new stories: some older ones were not read; visit it more often"
        yield Older(None, Reading(skipped=(Skipped(item=str(first.url), why=why),)), None)


def _all_new(found: Reading, source: Source, door: Door) -> bool:
    addresses = {story.url for story in found.stories if story.url}
    return bool(addresses) and door.unknown(source.name, list(addresses)) == addresses


def _goes_on(found: Reading, source: Source, door: Door) -> bool:
    """Is the oldest story of an older page new? Newer ones may be known: pages shift while they are turned."""
    stories = [story for story in found.stories if story.url]
    if not stories:
        return False
    times = [story.published for story in stories]
    dated = all(isinstance(time, datetime) for time in times)
    oldest = min(reversed(stories), key=lambda story: story.published) if dated else stories[-1]  # type: ignore[arg-type, return-value]
    return bool(door.unknown(source.name, [oldest.url or ""]))


def behind(page: Fetched, found: Reading) -> str | None:
    """The address of the next older page on the same host; None where a feed tells none."""
    facts, here = found.feed or FeedFacts(), urlsplit(page.url or "")
    if told := facts.next_url or facts.prev_archive:
        there = urljoin(page.url or "", told)
        return there if urlsplit(there).netloc == here.netloc else None
    if not WORDPRESS.match(facts.generator or ""):
        return None
    query = dict(parse_qsl(here.query, keep_blank_values=True))
    number = int(query["paged"]) if query.get("paged", "").isdecimal() else 1
    return urlunsplit(here._replace(query=urlencode(query | {"paged": str(number + 1)})))
