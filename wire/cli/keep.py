"""`wire backup` and `wire prune`: keeping the store."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from store import keeping
from store.db import writing
from wire.cli.shared import WHEN, config_option, configured, reading, writable


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@config_option
def backup(target: Path) -> None:
    """Copy the store to TARGET, whole and consistent, also beside a run. The archive is files: copy them too."""
    size = keeping.backup(reading(), target)
    click.echo(f"{target}: {size / 1e6:.1f} MB")


@click.command()
@click.option("--before", type=WHEN, required=True, help="Older than this: 2025-01-01, 90d.")
@click.option("--apply", is_flag=True, help="Do it; else only say what would go.")
@config_option
def prune(before: datetime, apply: bool) -> None:
    """Drop raw documents and visits older than a time. Stories, versions and events stay."""
    config = configured()
    db = writable()
    if not apply:
        documents, visits = keeping.old(db, before)
        click.echo(f"{documents} raw documents and {visits} visits would go; add --apply")
        return
    with writing(db):
        gone = keeping.prune(db, before)
    freed = 0
    for name in gone.files:
        for path in (config.archive / name, config.archive / f"{name}.end"):
            if path.exists():
                freed += path.stat().st_size
                path.unlink()
    click.echo(
        f"{gone.documents} raw documents and {gone.visits} visits gone, {len(gone.files)} files, {freed / 1e6:.1f} MB"
    )
