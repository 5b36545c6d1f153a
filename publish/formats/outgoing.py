"""What may leave, and in which state: every writer asks here first.

An embargoed or withheld story is not written at all before its time; a canceled one is written as a cancel, without its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from itertools import islice
from urllib.parse import quote

import nh3

from parsers.story import Story, When

TAGS = {
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "a",
    "em",
    "strong",
    "table",
    "tr",
    "td",
    "th",
    "br",
}
NO_IRI = re.compile(r"%(?![0-9A-Fa-f]{2})|[\s\"<>\[\]\\^`{|}\x7f-\xa0]")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def outgoing(stories: Iterable[Story], *, now: datetime) -> Iterator[Story]:
    """The stories that may be written at `now` (aware), in order; a canceled one without text and media."""
    for story in stories:
        if story.status == "canceled":
            yield replace(
                story, body=(), body_html=None, subheadline=None, media=(), embargo=None, kind="kill"
            )
        elif story.status == "usable" and (story.embargo is None or story.embargo <= now):
            yield story


def sound(text: str | None) -> str:
    """Text without the characters that XML forbids."""
    return ILLEGAL.sub("", text or "")


def line(text: str | None) -> str:
    """Sound text as one line, for values that may hold no break."""
    return re.sub(r"\s+", " ", sound(text))


def iri(address: str) -> str:
    """An address as xs:anyURI takes it: what may not stand in it is percent-encoded, other scripts stay."""
    head, mark, fragment = sound(address).strip().partition("#")
    told = NO_IRI.sub(lambda found: quote(found.group(), safe=""), head)
    return told + mark + NO_IRI.sub(lambda found: quote(found.group(), safe=""), fragment.replace("#", "%23"))


def instant(when: When | None) -> str | None:
    """RFC 3339 with zone; a bare day is its first instant in UTC."""
    if when is None:
        return None
    moment = when if isinstance(when, datetime) else datetime(when.year, when.month, when.day, tzinfo=UTC)
    return moment.isoformat().replace("+00:00", "Z")


def lead_in(story: Story) -> str:
    """The dateline as it opens the first paragraph; "" where there is none."""
    return f"{story.dateline.text} - " if story.dateline and story.body else ""


def html_of(story: Story) -> str:
    """The body as clean HTML, the dateline back at its head; cleaned once more on the way out (nh3)."""
    html = story.body_html or "".join(f"<p>{escape(text, quote=False)}</p>" for text in story.body)
    if line := lead_in(story):
        html = (
            html.replace("<p>", f"<p>{escape(line, quote=False)}", 1)
            if "<p>" in html
            else f"<p>{escape(line, quote=False)}</p>{html}"
        )
    return sound(
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"a": {"href"}},
            link_rel=None,
            url_schemes={"http", "https", "mailto"},
        )
    )


def name_of(story: Story) -> str:
    """A permanent name: the source's own id, else the address, else one made of source and headline."""
    return (
        story.guid
        or story.url
        or f"urn:wiredesk:{story.source or ''}:{re.sub(r'[^a-z0-9]+', '-', (story.headline or '').lower()).strip('-')}"
    )


def writers(story: Story) -> tuple[str, ...]:
    """Who is named as author where a format wants names: the people, else the line as printed, else the agency."""
    people = tuple(name for one in story.authors if (name := sound(one).strip()))
    lines = (text for one in (story.byline, story.credit, story.source) if (text := sound(one).strip()))
    return people or tuple(islice(lines, 1))


def killed(story: Story) -> str:
    """The one line that a withdrawn story is told by."""
    return story.ednote or "This story has been withdrawn. Do not use it; remove it where it was used."
