"""One mailbox of an IMAP server (RFC 3501, 9051): the standard library's imaplib, with what it leaves unbounded bounded.

Reading changes nothing on the server: the mailbox is opened read-only and bodies are peeked at, unless mails are to be marked
or moved. No password goes over a connection without TLS. What an answer may be long is counted for each command.
"""

from __future__ import annotations

import base64
import contextlib
import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from urllib.parse import SplitResult, unquote

from ingest import guard
from ingest.dial import Watch, connect
from ingest.remote import LISTING, READING, Denied, Entry, Unreadable

PORTS = {"imaps": 993, "imap": 143}
ANSWER = 1 << 20  # bytes of an answer to a command
NUMBERS = 32 << 20  # bytes of a list of UIDs
MOST = 5_000  # mails of one visit
AT_ONCE = 500  # UIDs of one command
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LATER = re.compile(r"\[(?:UNAVAILABLE|INUSE|SERVERBUG|LIMIT)\]")
TOLD_SIZE = re.compile(rb"\bUID (\d+)\b.*\bRFC822\.SIZE (\d+)|\bRFC822\.SIZE (\d+)\b.*\bUID (\d+)")


class Session(imaplib.IMAP4):
    """imaplib on a connection that was judged, its answers bounded."""

    def __init__(self, host: str, connection: socket.socket, *, implicit: bool) -> None:
        self.context = ssl.create_default_context()
        self.room = ANSWER
        self._given = self.context.wrap_socket(connection, server_hostname=host) if implicit else connection
        super().__init__(host)

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:  # noqa: ARG002
        """Called by imaplib: the connection stands already."""
        self.host, self.sock = host, self._given
        self._hear()

    def _hear(self) -> None:
        self.stream = self.sock.makefile("rb")

    def secure(self) -> None:
        """TLS from here on; what the server said before its time is not heard. Raises imaplib.IMAP4.error."""
        said, data = self.xatom("STARTTLS")
        if said != "OK":
            raise self.error(line(data[-1]))
        self.sock = self.context.wrap_socket(self.sock, server_hostname=self.host)
        self._hear()
        self.learn()

    def learn(self) -> None:
        """Ask what the server can do: it tells more once it is secure, and once it knows us."""
        _, data = self.capability()
        self.capabilities = tuple(data[-1].decode("ascii", "replace").upper().split())

    def read(self, size: int) -> bytes:
        """A literal. Raises ConnectionError for one that is longer than the answer may be, EOFError for one cut short."""
        self._spend(size)
        body = self.stream.read(size)
        if len(body) < size:
            raise EOFError
        return body

    def readline(self) -> bytes:
        line = self.stream.readline(self.room + 1)
        self._spend(len(line))
        return line

    def _spend(self, size: int) -> None:
        self.room -= size
        if self.room < 0:
            raise ConnectionError("an answer without end")

    def shutdown(self) -> None:
        self.stream.close()
        self.sock.close()

    def asked(self, room: int, *words: str) -> list[bytes | tuple[bytes, bytes]]:
        """The answer to a UID command. Raises Unreadable where the server says no."""
        self.room = room
        said, data = self.uid(*words)
        if said != "OK":
            raise Unreadable(line(data[-1] if data else b""))
        return [one for one in data if one]


