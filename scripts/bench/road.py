"""The whole road, measured: generated stories from a loopback server through `wire run` into a store.

    python scripts/bench/road.py [--stories 20000] [--sources 100]

Prints stories a second, CPU a story by stage, peak memory and bytes on disk a story; then a second pass, all 304:
sources a second. The server runs in a process of its own, whose CPU is not counted.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import multiprocessing
import pstats
import random
import resource
import sys
import tempfile
import time
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ingest.plan import Plan, Report
from ingest.polite import Polite
from ingest.run import Run
from ingest.source import FetchSettings, Source
from wire import locks

SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "xi",
    "yo",
    "zu",
    "bra",
    "cle",
    "dri",
    "flo",
    "gru",
]
PARAGRAPHS, SENTENCES, WORDS = 8, 3, 14  # of a story: 336 words, a middling agency story


def word(chance: random.Random) -> str:
    """A made word; their frequencies fall off as those of a language do."""
    number = int(20000 ** chance.random())
    return "".join(SYLLABLES[number // 25**i % 25] for i in range(1 + (number > 25) + (number > 625)))


def story(number: int) -> tuple[str, str]:
    """(headline, HTML) of a generated story; the same for the same number."""
    chance = random.Random(number)

    def sentence() -> str:
        return " ".join(word(chance) for _ in range(WORDS)).capitalize() + f" {chance.randrange(1000)}."

    text = [" ".join(sentence() for _ in range(SENTENCES)) for _ in range(PARAGRAPHS)]
    text[0] = f"New Delhi, June 2 (IANS) {text[0]}"
    return " ".join(word(chance) for _ in range(8)).capitalize(), "".join(f"<p>{escape(p)}</p>" for p in text)


def feed(source: int, count: int) -> bytes:
    """The RSS feed of one source."""
    items = []
    for number in range(source * count, (source + 1) * count):
        headline, html = story(number)
        items.append(
            f"<item><guid>id-{number}</guid><link>http://s{source}.example/{number}</link><title>{headline}</title>"
            f"<pubDate>Mon, 02 Jun 2025 {number // 60 % 24:02d}:{number % 60:02d}:00 GMT</pubDate>"
            f"<content:encoded>{escape(html)}</content:encoded></item>"
        )
    return (
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
        f"<title>s{source}</title><link>http://s{source}.example/</link>{''.join(items)}</channel></rss>"
    ).encode()


def serve(pipe: Connection, sources: int, count: int) -> None:
    """The server's process: sends its port, serves until killed."""
    bodies = {f"/{n}": feed(n, count) for n in range(sources)}
    tags = {path: f'"{hashlib.md5(body).hexdigest()}"' for path, body in bodies.items()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body, tag = bodies[self.path], tags[self.path]
            same = self.headers.get("If-None-Match") == tag
            self.send_response(304 if same else 200)
            self.send_header("ETag", tag)
            if not same:
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if not same:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("0.0.0.0", 0), Handler)  # every 127.x.y.z: a host name a source
    pipe.send(server.server_address[1])
    server.serve_forever()


def pass_over(folder: Path, sources: list[Source]) -> Report:
    """One run over all sources."""
    settings = FetchSettings(contact="bench@example.org", gap=0.0, allow_addresses=("127.0.0.0/8",))
    store = folder / "wire.db"
    plan = Plan(
        store=store,
        archive=folder / "archive",
        sources=sources,
        settings=settings,
        everything=True,
        run="bench",
    )
    with Polite(settings, store=store) as http:
        return Run(plan, lock=partial(locks.held, folder / "locks"), fetch=http.fetch, hosts=http.hosts).go()


def main() -> None:
    """Run both passes and print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--stories", type=int, default=20_000)
    asked.add_argument("--sources", type=int, default=100)
    asked.add_argument("--profile", action="store_true", help="where the writer's time goes (slower)")
    options = asked.parse_args()
    count = options.stories // options.sources
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there, options.sources, count), daemon=True)
    server.start()
    port = here.recv()
    # One host name a source, as in life: hosts are asked one request at a time.
    sources = [
        Source(
            name=f"s{n}", kind="feed", url=f"http://127.0.{n // 250}.{n % 250 + 1}:{port}/{n}", agency="IANS"
        )
        for n in range(options.sources)
    ]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        before, begun = time.process_time(), time.monotonic()
        profile = cProfile.Profile() if options.profile else None
        report = profile.runcall(pass_over, folder, sources) if profile else pass_over(folder, sources)
        lasted, after = time.monotonic() - begun, time.process_time()
        if profile:
            pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
        new = sum(line.tally.new for line in report.lines)
        copies = sum(line.tally.copies for line in report.lines)
        assert new == count * options.sources, report.lines[:3]
        print(
            f"first pass: {new} stories ({copies} folded) of {options.sources} sources in {lasted:.1f} s: {new / lasted:.0f} stories/s"
        )
        own = after - before
        parsing, storing = report.parsing, report.storing
        print(
            f"CPU a story: fetching and the rest {1000 * max(own - storing, 0) / new:.2f} ms, parsing {1000 * parsing / new:.2f} "
            f"(in the pool), deciding and storing {1000 * storing / new:.2f}"
        )
        print(f"peak memory of the run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        sizes = {name: sum(f.stat().st_size for f in folder.glob(name)) for name in ("wire.db*", "archive/*")}
        print(
            "on disk a story: " + ", ".join(f"{name} {size / new:.0f} bytes" for name, size in sizes.items())
        )
        begun, before = time.monotonic(), time.process_time()
        report = pass_over(folder, sources)
        lasted, own = time.monotonic() - begun, time.process_time() - before
        assert all(line.outcome == "unchanged" for line in report.lines), report.lines[:3]
        print(
            f"second pass, all 304: {len(report.lines) / lasted:.0f} sources/s, {1000 * own / len(report.lines):.1f} ms CPU each"
        )
    server.kill()


if __name__ == "__main__":
    main()
