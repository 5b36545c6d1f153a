"""Archives for backfill: each record once, with its address and day; damage costs what it touches."""

from __future__ import annotations

import gzip
import io
import shutil
import subprocess
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import BufferWARCWriter

import ingest.trial
from ingest import warcfile
from ingest.source import Source
from ingest.trial import Tried, trial
from ingest.ways import warc
from store import stories
from store.archive import Raw, record
from store.db import open_readonly
from store.sources import Told
from tests.ingest.conftest import PAGE, Server, visit
from tests.ingest.servers import nitf
from wire.cli.offers import opened
from wire.config import load

DAY = "2019-03-04T05:06:07Z"


def page(n: int, **more: str) -> bytes:
    return PAGE.format(t=f"Ward {n} to dig a canal of its own", n=n, **more).encode()


def written(
    address: str, body: bytes, *, kind: str = "response", status: str = "200 OK", day: str = DAY,
    media_type: str = "text/html; charset=utf-8", packed: bool = True, headers: tuple[tuple[str, str], ...] = (),
) -> bytes:  # fmt: skip
    """One record, as a crawler writes it."""
    writer = BufferWARCWriter(gzip=packed)
    http = None
    if kind in ("response", "revisit"):
        http = StatusAndHeaders(status, [("Content-Type", media_type), *headers], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(
            address, kind, payload=io.BytesIO(body), http_headers=http, warc_content_type=media_type,
            warc_headers_dict={"WARC-Date": day},
        )
    )  # fmt: skip
    return bytes(writer.get_contents())


