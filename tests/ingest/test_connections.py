"""Connections that are kept: used again, never mixed up, and no fault of anybody where the server closes them."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator

import pytest

from ingest.outcome import Fetched, Outcome
from ingest.polite import Polite
from ingest.source import FetchSettings
from tests.ingest.rude import answer
from tests.ingest.servers import speaking


class Keeping:
    """A server that answers each request with its path, and keeps its connections as long as it likes."""

    def __init__(self, *, likes: float = 1.0) -> None:
        self.likes, self.chance, self.lock = likes, random.Random(7), threading.Lock()
        self.connections = 0
        self.paths: list[str] = []

    def __call__(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        waiting = b""
        with self.lock:
            self.connections += 1
        while True:
            while b"\r\n\r\n" not in waiting:
                got = connection.recv(65536)
                if not got:
                    return
                waiting += got
            head, _, waiting = waiting.partition(b"\r\n\r\n")
            path = head.split(b" ")[1]
            with self.lock:
                stays = self.chance.random() < self.likes
                if stays or self.paths.count(path.decode()) or self.chance.random() < 0.5:
                    self.paths.append(path.decode())
                else:
                    return  # hangs up on a request that it has read
            if path.startswith(b"/same"):
                connection.sendall(b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n')
            elif path.startswith(b"/chunks"):
                body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (path, b"!" * 5000))
                connection.sendall(
                    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body + b"0\r\n\r\n"
                )
            else:
                connection.sendall(answer(path + b"!" * 5000, Connection=""))
            if not stays:
                return  # without a word of it before


@pytest.fixture
def polite() -> Iterator[Polite]:
    settings = FetchSettings(contact="desk@example.org", gap=0.0, allow_addresses=("127.0.0.0/8",))
    with Polite(settings, total=5.0, pause=0.01) as made:
        yield made


def test_one_connection_serves_a_host(polite: Polite) -> None:
    server = Keeping()
    with speaking(server) as port:
        for number in range(20):
            kind = ("same", "chunks", "plain")[number % 3]
            outcome = polite.fetch(f"http://127.0.0.1:{port}/{kind}-{number}", validators=None)
            if kind == "same":  # asked twice, since nobody had asked for a 304
                continue
            assert isinstance(outcome, Fetched) and outcome.body.startswith(f"/{kind}-{number}!".encode())
    assert server.connections == 1


def test_connections_closed_at_any_time_cost_no_answer_and_mix_up_none(polite: Polite) -> None:
    server, found = Keeping(likes=0.7), dict[str, Outcome]()
    with speaking(server) as port:

        def host(number: int) -> None:
            for count in range(30):
                path = f"/{('chunks', 'plain')[count % 2]}-{number}-{count}"
                found[path] = polite.fetch(f"http://127.0.0.1:{port}{path}")

        threads = [threading.Thread(target=host, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(found) == 180
    wrong = {
        path: got
        for path, got in found.items()
        if not (isinstance(got, Fetched) and got.body.startswith(path.encode() + b"!"))
    }
    assert not wrong
    assert server.connections < 150
