"""The head of a page's text dump: its headline, deck, byline, stamp and labels, among the lines above the story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from parsers.dates import ReadTime, less_time, read_time
from parsers.hints import Hints
from parsers.lead import Byline, read_byline
from parsers.lead.agencies import code_of
from parsers.lead.byline import ANONYMOUS
from parsers.lead.home import zone_of
from parsers.lead.places import candidates
from parsers.page import furniture
from parsers.page.blocks import EAST, weight
from parsers.page.dump_lines import (
    BY,
    CRUMBS,
    DOTS,
    MEDIA_LINE,
    PIPED,
    ROUND,
    WIDGETS,
    is_head,
    is_piped_stamp,
    is_prose,
    is_soft,
    of_a_picture,
)
from parsers.page.labels import LABELS
from parsers.page.stamp import parts_of, place_beside, who_in
from parsers.page.writers import LINE, bylines_in
from parsers.text import bare, tidy

ABOVE = 8  # lines above a headline in which its stamp may stand
MOST_BESIDE = 40  # characters beside the time in a stamp's line
WEEKDAY = re.compile(r"(?i)^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? .*\d{4}$")
PICTURED = re.compile(
    r"(?i)\(?(?:ap|pti|ani) photo\b|/\s?(?:getty|ap|afp|pa|epa|reuters|shutterstock|alamy)\b|\(?stock image\)?|\bphotos?:\s"
)
OVER = 250  # weight of what may stand over a headline and seem the body: a deck, a caption
DECKED = 1.2  # by how much the line above the best one may be worse, and be the headline
# Where the parts of a stamp were run together ("The Paper" "April 28, 2023", "Apr 28, 2023" "2:23 PM", "Jane Roe" "Updated: …").
GLUED = re.compile(
    r"(?:(?<=[a-z.)])|(?<=[A-Z]{2}))(?=(?:(?:Last |First )?(?:Updated|Published|Posted)|(?:Edited|Written|Reported) by)\b|By [A-Z])|"
    r"(?<=[a-z])(?=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d)|(?<=\s20\d\d)(?=\d{1,2}:\d\d)"
)
WORD = re.compile(r"[^\W_]+")
CASE_JOINT = re.compile(r"(?<=[A-Z]{2})(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])")


def parted(line: str) -> str:
    """A line of byline and stamp with bars where its parts were run together."""
    return GLUED.sub(" | ", line) if len(line) <= LINE else line


def printed_day(above: Sequence[str], hints: Hints) -> ReadTime | None:
    """The day that a site prints at the top of its pages: a line of its own with the day of the week, or one of the first lines."""
    days = [line for line in above if len(line) < 40 and WEEKDAY.match(line)]
    return next(
        (
            made
            for line in [*above[:4], *days]
            if len(line) < 40 and (made := read_time(line, zone=zone_of(hints)))
        ),
        None,
    )


def words_of(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about: of four letters and more; pairs of letters where words are not parted."""
    found: set[str] = set()
    for word in WORD.findall(text.casefold()):
        if EAST.search(word):
            found.update(map("".join, pairwise(word)))
        elif len(word) > 3:
            found.add(word)
    return frozenset(found)


def headline_in(
    lines: list[str], first: int, end: int, named: str | None, story: frozenset[str], url: str | None
) -> tuple[int, str | None]:
    """(index, text) of the headline among the lines above the body: named so, repeated in a breadcrumb, followed by byline, date
    and share lines, of the words of the story and of its address. first: index of the body's first line, as it seems; the
    headline may stand before `end`. story: words of its text."""
    above = lines[:end]
    slug = words_of(urlsplit(url or "").path.replace("-", " ").replace("_", " "))
    scores: dict[int, float] = {}
    low = [line.casefold() for line in above]
    often, ends = Counter(low), "".join(f"{line}\n" for line in low)
    heads = {line for line in low if len(line.split()) > 3}
    passed = 0  # weight of paragraphs over a line in what seems the body
    for index, line in enumerate(above):
        passed += weight(line) if index >= first and is_prose(line) else 0
        if (index >= first and (is_prose(line) or passed > OVER)) or _no_headline(line):
            continue
        words = len(line.split())
        told = words_of(line)
        score = 5.0 * (line == named)
        score += 4.0 * len(told & story) / max(3, len(told)) + 3.0 * len(told & slug) / max(3, len(told))
        times = often[low[index]]
        # The end of a breadcrumb trail; repeated; the trail itself.
        score += 2.5 * (ends.count(f"{low[index]}\n") > times) + 1.5 * (times > 1)
        score -= 4.0 * any(low[index].endswith(f" {other}") for other in heads)
        plain = [other for other in above[index + 1 : index + 16] if not WIDGETS.match(other)]
        score += 2.5 * any(
            BY.match(other) or PIPED.match(other) or is_piped_stamp(other) for other in plain[:3]
        )
        score += 1.0 * (len(plain) <= 6 and index + 16 >= first)
        following = above[index + 1 : index + 5]
        # In the body a headline has its byline and stamp below it, as no subhead has.
        score -= (2.0 if any(map(is_head, following)) else 6.0) * (index >= first)
        score += 1.0 * any(
            furniture.STAMPS.match(other) or re.match(r"(?i)^date:?$", other) for other in following
        )
        score += 0.8 * any(WIDGETS.match(other) for other in following[:3])
        score += min(words, 14) / 14 + min(1.0, index / max(1, first))
        score -= line.endswith(".") * (1.5 if words > 14 else 1.0)
        scores[index] = score
    if not scores:
        return -1, None
    best = max(scores, key=lambda at: (scores[at], at))
    # The line under a headline says the same in other words.
    if scores.get(best - 1, -99.0) >= scores[best] - DECKED:
        best -= 1
    return best, above[best]


