"""NITF 3.6 (IPTC), in its namespace, without the change.date that the schema fixes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from lxml import etree, html

from parsers.story import Story, When
from publish.formats.outgoing import html_of, name_of, outgoing, sound

MEDIA_TYPE = "application/nitf+xml"
CARRIES = frozenset(
    {
        "guid",
        "headline",
        "byline",
        "body",
        "published",
        "language",
        "urgency",
        "status",
        "ednote",
        "keywords",
        "dateline",
    }
)
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
        root.set("{http://www.w3.org/XML/1998/namespace}lang", story.language)
    head = _sub(root, "head")
    _sub(head, "title", story.headline or "")
    docdata = _sub(head, "docdata", management_status=story.status)
    _sub(docdata, "doc-id", id_string=name_of(story))
    if story.urgency and story.urgency <= 8:
        _sub(docdata, "urgency", ed_urg=str(story.urgency))
    if stamp := norm(story.published):
        _sub(docdata, "date.issue", norm=stamp)
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
    _sub(_sub(top, "hedline"), "hl1", story.headline or "")
    if story.byline:
        _sub(top, "byline", story.byline)
    if story.credit:
        _sub(top, "distributor", story.credit)
    if story.dateline and story.body:
        _sub(top, "dateline", story.dateline.text)
    content = _sub(body, "body.content")
    if story.body:
        _blocks(content, html_of(story))
    return root


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
