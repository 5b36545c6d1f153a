"""A story's page is asked for once, however many sources link to it: within a run, and within FRESH in runs one after another."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

from ingest.door import Fetch
from ingest.outcome import Fetched, Outcome
from ingest.refresh import sent_on
from parsers.url import canonical

FRESH = timedelta(hours=1)  # how old a page may be that another source brought
HELD = 16 << 20  # bytes of pages that a run has at hand: those that are not committed yet


@dataclass(slots=True)
class _Turn:
    lock: threading.Lock = field(default_factory=threading.Lock)
    users: int = 0


class Once:
    """Pages for the workers of a run. stored: a page that the store has of an address and that is fresh, or None."""

    def __init__(self, fetch: Fetch, stored: Callable[[str], Fetched | None]) -> None:
        self.fetch, self.stored = fetch, stored
        self._held: OrderedDict[str, Fetched] = OrderedDict()
        self._size = 0
        self._turns: dict[str, _Turn] = {}
        self._lock = threading.Lock()

    def page(self, url: str, *, robots: bool = True) -> Outcome:
        """The page, asked for unless another source has just brought it. ingest.door.Page."""
        key = canonical(url)
        with self._turn(key):
            with self._lock:
                known = self._held.get(key)
            known = known or self.stored(url)
            if known is not None:
                return replace(known, asked=url, shared=True)
            outcome = self.fetch(url, kind="page", robots=robots)
            if isinstance(outcome, Fetched) and (target := sent_on(outcome)) is not None:
                outcome = self.fetch(
                    target, kind="page", robots=robots
                )  # once: who sends on again is not followed
            if isinstance(outcome, Fetched):
                outcome = replace(outcome, asked=url)
                self._hold(key, outcome)
            return outcome

    @contextmanager
    def _turn(self, key: str) -> Iterator[None]:
        """One at a time for a page; those of other pages go on."""
        with self._lock:
            turn = self._turns.setdefault(key, _Turn())
            turn.users += 1
        try:
            with turn.lock:
                yield
        finally:
            with self._lock:
                turn.users -= 1
                if not turn.users:
                    del self._turns[key]

    def _hold(self, key: str, page: Fetched) -> None:
        with self._lock:
            self._held[key] = page
            self._size += len(page.body)
            while self._size > HELD:
                _, old = self._held.popitem(last=False)
                self._size -= len(old.body)
