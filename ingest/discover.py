"""What a site offers to a desk: its feeds, WordPress's REST interface, news sitemaps, the page's own list of stories.

FETCHING.md, section 6: the page's link elements and feed anchors, robots.txt's sitemaps, the REST link, then the usual places;
MOST requests at most, each polite. What is offered is read before it is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urljoin, urlsplit

from ingest.door import Door
from ingest.outcome import Failed, Fetched
from ingest.parsing import hints_of
from ingest.source import Source
from parsers.errors import ParseError
from parsers.hints import Reading
from parsers.page.links import Front, front
from parsers.story import Story
from parsers.url import canonical

MOST = 10  # requests
FEEDS = ("/feed/", "/rss.xml", "/atom.xml", "/feed.json")
SITEMAPS = ("/news-sitemap.xml", "/sitemap_news.xml")
SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.I | re.M)
REST = re.compile(r'<([^<>]*)>\s*;[^,<]*\brel="?https://api\.w\.org/"?', re.I)
WHOLE = 0.5  # share of entries with their text, from which a feed needs no pages
FEW = 3  # feeds of a page that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One way to read a site."""

    kind: str  # feed, wordpress, sitemap, listing
    url: str
    stories: int
    whole: int = 0  # of these, those with their text
    newest: datetime | date | None = None
    language: str | None = None  # of most
    title: str | None = None

    @property
    def rank(self) -> tuple[int, int]:
        """The lower the better: whole copy, then what says when it changed, then what must be looked for."""
        full = self.stories > 0 and self.whole >= WHOLE * self.stories
        return {"feed": 0 if full else 2, "wordpress": 1, "sitemap": 3, "listing": 4}[
            self.kind
        ], -self.stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What looking at a site came to."""

    offers: tuple[Offer, ...] = ()  # the best first
    requests: int = 0
    why: str | None = None  # where nothing is offered


@dataclass(slots=True)
class _Look:
    """A look under way: every address once, MOST in all."""

    door: Door
    source: Source
    requests: int = 0
    seen: set[str] = field(default_factory=set)
    offers: list[Offer] = field(default_factory=list)

    def ask(self, url: str, kind: str) -> Fetched | Failed:
        if self.requests >= MOST or canonical(url) in self.seen:
            return Failed(why="asked for already, or enough asked", kind="http")
        self.seen.add(canonical(url))
        self.requests += 1
        got = self.door.fetch(url, kind=kind, robots=False)
        return got if isinstance(got, Fetched | Failed) else Failed(why=type(got).__name__, kind="missing")

    def reading(self, document: Fetched) -> Reading | None:
        try:
            return self.door.read(document, self.source)
        except ParseError:
            return None

    def offer(self, kind: str, url: str, found: Reading) -> None:
        stories = found.stories
        if not stories and found.format != "sitemapindex":
            return
        self.offers.append(
            Offer(
                kind=kind, url=url, stories=len(stories), whole=sum(not s.partial and bool(s.body) for s in stories),
                newest=max(filter(None, (s.published or s.updated for s in stories)), key=str, default=None),
                language=_most(stories), title=found.feed.title if found.feed else None,
            )
        )  # fmt: skip


def look(url: str, door: Door) -> Found:
    """What the site or document at an address offers, the best first."""
    looking = _Look(door, Source(name="look", url=url))
    given = looking.ask(url, "listing")
    if isinstance(given, Failed):
        return Found(requests=looking.requests, why=given.why)
    address = given.url or url
    found = looking.reading(given)
    if found is not None and (kind := _kind(found)):
        looking.offer(kind, address, found)
        return Found(
            offers=tuple(looking.offers),
            requests=looking.requests,
            why=None if looking.offers else "nothing in it",
        )
    try:
        shown = front(given.body, hints_of(given, looking.source))
    except ParseError as error:
        return Found(requests=looking.requests, why=error.what)
    _site(looking, given, shown, address)
    if shown.links:
        looking.offers.append(Offer(kind="listing", url=address, stories=len(shown.links), title=shown.title))
    offers = tuple(sorted(looking.offers, key=lambda offer: offer.rank))
    why = None if offers else "no feed, no REST interface, no news sitemap, no links that look like stories"
    return Found(offers=offers, requests=looking.requests, why=why)


def _site(looking: _Look, given: Fetched, shown: Front, address: str) -> None:
    """The feeds and sitemaps that the front, its headers and robots.txt name; the usual places where they name none."""
    for _, feed in shown.feeds[:FEW]:
        _try(looking, feed, "feed")
    header = next((m[1] for k, v in given.headers if k.lower() == "link" and (m := REST.search(v))), None)
    if api := shown.api or (urljoin(address, header) if header else None):
        posts = looking.ask(urljoin(api, "wp/v2/posts?per_page=5&_embed=1"), "api")
        found = looking.reading(posts) if isinstance(posts, Fetched) else None
        if found is not None:
            looking.offer("wordpress", api.partition("/wp-json")[0] or address, found)
    robots = looking.ask(urljoin(address, "/robots.txt"), "robots")
    named = SITEMAP.findall(robots.body.decode("utf-8", "replace")) if isinstance(robots, Fetched) else []
    news = [one for one in (urljoin(address, name) for name in named) if "news" in urlsplit(one).path.lower()]
    for sitemap in news[:2]:
        _try(looking, sitemap, "sitemap")
    if not any(offer.kind == "feed" for offer in looking.offers):
        for place in FEEDS:
            if _try(looking, urljoin(address, place), "feed"):
                break
    if not news and not any(offer.kind == "feed" for offer in looking.offers):
        for place in SITEMAPS:
            if _try(looking, urljoin(address, place), "sitemap"):
                break


def _try(looking: _Look, url: str, wanted: str) -> bool:
    got = looking.ask(url, wanted)
    found = looking.reading(got) if isinstance(got, Fetched) else None
    if found is None or _kind(found) != wanted:
        return False
    before = len(looking.offers)
    looking.offer(wanted, url, found)
    return len(looking.offers) > before


def _kind(found: Reading) -> str | None:
    """The kind of source that a document is; None: a page."""
    if found.format in ("sitemap", "sitemapindex"):
        return "sitemap"
    return "feed" if found.format in ("feed", "jsonfeed") else None


def _most(stories: Sequence[Story]) -> str | None:
    told = Counter(story.language for story in stories if story.language)
    return told.most_common(1)[0][0] if told else None
