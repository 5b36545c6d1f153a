"""`wire reparse`: read the raw archive anew, after a parser changed."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime

import click

from ingest import reparse as anew
from store.archive import Archive
from wire.cli.shared import config_option, configured, emit, json_option, writable


@click.command()
@click.argument("source", required=False)
@click.option("--apply", is_flag=True, help="Store what differs; else only say what would.")
@json_option
@config_option
def reparse(source: str | None, apply: bool, as_json: bool) -> None:
    """Read every kept document again: which stories would change, and in what."""
    config = configured()
    db = writable()
    by_name = {one.name: one for one in config.sources}
    if source and source not in by_name:
        raise click.UsageError(f"no source {source} in {config.file}; there are: {', '.join(by_name)}")
    now = datetime.now(UTC)
    run = f"reparse-{now:%Y%m%dT%H%M%S}-{os.getpid()}"
    count: Counter[str] = Counter()
    found = anew.differences(db, Archive(config.archive), by_name, only=source)
    for one in list(found) if apply else found:  # what is applied must not move under what is read
        count["unreadable" if one.fault else "changed"] += 1
        row = {
            "story": one.story,
            "source": one.source,
            "headline": one.headline,
            "fields": one.fields,
            "fault": one.fault,
        }
        if as_json:
            emit([row])
        else:
            click.echo(
                f"{one.story}\t{one.source}\t{one.fault or ', '.join(one.fields)}\t{one.headline or ''}"
            )
        if apply:
            anew.apply(db, one, run=run, now=now)
    done = "changed" if apply else "would change (add --apply)"
    click.echo(
        f"{count['changed']} stories {done}, {count['unreadable']} cannot be read from their documents",
        err=True,
    )
