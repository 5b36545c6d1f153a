"""What a run knows of hosts: whose turn it is, gaps, rest, who does not answer, and the account of all that.

A host is a name with its port where that is not the usual one: what robots.txt is for, too (RFC 9309, 2.3). Its state is
shared by the feeds and pages on it, and by one run after another through the store.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from ingest.http import LONGEST_WAIT, Moved
from ingest.outcome import Failed, Fetched, Gone, NotModified, Outcome
from store.sources import HostTold

BUSY = timedelta(minutes=15)  # the rest of a host whose 429 or 503 names no span; doubles at each
SECOND = timedelta(seconds=1)
SILENT = 3  # fetches in a row without an answer, after which a host is asked once a run until it answers
USUAL_PORTS = {"http": 80, "https": 443}


@lru_cache(1024)
def host_of(url: str | None) -> str:
    """The host of an address, with its port where that is not the usual one; "" where there is none."""
    try:
        parts = urlsplit(url or "")
        name, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    return name if port in (None, USUAL_PORTS.get(parts.scheme)) else f"{name}:{port}"


class Hosts:
    """The hosts of a run. Every method may be called from any thread."""

    def __init__(
        self, *, gap: float, stop: threading.Event, remembered: Callable[[str], HostTold] = lambda host: HostTold(host=host),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:  # fmt: skip
        self.gap, self.stop, self.remembered, self.now = gap, stop, remembered, now
        self._lock = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._told: dict[str, HostTold] = {}
        self._changed: set[str] = set()
        self._last: dict[str, float] = {}  # when the last request ended, monotonic
        self._silent: set[str] = set()  # hosts that did not answer in this run

    def told(self, host: str) -> HostTold:
        """A host's state, as an earlier run left it or as this one has made it."""
        with self._lock:
            if host not in self._told:
                self._told[host] = self.remembered(host)
            return self._told[host]

    def changed(self) -> list[HostTold]:
        """States that changed since the last call, to keep with the next commit."""
        with self._lock:
            found = [self._told[host] for host in self._changed]
            self._changed.clear()
        return found

    def keep(self, told: HostTold) -> None:
        """Take a new state of a host."""
        with self._lock:
            self._told[told.host] = told
            self._changed.add(told.host)

    def enter(self, host: str, *, gap: float = 0.0) -> Failed | None:
        """Wait until it is our turn at a host, its gap over; a Failed: the host rests, or the run ends. gap: seconds at least."""
        with self._lock:
            turn = self._turns.setdefault(host, threading.Lock())
        turn.acquire()
        refused = self._rests(host)
        if refused is None:
            wanted = max(self.gap, gap)
            told = self.told(host)
            waited = max(0.0, wanted - self._since(told))
            if self.stop.wait(waited):
                refused = Failed(why="the run was ended", kind="ended")
            else:
                self.keep(_gap_kept(told, wanted, max(self._since(told), waited)))
        if refused is not None:
            turn.release()
        return refused

    def _rests(self, host: str) -> Failed | None:
        told, now = self.told(host), self.now()
        # A rest beyond the longest (which is kept rounded up) is the mark of a clock that jumped: it is not believed.
        if told.wait_until is not None and now < told.wait_until <= now + LONGEST_WAIT + SECOND:
            why = f"{host} asked for rest until {told.wait_until:%H:%M} UTC"
            return Failed(why=why, kind="busy", wait=told.wait_until - now)
        if host in self._silent and told.notes.get("silent", 0) >= SILENT:
            why = f"{host} did not answer {told.notes['silent']} times running: it is asked again with the next run"
            return Failed(why=why, kind="silent")
        return None

    def leave(self, host: str, result: Outcome | Moved, *, conditional: bool) -> None:
        """End our turn at a host: what it answered is remembered."""
        self._last[host] = time.monotonic()
        told = self.told(host)
        told = replace(
            told,
            asked=self.now(),
            requests=told.requests + 1,
            conditional=told.conditional + conditional,
            not_modified=told.not_modified + isinstance(result, NotModified),
        )
        if isinstance(result, Failed) and result.kind == "busy":
            wait = result.wait or min(BUSY * 2 ** min(told.failures, 6), LONGEST_WAIT)
            told = replace(told, wait_until=self.now() + wait, failures=told.failures + 1)
        elif isinstance(result, Fetched | NotModified | Gone | Moved):
            told = replace(told, wait_until=None, failures=0)
        self.keep(told)
        self._turns[host].release()

    def fetched(self, host: str, outcome: Outcome) -> None:
        """A whole fetch, with all its tries, is over: count the hosts that do not answer."""
        told = self.told(host)
        silent = int(told.notes.get("silent", 0))
        if isinstance(outcome, Failed) and outcome.unanswered:
            with self._lock:
                self._silent.add(host)
            self.keep(replace(told, notes={**told.notes, "silent": silent + 1}))
        elif silent and not (
            isinstance(outcome, Failed) and outcome.kind in ("silent", "ended", "forbidden", "dns")
        ):
            self.keep(replace(told, notes={k: v for k, v in told.notes.items() if k != "silent"}))

    def _since(self, told: HostTold) -> float:
        """Seconds since the last request, which the store keeps rounded up; a clock that jumped back counts as long ago."""
        if told.host in self._last:
            return time.monotonic() - self._last[told.host]
        gone = (self.now() - told.asked).total_seconds() if told.asked else float("inf")
        return max(gone, 0.0) if gone > -1 else float("inf")


def _gap_kept(told: HostTold, wanted: float, gone: float) -> HostTold:
    """The account of gaps: how many there were, the shortest, and how many were shorter than is wanted."""
    if gone == float("inf"):
        return told
    notes: dict[str, Any] = dict(told.notes)
    notes["gaps"] = int(notes.get("gaps", 0)) + 1
    notes["short"] = int(notes.get("short", 0)) + (gone < wanted)
    notes["least"] = round(min(gone, float(notes.get("least", gone))), 3)
    return replace(told, notes=notes)
