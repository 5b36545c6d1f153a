"""A drop folder: every file is stored once, and stands in done/ or failed/ after it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from ingest.source import Source
from ingest.ways import folder as way
from store import stories
from store.db import open_readonly
from tests.ingest.conftest import visit
from tests.ingest.servers import nitf


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    (tmp_path / "drop").mkdir()
    return tmp_path / "drop"


def source(drop: Path) -> Source:
    return Source(name="drop", kind="folder", path=str(drop))


def put(drop: Path, name: str, body: bytes, *, age: float = 10) -> Path:
    file = drop / name
    file.write_bytes(body)
    os.utime(file, (time.time() - age, time.time() - age))
    return file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def count(folder: Path) -> int:
    return len(list(stories.usable(open_readonly(folder / "wire.db"))))


def test_good_files_are_done_and_bad_ones_failed_with_the_reason(drop: Path, tmp_path: Path) -> None:
    put(drop, "a.xml", nitf(1))
    put(drop, "b.xml", b"\x00\x01\x02" * 50)
    put(drop, "c.xml.part", nitf(2))
    put(drop, "d.xml", nitf(3), age=0)  # it may still grow
    put(drop, "e.xml", nitf(4), age=-3600)  # of a machine whose clock is ahead
    (drop / "sub").mkdir()
    line = visit(tmp_path, source(drop))
    assert (line.outcome, line.tally.new, line.tally.refused) == ("fetched", 2, 1)
    assert names(drop) == ["c.xml.part", "d.xml", "done", "failed", "sub"]
    assert (names(drop / "done"), names(drop / "failed")) == (["a.xml", "e.xml"], ["b.xml", "b.xml.why.txt"])
    assert (drop / "failed/b.xml.why.txt").read_text().strip()


def test_a_name_that_comes_again_keeps_both_files(drop: Path, tmp_path: Path) -> None:
    for number in (1, 2):
        put(drop, "a.xml", nitf(number))
        assert visit(tmp_path, source(drop)).tally.new == 1
    assert names(drop / "done") == ["a-2.xml", "a.xml"]


def test_files_that_cannot_be_moved_are_told_and_stored_once(
    drop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(way, "AT_ONCE", 2)
    (drop / "done").write_text("a file where a folder is due")
    os.utime(drop / "done", (0, 0))
    for number in range(3):
        put(drop, f"{number}.xml", nitf(number))
    for _ in range(2):
        line = visit(tmp_path, source(drop))
        assert line.outcome == "failed" and "rights" in line.action
        assert "report" not in line.action
    (drop / "done").unlink()
    line = visit(tmp_path, source(drop))
    assert (line.outcome, line.action) == ("fetched", None)
    assert count(tmp_path) == 3


def test_a_folder_that_is_not_there_is_told(drop: Path, tmp_path: Path) -> None:
    line = visit(tmp_path, source(drop / "nowhere"))
    assert line.outcome == "failed" and "make the folder" in line.action
