"""`wire status` and `wire sources`: what is visited, how it goes, and what a person must do."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from ingest import schedule
from ingest.source import Source
from store import pages
from store.db import open_readonly
from store.sources import HostTold, Told, all_hosts, all_told
from wire.cli.deferred import Deferred
from wire.cli.shared import config_option, configured, day_or_time, emit, json_option, table
from wire.config import Config

LATELY = timedelta(hours=48)  # how long a story that is gone at its source is listed


def _states(config: Config) -> dict[str, Told]:
    return all_told(open_readonly(config.store)) if config.store.is_file() else {}


def line(source: Source, told: Told) -> dict[str, Any]:
    """A source's health for machines."""
    late = schedule.overdue(source, told, datetime.now(UTC))
    action = "; ".join(filter(None, (told.action, late))) or None
    return {
        "source": source.name, "kind": source.kind, "address": source.address, "agency": source.agency,
        "last_try": told.last_try, "last_success": told.last_success, "last_new": told.last_new,
        "failures": told.failures, "first_failure": told.first_failure, "error": told.last_error,
        "error_kind": told.error_kind, "due": told.due, "stories": told.stories_new, "requests": told.requests,
        "not_modified": told.not_modified, "same_body": told.same_body,
        "bytes": told.bytes, "moved_to": told.current_url, "action": action,
    }  # fmt: skip


def _withdrawn(config: Config) -> list[dict[str, Any]]:
    """Usable stories whose page has gone lately: an editor asks the source why."""
    if not config.store.is_file():
        return []
    return pages.gone(open_readonly(config.store), datetime.now(UTC) - LATELY)


def _dates(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


@click.command()
@click.option(
    "--etiquette", is_flag=True, help="What each host was asked, and how: the account for a publisher."
)
@json_option
@config_option
def status(etiquette: bool, as_json: bool) -> None:
    """How each source is. Exit 1 where a person must act."""
    config = configured()
    if etiquette:
        account(config, as_json=as_json)
        return
    states = _states(config)
    withdrawn = _withdrawn(config)
    rows = [line(source, states.get(source.name, Told(name=source.name))) for source in config.sources]
    for row in rows:
        row["gone_at_source"] = [story["id"] for story in withdrawn if story["source"] == row["source"]]
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
        for story in withdrawn:
            click.echo(
                f"gone at source since {day_or_time(story['gone_at'])} UTC ({story['gone_why']}): "
                f"story {story['id']} of {story['source']}, {story['headline'] or story['url']}"
            )
        wrong = sum(1 for r in rows if r["action"])
        if sys.stdout.isatty():
            click.echo(f"{wrong} of {len(rows)} sources need a person" if wrong else "all is well")
    raise SystemExit(1 if any(r["action"] for r in rows) else 0)


def account(config: Config, *, as_json: bool) -> None:
    """Per host: requests, the share conditional, the share answered 304, the gaps kept."""
    hosts = all_hosts(open_readonly(config.store)) if config.store.is_file() else []
    rows = [_manners(host, config.fetch.gap) for host in hosts]
    if as_json:
        emit(map(_dates, rows))
        return
    table(
        ("host", "requests", "conditional", "304", "gaps", "shortest", "too short", "rests until", "robots.txt"),
        (
            (r["host"], r["requests"], f"{r['conditional']:.0%}", f"{r['not_modified']:.0%}", r["gaps"],
             "" if r["shortest_gap"] is None else f"{r['shortest_gap']:.1f} s", r["gaps_short"], r["rests_until"], r["robots"])
            for r in rows
        ),
    )  # fmt: skip


def _manners(host: HostTold, gap: float) -> dict[str, Any]:
    asked = max(host.requests, 1)
    resting = host.wait_until if host.wait_until and host.wait_until > datetime.now(UTC) else None
    robots = {None: "not asked for", 404: "none"}.get(host.robots_status, "obeyed")
    return {
        "host": host.host, "requests": host.requests, "conditional": round(host.conditional / asked, 4),
        "not_modified": round(host.not_modified / asked, 4), "gap": gap, "gaps": host.notes.get("gaps", 0),
        "gaps_short": host.notes.get("short", 0), "shortest_gap": host.notes.get("least"), "last_asked": host.asked,
        "rests_until": resting, "robots": robots,
    }  # fmt: skip


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


@click.group(
    cls=Deferred, table={"add": ("offers", "add"), "test": ("offers", "test")}, invoke_without_command=True
)
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
