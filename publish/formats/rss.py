"""RSS 2.0 with content:encoded and dc:creator. A kill is an item whose title says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime

from lxml import etree

from parsers.story import Story, When
from publish.formats.outgoing import html_of, killed, name_of, outgoing, sound

MEDIA_TYPE = "application/rss+xml"
CARRIES = frozenset(
    {"guid", "url", "headline", "authors", "body", "keywords", "dateline"}
)  # and times, to the second
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
ATOM = "http://www.w3.org/2005/Atom"


def write(
    stories: Iterable[Story], *, now: datetime, title: str, home: str, address: str | None = None
) -> bytes:
    """A channel of the stories that may leave at `now`."""
    rss = etree.Element("rss", {"version": "2.0"}, nsmap={"content": CONTENT, "dc": DC, "atom": ATOM})
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
    guid = name_of(story)
    etree.SubElement(item, "guid", {"isPermaLink": "true" if guid == story.url else "false"}).text = sound(
        guid
    )
    for author in story.authors:
        etree.SubElement(item, f"{{{DC}}}creator").text = sound(author)
    for word in story.keywords:
        etree.SubElement(item, "category").text = sound(word)
    if gone:
        etree.SubElement(item, "description").text = sound(killed(story))
    elif html := html_of(story):
        etree.SubElement(item, f"{{{CONTENT}}}encoded").text = etree.CDATA(html.replace("]]>", "]]&gt;"))
