"""Raw copy → dateline, byline, authors, credits, editor's note, and the body without any of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from parsers.lead.above import (
    DECK_END,
    Above,
    bare_credit,
    ednote_of,
    inline_matter,
    kind_of,
    line_above,
    only_heads,
)
from parsers.lead.agencies import agency_of_url, catalogue, original
from parsers.lead.byline import Byline, read_byline
from parsers.lead.cuts import Cut, Paragraphs
from parsers.lead.dateline import Found, find_dateline
from parsers.lead.home import country_of_domain, country_of_language
from parsers.lead.places import candidates
from parsers.lead.signoff import endings
from parsers.story import Dateline, Removed
from parsers.url import host as host_of

PLAINLY = 90  # characters in which the proof of a dateline is looked for first
PROOF = re.compile(r"\d|[)\]】）/]")
SIGNED_BEHIND = re.compile(
    r"(?P<who>[^\W\d_a-zşğçıöü]{2,15}(?: [^\W\d_a-zşğçıöü]{2,15}){1,3})\s+[-–]\s+(?=\S)"
)  # "ANKARA (AA) - AYŞE ÖRNEK - "
LAST_BRACKET = re.compile(r"[【［][^【［】］]{2,30}[＝=][^【［】］]{2,20}[】］]\s*$")
HEAD_LINES = 8  # paragraphs in which matter above the story is looked for
ALONE = 70  # characters of a paragraph that may be a dateline on a line of its own
TAIL_LINES = 16  # paragraphs in which end matter is looked for
AGAIN = 3  # times that the head is looked at again after a dateline


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What head and end of a story say, and the body without it."""

    dateline: Dateline | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    credit: str | None = None
    credits: tuple[str, ...] = ()
    ednote: str | None = None
    kind: str | None = None  # advisory, correction, kill: where the head says so
    headline: str | None = None  # a heading that stood above the story in its text
    body: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
    cuts: tuple[Cut, ...] = ()  # the same by position, for a body in another form


def day_of(when: date | datetime | None) -> date | None:
    """The day of a time in its own zone."""
    return when.date() if isinstance(when, datetime) else when


@lru_cache(maxsize=1024)
def countries(
    agency: str | None, country: str | None, language: str | None, host: str | None
) -> tuple[str | None, ...]:
    """Countries to prefer among namesakes: the agency's, then the paper's own, its language's, its domain's."""
    own = catalogue()[agency].country if agency in catalogue() else None
    return own, country, country_of_language(language), country_of_domain(host)


def read_lead(
    paragraphs: Sequence[str],
    *,
    published: date | datetime | None = None,
    headline: str | None = None,
    byline: str | None = None,
    language: str | None = None,
    country: str | None = None,
    agency: str | None = None,
    url: str | None = None,
    host: str | None = None,
) -> Lead:
    """Read head and end of a story's copy.

    paragraphs: plain text in order. published: infers the dateline's year. headline: dropped where the copy repeats it.
    byline: one found elsewhere (a page's, a wire's element). agency (code), country (ISO), language (BCP 47), url or host
    of the source: for namesakes and credits. Body paragraphs are slices of the given ones, white space at their ends off.
    """
    copy = Paragraphs(paragraphs)
    host = host or host_of(url)
    source = agency or agency_of_url(f"https://{host}/" if host else None)
    prefer = countries(source, country, language, host)
    above = Above()
    day = day_of(published)
    # A paragraph that begins with a sure dateline and goes on has nothing above it.
    found = _dateline(copy, day, prefer, plainly=True) or _above(copy, above, headline, day, prefer)
    _inline(copy, above)
    found = found or _dateline(copy, day, prefer)
    # A note behind the dateline, or a paper's own dateline before the agency's: off too, so that reading twice changes nothing.
    if (
        found
        and found.sure
        and copy.left
        and (signed := SIGNED_BEHIND.match(copy.text(0)))
        and not candidates(signed["who"])
    ):
        above.bylines.append(read_byline(signed["who"]))
        copy.behead(signed.end(), "lead:byline")
    for _ in range(AGAIN):
        if not found or not (_inline(copy, above) or _dateline(copy, day, prefer)):
            break
    if copy.left and found is None and (bare := bare_credit(copy.text(0))):
        above.bylines.append(Byline(None, (), (bare[1],)))
        copy.behead(bare[0], "lead:credit")
    found = found or _dateline_at_end(copy, day, prefer)
    tail_codes = _cut_tail(copy)
    body = tuple(filter(None, map(str.strip, copy.texts())))
    return _made(copy, above, found, byline, tail_codes, headline, body)


