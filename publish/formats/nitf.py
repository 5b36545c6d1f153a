"""NITF 3.6 (IPTC), in its namespace, without the change.date that the schema fixes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from lxml import etree, html

from parsers.story import Media, Story, When
from publish.formats.outgoing import html_of, name_of, outgoing, sound

MEDIA_TYPE = "application/nitf+xml"
# Fields that come back as they were when a written story is read again, and where they stand.
CARRIES = {
    "guid": "doc-id; a story without one gets a name of its own",
    "version": "du-key, where it is one word",
    "headline": "hl1",
    "subheadline": "hl2",
    "slug": "meta, name slug",
    "byline": "byline",
    "credit": "distributor",
    "dateline": "dateline, and the first paragraph",
    "body": "body.content",
    "published": "date.issue; a bare day as its first instant",
    "language": "@xml:lang",
    "urgency": "urgency, 1-8: NITF has no 9",
    "status": "docdata, management-status",
    "subjects": "tobject.subject: IPTC's subject codes, and names without a code",
    "keywords": "key-list",
    "media": "media",
    "ednote": "ed-msg",
    "usage": "rights",
    "copyright": "doc.copyright",
}
TOKEN = re.compile(r"[A-Za-z0-9._:-]{1,60}$")
NO_CODE = "00000000"  # of a subject that has a name alone; the schema wants a number
SUBJECT_CODE = re.compile(r"\d{8}$")
NS = "http://iptc.org/std/NITF/2006-10-18/"
SPACES: Any = {None: NS}
RENAMED = {"h2": "hl2", "h3": "hl2", "h4": "hl2", "blockquote": "bq", "td": "td", "th": "th"}
INLINE = {"em": "em", "strong": "em", "a": "a"}


def write(story: Story, *, now: datetime) -> bytes | None:
    """One story as a NITF document; None where it may not leave at `now`."""
    allowed = next(outgoing([story], now=now), None)
    return (
        None
        if allowed is None
        else bytes(
            etree.tostring(document(allowed), xml_declaration=True, encoding="utf-8", pretty_print=False)
        )
    )


def _sub(
    parent: etree._Element, name: str, text: str | None = None, **attributes: str | None
) -> etree._Element:
    made = etree.SubElement(
        parent,
        f"{{{NS}}}{name}",
        {key.replace("_", "-"): sound(value) for key, value in attributes.items() if value},
    )
    if text is not None:
        made.text = sound(text)
    return made


def norm(when: When | None) -> str | None:
    """ISO 8601 basic form, as NITF's norm attributes take it."""
    if when is None:
        return None
    moment = when if isinstance(when, datetime) else datetime(when.year, when.month, when.day, tzinfo=UTC)
    return moment.strftime("%Y%m%dT%H%M%S%z")


def document(story: Story) -> etree._Element:
    """The nitf element of a story."""
    root = etree.Element(f"{{{NS}}}nitf", nsmap=SPACES)
    if story.language:
        root.set("{http://www.w3.org/XML/1998/namespace}lang", sound(story.language))
    head = _sub(root, "head")
    _sub(head, "title", story.headline or "")
    if story.slug:
        etree.SubElement(head, f"{{{NS}}}meta", {"name": "slug", "content": sound(story.slug)})
    _subjects(head, story)
    docdata = _sub(head, "docdata", management_status=story.status)
    _sub(docdata, "doc-id", id_string=name_of(story))
    if story.urgency and story.urgency <= 8:
        _sub(docdata, "urgency", ed_urg=str(story.urgency))
    if stamp := norm(story.published):
        _sub(docdata, "date.issue", norm=stamp)
    if story.version and TOKEN.match(story.version):
        _sub(docdata, "du-key", version=story.version)
    if story.ednote:
        _sub(docdata, "ed-msg", info=story.ednote)
    if story.copyright:
        _sub(docdata, "doc.copyright", holder=story.copyright)
    if story.keywords:
        keys = _sub(docdata, "key-list")
        for word in story.keywords:
            _sub(keys, "keyword", key=word)
    body = _sub(root, "body")
    top = _sub(body, "body.head")
    hedline = _sub(top, "hedline")
    _sub(hedline, "hl1", story.headline or "")
    if story.subheadline:
        _sub(hedline, "hl2", story.subheadline)
    for name, text in (
        ("rights", story.usage),
        ("byline", story.byline),
        ("distributor", story.credit),
        ("dateline", story.dateline.text if story.dateline else None),
    ):
        if text:
            _sub(top, name, text)
    content = _sub(body, "body.content")
    if story.body:
        _blocks(content, html_of(story))
    for one in story.media:
        _media(content, one)
    return root


def _subjects(head: etree._Element, story: Story) -> None:
    told = [
        one
        for one in story.subjects
        if (one.scheme == "subj" and SUBJECT_CODE.match(one.code or "")) or (one.name and not one.code)
    ]
    if not told:
        return
    group = _sub(head, "tobject")
    for one in told:
        made = _sub(group, "tobject.subject")
        for name, value in (("refnum", one.code or NO_CODE), ("type", one.name)):
            if value:
                made.set(f"tobject.subject.{name}", sound(value))


def _media(content: etree._Element, one: Media) -> None:
    kind = (one.media_type or "image").split("/")[0]
    media = _sub(
        content, "media", media_type=kind if kind in ("image", "audio", "video", "text") else "other"
    )
    size = {
        name: str(value) if value else None for name, value in (("width", one.width), ("height", one.height))
    }
    _sub(media, "media-reference", source=one.url, mime_type=one.media_type, **size)
    if one.caption:
        _sub(media, "media-caption", one.caption)
    if one.credit:
        _sub(media, "media-producer", one.credit)


def _blocks(content: etree._Element, markup: str) -> None:
    """Clean HTML as NITF's blocks."""
    for block in html.fragments_fromstring(markup or "<p></p>"):
        if isinstance(block, str):
            if block.strip():
                _sub(content, "p", block.strip())
        else:
            _copy(block, content)


def _copy(node: etree._Element, parent: etree._Element) -> None:
    tag = str(node.tag)
    name = RENAMED.get(tag) or INLINE.get(tag) or tag
    if name == "bq":
        quote = _sub(parent, "bq")
        for child in node:
            _copy(child, _sub(quote, "block"))
        return
    made = _sub(parent, name, node.text or "")
    if tag == "a" and node.get("href"):
        made.set("href", re.sub(r"\s", "%20", node.get("href") or ""))
    for child in node:
        _copy(child, made)
        made[-1].tail = sound(child.tail)
