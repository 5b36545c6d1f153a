"""Plain text → story: the text dump of a page as crawlers save it, or plain copy (the story alone)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from parsers.dates import ReadTime
from parsers.errors import ParseError
from parsers.hints import Hints, Reading
from parsers.language import language_of
from parsers.lead import Lead, read_lead
from parsers.lead.agencies import original
from parsers.lead.dateline import find_dateline
from parsers.lead.home import zone_of
from parsers.lead.places import candidates
from parsers.page.dump_head import (
    ABOVE,
    byline_in,
    deck_in,
    facts_in,
    headline_in,
    kickers_in,
    parted,
    printed_day,
    words_of,
)
from parsers.page.dump_lines import is_prose
from parsers.page.dump_signs import is_dump
from parsers.page.dump_span import closed, missing, span_of, uninterrupted
from parsers.page.house import house_of
from parsers.page.lines import same
from parsers.page.markdown import is_markdown, title
from parsers.page.markdown import plain as without_marks
from parsers.page.meta import Meta
from parsers.page.plain_copy import plain_copy
from parsers.page.stamp import LONE_PLACE, parts_of
from parsers.page.times import nearest, stamps_in
from parsers.story import Removed, Story
from parsers.text import decode, tidy

WITHIN = 7  # lines of what seems the body among which its headline may stand
ROUND_UP, OVER = 6, 250  # lines in which a round-up has several datelines; characters of a deck or caption
ALONE = 60  # characters of a line that may be a dateline alone


def read(body: bytes, hints: Hints) -> Reading:
    """The story of a plain text. Raises ParseError where it holds none."""
    text = decode(body, hints.charset).replace("\r\n", "\n").replace("\r", "\n")
    printable = sum(c.isprintable() or c.isspace() for c in text[:2000])
    if printable < 0.9 * len(text[:2000]) or text[:2000].count("\ufffd") > 20:
        raise ParseError("no text", where=hints.where, do="see parsers/reading.py for what is read")
    marked = is_markdown(text)
    named = title(text) if marked else None
    if marked:
        text = without_marks(text)
    lines = [clean for line in text.split("\n") if (clean := tidy(line))]
    dump = marked or is_dump(lines)
    story = _dump(list(map(parted, lines)), hints, named and tidy(named)) if dump else plain_copy(text, hints)
    return Reading(stories=(story,), format="dump" if dump else "text")


def _dump(lines: list[str], hints: Hints, named: str | None = None) -> Story:
    """named: the heading that a text's own marks call its first."""
    span = span_of(lines)
    if span is None:
        raise ParseError("a dump with no story in it", where=hints.where, do="give the page itself")
    first, last = span
    last = closed(lines, last)
    if first and len(lines[first - 1]) < ALONE and (own := find_dateline(lines[first - 1], alone=True)):
        first -= own.sure  # a dateline in a line of its own
    elif first and LONE_PLACE.match(lines[first - 1]):
        lines = [*lines[: first - 1], "", f"{lines[first - 1]} {lines[first]}", *lines[first + 1 :]]
    story = words_of(" ".join(lines[first : last + 1]))
    at, headline = headline_in(lines, first, min(first + WITHIN, last), named, story, hints.url)
    if at >= first:  # what stands over it are other stories
        first = next((i for i in range(at + 1, last) if is_prose(lines[i])), last)
    above = lines[:first]
    head = above[at + 1 :] if at >= 0 else above[-6:]
    facts = facts_in(head, hints)
    stamp, updated = _stamps(lines, at, first, zone_of(hints))
    when = stamp or facts.stamp or updated or printed_day(above, hints)
    published = when.when if when else None
    body = _from_dateline(
        [line for line in uninterrupted(lines[first : last + 1]) if not (headline and same(line, headline))]
    )
    deck = deck_in(head, headline)
    lead = _lead(body, published, headline, facts.byline.text if facts.byline else None, hints)
    cut = list(_cut(above[:at] + head if at >= 0 else above, "furniture"))
    cut += _cut(missing(lines[first : last + 1], body), "interruption")
    cut += _cut(lines[last + 1 :], "furniture")
    if lead.dateline is None and facts.place and (placed := find_dateline(facts.place, alone=True)):
        lead = replace(lead, dateline=placed.dateline)
    if not lead.byline and not lead.authors and (shown := byline_in(head, headline)):
        credits = tuple(dict.fromkeys([*lead.credits, *shown.credits]))
        lead = replace(lead, byline=shown.text, authors=shown.authors, credits=credits)
    return _made(
        lead, headline, published, when, hints, kickers=kickers_in(above, at), deck=deck, removed=cut
    )


def _stamps(
    lines: Sequence[str], at: int, first: int, zone: str | None
) -> tuple[ReadTime | None, ReadTime | None]:
    """(published, updated) as the lines from above the headline into the body tell. at: index of the headline, -1 for none;
    first: that of the body."""
    if at >= 0:
        near: Sequence[int] = nearest(range(max(0, at - ABOVE), min(len(lines), first + 2)), at)
    else:
        near = range(max(0, first - ABOVE), first)
    return stamps_in([lines[i] for i in near], [partial(parts_of, lines[i]) for i in near], zone)


def _from_dateline(lines: list[str]) -> tuple[str, ...]:
    """A story from its dateline on, where that stands in its second or third line: a deck or caption stands over it. (Of a
    round-up many lines have datelines.)"""
    dated = [
        at
        for at, line in enumerate(lines[:ROUND_UP])
        if (found := find_dateline(line, alone=len(line) < ALONE))
        and all(map(candidates, found.dateline.places))
    ]
    over = dated[0] if len(dated) == 1 and dated[0] < 3 else 0
    return tuple(lines[over:] if all(len(line) < OVER for line in lines[:over]) else lines)


def _cut(lines: Iterable[str], rule: str) -> Iterator[Removed]:
    yield from (Removed(text=line, rule=f"dump:{rule}") for line in lines)


def _lead(
    body: tuple[str, ...],
    published: datetime | date | None,
    headline: str | None,
    byline: str | None,
    hints: Hints,
) -> Lead:
    return read_lead(
        body,
        published=published or hints.seen,
        headline=headline,
        byline=byline,
        country=hints.country,
        agency=hints.agency,
        url=hints.url,
    )


def _made(
    lead: Lead,
    headline: str | None,
    published: datetime | date | None,
    when: ReadTime | None,
    hints: Hints,
    *,
    kickers: tuple[str, ...] = (),
    deck: str | None = None,
    removed: Sequence[Removed] = (),
) -> Story:
    house = house_of(Meta(), hints.url)
    if not lead.body:
        raise ParseError("no story in it", where=hints.where, do="check what was delivered")
    return Story(
        source=hints.source,
        url=hints.url,
        headline=headline,
        subheadline=deck,
        kickers=kickers,
        byline=lead.byline,
        authors=tuple(name for name in lead.authors if not house.writes(name)),
        credit=original(lead.credits),
        credits=lead.credits,
        dateline=lead.dateline,
        published=published,
        zone_assumed=bool(when and when.zone_assumed),
        body=lead.body,
        language=language_of(hints.language, lead.body),
        ednote=lead.ednote,
        removed=(*lead.removed, *removed),
    )
