"""Agency mail, against Dovecot: each mail once, nothing in the mailbox changed unless that is wished."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from ingest import dial, mailbox, remote
from ingest.source import FetchSettings, Source
from ingest.trial import Tried, trial
from store import stories
from store.db import open_readonly
from store.sources import Told
from tests.ingest.conftest import Answer, serving, visit
from tests.ingest.dovecot import Dovecot, dovecot, needed
from tests.ingest.servers import HOSTILE, PASSWORD, nitf, speaking
from wire.cli.offers import opened
from wire.config import load


def mail(number: int, *, attached: bytes | None = None, known: bool = True) -> bytes:
    """A mail of an agency; attached: a wire that it carries."""
    made = EmailMessage()
    made["From"] = "Quay News Desk <desk@quay.example>"
    made["To"] = "wires@paper.example"
    made["Date"] = "Mon, 02 Jun 2025 10:00:00 +0000"
    made["Subject"] = f"Pier {number} to close for repairs"
    if known:
        made["Message-ID"] = f"<pier-{number}@quay.example>"
    made.set_content(
        f"HARBOUR TOWN, June 2 (Quay News) - Pier {number} closes on Tuesday, the harbour office said, "
        f"because {number * 7} of its planks are rotten.\n\nThe ferry of line {number} will call at pier {number + 1} "
        f"until the {number + 40} workmen have left, which may take until the autumn.\n"
    )
    if attached is not None:
        made.add_attachment(attached, maintype="text", subtype="xml", filename=f"wire-{number}.xml")
    return made.as_bytes()


EMPTY = b"From: a@quay.example\nTo: wires@paper.example\n\n\n"


@pytest.fixture(scope="module")
def running() -> Iterator[Dovecot]:
    with dovecot() as made:
        yield made


@pytest.fixture
def server(running: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    """The one server, its certificate trusted, all its mailboxes deleted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(running.file))
    with running.reader() as box:
        for line in box.list()[1]:
            name = line.decode().rpartition(' "/" ')[2].strip('"') if isinstance(line, bytes) else "INBOX"
            if name != "INBOX":
                box.delete(f'"{name}"')
        box.select("INBOX")
        box.uid("STORE", "1:*", "+FLAGS", r"(\Deleted)")
        box.expunge()
    return running


def source(server: Dovecot, name: str = "", *, scheme: str = "imaps", **options: Any) -> Source:
    return Source(
        name="wire", kind="imap", url=server.url(name, scheme=scheme), token=PASSWORD, options=options
    )


def headlines(folder: Path) -> list[str]:
    db = open_readonly(folder / "wire.db")
    return sorted(story.headline or "" for _, story in stories.usable(db))


def cursor(folder: Path) -> dict[str, Any]:
    db = open_readonly(folder / "wire.db")
    found: dict[str, Any] = json.loads(db.execute("SELECT cursor FROM sources").fetchone()[0])
    return found


@needed
def test_each_mail_is_read_once_and_stays_unread(server: Dovecot, tmp_path: Path) -> None:
    server.deliver(mail(1), mail(2, attached=nitf(2)), EMPTY)
    line = visit(tmp_path, source(server))
    assert (line.outcome, line.why, line.action) == ("fetched", None, None)
    assert (line.tally.new, line.tally.refused) == (2, 1)
    assert headlines(tmp_path) == ["Pier 1 to close for repairs", "Quay 2 counts its boats"]
    line = visit(tmp_path, source(server))
    assert (line.outcome, line.tally.refused, line.tally.requests) == ("unchanged", 0, 1)
    assert not any(rb"\Seen" in one for one in server.flags())
    server.deliver(mail(3))
    assert visit(tmp_path, source(server)).tally.new == 1
    db = open_readonly(tmp_path / "wire.db")
    told = cursor(tmp_path)
    place = db.execute("SELECT path FROM documents ORDER BY id DESC LIMIT 1").fetchone()[0]
    assert (
        place == f"imaps://127.0.0.1:{server.port}/INBOX;UIDVALIDITY={told['uidvalidity']}/;UID={told['uid']}"
    )


