"""Stories laid by come back as they were, by order, number and slice."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.shelf import PIECE, Shelf, laid_by, shelved
from parsers.hints import Reading
from parsers.story import Story

MANY = tuple(
    Story(source="ward", guid=str(n), headline=f"Ward {n} digs", body=(f"Work on {n} began.",))
    for n in range(3 * PIECE + 7)
)


@given(st.integers(0, len(MANY)))
def test_all_in_order(count: int) -> None:
    shelf = Shelf(MANY[:count])
    assert len(shelf) == count
    assert tuple(shelf) == tuple(shelf) == MANY[:count]


@given(st.integers(-len(MANY), len(MANY) - 1), st.slices(len(MANY)))
def test_one_and_some(index: int, some: slice) -> None:
    shelf = Shelf(MANY)
    assert shelf[index] == MANY[index]
    assert tuple(shelf[some]) == MANY[some]


def test_beyond_the_last_there_is_none() -> None:
    with pytest.raises(IndexError):
        Shelf(MANY)[len(MANY)]


def test_few_are_held_as_they_are_and_many_take_little_room() -> None:
    assert laid_by(MANY[:PIECE]) is not None
    assert not isinstance(laid_by(MANY[:PIECE]), Shelf)
    found = shelved(Reading(stories=MANY, format="feed"))
    assert isinstance(found.stories, Shelf)
    assert replace(found, stories=()) == Reading(format="feed")
    assert len(pickle.dumps(found)) < len(pickle.dumps(MANY)) / 2
