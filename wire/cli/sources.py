"""`wire status` and `wire sources`: what is visited, how it goes, and what a person must do."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

import click

from ingest.source import Source
from store.db import open_readonly
from store.sources import Told, all_told
from wire.cli.offers import add, test
from wire.cli.shared import config_option, configured, day_or_time, emit, json_option, table
from wire.config import Config


def _states(config: Config) -> dict[str, Told]:
    return all_told(open_readonly(config.store)) if config.store.is_file() else {}


def line(source: Source, told: Told) -> dict[str, Any]:
    """A source's health for machines."""
    return {
        "source": source.name, "kind": source.kind, "address": source.address, "agency": source.agency,
        "last_try": told.last_try, "last_success": told.last_success, "last_new": told.last_new,
        "failures": told.failures, "first_failure": told.first_failure, "error": told.last_error,
        "error_kind": told.error_kind, "due": told.due, "stories": told.stories_new, "requests": told.requests,
        "not_modified": told.not_modified, "bytes": told.bytes, "action": told.action,
    }  # fmt: skip


def _dates(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


@click.command()
@json_option
@config_option
def status(as_json: bool) -> None:
    """How each source is. Exit 1 where a person must act."""
    config = configured()
    states = _states(config)
    rows = [line(source, states.get(source.name, Told(name=source.name))) for source in config.sources]
    rows.sort(key=lambda row: (row["action"] is None, -row["failures"], row["source"]))
    if as_json:
        emit(map(_dates, rows))
    else:
        table(
            ("source", "last success", "last new story", "failures", "next", "what to do"),
            (
                (r["source"], _ago(r["last_success"]), _ago(r["last_new"]), r["failures"] or "", _next(r["due"]),
                 r["action"] or (f"nothing: {r['error']}; it will be tried again" if r["failures"] else "nothing"))
                for r in rows
            ),
        )  # fmt: skip
        wrong = sum(1 for r in rows if r["action"])
        if sys.stdout.isatty():
            click.echo(f"{wrong} of {len(rows)} sources need a person" if wrong else "all is well")
    raise SystemExit(1 if any(r["action"] for r in rows) else 0)


def _ago(when: datetime | None) -> str:
    if when is None:
        return "never"
    minutes = int((datetime.now(UTC) - when).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 120:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 48 * 60 else f"{minutes // 1440} days ago"


def _next(when: datetime | None) -> str:
    if when is None or when <= datetime.now(UTC):
        return "now"
    return day_or_time(when.isoformat()) + " UTC"


@click.group(invoke_without_command=True)
@json_option
@config_option
@click.pass_context
def sources(context: click.Context, as_json: bool) -> None:
    """The sources of wires.toml."""
    if context.invoked_subcommand is not None:
        return
    config = configured()
    states = _states(config)
    if as_json:
        emit(_dates({**line(s, states.get(s.name, Told(name=s.name))), "every": s.every.total_seconds(), "language": s.language,
                     "timezone": s.timezone, "country": s.country, "label": s.label}) for s in config.sources)  # fmt: skip
        return
    table(
        ("source", "kind", "agency", "every", "stories", "address"),
        (
            (
                s.name,
                s.kind,
                s.agency,
                s.every,
                states[s.name].stories_new if s.name in states else 0,
                s.address,
            )
            for s in config.sources
        ),
    )


sources.add_command(add)
sources.add_command(test)