def _no_headline(line: str) -> bool:
    """Can a line not be a headline, wherever it stands: too short or long, of a widget, a picture, the head?"""
    return bool(
        not (3 <= len(line.split()) <= 40 or (weight(line) >= 18 and not line.isascii()))
        or len(line) > 260
        or WIDGETS.match(line)
        or MEDIA_LINE.match(line)
        or bare(line) in LABELS
        or of_a_picture(line)
        or PICTURED.search(line)
        or is_soft(line)  # furniture.WIDGET_LINES among them
        or is_head(line)
        or DOTS.search(line)
        or line.startswith(("…", "..."))
        or (read_time(line) and len(less_time(line)) < MOST_BESIDE)
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """What the lines between headline and body say."""

    byline: Byline | None
    stamp: ReadTime | None
    place: str | None  # beside the time


def facts_in(head: list[str], hints: Hints) -> Facts:
    """What the lines between headline and body say of writer, time and place."""
    byline: Byline | None = None
    stamp: ReadTime | None = None
    place: str | None = None
    for index, line in enumerate(head):
        if len(line) > 160:
            continue
        if not (parts := parts_of(line)):
            continue
        if byline is None and (by := BY.match(line)):
            who = parts_of(by["who"] or (head[index + 1] if index + 1 < len(head) else ""))
            text, place = _less_place(tidy(who[0]).lstrip(": ")) if who else ("", None)
            made = read_byline(text)
            byline = Byline(text or None, made.authors, made.credits)
        elif byline is None and (piped := PIPED.match(line)) and not candidates(piped["who"]):
            made = read_byline(piped["who"])
            byline = Byline(piped["who"].strip(), made.authors, made.credits)
        elif byline is None and (shown := who_in(parts)):
            byline = shown
        elif (
            byline is None
            and (code := code_of(parts[0]))
            and (_dated_near(head, index) if len(parts) == 1 else is_piped_stamp(line))
        ):
            byline = Byline(parts[0], (), (code,))
        place = place or place_beside(parts)
        if stamp is None and len(line) < 110 and re.search(r"\d{4}", line):
            stamp = next(
                (
                    time
                    for part in (line, *parts)
                    if len(less_time(part)) < 60 and (time := read_time(part, zone=zone_of(hints)))
                ),
                None,
            )
    return Facts(byline, stamp, place)


def _dated_near(head: Sequence[str], index: int) -> bool:
    """Does one of the next lines tell a time? Then an agency's name above it is the byline."""
    return any(re.search(r"\d{4}", line) and read_time(line) for line in head[index + 1 : index + 4])


def _less_place(text: str) -> tuple[str, str | None]:
    """A desk's or agency's byline, and the place that runs into it ("Express News Service New Delhi")."""
    words = text.split()
    for size in (3, 2, 1):
        desk, place = " ".join(words[:-size]), " ".join(words[-size:])
        if desk and candidates(place) and (ANONYMOUS.match(desk) or code_of(desk)):
            return desk, place
    return text, None


def kickers_in(above: list[str], at: int) -> tuple[str, ...]:
    """The label right above the headline, and those above it that the breadcrumb names too; labels run together
    ("INTERNATIONALNews Alert") are parted."""
    crumbs = " ".join(line for line in above if at >= 0 and line != above[at] and line.endswith(above[at]))
    found: list[str] = []
    for line in reversed(above[max(0, at - 3) : at] if at > 0 else []):
        if (
            WIDGETS.match(line)
            or ROUND.match(line)
            or CRUMBS.match(line)
            or furniture.STAMPS.match(line)
            or len(line) > 45
            or len(line.split()) > 5
            or not line[:1].isalpha()
            or line[:1].islower()
            or DOTS.search(line)
            or MEDIA_LINE.match(line)
            or (found and line not in crumbs)
        ):
            break
        found = [part.strip() for part in CASE_JOINT.split(line) if part.strip()] + found
    return tuple(found)


def deck_in(head: list[str], headline: str | None) -> str | None:
    """The deck: one of the two lines under the headline, of a sentence's length; none stands under the byline."""
    for line in head[:2]:
        if BY.match(line) or PIPED.match(line):
            return None
        if 60 <= len(line) <= 400 and line != headline and not WIDGETS.match(line):
            return line
    return None


def byline_in(head: Sequence[str], headline: str | None) -> Byline | None:
    """A byline without a "by": a mere name, beside or next to a time."""
    lines = [parts_of(line) if len(line) <= LINE else () for line in head]
    title = bare(headline or "")
    for made in bylines_in(lines, bare_names=True):
        if made.credits or (made.authors and not all(bare(name) in title for name in made.authors)):
            return made
    return None
