"""Files of an FTP server: each once, whole, whatever the server does."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest import dial, remote
from ingest.source import FetchSettings, Source
from ingest.ways import ftp
from store import stories
from store.db import open_readonly
from tests.ingest.conftest import visit
from tests.ingest.servers import HOSTILE, PASSWORD, FtpServer, certificate, ftp_server, nitf, speaking


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits that suit servers which are on this machine."""
    monkeypatch.setattr(remote, "SETTLED", 0.3)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[FtpServer]:
    (tmp_path / "ftp").mkdir()
    with ftp_server(tmp_path / "ftp") as made:
        yield made


def source(url: str, **more: Any) -> Source:
    return Source(name="wire", kind="ftp", url=url, token=PASSWORD, **more)


def headlines(folder: Path) -> list[str]:
    db = open_readonly(folder / "wire.db")
    return sorted(story.headline or "" for _, story in stories.usable(db))


def retrieved(server: FtpServer) -> list[str]:
    return [line.partition(" ")[2] for line in server.asked if line.startswith("RETR")]


def test_each_file_is_taken_once(server: FtpServer, tmp_path: Path) -> None:
    for n in range(3):
        (server.folder / f"quay {n} – new.xml").write_bytes(nitf(n))
    line = visit(tmp_path, source(server.url()))
    assert (line.outcome, line.tally.new, line.action) == ("fetched", 3, None)
    server.asked.clear()
    line = visit(tmp_path, source(server.url()))
    assert (line.outcome, line.tally.new, retrieved(server)) == ("unchanged", 0, [])
    db = open_readonly(tmp_path / "wire.db")
    places = [row[0] for row in db.execute("SELECT path FROM documents ORDER BY path")]
    assert places[0] == f"ftp://127.0.0.1:{server.port}/quay%200%20%E2%80%93%20new.xml"


def test_a_file_replaced_under_its_name_is_a_version(server: FtpServer, tmp_path: Path) -> None:
    (server.folder / "a.xml").write_bytes(nitf(1))
    (server.folder / "b.xml").write_bytes(nitf(2))
    assert visit(tmp_path, source(server.url())).tally.new == 2
    (server.folder / "a.xml").write_bytes(nitf(1, edition=2))
    server.asked.clear()
    line = visit(tmp_path, source(server.url()))
    assert (line.tally.new, line.tally.versions, retrieved(server)) == (0, 1, ["a.xml"])


def test_a_bad_file_among_good_ones_costs_itself_alone(server: FtpServer, tmp_path: Path) -> None:
    (server.folder / "1.xml").write_bytes(nitf(1))
    (server.folder / "2.xml").write_bytes(b"\x00\x01\x02 no story \xff" * 40)
    (server.folder / "3.xml").write_bytes(nitf(3))
    line = visit(tmp_path, source(server.url()))
    assert (line.outcome, line.tally.new, line.tally.refused) == ("fetched", 2, 1)
    server.asked.clear()
    assert visit(tmp_path, source(server.url())).outcome == "unchanged"
    assert retrieved(server) == []


def test_a_growing_file_is_waited_for(server: FtpServer, tmp_path: Path) -> None:
    whole, ended = nitf(5), threading.Event()
    (server.folder / "still.xml").write_bytes(nitf(4))
    (server.folder / "half.xml").write_bytes(whole[:100])

    def grow() -> None:
        with (server.folder / "half.xml").open("ab") as file:
            for byte in whole[100:]:
                file.write(bytes([byte]))
                file.flush()
                time.sleep(0.002)
                if ended.is_set():
                    break

    thread = threading.Thread(target=grow)
    thread.start()
    line = visit(tmp_path, source(server.url()))
    ended.set()
    thread.join()
    assert (line.tally.new, line.tally.refused) == (1, 0)
    assert retrieved(server) == ["still.xml"]
    (server.folder / "half.xml").write_bytes(whole)
    assert visit(tmp_path, source(server.url())).tally.new == 1


def test_folder_and_pattern(server: FtpServer, tmp_path: Path) -> None:
    (server.folder / "out/english").mkdir(parents=True)
    for name in ("a.xml", "a.jpg", ".hidden.xml", "b.xml.part"):
        (server.folder / "out/english" / name).write_bytes(nitf(1))
    line = visit(tmp_path, source(server.url("/out/english"), options={"pattern": "*.xml"}))
    assert (line.tally.new, retrieved(server)) == (1, ["a.xml"])


@pytest.mark.parametrize(("scheme", "implicit"), [("ftpes", False), ("ftps", True)])
def test_over_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str, implicit: bool) -> None:
    (tmp_path / "ftp").mkdir()
    (tmp_path / "ftp/a.xml").write_bytes(nitf(1))
    file = certificate(tmp_path)
    with ftp_server(tmp_path / "ftp", tls=file, implicit=implicit) as server:
        line = visit(tmp_path, source(server.url(scheme=scheme)))
        assert (line.outcome, line.tally.new) == ("failed", 0)
        assert "certificate" in line.action
        assert not any("PASS" in said for said in server.asked)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        line = visit(tmp_path, source(server.url(scheme=scheme)))
        assert (line.outcome, line.why, line.tally.new) == ("fetched", None, 1)


