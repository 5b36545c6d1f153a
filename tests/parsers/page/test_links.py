from __future__ import annotations

import pytest

from parsers.errors import ParseError
from parsers.hints import Hints
from parsers.page.links import front

HINTS = Hints(url="https://www.paper.example/news/")


def listed(html: str, **more: str) -> list[str]:
    return [link.url for link in front(html.encode(), HINTS, **more).links]


@pytest.mark.parametrize(
    ("href", "text"),
    [
        ("/2025/06/02/canal", "Ward to dig a canal of its own"),
        ("/news/ward-to-dig-a-canal-of-its-own", "Ward to dig a canal"),
        ("/city/article12345678.ece", "Ward to dig a canal"),
        ("story.php?id=4711", "Ward to dig a canal"),
        ("https://m.paper.example/a/canal-1234567", "Ward to dig a canal"),
        ("https://news.paper.example/2025/06/canal", "Ward to dig a canal"),
        ("/नगर/नहर-की-खुदाई-का-काम-शुरू", "नहर की खुदाई का काम शुरू"),
        ("/news/2025/0602/c90000-1.html", "运河工程将在雨季之后开始动工"),
        ("/video/ward-to-dig-a-canal-of-its-own", "Watch: Ward to dig a canal"),
    ],
)
def test_what_looks_like_a_story(href: str, text: str) -> None:
    assert len(listed(f'<a href="{href}">{text}</a>')) == 1


@pytest.mark.parametrize(
    ("href", "text"),
    [
        ("/", "The home of our paper since 1912"),
        ("/sport", "All the sport from everywhere today"),
        ("/tag/canal-works-in-town", "Canal works in the old town"),
        ("/author/meera-nair-of-the-desk", "Meera Nair writes about the canals"),
        ("https://other.example/2025/06/02/a-story-of-theirs", "A story of quite another paper"),
        (
            "https://www.facebook.com/sharer?u=https://www.paper.example/2025/06/02/a",
            "Share this story with all friends",
        ),
        ("/2025/06/02/canal.pdf", "The plan of the canal, drawn to scale"),
        ("/2025/06/02/canal", "Read more"),
        ("mailto:desk@paper.example", "Write to the desk of the paper"),
        ("javascript:void(0)", "Open the menu of all our sections"),
        ("/news/", "The page that this list stands on"),
    ],
)
def test_what_does_not(href: str, text: str) -> None:
    assert listed(f'<a href="{href}">{text}</a>') == []


def test_a_plain_address_wants_a_heading() -> None:
    assert listed('<h3><a href="/ward/canal">Ward to dig a canal</a></h3>') != []
    assert listed('<p><a href="/ward/canal">Ward to dig a canal</a></p>') == []


def test_each_story_once_with_its_longest_text() -> None:
    html = '<a href="/a/ward-digs-a-canal#top"><img></a><a href="/a/ward-digs-a-canal?utm_source=x">Ward digs a canal</a>'
    (link,) = front(html.encode(), HINTS).links
    assert (link.url, link.text) == ("https://www.paper.example/a/ward-digs-a-canal", "Ward digs a canal")


def test_a_selector_chooses_links_or_what_holds_them() -> None:
    html = '<div class="x"><a href="/a">A</a></div><a href="/b">B</a>'
    assert listed(html, select="div.x") == listed(html, select="div.x a") == ["https://www.paper.example/a"]
    with pytest.raises(ParseError):
        listed(html, select="div[[")


def test_what_a_front_offers() -> None:
    html = """<base href="https://cdn.paper.example/x/"><link rel="alternate" type="application/atom+xml" href="atom.xml">
    <link rel="alternate" hreflang="fr" href="/fr"><link rel="https://api.w.org/" href="/wp-json/"><a href="/feed/">RSS</a>"""
    found = front(html.encode(), HINTS)
    assert [url for _, url in found.feeds] == [
        "https://cdn.paper.example/x/atom.xml",
        "https://cdn.paper.example/feed/",
    ]
    assert found.api == "https://cdn.paper.example/wp-json/"
