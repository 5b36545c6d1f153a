"""Which lines of a page's text dump are its story: the run of lines that are worth most together, less what interrupts it.

Paragraphs speak for a line's place in the story, most where they stand together; menus, headlines of other stories, stamps and
tail matter against it. So a story goes on behind a form or a list in its midst, and ends where more is lost than follows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from parsers.lead.signoff import glued, whole_line
from parsers.page import furniture
from parsers.page.asks import asking
from parsers.page.blocks import weight
from parsers.page.boxes import SIGNED
from parsers.page.dump_lines import (
    ADDRESS,
    BY,
    CLOSING,
    DOTS,
    OFFER,
    ROUND,
    SAID_END,
    SENTENCE_END,
    TAIL,
    WIDGETS,
    ends,
    is_head,
    is_prose,
    is_soft,
    is_stamp,
    of_a_picture,
)
from parsers.page.labels import LABELS
from parsers.page.lines import tail_at
from parsers.text import bare

# What a line of a dump may be.
PROSE, SAID, OTHER, PASSED, STAMPED, END = "prose", "said", "other", "passed", "stamped", "end"
AGAINST = {SAID: -10, OTHER: -20, PASSED: -12, STAMPED: -200, END: -600}
MOST = 400  # weight to which a paragraph counts
# Of a post that is embedded: its signature, a picture in it.
POST = re.compile(rf"^{SIGNED.pattern}$|\bpic\.twitter\.com/|https?://t\.co/")
# Whose picture it is; capitals alone sign a story off.
NOTED = re.compile(r"[.!?]”? \((?![A-Z]{1,4}\))[A-Z][^()]{1,40}\)$")
OFTEN = 3  # times a line stands in a dump until it is the page's
DECK = 300  # weight of the words under another story's headline
HEADED = 6  # words of a headline
BOX = 2  # short lines one after another that are a box of other stories
SUBHEAD = 8  # words of a subhead


def span_of(lines: Sequence[str]) -> tuple[int, int] | None:
    """(first, last) of the story: the run of lines that are worth most together."""
    best, first, last = 0, -1, -1
    sum_, begin = 0, 0
    for at, worth in enumerate(_worths(lines)):
        if sum_ <= 0:
            sum_, begin = 0, at
        sum_ += worth
        if sum_ > best:
            best, first, last = sum_, begin, at
    if first < 0:
        return None
    first = next((at for at in range(first, last) if is_prose(lines[at])), first)
    names = _writers(lines[:first])
    # The byline's name in a line of its own heads the box on the writer.
    last = next((at - 1 for at in range(first + 1, last + 1) if lines[at] in names), last)
    return first, last


def _worths(lines: Sequence[str]) -> list[int]:
    """What each line speaks for standing in the story, or against it."""
    asked, passing, stamps = asking(lines), _passing(lines), _stamps(lines)
    kinds = [
        PASSED if at in asked else _kind(line, at in passing, at in stamps) for at, line in enumerate(lines)
    ]
    beside: set[int] = set()  # lines that have another paragraph beside them, whatever interrupts them
    headed: set[int] = set()  # lines under what looks like another story's headline: many words, no sentence
    for one, other in pairwise(at for at, kind in enumerate(kinds) if kind != PASSED):
        if kinds[one] in (PROSE, SAID) and kinds[other] in (PROSE, SAID):
            beside |= {one, other}
        elif kinds[one] == OTHER and len(lines[one].split()) >= HEADED:
            headed.add(other)
    return [
        _worth(kind, min(weight(line), MOST), beside=at in beside, headed=at in headed)
        for at, (line, kind) in enumerate(zip(lines, kinds, strict=True))
    ]


def _worth(kind: str, size: int, *, beside: bool, headed: bool) -> int:
    if kind == PROSE:
        alone = AGAINST[SAID] if headed and size <= DECK else size // 4
        return size if beside else alone
    return size // 2 if kind == SAID and beside else AGAINST[kind]


def _kind(line: str, passes: bool, stamped: bool) -> str:
    if is_head(line):
        return END
    if stamped:
        return STAMPED
    if passes:
        return PASSED
    if ends(line):
        return STAMPED if OFFER.match(line) else END
    if is_prose(line):
        return PROSE
    return SAID if len(line) >= 25 and SAID_END.search(line) and not DOTS.search(line) else OTHER


def _passing(lines: Sequence[str]) -> set[int]:
    """The positions of lines that only interrupt a story: of widgets, pictures, addresses."""
    return {
        at
        for at, line in enumerate(lines)
        if is_soft(line)
        or of_a_picture(line)
        or bare(line) in LABELS
        or ADDRESS.fullmatch(line)
        or POST.search(line)
    }


def _stamps(lines: Sequence[str]) -> set[int]:
    """The positions of lines that hold a time, or a byline, and little else."""
    return {at for at, line in enumerate(lines) if is_stamp(line)}


def uninterrupted(lines: Sequence[str]) -> list[str]:
    """The story's lines without what interrupts them: what asks the reader, captions, stamps, promotions, boxes of other stories."""
    kept: list[str] = []
    short: list[str] = []  # lines since the last paragraph that are none
    seen: set[str] = set()
    asked, passing = asking(lines), _passing(lines) | _stamps(lines)
    often = Counter(map(bare, lines))
    for at, line in enumerate(lines):
        letters = bare(line)
        if at in asked:
            short = []  # what heads it
            continue
        if (
            at in passing
            or (often[letters] >= OFTEN and weight(line) < CLOSING)
            or is_head(line)
            or DOTS.search(line)
        ):
            continue
        if letters in seen and len(letters) > 60:  # a caption that the story says again
            continue
        if is_prose(line) or SAID_END.search(line):
            seen.add(letters)
            kept += _subheads(short)
            kept.append(line)
            short = []
        else:
            short.append(line)
    kept += short if len(short) == 1 else []
    kept = [line for line in kept[:-1] if not NOTED.search(line)] + kept[-1:]
    end = tail_at([(line, weight(line), False) for line in kept])
    return kept[:end] + [line for line in kept[end:] if whole_line(line) is not None][:1]


def _subheads(short: Sequence[str]) -> list[str]:
    """Which of the short lines between two paragraphs are the story's: one of few words; more are a box of other stories."""
    return list(short) if len(short) < BOX and all(len(line.split()) <= SUBHEAD for line in short) else []


def _writers(above: Sequence[str]) -> frozenset[str]:
    """Who the bylines above a story name, as they stand there."""
    return frozenset(by["who"] or after for line, after in pairwise([*above, ""]) if (by := BY.match(line)))


def missing(lines: Sequence[str], body: Sequence[str]) -> Iterator[str]:
    """The lines that are not in a body made of some of them, in order."""
    kept = iter(body)
    awaited = next(kept, None)
    for line in lines:
        if line == awaited:
            awaited = next(kept, None)
        else:
            yield line


def closed(lines: Sequence[str], last: int) -> int:
    """The index of the story's last line, where `last` is that of its last paragraph: a short sentence or a sign-off may follow, also
    behind a promotion."""
    for at in range(last + 1, len(lines)):
        line = lines[at]
        if TAIL.match(line) or WIDGETS.match(line):
            break
        sentence = 20 < len(line) < CLOSING and SENTENCE_END.search(line)
        if sentence or whole_line(line) is not None or glued(line) is not None:
            last = at
        elif not (furniture.LEAD_INS.match(line) or ROUND.match(line)):
            break
    return last
