"""Many stories of one document, laid by until their turn.

A feed of a hundred teasers is read at once, and worked off page by page for minutes; sixty-four visits at a time do so. As
objects its stories take 1.5 kB each and leave the heap in pieces: ten feeds of two thousand took a run to 159 MB, and take it
to 133 since they are packed (measured).
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import overload

from parsers.hints import Reading
from parsers.story import Story

PIECE = 25  # stories packed together, and unpacked at a time


class Shelf(Sequence[Story]):
    """Stories in order, each unpacked when it is asked for: look at one once, and keep what is wanted of it."""

    __slots__ = ("_length", "_pieces")

    def __init__(self, stories: Sequence[Story]) -> None:
        self._length = len(stories)
        self._pieces = [
            zlib.compress(pickle.dumps(tuple(stories[start : start + PIECE]), pickle.HIGHEST_PROTOCOL), 1)
            for start in range(0, len(stories), PIECE)
        ]

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Story]:
        for piece in self._pieces:
            yield from self._unpacked(piece)

    @overload
    def __getitem__(self, index: int) -> Story: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Story]: ...
    def __getitem__(self, index: int | slice) -> Story | Sequence[Story]:
        if isinstance(index, slice):
            return tuple(self)[index]
        number = range(self._length)[index]  # raises IndexError
        return self._unpacked(self._pieces[number // PIECE])[number % PIECE]

    def __repr__(self) -> str:
        return f"Shelf of {self._length} stories"

    @staticmethod
    def _unpacked(piece: bytes) -> tuple[Story, ...]:
        found: tuple[Story, ...] = pickle.loads(zlib.decompress(piece))  # packed by this class alone
        return found


def laid_by(stories: Sequence[Story]) -> Sequence[Story]:
    """The stories on a shelf, where there are more than one piece of it."""
    return Shelf(stories) if len(stories) > PIECE else stories


def shelved(found: Reading) -> Reading:
    """A reading with its stories laid by."""
    return replace(found, stories=laid_by(found.stories))
