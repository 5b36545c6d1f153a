"""Sitemaps: news sitemaps by namespace whatever the prefix, plain ones, indexes (whose children are told as FeedFacts)."""

from __future__ import annotations

from parsers import xml
from parsers.errors import ParseError
from parsers.formats.copy import Copy, story_of
from parsers.hints import FeedFacts, Hints, Reading, Skipped
from parsers.story import Media, Story
from parsers.text import tidy

MOST = 50_000  # addresses, the protocol's own bound


def read(body: bytes, hints: Hints) -> Reading:
    """The addresses of a sitemap as stories without text (partial), newest as they stand. Raises ParseError for none."""
    root = xml.parse(body, where=hints.where, charset=hints.charset)
    if xml.name(root).lower() == "sitemapindex":
        pairs = (
            (xml.text(xml.first(one, "loc")), xml.text(xml.first(one, "lastmod")))
            for one in xml.children(root, "sitemap")
        )
        listed = tuple((loc, lastmod) for loc, lastmod in pairs if loc)[:MOST]
        if not listed:
            raise ParseError("a sitemap index that lists nothing", where=hints.where, do="check the address")
        return Reading(format="sitemapindex", feed=FeedFacts(children=listed))
    stories: list[Story] = []
    skipped: list[Skipped] = []
    for position, one in enumerate(xml.children(root, "url")[:MOST]):
        loc = next((xml.text(child) for child in xml.children(one, "loc")), None)
        if not loc:
            skipped.append(Skipped(item=str(position), why="no address"))
            continue
        stories.append(_story(one, loc, hints))
    if not stories:
        raise ParseError("a sitemap that lists nothing", where=hints.where, do="check the address")
    return Reading(stories=tuple(stories), skipped=tuple(skipped), format="sitemap", feed=FeedFacts())


def _story(one: xml.Element, loc: str, hints: Hints) -> Story:
    news = next(iter(xml.children(one, "news")), None)
    lastmod = next((xml.text(child) for child in xml.children(one, "lastmod")), None)
    words = xml.text(xml.first(news, "keywords")) or ""
    copy = Copy(
        headline=xml.text(xml.first(news, "title")),
        published=xml.text(xml.first(one, "publication_date")) or lastmod,
        updated=lastmod,
        language=xml.text(xml.first(news, "language")),
        reprint=True,
        fields={
            "url": loc,
            "partial": True,
            "media": tuple(
                Media(url=address, caption=xml.text(xml.first(image, "caption")))
                for image in xml.children(one, "image")
                if (address := xml.text(next(iter(xml.children(image, "loc")), None)))
            )[:20],
            "keywords": tuple(clean for word in words.split(",") if (clean := tidy(word))),
        },
    )
    return story_of(copy, hints)
