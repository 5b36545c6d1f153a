"""Who wrote the story of a page, and the byline as it is printed."""

from __future__ import annotations

from typing import Any

import pytest

from parsers.hints import Hints
from parsers.reading import read
from tests.parsers.page.composed import SITE, URL, page, story


def ld(*authors: Any) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "author": list(authors),
        "publisher": {"@type": "Organization", "name": SITE},
    }


def person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("<p class=byline>By Jane Roe</p>", ("Jane Roe",)),
        ("<div>By <a rel=author href=/jane>Jane Roe</a> and <a rel=author href=/luc>Luc Roux</a></div>", ("Jane Roe", "Luc Roux")),
        ("<div class=meta><span class='author vcard'><a href=/j>Jane</a></span><time>June 4, 2025</time></div>", ("Jane",)),
        ("<div class=meta><span class='author vcard'><a href=/j>jane77</a></span><time>June 4, 2025</time></div>", ()),
        ("<div><span itemprop=author>Jane Roe</span><span>June 4, 2025</span></div>", ("Jane Roe",)),
        ("<p>Posted on June 4, 2025 by Jane Roe</p>", ("Jane Roe",)),
        ("<p>June 4, 2025 | By Jane Roe | 3 min read</p>", ("Jane Roe",)),
        ("<p>ByJane Roe</p>", ("Jane Roe",)),
        ("<div>By</div><div>Jane Roe</div><div>-</div><div>June 4, 2025</div>", ("Jane Roe",)),
        ("<p><span>Local news</span><span>Edited by Jane Roe</span><span>Updated: June 04, 2025 12:44 pm IST</span></p>", ("Jane Roe",)),
        ("<p>4 June 2025 • Jane Roe • 3 minutes</p>", ("Jane Roe",)),
        ("<p>Jane Roe</p><p>4 June 2025</p>", ("Jane Roe",)),
        ("<div class=author><a href=/j>Jane Roe</a><span>Harbour Correspondent</span></div>", ("Jane Roe",)),
        ("<div class=author><span class=n>Jane Roe</span><span class=t>Follow Today</span><span class=n>Luc Roux</span></div>", ("Jane Roe", "Luc Roux")),
        ("<div class=author><b>Jane Roe</b> (with Luc Roux and Ann Bell)</div>", ("Jane Roe", "Luc Roux", "Ann Bell")),
        ("<div class=author><b>Jane Roe</b> and <i>Luc Roux</i><span>Desk Editors</span></div>", ("Jane Roe", "Luc Roux")),
        ("<p><strong>Authored by: </strong><a href=/j>Jane Roe</a></p><p>June 4, 2025</p>", ("Jane Roe",)),
        ("<p>Jane Roe and Luc Roux, The Associated Press</p><p>Published Wednesday, June 4, 2025 6:56PM EDT</p>", ("Jane Roe", "Luc Roux")),
        ("<p>June 4, 2025</p><p>Share This Article</p>", ()),
        ("<p>Special Correspondent</p><p>CHANDIGARH, June 4, 2025 19:36 IST</p>", ()),
        ("<p>Von Jane Roe am Mittwoch, 4. Juni 2025 um 11:14 Uhr</p>", ("Jane Roe",)),
        ("<p>Mi 04.06.25 | 14:07 Uhr | Von Jane Roe</p>", ("Jane Roe",)),
        ("<p>Veröffentlicht am 4. Juni 2025 von Jane Roe</p>", ("Jane Roe",)),
        ("<p>Par Jane Roe le 04 juin 2025</p>", ("Jane Roe",)),
        ("<p>Por Jane Roe | 4 de junio de 2025</p>", ("Jane Roe",)),
        ("<p>Autor: Jane Roe</p>", ("Jane Roe",)),
        ("<p>Autorin Jane Roe</p>", ("Jane Roe",)),
        ("<p class='article__author'><span>Jane Roe</span><span>Luc Roux</span><span>Ann Bell</span></p>", ("Jane Roe", "Luc Roux", "Ann Bell")),
        ("<p>Jane Roe, PhD</p><p>4 June 2025</p>", ()),
        ("<p>Jane Roe</p><p>am</p><p>Mittwoch, 04.06.2025 - 14:30</p>", ("Jane Roe",)),
        (f"<div>By</div><div>{SITE}</div><div>June 4, 2025</div><p>Written by: Jane Roe</p>", ("Jane Roe",)),
        ("<div data-component=byline-block><span>Jane Roe</span><span>Pier News, Northport</span></div>", ("Jane Roe",)),
        # no writers
        ("<p>Paper Ticket</p><p>4 June 2025</p>", ()),  # in the headline
        ("<p>North Korea 09:31 June 4, 2025</p>", ()),
        ("<p>Share this article</p><p>4 June 2025</p>", ()),
        ("<p>4 June 2025 | New York</p>", ()),
        ("<p>Datenschutz</p><p>Participate</p><p>4 June 2025</p>", ()),
        (f"<p class=author>{SITE}</p>", ()),
        ("<p class=byline>By Staff Reporter</p>", ()),
        ("<p>Story of a pier</p>", ()),
    ],
)  # fmt: skip
def test_writers_that_a_page_shows_above_its_story(by: str, names: tuple[str, ...]) -> None:
    assert story(page(by=by)).authors == names


