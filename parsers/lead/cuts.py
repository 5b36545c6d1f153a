"""The paragraphs of a story while head and end are taken off them, and what was cut where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.story import Removed


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What was cut of one paragraph given: so many characters of its head and of its tail (all of it: `head` is its length)."""

    paragraph: int  # index in the paragraphs given
    head: int = 0
    tail: int = 0


class Paragraphs:
    """The paragraphs of a story and what is left of each: text[start:stop]."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.given = paragraphs
        self.left = [index for index, text in enumerate(paragraphs) if text.strip()]
        self.start = [0] * len(paragraphs)
        self.stop = [len(text) for text in paragraphs]
        self.removed: list[Removed] = []

    def text(self, at: int) -> str:
        index = self.left[at]
        return self.given[index][self.start[index] : self.stop[index]]

    def texts(self) -> list[str]:
        return [self.given[index][self.start[index] : self.stop[index]] for index in self.left]

    def drop(self, at: int, rule: str) -> None:
        """Takes a whole paragraph away."""
        index = self.left.pop(at)
        self.removed.append(Removed(text=self.given[index][self.start[index] : self.stop[index]], rule=rule))
        self.start[index] = self.stop[index] = len(self.given[index])

    def behead(self, count: int, rule: str) -> None:
        """Takes characters off the first paragraph."""
        index = self.left[0]
        self.removed.append(Removed(text=self.text(0)[:count], rule=rule))
        self.start[index] += count

    def curtail(self, at: int, keep: int, rule: str) -> None:
        """Takes away what stands behind the first `keep` characters of a paragraph."""
        index = self.left[at]
        self.removed.append(Removed(text=self.text(at)[keep:], rule=rule))
        self.stop[index] = self.start[index] + keep

    def dated(self) -> bool:
        """Is what is left of the first paragraph what stood behind a dateline (then it is copy, whatever it looks like)?"""
        return bool(self.start[self.left[0]] and self.removed and self.removed[-1].rule == "lead:dateline")

    def cuts(self) -> tuple[Cut, ...]:
        if not self.removed:
            return ()
        return tuple(
            Cut(paragraph=index, head=self.start[index], tail=len(text) - self.stop[index])
            for index, text in enumerate(self.given)
            if self.start[index] or self.stop[index] != len(text)
        )
