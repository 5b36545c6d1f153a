"""Is a text the dump of a page, and no copy? By what pages print round their stories."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.page import furniture
from parsers.page.blocks import weight
from parsers.page.dump_lines import (
    BY,
    CLOSING,
    CRUMBS,
    PIPED,
    ROUND,
    SENTENCE_END,
    TAIL,
    WIDGETS,
    is_piped_stamp,
    is_prose,
)
from parsers.page.dump_span import span_of

MENU = 15  # short lines above a story that are a page's menu
SIGNS = 3  # from which on a text is a page's
LEAST_WORDS = 3  # of a line that may be a headline
LONGEST = 140  # characters of a line of tail matter


def is_dump(lines: Sequence[str]) -> bool:
    """Is a text the dump of a page: does it print what pages have round their stories, or its headline twice above the story?"""
    signs = sum(1 for line in lines if WIDGETS.match(line))
    if signs >= SIGNS:
        return True
    first = next((at for at, line in enumerate(lines) if is_prose(line)), len(lines))
    above = lines[:first]
    signs += sum(1 for line in lines if not WIDGETS.match(line) and _stands_round(line))
    signs += sum(1 for line in above if len(line.split()) >= LEAST_WORDS and CRUMBS.match(line))
    signs += 2 * _said_twice(above)
    signs += any(BY.match(line) for line in above) and any(map(furniture.STAMPS.match, above))
    signs += any(PIPED.match(line) or is_piped_stamp(line) for line in above)
    return signs >= SIGNS or _among_menus(lines)


def _among_menus(lines: Sequence[str]) -> bool:
    """Does a text hold paragraphs, and many short lines above them, or twice as many round them, that are no sentences?"""
    if len(lines) < 2 * MENU or sum(weight(line) < CLOSING for line in lines) < MENU:
        return False
    span = span_of(lines)
    if span is None or sum(map(is_prose, lines[span[0] : span[1] + 1])) < SIGNS:
        return False
    above, below = (sum(map(_is_label, part)) for part in (lines[: span[0]], lines[span[1] + 1 :]))
    return above >= MENU or above + below >= 2 * MENU


def _is_label(line: str) -> bool:
    """Is a line short, and no sentence? (A table of results has figures in its lines.)"""
    return weight(line) < CLOSING and not SENTENCE_END.search(line) and not any(map(str.isdigit, line))


def _stands_round(line: str) -> bool:
    """Is a line one that pages print round their stories?"""
    return bool(ROUND.match(line) or (len(line) < LONGEST and TAIL.match(line)))


def _said_twice(above: Sequence[str]) -> bool:
    """Does a line come again, alone or at the end of a trail of links?"""
    told = [line for line in above if len(line.split()) > LEAST_WORDS]
    return any(other.endswith(line) for at, line in enumerate(told) for other in told[:at] + told[at + 1 :])
