"""The page reader on pages that the project wrote itself."""

from __future__ import annotations

import random
import re

import pytest

from parsers.errors import ParseError
from parsers.hints import Hints
from parsers.page.dom import fragment
from parsers.reading import read
from parsers.story import Story, plain

SENTENCES = (
    "The harbour board said on Monday that the northern quay will open again before the winter, two years after the storm.",
    "Engineers had to replace forty piles, and each of them took the better part of a week to drive into the clay.",
    "“We would rather be late than wrong,” the harbour master said, standing beside the last crane to be tested.",
    "Ferries to the outer islands will use the old berth until then, and the timetable stays as it is for the moment.",
)
HEADLINE = "Northern quay to open before the winter"


def page(
    body: str = "".join(f"<p>{text}</p>" for text in SENTENCES), *, head: str = "", before: str = ""
) -> bytes:
    return (
        f"{before}<!doctype html><html lang=en><head><title>{HEADLINE} | The Quayside</title>"
        f"<meta property='og:site_name' content='The Quayside'>{head}</head><body><nav><a href=/a>Home</a><a href=/b>News</a></nav>"
        f"<article><h1>{HEADLINE}</h1><div class='article-text'>{body}</div></article>"
        "<footer>Copyright The Quayside. All rights reserved.</footer></body></html>"
    ).encode()


def story(body: bytes) -> Story:
    (found,) = read(body, Hints()).stories
    return found


def test_the_story_alone_is_read() -> None:
    found = story(page())
    assert found.headline == HEADLINE
    assert found.body == SENTENCES


def test_scripts_that_compare_and_write_tags_do_not_flatten_a_page() -> None:
    script = "<script>for(i=0;i<n;i++){" + "x<a&&b;" * 12_000 + "}</script><style>.a{color:red}</style>"
    assert story(page(head=script + "<script>s='" + "<div>" * 5000 + "'</script>")).body == SENTENCES


def test_a_page_nested_too_deep_is_read_without_its_scripts() -> None:
    found = story(
        page("<script>alert('no copy')</script>" + "<div>" * 6000 + "".join(f"<p>{s}</p>" for s in SENTENCES))
    )
    assert set(SENTENCES) <= set(found.body)
    assert not any("alert" in text for text in found.body)


@pytest.mark.parametrize(
    "before",
    [
        "<br />\n<b>Warning</b>: out of space in <b>cache.php</b> on line <b>7</b><br />\n",
        "<style>p{}</style>",
    ],
)
def test_what_a_server_prints_before_a_page_leaves_it_a_page(before: str) -> None:
    found = story(page(before=before))
    assert found.headline == HEADLINE
    assert found.body == SENTENCES


def test_a_dateline_in_a_line_of_its_own_is_the_dateline() -> None:
    found = story(page("<p>OSLO -</p>" + "".join(f"<p>{text}</p>" for text in SENTENCES)))
    assert found.dateline is not None
    assert found.dateline.place == "Oslo"
    assert found.body == SENTENCES


def test_lengths_and_titles_of_films_are_no_story() -> None:
    clip = "<div class=clip>2:17 Divers at the northern quay show the damage</div>"
    paragraphs = [f"<p>{text}</p>" for text in SENTENCES]
    found = story(page(paragraphs[0] + paragraphs[1] + clip + paragraphs[2] + paragraphs[3]))
    assert found.body == SENTENCES
    assert any(cut.rule == "page:clip" for cut in found.removed)


@pytest.mark.parametrize(
    ("author", "byline", "people"),
    [
        ("Mira Holt, The Associated Press", "Mira Holt, The Associated Press", ("Mira Holt",)),
        ("Harbour News Desk", "Harbour News Desk", ()),
    ],
)
def test_the_byline_is_the_line_that_names_them_all(
    author: str, byline: str, people: tuple[str, ...]
) -> None:
    found = story(page(head=f"<meta name=author content='{author}'>"))
    assert found.byline == byline
    assert found.authors == people


@pytest.mark.parametrize("no_name", ["www.quayside.com", "Image: Harbour Pictures", "mho"])
def test_addresses_picture_credits_and_shorthands_are_no_authors(no_name: str) -> None:
    names = f'["Mira Holt", "{no_name}"]'
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{HEADLINE}", "author": {names}}}</script>'
    assert story(page(head=data)).authors == ("Mira Holt",)


@pytest.mark.parametrize(
    ("title", "reason"),
    [("404 Page not found", "soft 404"), ("Just a moment...", "bot check"), ("Sign in", "login")],
)
def test_a_page_without_a_story_is_refused_with_its_reason(title: str, reason: str) -> None:
    body = f"<html><head><title>{title}</title></head><body><p>Please try again, or go to the start.</p></body></html>"
    with pytest.raises(ParseError, match=reason):
        read(body.encode(), Hints())


def test_clean_html_and_paragraphs_agree() -> None:
    found = story(
        page(
            f"<p>{SENTENCES[0]}</p><h2>Late but right</h2><ul><li>{SENTENCES[1]}</li></ul><blockquote>{SENTENCES[2]}</blockquote><p><b>{SENTENCES[3]}</b></p>"
        )
    )
    assert tuple(block.text for block in fragment(found.body_html or "").blocks) == found.body


def mutated(body: bytes, chance: random.Random) -> bytes:
    """A page cut, doubled, nested, or broken in its attributes and letters."""
    kind, at = chance.randrange(7), chance.randrange(1, len(body))
    if kind == 0:
        return body[:at]
    if kind == 1:
        return body[:at] + b"<div>" * chance.randrange(1, 3000) + body[at:]
    if kind == 2:
        attributes = b" ".join(b"a%d=1" % number for number in range(chance.randrange(1, 2000)))
        return body[:at] + b"<p " + attributes + b">" + body[at:]
    if kind == 3:
        return body[:at] + bytes(chance.randrange(256) for _ in range(40)) + body[at:]
    if kind == 4:
        other = chance.randrange(1, len(body))
        return body[min(at, other) :] + body[: max(at, other)]
    if kind == 5:
        return body.replace(b">", b" ", chance.randrange(1, 5))
    return re.sub(rb"</?(\w+)", lambda tag: tag[0] if chance.random() < 0.8 else b"<" + tag[1][::-1], body)


def hold(count: int, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(count):
        broken = mutated(page(), chance)
        outcomes = []
        for _twice in range(2):
            try:
                outcomes.append([plain(one) for one in read(broken, Hints()).stories])
            except ParseError as refused:
                outcomes.append([{"refused": str(refused)}])
        assert outcomes[0] == outcomes[1]


def test_broken_pages_are_read_or_refused_and_always_alike() -> None:
    hold(300, seed=7)


@pytest.mark.proof
def test_a_hundred_thousand_broken_pages_are_read_or_refused() -> None:
    hold(100_000, seed=11)
