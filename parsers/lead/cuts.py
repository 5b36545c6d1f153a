"""The paragraphs of a story while head and end are taken off them, and what was cut where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from parsers.story import Removed

OPENING = 8  # paragraphs that tell the country of a place in no table


class Cut(NamedTuple):
    """What was cut of one paragraph given: so many characters of its head and of its tail (all of it: `head` is its length)."""

    paragraph: int  # index in the paragraphs given
    head: int = 0
    tail: int = 0


class Paragraphs:
    """The paragraphs of a story and what is left of each."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.given = paragraphs
        self.now = list(paragraphs)  # what is left of each
        self.left = [index for index, text in enumerate(paragraphs) if text and not text.isspace()]
        self.span: dict[
            int, tuple[int, int]
        ] = {}  # of those that were cut: from where to where they are left
        self.removed: list[Removed] = []

    def text(self, at: int) -> str:
        return self.now[self.left[at]]

    def texts(self, first: int = 0) -> list[str]:
        return [self.now[index] for index in self.left[first:]]

    def opening(self) -> list[str]:
        """The first paragraphs of which something is left, as they were given."""
        return [self.given[index] for index in self.left[:OPENING]]

    def _cut(self, index: int, start: int, stop: int, gone: str, rule: str) -> None:
        self.removed.append(Removed(text=gone, rule=rule))
        self.span[index] = start, stop
        self.now[index] = self.given[index][start:stop]

    def drop(self, at: int, rule: str) -> None:
        """Takes a whole paragraph away."""
        index, gone = self.left[at], self.text(at)
        del self.left[at]
        self._cut(index, len(self.given[index]), len(self.given[index]), gone, rule)

    def behead(self, count: int, rule: str) -> None:
        """Takes characters off the first paragraph."""
        index, text = self.left[0], self.text(0)
        start, stop = self.span.get(index, (0, len(text)))
        self._cut(index, start + count, stop, text[:count], rule)

    def curtail(self, at: int, keep: int, rule: str) -> None:
        """Takes away what stands behind the first `keep` characters of a paragraph."""
        index, text = self.left[at], self.text(at)
        start, _ = self.span.get(index, (0, 0))
        self._cut(index, start, start + keep, text[keep:], rule)

    def dated(self) -> bool:
        """Is what is left of the first paragraph what stood behind a dateline (then it is copy, whatever it looks like)?"""
        cut = self.span.get(self.left[0])
        return bool(cut and cut[0] and self.removed[-1].rule == "lead:dateline")

    def cuts(self) -> tuple[Cut, ...]:
        """What was cut, by the paragraphs' order."""
        return tuple(
            Cut(index, start, len(self.given[index]) - stop)
            for index, (start, stop) in sorted(self.span.items())
        )
