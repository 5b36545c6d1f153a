"""`wire dedupe`: which stories of a file are the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from parsers.errors import WireError
from wire import dedupe as stream


def records(file: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON Lines. Raises WireError, naming the line, for what is none."""
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as error:
                    raise WireError(
                        f"no JSON ({error})", where=f"{file}:{number}", do="mend the line"
                    ) from None


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

    for name, cluster in stream.clusters(records(file)):
        click.echo(json.dumps({"id": name, "cluster": cluster}, ensure_ascii=False))
