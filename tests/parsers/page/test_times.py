"""When the story of a page was published and updated."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from parsers.hints import Hints
from parsers.reading import read
from parsers.story import plain
from tests.parsers.page.composed import BODY, URL, page, story

DAY = "2025-06-04"
TOLD_AT = "2025-06-09T12:00:00+00:00"
TOLD = f"<meta property='article:published_time' content='{TOLD_AT}'>"


@pytest.mark.parametrize(
    ("parts", "published", "updated"),
    [
        ({"ld": {"@type": "NewsArticle", "datePublished": "2025-06-04T10:00:00+02:00", "dateModified": "2025-06-04T12:00:00+02:00"}}, "2025-06-04T10:00:00+02:00", "2025-06-04T12:00:00+02:00"),
        ({"head": "<meta property='article:published_time' content='2025-06-04T10:00:00Z'>"}, "2025-06-04T10:00:00+00:00", None),
        ({"by": "<time datetime='2025-06-04T10:00:00+02:00'>today</time>"}, "2025-06-04T10:00:00+02:00", None),
        ({"by": "<p>By Jane Roe June 4, 2025, 3:51 pm</p>"}, "2025-06-04T15:51:00+00:00", None),
        ({"by": "<p>Published June 4, 2025 7:48 am IST</p><p>Updated June 5, 2025 9:42 pm IST</p>"}, "2025-06-04T07:48:00+05:30", "2025-06-05T21:42:00+05:30"),
        ({"by": "<p>Updated June 5, 2025 9:42 pm IST</p><p>Published June 4, 2025 7:48 am IST</p>"}, "2025-06-04T07:48:00+05:30", "2025-06-05T21:42:00+05:30"),
        ({"by": "<p>June 4, 2025, 08:00 ET</p>"}, "2025-06-04T08:00:00-04:00", None),
        ({"by": "<p>10:15 PM PT, January 4, 2025</p>"}, "2025-01-04T22:15:00-08:00", None),
        ({"by": "<p>von Jane Roe · 4. Juni 2025</p>"}, DAY, None),
        ({"by": "<p>Par Jane Roe le 04 juin 2025</p>"}, DAY, None),
        ({"by": "<p>mercredi 4 juin 2025, par Jane Roe</p>"}, DAY, None),
        ({"by": "<p>4 de junho de 2025</p>"}, DAY, None),
        ({"by": "<p>2025年6月4日</p>"}, DAY, None),
        ({"by": "<p>४ जून २०२५</p>"}, DAY, None),
        ({"by": "<p><time>04.06.2025</time><time>05.06.2025</time></p>"}, DAY, None),
        ({"by": "<p>04 | 06 | 2025</p>"}, DAY, None),
        ({"by": "<p>Jun 4, 2025 | 06:41 AM IST</p>"}, "2025-06-04T06:41:00+05:30", None),
        ({"by": "<p>By Jane Roe • Jun 4, 2025 • Updated Jun 5, 2025 • 3 min read</p>"}, DAY, "2025-06-05"),
        ({"above": "<div><a href=/g>Gulls return</a></div><div>June 1, 2025</div>", "by": "<div>June 4, 2025</div>"}, DAY, None),
        # the page's own clock beside a time in UTC
        ({"head": "<meta property='article:published_time' content='2025-06-05T02:41:00Z'>", "by": "<p>4/6/2025 22:41</p>"}, "2025-06-04T22:41:00-04:00", None),
        ({"head": "<meta property='article:published_time' content='2025-06-05T02:41:00Z'>", "by": "<p>4/6/2025 11:17</p>"}, "2025-06-05T02:41:00+00:00", None),
        # a stamp by the headline of another day than metadata have: a content system's day of entry
        ({"head": TOLD, "by": "<p>By Jane Roe | June 4, 2025</p>"}, DAY, None),
        ({"head": TOLD, "above": "<p>June 4, 2025</p>"}, DAY, None),
        ({"head": TOLD, "by": "<p>June 10, 2025</p>"}, TOLD_AT, None),  # the day there, in the east
        ({"head": TOLD, "by": "<p>Updated June 4, 2025</p>"}, TOLD_AT, None),
        ({"head": TOLD, "by": "<p>6/9/2025</p>"}, TOLD_AT, None),  # the month first
        ({"head": TOLD, "by": "<p>March 4, 2024</p>"}, TOLD_AT, None),
        ({"head": TOLD + TOLD.replace("published", "modified").replace("06-09", "06-14"), "by": "<p>June 14, 2025</p>"}, TOLD_AT, "2025-06-14T12:00:00+00:00"),
        # a weekday tells which figure is the month
        ({"by": "<p>Wed, 06/04/2025 - 21:14</p>"}, "2025-06-04T21:14:00+00:00", None),
        ({"by": "<p>Mi, 04/06/2025</p>"}, DAY, None),
        # microformats, in a foot of the story's own
        ({"after": "<div class=widget><div class=hentry><p class=post-footer>at <abbr class=published title='2025-06-04T10:00:00+02:00'>10:00</abbr></p></div></div>"}, "2025-06-04T10:00:00+02:00", None),
        ({"after": "<div class=widget><p class=post-footer>at <abbr class=published title='2025-06-04T10:00:00+02:00'>10:00</abbr></p></div>"}, None, None),
        # below, far below, in a script
        ({"after": "<p>Published: 4 June 2025</p>"}, DAY, None),
        ({"after": "".join(f"<p>tag {n}</p>" for n in range(20)) + "<p>Erschienen am 04.06.2025</p>"}, DAY, None),
        ({"after": "".join(f"<p>tag {n}</p>" for n in range(60)) + "<p>This page was last edited on 4 June 2025.</p>"}, DAY, None),
        ({"after": "".join(f"<p>tag {n}</p>" for n in range(20)) + "<p>Founded 04.06.1925</p>"}, None, None),
        ({"after": '<script>window.state={"published_at":"2025-06-04T10:00:00Z"}</script>'}, "2025-06-04T10:00:00+00:00", None),
        ({"after": '<script>x=[{"published_at":"2025-06-04"},{"published_at":"2025-06-03"}]</script>'}, None, None),
        # silent
        ({}, None, None),
        ({"by": "<p>June 2025</p>"}, None, None),
    ],
)  # fmt: skip
def test_times(parts: dict[str, Any], published: str | None, updated: str | None) -> None:
    found = plain(story(page(**parts)))
    assert (found["published"], found["updated"]) == (published, updated)


FIRST = (
    "The ferry office, which has stood on the pier for a hundred years, is about to change its ways for good."
)


@pytest.mark.parametrize(
    ("first", "published"),
    [
        (f"(4 June 2025) {FIRST}", DAY),
        (f"04.06.2025 {FIRST}", DAY),
        (f"Press release of 4 June 2025 | Northport – {FIRST}", DAY),
        (f"On 4 June 2025 {FIRST}", None),
        ("The next round of talks will be held on <b>4 June 2025</b> in the hall.", None),
    ],
)
def test_a_day_before_the_first_sentence_is_the_storys(first: str, published: str | None) -> None:
    html = page().replace(f"<p>{BODY[0]}", f"<p>{first}</p><p>{BODY[0]}")
    (found,) = read(html.encode(), Hints(url=URL)).stories
    assert plain(found)["published"] == published


def test_a_day_in_the_address_is_the_last_word() -> None:
    dated = URL.replace("local-news", "2025/06/04")
    assert plain(story(page(), dated))["published"] == DAY
    assert plain(story(page(by="<p>June 3, 2025</p>"), dated))["published"] == "2025-06-03"


@pytest.mark.parametrize(
    ("page_language", "url", "offset"),
    [
        ("en", URL, "+00:00"),
        ("de", URL, "+02:00"),
        ("en-IN", URL, "+05:30"),
        ("en", URL.replace(".example", ".co.in"), "+05:30"),
        ("es", URL, "+00:00"),
        ("fr", URL, "+02:00"),
        ("fr-CA", URL, "+00:00"),  # a land of six clocks
    ],
)
def test_a_time_without_a_zone_is_read_by_the_clock_of_the_papers_country(
    page_language: str, url: str, offset: str
) -> None:
    html = page(by="<p>4 June 2025, 15:51</p>").replace("lang=en", f"lang={page_language}")
    found = story(html, url)
    assert (plain(found)["published"], found.zone_assumed) == (f"2025-06-04T15:51:00{offset}", True)


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/2025/06/14/canal/",
        "https://a.example/2025/WORLD/06/14/canal/index.html",
        "https://a.example/film/2025/jun/14/canal",
        "https://a.example/news/2025-06-14/canal.html",
        "https://a.example/3/all/20250614/58406128/1",
        "https://a.example/fortune/20250614_77.htm",
    ],
)
def test_the_day_in_an_address(address: str) -> None:
    assert story(page(), address).published == date(2025, 6, 14)


def test_a_year_before_the_web_is_of_what_the_story_tells() -> None:
    noted = "<ul><li>The office was opened on August 14, 1935</li></ul>"
    found = read(page(by=noted).encode(), Hints(url=URL)).stories[0]
    assert found.published is None