def test_a_wrong_password_is_told_and_stands_nowhere(server: FtpServer, tmp_path: Path) -> None:
    line = visit(tmp_path, replace(source(server.url()), token="not-the-password"))
    assert line.outcome == "failed"
    assert "token" in line.action
    assert "not-the-password" not in f"{line.why} {line.action}"
    assert b"not-the-password" not in (tmp_path / "wire.db").read_bytes()


def test_no_such_folder(server: FtpServer, tmp_path: Path) -> None:
    line = visit(tmp_path, source(server.url("/nowhere")))
    assert (line.outcome, line.action) == ("failed", "mend the path of url")


def test_a_private_address_is_not_asked(server: FtpServer, tmp_path: Path) -> None:
    line = visit(tmp_path, source(server.url()), FetchSettings(contact="desk@example.org"))
    assert (line.outcome, server.asked) == ("failed", [])
    assert "not public" in line.why


class Liar:
    """An FTP server's words, with a listing and files of the test's own."""

    def __init__(self, listing: bytes, files: dict[str, bytes], *, facts: bool = True) -> None:
        self.listing, self.files, self.facts, self.asked = listing, files, facts, list[str]()
        self.cut: set[str] = set()  # names in the middle of which the connection breaks

    def __call__(self, connection: socket.socket) -> None:
        connection.sendall(b"220-hello\r\n220 ready\r\n")
        data: socket.socket | None = None
        for raw in connection.makefile("rb"):
            line = raw.decode("latin-1").strip()
            self.asked.append(line)
            word, _, name = line.partition(" ")
            if word == "PASV":
                data = socket.create_server(("127.0.0.1", 0))
                port = data.getsockname()[1]
                # an address of somebody else: a client that goes there is used against them
                connection.sendall(f"227 ok (192,0,2,7,{port >> 8},{port & 255})\r\n".encode())
            elif word in ("MLSD", "LIST", "RETR") and data is not None:
                if word == "MLSD" and not self.facts:
                    connection.sendall(b"500 what?\r\n")
                    continue
                body = self.listing if word != "RETR" else self.files.get(name)
                if body is None:
                    connection.sendall(b"550 no\r\n")
                    continue
                connection.sendall(b"150 here\r\n")
                with data.accept()[0] as carried:
                    if name in self.cut:
                        carried.sendall(body[: len(body) // 2])
                        return
                    carried.sendall(body)
                connection.sendall(b"226 done\r\n")
            else:
                connection.sendall({"USER": b"331 who?\r\n", "TYPE": b"200 ok\r\n"}.get(word, b"230 ok\r\n"))

    @property
    def retrieved(self) -> list[str]:
        return [line[5:] for line in self.asked if line.startswith("RETR")]


def facts(**sizes: int) -> bytes:
    return b"".join(
        f"type=file;size={size};modify=20250602100000; {name}.xml\r\n".encode()
        for name, size in sizes.items()
    )


def test_names_lead_nowhere(tmp_path: Path) -> None:
    body = nitf(1)
    names = [
        "../../etc/passwd",
        "/etc/passwd",
        "..",
        ".",
        "a\x07b.xml",
        "c:\\x.xml",
        "x" * 300,
        "good.xml",
        "",
        "\x00",
    ]
    listing = "".join(f"type=file;size={len(body)};modify=20250602100000; {name}\r\n" for name in names)
    server = Liar(listing.encode(), dict.fromkeys(names, body))
    with speaking(server) as port:
        line = visit(tmp_path, source(f"ftp://desk@127.0.0.1:{port}/"))
    assert (line.tally.new, server.retrieved) == (1, ["good.xml"])


@pytest.mark.parametrize(
    "listing",
    [
        "drwxr-xr-x   2 ftp ftp 4096 Jun 02 10:00 old\r\n-rw-r--r--   1 ftp      ftp          {size} Jun 02 10:00 one two.xml\r\n",
        "-rw-r--r--   1 1001 {size} Jun  2  2025 one two.xml\r\n",
        "06-02-25  10:00AM       <DIR>          old\r\n06-02-25  10:00AM       {size} one two.xml\r\n",
    ],
)
def test_servers_without_mlsd(tmp_path: Path, listing: str) -> None:
    body = nitf(1)
    server = Liar(listing.format(size=len(body)).encode(), {"one two.xml": body}, facts=False)
    with speaking(server) as port:
        assert visit(tmp_path, source(f"ftp://desk@127.0.0.1:{port}/")).tally.new == 1
        assert visit(tmp_path, source(f"ftp://desk@127.0.0.1:{port}/")).outcome == "unchanged"
    assert server.retrieved == ["one two.xml"]


def test_a_name_that_is_not_utf_8_goes_back_as_it_came(tmp_path: Path) -> None:
    body = nitf(1)
    listing = f"type=file;size={len(body)};modify=20250602100000; Zürich.xml\r\n".encode("latin-1")
    server = Liar(listing, {"Zürich.xml": body})
    with speaking(server) as port:
        assert visit(tmp_path, source(f"ftp://desk@127.0.0.1:{port}/")).tally.new == 1


def test_a_drop_in_the_middle_of_a_file_costs_that_file_and_it_comes_later(tmp_path: Path) -> None:
    files = {f"{name}.xml": nitf(n) for n, name in enumerate("abc")}
    server = Liar(facts(**{name[0]: len(body) for name, body in files.items()}), files)
    server.cut.add("a.xml")
    with speaking(server) as port:
        line = visit(tmp_path, source(f"ftp://desk@127.0.0.1:{port}/"))
        assert (line.outcome, line.tally.new, line.tally.refused) == ("fetched", 2, 1)
        server.cut.clear()
        assert visit(tmp_path, source(f"ftp://desk@127.0.0.1:{port}/")).tally.new == 1
    assert len(headlines(tmp_path)) == 3


def test_a_file_of_another_length_than_listed_is_not_taken(tmp_path: Path) -> None:
    files = {"a.xml": nitf(1), "b.xml": nitf(2), "c.xml": nitf(3)}
    server = Liar(facts(a=len(files["a.xml"]) + 7, b=len(files["b.xml"]), c=5 << 30), files)
    with speaking(server) as port:
        line = visit(tmp_path, source(f"ftp://desk@127.0.0.1:{port}/"))
    assert (line.tally.new, line.tally.refused) == (1, 2)
    assert "c.xml" not in server.retrieved  # too large by its own word
    assert headlines(tmp_path) == ["Quay 2 counts its boats"]


def test_a_file_that_grows_as_it_is_read_ends_at_the_cap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "LARGEST", 20_000)
    files = {"a.xml": b"<nitf>" + b"x" * 2_000_000, "b.xml": nitf(2)}
    listing = b"type=file;modify=20250602100000; a.xml\r\n" + facts(b=len(files["b.xml"]))
    with speaking(Liar(listing, files)) as port:
        line = visit(tmp_path, source(f"ftp://desk@127.0.0.1:{port}/"))
    assert (line.outcome, line.tally.new, line.tally.refused) == ("fetched", 1, 1)


def endless_listing(connection: socket.socket) -> None:
    server = Liar(b"", {})
    server.listing = b"type=file;size=1;modify=20250602100000; a.xml\r\n" * 400_000
    server(connection)


def no_numbers(connection: socket.socket) -> None:
    connection.sendall(b"220 ok\r\n")
    for _ in connection.makefile("rb"):
        connection.sendall(b"\xff\xfe no number at all\r\n")


@pytest.mark.parametrize("script", [*HOSTILE, endless_listing, no_numbers])
def test_a_hostile_server_ends_in_time_with_an_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: Any
) -> None:
    for module in (dial, ftp):
        monkeypatch.setattr(module, "QUIET", 1.0)
    monkeypatch.setattr(ftp, "LISTING", 2.0)
    monkeypatch.setattr(ftp, "LISTING_BYTES", 4 << 20)
    with speaking(script) as port:
        begun = time.monotonic()
        line = visit(tmp_path, source(f"ftp://desk@127.0.0.1:{port}/"))
        lasted = time.monotonic() - begun
    assert line.outcome == "failed"
    assert line.why
    assert line.action != "report it with the log"
    assert lasted < 12


