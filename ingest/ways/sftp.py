"""Files of an SFTP server: each new one is read once, by `ingest/remote.py`.

    [[source]]
    name = "agency-sftp"
    kind = "sftp"
    url = "sftp://desk@sftp.agency.example/out/english"   # from where the login leads to; // is the root
    token = "${AGENCY_PASSWORD}"                           # the password; beside a key: what unlocks that
    [source.options]
    key = "${AGENCY_KEY}"                                  # the private key itself, or key_file = "…"
    host_key = "SHA256:…"                                  # the server's, as the publisher tells it; else known_hosts = "…"
    pattern = "*.xml"                                      # which names; * ? [abc]
    settled = 2                                            # seconds without change after which a file is whole

A server whose key is not known is never told a password: without either option the user's own ~/.ssh/known_hosts decides.
asyncssh does the talking (names as bytes, known_hosts whole, time limits on every step, packets bounded); one loop a
connection, run by the thread of the visit. Nothing is compressed, no agent and no ~/.ssh/config are asked.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import stat
from collections.abc import Coroutine, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

import asyncssh

from ingest import guard
from ingest.dial import CONNECT, connect
from ingest.door import Door
from ingest.outcome import Batch
from ingest.remote import LISTED, LISTING, READING, Denied, Entry, Files, Unreadable
from ingest.remote import pull as pull_files
from ingest.source import Source
from store.sources import Told

PORT = 22
OWN_KNOWN_HOSTS = "~/.ssh/known_hosts"
T = TypeVar("T")


def pull(source: Source, told: Told, door: Door) -> Iterator[Batch]:
    """The new files of the folder."""
    parts = urlsplit(source.url or "")
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    base = f"sftp://{host}{f':{parts.port}' if parts.port else ''}{parts.path.rstrip('/')}/"

    @contextlib.contextmanager
    def opening() -> Iterator[Files]:
        with asyncio.Runner() as runner:
            folder = _Folder(runner, unquote(parts.path[1:]).rstrip("/"))
            try:
                folder.open(parts, source, door)
                yield folder
            finally:
                folder.close()

    yield from pull_files(opening, base, source, told, door)


class _Client(asyncssh.SSHClient):
    """Knows the server by the fingerprint that is configured; remembers the one that it showed."""

    def __init__(self, expected: str | None) -> None:
        self.expected, self.shown = expected, ""

    def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:  # noqa: ARG002
        """Asked where known_hosts does not know the key."""
        self.shown = key.get_fingerprint("sha256")
        return self.expected is not None and hmac.compare_digest(self.expected, self.shown)


class _Folder:
    """The folder of one connection, each step run to its end within its time."""

    def __init__(self, runner: asyncio.Runner, folder: str) -> None:
        self.runner, self.folder = runner, folder.encode()
        self.connection: asyncssh.SSHClientConnection | None = None
        self.sftp: asyncssh.SFTPClient | None = None

    def _within(self, seconds: float, step: Coroutine[Any, Any, T]) -> T:
        """Run a step. Raises TimeoutError, ConnectionError, and what the step itself tells."""

        async def timed() -> T:
            async with asyncio.timeout(seconds):
                return await step

        try:
            return self.runner.run(timed())
        except TimeoutError as error:
            raise TimeoutError(f"took over {seconds:.0f} s") from error
        except (asyncssh.Error, asyncssh.SFTPError, ValueError, OverflowError) as error:
            raise ConnectionError(f"the server says {_line(error)!r}") from error

    def open(self, parts: SplitResult, source: Source, door: Door) -> None:
        """Log in. Raises Denied, OSError."""
        self._within(LISTING, self._login(parts, source, door))

    async def _login(self, parts: SplitResult, source: Source, door: Door) -> None:
        host, port, user = parts.hostname or "", parts.port or PORT, unquote(parts.username or "")
        expected, known = source.options.get("host_key"), _known_hosts(source)
        key = _private(source)
        client = _Client(expected)
        opened = connect(host, port, guard.networks(door.settings.allow_addresses))
        opened.setblocking(False)
        try:
            self.connection = await asyncssh.connect(
                host, port, sock=opened, username=user, password=None if key else source.token,
                client_keys=[key] if key else None, known_hosts=known, client_factory=lambda: client,
                config=None, agent_path=None, compression_algs=None, connect_timeout=CONNECT, login_timeout=LISTING,
            )  # fmt: skip
        except asyncssh.HostKeyNotVerifiable as error:
            shown = f", which shows {client.shown}" if client.shown else ""
            do = f'if the publisher says so too, write host_key = "{client.shown}" into options'
            raise Denied(f"the key of {host}{shown} is not the one that is known", do) from error
        except asyncssh.PermissionDenied as error:
            opened.close()
            do = "look at the user in url, and at token or key"
            raise Denied(f"login as {user or 'nobody'} is refused", do) from error
        except BaseException:
            opened.close()
            raise
        self.sftp = await self.connection.start_sftp_client(path_encoding=None)

    def listed(self) -> Sequence[Entry]:
        return self._within(LISTING, self._list())

    async def _list(self) -> list[Entry]:
        assert self.sftp is not None
        found: list[Entry] = []
        try:
            async for one in self.sftp.scandir(self.folder or b"."):
                facts, name = one.attrs, one.filename
                if facts.permissions is not None and not stat.S_ISREG(facts.permissions):
                    continue
                wire = name if isinstance(name, bytes) else name.encode()
                found.append(Entry(wire, facts.size, str(facts.mtime)))
                if len(found) > LISTED:
                    raise guard.Oversize(f"the folder lists over {LISTED} files")
        except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNotADirectory) as error:
            raise Denied(f"there is no folder {self.folder.decode()}", "mend the path of url") from error
        except asyncssh.SFTPPermissionDenied as error:
            raise Denied(f"the folder cannot be listed ({_line(error)})", "ask the publisher") from error
        return found

    def read(self, entry: Entry, cap: int) -> bytes:
        body = self._within(READING, self._read(entry, cap))
        if len(body) > cap:
            raise guard.Oversize(f"over {cap >> 20} MB")
        if entry.size is not None and len(body) != entry.size:
            raise Unreadable(f"{len(body)} bytes came of {entry.size}")
        return body

    async def _read(self, entry: Entry, cap: int) -> bytes:
        assert self.sftp is not None
        path = self.folder + b"/" + entry.wire if self.folder else entry.wire
        try:
            async with self.sftp.open(path, "rb") as file:
                # One byte more than is due tells that the file grew, or that it is too large.
                body = await file.read((cap if entry.size is None else min(cap, entry.size)) + 1)
                return body if isinstance(body, bytes) else body.encode()
        except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection):
            raise
        except asyncssh.SFTPError as error:
            raise Unreadable(_line(error)) from error

    def close(self) -> None:
        """Hang up."""
        if self.connection is not None:
            self.connection.abort()
            self.runner.run(asyncio.sleep(0))  # the loop's turn to close the socket


def _known_hosts(source: Source) -> Any:
    """What asyncssh takes as known hosts: a file, or none of them where a fingerprint decides."""
    if source.options.get("host_key"):
        return ([], [], [])
    file = Path(source.options.get("known_hosts") or OWN_KNOWN_HOSTS).expanduser()
    try:
        return asyncssh.read_known_hosts(str(file))
    except FileNotFoundError:
        return ([], [], [])
    except (OSError, ValueError) as error:
        raise Denied(f"{file}: {error}", "make it a file as ssh-keyscan writes it") from error


def _private(source: Source) -> asyncssh.SSHKey | None:
    """The private key of the options; the token unlocks it. Raises Denied."""
    key, file = source.options.get("key"), source.options.get("key_file")
    try:
        if key:
            return asyncssh.import_private_key(key if key.endswith("\n") else key + "\n", source.token)
        return asyncssh.read_private_key(file, source.token) if file else None
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
        raise Denied(
            "the private key cannot be read", "look at key, and at token where it is locked"
        ) from error
    except OSError as error:
        raise Denied(f"{file}: {error.strerror or error}", "mend key_file, or the file's rights") from error


def _line(error: Exception) -> str:
    said = getattr(error, "reason", None) or str(error)
    return " ".join("".join(c if c.isprintable() else " " for c in said).split())[:120]
