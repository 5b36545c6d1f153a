from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from store.archive import Archive, Raw, record
from store.errors import StoreError

NOW = datetime(2025, 6, 2, 10, 0, tzinfo=UTC)


def raw(text: str, **more: object) -> Raw:
    values = {
        "body": text.encode(),
        "address": "https://a.example/1",
        "at": NOW,
        "headers": (("Content-Type", "text/html"),),
    }
    return Raw(**{**values, **more})  # type: ignore[arg-type]


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    page, file = archive.append(
        [record(raw("page")), record(raw("file", status=0, address="file:///x.xml", headers=()))], day=NOW
    )
    assert archive.read(page).body == b"page"
    assert archive.read(page).status == 200
    assert ("Content-Type", "text/html") in archive.read(page).headers
    assert (archive.read(file).body, archive.read(file).status) == (b"file", 0)
    assert archive.read(file).address == "file:///x.xml"


def test_the_files_are_warc_for_anyone(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for number in range(3):
        archive.append([record(raw(str(number)))], day=NOW)
    with (tmp_path / "wire-20250602-0001.warc.gz").open("rb") as handle:
        assert [r.content_stream().read() for r in ArchiveIterator(handle)] == [b"0", b"1", b"2"]


def test_what_a_killed_run_half_wrote_is_cut_off(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    (first,) = archive.append([record(raw("first"))], day=NOW)
    path = tmp_path / first.file
    with path.open("ab") as handle:
        handle.write(b"\x1f\x8b half a record")
    (second,) = Archive(tmp_path).append([record(raw("second"))], day=NOW)
    assert second.offset == first.offset + first.length
    with path.open("rb") as handle:
        assert [r.content_stream().read() for r in ArchiveIterator(handle)] == [b"first", b"second"]


def test_files_are_rotated_by_size_and_day(tmp_path: Path) -> None:
    archive = Archive(tmp_path, largest=500)
    files = [archive.append([record(raw("x" * 100))], day=NOW)[0].file for _ in range(4)]
    files += [archive.append([record(raw("y"))], day=NOW.replace(day=3))[0].file]
    assert len(set(files)) >= 3
    assert files[-1] == "wire-20250603-0001.warc.gz"


def test_a_lost_file_is_told(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    (pointer,) = archive.append([record(raw("x"))], day=NOW)
    (tmp_path / pointer.file).unlink()
    with pytest.raises(StoreError, match="not there"):
        archive.read(pointer)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="nothing was half-stored"):
        Archive(tmp_path / "file").append([record(raw("x"))], day=NOW)
