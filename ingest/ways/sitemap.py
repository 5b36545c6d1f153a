"""A news sitemap or an index of them: only what is new, each story read from its page.

Of an index the children that may have changed since the last pass are asked for, each with its own validators: the newest at
the first visit, then on from where the last one ended. Their lastmod is a whole day as often as not, so a child of that day is
asked again. A child that lists its parent is passed by; one that is an index itself, which the protocol forbids, is read one
step down. The bounds are FETCHING.md's, section 7. A page without a story is remembered, so that it is not asked for at each
visit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from ingest.door import Door
from ingest.outcome import Batch, Failed, Fetched, Gone, Item, NotModified
from ingest.packing import packed
from ingest.parts import full
from ingest.passed import FOR_GOOD, Passed
from ingest.source import Source
from ingest.ways.feed import by_page
from parsers.errors import ParseError
from parsers.hints import Reading
from store.sources import Told, Validators

CHILDREN = 20  # sitemaps of an index asked for in one visit
PAGES = 200  # pages asked for in one visit
KEPT = 200  # children of which it is remembered how they were read
PASSED = 2_000  # addresses remembered for holding no story


def pull(source: Source, told: Told, door: Door) -> Iterator[Batch]:
    """Batches of each sitemap's pages, with how far an index was read."""
    url = told.current_url or source.url or ""
    conditional = bool(told.validators.etag or told.validators.last_modified)
    outcome = door.fetch(url, kind="sitemap", validators=told.validators, robots=source.robots)
    if not isinstance(outcome, Fetched):
        kept = outcome.validators if isinstance(outcome, NotModified) else None
        yield Batch(outcome=outcome, requests=1, conditional=conditional, validators=kept)
        return
    try:
        found = door.read(outcome, source)
    except ParseError as error:
        yield Batch(outcome=Failed(why=error.what, kind="not-a-feed", do=error.do), requests=1)
        return
    passed = Passed(told.cursor.get("passed"), most=PASSED)
    if found.format == "sitemap":
        requests = 1
        for part in _parts(outcome, found, source, door, passed, PAGES):
            kept = (outcome.validators if part.whole else Validators()) if part.last else None
            yield Batch(
                outcome=outcome, items=part.items, requests=requests + part.asked, conditional=conditional,
                validators=kept, cursor={"passed": passed.told()}, last=part.last,
            )  # fmt: skip
            del part  # stored: its pages are not held while the next are fetched
            requests, conditional = 0, False
    elif found.format == "sitemapindex":
        yield from _Index(outcome, found, source, told, door, passed).children()
    else:
        do = "look at robots.txt for its sitemaps"
        fault = Failed(why="no sitemap at this address", kind="not-a-feed", do=do)
        yield Batch(outcome=fault, requests=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Some pages of a sitemap; the first part has the sitemap itself."""

    items: tuple[Item, ...] = ()
    asked: int = 0  # pages
    last: bool = True
    whole: bool = False  # of the last: was all that is new read for good?


def _parts(
    document: Fetched, found: Reading, source: Source, door: Door, passed: Passed, most: int
) -> Iterator[_Part]:
    """A sitemap's new stories, each from its page. What is beyond `most` comes with the next visit."""
    listed = dict.fromkeys(story.url for story in found.stories if story.url)
    new = set(passed.others(door.unknown(source.name, list(listed))))
    del listed
    refused = tuple((skip.item, skip.why) for skip in found.skipped)
    items, asked, whole = [Item(document=packed(document, door.now()), refused=refused)], 0, True
    for story in found.stories:
        if (address := story.url or "") not in new:
            continue
        new.remove(address)
        if most <= 0 or door.stopped():
            whole = False
            break
        if full(items):
            yield _Part(items=tuple(items), asked=asked, last=False)
            items, asked = [], 0
        page = door.page(address, robots=source.robots)
        if isinstance(page, Fetched):
            asked, most = asked + (not page.shared), most - (not page.shared)
            item = by_page(story, page, source, door)
            items.append(item)
            if not item.stories:
                passed.add(address)
            continue
        asked, most = asked + 1, most - 1
        if isinstance(page, Gone) or (isinstance(page, Failed) and page.kind in FOR_GOOD):
            passed.add(address)
        else:
            whole = False
    yield _Part(items=tuple(items), asked=asked, whole=whole)


@dataclass(frozen=True, slots=True)
class _Child:
    """A sitemap of an index, and when it may have changed last (UTC); None where that is not told."""

    address: str
    lastmod: str
    earliest: datetime | None
    latest: datetime | None


def _child(address: str, lastmod: str) -> _Child:
    try:
        if len(lastmod) == 10:
            day = datetime.combine(date.fromisoformat(lastmod), time(), UTC)
            # In any zone: a day begins 14 hours before UTC's and ends 12 after it.
            return _Child(address, lastmod, day - timedelta(hours=14), day + timedelta(hours=36))
        told = datetime.fromisoformat(lastmod)
    except ValueError:
        return _Child(address, "", None, None)
    told = (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
    return _Child(address, lastmod, told, told)


_State = tuple[str | None, str | None, str]  # ETag, Last-Modified and lastmod of a child that was read


class _Index:
    """One pass over an index."""

    def __init__(
        self, outcome: Fetched, index: Reading, source: Source, told: Told, door: Door, passed: Passed
    ) -> None:
        self.outcome, self.source, self.door, self.passed = outcome, source, door, passed
        self.since = str(told.cursor.get("lastmod") or "")
        kept = told.cursor.get("children")
        self.kept: dict[str, _State] = dict(kept) if isinstance(kept, Mapping) else {}  # the last read last
        self.old = str(told.cursor.get("old") or "")
        listed = dict(index.feed.children if index.feed else ())
        own = (source.url, outcome.url)
        self.listed = [
            _child(address, lastmod or "") for address, lastmod in listed.items() if address not in own
        ]

    def wanted(self) -> list[_Child]:
        """Those to ask, in order."""
        since = _child("", self.since).earliest
        turn = {address: number for number, address in enumerate(self.kept, 1)}
        listed = sorted(self.listed, key=lambda one: one.address, reverse=True)
        listed.sort(key=lambda one: turn.get(one.address, 0))
        dated = [
            one
            for one in listed
            if one.latest and not (since and one.latest < since) and not self._is_read(one)
        ]
        dated.sort(key=lambda one: _latest(one.lastmod), reverse=since is None)
        return dated + [one for one in listed if one.latest is None]

    def _is_read(self, child: _Child) -> bool:
        """Is this what was read of it? Of an exact time alone can that be said."""
        state = self.kept.get(child.address)
        return child.latest == child.earliest and child.lastmod == (state[2] if state else self.old)

    def children(self) -> Iterator[Batch]:
        """Batches of what each child brought; the last one holds the index's validators where nothing is left of it."""
        wanted, left, newest, held, requests = self.wanted(), PAGES, self.since, False, 1
        for child in wanted[:CHILDREN]:
            if self.door.stopped() or left <= 0:
                held = True
                break
            requests += 1
            for part in self._read(child, left):
                left, requests = left - part.asked, requests + part.asked
                held = held or (part.last and not part.whole)
                if part.last and not held:
                    newest = max(newest, child.lastmod, key=_latest)
                if part.items:
                    # A first visit goes back in time: the cursor is set when it has come to its end.
                    cursor = self._cursor(newest if self.since else "")
                    yield Batch(
                        outcome=self.outcome, items=part.items, requests=requests, last=False, cursor=cursor
                    )
                    requests = 0
                del part  # stored: its pages are not held while the next are fetched
        if not self.since:
            # What is left now is old: an index made anew gives all its children one time.
            self.old = newest = "" if held else newest
        exact = all(child.latest is not None and child.latest == child.earliest for child in self.listed)
        through = exact and not held and (not self.since or len(wanted) <= CHILDREN)
        yield Batch(
            outcome=self.outcome, requests=requests, cursor=self._cursor(newest),
            validators=self.outcome.validators if through else Validators(),
        )  # fmt: skip

    def _below(self, index: Fetched, found: Reading, most: int) -> Iterator[_Part]:
        """What the children of an index within the index brought, the newest first: requests count as pages. Another index among
        them is passed by."""
        known = {index.url, self.outcome.url, self.source.url, *(one.address for one in self.listed)}
        since = _child("", self.since).earliest
        listed = dict(found.feed.children if found.feed else ())
        below = [
            _child(address, lastmod or "") for address, lastmod in listed.items() if address not in known
        ]
        below = [one for one in below if one.latest is None or not (since and one.latest < since)]
        below.sort(key=lambda one: _latest(one.lastmod), reverse=True)
        whole = len(below) <= CHILDREN
        for one in below[:CHILDREN]:
            if self.door.stopped() or most <= 0:
                whole = False
                break
            yield _Part(asked=1, last=False)
            most -= 1
            for part in self._read(one, most, nested=True):
                most, whole = most - part.asked, whole and (part.whole or not part.last)
                yield replace(part, last=False)
        yield _Part(whole=whole)

    def _read(self, child: _Child, most: int, *, nested: bool = False) -> Iterator[_Part]:
        """What a child brought. One that fails does not cost the others. nested: it is of an index within the index."""
        etag, modified = self.kept.pop(child.address, (None, None, ""))[:2]
        sent = Validators(etag=etag, last_modified=modified)
        got = self.door.fetch(
            child.address,
            kind="sitemap",
            validators=sent if etag or modified else None,
            robots=self.source.robots,
        )
        if isinstance(got, NotModified):
            told = got.validators
            self.kept[child.address] = (told.etag or etag, told.last_modified or modified, child.lastmod)
            yield _Part(whole=True)
            return
        if not isinstance(got, Fetched):
            yield _Part(whole=isinstance(got, Gone) or got.kind == "missing")
            return
        try:
            found = self.door.read(got, self.source)
        except ParseError as error:
            yield _Part(
                items=(Item(document=packed(got, self.door.now()), refused=((child.address, error.what),)),),
                whole=True,
            )
            return
        if found.format == "sitemapindex" and not nested:
            yield from self._below(got, found, most)
            return
        if found.format != "sitemap":
            yield _Part(whole=True)
            return
        for part in _parts(got, found, self.source, self.door, self.passed, most):
            if part.whole:
                self.kept[child.address] = (got.validators.etag, got.validators.last_modified, child.lastmod)
            yield part
            del part

    def _cursor(self, lastmod: str) -> Mapping[str, object]:
        return {
            "lastmod": lastmod,
            "old": self.old,
            "children": dict(list(self.kept.items())[-KEPT:]),
            "passed": self.passed.told(),
        }


def _latest(lastmod: str) -> datetime:
    return _child("", lastmod).latest or datetime.min.replace(tzinfo=UTC)
