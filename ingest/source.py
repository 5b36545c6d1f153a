"""A configured source and the fetch settings: values that `wire/config.py` builds from wires.toml."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote, quote_plus

KINDS = (
    "feed",
    "sitemap",
    "wordpress",
    "listing",
    "http",
    "folder",
    "ftp",
    "sftp",
    "imap",
    "warc",
)  # each a module of ingest/ways


SHORTEST = 4  # characters of a secret: what is shorter would mask words


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One [[source]] of wires.toml."""

    name: str
    kind: str = "feed"  # one of KINDS
    url: str | None = None
    path: str | None = None  # of a folder or archive
    label: str | None = None  # as an editor calls it
    agency: str | None = None  # code of the catalogue; None: a paper
    every: timedelta = timedelta(minutes=15)
    language: str | None = None
    country: str | None = None
    timezone: str | None = None
    token: str | None = field(default=None, repr=False)  # out of the environment
    pages: bool = True  # complete teasers from their pages
    robots: bool = True  # obey robots.txt for pages and listings
    select: str | None = None  # CSS selector of a listing's links
    options: Mapping[str, Any] = field(default_factory=dict)  # what one kind alone knows

    secrets: tuple[str, ...] = field(default=(), repr=False)  # what came out of the environment

    @property
    def address(self) -> str:
        """Where it is: the address or the path, its secrets masked."""
        return self.masked(self.url or self.path or "")

    @property
    def mark(self) -> str:
        """What tells this entry from another of its name: twelve hex digits of all of it but its secrets."""
        shown = self.masked(repr(replace(self, token=None, secrets=())))
        return hashlib.blake2b(shown.encode(), digest_size=6).hexdigest()

    @property
    def hidden(self) -> tuple[str, ...]:
        """What may stand in no store and no log, as it is and as an address writes it; the longest first."""
        given = {secret for secret in (self.token or "", *self.secrets) if len(secret) >= SHORTEST}
        return tuple(
            sorted(
                {form for secret in given for form in (secret, quote(secret, safe=""), quote_plus(secret))},
                key=len,
                reverse=True,
            )
        )

    def masked(self, text: str) -> str:
        """A text without the source's secrets."""
        for secret in self.hidden:
            text = text.replace(secret, "***")
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """[fetch] of wires.toml."""

    contact: str
    gap: float = 1.0  # seconds between two requests to a host
    allow_addresses: tuple[str, ...] = ()  # networks that are not public and may be visited all the same
    at_once: int = 12  # requests under way in all