@pytest.mark.parametrize(
    "after",
    [
        "<p>Author: Jane Roe</p>",
        "<div class=author-name>Jane Roe</div>",
        "<p>Text: Jane Roe</p>",
        "<p>Autorin: Jane Roe</p>",
    ],
)
def test_writers_that_a_page_names_under_its_story(after: str) -> None:
    assert story(page(after=f"<div class=colophon>{after}</div>")).authors == ("Jane Roe",)


@pytest.mark.parametrize(
    "note",
    [
        "Jane Roe is professor of tides at Northport and the author of “Two Stubs”.",
        "Our correspondent Jane Roe covers the piers and their ferries for this paper.",
    ],
)
def test_a_note_on_the_writer_at_the_end_is_no_copy(note: str) -> None:
    told = page(by="<p class=byline>By Jane Roe</p>").replace("</p></div>", f"</p><p><i>{note}</i></p></div>")
    assert any(cut.text == note for cut in story(told).removed)
    other = note.replace("Jane Roe", "Luc Roux")
    (found,) = read(told.replace(note, other).encode(), Hints(url=URL)).stories
    assert found.body[-1] == other


def test_writers_in_comments_and_teasers_are_others() -> None:
    comment = (
        "<div class=comments><div class=comment><span class=author>Ann Bell</span> June 5, 2025</div></div>"
    )
    assert story(page(after=comment)).authors == ()


def test_json_ld_is_believed_and_the_line_is_as_printed() -> None:
    found = story(
        page(ld=ld(person("Jane Roe")), by="<div>Jane Roe, The Associated Press</div><div>June 4, 2025</div>")
    )
    assert (found.byline, found.authors, found.credit) == (
        "Jane Roe, The Associated Press",
        ("Jane Roe",),
        "AP",
    )


def test_a_service_in_json_ld_follows_the_name() -> None:
    found = story(page(ld=ld({"@type": "Organization", "name": "Reuters"}, person("Jane Roe and Luc Roux"))))
    assert (found.byline, found.authors, found.credit) == (
        "Jane Roe and Luc Roux, Reuters",
        ("Jane Roe", "Luc Roux"),
        "REUTERS",
    )


@pytest.mark.parametrize("name", ["Pier Post", "pierpost.example", "Sports Desk", "admin"])
def test_a_house_or_a_desk_in_json_ld_is_no_writer_and_bars_no_byline(name: str) -> None:
    data = ld(person(name))
    assert story(page(ld=data)).authors == ()
    assert story(page(ld=data, by="<p>By Jane Roe</p>")).authors == ("Jane Roe",)


def test_agencies_and_posts_are_printed() -> None:
    assert story(page(by="<p class=byline>Reuters</p><p>June 4, 2025</p>")).byline == "Reuters"
    assert story(page(by="<p>By Staff Reporter</p>")).byline == "Staff Reporter"
    found = story(page(by="<p class=byline>Edited by Jane Roe (with inputs from <a href=/r>Reuters</a>)</p>"))
    assert (found.authors, found.credit) == (("Jane Roe",), "REUTERS")


@pytest.mark.parametrize(
    "line",
    [
        "Portside | March 4, 2025 12:07 IST",
        "OSLO, March 04, 2025 19:36 IST",
        "<a href=/c>Oslo</a> | March 4, 2025",
    ],
)
def test_a_place_beside_the_time_is_the_dateline(line: str) -> None:
    dateline = story(page(by=f"<p>{line}</p>")).dateline
    assert (dateline.place if dateline else None) == ("Oslo" if line.startswith("OSLO") else None)


@pytest.mark.parametrize(
    ("by", "authors", "credits"),
    [
        ("<p>By Jane Roe (with John Doe and Ann Lee)</p>", ("Jane Roe", "John Doe", "Ann Lee"), ()),
        ("<p class=byline>By Jane Roe <a href=#>Print</a> <a href=#>E-mail</a></p>", ("Jane Roe",), ()),
        ("<div style='display:none'>By Links List</div><p>By Jane Roe</p>", ("Jane Roe",), ()),
        ("<p class=byline>Text: Jane Roe; Fotos: John Doe</p>", ("Jane Roe",), ()),
        ("<p class=author>来源：新华社</p>", (), ("XINHUA",)),
        ("<p>By CNN Newswire</p>", (), ("CNN",)),
        ("<p>By Jane Roe | New Delhi | June 4, 2025</p>", ("Jane Roe",), ()),
        ("<p class=byline>Last Modified: June 4, 2025</p>", (), ()),
        ("<p class=author>Jane Roe @janeroe on June 4, 2025 at 9:00a</p>", ("Jane Roe",), ()),
    ],
)  # fmt: skip
def test_who_is_no_writer(by: str, authors: tuple[str, ...], credits: tuple[str, ...]) -> None:
    found = story(page(by=by))
    assert found.authors == authors
    assert found.credits == credits


def test_a_byline_is_no_caption_that_names_the_writer() -> None:
    caption = "<figure><p>How do you sell the last ticket of a pier? Jane Roe finds out at the ferry office of the harbour.</p></figure>"
    found = story(
        page(
            by=f"{caption}<p class=byline>Jane Roe, The Pier Post</p>",
            ld={"@type": "NewsArticle", "author": {"@type": "Person", "name": "Jane Roe"}},
        )
    )
    assert found.authors == ("Jane Roe",)
    assert found.byline == "Jane Roe, The Pier Post"
