"""`wire list`, `search`, `show`, `diff`: what an editor asks for."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click

from parsers.errors import WireError
from parsers.story import Story, plain
from store import search as searching
from store import stories
from store.archive import Archive
from store.documents import out_of_use_in, pointer_of
from store.events import after
from store.search import Filter
from store.struck import record
from wire.cli.shared import WHEN, config_option, configured, day_or_time, emit, json_option, reading, table

RELATIONS = {
    "lead": "leads",
    "copy": "copy",
    "trimmed": "trimmed reprint",
    "extended": "extended reprint",
    "excerpt": "excerpt",
}
F = TypeVar("F", bound=Callable[..., Any])


def narrowing(command: F) -> F:
    """The options that narrow a search or a listing."""
    for option in (
        click.option("--source", help="Our name of a source."),
        click.option("--agency", help="Code of an agency, such as IANS."),
        click.option("--place", help="Place of the dateline."),
        click.option("--country", help="Country of the dateline, such as IN."),
        click.option("--lang", "language", help="Language, such as en or hi."),
        click.option("--since", type=WHEN, help="At or after: 2025-06-02, 2h, 7d."),
        click.option("--until", type=WHEN, help="Before."),
    ):
        command = option(command)
    return command


@click.command("list")
@narrowing
@click.option("--status", type=click.Choice(["usable", "withheld", "canceled"]))
@click.option("--limit", type=click.IntRange(1), help="How many at most (50 on a terminal).")
@json_option
@config_option
def list_(limit: int | None, as_json: bool, **narrowed: Any) -> None:
    """Every story, killed and withheld ones included; the newest last."""
    db = reading()
    if as_json or not sys.stdout.isatty():
        rows = searching.listing(db, Filter(**narrowed), limit=limit)
        if as_json:
            emit(rows)
            return
    else:
        rows = iter(list(searching.listing(db, Filter(**narrowed), limit=limit or 50, newest=True))[::-1])
    table(
        ("id", "published (UTC)", "status", "source", "versions", "cluster", "headline"),
        (
            (r["id"], day_or_time(r["published"]), r["status"], r["source"], r["versions"],
             f"{r['cluster']}{'' if r['lead'] else ' ' + (r['relation'] or '')}", r["headline"])
            for r in rows
        ),
    )  # fmt: skip


@click.command()
@click.argument("query", nargs=-1, required=True)
@narrowing
@click.option("--newest", is_flag=True, help="Newest first; else best first.")
@click.option("--copies", is_flag=True, help="Show every telling, not one of each story.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@json_option
@config_option
def search(
    query: tuple[str, ...], newest: bool, copies: bool, limit: int, as_json: bool, **narrowed: Any
) -> None:
    """Find stories: words, "a phrase", -without, OR, begin*, headline:word, by:name."""
    db, asked = reading(), " ".join(query)
    hits = searching.search(db, asked, Filter(**narrowed), newest=newest, limit=limit, fold=not copies)
    for line in searching.out_of_use(db, asked):
        why = f": {line['reason']}" if line["reason"] else ""
        click.secho(f"NOT FOR USE: story {line['id']} is {line['status']}{why}", fg="red", err=True)
    if as_json:
        emit({name: getattr(hit, name) for name in hit.__slots__} for hit in hits)
        return
    for hit in hits:
        facts = [day_or_time(hit.published), hit.source, hit.credit, hit.place]
        facts.append(f"{hit.tellings} tellings" if hit.tellings > 1 else None)
        facts.append("gone at source" if hit.gone_at else None)
        click.echo(click.style(f"{hit.id}  {hit.headline or '(no headline)'}", bold=True))
        click.echo(f"    {' · '.join(filter(None, facts))}\n    {hit.snippet}")
    if not hits:
        click.echo("nothing found", err=True)


def _versions(db: Any, number: int) -> tuple[dict[str, Any], list[stories.Version]]:
    line = searching.one(db, number)
    if line is None:
        raise WireError("there is no such story", where=f"story {number}", do="see `wire list`")
    return line, stories.versions(db, number)


def _shown(line: dict[str, Any], story: Story) -> dict[str, Any]:
    """The story's JSON form; of a killed or withheld one the record, never its text."""
    return plain(story if line["status"] == "usable" else record(story))


@click.command()
@click.argument("number", type=int, metavar="ID")
@click.option("--raw", is_flag=True, help="The document as it came, from the archive.")
@json_option
@config_option
def show(number: int, raw: bool, as_json: bool) -> None:
    """A story: its text, its versions, where else it was told, and why we say so."""
    db = reading()
    line, versions = _versions(db, number)
    leading = next(v for v in versions if v.number == _leading(db, number))
    if raw:
        _raw(db, line, leading)
        return
    told = searching.tellings(db, line["cluster"]) if line["cluster"] else []
    if as_json:
        told_of: tuple[str, ...] = ("number", "seen", "hash", "judged", "why")
        told_of += ("change",) if line["status"] == "usable" else ()  # it quotes the text
        history = [{n: getattr(v, n) for n in told_of} for v in versions]
        happened = [
            {n: getattr(e, n) for n in ("seq", "at", "kind", "version", "reason")}
            for e in after(db, story=number)
        ]
        emit([{**line, "story": _shown(line, leading.story), "history": history, "tellings": told, "events": happened,
               "aliases": stories.aliases_of(db, number)}])  # fmt: skip
        return
    _print_story(line, leading.story)
    if len(versions) > 1:
        click.echo("\nVersions")
        for v in versions:
            mark = "*" if v.number == leading.number else " "
            what = "first told" if v.number == 1 else f"new version, {v.judged}: {v.why}"
            click.echo(f" {mark}{v.number}  {day_or_time(v.seen)}  {what}")
    if len(told) > 1:
        click.echo(f"\nTold by {len(told)} (cluster {line['cluster']})")
        for t in told:
            what = RELATIONS.get(t["relation"], t["relation"] or "") + _why(t["why"])
            click.echo(f"  {t['id']}  {t['source']}  {what}  {t['headline'] or ''}")
    click.echo("\nEvents")
    for e in after(db, story=number):
        click.echo(f"  {e.seq}  {day_or_time(e.at)}  {e.kind}: {e.reason}")


