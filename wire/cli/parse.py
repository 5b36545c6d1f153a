"""`wire parse`: read files and print their stories; no store, no network."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from wire import batch


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--batch",
    "manifest",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="JSON Lines: id, path, url, date …",
)
@click.option("--url", help="Address the files came from.")
@click.option("--date", "seen", help="Day the files were seen, YYYY-MM-DD.")
@click.option("--explain", is_flag=True, help="Add what was removed, and the rule.")
def parse(
    files: tuple[str, ...], manifest: Path | None, url: str | None, seen: str | None, explain: bool
) -> None:
    """Print the stories of FILEs as JSON Lines. Exit 1 where one could not be read."""
    if bool(files) == bool(manifest):
        raise click.UsageError("give files, or --batch MANIFEST")
    tasks: Iterable[batch.Job | dict[str, Any]]
    if manifest:
        tasks = batch.jobs(manifest, explain=explain)
    else:
        entries = ({"id": name, "path": name, "url": url, "date": seen} for name in files)
        tasks = [batch.job(entry, explain=explain) for entry in entries]
    failed = False
    for text, bad in batch.run(tasks):
        click.echo(text, nl=False)
        failed |= bad
    raise SystemExit(1 if failed else 0)