class Mailbox:
    """The mailbox of a session; Files of ingest/remote.py, each mail under its UID."""

    def __init__(self, session: Session, watch: Watch, name: str, *, writes: bool) -> None:
        self.session, self.watch, self.name = session, watch, name
        session.room = ANSWER
        with _asked(f"there is no mailbox {name}", "mend the path of url"):
            said, data = session.select(quoted(name), readonly=not writes)
            if said != "OK":
                raise imaplib.IMAP4.error(line(data[-1] if data else b""))
        told = session.response("UIDVALIDITY")[1]
        if not told or not isinstance(told[0], bytes) or not told[0].isdigit():
            raise ConnectionError("the server tells no UIDVALIDITY: its mails cannot be told apart")
        self.validity = int(told[0])

    def listed(self) -> Sequence[Entry]:
        return self.after(0, None, ())

    def after(self, uid: int, since: date | None, also: Sequence[str]) -> list[Entry]:
        """The first MOST mails above a UID, and those of `also` that are still there."""
        with self.watch.within(LISTING), speaking():
            when = f" SINCE {since.day}-{MONTHS[since.month - 1]}-{since.year}" if since else ""
            found = sorted(one for one in self._search(f"UID {uid + 1}:*{when}") if one > uid)[:MOST]
            if also:
                found += self._search(f"UID {','.join(also)}")
            return [
                entry
                for start in range(0, len(found), AT_ONCE)
                for entry in self._sizes(found[start : start + AT_ONCE])
            ]

    def _search(self, words: str) -> list[int]:
        answer = self.session.asked(NUMBERS, "SEARCH", words)
        return [
            int(one) for part in answer if isinstance(part, bytes) for one in part.split() if one.isdigit()
        ]

    def _sizes(self, uids: Sequence[int]) -> Iterator[Entry]:
        answer = self.session.asked(NUMBERS, "FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
        told: dict[int, int] = {}
        for part in answer:
            if isinstance(part, bytes) and (found := TOLD_SIZE.search(part)):
                told[int(found[1] or found[4])] = int(found[2] or found[3])
        for uid in uids:
            if uid in told:  # the others have gone meanwhile
                yield Entry(str(uid).encode(), told[uid], "")

    def read(self, entry: Entry, cap: int) -> bytes:
        with self.watch.within(READING), speaking():
            answer = self.session.asked(cap + ANSWER, "FETCH", entry.name, "(UID BODY.PEEK[])")
        for part in answer:
            if isinstance(part, tuple) and b"BODY[]" in part[0].upper():
                return part[1]
        raise Unreadable("it is not there any more")

    def aside(self, uids: Sequence[str], *, seen: bool, move_to: str | None) -> None:
        """Mark mails as read, or move them. Raises Denied where the server says no, OSError."""
        with (
            self.watch.within(LISTING),
            speaking(),
            _asked("mails cannot be marked or moved", "look at move_to"),
        ):
            which = ",".join(uids)
            if seen:
                self._must("STORE", which, "+FLAGS.SILENT", r"(\Seen)")
            if move_to is not None and "MOVE" in self.session.capabilities:
                self._must("MOVE", which, quoted(move_to))
            elif move_to is not None:
                self._must("COPY", which, quoted(move_to))
                self._must("STORE", which, "+FLAGS.SILENT", r"(\Deleted)")
                if "UIDPLUS" in self.session.capabilities:  # a bare EXPUNGE would take others' mails along
                    self._must("EXPUNGE", which)

    def _must(self, *words: str) -> None:
        try:
            self.session.asked(ANSWER, *words)
        except Unreadable as error:
            raise imaplib.IMAP4.error(str(error)) from error


def opened(
    parts: SplitResult, name: str, secret: str | None, allowed: Sequence[guard.Network], held: contextlib.ExitStack, *,
    writes: bool, oauth: bool = False,
) -> Mailbox:  # fmt: skip
    """The mailbox, logged in. oauth: the secret is an access token. Raises Denied, OSError, EOFError."""
    watch, host = Watch(), parts.hostname or ""
    with watch.within(LISTING), speaking():
        connection = connect(host, parts.port or PORTS[parts.scheme], allowed)
        held.callback(connection.close)
        held.enter_context(watch.over(connection))
        session = Session(host, connection, implicit=parts.scheme == "imaps")
        held.callback(session.shutdown)
        if parts.scheme == "imap":
            if "STARTTLS" not in session.capabilities:
                raise Denied("the server has no TLS on this port", "use imaps://, as the publisher says")
            session.secure()
        user = unquote(parts.username or "")
        with _asked(f"login as {user or 'nobody'} is refused", "look at the user in url, and at token"):
            session.room = ANSWER
            if oauth:
                session.authenticate("XOAUTH2", _bearer(user, secret or ""))
            elif "AUTH=PLAIN" in session.capabilities:
                session.authenticate("PLAIN", lambda _: f"\0{user}\0{secret or ''}".encode())
            else:
                session.login(user, secret or "")
        session.learn()
        return Mailbox(session, watch, name, writes=writes)


def _bearer(user: str, token: str) -> Callable[[bytes], bytes]:
    """What XOAUTH2 asks for: who we are, and after a refusal, which it explains, nothing."""
    answers = iter((f"user={user}\1auth=Bearer {token}\1\1".encode(),))
    return lambda _: next(answers, b"")


@contextlib.contextmanager
def _asked(why: str, do: str) -> Iterator[None]:
    """A step that a NO makes a matter for a person, but for one that says "later" (RFC 5530)."""
    try:
        yield
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        if LATER.search(str(error)):
            raise
        raise Denied(f"{why} ({line(error)})", do) from error


@contextlib.contextmanager
def speaking() -> Iterator[None]:
    """Answers that make no sense break the connection."""
    try:
        yield
    except (OSError, EOFError):
        raise
    except (imaplib.IMAP4.error, ValueError, OverflowError, IndexError, KeyError, TypeError) as error:
        raise ConnectionError(f"the server says {line(error)!r}") from error


def line(said: object) -> str:
    """One short line of what a server said."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:120]


def quoted(name: str) -> str:
    """A mailbox's name as the protocol writes it: modified UTF-7 (RFC 3501, 5.1.3) in quotes. Raises Denied."""
    if not name or any(ord(sign) < 32 for sign in name):
        raise Denied(f"{name!r} is no name of a mailbox", "mend the path of url, or move_to")
    runs = re.findall(r"[ -~]+|[^ -~]+", name)
    written = "".join(run.replace("&", "&-") if run.isascii() else _shifted(run) for run in runs)
    escaped = written.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _shifted(run: str) -> str:
    coded = base64.b64encode(run.encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
    return f"&{coded}-"
