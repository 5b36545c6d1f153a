"""Plain copy → story: the text alone, often without a headline, its dateline at the head."""

from __future__ import annotations

import dataclasses
import re

from parsers.dates import read_time
from parsers.errors import ParseError
from parsers.hints import Hints
from parsers.language import language_of
from parsers.lead import Lead, read_lead
from parsers.lead.home import zone_of
from parsers.page import furniture
from parsers.page.blocks import weight
from parsers.story import Dateline, Story
from parsers.text import tidy

SENTENCE_END = re.compile(r"[.!?…।。”\"’'»)\]]$")
WIDEST = 140  # characters of a line that an editor's layout wraps
HEADING = 130  # characters of a headline above the copy
NEW_PARAGRAPH = re.compile(r"\n[ \t]*\n|\n(?=[ \t]{2,}\S)")


def is_wrapped(lines: list[str]) -> bool:
    """Were the lines broken by a layout of fixed width: most are nearly as long as the longest, and end in mid-sentence?"""
    longest = max(map(len, lines))
    if len(lines) < 4 or not 40 <= longest <= WIDEST:
        return False
    full = sum(len(line) >= 0.7 * longest for line in lines)
    open_ends = sum(not SENTENCE_END.search(line) for line in lines)
    return full > 0.5 * len(lines) and open_ends > 0.5 * len(lines)


def unwrapped(text: str) -> list[tuple[str, bool]]:
    """(paragraph, stood a blank line before it) of plain copy. Hard-wrapped lines are joined; runs of spaces stay."""
    lines = text.split("\n")
    filled = [line.strip() for line in lines if line.strip()]
    if not filled:
        return []
    if is_wrapped(filled):
        parts = NEW_PARAGRAPH.split(text)
        return [(joined, True) for part in parts if (joined := " ".join(part.split("\n")).strip())]
    made: list[tuple[str, bool]] = []
    blank = True
    for line in lines:
        clean = line.strip()
        # A line that begins in lower case goes on with the one before it: the layout broke it.
        if (
            clean
            and made
            and not blank
            and clean[0].islower()
            and len(made[-1][0]) > 30
            and not SENTENCE_END.search(made[-1][0])
        ):
            made[-1] = (made[-1][0] + " " + clean, made[-1][1])
        elif clean:
            made.append((clean, blank))
        blank = not clean
    return made


def plain_copy(text: str, hints: Hints) -> Story:
    """The story of plain copy. Raises ParseError where it holds none."""
    copy = unwrapped(text)
    if sum(weight(line) for line, _ in copy) < 20:
        raise ParseError("too little text for a story", where=hints.where, do="check what was delivered")
    paragraphs = [line for line, _ in copy]
    stamps = (line for line in paragraphs[:3] if len(line) < 60 and furniture.STAMPS.match(line))
    stamp = next((made for line in stamps if (made := read_time(line, zone=zone_of(hints)))), None)
    published = stamp.when if stamp else None
    lead = read_lead(
        paragraphs, published=published or hints.seen, country=hints.country, agency=hints.agency, language=hints.language, url=hints.url
    )  # fmt: skip
    headline, body = lead.headline, tuple(clean for line in lead.body if (clean := tidy(line)))
    if headline is None and not any(cut.paragraph == 0 for cut in lead.cuts) and _headed(copy):
        headline, body = tidy(copy[0][0]), body[1:]
    if not body:
        raise ParseError("no story in it", where=hints.where, do="check what was delivered")
    return Story(
        source=hints.source, url=hints.url, headline=tidy(headline) or None, byline=lead.byline, authors=lead.authors,
        credit=lead.credit, credits=lead.credits, dateline=_tidied(lead), published=published,
        zone_assumed=bool(stamp and stamp.zone_assumed), body=body, language=language_of(hints.language, body),
        ednote=lead.ednote, kind=lead.kind or "story", removed=lead.removed,
    )  # fmt: skip


def _headed(copy: list[tuple[str, bool]]) -> bool:
    """Is the first line a headline: short, no full stop, a blank line or far longer prose under it?"""
    if len(copy) < 3:
        return False
    first, second = copy[0][0], copy[1][0]
    if not 3 <= len(first.split()) <= 20 or len(first) >= HEADING or SENTENCE_END.search(first):
        return False
    parted = copy[1][1] or len(second) > 2.5 * len(first)
    return parted and weight(second) + weight(copy[2][0]) > 2 * weight(first)


def _tidied(lead: Lead) -> Dateline | None:
    return dataclasses.replace(lead.dateline, text=tidy(lead.dateline.text)) if lead.dateline else None
