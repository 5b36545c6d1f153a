"""What a fetch comes back with, its source's secrets masked: no token stands in the store, the archive or a log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ingest.door import Door
from ingest.outcome import Failed, Fetched, Outcome
from ingest.source import Source
from store.sources import Validators


def concealed(door: Door, source: Source) -> Door:
    """The door whose fetch masks the secrets of a source in the addresses and reasons that it gives back."""
    if not source.hidden:
        return door
    ask = door.fetch

    def fetch(
        url: str,
        *,
        kind: str = "feed",
        validators: Validators | None = None,
        headers: Mapping[str, str] | None = None,
        robots: bool = True,
        held: float = 0.0,
    ) -> Outcome:
        got = ask(url, kind=kind, validators=validators, headers=headers, robots=robots, held=held)
        return masked(got, source)

    def page(url: str, *, robots: bool = True) -> Outcome:
        return masked(door.page(url, robots=robots), source)

    return replace(door, fetch=fetch, page=page)


def masked(outcome: Outcome, source: Source) -> Outcome:
    """The outcome without the secrets of a source. A new address that holds one is not for keeping: it is left out."""
    if isinstance(outcome, Failed):
        return replace(outcome, why=source.masked(outcome.why))
    if not isinstance(outcome, Fetched):
        return outcome
    url, asked, permanent = outcome.url, outcome.asked, outcome.permanent
    return replace(
        outcome,
        url=source.masked(url) if url else url,
        asked=source.masked(asked) if asked else asked,
        permanent=permanent if permanent and source.masked(permanent) == permanent else None,
    )
