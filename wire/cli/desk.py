"""`wire desk`: the store, for editors who would rather look than type."""

from __future__ import annotations

import click

from desk.serve import serve
from wire.cli.shared import config_option, configured


@click.command()
@click.option("--port", default=8001, show_default=True, help="On this machine alone.")
@config_option
def desk(port: int) -> None:
    """Open the store in Datasette, read-only, at http://127.0.0.1:PORT."""
    raise SystemExit(serve(configured().store, port=port))
