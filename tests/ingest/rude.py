"""A server that misbehaves: a socket server that does to each connection what its script says."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.outcome import Failed, Outcome
from store.sources import Validators

Script = Callable[[socket.socket, bytes, int], None]  # (connection, request's head, how many came before)
FEED = b"<rss version='2.0'><channel><title>t</title></channel></rss>"
BOTH = Validators(etag='W/"a-gzip', last_modified="Mon, 02 Jun 2025 99:99:99 GMT")


class Rude:
    """The server. It hears at every 127.x.y.z; `at` has a script for one of those, `script` is for the rest."""

    def __init__(self) -> None:
        self.script: Script = lambda connection, head, number: None
        self.at: dict[str, Script] = {}
        self.heads: list[bytes] = []
        self.times: list[float] = []  # monotonic, of each request
        self.of: dict[str, list[bytes]] = {}  # address → heads of the requests to it
        self.listener = socket.create_server(("0.0.0.0", 0), backlog=256)
        self.port = self.listener.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.ended = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(10)
            head = b""
            try:
                while b"\r\n\r\n" not in head:
                    got = connection.recv(65536)
                    if not got:
                        return
                    head += got
                here = connection.getsockname()[0]
                heads = self.of.setdefault(here, [])
                self.heads.append(head)
                heads.append(head)
                self.times.append(time.monotonic())
                self.at.get(here, self.script)(connection, head, len(heads) - 1)
            except OSError:
                return

    def close(self) -> None:
        """End it, and every script that waits."""
        self.ended.set()
        self.listener.close()


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """An HTTP answer; a header that is given as "" is left out."""
    fields = {
        "Content-Length": str(len(body)),
        "Connection": "close",
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def says(*answers: bytes) -> Script:
    """Answer in turn; the last one for ever."""
    return lambda connection, head, number: connection.sendall(answers[min(number, len(answers) - 1)])


def drip(first: bytes, piece: bytes) -> Script:
    """A piece every 50 ms after what comes first, for ten seconds."""

    def script(connection: socket.socket, head: bytes, number: int) -> None:
        connection.sendall(first)
        for _ in range(200):
            connection.sendall(piece)
            time.sleep(0.05)

    return script


def endless(connection: socket.socket, head: bytes, number: int) -> None:
    """A body without end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    while True:
        connection.sendall(b"<item>" * 10000)


def failed(outcome: Outcome, kind: str) -> Failed:
    """The outcome, which must be a failure of this kind."""
    assert isinstance(outcome, Failed), outcome
    assert outcome.kind == kind, outcome
    return outcome


@contextmanager
def growth() -> Iterator[list[int]]:
    """How many bytes the memory of this process grew at its highest within the block: one number, set at its end."""
    status, clear = Path("/proc/self/status"), Path("/proc/self/clear_refs")
    if not clear.exists():
        pytest.skip("no /proc here to measure the highest memory with")

    def highest() -> int:
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) << 10

    clear.write_text("5")  # the highest is counted anew
    before, found = highest(), list[int]()
    yield found
    found.append(highest() - before)
