"""What every command of the line has: the configuration, JSON Lines, tables."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

from store.db import open_readonly, open_store
from wire.config import Config, load
from wire.keys import span

F = TypeVar("F", bound=Callable[..., Any])


def config_option(command: F) -> F:
    """--config, also after the command's name."""

    def keep(context: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value is not None:
            context.find_root().ensure_object(dict)["config"] = value

    option = click.option(
        "--config",
        type=click.Path(path_type=Path),
        expose_value=False,
        callback=keep,
        help="wires.toml to use.",
    )
    return option(command)


def json_option(command: F) -> F:
    """--json."""
    return click.option("--json", "as_json", is_flag=True, help="JSON Lines.")(command)


def configured() -> Config:
    """The configuration of this call. Raises ConfigError."""
    return load(click.get_current_context().find_root().ensure_object(dict).get("config"))


def reading() -> Database:
    """The store of this call, for reading."""
    return open_readonly(configured().store)


def writable() -> Database:
    """The store of this call, for writing."""
    return open_store(configured().store, create=False)


def emit(rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows as JSON Lines on standard output."""
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False, default=str))


def table(head: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None) -> None:
    """A table on a terminal, tab-separated lines elsewhere."""
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join("" if cell is None else " ".join(str(cell).split()) for cell in row))
        return
    shown = Table(*head, title=title, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        shown.add_row(*("" if cell is None else str(cell) for cell in row))
    Console().print(shown)


class When(click.ParamType[datetime]):
    """A day, a time, or a span before now ("2h", "7d")."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Aware; what has no zone is UTC."""
        if isinstance(value, datetime):
            return value
        if (ago := span(value)) is not None:
            return datetime.now(UTC) - ago
        if value in ("today", "yesterday"):
            day = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
            return day - timedelta(days=value == "yesterday")
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no time: write 2025-06-02, 2025-06-02T10:00+05:30, 2h or 7d", param, ctx)
        return found if found.tzinfo else found.replace(tzinfo=UTC)


WHEN = When()


def day_or_time(text: str | None) -> str:
    """An ISO 8601 time as a table shows it: to the minute, in UTC; a bare day as it is."""
    if not text or len(text) <= 10:
        return text or ""
    return f"{datetime.fromisoformat(text).astimezone(UTC):%Y-%m-%d %H:%M}"


def iso(when: datetime | date | None) -> str | None:
    """A time for JSON."""
    return when.isoformat() if when is not None else None
