"""`wire sources add` and `wire sources test`: what a site offers, and what a source would bring."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit

import click

from ingest.discover import Offer, look
from ingest.door import Door
from ingest.outcome import Failed, Gone, NotModified
from ingest.parsing import Parser
from ingest.polite import Polite
from ingest.trial import Tried, trial
from parsers.errors import WireError
from parsers.lead.agencies import agency_of_url, catalogue
from parsers.story import Story, plain
from parsers.url import canonical, host
from store import stories, taken
from store.db import open_readonly
from store.sources import Told, told
from wire.cli.shared import config_option, configured, emit, json_option, table
from wire.config import Config, load
from wire.keys import PASSWORDS, SCHEMES, span

TOKEN = """\
# token = "${PASSWORD}"   # set it in the environment, under a name of your own; README: Ways in
"""
GAP = 1.0  # seconds between two requests to a site that is looked at, at the least


@contextmanager
def opened(config: Config, *, gap: float = 0.0) -> Iterator[Door]:
    """The door of a run, for a look: nothing that comes through it is stored."""
    settings = replace(config.fetch, gap=max(gap, config.fetch.gap))
    store = open_readonly(config.store) if config.store.is_file() else None

    def unknown(source: str, addresses: object) -> set[str]:
        named = {f"url:{canonical(one)}": one for one in addresses}  # type: ignore[attr-defined]
        known = stories.by_alias(store, source, list(named)) if store is not None else {}
        return {one for alias, one in named.items() if alias not in known}

    def marks(source: str, places: Sequence[str]) -> dict[str, str]:
        return taken.marks(store, source, places) if store is not None else {}

    parser = Parser()
    try:
        with Polite(settings, store=config.store) as http:
            yield Door(
                settings=settings, fetch=http.fetch, page=partial(http.fetch, kind="page"), read=parser.read, unknown=unknown, taken=marks,
                now=lambda: datetime.now(UTC), stopped=lambda: False,
            )  # fmt: skip
    finally:
        parser.close()
        if store is not None:
            store.conn.close()


@click.command()
@click.argument("url")
@click.option("--name", help="Our name of the source; else made of its host.")
@click.option("--kind", help="Take the offer of this kind; else the best.")
@click.option("--every", default="15m", show_default=True, help="How often at most.")
@click.option("--look", "only_look", is_flag=True, help="Say what it offers; write nothing.")
@json_option
@config_option
def add(url: str, name: str | None, kind: str | None, every: str, only_look: bool, as_json: bool) -> None:
    """Look at a site or a feed, say what it offers, and write the best of it into wires.toml.

    A server of files or mail (ftps://, sftp://, imaps://) is written as it stands.
    """
    config = configured()
    if span(every) is None:
        raise click.UsageError(f"--every {every!r} is no span such as 15m")
    url = url if re.match(r"[a-z]+://", url) else f"https://{url}"
    scheme = url.partition("://")[0]
    if server := next((kind for kind in PASSWORDS if scheme in SCHEMES[kind]), None):
        _write(config, Offer(kind=server, url=url, stories=0), name, every)
        return
    with opened(config, gap=0.0 if config.fetch.gap == 0 else GAP) as door:
        found = look(url, door)
    if as_json:
        emit({name: getattr(offer, name) for name in offer.__slots__} for offer in found.offers)
    else:
        table(
            ("kind", "stories", "with text", "newest", "address"),
            ((o.kind, o.stories, o.whole, o.newest, o.url) for o in found.offers),
        )
    chosen = next((offer for offer in found.offers if kind in (None, offer.kind)), None)
    if chosen is None:
        what = f"offers no {kind}" if found.offers else found.why or "offers nothing"
        raise WireError(what, where=url, do="look at it in a browser, or give the address of its feed")
    if only_look:
        return
    _write(config, chosen, name, every)


def _write(config: Config, chosen: Offer, name: str | None, every: str) -> None:
    taken = {source.name for source in config.sources}
    text = _entry(chosen, name or _free(_name(chosen.url), taken), every)
    if chosen.kind in PASSWORDS:
        text += TOKEN
    _append(config, text)
    click.echo(
        f"wrote to {config.file}:\n{text.strip()}\n`wire sources test` shows what it would bring", err=True
    )


def _entry(offer: Offer, name: str, every: str) -> str:
    """The [[source]] of an offer; TOML's basic strings are JSON's."""
    code = agency_of_url(offer.url)
    agency = catalogue()[code] if code else None
    values = {
        "name": name,
        "label": offer.title,
        "kind": offer.kind,
        "url": offer.url,
        "agency": code,
        "language": offer.language
        if offer.language and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", offer.language)
        else None,
        "country": agency.country if agency else None,
        "timezone": agency.zone if agency else None,
        "every": every,
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value]
    return "\n[[source]]\n" + "\n".join(lines) + "\n"


def _append(config: Config, text: str) -> None:
    """Write the entry under what is there, comments and all; taken back where the file is then wrong."""
    before = config.file.read_text(encoding="utf-8")
    config.file.write_text(before.rstrip("\n") + "\n" + text, encoding="utf-8")
    try:
        load(config.file)
    except WireError:
        config.file.write_text(before, encoding="utf-8")
        raise


def _name(url: str) -> str:
    labels = (host(url) or "source").split(".")
    name = labels[0] if len(labels) < 3 or len(labels[-2]) <= 3 else "-".join(labels[:-1])
    where = urlsplit(url).port
    return (
        re.sub(r"[^\w.-]", "-", f"{'-'.join(labels)}-{where}" if labels[-1].isdigit() and where else name)[
            :60
        ]
        or "source"
    )


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


@click.command()
@click.argument("name")
@click.option(
    "--pages",
    type=click.IntRange(0),
    default=5,
    show_default=True,
    help="Pages of stories asked for at most.",
)
@json_option
@config_option
def test(name: str, pages: int, as_json: bool) -> None:
    """Visit a source and store nothing: what would be new, and what each field would be."""
    config = configured()
    source = next((one for one in config.sources if one.name == name), None)
    if source is None:
        names = ", ".join(one.name for one in config.sources)
        raise click.UsageError(f"no source {name} in {config.file}; there are: {names}")
    state = Told(name=name)
    if config.store.is_file():
        state = told(open_readonly(config.store), name)
    failed = False
    with opened(config) as door:
        for step in trial(source, state, door, pages=pages):
            if isinstance(step, Tried):
                _show(step, door, name, as_json=as_json)
            elif isinstance(step, Failed | Gone):
                failed = True
                do = f"; {step.do}" if isinstance(step, Failed) and step.do else ""
                click.echo(f"{name}: {step.why}{do}", err=True)
            elif isinstance(step, NotModified):
                click.echo(f"{name}: nothing waits", err=True)
    raise SystemExit(1 if failed else 0)


def _show(tried: Tried, door: Door, source: str, *, as_json: bool) -> None:
    story = tried.story
    if story is None:
        if as_json:
            emit([{"new": False, "refused": tried.refused}])
        else:
            click.echo(f"refused  {tried.refused}")
        return
    new = not story.url or bool(door.unknown(source, [story.url]))
    if as_json:
        emit([{"new": new, "story": plain(story)}])
        return
    click.echo(f"{'new' if new else 'known':<8} {story.headline or '(no headline)'}")
    for label, value in _facts(story):
        if value:
            click.echo(f"         {label}: {value}")


def _facts(story: Story) -> Iterator[tuple[str, object]]:
    yield "byline", story.byline
    yield "dateline", story.dateline.text if story.dateline else None
    yield "credit", story.credit
    yield "published", story.published.isoformat() if story.published else None
    yield "status", story.status if story.status != "usable" else None
    yield "url", story.url
    size = f"{len(story.body)} paragraphs{', partial' if story.partial else ''}"
    yield "body", f"{size}: {story.body[0][:100]}…" if story.body else "none"
