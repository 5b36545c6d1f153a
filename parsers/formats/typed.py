"""What the typed wires (IPTC 7901, ANPA 1312) share: decoding, unwrapping of fixed lines, stamps without a year or zone."""

from __future__ import annotations

import re
from datetime import date

from parsers.dates import MONTHS
from parsers.text import tidy

QUOTES = (("``", "“"), ("''", "”"))


def decoded(body: bytes) -> str:
    """UTF-8 where valid, else windows-1252; line ends as newlines."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    return text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")


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
