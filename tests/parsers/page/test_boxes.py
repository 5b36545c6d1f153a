"""Boxes between a story's paragraphs that no class or id gives away."""

from __future__ import annotations

import pytest

from tests.parsers.page.composed import BODY
from tests.parsers.page.test_body import PARAGRAPHS, lines

FIRST, *REST = (f"<p>{paragraph}</p>" for paragraph in BODY)
POST = (
    "<blockquote class=x7><p>The last ticket went to a man in a green hat, and he asked for two of them.</p>"
    "— Pier Watch (@pierwatch) <a href=https://social.example/1>June 4, 2025</a></blockquote>"
)
LETTERS = (
    "<div class=x1><h3>News of the harbour, every evening</h3><p>All that moved on the water today.</p>"
    "<p>By signing up you agree to the terms of the port.</p></div>"
)
TEASER = (
    "<div class=x2><a href=/gulls><img src=/g.jpg></a><div class=x3><h4><a href=/gulls>Gulls return to the north pier</a></h4>"
    "<p>After ten years without a nest, three pairs were counted in the spring on the old signal mast.</p></div></div>"
)
ANNOUNCED = (
    "<div class=x4><div class=x5><p>Read more</p></div><div class=x6><div class=x7><a href=/birds>Birds</a></div>"
    "<a href=/gulls>Gulls return to the north pier</a><div><p>Three pairs were counted on the old signal mast in the spr...</p></div></div></div>"
)
POINTS = "<div>Highlights</div><ul><li>The last ticket was sold on Friday evening</li><li>Turnstiles read a code from now on</li></ul>"


@pytest.mark.parametrize(
    "box", [POST, LETTERS, TEASER, ANNOUNCED], ids=["post", "letters", "teaser", "announced"]
)
def test_a_box_between_paragraphs(box: str) -> None:
    assert lines(f"{FIRST}{box}{''.join(REST)}") == BODY


def test_highlights_before_a_story() -> None:
    assert lines(f"{POINTS}{PARAGRAPHS}") == BODY


def test_a_list_in_the_story_that_is_called_so_is_kept() -> None:
    found = lines(
        f"{PARAGRAPHS * 1}{''.join(f'<p>{text} (2)</p>' for text in BODY)}{POINTS}<p>{BODY[0]} (3)</p>"
    )
    assert "Turnstiles read a code from now on" in found


def test_a_quotation_is_no_post() -> None:
    said = "<blockquote><p>We shall miss the sound of the paper, and the smell of it, said the oldest of the clerks.</p>— Jane Roe, 61, clerk since 1984</blockquote>"
    assert len(lines(f"{FIRST}{said}{''.join(REST)}")) == len(BODY) + 2


def test_one_call_among_the_steps_of_a_recipe_takes_none_of_them() -> None:
    steps = [f"Stir the {what} for {n} minutes, and put it aside until the rice is done." for n, what in enumerate(("onions", "lamb", "lentils", "almonds", "raisins"), 3)]  # fmt: skip
    listed = "".join(f"<p>{step}</p>" for step in steps)
    found = lines(
        f"{PARAGRAPHS}<div class=x5>{listed}<p>Log in or register to save this for later.</p></div>"
    )
    assert found == (*BODY, *steps)


def test_items_of_a_list_story_are_no_teasers() -> None:
    items = "".join(
        f"<div class=x2><img src=/{n}.jpg><h3><a href=/boat/{n}>Boat number {n}</a></h3><p>Built in 19{n}0 of oak, and still the fastest of its class in a following wind.</p></div>"
        for n in range(1, 7)
    )
    assert sum(line.startswith("Built in") for line in lines(f"{PARAGRAPHS}{items}")) == 6


READERS = "<h3>2 thoughts on “Ferry office sells its last paper ticket”</h3>" + "".join(
    f"<div class=x9><b>{name} says:</b><p>I have kept all of my stubs since I was a boy, and I will not throw them away for any gate, whatever the pier says of it.</p><a href=#r>Reply</a></div>"
    for name in ("Ann Bell", "Luc Roux")
)


def test_readers_words_under_a_story() -> None:
    doubled = PARAGRAPHS + "".join(f"<p>{text} (2)</p>" for text in BODY)
    found = lines(doubled + READERS)
    assert found == (*BODY, *(f"{text} (2)" for text in BODY))


def test_a_subhead_that_sounds_like_readers_words_ends_nothing() -> None:
    doubled = f"{PARAGRAPHS}<h3>Comments</h3>" + "".join(f"<p>{text} (2)</p>" for text in BODY)
    assert lines(doubled)[-1] == f"{BODY[-1]} (2)"
