"""A small site on loopback, written by the tests, and `wire` run against it as a process of its own."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = (
    "The river rose by {n} centimetres overnight near the old bridge at {place}.",
    "Officials of the district said that {n} families had been moved to schools.",
    "A spokesman for the water board called the level of {place} unusual for June.",
    "Shops along the market road stayed shut while volunteers filled {n} sandbags.",
    "The weather office expects the rain over {place} to weaken within two days.",
    "Schools in {place} and {n} villages around it will open again on Monday.",
)
PLACES = (
    "Almora",
    "Bidar",
    "Chamba",
    "Dausa",
    "Etawah",
    "Faridkot",
    "Godda",
    "Hassan",
    "Jalna",
    "Karwar",
    "Latur",
    "Mandla",
)


def paragraphs(number: int, *, edition: int = 0) -> list[str]:
    """The text of story `number`: its own words in every paragraph, so that no two are alike."""
    place = PLACES[number % len(PLACES)]
    found = [
        line.format(n=100 + number * 7 + index, place=f"{place} {number}")
        for index, line in enumerate(SENTENCES)
    ]
    return found + [f"Edition {edition}: the minister visited {place} {number} with {edition} aides."] * (
        edition > 0
    )


def rss(items: list[tuple[str, str, str, list[str]]]) -> bytes:
    """An RSS feed of (guid, link, title, paragraphs)."""
    entries = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><link>{link}</link><title>{escape(title)}</title>"
        f"<pubDate>Mon, 02 Jun 2025 10:{index % 60:02d}:00 GMT</pubDate>"
        f"<content:encoded>{escape(''.join(f'<p>{escape(p)}</p>' for p in text))}</content:encoded></item>"
        for index, (guid, link, title, text) in enumerate(items)
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        f"<channel><title>Wires</title><link>http://agency.example/</link><description>w</description>{entries}</channel></rss>"
    ).encode()


@dataclass
class Site:
    """Path → body; answers with an ETag, and 304 where it is sent back."""

    address: str = ""
    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, bool]] = field(default_factory=list)  # (path, was it conditional)

    def feed(self, path: str, numbers: range, *, edition: int = 0, guid: str = "") -> None:
        """Serve a feed of generated stories at a path."""
        items = [
            (
                f"{guid or path}-{n}",
                f"http://{self.address}{path}/{n}.html",
                f"Flood at {PLACES[n % 12]} leaves {n} roads cut",
                paragraphs(n, edition=edition),
            )
            for n in numbers
        ]
        self.pages[path] = rss(items)


@pytest.fixture
def site() -> Iterator[Site]:
    """The site, served until the test ends."""
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = made.pages.get(self.path)
            sent = self.headers.get("If-None-Match")
            made.asked.append((self.path, sent is not None))
            etag = f'"{hashlib.md5(body or b"").hexdigest()}"'
            if body is None:
                self.send_response(404)
                body = b"no such page"
            elif sent == etag:
                self.send_response(304)
                self.send_header("ETag", etag)
                self.end_headers()
                return
            else:
                self.send_response(200)
                self.send_header("ETag", etag)
                self.send_header(
                    "Content-Type", "application/rss+xml" if b"<rss" in body[:200] else "text/html"
                )
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.address = f"127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


@dataclass
class Desk:
    """A folder with a wires.toml, in which `wire` runs."""

    folder: Path

    def configure(self, site: Site, **feeds: str) -> None:
        """One source for each name=path."""
        text = '[fetch]\ncontact = "desk@example.org"\ngap = 0\nallow_addresses = ["127.0.0.0/8"]\n'
        for name, path in feeds.items():
            agency = 'agency = "IANS"\n' if name == "agency" else ""
            text += (
                f'[[source]]\nname = "{name}"\nkind = "feed"\nurl = "http://{site.address}{path}"\n{agency}'
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "wires.toml").write_text(text)

    @property
    def store(self) -> Path:
        return self.folder / "var/wire.db"

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Begin a `wire` command as a process of its own."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "WIRE_CONFIG": str(self.folder / "wires.toml")}
        command = [sys.executable, "-m", "wire", *words]
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def wire(self, *words: str, status: int | None = 0) -> str:
        """Run a `wire` command; gives its standard output."""
        process = self.start(*words)
        out, err = process.communicate(timeout=100)
        assert "Traceback" not in err, err
        assert status is None or process.returncode == status, (process.returncode, out, err)
        return out


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk in a folder of its own."""
    return Desk(tmp_path / "desk")
