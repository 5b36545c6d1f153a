"""`wire dedupe`: which stories of a file are the same."""

from __future__ import annotations

import json
from pathlib import Path

import click

from parsers.errors import WireError
from wire import dedupe as stream


@click.command()
@click.option(
    "--batch",
    "file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="JSON Lines: id, source, published, headline, text; in order of arrival.",
)
def dedupe(file: Path) -> None:
    """Print {"id", "cluster"} lines for a stream of stories."""

    def records():  # type: ignore[no-untyped-def]
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        yield json.loads(line)
                    except ValueError as error:
                        raise WireError(
                            f"no JSON ({error})", where=f"{file}:{number}", do="mend the line"
                        ) from None

    for name, cluster in stream.clusters(records()):
        click.echo(json.dumps({"id": name, "cluster": cluster}, ensure_ascii=False))
