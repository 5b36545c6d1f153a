"""`wire events` and `wire export`: what publishers read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from parsers.story import plain
from store import events as sequence
from store import export as exporting
from wire.cli.shared import WHEN, config_option, emit, json_option, reading, table

FORMATS = ("ninjs", "newsml-g2", "nitf", "jsonfeed", "atom", "rss")


@click.command()
@click.option("--after", "number", type=click.IntRange(0), default=0, help="Events after this number.")
@click.option("--story", type=int, help="Of one story alone.")
@click.option("--limit", type=click.IntRange(1))
@json_option
@config_option
def events(number: int, story: int | None, limit: int | None, as_json: bool) -> None:
    """The sequence of events: every change that is more than cosmetic, in order, without gaps."""
    rows = sequence.after(reading(), number, limit=limit, story=story)
    if as_json:
        emit(
            {name: getattr(row, name) for name in ("seq", "at", "kind", "story", "version", "reason")}
            for row in rows
        )
        return
    table(
        ("seq", "at", "kind", "story", "version", "reason"),
        ((row.seq, row.at, row.kind, row.story, row.version, row.reason) for row in rows),
    )


@click.command()
@click.option("--since", type=WHEN, help="Stories with an event at or after this time.")
@click.option(
    "--after", "number", type=click.IntRange(0), default=0, help="Stories with an event after this number."
)
@click.option("--leads", is_flag=True, help="One telling of each story: the one that leads.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="One document in a format of the trade.")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder: a file for each story.",
)
@click.option("--title", default="Wiredesk", show_default=True, help="What a feed calls itself.")
@click.option("--home", default="urn:wiredesk:export", show_default=True, help="A feed's home page.")
@click.option("--json", "_as_json", is_flag=True, hidden=True)
@config_option
def export(
    since: datetime | None,
    number: int,
    leads: bool,
    form: str | None,
    folder: Path | None,
    title: str,
    home: str,
    _as_json: bool,
) -> None:
    """Stories as JSON Lines, by order of their last event; `seq` of the last line is the next --after.

    A story that was given out and then killed or withheld comes as a line without text.
    With --format the same stories as one document, with --to as files named by event, a kill as the format's
    cancel; the next --after is told on standard error.
    """
    rows = exporting.changed(reading(), after=number, since=since, leads=leads)
    if form is None:
        if folder is not None:
            raise click.UsageError("--to wants the --format of its files: ninjs, newsml-g2 or nitf.")
        emit(_line(row) for row in rows)
        return
    from publish import documents  # the writers' modules are for this alone

    now, last = datetime.now(UTC), number
    if folder is not None:
        if form not in documents.ONE:
            raise click.UsageError(f"{form} is a feed of many stories: leave --to out.")
        last = documents.file_each(rows, folder, form=form, now=now) or number
    elif form not in documents.MANY:
        raise click.UsageError(f"A {form} document holds one story: add --to FOLDER.")
    else:
        listed = list(rows)
        last = listed[-1].seq if listed else number
        body = documents.MANY[form](map(documents.told, listed), now, documents.Feed(title=title, home=home))
        click.echo(body or b"", nl=bool(body))
    click.echo(f"next: --after {last}", err=True)


def _line(row: exporting.Changed) -> dict[str, Any]:
    head = {
        "seq": row.seq, "event": row.kind, "at": row.at, "id": row.story, "version": row.version,
        "status": row.status, "reason": row.reason, "cluster": row.cluster, "lead": row.lead, "source": row.source,
        "guid": row.guid, "url": row.url, "gone_at": row.gone_at,
    }  # fmt: skip
    if row.text is None:
        return head
    form = plain(row.text)
    return {**form, **head, "source_version": form["version"]}
