"""The connections that a run reads by: a few for all its threads, and none lost to a failure."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest import readers
from ingest.readers import Readers
from store.db import open_store
from store.errors import StoreError


def test_many_threads_share_a_few_connections(tmp_path: Path) -> None:
    open_store(tmp_path / "wire.db").conn.close()
    made, used, together = Readers(tmp_path / "wire.db"), set[int](), threading.Barrier(readers.MOST)

    def look(number: int) -> int:
        with made.lent() as db:
            used.add(id(db))
            if number < readers.MOST:
                together.wait(10)  # as many as there are, at once
            return int(db.conn.execute("SELECT count(*) FROM stories").fetchone()[0])

    with ThreadPoolExecutor(40) as threads:
        assert list(threads.map(look, range(400))) == [0] * 400
    assert len(used) == readers.MOST
    made.close()


def test_a_store_that_is_not_there_takes_no_place(tmp_path: Path) -> None:
    made = Readers(tmp_path / "wire.db")
    for _ in range(readers.MOST + 1):
        with pytest.raises(StoreError), made.lent():
            pass
    open_store(tmp_path / "wire.db").conn.close()
    with made.lent() as db:
        assert db.conn.execute("SELECT count(*) FROM stories").fetchone()[0] == 0
    made.close()