def _why(found: dict[str, Any]) -> str:
    """Why a telling is held to be one of its cluster."""
    if not found:
        return ""
    of = f" of story {found['of']}" if "of" in found else ""
    numbers = f"{found['shared_numbers']} numbers shared, {found['changed_numbers']} changed"
    return f"{of} (containment {found['containment']:.2f}, Jaccard {found['jaccard']:.2f}, {numbers})"


def _leading(db: Any, number: int) -> int:
    return stories.known(db, [number])[number].version


def _print_story(line: dict[str, Any], story: Story) -> None:
    for kicker in story.kickers if line["status"] == "usable" else ():
        click.echo(kicker.upper())
    click.echo(click.style(story.headline or "(no headline)", bold=True))
    line_text = story.dateline.text if story.dateline else None
    facts = {
        "source": line["source"], "status": line["status"] if line["status"] != "usable" else None,
        "reason": line["reason"], "byline": story.byline, "credit": story.credit, "dateline": line_text,
        "published": line["published"], "updated": story.updated.isoformat() if story.updated else None,
        "embargo": story.embargo.isoformat() if story.embargo else None, "url": story.url, "guid": story.guid,
        "note": story.ednote,
        "gone": line["gone_at"] and f"at source since {day_or_time(line['gone_at'])} UTC ({line['gone_why']})",
    }  # fmt: skip
    for name, value in facts.items():
        if value:
            click.echo(f"{name + ':':<11}{value}")
    click.echo("")
    if line["status"] != "usable":
        click.echo(
            f"The text is not shown: {line['status']}" + (f" ({line['reason']})" if line["reason"] else "")
        )
        return
    if story.subheadline:
        click.echo(story.subheadline + "\n")
    click.echo("\n\n".join(story.body))


def _raw(db: Any, line: dict[str, Any], version: stories.Version) -> None:
    if line["status"] != "usable":
        raise WireError(
            f"is {line['status']}: its text is not given out",
            where=f"story {line['id']}",
            do="see `wire show`",
        )
    pointer = pointer_of(db, version.document) if version.document is not None else None
    if pointer is None:
        raise WireError("its document was not kept", where=f"story {line['id']}", do="visit the source again")
    if version.document is not None and (others := out_of_use_in(db, version.document)):
        raise WireError(
            f"came in one document with what may not be used (story {', '.join(map(str, others))})",
            where=f"story {line['id']}",
            do="see `wire show`; the document stays in the archive",
        )
    sys.stdout.buffer.write(Archive(configured().archive).read(pointer).body)


@click.command()
@click.argument("number", type=int, metavar="ID")
@click.option("--from", "old", type=int, help="Version to begin from; else the one before the last.")
@click.option("--to", "new", type=int, help="Version to end at; else the last.")
@json_option
@config_option
def diff(number: int, old: int | None, new: int | None, as_json: bool) -> None:
    """What changed between two versions of a story."""
    line, versions = _versions(reading(), number)
    if line["status"] != "usable":
        raise WireError(
            f"is {line['status']}: its text is not given out", where=f"story {number}", do="see `wire show`"
        )
    by_number = {v.number: v for v in versions}
    last = new or versions[-1].number
    first = old or last - 1
    for wanted in (first, last):
        if wanted not in by_number and not (wanted == 0 and len(versions) == 1):
            raise WireError(
                f"has no version {wanted}", where=f"story {number}", do=f"it has 1 to {versions[-1].number}"
            )
    if first == 0:
        click.echo("there is one version only", err=True)
        return
    before, then = by_number[first], by_number[last]
    if as_json:
        emit([{"story": number, "from": first, "to": last, "judged": then.judged, "why": then.why, "change": then.change,
               "before": plain(before.story), "after": plain(then.story)}])  # fmt: skip
        return
    click.echo(f"{then.judged}: {then.why}")
    for text in difflib.unified_diff(
        _lines(before.story), _lines(then.story), _title(before), _title(then), lineterm="", n=1
    ):
        color = {"+": "green", "-": "red", "@": "cyan"}.get(text[:1])
        click.echo(click.style(text, fg=color))


def _lines(story: Story) -> list[str]:
    return [story.headline or "", story.byline or "", *story.body]


def _title(version: stories.Version) -> str:
    seen = datetime.fromisoformat(version.seen.replace("Z", "+00:00"))
    return f"version {version.number} ({seen:%Y-%m-%d %H:%M} UTC)"
