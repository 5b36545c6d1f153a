"""NewsML-G2 (IPTC, 2.0-2.35): bare items and newsMessages; names matched without namespaces."""

from __future__ import annotations

import re

from parsers import xml
from parsers.errors import ParseError
from parsers.formats import nitf
from parsers.formats.copy import Copy, story_of, subjects
from parsers.hints import Hints, Reading, Skipped
from parsers.newscodes import subject_name
from parsers.story import Media, Status, Story

ITEMS = ("newsItem", "packageItem")
OTHERS = ("conceptItem", "planningItem", "knowledgeItem", "catalogItem")
STATUS: dict[str, Status] = {
    "usable": "usable",
    "withheld": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
}
KINDS = {
    "picture": "picture",
    "photo": "picture",
    "video": "video",
    "audio": "audio",
    "graphic": "graphic",
    "animated": "video",
    "composite": "package",
    "image": "picture",
}
SKIPPED = frozenset(
    {
        "script",
        "style",
        "head",
        "table-caption",
        "rubrik",
        "byline",
        "dat",
        "vinjett",
        "bild",
        "bildtext",
        "figcaption",
        "media",
        "media-caption",
        "media-reference",
        "img",
        "object",
    }
)
TT_TAGS = {
    "ingress": "p",
    "citat": "p",
    "mellis": "h3",
    "brodtext": "div",
    "text": "div",
    "body": "div",
    "pre": "pre",
    **nitf.TAGS,
}
ENDLESS = "2199-12-31T00:00:00Z"  # an embargo without end: hold for a person


def read(body: bytes, hints: Hints) -> Reading:
    """The items of a message, each on its own. Raises ParseError where it holds none that is a story."""
    root = xml.parse(body, where=hints.where, charset=hints.charset)
    # An item inside an item is a broken document; read twice, it would cost the square of its size.
    items = (
        [root]
        if xml.name(root) in ITEMS
        else [
            one
            for one in xml.each(root, *ITEMS)
            if not any(xml.name(above) in ITEMS for above in one.iterancestors())
        ]
    )
    stories: list[Story] = []
    skipped = [
        Skipped(item=xml.attr(one, "guid") or "?", why=f"a {xml.name(one)} is no story")
        for one in [root, *xml.each(root, *OTHERS)]
        if xml.name(one) in OTHERS
    ]
    for item in items:
        try:
            stories.append(_item(item, root, hints))
        except (ValueError, TypeError) as error:
            skipped.append(Skipped(item=xml.attr(item, "guid") or "?", why=str(error)))
    if not stories:
        raise ParseError(
            skipped[0].why if skipped else "a message without items",
            where=hints.where,
            do="check what was delivered",
        )
    return Reading(stories=tuple(stories), skipped=tuple(skipped), format="newsml_g2")


def _direct(parent: xml.Element | None, *names: str) -> list[xml.Element]:
    return xml.children(parent, *names) if parent is not None else []


