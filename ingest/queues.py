"""Which source is visited next: the most overdue of those whose host is free.

A host is given out to one worker at a time. A visit that lasts longer than SLOW holds nobody's place: a host that drips,
or a paper of two hundred pages a second apart, leaves the others as many visits at once as there would be without it.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections import deque
from collections.abc import Sequence

from ingest.hosts import host_of
from ingest.source import Source

SLOW = 5.0  # seconds
MOST = 64  # visits under way at once, slow ones included


class Queues:
    """The sources of a run, by host; shared by its workers."""

    def __init__(self, due: Sequence[Source], *, at_once: int) -> None:
        """due: the most overdue first. at_once: visits younger than SLOW at the same time."""
        self._of: dict[str, deque[tuple[int, Source]]] = {}
        for rank, source in enumerate(due):
            host = host_of(source.url) or f"file:{source.name}"
            self._of.setdefault(host, deque()).append((rank, source))
        self._ready = [(waiting[0][0], host) for host, waiting in self._of.items()]
        heapq.heapify(self._ready)
        self._at_once, self._left = at_once, len(due)
        self._begun: dict[str, float] = {}  # host → when its visit began, monotonic
        self._changed = threading.Condition()

    @property
    def hosts(self) -> int:
        """How many hosts there are: no more workers can be busy."""
        return len(self._of)

    def take(self, seconds: float) -> tuple[str, Source] | None:
        """(host, source) to visit next; None where there is none within so many seconds."""
        ends = time.monotonic() + seconds
        with self._changed:
            while True:
                now = time.monotonic()
                young = [begun + SLOW - now for begun in self._begun.values() if begun + SLOW > now]
                if self._ready and len(young) < self._at_once:
                    _, host = heapq.heappop(self._ready)
                    self._begun[host] = now
                    self._left -= 1
                    return host, self._of[host].popleft()[1]
                if not self._left or now >= ends:
                    return None
                until = min([ends - now, *(young if self._ready else ())])
                self._changed.wait(until)

    def back(self, host: str) -> None:
        """The visit at a host is over."""
        with self._changed:
            del self._begun[host]
            if self._of[host]:
                heapq.heappush(self._ready, (self._of[host][0][0], host))
            self._changed.notify_all()

    def left(self) -> int:
        """Sources not given out yet."""
        with self._changed:
            return self._left
