"""A configured source and the fetch settings: values that `wire/config.py` builds from wires.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

KINDS = ("feed", "sitemap", "wordpress", "folder")  # each a module of ingest/ways


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
    token: str | None = None  # out of the environment
    pages: bool = True  # complete teasers from their pages
    robots: bool = True  # obey robots.txt for pages and listings
    select: str | None = None  # CSS selector of a listing's links
    options: Mapping[str, Any] = field(default_factory=dict)  # what one kind alone knows

    @property
    def address(self) -> str:
        """Where it is: the address or the path."""
        return self.url or self.path or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """[fetch] of wires.toml."""

    contact: str
    gap: float = 1.0  # seconds between two requests to a host
    allow_addresses: tuple[str, ...] = ()  # networks that are not public and may be visited all the same
    at_once: int = 12  # requests under way in all
