"""Which of many short texts stand in a long one: what must stand there before an expression is worth trying."""

from __future__ import annotations


def each(signs: tuple[str, ...], text: str) -> list[str]:
    """Those of the signs, of two letters and more, that stand in a text, in their order."""
    return [sign for sign in signs if sign in text]


try:
    from parsers._signs import standing as standing
except ImportError:  # not compiled
    standing = each
