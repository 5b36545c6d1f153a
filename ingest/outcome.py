"""What a fetch, and a visit of a source, come back with: values. Only a bug raises."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from parsers.hints import FeedFacts
from parsers.story import Story
from store.archive import Packed
from store.pages import Looked
from store.sources import Told, Validators

__all__ = [
    "Batch",
    "Failed",
    "Fetched",
    "Gone",
    "Item",
    "Kind",
    "NotModified",
    "Outcome",
    "Told",
    "Validators",
    "content_type",
]

# The classes of failure that the schedule and `wire status` tell apart.
Kind = Literal[
    "network",  # no connection, hang-up, timeout: mends itself
    "dns",
    "tls",
    "server",  # 5xx, 408, 425
    "busy",  # 429, 503: the host asks for rest
    "silent",  # the host did not answer others just now: it was not asked
    "ended",  # the run was ended before this was asked
    "refused",  # 401, 403, 451: a person must ask the publisher
    "missing",  # 404
    "http",  # another status that is no answer
    "forbidden",  # robots.txt, private address, scheme: our own rule says no
    "too-large",
    "coding",  # cut or wrong gzip, unknown coding
    "not-a-feed",  # a page, a consent wall, a login where a feed was due
    "empty",
    "bad-address",
    "redirects",
    "files",  # a folder or file that cannot be read
    "parse",
    "bug",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A whole good answer, or a file."""

    body: bytes
    url: str | None = None  # final address after redirects; None: a file
    asked: str | None = None  # the address asked for, before redirects
    path: str | None = None  # of a file: here, or the address of one on a server that is none of the web
    at: datetime | None = None  # when an archive had it; None: now
    shared: bool = False  # another source has just brought it: it was not asked for again
    status: int = 200
    media_type: str | None = None
    charset: str | None = None
    validators: Validators = field(default_factory=Validators)
    headers: tuple[tuple[str, str], ...] = ()
    permanent: str | None = None  # target of an all-permanent redirect chain (301, 308)
    fresh: timedelta | None = None  # max-age less Age, or Expires less Date; None: not told


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """304, a body that is known, or a folder without new files."""

    validators: Validators = field(default_factory=Validators)  # set where the answer carried new ones
    permanent: str | None = None  # as of Fetched
    fresh: timedelta | None = None
    same_body: bool = False  # the server sent all of it once more


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """410: the source or page is withdrawn for good."""

    why: str = "HTTP 410"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """No answer that can be used."""

    why: str  # one line an editor can read
    kind: Kind = "network"
    wait: timedelta | None = None  # None: the server names no span
    do: str | None = None  # what a person can do; None: nothing needed
    unanswered: bool = False  # the host gave not even a status line
    offers: tuple[str, ...] = ()  # feeds that a page offers, where a feed was due


Outcome = Fetched | NotModified | Gone | Failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One document of a visit, as the archive will have it, and what was read from it.

    Packed as soon as it is read: a visit holds some of them until they are stored.
    """

    document: Packed | None = None  # None: there is none to keep, and `refused` says why
    stories: Sequence[Story] = ()
    refused: tuple[tuple[str, str], ...] = ()  # (item, why)
    rules: str | None = None  # of a page: the site rules it was read by, "" the generic reader; None: no page


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is committed in one transaction: documents with their stories, and how far the source was read.

    A way of fetching gives one or more; each is stored whole or not at all. Validators come with the last.
    """

    outcome: Outcome  # of the source's own document; a folder or mailbox gives Fetched with an empty body
    items: tuple[Item, ...] = ()
    validators: Validators | None = None  # to keep; None: leave what is kept
    body_hash: str | None = None
    cursor: Mapping[str, object] | None = None  # to keep; None: leave
    feed: FeedFacts | None = None
    requests: int = 0
    conditional: bool = False  # the source's own request had validators
    last: bool = True  # False: more batches of this visit follow
    done: Callable[[bool], None] | None = None  # called after the commit (True) or its failure (False)
    taken: Mapping[str, str] = field(default_factory=dict)  # files of a server, by address, with their marks
    looked: tuple[Looked, ...] = ()  # what was found at the pages of stories that are stored
    notes: Mapping[str, object] = field(default_factory=dict)  # merged into the source's notes


def content_type(value: str) -> tuple[str | None, str | None]:
    """(media type, charset) of a Content-Type, lower case; None where it tells none."""
    media_type, _, rest = value.partition(";")
    charset = rest.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    return media_type.strip().lower() or None, charset or None
