"""Which source is visited next: the most overdue of those whose host is free.

A host is given out to one worker at a time. A visit that lasts longer than SLOW holds nobody's place: a host that drips,
or a paper of two hundred pages a second apart, leaves the others as many visits at once as there would be without it. Where
visits last because this machine is behind with reading what they brought, more of them would only take more memory.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from ingest.hosts import host_of
from ingest.source import Source

SLOW = 5.0  # seconds
MOST = 64  # visits under way at once, slow ones included


class Queues:
    """The sources of a run, by host; shared by its workers."""

    def __init__(
        self, due: Sequence[Source], *, at_once: int, behind: Callable[[], bool] = lambda: False
    ) -> None:
        """due: the most overdue first. at_once: visits younger than SLOW at the same time. behind: has this machine more to
        read than it can?"""
        self._of: dict[str, deque[tuple[int, Source]]] = {}
        for rank, source in enumerate(due):
            host = host_of(source.url) or f"file:{source.name}"
            self._of.setdefault(host, deque()).append((rank, source))
        self._ready = [(waiting[0][0], host) for host, waiting in self._of.items()]
        heapq.heapify(self._ready)
        self._at_once, self._left, self._behind = at_once, len(due), behind
        self._begun: dict[str, float] = {}  # host → when its visit began, monotonic
        self._lock = threading.Lock()

    def wanting(self, workers: int) -> int:
        """How many more workers than these would find a visit to make now."""
        with self._lock:
            about_to_take = workers - len(self._begun)
            return min(self._room(time.monotonic()), len(self._ready)) - about_to_take

    def take(self) -> tuple[str, Source] | None:
        """(host, source) to visit next; None where no host is free, or enough are visited."""
        now = time.monotonic()
        with self._lock:
            if not self._ready or self._room(now) <= 0:
                return None
            _, host = heapq.heappop(self._ready)
            self._begun[host] = now
            self._left -= 1
            return host, self._of[host].popleft()[1]

    def _room(self, now: float) -> int:
        slow = 0 if self._behind() else sum(begun + SLOW <= now for begun in self._begun.values())
        young = len(self._begun) - slow
        return min(self._at_once - young, MOST - len(self._begun))

    def back(self, host: str) -> None:
        """The visit at a host is over."""
        with self._lock:
            del self._begun[host]
            if self._of[host]:
                heapq.heappush(self._ready, (self._of[host][0][0], host))

    def left(self) -> int:
        """Sources not given out yet."""
        with self._lock:
            return self._left
