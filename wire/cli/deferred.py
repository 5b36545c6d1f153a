"""A group of commands whose modules are read only when asked for: a start pays for its own command alone."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, cast

import click


class Deferred(click.Group):
    """The commands of a table, in its order: name → (module of wire.cli, its function)."""

    def __init__(self, *args: Any, table: Mapping[str, tuple[str, str]], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Their names."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name; None: there is none."""
        if cmd_name not in self.table:
            return None
        module, name = self.table[cmd_name]
        return cast(click.Command, getattr(importlib.import_module(f"wire.cli.{module}"), name))
