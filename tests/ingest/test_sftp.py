"""Files of an SFTP server, against OpenSSH's own: each once, whole, and nothing told to a stranger."""

from __future__ import annotations

import asyncio
import os
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from ingest import dial, remote
from ingest.source import FetchSettings, Source
from ingest.ways import sftp
from store import stories
from store.db import open_readonly
from tests.ingest.conftest import visit
from tests.ingest.servers import HOSTILE, PASSWORD, nitf, speaking
from tests.ingest.sshd import Sshd, needed, sshd


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits that suit servers which are on this machine."""
    monkeypatch.setattr(remote, "SETTLED", 0.1)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    home = tmp_path_factory.mktemp("sshd")
    (home / "files").mkdir()
    with sshd(home, home / "files") as made:
        yield made


@pytest.fixture
def server(running: Sshd) -> Sshd:
    """The one server, its folder emptied, its log begun anew."""
    for file in running.folder.iterdir():
        file.unlink() if file.is_file() else file.rmdir()
    os.truncate(running.log, 0)
    return running


def source(server: Sshd, path: str = "/", **options: Any) -> Source:
    return Source(name="wire", kind="sftp", url=server.url(path), options=server.options(**options))


def headlines(folder: Path) -> list[str]:
    db = open_readonly(folder / "wire.db")
    return sorted(story.headline or "" for _, story in stories.usable(db))


@needed
def test_each_file_is_taken_once_and_a_replaced_one_is_a_version(server: Sshd, tmp_path: Path) -> None:
    names = [b"quay 0 \xe2\x80\x93 new.xml", b"Z\xfcrich.xml", b"c.xml", b".hidden.xml", b"d.xml.part"]
    for n, name in enumerate(names):
        (server.folder / os.fsdecode(name)).write_bytes(nitf(n))
    (server.folder / "dir.xml").mkdir()
    line = visit(tmp_path, source(server, pattern="*.xml"))
    assert (line.outcome, line.why, line.action) == ("fetched", None, None)
    assert (line.tally.new, line.tally.refused) == (3, 0)
    line = visit(tmp_path, source(server, pattern="*.xml"))
    assert (line.outcome, line.tally.unchanged) == ("unchanged", 0)
    (server.folder / "c.xml").write_bytes(nitf(2, edition=2))
    line = visit(tmp_path, source(server, pattern="*.xml"))
    assert (line.tally.new, line.tally.versions, line.tally.unchanged) == (0, 1, 0)
    db = open_readonly(tmp_path / "wire.db")
    places = {row[0] for row in db.execute("SELECT path FROM documents")}
    assert f"sftp://127.0.0.1:{server.port}/Z%FCrich.xml" in places


@needed
def test_folders_below_and_from_the_root(server: Sshd, tmp_path: Path) -> None:
    (server.folder / "out").mkdir()
    (server.folder / "out/a.xml").write_bytes(nitf(1))
    try:
        assert visit(tmp_path, source(server, "/out/")).tally.new == 1
        line = visit(tmp_path, source(server, f"/{server.folder}/out"))
        assert (line.outcome, line.tally.unchanged) == ("fetched", 1)
        line = visit(tmp_path, source(server, "/nowhere"))
        assert (line.outcome, line.action) == ("failed", "mend the path of url")
    finally:
        (server.folder / "out/a.xml").unlink()


@needed
def test_a_server_that_is_not_known_learns_nothing(
    server: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))  # whose known_hosts is empty
    (server.folder / "a.xml").write_bytes(nitf(1))
    stranger = replace(source(server), options={"key": server.key})
    line = visit(tmp_path, stranger)
    assert (line.outcome, line.tally.new) == ("failed", 0)
    assert server.fingerprint in line.why and server.fingerprint in line.action
    other = asyncssh.generate_private_key("ssh-ed25519").get_fingerprint("sha256")
    line = visit(tmp_path, source(server, host_key=other))
    assert (line.outcome, line.tally.new) == ("failed", 0)
    told = server.log.read_text()
    assert "Connection from" in told and "Accepted" not in told and "Failed" not in told
    (tmp_path / "known").write_text(server.known)
    stranger = replace(source(server), options={"key": server.key, "known_hosts": str(tmp_path / "known")})
    assert visit(tmp_path, stranger).tally.new == 1
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh/known_hosts").write_text(server.known)
    assert visit(tmp_path, replace(stranger, options={"key": server.key})).outcome == "unchanged"


@needed
def test_keys_that_are_wrong_locked_or_no_keys(server: Sshd, tmp_path: Path) -> None:
    (server.folder / "a.xml").write_bytes(nitf(1))
    other = asyncssh.generate_private_key("ssh-ed25519").export_private_key().decode()
    line = visit(tmp_path, source(server, key=other))
    assert line.outcome == "failed" and "refused" in line.why and "key" in line.action
    line = visit(tmp_path, source(server, key="no key at all"))
    assert (line.outcome, line.why) == ("failed", "the private key cannot be read")
    mine = asyncssh.import_private_key(server.key)
    (tmp_path / "locked").write_bytes(mine.export_private_key(passphrase=PASSWORD, rounds=60))
    options = {"key_file": str(tmp_path / "locked"), "host_key": server.fingerprint}
    locked = replace(source(server), options=options)
    assert "token" in visit(tmp_path, locked).action
    assert visit(tmp_path, replace(locked, token=PASSWORD)).tally.new == 1
    line = visit(tmp_path, replace(locked, options=options | {"key_file": str(tmp_path / "none")}))
    assert line.outcome == "failed" and "key_file" in line.action
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("wire.db*"))
    assert server.key.splitlines()[2].encode() not in kept and PASSWORD.encode() not in kept


@needed
def test_a_private_address_is_not_asked(server: Sshd, tmp_path: Path) -> None:
    line = visit(tmp_path, source(server), FetchSettings(contact="desk@example.org"))
    assert line.outcome == "failed" and "not public" in line.why
    assert "Connection from" not in server.log.read_text()


@contextmanager
def cutting(port: int, after: int) -> Iterator[int]:
    """A way to a server that breaks after so many bytes came back, each time it is taken."""

    def script(near: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", port)) as far:
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

            def there() -> None:
                try:
                    while chunk := near.recv(65536):
                        far.sendall(chunk)
                except OSError:
                    pass

            threading.Thread(target=there, daemon=True).start()
            left = after
            while left > 0 and (chunk := far.recv(min(left, 65536))):
                near.sendall(chunk)
                left -= len(chunk)
            near.shutdown(socket.SHUT_RDWR)

    with speaking(script) as made:
        yield made


@needed
def test_a_connection_that_breaks_anywhere_loses_nothing(server: Sshd, tmp_path: Path) -> None:
    for n in range(6):
        (server.folder / f"{n}.xml").write_bytes(nitf(n) + b" " * 20_000)
    chance = random.Random(6)
    for number in range(3):
        here = tmp_path / str(number)
        here.mkdir()
        with cutting(server.port, chance.randrange(500, 130_000)) as port:
            url = server.url().replace(str(server.port), str(port))
            line = visit(here, replace(source(server), url=url))
        assert line.action is None
        line = visit(here, source(server))
        assert (line.why, line.action) == (None, None)
        assert len(headlines(here)) == 6


@contextmanager
def with_password(folder: Path) -> Iterator[tuple[int, str, list[str]]]:
    """A server that asks for a password: its port, its fingerprint, the passwords that it heard."""
    heard: list[str] = []
    key = asyncssh.generate_private_key("ssh-ed25519")

    class Asking(asyncssh.SSHServer):
        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            heard.append(password)
            return (username, password) == ("desk", PASSWORD)

    loop = asyncio.new_event_loop()
    listening = asyncssh.listen(
        "127.0.0.1", 0, server_host_keys=[key], server_factory=Asking,
        sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=os.fsencode(folder)),
    )  # fmt: skip
    made = loop.run_until_complete(listening)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield made.get_port(), key.get_fingerprint("sha256"), heard
    loop.call_soon_threadsafe(made.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)


def test_a_password(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files/a.xml").write_bytes(nitf(1))
    with with_password(tmp_path / "files") as (port, fingerprint, heard):
        desk = Source(
            name="wire", kind="sftp", url=f"sftp://desk@127.0.0.1:{port}/", token="not-the-password"
        )
        desk = replace(desk, options={"host_key": fingerprint})
        line = visit(tmp_path, desk)
        assert line.outcome == "failed" and "token" in line.action
        assert "not-the-password" not in f"{line.why} {line.action}"
        assert visit(tmp_path, replace(desk, token=PASSWORD)).tally.new == 1
        heard.clear()
        visit(tmp_path, replace(desk, options={"host_key": "SHA256:" + "A" * 43}))
        assert heard == []


@pytest.mark.parametrize("script", HOSTILE)
def test_a_hostile_server_ends_in_time_with_an_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: Any
) -> None:
    monkeypatch.setattr(dial, "QUIET", 1.0)
    monkeypatch.setattr(sftp, "LISTING", 1.0)
    with speaking(script) as port:
        begun = time.monotonic()
        url = f"sftp://desk@127.0.0.1:{port}/"
        line = visit(tmp_path, Source(name="wire", kind="sftp", url=url, token=PASSWORD))
        lasted = time.monotonic() - begun
    assert line.outcome == "failed" and line.why
    assert line.action != "report it with the log"
    assert PASSWORD not in line.why
    assert lasted < 5
