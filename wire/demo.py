"""The sample wires: a small site of invented papers on a loopback web server, and the configuration that reads it."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

SITE = Path(__file__).parent.parent / "fixtures" / "site"
PORT = 8753  # the same at every call, so that addresses stay what they were; another where it is taken
TYPES = {
    ".xml": "application/rss+xml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
SETTLED = 1_748_800_000  # seconds since 1970: a moment long past
CONFIG = """\
# The sample wires of `make run`. Write your own with `wire init --force`.

[store]
path = "{var}/wire.db"

[fetch]
contact = "desk@example.org"
gap = 0                                # the sample server is our own
allow_addresses = ["127.0.0.0/8"]      # it stands on this machine

[[source]]
name = "ians-sample"
agency = "IANS"
kind = "feed"
url = "{base}/agency/feed.xml"
timezone = "Asia/Kolkata"
country = "IN"
every = "10m"

[[source]]
name = "coastal-herald"
kind = "feed"
url = "{base}/herald/feed.xml"
timezone = "Asia/Kolkata"
country = "IN"
every = "15m"

[[source]]
name = "hill-gazette"
kind = "feed"
url = "{base}/gazette/feed.xml"
timezone = "Asia/Kolkata"
country = "IN"
every = "15m"

[[source]]
name = "drop"
kind = "folder"
path = "{var}/drop"
timezone = "Asia/Kolkata"
country = "IN"
every = "5m"
"""


def file_of(path: str) -> Path | None:
    """The fixture that an address names; None where there is none, or where it leaves the site."""
    wanted = (SITE / urlsplit(path).path.strip("/")).resolve()
    for found in (wanted, wanted.with_suffix(".html")):
        if found.is_file() and found.is_relative_to(SITE.resolve()):
            return found
    return None


class Handler(BaseHTTPRequestHandler):
    """Files of the site with validators; `{{base}}` in them stands for the server's own address."""

    def do_GET(self) -> None:
        """Answer one request."""
        found = file_of(self.path)
        if found is None:
            self.send_error(404)
            return
        body = found.read_bytes().replace(b"{{base}}", f"http://{self.headers.get('Host')}".encode())
        tag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", TYPES.get(found.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the run's own lines tell what was asked."""


@contextmanager
def serving(port: int = PORT) -> Iterator[str]:
    """The sample site on loopback while the block runs; gives its address."""
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    except OSError:
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def prepare(file: Path, base: str, var: Path) -> None:
    """Write the configuration where there is none, or where it is the sample's own, and lay the sample files into the drop folder once."""
    text = CONFIG.format(base=base, var=var.as_posix())
    first = CONFIG.split("\n", 1)[0]
    if not file.exists() or file.read_text(encoding="utf-8").startswith(first):
        file.write_text(text, encoding="utf-8")
    drop = var / "drop"
    for sample in sorted((SITE / "drop").iterdir()):
        if not any((drop / aside / sample.name).exists() for aside in (".", "done", "failed")):
            drop.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(sample, drop / sample.name)
            os.utime(drop / sample.name, (SETTLED, SETTLED))  # long whole, so that it is taken at once
