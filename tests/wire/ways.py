"""Every way in, each before a real server or folder with stories of its own: what the proofs of killed runs visit."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.ingest import dovecot as imap_server
from tests.ingest import sshd as ssh_server
from tests.ingest.conftest import Answer, Server, serving
from tests.ingest.servers import PASSWORD, ftp_server, nitf
from tests.ingest.test_imap import mail
from tests.ingest.test_warc import written
from tests.wire.conftest import paragraphs, rss

BAD = 3  # of the files and mails, the one that holds no story


@dataclass(frozen=True)
class Place:
    """Where a source of one kind reads. entry: its lines of wires.toml, for a desk's folder: what is consumed is laid out anew."""

    entry: Callable[[Path], str]
    stories: int


def titled(n: int) -> str:
    return f"Flood of {1950 + n} remembered in ward {n}"


def page(n: int) -> bytes:
    text = "".join(f"<p>{line}</p>" for line in paragraphs(n))
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{titled(n)}</title><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="2025-06-02T10:{n % 60:02d}:00Z"></head>'
        f"<body><article><h1>{titled(n)}</h1>{text}</article></body></html>"
    ).encode()


def pages(server: Server, count: int) -> list[str]:
    """The addresses of pages that are served."""
    for n in range(count):
        server.pages[f"/news/flood-of-{1950 + n}-remembered-in-ward"] = (200, "text/html", page(n))
    return [server.base + path for path in list(server.pages)]