def crawl(*, packed: bool) -> bytes:
    """What a crawler writes beside two pages."""
    site = "https://ward.example"
    chunked = gzip.compress(page(2))
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(chunked), chunked)
    coded = (("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
    return b"".join(
        [
            written("urn:x", b"software: a crawler\r\n", kind="warcinfo", packed=packed),
            written(f"{site}/1", b"GET /1 HTTP/1.1\r\n\r\n", kind="request", packed=packed),
            written(f"{site}/1", page(1), packed=packed),
            written(f"{site}/1", b"fetch: 20 ms\r\n", kind="metadata", packed=packed),
            written(f"{site}/2", chunked, packed=packed, headers=coded),
            written(f"{site}/3", page(3), status="404 Not Found", packed=packed),
            written(f"{site}/1", b"", kind="revisit", packed=packed),
            written(f"{site}/1.jpg", b"\xff\xd8\xff" * 99, media_type="image/jpeg", packed=packed),
            written(
                f"{site}/about",
                b"<html><body><a href='/1'>Ward 1</a></body></html>",
                packed=packed,
            ),
            written("dns:ward.example", b"20190304 127.0.0.1", kind="resource", packed=packed),
            written("file:///drop/4.xml", nitf(4), kind="resource", media_type="text/xml", packed=packed),
        ]
    )


def source(path: Path, **more: Any) -> Source:
    return Source(name="past", kind="warc", path=str(path), **more)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder of archives, apart from the store's own."""
    (tmp_path / "cc").mkdir()
    return tmp_path / "cc"


def told(folder: Path) -> list[tuple[str, str | None]]:
    db = open_readonly(folder / "wire.db")
    return sorted((story.headline or "", story.url) for _, story in stories.usable(db))


@pytest.mark.parametrize("packed", [True, False])
def test_each_record_is_read_once_with_its_address_and_day(tmp_path: Path, packed: bool) -> None:
    (tmp_path / "cc/2019").mkdir(parents=True)
    name = "a.warc.gz" if packed else "a.warc"
    (tmp_path / "cc/2019" / name).write_bytes(crawl(packed=packed))
    line = visit(tmp_path, source(tmp_path / "cc"))
    assert (line.outcome, line.why, line.action) == ("fetched", None, None)
    assert (line.tally.new, line.tally.refused) == (3, 1)
    assert told(tmp_path)[1:] == [
        (f"Ward {n} to dig a canal of its own", f"https://ward.example/{n}") for n in (1, 2)
    ]
    db = open_readonly(tmp_path / "wire.db")
    rows = db.execute("SELECT url, path, fetched, media_type FROM documents ORDER BY id").fetchall()
    assert [row[0] or row[1] for row in rows] == [
        "https://ward.example/1", "https://ward.example/2", "file:///drop/4.xml",
    ]  # fmt: skip
    assert {row[2][:19] for row in rows} == {DAY[:19]}
    line = visit(tmp_path, source(tmp_path / "cc"))
    assert (line.outcome, line.tally.unchanged, line.tally.refused) == ("unchanged", 0, 0)
    (tmp_path / "cc/2020.warc.gz").write_bytes(written("https://ward.example/5", page(5)))
    line = visit(tmp_path, source(tmp_path / "cc"))
    assert (line.tally.new, line.tally.unchanged) == (1, 0)


def test_a_year_that_no_page_tells_is_that_of_the_record(tmp_path: Path) -> None:
    body = page(6).replace(b'<meta property="article:published_time" content="2025-06-02T10:00:00Z">', b"")
    assert body != page(6)
    (tmp_path / "a.warc").write_bytes(
        written("https://ward.example/6", body, day="2017-06-03T00:00:00Z", packed=False)
    )
    assert visit(tmp_path, source(tmp_path / "a.warc")).tally.new == 1
    ((_, story),) = stories.usable(open_readonly(tmp_path / "wire.db"))
    assert story.dateline is not None and str(story.dateline.date) == "2017-06-02"


def test_damage_is_told_with_its_place_and_costs_what_it_touches(tmp_path: Path) -> None:
    parts = [written(f"https://ward.example/{n}", page(n)) for n in range(5)]
    hurt = bytearray(b"".join(parts))
    at = len(parts[0]) + len(parts[1]) // 2
    hurt[at : at + 4] = b"\0\0\0\0"
    file = tmp_path / "a.warc.gz"
    file.write_bytes(bytes(hurt[:-30]))
    line = visit(tmp_path, source(file))
    assert (line.outcome, line.tally.new, line.tally.refused) == ("fetched", 3, 2)
    tail = sum(map(len, parts[:4]))
    assert set(line.tally.reasons) == {
        f"a.warc.gz, byte {len(parts[0])}: is damaged", f"a.warc.gz, byte {tail}: breaks off",
    }  # fmt: skip
    assert visit(tmp_path, source(file)).outcome == "unchanged"
    more = written("https://ward.example/9", page(9))
    file.write_bytes(bytes(hurt) + more)
    line = visit(tmp_path, source(file))
    assert (line.tally.new, line.tally.unchanged, line.tally.refused) == (2, 0, 0)


def test_what_is_no_archive_is_told(place: Path, tmp_path: Path) -> None:
    (place / "a.warc.gz").write_bytes(b"<html>not found</html>")
    (place / "b.warc.gz").write_bytes(written("https://ward.example/1", page(1)))
    (place / "c.warc").write_bytes(b"")
    line = visit(tmp_path, source(place))
    assert (line.tally.new, line.tally.reasons) == (1, {"a.warc.gz, byte 0: no WARC file": 1})
    line = visit(tmp_path, source(tmp_path / "nowhere"))
    assert line.outcome == "failed" and "path" in line.action


def test_a_record_without_end_costs_no_memory_and_the_next_is_read(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warcfile, "LARGEST", 100_000)
    bomb = zlib.compressobj(wbits=31)
    large = bomb.compress(b"WARC/1.0\r\n") + bomb.compress(bytes(30 << 20)) + bomb.flush()
    (place / "a.warc.gz").write_bytes(large + written("https://ward.example/1", page(1)))
    inner = written(
        "https://ward.example/2", gzip.compress(bytes(1 << 20)), headers=(("Content-Encoding", "gzip"),)
    )
    (place / "b.warc.gz").write_bytes(inner)
    line = visit(tmp_path, source(place))
    assert (line.tally.new, line.tally.refused) == (1, 2)


def test_a_run_that_ends_goes_on_where_it_was(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc, "AT_ONCE", 2)
    monkeypatch.setattr(warc, "LASTS", 0.0)
    for name, first in (("a", 0), ("b", 5)):
        parts = [written(f"https://ward.example/{n}", page(n)) for n in range(first, first + 5)]
        (place / f"{name}.warc.gz").write_bytes(b"".join(parts))
    brought = [visit(tmp_path, source(place)).tally for _ in range(7)]
    assert [tally.new for tally in brought] == [2, 2, 1, 2, 2, 1, 0]
    assert not any(tally.unchanged for tally in brought)


def test_the_archive_of_another_desk_gives_its_stories(server: Server, tmp_path: Path) -> None:
    for n in (1, 2):
        server.pages[f"/{n}"] = (200, "text/html", page(n))
    items = "".join(
        f"<item><title>Ward {n} to dig a canal of its own</title><link>{server.base}/{n}</link>"
        f"<guid>g{n}</guid><description>The council of ward {n} said</description></item>"
        for n in (1, 2)
    )
    feed = f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'
    server.pages["/feed"] = (200, "application/rss+xml", feed.encode())
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    assert visit(first, Source(name="paper", kind="feed", url=f"{server.base}/feed")).tally.new == 2
    line = visit(second, source(first / "archive"))
    assert (line.tally.new, line.tally.refused) == (2, 0)
    assert told(second) == told(first)
    bodies = [
        sorted(story.body for _, story in stories.usable(open_readonly(folder / "wire.db")))
        for folder in (first, second)
    ]
    assert bodies[0] == bodies[1]


SMALL = [
    record(
        Raw(
            body=f"{n} ".encode() * (50 + n * 300), address=f"https://a.example/{n}",
            at=datetime(2025, 6, 2, tzinfo=UTC),
        )
    )
    for n in range(6)
]  # fmt: skip


def read(data: bytes, start: int = 0) -> list[warcfile.Piece]:
    return list(warcfile.pieces(io.BytesIO(data), start))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_leaves_the_other_records(data: st.DataObject) -> None:
    packed = data.draw(st.booleans())
    parts = SMALL if packed else [gzip.decompress(part) for part in SMALL]
    whole = b"".join(parts)
    at = data.draw(st.integers(12, len(whole) - 1))
    length = data.draw(st.integers(1, 200))
    hurt = whole[:at] + data.draw(st.binary(min_size=length, max_size=length)) + whole[at + length :]
    hurt = hurt[: data.draw(st.integers(at, len(hurt)))] if data.draw(st.booleans()) else hurt
    found = read(hurt)
    assert [piece.start for piece in found[1:]] == [piece.end for piece in found[:-1]]
    assert not found or found[-1].end == len(hurt)
    good = {bytes(piece.data) for piece in found if piece.data is not None}
    start = 0
    for part in parts:
        untouched = start + len(part) <= at or (start >= at + length and start + len(part) <= len(hurt))
        plain = gzip.decompress(part) if packed else part
        if untouched and packed:
            assert plain in good
        elif untouched and start + len(part) <= at:
            assert plain.rstrip(b"\r\n") in {one.rstrip(b"\r\n") for one in good}
        start += len(part)


def test_a_file_read_from_any_record_gives_the_rest() -> None:
    whole = b"".join(SMALL)
    everything = read(whole)
    for number, piece in enumerate(everything):
        assert read(whole, piece.start) == everything[number:]


def test_a_trial_reads_a_few_documents_alone(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest.trial, "READ", 5)
    monkeypatch.setattr(warc, "AT_ONCE", 2)
    (place / "a.warc.gz").write_bytes(
        b"".join(written(f"https://ward.example/{n}", page(n)) for n in range(20))
    )
    file = tmp_path / "wires.toml"
    file.write_text('[fetch]\ncontact = "desk@example.org"\n')
    with opened(load(file)) as door:
        told = [
            one for one in trial(source(place), Told(name="past"), door, pages=5) if isinstance(one, Tried)
        ]
    assert len(told) == 6
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("written_so", "expected"),
    [
        ("2019-03-04T05:06:07Z", datetime(2019, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("2019-03-04T05:06:07.123456789Z", datetime(2019, 3, 4, 5, 6, 7, 123456, tzinfo=UTC)),
        ("2019-03-04T05:06:07", datetime(2019, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("2019-03", datetime(2019, 3, 1, tzinfo=UTC)),
        ("2019", datetime(2019, 1, 1, tzinfo=UTC)),
    ],
)
def test_the_time_of_a_record_is_utc_in_any_precision(written_so: str, expected: datetime) -> None:
    found = warcfile.document(written("https://ward.example/1", page(1), day=written_so, packed=False))
    assert found is not None and found.at == expected


def test_a_record_without_a_time_is_told(place: Path, tmp_path: Path) -> None:
    (place / "a.warc").write_bytes(written("https://ward.example/1", page(1), day="yesterday", packed=False))
    line = visit(tmp_path, source(place))
    assert (line.outcome, line.tally.new, line.tally.refused) == ("fetched", 0, 1)


@pytest.mark.skipif(shutil.which("wget") is None, reason="needs wget")
def test_what_another_program_archived(server: Server, place: Path, tmp_path: Path) -> None:
    for n in (1, 2):
        server.pages[f"/{n}"] = (200, "text/html; charset=utf-8", page(n))
    links = [f"{server.base}/{n}" for n in (1, 2, 3)]  # there is no third
    subprocess.run(
        ["wget", "-q", "-O", "/dev/null", f"--warc-file={place / 'site'}", *links], check=False, cwd=tmp_path
    )
    line = visit(tmp_path, source(place))
    assert (line.tally.new, line.tally.refused) == (2, 0)
    assert [url for _, url in told(tmp_path)] == links[:2]
