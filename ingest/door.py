"""What a way of fetching is given: the network, the parsers and the store's knowledge, each behind one call.

A way (`ingest/ways/KIND.py`) is a function `pull(source, told, door) -> Iterator[Batch]`. It decides what to ask for and
in which order; it never touches httpx, the process pool or the database itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ingest.outcome import Batch, Fetched, Outcome
from ingest.source import FetchSettings, Source
from parsers.hints import Reading
from store.sources import Told, Validators


class Fetch(Protocol):
    """One polite request: robots, gap, Retry-After, caps, retries inside the visit. Never raises but for a bug."""

    def __call__(
        self,
        url: str,
        *,
        kind: str = "feed",  # feed, page, sitemap, listing, api: its caps, and whether robots.txt binds
        validators: Validators | None = None,
        headers: Mapping[str, str] | None = None,
        robots: bool = True,
        held: float = 0.0,  # seconds that the server may hold its answer back
    ) -> Outcome: ...


class Page(Protocol):
    """As Fetch, for a story's page: what another source has just brought is not asked for again."""

    def __call__(self, url: str, *, robots: bool = True) -> Outcome: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What a way may use."""

    settings: FetchSettings
    fetch: Fetch
    page: Page
    read: Callable[[Fetched, Source], Reading]  # in the process pool when busy; raises ParseError
    unknown: Callable[[str, Sequence[str]], set[str]]  # (source, addresses) → those no story has as an alias
    taken: Callable[
        [str, Sequence[str]], Mapping[str, str]
    ]  # (source, files' addresses) → marks of those taken
    now: Callable[[], datetime]
    stopped: Callable[[], bool]  # the run is asked to end: finish what is begun, begin nothing


class Way(Protocol):
    """A way of fetching. Yields at least one Batch; raises only for a bug."""

    def __call__(self, source: Source, told: Told, door: Door) -> Iterator[Batch]: ...
