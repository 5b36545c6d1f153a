"""A lean web server for the benches, in a process of its own: generated feeds and article pages on every 127.x.y.z."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import md5
from html import escape
from multiprocessing.connection import Connection
from urllib.parse import parse_qsl, urlsplit

from scripts.bench.road import story, word

CARDS = 75  # related stories of a page
MENU = ["home", "news", "city", "india", "world", "sport", "films", "opinion", "science", "photos"] * 2
STYLE = ".card .body h4 a{color:#123456;margin:0 auto}" * 400
SCRIPT = "window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)};" * 350
BREADTH = 250  # hosts of 127.x.y.0


def host(number: int) -> str:
    """An address of this machine for each number."""
    return f"127.{1 + number // BREADTH**2}.{number // BREADTH % BREADTH}.{number % BREADTH + 1}"


def page(number: int) -> bytes:
    """An article page as large and as full as the middling one of real papers: 110 kB, 700 elements, 110 links."""
    headline, html = story(number)
    chance = random.Random(-number - 1)
    cards = "".join(_card(chance) for _ in range(CARDS))
    menu = "".join(f'<li class="menu-item"><a href="/{name}/">{name}</a></li>' for name in MENU)
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "datePublished": _time(number),
    }
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(headline)} | Daily</title>'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{escape(headline)}">'
        f'<meta property="article:published_time" content="{_time(number)}"><style>{STYLE}</style>'
        f'<script type="application/ld+json">{json.dumps(told)}</script><script>{SCRIPT}</script></head><body>'
        f'<header><div class="bar"><nav><ul>{menu}</ul></nav></div></header><div id="wrap"><div class="row"><main>'
        f'<article class="post"><div class="head"><h1>{escape(headline)}</h1><p class="byline">By Our Bureau</p>'
        f'<div class="share"><a href="#">Share</a><a href="#">Mail</a></div></div><div class="text">{html}</div></article></main>'
        f'<aside><h3>Related</h3><div class="cards">{cards}</div></aside></div></div><footer><ul>{menu}</ul>'
        f"<p>Copyright Daily. All rights reserved.</p></footer><script>{SCRIPT}</script></body></html>"
    ).encode()


def _card(chance: random.Random) -> str:
    number = chance.randrange(10**6)
    return (
        f'<div class="card"><a class="thumb" href="/s/{number}"><img src="/i/{number}.jpg" alt=""></a><div class="body">'
        f'<h4><a href="/s/{number}">{" ".join(word(chance) for _ in range(7))}</a></h4><span class="time">{number % 24} h</span>'
        f"</div></div>"
    )


def _time(number: int) -> str:
    return f"2025-06-02T10:{number % 60:02d}:00+05:30"


def feed(base: str, first: int, count: int, *, whole: bool) -> bytes:
    """A feed of `count` stories from number `first`: whole, or teasers of the pages at base/number."""
    items = []
    for number in range(first, first + count):
        headline, html = story(number)
        text = (
            f"<content:encoded>{escape(html)}</content:encoded>"
            if whole
            else f"<description>{html.partition('</p>')[0][3:103]} …</description>"
        )
        items.append(
            f"<item><guid>id-{number}</guid><link>{base}/{number}</link><title>{headline}</title>{text}"
            f"<pubDate>Mon, 02 Jun 2025 10:{number % 60:02d}:00 GMT</pubDate></item>"
        )
    return (
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
        f"<title>Wires</title><link>{base}/</link>{''.join(items)}</channel></rss>"
    ).encode()


@lru_cache(4096)
def body(target: str, address: str) -> bytes | None:
    """What stands at /feed?first=&count=&whole= and at /NUMBER; None: nothing."""
    parts = urlsplit(target)
    if parts.path == "/feed":
        asked = {name: int(value) for name, value in parse_qsl(parts.query)}
        return feed(f"http://{address}", asked["first"], asked["count"], whole=bool(asked["whole"]))
    return page(int(parts.path[1:])) if parts.path[1:].isdigit() else None


class _Answering(asyncio.Protocol):
    """HTTP/1.1 with kept connections; 304 where an ETag comes back."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.waiting = b""

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while b"\r\n\r\n" in self.waiting:
            head, _, self.waiting = self.waiting.partition(b"\r\n\r\n")
            self.transport.write(_answer(head.decode("latin-1")))


def _answer(head: str) -> bytes:
    first, *rest = head.split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    found = body(first.split(" ")[1], headers["host"])
    if found is None:
        return b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"
    tag = f'"{md5(found).hexdigest()}"'
    if headers.get("if-none-match") == tag:
        return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
    kind = "application/rss+xml" if found.startswith(b"<?xml") else "text/html; charset=utf-8"
    return (
        f"HTTP/1.1 200 OK\r\nETag: {tag}\r\nContent-Type: {kind}\r\nContent-Length: {len(found)}\r\n\r\n".encode()
        + found
    )


def _serve(pipe: Connection) -> None:
    async def forever() -> None:
        server = await asyncio.get_running_loop().create_server(_Answering, "0.0.0.0", 0, backlog=1024)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())


@contextmanager
def serving() -> Iterator[Callable[[int], str]]:
    """The server, until the block ends; gives the base address of each host by its number."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    port = here.recv()
    yield lambda number: f"http://{host(number)}:{port}"
    process.kill()
    process.join()
