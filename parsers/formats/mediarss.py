"""Media RSS: what an item says of its pictures, put where feedparser keeps it.

feedparser 6 takes a <media:description> for a text of the item (the longer of it and the item's own became the body), and
keeps no link between a caption or a credit and the picture that it belongs to (measured). Both are folded into attributes
of their <media:content> before it reads the document. https://www.rssboard.org/media-rss
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

SPACE = "http://search.yahoo.com/mrss"
PREFIX = re.compile(rb"xmlns:([A-Za-z_][\w.-]*)\s*=\s*[\"']" + re.escape(SPACE.encode()))
TOLD = {"description": "caption", "credit": "credit"}  # element → attribute of the picture
TEXTS = frozenset({"description", "summary", "content", "encoded", "body"})


def folded(data: bytes) -> bytes:
    """A well-formed feed, UTF-8, with each picture's caption and credit as its attributes `caption` and `credit`.

    A description of the whole item stays where the item has no other text. What lxml cannot read is returned as it came.
    """
    prefix = PREFIX.search(data)
    if not prefix or not any(b"<%b:%b" % (prefix[1], name.encode()) in data for name in TOLD):
        return data
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return data
    for item in root.iter("{*}item", "{*}entry"):
        _fold(item)
    made: bytes = etree.tostring(root, encoding="utf-8")
    return made


def _media(element: Any) -> str | None:
    """The local name of an element of Media RSS; None for others."""
    space, _, name = element.tag[1:].partition("}") if isinstance(element.tag, str) else ("", "", "")
    return name if space.rstrip("/") == SPACE else None


def _fold(item: Any) -> None:
    own = any(
        _media(child) is None and etree.QName(child).localname in TEXTS
        for child in item.iterchildren(etree.Element)
    )
    shown = [element for element in item.iterdescendants(etree.Element) if _media(element) == "content"]
    for element in list(item.iterdescendants(etree.Element)):
        name = _media(element)
        if name not in TOLD:
            continue
        holder = element.getparent()
        inside = _media(holder)
        if inside == "content":
            meant = [holder]
        elif inside == "group":
            meant = [child for child in holder if _media(child) == "content"]
        else:
            meant = shown if len(shown) == 1 else []
        for picture in meant:
            if not picture.get(TOLD[name]):
                picture.set(TOLD[name], " ".join("".join(element.itertext()).split()))
        if name == "description" and (own or inside == "content"):
            holder.remove(element)
