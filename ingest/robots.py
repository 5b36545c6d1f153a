"""robots.txt (RFC 9309): what may be crawled, from what was read of it. Pure; protego does the matching."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from protego import Protego

from ingest.outcome import Failed, Fetched, Gone, Outcome
from store.sources import HostTold

KEPT = timedelta(hours=24)
LARGEST = 500 << 10  # bytes that are read
LONGEST_DELAY = 60.0  # seconds of a Crawl-delay that are honoured
OPEN = ("refused", "missing", "http", "empty")  # failures that mean "there is none": all is allowed


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one host for one agent. None for the text: it cannot be had, so nothing is allowed."""

    agent: str
    parsed: Protego | None

    @classmethod
    def of(cls, text: str | None, agent: str) -> Rules:
        """Read the text of a robots.txt."""
        return cls(agent, None if text is None else Protego.parse(text[:LARGEST].lstrip("\ufeff")))

    def allows(self, url: str) -> bool:
        """May this address be crawled?"""
        return self.parsed is not None and bool(self.parsed.can_fetch(url, self.agent))

    @property
    def delay(self) -> float:
        """Crawl-delay in seconds, within bounds; 0 where there is none."""
        found = self.parsed.crawl_delay(self.agent) if self.parsed else None
        return min(max(float(found or 0.0), 0.0), LONGEST_DELAY)


def stale(told: HostTold, now: datetime) -> bool:
    """Must robots.txt be asked for (again)? Also where the clock jumped."""
    return told.robots is None or told.robots_at is None or not timedelta(0) <= now - told.robots_at <= KEPT


def learned(told: HostTold, outcome: Outcome, now: datetime) -> HostTold:
    """The host's state after robots.txt was asked for.

    4xx: there is none. A server that fails or is silent: the copy that is kept stands; without one nothing is allowed.
    """
    if isinstance(outcome, Fetched):
        text = outcome.body.decode("utf-8", "replace")
        return replace(told, robots=text, robots_status=outcome.status, robots_at=now)
    if isinstance(outcome, Gone) or (isinstance(outcome, Failed) and outcome.kind in OPEN):
        return replace(told, robots="", robots_status=404, robots_at=now)
    return told
