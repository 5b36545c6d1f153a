"""A small web server of the tests' own, and one visit of a source against it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ingest.plan import Plan, Report
from ingest.polite import Polite
from ingest.run import Run
from ingest.source import FetchSettings, Source
from tests.ingest.rude import Rude
from wire import locks

PAGE = """<!DOCTYPE html><html lang="en"><head><title>{t}</title><meta property="og:type" content="article"><meta property="og:title" content="{t}">
<meta property="article:published_time" content="2025-06-02T10:00:00Z"></head><body><article><h1>{t}</h1>
<p>Pune, June 2: The council of ward {n} said on Monday that work on the canal would begin as soon as the rains are over.</p>
<p>It will take {n} months and cost as much as the last three roads together, according to the engineer in charge of the works.</p></article></body></html>"""


Answer = tuple[int, str, bytes]


class Server:
    """Path → (status, type, body); `answer` may say otherwise for a path and its headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.answer: Callable[[str, dict[str, str]], Answer | None] = lambda path, headers: None
        self.base = ""
        self.more: dict[str, str] = {}  # headers of every answer
        self.moves: dict[str, str] = {}  # path → where its redirect leads


@contextmanager
def serving() -> Iterator[Server]:
    """The server, until the block ends."""
    made = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            made.headers.append(dict(self.headers))
            status, kind, body = (
                made.answer(self.path, made.headers[-1])
                or made.pages.get(self.path)
                or made.pages.get(self.path.split("?")[0])
                or (404, "text/plain", b"no")
            )
            self.send_response(status)
            for name, value in made.more.items():
                self.send_header(name, value)
            if self.path in made.moves:
                self.send_header("Location", made.moves[self.path])
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.base = f"http://127.0.0.1:{running.server_address[1]}"
    threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    running.shutdown()
    running.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as made:
        yield made


HERE = FetchSettings(contact="desk@example.org", gap=0, allow_addresses=("127.0.0.0/8",))


@pytest.fixture
def rude() -> Iterator[Rude]:
    made = Rude()
    yield made
    made.close()


@pytest.fixture
def polite() -> Iterator[Polite]:
    with Polite(HERE, total=3.0, pause=0.01) as made:
        yield made


def passed(
    folder: Path, *sources: Source, settings: FetchSettings = HERE, everything: bool = False,
    budget: timedelta | None = None, total: float = 60.0, now: Callable[[], datetime] = lambda: datetime.now(UTC),
    stop: threading.Event | None = None,
) -> Report:  # fmt: skip
    """A run over the sources that are due, or over everything."""
    plan = Plan(
        store=folder / "wire.db", archive=folder / "archive", sources=sources, settings=settings, everything=everything,
        budget=budget, run="test",
    )  # fmt: skip
    with Polite(settings, store=plan.store, total=total, pause=0.01, stop=stop) as http:
        lock = partial(locks.held, folder / "locks")
        return Run(plan, lock=lock, fetch=http.fetch, hosts=http.hosts, now=now, stop=stop).go()


def visit(folder: Path, source: Source, settings: FetchSettings = HERE) -> Any:
    """A visit of one source now, due or not."""
    (line,) = passed(folder, source, settings=settings, everything=True).lines
    return line
