"""`wire demo`: the sample wires, served and read."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from parsers.errors import WireError
from wire import demo as sample
from wire.cli.run import HEAD, rows, visit
from wire.config import NAME, load


@click.command()
@click.option(
    "--config",
    "file",
    type=click.Path(path_type=Path),
    default=NAME,
    show_default=True,
    help="Configuration to write and use.",
)
@click.option(
    "--var", type=click.Path(path_type=Path), default="var", show_default=True, help="Folder of the store."
)
def demo(file: Path, var: Path) -> None:
    """Serve the sample wires on this machine, run over them, and say what to try next."""
    if not sample.SITE.is_dir():
        raise WireError(
            "the sample wires are not here",
            where=str(sample.SITE),
            do="run it from a checkout of the project",
        )
    with sample.serving() as base:
        sample.prepare(file, base, var)
        report = visit(load(file), everything=True)
    shown = Table(*HEAD, title="The sample wires", title_justify="left")
    for row in rows(report):
        shown.add_row(*map(str, row))
    Console(width=None if sys.stdout.isatty() else 110).print(shown)
    tallies = [line.tally for line in report.lines]
    if not any(tally.new or tally.versions for tally in tallies):
        click.echo("\nNothing new: all of it was here already.")
    click.echo("\nNext:\n  .venv/bin/wire search ferry\n  .venv/bin/wire show 1\n  .venv/bin/wire status")
    raise SystemExit(1 if report.needs_a_person else 0)
