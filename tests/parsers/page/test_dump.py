"""Dumps of a page's visible text: what is story among the lines."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from parsers.hints import Hints
from parsers.page import dump
from parsers.story import Story
from tests.parsers.page.composed import BODY, HEADLINE

HEAD = ["Home", "Sign in", "Friday, June 6, 2025", f"Home Local news {HEADLINE}", "Local news", HEADLINE, "By", "Jane Roe", "-", "June 4, 2025", "Facebook", "Twitter"]  # fmt: skip
TAIL = ["Facebook", "Previous articleA bridge is painted green again, and the painters ask, who chose the colour, and for what reason, they say.", "Next articleThe rope walk opens its doors", "LEAVE A REPLY Cancel reply"]  # fmt: skip


def story(*lines: str) -> Story:
    (found,) = dump.read("\n\n".join(lines).encode(), Hints(seen=datetime(2025, 6, 6, tzinfo=UTC))).stories
    return found


@pytest.mark.parametrize(
    "between",
    [
        ["spot_img"],
        ["- Advertisement -"],
        ["- Advertisement -", "Tweet", "Share", "Share"],
        ["Also read: A bridge is painted green again"],
        ["Advertisement", "A bridge is painted green again", "The rope walk opens its doors", "Gulls, a nuisance"],
        ["He asked for two."],
    ],
)  # fmt: skip
def test_what_interrupts_a_story_neither_ends_nor_joins_it(between: list[str]) -> None:
    kept = tuple(line for line in between if line.startswith("He "))
    found = story(*HEAD, *BODY[:2], *between, *BODY[2:], *TAIL)
    assert found.body == (*BODY[:2], *kept, *BODY[2:])
    assert (found.headline, found.authors, str(found.published)) == (HEADLINE, ("Jane Roe",), "2025-06-04")


def test_a_long_deck_above_the_byline_is_no_paragraph() -> None:
    deck = "The last of them went to a man who asked for two, and who was then told that one of these was already torn."
    lines = [*HEAD]
    lines.insert(6, deck)
    found = story(*lines, *BODY, *TAIL)
    assert (found.body, found.subheadline) == (BODY, deck)


def test_the_end_is_neither_an_appeal_nor_the_box_on_the_writer() -> None:
    appeal = "Stay informed with The Pier Post, for as little as two coins a month: subscribe to our newsletter now."
    box = "Jane Roe has written on piers and ferries for The Pier Post since she was a child, and lives on a boat."
    assert story(*HEAD, *BODY, appeal, *TAIL).body == BODY
    assert story(*HEAD, *BODY, "Jane Roe", box, *TAIL).body == BODY


def test_a_caption_that_the_story_says_again_stands_once() -> None:
    assert story(*HEAD, *BODY[:2], BODY[0], *BODY[2:], *TAIL).body == BODY


def test_the_day_at_the_top_of_the_page_serves_where_the_story_tells_none() -> None:
    lines = [line for line in HEAD if line != "June 4, 2025"]
    assert str(story(*lines, *BODY, *TAIL).published) == "2025-06-06"
