"""RSS 2.0 with content:encoded and dc:creator. A kill is an item whose title says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime

from lxml import etree

from parsers.story import Story, When
from publish.formats.outgoing import html_of, instant, killed, name_of, outgoing, sound, writers

MEDIA_TYPE = "application/rss+xml"
# Fields that come back as they were when a written story is read again, and where they stand.
CARRIES = {
    "guid": "guid; a story without one gets a name of its own",
    "url": "link",
    "headline": "title; a kill's has the word before it",
    "authors": "dc:creator, one each",
    "dateline": "the first paragraph",
    "body": "content:encoded",
    "published": "pubDate, to the second; a bare day as its first instant",
    "updated": "dcterms:modified",
    "keywords": "category",
    "media": "media:content: url, media type and size",
}
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
TERMS = "http://purl.org/dc/terms/"
ATOM = "http://www.w3.org/2005/Atom"


def write(
    stories: Iterable[Story], *, now: datetime, title: str, home: str, address: str | None = None
) -> bytes:
    """A channel of the stories that may leave at `now`."""
    rss = etree.Element(
        "rss",
        {"version": "2.0"},
        nsmap={"content": CONTENT, "dc": DC, "dcterms": TERMS, "media": MEDIA, "atom": ATOM},
    )
    channel = etree.SubElement(rss, "channel")
    for name, text in (("title", title), ("link", home), ("description", title)):
        etree.SubElement(channel, name).text = sound(text)
    if address:
        etree.SubElement(channel, f"{{{ATOM}}}link", {"rel": "self", "href": address, "type": MEDIA_TYPE})
    for story in outgoing(stories, now=now):
        _item(channel, story)
    return bytes(etree.tostring(rss, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _date(when: When | None) -> str | None:
    if when is None:
        return None
    return format_datetime(
        when if isinstance(when, datetime) else datetime(when.year, when.month, when.day, tzinfo=UTC)
    )


def _item(channel: etree._Element, story: Story) -> None:
    item = etree.SubElement(channel, "item")
    gone = story.status == "canceled"
    pairs = [
        ("title", f"KILL: {story.headline or ''}".strip() if gone else story.headline),
        ("link", story.url),
        ("pubDate", _date(story.published)),
    ]
    for name, text in pairs:
        if text:
            etree.SubElement(item, name).text = sound(text)
    if not gone and not story.headline:  # the specification wants one of the two
        etree.SubElement(item, "description").text = sound(story.body[0] if story.body else "")
    guid = name_of(story)
    etree.SubElement(item, "guid", {"isPermaLink": "true" if guid == story.url else "false"}).text = sound(
        guid
    )
    if modified := instant(story.updated):
        etree.SubElement(item, f"{{{TERMS}}}modified").text = modified
    for author in writers(story):
        etree.SubElement(item, f"{{{DC}}}creator").text = sound(author)
    for word in story.keywords:
        etree.SubElement(item, "category").text = sound(word)
    for one in story.media:
        told = {"url": one.url, "type": one.media_type, "width": one.width, "height": one.height}
        etree.SubElement(
            item, f"{{{MEDIA}}}content", {name: sound(str(value)) for name, value in told.items() if value}
        )
    if gone:
        etree.SubElement(item, "description").text = sound(killed(story))
    elif html := html_of(story):
        etree.SubElement(item, f"{{{CONTENT}}}encoded").text = etree.CDATA(html.replace("]]>", "]]&gt;"))
