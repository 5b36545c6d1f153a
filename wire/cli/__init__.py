"""The command line: one module a command group, each a thin shell over functions."""

from __future__ import annotations

import sys

import click

from parsers.errors import WireError
from wire.cli.parse import parse


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def cli(debug: bool) -> None:
    """Wiredesk: agency wires in, clean stories out."""


cli.add_command(parse)


def main() -> None:
    """Entry point: no traceback reaches a user unless --debug is given."""
    try:
        cli.main(standalone_mode=True)
    except WireError as error:
        if "--debug" in sys.argv:
            raise
        click.echo(f"wire: {error}", err=True)
        raise SystemExit(1) from None
