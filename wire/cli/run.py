"""`wire run`: one pass over the sources that are due."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from types import FrameType
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ingest.plan import Line, Plan, Report
from ingest.polite import Polite
from ingest.run import Run
from wire import locks
from wire.cli.shared import config_option, configured, emit, json_option, table
from wire.config import Config
from wire.keys import span

GRACE = 4.0  # seconds a run has to end after SIGTERM; what is not committed by then comes again


@click.command()
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@click.option("--all", "everything", is_flag=True, help="Visit every source, due or not.")
@click.option("--budget", help="Begin no visit after this time, such as 4m.")
@json_option
@config_option
def run(names: tuple[str, ...], everything: bool, budget: str | None, as_json: bool) -> None:
    """Visit the sources that are due, or those named. Exit 0: done; 1: a person must act (see `wire status`)."""
    config = configured()
    if unknown := set(names) - {source.name for source in config.sources}:
        known = ", ".join(source.name for source in config.sources)
        raise click.UsageError(f"no source {', '.join(sorted(unknown))} in {config.file}; there are: {known}")
    if budget and span(budget) is None:
        raise click.UsageError(f"--budget {budget!r} is no span such as 4m")
    report = visit(config, names=names, everything=everything, budget=budget, as_json=as_json)
    echo(report, as_json=as_json)
    raise SystemExit(1 if report.needs_a_person else 0)


def visit(
    config: Config, *, names: tuple[str, ...] = (), everything: bool = False, budget: str | None = None,
    as_json: bool = False,
) -> Report:  # fmt: skip
    """One pass, with a progress bar on a terminal and a line a source elsewhere."""
    plan = Plan(
        store=config.store,
        archive=config.archive,
        sources=config.sources,
        settings=config.fetch,
        names=names,
        everything=everything,
        budget=span(budget) if budget else None,
        run=f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}",
    )
    stop = threading.Event()
    with Polite(config.fetch, store=config.store, stop=stop) as http, _Shown(as_json=as_json) as shown:
        under_way = Run(
            plan,
            lock=partial(locks.held, config.locks),
            fetch=http.fetch,
            hosts=http.hosts,
            progress=shown.line,
            begin=shown.begin,
            stop=stop,
        )
        with _ending(http.end):
            return under_way.go()


class _ending:
    """SIGTERM and Ctrl-C end a run within GRACE seconds: what is being committed is, the rest comes again."""

    def __init__(self, end: Callable[[], None]) -> None:
        self.end = end
        self.before: dict[int, Any] = {}

    def __enter__(self) -> None:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                self.before[number] = signal.signal(number, self._asked)

    def _asked(self, number: int, _: FrameType | None) -> None:
        self.end()
        click.echo("wire: ending after what is under way", err=True)
        timer = threading.Timer(GRACE, os._exit, [128 + number])
        timer.daemon = True
        timer.start()

    def __exit__(self, *_: object) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)


class _Shown:
    """What a person sees while it runs, on standard error."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.bar: Progress | None = None
        self.line: Callable[[Line], None] = self._line

    def __enter__(self) -> _Shown:
        return self

    def begin(self, count: int) -> None:
        """So many sources are due."""
        if sys.stderr.isatty() and count:
            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
            )
            self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self.bar.start()
            self.task = self.bar.add_task("visiting", total=count)

    def _line(self, line: Line) -> None:
        if self.bar is not None:
            self.bar.update(self.task, advance=1, description=line.source[:30])
        elif not self.as_json:
            click.echo(told(line), err=True)

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()


def told(line: Line) -> str:
    """A visit in one line."""
    t = line.tally
    counts = (
        ("new", t.new - t.copies),
        ("copies", t.copies),
        ("versions", t.versions),
        ("unchanged", t.unchanged),
        ("refused", t.refused),
    )
    parts = [line.source, line.outcome, *(f"{name}={count}" for name, count in counts if count)]
    if line.why:
        parts.append(f"({line.why})")
    if t.reasons:
        parts.append("; ".join(f"{why} ×{count}" for why, count in sorted(t.reasons.items())))
    return " ".join(parts)


def plain(line: Line) -> dict[str, Any]:
    """A visit for machines."""
    t = line.tally
    return {
        "source": line.source, "outcome": line.outcome, "why": line.why, "requests": t.requests, "bytes": t.bytes,
        "new": t.new, "versions": t.versions, "copies": t.copies, "unchanged": t.unchanged, "refused": t.refused,
        "reasons": t.reasons, "action": line.action, "seconds": round(line.seconds, 3),
    }  # fmt: skip


HEAD = ("source", "outcome", "requests", "new", "new version", "copy", "unchanged", "refused", "why")


def rows(report: Report) -> list[tuple[Any, ...]]:
    """The report as rows under HEAD, by source."""
    return [
        (x.source, x.outcome, t.requests, t.new - t.copies, t.versions, t.copies, t.unchanged, t.refused,
         "; ".join(filter(None, [x.why, *(f"{why} ×{n}" for why, n in sorted(t.reasons.items()))])))
        for x in sorted(report.lines, key=lambda line: line.source) for t in (x.tally,)
    ]  # fmt: skip


def echo(report: Report, *, as_json: bool) -> None:
    """The outcome: a table and what a person must do, or JSON Lines."""
    lines = sorted(report.lines, key=lambda line: line.source)
    if as_json:
        emit(plain(line) for line in lines)
    elif not lines:
        click.echo("nothing is due")
    else:
        if sys.stdout.isatty():
            table(HEAD, rows(report))
        fresh = sum(line.tally.new + line.tally.versions for line in lines)
        done = f"{fresh} stories new or changed" if fresh else "nothing new"
        click.echo(f"{len(lines)} sources visited: {done}")
    if report.released:
        click.echo(f"{report.released} embargoes ended", err=True)
    if report.left:
        click.echo(f"{report.left} sources are left due: the time was up", err=True)
    if report.fault:
        click.echo(f"wire: {report.fault}", err=True)
    for line in lines:
        if line.action:
            click.echo(f"{line.source}: {line.why or line.outcome}: {line.action}", err=True)
