"""Digits of every script, as the lines that state times have them."""

from __future__ import annotations

import re
import unicodedata

DIGIT = re.compile(r"\d")
DIRECTIONS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
BEYOND_ASCII = re.compile("[^\x00-\x7f]+")


def folded(text: str) -> str:
    """Digits of every script as ASCII digits; compatibility forms resolved; marks of direction left out."""
    if text.isascii() or (text := DIRECTIONS.sub("", unicodedata.normalize("NFKC", text))).isascii():
        return text
    if not any(map(str.isdigit, "".join(BEYOND_ASCII.findall(text)))):
        return text
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


def has_digit(text: str) -> bool:
    """Is there a digit of any script in a text? Without one it states no time."""
    return DIGIT.search(folded(text)) is not None
