"""Files of an FTP server, plain or over TLS: each new one is read once, by `ingest/remote.py`.

    [[source]]
    name = "agency-ftp"
    kind = "ftp"
    url = "ftps://desk@ftp.agency.example/out/english"   # ftps: TLS from the first byte (port 990), ftpes: AUTH TLS, ftp: plain
    token = "${AGENCY_PASSWORD}"                          # without a user's name: anonymous
    [source.options]
    pattern = "*.xml"                                     # which names; * ? [abc]
    settled = 2                                           # seconds without change after which a file is whole

The standard library's ftplib does the talking, passive always, to the address that the server answered from (never to one
that it names: a bounce); what it leaves unbounded is bounded here. Lists: MLSD (RFC 3659), else LIST as UNIX and Windows
servers write it.
"""

from __future__ import annotations

import contextlib
import ftplib
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import SplitResult, unquote, urlsplit

from ingest import guard
from ingest.dial import QUIET, Watch, connect
from ingest.door import Door
from ingest.outcome import Batch
from ingest.remote import LISTED, LISTING, READING, Denied, Entry, Files, Unreadable
from ingest.remote import pull as pull_files
from ingest.source import Source
from store.sources import Told

PORTS = {"ftp": 21, "ftpes": 21, "ftps": 990}
ANSWER = 64 << 10  # bytes of one answer
LISTING_BYTES = 32 << 20
CHUNK = 64 << 10
UNIX = re.compile(r"-\S{9,10}\s+\d+(?:\s+\S+){1,3}\s+(\d+)\s+([A-Z][a-z]{2}\s+\d{1,2}\s+[\d:]{4,5}) (.+)")
WINDOWS = re.compile(r"(\d\d-\d\d-\d{2,4}\s+\d\d:\d\d(?:[AP]M)?)\s+(\d+) (.+)")


def pull(source: Source, told: Told, door: Door) -> Iterator[Batch]:
    """The new files of the folder."""
    parts = urlsplit(source.url or "")
    folder = unquote(parts.path[1:]).rstrip("/")  # RFC 1738: from where the login leads to; // is the root
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = f":{parts.port}" if parts.port else ""
    base = f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}/"

    @contextlib.contextmanager
    def opening() -> Iterator[Files]:
        with contextlib.ExitStack() as stack:
            yield _opened(parts, folder, source, door, stack)

    yield from pull_files(opening, base, source, told, door)


def _opened(
    parts: SplitResult, folder: str, source: Source, door: Door, stack: contextlib.ExitStack
) -> _Folder:
    """Logged in, and in the folder. Raises Denied, OSError, EOFError."""
    watch, host = Watch(), parts.hostname or ""
    with watch.within(LISTING), _speaking():
        connection = connect(
            host, parts.port or PORTS[parts.scheme], guard.networks(door.settings.allow_addresses)
        )
        stack.callback(connection.close)
        stack.enter_context(watch.over(connection))
        ftp = _Session(host, connection, watch, implicit=parts.scheme == "ftps")
        stack.callback(ftp.close)
        if parts.scheme == "ftpes":
            with _asked("the server has no TLS on this port", "use ftps:// or ftp://, as the publisher says"):
                ftp.auth()
        user = unquote(parts.username or "") or "anonymous"
        with _asked(f"login as {user} is refused", "look at the user in url, and at token"):
            secret = source.token or door.settings.contact
            ftp.login(_wire(user), _wire(secret), secure=False)
        if parts.scheme != "ftp":
            with _asked("the server protects no data", "use ftp://, or ask the publisher"):
                ftp.prot_p()
        if folder:
            with _asked(f"there is no folder {folder}", "mend the path of url"):
                ftp.cwd(_wire(folder))
        ftp.voidcmd("TYPE I")
    return _Folder(ftp, watch)


@contextlib.contextmanager
def _asked(why: str, do: str) -> Iterator[None]:
    """A step that a 5xx answer makes a matter for a person."""
    try:
        yield
    except ftplib.error_perm as error:
        raise Denied(f"{why} ({_line(error)})", do) from error


@contextlib.contextmanager
def _speaking() -> Iterator[None]:
    """Answers that make no sense, or say "later", break the connection."""
    try:
        yield
    except OSError:
        raise
    except (ftplib.Error, ValueError, OverflowError, IndexError) as error:
        raise ConnectionError(f"the server says {_line(error)!r}") from error


def _wire(text: str) -> str:
    """Text whose UTF-8 bytes the session sends."""
    return text.encode().decode("latin-1")


def _line(error: Exception) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in str(error)).split())[:120]


