"""NewsML-G2 2.35, power conformance (IPTC): a newsItem, or a newsMessage of several."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from lxml import etree

from parsers.story import Story
from publish.formats.outgoing import html_of, instant, iri, line, name_of, outgoing, sound

MEDIA_TYPE = "application/vnd.iptc.g2.newsitem+xml"
# Fields that come back as they were when a written story is read again, and where they stand.
CARRIES = {
    "guid": "@guid; a story without one gets a name of its own",
    "version": "@version, where it is a number; else 1",
    "headline": "headline",
    "subheadline": "headline, role hld:subHeadline",
    "slug": "slugline",
    "byline": "by",
    "credit": "creditline and provider; without one the provider is the source",
    "dateline": "dateline, located, and the first paragraph",
    "body": "inlineXML, XHTML",
    "published": "firstCreated; a bare day as its first instant",
    "updated": "versionCreated; without one, the time of publication",
    "embargo": "embargoed; written only when it is past",
    "language": "language",
    "urgency": "urgency",
    "status": "pubStatus",
    "subjects": "subject: a qcode of IPTC's, else scheme:code as a literal; name",
    "keywords": "keyword",
    "media": "link irel:hasPicture: url, caption and media type alone",
    "ednote": "edNote",
    "usage": "usageTerms",
    "copyright": "copyrightNotice",
}
CLASSES = {
    "picture": "picture",
    "graphic": "graphic",
    "video": "video",
    "audio": "audio",
    "package": "composite",
}
IPTC = ("medtop", "subj")  # schemes of the catalogue that is named
NS = "http://iptc.org/std/nar/2006-10-01/"
SPACES: Any = {None: NS}
XHTML = "http://www.w3.org/1999/xhtml"
CATALOG = "https://iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"


def write(stories: Iterable[Story], *, now: datetime) -> bytes | None:
    """A newsMessage of the stories that may leave at `now`; None where there are none, since a message holds at least one."""
    allowed = list(outgoing(stories, now=now))
    if not allowed:
        return None
    message = etree.Element(f"{{{NS}}}newsMessage", nsmap=SPACES)
    header = _sub(message, "header")
    _sub(header, "sent", instant(now))
    items = _sub(message, "itemSet")
    for story in allowed:
        items.append(item(story, now=now))
    return bytes(etree.tostring(message, xml_declaration=True, encoding="utf-8"))


def _sub(
    parent: etree._Element, name: str, text: str | None = None, **attributes: str | None
) -> etree._Element:
    made = etree.SubElement(
        parent, f"{{{NS}}}{name}", {key: line(value) for key, value in attributes.items() if value}
    )
    if text is not None:
        made.text = line(text)
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
        root.set("{http://www.w3.org/XML/1998/namespace}lang", sound(story.language))
    _sub(root, "catalogRef", href=CATALOG)
    if story.copyright or story.usage:
        rights = _sub(root, "rightsInfo")
        if story.copyright:
            _sub(rights, "copyrightNotice", story.copyright)
        if story.usage:
            _sub(rights, "usageTerms", story.usage)
    meta = _sub(root, "itemMeta")
    _sub(meta, "itemClass", qcode=f"ninat:{CLASSES.get(story.kind, 'text')}")
    _sub(meta, "provider", literal=story.credit or story.source or "wiredesk")
    _sub(meta, "versionCreated", instant(story.updated or story.published or now))
    if story.published:
        _sub(meta, "firstCreated", instant(story.published))
    if story.embargo:
        _sub(meta, "embargoed", instant(story.embargo))
    _sub(meta, "pubStatus", qcode=f"stat:{story.status}")
    if story.ednote:
        _sub(meta, "edNote", story.ednote)
    if story.kind == "correction":
        _sub(meta, "signal", qcode="sig:correction")
    for one in story.media:
        link = _sub(meta, "link", rel="irel:hasPicture", href=iri(one.url), contenttype=one.media_type)
        if one.caption:
            _sub(link, "title", one.caption)
    _content(root, story)
    if story.body:
        inline = _sub(_sub(root, "contentSet"), "inlineXML", contenttype="application/xhtml+xml")
        inline.append(_xhtml(story))
    return root


def _content(root: etree._Element, story: Story) -> None:
    content = _sub(root, "contentMeta")
    if story.urgency:
        _sub(content, "urgency", str(story.urgency))
    if story.dateline and story.dateline.place:
        _sub(_sub(content, "located", type="cptype:city"), "name", story.dateline.place)
    if story.language:
        _sub(content, "language", tag=story.language)
    for word in story.keywords:
        _sub(content, "keyword", word)
    for one in story.subjects:
        named = f"{one.scheme}:{one.code}" if one.scheme and one.code else one.code
        known = {"qcode": named} if one.scheme in IPTC and one.code else {"literal": named}
        made = _sub(content, "subject", type="cpnat:abstract", **known)
        if one.name:
            _sub(made, "name", one.name)
    for name, text in (("slugline", story.slug), ("headline", story.headline)):
        if text:
            _sub(content, name, text)
    if story.subheadline:
        _sub(content, "headline", story.subheadline, role="hld:subHeadline")
    for name, text in (
        ("dateline", story.dateline.text if story.dateline else None),
        ("by", story.byline),
        ("creditline", story.credit),
    ):
        if text:
            _sub(content, name, text)


def _xhtml(story: Story) -> etree._Element:
    source = f'<html xmlns="{XHTML}"><head><title/></head><body>{html_of(story)}</body></html>'
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    return etree.fromstring(source.replace("&nbsp;", "\u00a0").encode(), parser)