@needed
def test_starttls_and_mailboxes_by_name(server: Dovecot, tmp_path: Path) -> None:
    with server.reader() as box:
        box.create('"Agenturen &- Meldungen/S&APw-d"')
    server.deliver(mail(1), to="Agenturen &- Meldungen/S&APw-d")
    desk = source(server, "Agenturen%20%26%20Meldungen/S%C3%BCd", scheme="imap")
    assert visit(tmp_path, desk).tally.new == 1
    line = visit(tmp_path, source(server, "Nowhere"))
    assert (line.outcome, line.action) == ("failed", "mend the path of url")


@needed
def test_no_password_without_a_trusted_server(
    server: Dovecot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = visit(tmp_path, replace(source(server), token="not-the-password"))
    assert line.outcome == "failed" and "token" in line.action
    assert "not-the-password" not in f"{line.why} {line.action}"
    before = (server.home / "log").read_text().count("user=<desk>")
    monkeypatch.delenv("SSL_CERT_FILE")
    for scheme in ("imaps", "imap"):
        line = visit(tmp_path, source(server, scheme=scheme))
        assert line.outcome == "failed" and "certificate" in line.action
    assert (server.home / "log").read_text().count(
        "user=<desk>"
    ) == before  # hung up before any name was said
    line = visit(tmp_path, source(server), FetchSettings(contact="desk@example.org"))
    assert line.outcome == "failed" and "not public" in line.why
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"not-the-password" not in kept and PASSWORD.encode() not in kept


def plaintext(connection: socket.socket) -> None:
    """A server, or somebody between, that says there is no TLS."""
    connection.sendall(b"* OK ready\r\n")
    for raw in connection.makefile("rb"):
        tag, _, words = raw.decode().strip().partition(" ")
        assert "LOGIN" not in words.upper() and "AUTHENTICATE" not in words.upper(), "a password in the clear"
        said = "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" if words == "CAPABILITY" else ""
        connection.sendall(f"{said}{tag} OK done\r\n".encode())


def test_a_server_without_tls_is_told_nothing(tmp_path: Path) -> None:
    with speaking(plaintext) as port:
        desk = Source(name="wire", kind="imap", url=f"imap://desk@127.0.0.1:{port}/", token=PASSWORD)
        line = visit(tmp_path, desk)
    assert (line.outcome, line.why) == ("failed", "the server has no TLS on this port")


@needed
def test_a_mailbox_made_anew_is_read_from_its_start_and_doubles_nothing(
    server: Dovecot, tmp_path: Path
) -> None:
    with server.reader() as box:
        box.create("Wires")
    server.deliver(mail(1), mail(2, known=False), mail(3), to="Wires")
    assert visit(tmp_path, source(server, "Wires")).tally.new == 3
    first = cursor(tmp_path)
    with server.reader() as box:
        box.delete("Wires")
        box.create("Wires")
    server.deliver(mail(2, known=False), mail(4), to="Wires")
    line = visit(tmp_path, source(server, "Wires"))
    assert (line.tally.new, line.tally.unchanged) == (1, 1)
    assert cursor(tmp_path)["uidvalidity"] != first["uidvalidity"]
    assert len(headlines(tmp_path)) == 4


@needed
def test_mails_are_marked_and_moved_once_they_are_stored(server: Dovecot, tmp_path: Path) -> None:
    with server.reader() as box:
        box.create("Done")
    server.deliver(mail(1), EMPTY, mail(2))
    desk = source(server, seen=True, move_to="Done")
    assert visit(tmp_path, desk).tally.new == 2
    assert "unmoved" not in cursor(tmp_path)
    assert [rb"\Seen" in one for one in server.flags("Done")] == [True, True]
    assert [rb"\Seen" in one for one in server.flags()] == [False]  # no story in it: for a person to see
    assert visit(tmp_path, desk).outcome == "unchanged"


@needed
def test_a_mail_that_could_not_be_moved_is_moved_at_the_next_visit(server: Dovecot, tmp_path: Path) -> None:
    server.deliver(mail(1), mail(2))
    line = visit(tmp_path, source(server, move_to="Done"))
    assert (line.tally.new, line.outcome) == (2, "failed")
    assert "move_to" in line.action
    assert len(cursor(tmp_path)["unmoved"]) == 2
    with server.reader() as box:
        box.create("Done")
    line = visit(tmp_path, source(server, move_to="Done"))
    assert (line.tally.new, line.outcome, line.action) == (0, "unchanged", None)
    assert (len(server.flags("Done")), server.flags()) == (2, [])


@needed
def test_mails_before_a_day_are_left_alone(server: Dovecot, tmp_path: Path) -> None:
    with server.reader() as box:
        for n, day in ((1, "31-May-2025"), (2, "01-Jun-2025"), (3, "02-Jun-2025")):
            box.append("INBOX", "", f'"{day} 10:00:00 +0000"', mail(n).replace(b"\n", b"\r\n"))
    assert visit(tmp_path, source(server, since="2025-06-01")).tally.new == 2
    assert visit(tmp_path, source(server, since="2025-06-01")).outcome == "unchanged"


@needed
def test_many_mails_come_in_batches_and_one_that_is_too_large_is_told(
    server: Dovecot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("AT_ONCE", 4), ("LARGEST", 30_000)):
        monkeypatch.setattr(remote, name, value)
    monkeypatch.setattr(mailbox, "AT_ONCE", 3)
    monkeypatch.setattr(mailbox, "MOST", 10)
    server.deliver(*(mail(n) for n in range(12)), mail(12) + b"x " * 20_000, mail(13))
    assert visit(tmp_path, source(server)).tally.new == 10
    line = visit(tmp_path, source(server))
    assert (line.tally.new, line.tally.refused) == (3, 1)
    assert visit(tmp_path, source(server)).outcome == "unchanged"


class Mails:
    """An IMAP server's words over TLS-less test lines: `imap` talks to it as after the login."""

    def __init__(self, *uids: int) -> None:
        self.uids, self.broken, self.lost, self.asked = uids, set[int](), set[int](), list[str]()

    def __call__(self, connection: socket.socket) -> None:
        connection.sendall(b"* PREAUTH ready\r\n")
        for raw in connection.makefile("rb"):
            tag, _, words = raw.decode().strip().partition(" ")
            self.asked.append(words)
            out = b""
            if words == "CAPABILITY":
                out = b"* CAPABILITY IMAP4rev1 STARTTLS\r\n"
            elif words.startswith("EXAMINE"):
                out = b"* OK [UIDVALIDITY 7] ok\r\n"
            elif words.startswith("UID SEARCH UID") and ":*" in words:
                out = (
                    b"* SEARCH " + " ".join(map(str, self.uids)).encode() + b"\r\n"
                )  # all, whatever was asked
            elif words.startswith("UID SEARCH"):
                out = b"* SEARCH " + words.split()[-1].replace(",", " ").encode() + b"\r\n"
            elif words.endswith("(UID RFC822.SIZE)"):
                sizes = "".join(
                    f"* {n} FETCH (RFC822.SIZE 1 UID {uid})\r\n" for n, uid in enumerate(self.uids, 1)
                )
                out = sizes.encode()
            elif words.startswith("UID FETCH"):
                uid = int(words.split()[2])
                body = mail(uid)
                if uid in self.broken:
                    connection.sendall(b"* 1 FETCH (UID %d BODY[] {%d}\r\n" % (uid, len(body)) + body[:50])
                    return
                out = b"* 1 FETCH (BODY[] {%d}\r\n%b UID %d)\r\n" % (len(body), body, uid)
                out = b"* 9 EXPUNGE\r\n" if uid in self.lost else out
            connection.sendall(out + f"{tag} OK done\r\n".encode())


@pytest.fixture
def preauthorised(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session without TLS and login, for servers that are a test's own words."""
    monkeypatch.setattr(mailbox.Session, "secure", lambda self: None)
    monkeypatch.setattr(mailbox.Session, "login", lambda self, user, password: ("OK", []))


def desk_at(port: int) -> Source:
    return Source(name="wire", kind="imap", url=f"imap://desk@127.0.0.1:{port}/", token=PASSWORD)


@pytest.mark.usefixtures("preauthorised")
def test_a_mail_that_breaks_the_connection_costs_itself_and_is_asked_for_again(tmp_path: Path) -> None:
    server = Mails(3, 5, 8, 4_000_000_000)
    server.broken, server.lost = {5}, {8}
    with speaking(server) as port:
        line = visit(tmp_path, desk_at(port))
        assert (line.outcome, line.tally.new, line.tally.refused) == ("fetched", 2, 2)
        assert cursor(tmp_path) == {"uidvalidity": 7, "uid": 4_000_000_000, "late": ["5", "8"]}
        server.broken.clear()
        server.asked.clear()
        line = visit(tmp_path, desk_at(port))
        assert (line.tally.new, line.tally.refused) == (1, 1)
        assert [words.split()[2] for words in server.asked if "BODY" in words] == ["5", "8"]


def endless_answer(connection: socket.socket) -> None:
    connection.sendall(b"* OK ready\r\n")
    connection.recv(1000)
    while True:
        connection.sendall(b"* CAPABILITY IMAP4rev1 " + b"X" * 100_000)


def huge_literal(connection: socket.socket) -> None:
    connection.sendall(b"* OK ready {99999999999}\r\n")
    while True:
        connection.sendall(b"x" * 100_000)


def senseless(connection: socket.socket) -> None:
    connection.sendall(b"* OK ready\r\n")
    for _ in connection.makefile("rb"):
        connection.sendall(b"* \xff\xfe ((((\r\n")


@pytest.mark.parametrize("script", [*HOSTILE, endless_answer, huge_literal, senseless])
def test_a_hostile_server_ends_in_time_with_an_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: Any
) -> None:
    monkeypatch.setattr(dial, "QUIET", 1.0)
    monkeypatch.setattr(mailbox, "LISTING", 1.0)
    with speaking(script) as port:
        begun = time.monotonic()
        line = visit(tmp_path, desk_at(port))
        lasted = time.monotonic() - begun
    assert line.outcome == "failed" and line.why
    assert line.action != "report it with the log"
    assert lasted < 5


@needed
def test_a_trial_moves_and_marks_nothing(server: Dovecot, tmp_path: Path) -> None:
    with server.reader() as box:
        box.create("Done")
    server.deliver(mail(1), mail(2))
    desk = source(server, seen=True, move_to="Done")
    file = tmp_path / "wires.toml"
    file.write_text('[fetch]\ncontact = "desk@example.org"\nallow_addresses = ["127.0.0.0/8"]\n')
    with opened(load(file)) as door:
        told = [one for one in trial(desk, Told(name="wire"), door, pages=5) if isinstance(one, Tried)]
    assert [one.story.headline for one in told if one.story] == [
        "Pier 1 to close for repairs", "Pier 2 to close for repairs",
    ]  # fmt: skip
    assert [rb"\Seen" in one for one in server.flags()] == [False, False]
    assert server.flags("Done") == []


@needed
def test_an_access_token_in_the_place_of_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def knows(path: str, headers: dict[str, str]) -> Answer:
        good = "?token=good&" in path + "&"
        told: dict[str, object] = {"active": good, "user": "desk"} if good else {"active": False}
        return 200, "application/json", json.dumps(told).encode()

    with serving() as web, dovecot(tokens=f"{web.base}/?token=") as running:
        web.answer = knows
        monkeypatch.setenv("SSL_CERT_FILE", str(running.file))
        running.deliver(mail(1))
        line = visit(tmp_path, replace(source(running, oauth=True), token="stale"))
        assert line.outcome == "failed" and "token" in line.action
        assert visit(tmp_path, replace(source(running, oauth=True), token="good")).tally.new == 1
