"""Layouts are data: each names its fixture, and reads it; a layout that yields nothing gives way to the generic reader."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from parsers.hints import Hints
from parsers.page import article, dom, layouts

ROOT = Path(__file__).parents[3]
ROWS = [
    (path.stem, row)
    for path in sorted((ROOT / "parsers/sites").glob("*.toml"))
    for row in tomllib.loads(path.read_text())["layout"]
]


@pytest.mark.parametrize(
    ("site", "row"), ROWS, ids=lambda value: value if isinstance(value, str) else value["signs"][0]
)
def test_every_layout_reads_its_fixture(site: str, row: dict[str, object]) -> None:
    pages = sorted((ROOT / "fixtures" / str(row["fixture"])).glob("*.html"))
    assert pages
    for path in pages:
        fitted = layouts.fit(dom.parse(path.read_bytes()), None)
        assert fitted is not None and fitted.layout.site == site
        (story,) = article.read(path.read_bytes(), Hints(url="https://paper.example/x")).stories
        assert story.kickers
        assert len(story.body) >= 2
        text = " ".join(story.body)
        for word in ("spot_img", "Share post", "Previous article", "WhatsApp", "REPLY"):
            assert word not in text


def test_attributes_that_no_layout_can_ask_for() -> None:
    assert layouts.unread("a[href] [ data-kind='x'], .rubric[onclick]") == {"data-kind", "onclick"}


def test_a_layout_that_yields_nothing_gives_way() -> None:
    page = (
        "<div class='td-post-content'></div><article><h1>Lake opens to swimmers</h1>"
        + "<p>The lake above the town was opened to swimmers on Monday, the council said in a note.</p>" * 1
        + "<p>There is room for three hundred, and a raft, and a stall that sells tea until the sun is gone.</p></article>"
    )
    (story,) = article.read(page.encode(), Hints()).stories
    assert len(story.body) == 2
    assert story.kickers == ()
