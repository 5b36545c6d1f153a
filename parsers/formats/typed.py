"""What the typed wires (IPTC 7901, ANPA 1312) share: decoding, unwrapping of fixed lines, stamps without a year or zone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise

from parsers.errors import ParseError
from parsers.hints import Hints, Reading, Skipped
from parsers.months import MONTHS
from parsers.story import Story
from parsers.text import tidy

TELEX = re.compile(r"\A\s*ZCZC[^\n]*\n|\n\s*NNNN\s*\Z")
MOST_MESSAGES = 2000
QUOTES = (("``", "“"), ("''", "”"))


def decoded(body: bytes) -> str:
    """UTF-8 where valid, else windows-1252; no BOM, no telex frame (ZCZC … NNNN); line ends as newlines."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    text = text.removeprefix("\ufeff").replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    return TELEX.sub("", text)


def messages(
    text: str, start: re.Pattern[str], read: Callable[[str], Story], hints: Hints, format: str
) -> Reading:
    """The messages of a spool file, each read on its own; `start` matches where one begins. Raises ParseError where none is read."""
    starts = [found.start() for found in start.finditer(text)]
    pieces = [text[a:b] for a, b in pairwise([*starts, len(text)])][:MOST_MESSAGES]
    stories: list[Story] = []
    skipped: list[Skipped] = []
    for position, piece in enumerate(pieces if len(pieces) > 1 else [text]):
        try:
            stories.append(read(piece))
        except ParseError as error:
            if len(pieces) < 2:
                raise
            skipped.append(Skipped(item=f"message {position}", why=error.what))
    if not stories:
        raise ParseError("no message with a text", where=hints.where, do="check what was delivered")
    return Reading(stories=tuple(stories), skipped=tuple(skipped), format=format)


def unwrapped(lines: list[str]) -> list[str]:
    """Paragraphs of fixed-width copy: a blank line or an indent of blanks begins one."""
    made: list[str] = []
    fresh = True
    for line in lines:
        clean = tidy(line)
        if not clean:
            fresh = True
            continue
        if fresh or re.match(r"[ \t]{2,}\S|\t", line) or not made:
            made.append(clean)
        else:
            made[-1] = (
                f"{made[-1]}{'' if made[-1].endswith('-') and clean[:1].islower() and not made[-1].endswith(' -') else ' '}{clean}"
                if not made[-1].endswith("-")
                else f"{made[-1]}{clean}"
            )
        fresh = False
    return made


def mended(text: str) -> str:
    """Typewriter quotes as quotes."""
    for typed, meant in QUOTES:
        text = text.replace(typed, meant)
    return text


def month_number(name: str) -> int | None:
    """The month of a name in any language of the wires."""
    return MONTHS.get(name.lower().rstrip("."))


def full_year(two: int, seen: date | None) -> int:
    """The year of two digits: the century that lies nearest to the day seen, else this one."""
    base = seen.year // 100 * 100 if seen else 2000
    return (
        min((base - 100 + two, base + two, base + 100 + two), key=lambda year: abs(year - seen.year))
        if seen
        else base + two
    )
