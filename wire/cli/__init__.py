"""The command line: one module a command group, each a thin shell over functions."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from parsers.errors import WireError
from wire import logs
from wire.cli.deferred import Deferred

# Read only when asked for, so that `wire parse` needs the parsers alone.
COMMANDS = {
    "init": ("setup", "init"),
    "check": ("setup", "check"),
    "run": ("run", "run"),
    "sources": ("sources", "sources"),
    "status": ("sources", "status"),
    "parse": ("parse", "parse"),
    "dedupe": ("dedupe", "dedupe"),
    "list": ("look", "list_"),
    "search": ("look", "search"),
    "show": ("look", "show"),
    "diff": ("look", "diff"),
    "events": ("flow", "events"),
    "export": ("flow", "export"),
    "reparse": ("reparse", "reparse"),
    "backup": ("keep", "backup"),
    "prune": ("keep", "prune"),
    "demo": ("demo", "demo"),
    "desk": ("desk", "desk"),
}


@click.group(cls=Deferred, table=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show tracebacks.")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="wires.toml to use; else $WIRE_CONFIG, else wires.toml here.",
)
@click.pass_context
def cli(context: click.Context, debug: bool, config: Path | None) -> None:
    """Wiredesk: agency wires in, clean stories out."""
    logs.begin(debug=debug)
    if config is not None:
        context.ensure_object(dict)["config"] = config


def main() -> None:
    """Entry point: no traceback reaches a user unless --debug is given.

    Exit 2: asked wrongly (a bad option or configuration); 1: something needs a person.
    """
    try:
        cli.main(standalone_mode=True)
    except WireError as error:
        if "--debug" in sys.argv:
            raise
        click.echo(f"wire: {error}", err=True)
        raise SystemExit(error.status) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        click.echo(
            f"wire: {type(error).__name__}: {error}; run it again with --debug and report it", err=True
        )
        raise SystemExit(1) from None
