"""Which lines of a page are its story's."""

from __future__ import annotations

import pytest

from parsers.hints import Hints
from parsers.reading import read
from tests.parsers.page.composed import BODY, HEADLINE, URL, page

PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
COUNTER = "".join(f"<div><div>{n},{n}50Tickets</div></div>" for n in range(2, 8))


def lines(inner: str, *, by: str = "") -> tuple[str, ...]:
    html = page(by=by).replace(PARAGRAPHS, inner)
    (found,) = read(html.encode(), Hints(url=URL)).stories
    return found.body


@pytest.mark.parametrize(
    "extra",
    [
        "<h2>Dear Reader,</h2><p>The Pier Post has told of piers for as long as there have been any, and hopes to go on.</p>" + "<p>Paper is dear, and so are ink and ferries, which is why we ask each of you to give something each month.</p>" * 4,
        "<p>Dear readers</p><p>We need your help, and each of you can give something each month, if only a little of it.</p>",
        f"<div class=box><h3>Tickets</h3>{COUNTER}</div>",
        "<p>Stay informed with The Pier Post, for two coins a month: subscribe to our newsletter now.</p>",
    ],
)  # fmt: skip
def test_what_follows_a_story_in_its_own_element(extra: str) -> None:
    assert lines(PARAGRAPHS + extra) == BODY


def test_a_body_named_so_is_one_however_its_parts_are_wrapped() -> None:
    second = "".join(f"<div class=field><div class=item><p>{text} (2)</p></div></div>" for text in BODY)
    whole = f"<div class=wrap>{PARAGRAPHS}</div><p>The note reads:</p><div class=letter>{second}</div>"
    html = page().replace(
        f"<div class='story-text'>{PARAGRAPHS}</div>", f"<div class='entry-content'>{whole}</div>"
    )
    (found,) = read(html.encode(), Hints(url=URL)).stories
    assert found.body == (*BODY, "The note reads:", *(f"{text} (2)" for text in BODY))


@pytest.mark.parametrize(
    "line", ["Von Jane Roe am Mittwoch, 4. Juni 2025 um 11:14 Uhr", "By Jane Roe, June 4, 2025, 3:51 pm"]
)
def test_byline_and_time_at_the_head_of_the_body_are_no_paragraph(line: str) -> None:
    assert lines(f"<p>{line}</p>{PARAGRAPHS}") == BODY


def test_a_first_paragraph_that_starts_as_bylines_do_is_kept() -> None:
    first = "By June 4, 2025 the ferry office had sold all but one of its tickets, as the manager of the pier said."
    assert lines(f"<p>{first}</p>{PARAGRAPHS}") == (first, *BODY)


def test_a_headline_repeated_in_the_body_is_dropped() -> None:
    assert lines(f"<p><strong>{HEADLINE}</strong></p>{PARAGRAPHS}") == BODY
