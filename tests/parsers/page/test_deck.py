"""Where the deck of a page stands, and where it does not."""

from __future__ import annotations

import pytest

from tests.parsers.page.composed import page, story


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<div class='util-bar-share'><p class=subtitle>Let your friends in every network know what you are reading about.</p></div>",
        "<figure><img src=/f.jpg><figcaption>The last paper ticket lies on the counter of the ferry office on Friday evening.</figcaption></figure>",
        "<div class=image__caption><p class=lede>The last paper ticket lies on the counter of the ferry office on Friday evening.</p></div>",
        "<nav><h2 class=subheading>Disciplines that we feature in this paper today</h2></nav>",
    ],
)
def test_no_deck_stands_there(elsewhere: str) -> None:
    assert story(page(by=elsewhere)).subheadline is None


def test_but_a_teaser_may_be_one() -> None:
    deck = "Four clerks tore tickets for years; from Friday on they help at the gates."
    assert story(page(by=f"<div class=teaser><p>{deck}</p></div>")).subheadline == deck


def test_what_leads_a_page_with_a_film_is_no_deck() -> None:
    film = "<div class='image__lede article__lede-wrapper'><div>Ferry office: the last ticket is sold 01:40</div></div>"
    assert story(page(by=film)).subheadline is None