def test_a_drip_in_a_file_is_cut_and_the_others_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ftp, "READING", 1.0)
    files = {"a.xml": nitf(1), "b.xml": nitf(2)}
    liar = Liar(facts(a=len(files["a.xml"]), b=len(files["b.xml"])), files)

    def script(connection: socket.socket) -> None:
        connection.sendall(b"220 ready\r\n")
        data: socket.socket | None = None
        for raw in connection.makefile("rb"):
            word, _, name = raw.decode().strip().partition(" ")
            if word == "PASV":
                data = socket.create_server(("127.0.0.1", 0))
                port = data.getsockname()[1]
                connection.sendall(f"227 ok (127,0,0,1,{port >> 8},{port & 255})\r\n".encode())
            elif word in ("MLSD", "RETR") and data is not None:
                connection.sendall(b"150 here\r\n")
                with data.accept()[0] as carried:
                    for byte in files["a.xml"] if name == "a.xml" else b"":
                        carried.sendall(bytes([byte]))
                        time.sleep(0.1)
                    carried.sendall(liar.listing if word == "MLSD" else files[name])
                connection.sendall(b"226 done\r\n")
            else:
                connection.sendall({"USER": b"331 who?\r\n"}.get(word, b"230 ok\r\n"))

    with speaking(script) as port:
        line = visit(tmp_path, source(f"ftp://desk@127.0.0.1:{port}/"))
    assert (line.outcome, line.tally.new, line.tally.refused) == ("fetched", 1, 1)
    assert headlines(tmp_path) == ["Quay 2 counts its boats"]