class _Session(ftplib.FTP_TLS):
    """ftplib on a connection that was judged, its answers bounded, its TLS session used again for data (many servers insist)."""

    def __init__(self, host: str, connection: socket.socket, watch: Watch, *, implicit: bool) -> None:
        super().__init__(context=ssl.create_default_context(), timeout=QUIET)
        self.encoding = (
            "latin-1"  # bytes as they are: what is said, and what files are called, is not always UTF-8
        )
        self.host, self.watch, self.af, self.room = host, watch, connection.family, ANSWER
        self._hear(self.context.wrap_socket(connection, server_hostname=host) if implicit else connection)
        self.welcome = self.getresp()

    def _hear(self, connection: socket.socket) -> None:
        self.sock = connection
        self.file = connection.makefile("r", encoding=self.encoding)

    def auth(self) -> str:
        assert self.sock is not None
        answer = self.voidcmd("AUTH TLS")
        self._hear(self.context.wrap_socket(self.sock, server_hostname=self.host))
        return answer

    def putline(self, line: str) -> None:
        self.room = ANSWER
        super().putline(line)

    def getline(self) -> str:
        line = super().getline()
        self.room -= len(line)
        if self.room < 0:
            raise ConnectionError("an answer without end")
        return line

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[socket.socket, int | None]:
        connection, size = ftplib.FTP.ntransfercmd(self, cmd, rest)
        if isinstance(self.sock, ssl.SSLSocket):
            with self.watch.over(connection):
                connection = self.context.wrap_socket(
                    connection, server_hostname=self.host, session=self.sock.session
                )
        return connection, size


class _Folder:
    """The folder of a session."""

    def __init__(self, ftp: _Session, watch: Watch) -> None:
        self.ftp, self.watch = ftp, watch
        self.facts = True  # does the server know MLSD?

    def listed(self) -> Sequence[Entry]:
        with self.watch.within(LISTING), _speaking():
            if self.facts:
                try:
                    return _entries(self._lines("MLSD"), _fact)
                except ftplib.error_perm:
                    self.facts = False
            with _asked("the folder cannot be listed", "ask the publisher"):
                return _entries(self._lines("LIST"), _listed)

    def _lines(self, command: str) -> list[str]:
        return self._bytes(command, LISTING_BYTES).decode(self.ftp.encoding).replace("\r\n", "\n").split("\n")

    def read(self, entry: Entry, cap: int) -> bytes:
        with self.watch.within(READING), _speaking():
            try:
                body = self._bytes(f"RETR {entry.wire.decode(self.ftp.encoding)}", cap)
            except (ftplib.error_perm, ftplib.error_temp) as error:
                if str(error).startswith("421"):
                    raise
                raise Unreadable(_line(error)) from error
        if entry.size is not None and len(body) != entry.size:
            raise Unreadable(f"{len(body)} bytes came of {entry.size}")
        return body

    def _bytes(self, command: str, cap: int) -> bytes:
        """What a command transfers. Raises Oversize, ftplib.Error, OSError, EOFError."""
        connection = self.ftp.transfercmd(command)
        body = bytearray()
        with connection, self.watch.over(connection):
            connection.settimeout(QUIET)
            while len(body) <= cap and (chunk := connection.recv(CHUNK)):
                body += chunk
        if len(body) > cap:
            with contextlib.suppress(ftplib.Error):
                self.ftp.voidresp()  # that we hung up
            raise guard.Oversize(f"over {cap >> 20} MB")
        self.ftp.voidresp()
        return bytes(body)


def _entries(lines: Sequence[str], read: Callable[[str], Entry | None]) -> list[Entry]:
    found = [entry for line in lines if (entry := read(line)) is not None]
    if len(found) > LISTED:
        raise guard.Oversize(f"the folder lists over {LISTED} files")
    return found


def _fact(line: str) -> Entry | None:
    """A file of MLSD; None for a folder and what else is none."""
    facts, found, name = line.partition(" ")
    told = dict(part.lower().split("=", 1) for part in facts.split(";") if "=" in part)
    if not found or told.get("type", "file") != "file":
        return None
    size = told.get("size", "")
    return Entry(
        name.encode("latin-1"),
        int(size) if size.isascii() and size.isdigit() else None,
        told.get("modify", "")[:40],
    )


def _listed(line: str) -> Entry | None:
    """A file of LIST."""
    if found := UNIX.fullmatch(line):
        size, changed, name = found.groups()
    elif found := WINDOWS.fullmatch(line):
        changed, size, name = found.groups()
    else:
        return None
    return Entry(name.encode("latin-1"), int(size), " ".join(changed.split()))