def _body(item: xml.Element) -> str:
    """The text as HTML: NITF inside, XHTML inside, an agency's own elements, or plain text."""
    content = next(iter(_direct(item, "contentSet")), None)
    if content is None:
        return ""
    parts: list[str] = []
    for inline in _direct(content, "inlineXML"):
        if next(xml.each(inline, "body.content"), None) is not None:
            parts.append(nitf.body_html(inline))
            continue
        scope = _scope(inline)
        html = xml.inner_html(scope, TT_TAGS, SKIPPED | ({"header"} if scope is not inline else frozenset()))
        parts.append(_unflattened(html))
    if not any(part.strip() for part in parts):
        for inline in _direct(content, "inlineData"):
            raw = "".join(inline.itertext()).strip()
            parts.append(
                raw
                if re.search(r"(?i)<p[\s>]", raw)
                else "".join(f"<p>{_escaped(part)}</p>" for part in re.split(r"\n\s*\n|\n(?=\s{3,})", raw))
            )
    return "\n".join(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _scope(inline: xml.Element) -> xml.Element:
    """The element that holds the story: dpa's section.main, an article's body, else the whole."""
    for one in xml.each(inline, "section", "div"):
        if {"main", "mw_release", "bodytext"} & set((xml.attr(one, "class") or "").split()):
            return one
    texts = [one for one in xml.each(inline, "body") if xml.name(one) in ("body", "BODY")]
    return texts[0] if texts else inline


def _unflattened(html: str) -> str:
    """One <p> or <pre> that holds the whole story: its paragraphs begin with four blanks or stand behind blank lines."""
    if html.count("<p") + html.count("<pre") <= 2 and (
        re.search(r"\n {3,}\S", html) or re.search(r"\n\s*\n", html)
    ):
        return re.sub(r"\n\s*\n|\n {3,}(?=\S)", "</p><p>", re.sub(r"<(/?)pre\b[^>]*>", r"<\1p>", html))
    return html


def _label(one: xml.Element) -> str | None:
    return xml.text(next(iter(_direct(one, "name")), None)) or xml.attr(one, "literal")


def _notes(meta: xml.Element | None) -> list[str]:
    return [text for one in _direct(meta, "edNote", "ednote") if (text := xml.text(one))]


def _credit(meta: xml.Element | None, item_meta: xml.Element | None) -> str | None:
    line = xml.text(next(iter(_direct(meta, "creditline")), None))
    if line:
        return line
    for one in [*_direct(meta, "infoSource"), *_direct(item_meta, "provider")]:
        if text := _label(one) or (xml.attr(one, "qcode") or "").rpartition(":")[2] or xml.attr(one, "uri"):
            return text
    return None


def _media(item: xml.Element) -> tuple[Media, ...]:
    caption = next(
        (
            xml.text(one)
            for one in xml.each(item, "description")
            if "caption" in (xml.attr(one, "role") or "")
        ),
        None,
    )
    found: list[Media] = []
    for one in xml.each(item, "remoteContent", "remoteInfo"):
        href = xml.attr(one, "href") or xml.attr(one, "residref")
        if href:
            size = {
                name: int(value) if (value := xml.attr(one, name) or "").isdigit() else None
                for name in ("width", "height")
            }
            found.append(
                Media(
                    url=href,
                    caption=caption,
                    media_type=xml.attr(one, "contenttype"),
                    width=size["width"],
                    height=size["height"],
                )
            )
    for link in xml.each(item, "link"):
        href = xml.attr(link, "href") or xml.attr(link, "residref")
        if href and "picture" in (xml.attr(link, "rel") or "").lower():
            found.append(Media(url=href, caption=xml.text(xml.first(link, "title"))))
    if xml.name(item) == "newsItem" and not found:
        found += nitf.media_of(item)
    return tuple({one.url: one for one in found}.values())[:40]


def _item(item: xml.Element, root: xml.Element, hints: Hints) -> Story:
    meta = next(iter(_direct(item, "itemMeta")), None)
    content = next(iter(_direct(item, "contentMeta")), None)
    klass = (
        (xml.attr(xml.first(meta, "itemClass"), "qcode", "uri") or "")
        .rsplit(":", 1)[-1]
        .rsplit("/", 1)[-1]
        .lower()
    )
    status_code = xml.attr(next(iter(_direct(meta, "pubStatus")), None), "qcode", "uri") or "usable"
    status = STATUS.get(re.split(r"[:/]", status_code)[-1].lower(), "usable")
    if (xml.attr(root, "msgType") or "").upper() == "D" or any(
        (xml.attr(one, "qcode") or "").endswith("edStat:D") for one in _direct(meta, "signal")
    ):
        status = "canceled"
    package = xml.name(item) == "packageItem"
    heads = _direct(content, "headline")
    headline = next(
        (text for one in heads if not xml.attr(one, "role") and (text := xml.text(one))), None
    ) or next((text for one in heads if (text := xml.text(one))), None)
    headline = (
        headline
        or nitf.headline_of(item)
        or xml.text(next(iter(_direct(meta, "title")), None))
        or xml.text(xml.first(item, "h1"))
    )
    deck = next(
        (text for one in heads if "sub" in (xml.attr(one, "role") or "").lower() and (text := xml.text(one))),
        None,
    )
    embargoed = next(iter(_direct(meta, "embargoed")), None)
    embargo = (xml.text(embargoed) or ENDLESS) if embargoed is not None else None
    people = tuple(
        name
        for one in [*_direct(content, "creator"), *_direct(content, "contributor")]
        if (name := _label(one)) and len(name.split()) in (2, 3, 4) and not xml.attr(one, "role")
    )
    urgency = xml.text(next(iter(_direct(content, "urgency")), None)) or ""
    rights = next(iter(_direct(item, "rightsInfo")), None)
    signals = [
        re.split(r"[:/]", xml.attr(one, "qcode", "uri") or "")[-1].lower() for one in _direct(meta, "signal")
    ]
    kind = "package" if package else KINDS.get(klass, "story")
    if kind == "story" and status == "canceled":
        kind = "kill"
    elif kind == "story" and "correction" in signals:
        kind = "correction"
    html = (
        ""
        if package or (kind in ("picture", "video", "audio", "graphic") and not _body(item))
        else _body(item)
    )
    byline = xml.text(next(iter(_direct(content, "by")), None)) or (
        nitf.byline_of(found) if html and (found := xml.first(item, "byline")) is not None else None
    )
    language = xml.attr(next(iter(_direct(content, "language")), None), "tag") or xml.attr(item, "lang")
    codes = [
        (
            xml.attr(one, "qcode", "uri") or xml.attr(one, "literal"),
            xml.text(next(iter(_direct(one, "name")), None)) or subject_name(xml.attr(one, "qcode")),
        )
        for one in _direct(content, "subject")
    ]
    copy = Copy(
        html=html,
        headline=headline,
        byline=byline or (", ".join(people) if people else None),
        dateline=xml.text(next(iter(_direct(content, "dateline")), None)) or xml.text(xml.first(item, "body.head", "dateline")) or xml.text(_classed(item, "dateline")),
        credit=_credit(content, meta),
        published=xml.text(next(iter(_direct(meta, "firstCreated")), None)) or xml.text(next(iter(_direct(meta, "versionCreated")), None)),
        updated=xml.text(next(iter(_direct(meta, "versionCreated")), None)),
        embargo=embargo,
        language=language,
        fields={
            "guid": xml.attr(item, "guid"), "version": xml.attr(item, "version"), "status": status, "kind": kind, "subheadline": deck,
            "slug": xml.text(next(iter(_direct(content, "slugline")), None)), "subjects": subjects(codes),
            "keywords": tuple(dict.fromkeys(text for one in _direct(content, "keyword") if (text := xml.text(one)))),
            "urgency": int(urgency) if urgency in tuple("123456789") else None, "ednote": " | ".join(dict.fromkeys(_notes(meta) + _notes(content))) or None,
            "usage": " | ".join(dict.fromkeys(text for one in _direct(rights, "usageTerms") if (text := xml.text(one)))) or None,
            "copyright": next((text for one in _direct(rights, "copyrightNotice") if (text := xml.text(one))), None), "media": _media(item),
        },
    )  # fmt: skip
    return story_of(copy, hints)


def _classed(item: xml.Element, name: str) -> xml.Element | None:
    return next(
        (one for one in xml.each(item, "span", "p") if name in (xml.attr(one, "class") or "").split()), None
    )
