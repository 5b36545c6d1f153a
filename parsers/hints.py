"""What is known of a document beside its bytes, and what reading it gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from parsers.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the transport said and what is configured of the source. All optional: the bytes decide."""

    where: str = "input"  # names the document in errors: a path or URL
    url: str | None = None  # absolute address it came from, base of relative links
    seen: date | None = None  # the day it was seen; infers a dateline's year when the document has no date
    media_type: str | None = None  # "text/html", as the transport said
    charset: str | None = None  # as the transport said
    source: str | None = None  # our name of the source
    agency: str | None = None  # catalogue code, where the source is an agency
    country: str | None = None  # ISO 3166-1 alpha-2 of the source
    language: str | None = None  # BCP 47, configured
    timezone: str | None = None  # IANA name; reads times that carry no zone
    furniture: frozenset[str] = (
        frozenset()
    )  # digests of paragraphs already seen on several stories of the host


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """An item of a document that was not taken, and why."""

    item: str  # guid, link or position
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFacts:
    """What a feed says of itself to whoever polls it (FETCHING.md, sections 3 and 7)."""

    title: str | None = None
    self_url: str | None = None
    next_url: str | None = None  # RFC 5005 paged
    prev_archive: str | None = None  # RFC 5005 archived
    hub: str | None = None  # WebSub
    generator: str | None = None  # the program that made it, as it calls itself
    ttl_minutes: int | None = None
    update_minutes: float | None = None  # sy:updatePeriod / sy:updateFrequency
    skip_hours: frozenset[int] = frozenset()  # GMT, 0-23
    skip_days: frozenset[str] = frozenset()  # English day names
    complete: bool = False  # fh:complete: absent entries are withdrawn
    children: tuple[tuple[str, str | None], ...] = ()  # sitemap index: (address, lastmod as written)
    alternates: tuple[tuple[str, str], ...] = ()  # a page's feeds: (media type, absolute address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The stories of one document, in order, and what was passed over."""

    stories: Sequence[Story] = ()
    skipped: tuple[Skipped, ...] = ()
    format: str = ""  # name of the reader: "feed", "nitf", "html" …
    truncated: bool = False  # the document breaks off: what is absent was not withdrawn
    feed: FeedFacts | None = None
    extra: Mapping[str, str] = field(default_factory=dict)  # a reader's own remarks, for logs