def _above(
    copy: Paragraphs, above: Above, headline: str | None, day: date | None, prefer: tuple[str | None, ...]
) -> Found | None:
    """Matter above the story, line by line; never so much that nothing is left."""
    found: Found | None = None
    looked = 0
    while len(copy.left) > 1 and looked < HEAD_LINES:
        line = copy.text(0).strip()
        below = [copy.text(at).strip() for at in range(1, min(len(copy.left), HEAD_LINES - looked))]
        taken = line_above(line, above, headline, below)
        if taken is None:
            if not only_heads(line, below, day):
                break
            above.headings.append(line)
            taken = (None, "headline")
        place, rule = taken
        copy.drop(0, f"lead:{rule}")
        if place and found is None:
            found = find_dateline(place, published=day, prefer=prefer, alone=True)
        looked += 1
    return found


def _inline(copy: Paragraphs, above: Above) -> bool:
    """Takes notes and bylines off that run into the first paragraph; was there any?"""
    if len(copy.left) > 1 and (note := ednote_of(copy.text(0).strip())):
        above.notes.append(note)
        copy.drop(0, "lead:ednote")
        return True
    cuts = list(inline_matter(copy.text(0), above)) if copy.left else []
    for cut, rule in cuts:
        copy.behead(cut, rule)
    return bool(cuts)


def _dateline(
    copy: Paragraphs, day: date | None, prefer: tuple[str | None, ...], *, plainly: bool = False
) -> Found | None:
    """The dateline of the first paragraph (or on a line of its own above it), taken off. plainly: only one that is proved and runs into its sentence."""
    if not copy.left:
        return None
    text = copy.text(0)
    if plainly and (text.startswith(("By ", "BY ")) or not PROOF.search(text[:PLAINLY])):
        return None
    short = len(copy.left) > 1 and len(text) < ALONE
    alone = short and not copy.dated()
    found = find_dateline(text, published=day, prefer=prefer, alone=alone, story=copy.opening)
    if plainly and not (
        found and found.sure and text[found.body :].strip() and all(map(candidates, found.dateline.places))
    ):
        return None
    if found is None and not short:
        marks = list(DECK_END.finditer(text[:400]))
        if len(marks) != 1:
            return None
        at = marks[0].end()
        found = find_dateline(text[at:], published=day, prefer=prefer, story=copy.opening)
        if found:
            copy.behead(at, "lead:deck")
            text = copy.text(0)
    if found is None:
        return None
    if text[found.body :].strip():
        copy.behead(found.body, "lead:dateline")
    elif alone:
        copy.drop(0, "lead:dateline")
    else:
        return None
    return found


def _dateline_at_end(copy: Paragraphs, day: date | None, prefer: tuple[str | None, ...]) -> Found | None:
    """A Japanese paper's 【place＝reporter】 behind the last sentence, taken off."""
    at = len(copy.left) - 1
    text = copy.text(at) if copy.left else ""
    ending = LAST_BRACKET.search(text[-60:]) if text.rstrip().endswith(("】", "］")) else None
    if not ending:
        return None
    found = find_dateline(ending.group().strip() + "本文", published=day, prefer=prefer)
    start = max(0, len(text) - 60) + ending.start()
    if found and text[:start].strip():
        copy.curtail(at, start, "signoff:dateline")
        return found
    return None


def _cut_tail(copy: Paragraphs) -> tuple[str, ...]:
    """Cuts the end matter; the agencies it credits, in the order of the text."""
    first = max(0, len(copy.left) - TAIL_LINES)
    ends = endings(list(map(str.strip, copy.texts(first))))
    credits: list[tuple[str, ...]] = []
    for at, end in reversed([(at, end) for at, end in enumerate(ends, first) if end]):
        credits.append(end.credits)
        if end.at:
            text = copy.text(at)
            keep = len(text) - len(text.lstrip()) + end.at
            copy.curtail(at, keep, f"signoff:{end.rule}")
        else:
            copy.drop(at, f"signoff:{end.rule}")
    return tuple(code for codes in reversed(credits) for code in codes)


def _made(
    copy: Paragraphs, above: Above, found: Found | None, byline: str | None, tail: tuple[str, ...], headline: str | None, body: tuple[str, ...]
) -> Lead:  # fmt: skip
    named = [read_byline(byline, sure=True)] if byline else []
    own = [*named, *above.bylines]
    credited = [*(found.credits if found else ()), *(code for one in own for code in one.credits), *tail]
    codes = tuple(dict.fromkeys(credited))
    names = [*(name for one in own for name in one.authors), *(found.authors if found else ())]
    shown = next((one.text for one in own if one.text), None) or (found.byline if found else None)
    if above.bylines and not named:
        shown = "\n".join(dict.fromkeys(one.text for one in above.bylines if one.text)) or shown
    return Lead(
        dateline=found.dateline if found else None, byline=shown, authors=tuple(dict.fromkeys(names)),
        credit=original(codes), credits=codes,
        ednote=" | ".join(above.notes) or None, kind=kind_of(above.notes, above.headings, headline),
        headline=above.headings[0] if above.headings else None, body=body, removed=tuple(copy.removed), cuts=copy.cuts(),
    )  # fmt: skip
