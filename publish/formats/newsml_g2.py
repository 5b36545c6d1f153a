"""NewsML-G2 2.35, power conformance (IPTC): a newsItem, or a newsMessage of several."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from lxml import etree

from parsers.story import Story
from publish.formats.outgoing import html_of, instant, name_of, outgoing, sound

MEDIA_TYPE = "application/vnd.iptc.g2.newsitem+xml"
CARRIES = frozenset(
    {
        "guid",
        "headline",
        "slug",
        "byline",
        "body",
        "published",
        "updated",
        "language",
        "urgency",
        "status",
        "ednote",
        "usage",
        "copyright",
        "keywords",
        "dateline",
    }
)
NS = "http://iptc.org/std/nar/2006-10-01/"
SPACES: Any = {None: NS}
XHTML = "http://www.w3.org/1999/xhtml"
CATALOG = "https://iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"


def write(stories: Iterable[Story], *, now: datetime) -> bytes:
    """A newsMessage of the stories that may leave at `now`."""
    message = etree.Element(f"{{{NS}}}newsMessage", nsmap=SPACES)
    header = _sub(message, "header")
    _sub(header, "sent", instant(now))
    items = _sub(message, "itemSet")
    for story in outgoing(stories, now=now):
        items.append(item(story, now=now))
    return bytes(etree.tostring(message, xml_declaration=True, encoding="utf-8"))


def _sub(
    parent: etree._Element, name: str, text: str | None = None, **attributes: str | None
) -> etree._Element:
    made = etree.SubElement(
        parent, f"{{{NS}}}{name}", {key: sound(value) for key, value in attributes.items() if value}
    )
    if text is not None:
        made.text = sound(text)
    return made


def item(story: Story, *, now: datetime) -> etree._Element:
    """One story as a newsItem; a kill has the same guid, pubStatus canceled and no contentSet."""
    version = story.version if story.version and story.version.isdigit() else "1"
    attributes = {
        "guid": sound(name_of(story)),
        "version": version,
        "standard": "NewsML-G2",
        "standardversion": "2.35",
        "conformance": "power",
    }
    root = etree.Element(f"{{{NS}}}newsItem", attributes, nsmap=SPACES)
    if story.language:
        root.set("{http://www.w3.org/XML/1998/namespace}lang", story.language)
    _sub(root, "catalogRef", href=CATALOG)
    if story.copyright or story.usage:
        rights = _sub(root, "rightsInfo")
        if story.copyright:
            _sub(rights, "copyrightNotice", story.copyright)
        if story.usage:
            _sub(rights, "usageTerms", story.usage)
    meta = _sub(root, "itemMeta")
    _sub(meta, "itemClass", qcode="ninat:text")
    _sub(meta, "provider", literal=story.credit or story.source or "wiredesk")
    _sub(meta, "versionCreated", instant(story.updated or story.published or now))
    if story.published:
        _sub(meta, "firstCreated", instant(story.published))
    _sub(meta, "pubStatus", qcode=f"stat:{story.status}")
    if story.ednote:
        _sub(meta, "edNote", story.ednote)
    _content(root, story)
    if story.body:
        inline = _sub(_sub(root, "contentSet"), "inlineXML", contenttype="application/xhtml+xml")
        inline.append(_xhtml(story))
    return root


def _content(root: etree._Element, story: Story) -> None:
    content = _sub(root, "contentMeta")
    if story.urgency:
        _sub(content, "urgency", str(story.urgency))
    if story.language:
        _sub(content, "language", tag=story.language)
    for word in story.keywords:
        _sub(content, "keyword", word)
    for one in story.subjects:
        made = _sub(
            content,
            "subject",
            type="cpnat:abstract",
            **(
                {"qcode": f"{one.scheme}:{one.code}"}
                if one.scheme in ("medtop", "subj") and one.code
                else {"literal": one.code or one.name}
            ),
        )
        if one.name:
            _sub(made, "name", one.name)
    if story.slug:
        _sub(content, "slugline", story.slug)
    if story.headline:
        _sub(content, "headline", story.headline)
    if story.dateline and story.body:
        _sub(content, "dateline", story.dateline.text)
    if story.byline:
        _sub(content, "by", story.byline)
    if story.credit:
        _sub(content, "creditline", story.credit)


def _xhtml(story: Story) -> etree._Element:
    source = f'<html xmlns="{XHTML}"><head><title/></head><body>{html_of(story)}</body></html>'
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    return etree.fromstring(source.replace("&nbsp;", "\u00a0").encode(), parser)
