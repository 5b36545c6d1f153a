"""What a host prints under all its stories is learned from them, and nothing else is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from parsers.page.furniture import digest
from store import furniture
from store.db import writing
from tests.store.conftest import NOW

THANKS = "The Ward News lives on the coins of its readers, and thanks each of them."


def body(number: int, *more: str) -> tuple[str, ...]:
    return (*(f"Paragraph {place} of story {number} says what happened there." for place in range(8)), *more)


def noted(db: Any, host: str, *bodies: tuple[str, ...], days: int = 0) -> frozenset[str]:
    with writing(db):
        for one in bodies:
            furniture.note(db, host, one, at=NOW + timedelta(days=days))
    return furniture.known(db, host)


def test_a_paragraph_on_three_stories_of_a_host_is_its_own(db: Any) -> None:
    assert noted(db, "ward.example", body(1, THANKS), body(2, THANKS)) == frozenset()
    assert noted(db, "ward.example", body(3, THANKS)) == {digest(THANKS)}
    assert furniture.known(db, "lake.example") == frozenset()


def test_a_story_told_again_teaches_nothing(db: Any) -> None:
    assert noted(db, "ward.example", *[body(1, THANKS)] * 5) == frozenset()
    assert noted(db, "ward.example", *[(*body(1)[:-1], "It was told once more at noon.")] * 5) == frozenset()


def test_background_that_another_host_prints_is_no_furniture(db: Any) -> None:
    noted(db, "lake.example", body(9, THANKS))
    assert noted(db, "ward.example", *(body(number, THANKS) for number in range(4))) == frozenset()


def test_the_middle_of_a_story_is_not_looked_at(db: Any) -> None:
    middle = (*body(0)[:4], THANKS)
    assert noted(
        db, "ward.example", *((*middle[:1], *body(n)[:3], THANKS, *body(n)[3:]) for n in range(5))
    ) == {digest(body(0)[0])}


def test_what_was_seen_too_seldom_is_forgotten(db: Any) -> None:
    noted(db, "ward.example", *(body(number, THANKS) for number in range(3)))
    with writing(db):
        assert furniture.forget(db, NOW + timedelta(days=1)) == 3 * 5
    assert furniture.known(db, "ward.example") == {digest(THANKS)}
