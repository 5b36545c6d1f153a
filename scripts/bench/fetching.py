"""Fetching, measured: unchanged feeds, fresh feeds with their pages, and memory as the pages grow more.

    python scripts/bench/fetching.py [--feeds 1000] [--pages 2000] [--most 20000]

1. An unchanged pass over feeds on as many hosts, all 304: sources a second, CPU each.
2. A fresh pass over 200 feeds of teasers with their pages: pages a second, beside a plain loop of httpx + trafilatura over
   the same pages of the same server in the same run. Ours fetches the feeds too, reads both, and stores what it found.
3. Peak memory of such a pass from 1,000 pages to --most, over ten feeds and over 200.

The server is a process of its own, whose CPU is not counted; every host is asked without a gap. Each pass runs in a process of
its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import httpx

from ingest.plan import Plan, Report
from ingest.polite import Polite
from ingest.run import Run
from ingest.source import FetchSettings, Source
from scripts.serving import serving
from wire import locks

FRESH = 200  # feeds of a fresh pass
FEW = 10  # feeds of a pass with many pages each
LEAST = 1000  # pages of the first pass that memory is measured of


@dataclass(frozen=True, slots=True)
class Cost:
    """What a pass cost."""

    seconds: float
    cpu: float  # seconds; with those of the processes that parse
    peak: int  # bytes: the run's own process; those that parse are beside it
    done: int  # sources, or pages


Work = Callable[[], tuple[int, float]]  # gives (what was done, CPU seconds spent in other processes)


def cost(work: Work) -> Cost:
    """Run it in this process."""
    begun, before = time.monotonic(), time.process_time()
    done, elsewhere = work()
    own = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    return Cost(time.monotonic() - begun, own + elsewhere, peak, done)


def apart(work: Work) -> Cost:
    """Run it in a new process, whose memory is nobody else's."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_send, args=(there, work))
    process.start()
    there.close()
    found: Cost = here.recv()
    process.join()
    return found


def _send(pipe: Connection, work: Work) -> None:
    pipe.send(cost(work))


def pass_over(folder: Path, sources: list[Source]) -> Report:
    """One run over all sources."""
    settings = FetchSettings(contact="bench@example.org", gap=0.0, allow_addresses=("127.0.0.0/8",))
    plan = Plan(
        store=folder / "wire.db",
        archive=folder / "archive",
        sources=sources,
        settings=settings,
        everything=True,
    )
    with Polite(settings, store=plan.store) as http:
        return Run(plan, lock=partial(locks.held, folder / "locks"), fetch=http.fetch, hosts=http.hosts).go()


def feeds(bases: list[str], *, each: int, whole: bool) -> list[Source]:
    """A source on each host, with so many stories of its own."""
    return [
        Source(
            name=f"s{n}", url=f"{base}/feed?first={n * each}&count={each}&whole={int(whole)}", robots=False
        )
        for n, base in enumerate(bases)
    ]


def unchanged(folder: Path, bases: list[str]) -> tuple[int, float]:
    """The second pass over feeds of two whole stories."""
    report = pass_over(folder, feeds(bases, each=2, whole=True))
    assert {line.outcome for line in report.lines} == {"unchanged"}, report.lines[:3]
    return len(report.lines), 0.0


def first(folder: Path, bases: list[str]) -> tuple[int, float]:
    """The pass before it."""
    report = pass_over(folder, feeds(bases, each=2, whole=True))
    assert sum(line.tally.new for line in report.lines) == 2 * len(bases), report.lines[:3]
    return len(report.lines), 0.0


def fresh(bases: list[str], pages: int) -> tuple[int, float]:
    """Feeds of teasers, each page asked for and stored."""
    with tempfile.TemporaryDirectory() as made:
        each = pages // len(bases)
        report = pass_over(Path(made), feeds(bases, each=each, whole=False))
        asked = sum(line.tally.requests for line in report.lines) - len(bases)
        assert asked == each * len(bases), report.lines[:3]
        return asked, report.parsing


def plain(bases: list[str], pages: int) -> tuple[int, float]:
    """The peer: one page after another, fetched by httpx, read by trafilatura, nothing stored."""
    extract = importlib.import_module("trafilatura").bare_extraction
    each, done = pages // len(bases), 0
    with httpx.Client() as client:
        for n, base in enumerate(bases):
            for number in range(n * each, (n + 1) * each):
                done += extract(client.get(f"{base}/{number}").content) is not None
    assert done == each * len(bases)
    return done, 0.0


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--feeds", type=int, default=1000)
    asked.add_argument("--pages", type=int, default=2000)
    asked.add_argument(
        "--most", type=int, default=20_000, help="pages of the largest pass; 0: memory is not measured"
    )
    options = asked.parse_args()
    with serving() as base:
        with tempfile.TemporaryDirectory() as made:
            hosts = [base(n) for n in range(options.feeds)]
            apart(partial(first, Path(made), hosts))
            found = apart(partial(unchanged, Path(made), hosts))
        print(f"unchanged pass: {found.done} feeds, all 304: {found.done / found.seconds:.0f} sources/s, "
              f"{1000 * found.cpu / found.done:.2f} ms CPU each")  # fmt: skip
        hosts = [base(n) for n in range(FRESH)]
        with httpx.Client() as client:  # the server makes its pages once, for neither of the two
            for n in range(options.pages):
                client.get(f"{hosts[n * FRESH // options.pages]}/{n}")
        found = apart(partial(fresh, hosts, options.pages))
        _tell(f"fresh pass: {FRESH} feeds with {found.done} pages, stored", found)
        try:
            importlib.import_module("trafilatura")
        except ImportError:
            print("plain loop: trafilatura is not installed (requirements-bench.lock)")
        else:
            peer = apart(partial(plain, hosts, options.pages))
            _tell(f"plain loop of httpx + trafilatura, {peer.done} pages, not stored", peer)
            print(
                f"ours beside it: {peer.seconds / found.seconds:.1f} x the pages a second, {peer.cpu / found.cpu:.1f} x the pages a CPU second"
            )
        if options.most:
            for some in (hosts[:FEW], hosts):
                peaks = list[tuple[int, int]]()
                for pages in (LEAST, options.most):
                    with httpx.Client(
                        timeout=None
                    ) as client:  # a long feed's making is longer than a run waits
                        for source in feeds(some, each=pages // len(some), whole=False):
                            client.get(source.url or "")
                    peaks.append((pages, apart(partial(fresh, some, pages)).peak))
                print(
                    f"peak memory of the run, {len(some)} feeds: "
                    + ", ".join(f"{pages} pages {peak >> 20} MB" for pages, peak in peaks)
                )


def _tell(what: str, found: Cost) -> None:
    print(
        f"{what}: {found.done / found.seconds:.0f} pages/s, {1000 * found.cpu / found.done:.2f} ms CPU each"
    )


if __name__ == "__main__":
    main()
