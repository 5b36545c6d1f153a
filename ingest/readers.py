"""Connections that read the store, lent to the threads of a run: a few, however many visits are under way.

Each keeps pages and the schema in memory; one for each thread would take as much as all the pages that the visits hold.
"""

from __future__ import annotations

import contextlib
import queue
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from store.db import open_readonly

MOST = 4  # connections: a look-up takes well below a millisecond
CACHE = -512  # KiB of pages that each keeps, as SQLite writes it


class Readers:
    """The connections of a run to the store at path. Any thread may ask for one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._free = queue.LifoQueue[Database | None]()  # None: one that is not opened yet
        for _ in range(MOST):
            self._free.put(None)

    @contextmanager
    def lent(self) -> Iterator[Database]:
        """A connection until the block ends; waits for one. Nothing that waits for others belongs in the block. Raises StoreError."""
        db = self._free.get()
        try:
            if db is None:
                db = open_readonly(self.path)
                db.conn.execute(f"PRAGMA cache_size={CACHE}")
            yield db
        finally:
            self._free.put(db)

    def close(self) -> None:
        """Close those that are not lent."""
        with contextlib.suppress(queue.Empty):
            while True:
                db = self._free.get_nowait()
                if db is not None:
                    db.conn.close()