def files(folder: Path, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(count):
        (folder / f"{n:03d}.xml").write_bytes(nitf(n) if n != BAD else b"\x00\x01\x02\x03" * 99)


@contextmanager
def feed(_: Path, count: int) -> Iterator[Place]:
    with serving() as server:
        links = pages(server, count)
        body = rss([(f"g{n}", link, titled(n), [paragraphs(n)[0]]) for n, link in enumerate(links)])
        server.pages["/feed"] = (200, "application/rss+xml", body)
        yield Place(lambda _: f'url = "{server.base}/feed"', count)


@contextmanager
def sitemap_index(_: Path, count: int) -> Iterator[Place]:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    with serving() as server:
        links, children = pages(server, count), ""
        size = max(5, count // 12)
        for n in range(0, count, size):
            body = "".join(f"<url><loc>{link}</loc></url>" for link in links[n : n + size])
            server.pages[f"/map-{n}.xml"] = (200, "text/xml", f"<urlset {space}>{body}</urlset>".encode())
            stamp = f"2025-06-02T{n // 60:02d}:{n % 60:02d}:00Z"
            children += f"<sitemap><loc>{server.base}/map-{n}.xml</loc><lastmod>{stamp}</lastmod></sitemap>"
        index = f"<sitemapindex {space}>{children}</sitemapindex>"
        server.pages["/map.xml"] = (200, "text/xml", index.encode())
        yield Place(lambda _: f'url = "{server.base}/map.xml"', count)


@contextmanager
def list_of_links(_: Path, count: int) -> Iterator[Place]:
    with serving() as server:
        links = enumerate(pages(server, count))
        body = "".join(f'<h3><a href="{link}">{titled(n)}</a></h3>' for n, link in links)
        server.pages["/front"] = (200, "text/html", f"<html><body>{body}</body></html>".encode())
        yield Place(lambda _: f'url = "{server.base}/front"', count)


@contextmanager
def posts(_: Path, count: int) -> Iterator[Place]:
    """WordPress, from a cursor on that a first visit left: pages of results."""
    begun = datetime(2025, 6, 2, 8, tzinfo=UTC)

    def post(n: int) -> dict[str, Any]:
        stamp = (begun + timedelta(minutes=n)).strftime("%Y-%m-%dT%H:%M:%S")
        text = "".join(f"<p>{line}</p>" for line in paragraphs(n))
        return {
            "id": n, "guid": {"rendered": f"https://ward.example/?p={n}"}, "link": f"https://ward.example/p{n}",
            "date_gmt": stamp, "modified_gmt": stamp, "title": {"rendered": titled(n)},
            "content": {"rendered": text}, "status": "publish",
        }  # fmt: skip

    def answer(path: str, headers: dict[str, str]) -> Answer | None:
        asked = urlsplit(path)
        if not asked.path.endswith("/posts"):
            return None
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        size, number = int(query["per_page"]), int(query["page"])
        if "modified_after" not in query:
            found = [post(0)]
        else:
            after = datetime.fromisoformat(query["modified_after"])
            found = [post(n) for n in range(count) if begun + timedelta(minutes=n) > after]
            found = found[(number - 1) * size : number * size]
        return 200, "application/json", json.dumps(found).encode()

    with serving() as server:
        server.answer = answer
        yield Place(lambda _: f'url = "{server.base}"\npages = false', count)


@contextmanager
def api(_: Path, count: int) -> Iterator[Place]:
    """An agency's API: some items an answer, from a number on."""
    size = max(5, count // 10)

    def item(n: int) -> dict[str, Any]:
        text = "".join(f"<p>{line}</p>" for line in paragraphs(n))
        return {
            "uri": f"urn:api:{n}", "type": "text", "pubstatus": "usable", "headline": titled(n), "language": "en",
            "versioncreated": f"2025-06-02T10:{n % 60:02d}:00Z", "body_html": text,
        }  # fmt: skip

    def answer(path: str, headers: dict[str, str]) -> Answer | None:
        asked = urlsplit(path)
        if asked.path != "/items":
            return None
        if headers.get("Authorization") != f"Bearer {PASSWORD}":
            return 401, "application/json", b"{}"
        after = int(parse_qs(asked.query).get("since", ["0"])[0])
        found = [item(n) for n in range(after, min(after + size, count))]
        told = {"items": found, "meta": {"next": after + len(found)}}
        return 200, "application/json", json.dumps(told).encode()

    with serving() as server:
        server.answer = answer
        options = '{ cursor = "json:meta.next", cursor_query = "since" }'
        yield Place(lambda _: f'url = "{server.base}/items"\n{TOKEN}\noptions = {options}', count)


@contextmanager
def folder(_: Path, count: int) -> Iterator[Place]:
    def entry(here: Path) -> str:
        files(here / "drop", count)
        return f'path = "{here / "drop"}"\noptions = {{ settled = 0 }}'

    yield Place(entry, count - 1)


@contextmanager
def ftp(home: Path, count: int) -> Iterator[Place]:
    files(home / "out", count)
    with ftp_server(home) as server:
        yield Place(
            lambda _: f'url = "{server.url("/out")}"\n{TOKEN}\noptions = {{ settled = 0.05 }}', count - 1
        )


@contextmanager
def sftp(home: Path, count: int) -> Iterator[Place]:
    files(home / "files/out", count)
    with ssh_server.sshd(home / "ssh", home / "files") as server:
        (home / "key").write_text(server.key)
        known = f'key_file = "{home / "key"}", host_key = "{server.fingerprint}"'
        yield Place(
            lambda _: f'url = "{server.url("/out")}"\noptions = {{ settled = 0.05, {known} }}', count - 1
        )


@contextmanager
def imap(_: Path, count: int) -> Iterator[Place]:
    """A mailbox for each desk, out of which mails are moved once they are stored."""
    empty = b"From: a@quay.example\nTo: wires@paper.example\n\n\n"
    mails = [mail(n) if n != BAD else empty for n in range(count)]
    with imap_server.dovecot() as server:
        os.environ["SSL_CERT_FILE"] = str(server.file)

        def entry(here: Path) -> str:
            with server.reader() as box:
                box.create(here.name)
                box.create(f"{here.name}-done")
            server.deliver(*mails, to=here.name)
            return f'url = "{server.url(here.name)}"\n{TOKEN}\noptions = {{ move_to = "{here.name}-done" }}'

        yield Place(entry, count - 1)


@contextmanager
def warc(home: Path, count: int) -> Iterator[Place]:
    (home / "cc").mkdir(parents=True)
    parts = [written(f"https://ward.example/{n}", page(n)) for n in range(count)]
    for name, some in (("a", parts[: count // 2]), ("b", parts[count // 2 :])):
        (home / f"cc/{name}.warc.gz").write_bytes(b"".join(some) + some[0][:-20])
    yield Place(lambda _: f'path = "{home / "cc"}"', count)


TOKEN = 'token = "${SECRET}"'
KINDS: dict[str, Any] = {
    "feed": feed, "sitemap": sitemap_index, "wordpress": posts, "listing": list_of_links, "http": api, "folder": folder,
    "ftp": ftp, "sftp": sftp, "imap": imap, "warc": warc,
}  # fmt: skip
NEEDED = {"sftp": ssh_server.needed, "imap": imap_server.needed}
EACH = [pytest.param(kind, marks=NEEDED.get(kind, ())) for kind in KINDS]
