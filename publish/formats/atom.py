"""Atom 1.0 (RFC 4287). A kill is a tombstone (RFC 6721) and, for readers that know none, an entry that says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from lxml import etree

from parsers.story import Story
from publish.formats.outgoing import html_of, instant, killed, name_of, outgoing, sound, writers

MEDIA_TYPE = "application/atom+xml"
# Fields that come back as they were when a written story is read again, and where they stand.
CARRIES = {
    "guid": "id; a story without one gets a name of its own",
    "url": "link alternate",
    "headline": "title; a kill's has the word before it",
    "authors": "author, one each; without any, the byline, the agency or the feed",
    "dateline": "the first paragraph",
    "body": "content, html",
    "published": "published; a bare day as its first instant",
    "updated": "updated; without one, the time of publication",
    "keywords": "category",
    "media": "link enclosure: url and media type",
}
ATOM = "http://www.w3.org/2005/Atom"
TOMB = "http://purl.org/atompub/tombstones/1.0"
SPACES: Any = {None: ATOM, "at": TOMB}


def write(
    stories: Iterable[Story], *, now: datetime, title: str, identity: str, address: str | None = None
) -> bytes:
    """A feed of the stories that may leave at `now`. identity: the feed's permanent IRI; address: its own."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap=SPACES)
    listed = list(outgoing(stories, now=now))
    newest = max(
        (text for story in listed if (text := instant(story.updated or story.published))),
        default=instant(now),
    )
    for name, text in (("id", identity), ("title", title), ("updated", newest)):
        etree.SubElement(feed, f"{{{ATOM}}}{name}").text = sound(text)
    if address:
        etree.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": address})
    etree.SubElement(etree.SubElement(feed, f"{{{ATOM}}}author"), f"{{{ATOM}}}name").text = sound(title)
    for story in listed:
        _entry(feed, story, now)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _entry(feed: etree._Element, story: Story, now: datetime) -> None:
    gone = story.status == "canceled"
    if gone:
        tomb = etree.SubElement(
            feed,
            f"{{{TOMB}}}deleted-entry",
            {"ref": sound(name_of(story)), "when": instant(story.updated or now) or ""},
        )
        etree.SubElement(tomb, f"{{{TOMB}}}comment").text = sound(killed(story))
    entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
    updated = instant(story.updated or story.published or now)
    title = f"KILL: {story.headline or ''}".strip() if gone else story.headline or ""
    for name, text in (
        ("id", name_of(story)),
        ("title", title),
        ("updated", updated),
        ("published", instant(story.published)),
    ):
        if text or name == "title":  # RFC 4287 wants one, be it empty
            etree.SubElement(entry, f"{{{ATOM}}}{name}").text = sound(text)
    for author in writers(story):
        etree.SubElement(etree.SubElement(entry, f"{{{ATOM}}}author"), f"{{{ATOM}}}name").text = sound(author)
    if story.url:
        etree.SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "href": sound(story.url)})
    for one in story.media:
        told = {"rel": "enclosure", "href": sound(one.url), "type": sound(one.media_type)}
        etree.SubElement(entry, f"{{{ATOM}}}link", {name: value for name, value in told.items() if value})
    for word in story.keywords:
        etree.SubElement(entry, f"{{{ATOM}}}category", {"term": sound(word)})
    content = etree.SubElement(entry, f"{{{ATOM}}}content", {"type": "text" if gone else "html"})
    content.text = sound(killed(story)) if gone else html_of(story)
