"""Where the deck of a page stands, and where it does not."""

from __future__ import annotations

import pytest

from parsers.hints import Hints
from parsers.reading import read
from tests.parsers.page.composed import BODY, HEADLINE, URL, page, story


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<div class='util-bar-share'><p class=subtitle>Let your friends in every network know what you are reading about.</p></div>",
        "<figure><img src=/f.jpg><figcaption>The last paper ticket lies on the counter of the ferry office on Friday evening.</figcaption></figure>",
        "<div class=image__caption><p class=lede>The last paper ticket lies on the counter of the ferry office on Friday evening.</p></div>",
        "<div class=wall><p>This story is available exclusively to subscribers of The Pier Post. Have an account?</p></div>",
        "<nav><h2 class=subheading>Disciplines that we feature in this paper today</h2></nav>",
    ],
)
def test_no_deck_stands_there(elsewhere: str) -> None:
    assert story(page(by=elsewhere)).subheadline is None


def test_but_a_teaser_may_be_one() -> None:
    deck = "Four clerks tore tickets for years; from Friday on they help at the gates."
    assert story(page(by=f"<div class=teaser><p>{deck}</p></div>")).subheadline == deck


DECK = "Four clerks tore tickets for years; from Friday on they help at the gates."


HEADED = f"<header><h1>{HEADLINE}</h1><p>{DECK}</p></header>"


def test_a_deck_under_its_headline_far_above_the_body() -> None:
    offers = "".join(f"<p>Plan {n}, one coin a week</p>" for n in range(30))
    html = page(heading=HEADED, by=f"<div class=hidden>{offers}</div>")
    assert story(html).subheadline == DECK


def test_a_stamp_in_an_element_named_as_decks_are_is_none() -> None:
    by = "<div class=entry-subhead><div class=subhead>by Jane Roe, 13.12.2022 - 08:13</div></div>"
    assert story(page(heading=HEADED, by=by)).subheadline == DECK


def test_a_subhead_in_the_story_is_no_deck() -> None:
    parts = [f"<h3 class=subheading>What was said of part {n}</h3><p>{BODY[n]}" for n in (0, 1)]
    html = page(heading=HEADED).replace(f"<p>{BODY[0]}", parts[0]).replace(f"<p>{BODY[1]}", parts[1])
    (found,) = read(html.encode(), Hints(url=URL)).stories
    assert found.subheadline == DECK
    assert found.body[:4] == ("What was said of part 0", BODY[0], "What was said of part 1", BODY[1])


def test_what_leads_a_page_with_a_film_is_no_deck() -> None:
    film = "<div class='image__lede article__lede-wrapper'><div>Ferry office: the last ticket is sold 01:40</div></div>"
    assert story(page(by=film)).subheadline is None
