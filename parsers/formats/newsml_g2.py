"""NewsML-G2 (IPTC, 2.0-2.35): bare items and newsMessages; names matched without namespaces."""

from __future__ import annotations

import re

from parsers import xml
from parsers.errors import ParseError
from parsers.formats import nitf
from parsers.formats.copy import Copy, story_of, subjects, typed_html
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
MOST_ITEMS = 5000
WRITES = re.compile(
    r"(?i)writ|author|auth?eur|report|journalist|photograph|byline|redakt"
)  # roles of a creator
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
    if len(items) > MOST_ITEMS:
        skipped.append(
            Skipped(item=f"{len(items) - MOST_ITEMS} items", why=f"more than {MOST_ITEMS} in a message")
        )
    for item in items[:MOST_ITEMS]:
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


Parts = dict[str, list[xml.Element]]  # children of an element by local name in lower case


def _first(parts: Parts, *names: str) -> xml.Element | None:
    return next((one for name in names for one in parts.get(name, ())), None)


def _text(parts: Parts, *names: str) -> str | None:
    """The first text under one of these names, in their order."""
    return next((text for name in names for one in parts.get(name, ()) if (text := xml.text(one))), None)


def _texts(parts: Parts, *names: str) -> list[str]:
    return [text for name in names for one in parts.get(name, ()) if (text := xml.text(one))]


def _code(one: xml.Element | None) -> str:
    """The last part of a qcode or an address, lower case; "" where there is none."""
    return re.split(r"[:/]", xml.attr(one, "qcode", "uri") or "")[-1].lower()


def _body(content: xml.Element | None) -> str:
    """The text of a contentSet as HTML: NITF inside, XHTML inside, an agency's own elements, or plain text.

    A contentSet holds renditions of one content (IPTC): of several the longest.
    """
    if content is None:
        return ""
    held = xml.grouped(content)
    parts: list[str] = []
    for inline in held.get("inlinexml", ()):
        if next(xml.each(inline, "body.content"), None) is not None:
            parts.append(nitf.body_html(inline))
            continue
        if not len(inline):
            parts.append(typed_html(inline.text or ""))
            continue
        scope = _scope(inline)
        html = xml.inner_html(scope, TT_TAGS, SKIPPED | ({"header"} if scope is not inline else frozenset()))
        parts.append(_unflattened(html))
    if not any(part.strip() for part in parts):
        parts += [
            typed_html("".join(one.itertext()))
            for one in held.get("inlinedata", ())
            if not (xml.attr(one, "contenttype") or "text/").startswith(("image/", "video/", "audio/"))
            and not xml.attr(one, "encoding")
        ]
    return max(parts, key=len, default="")


def _scope(inline: xml.Element) -> xml.Element:
    """The element that holds the story: dpa's section.main, TT's div.bodytext, an article's body, else the whole."""
    for one in xml.each(inline, "section", "div"):
        if {"main", "bodytext"} & set((xml.attr(one, "class") or "").split()):
            return one
    texts = [one for one in xml.each(inline, "body") if xml.name(one) in ("body", "BODY")]
    return texts[0] if texts else inline


def _unflattened(html: str) -> str:
    """One <p> or <pre> that holds the whole story: its paragraphs begin with four blanks or stand behind blank lines."""
    if html.count("<p") + html.count("<pre") <= 2 and (
        re.search(r"\n {3,}\S", html) or re.search(r"\n\s*\n", html)
    ):
        return re.sub(r"\n\s*\n|\n {3,}(?=\S)", "</p><p>", re.sub(r"<(/?)pre\b[^<>]*>", r"<\1p>", html))
    return html


def _label(one: xml.Element) -> str | None:
    return xml.text(next(iter(xml.children(one, "name")), None)) or xml.attr(one, "literal")


def _credit(content: Parts, meta: Parts) -> str | None:
    if line := _text(content, "creditline"):
        return line
    for one in [*content.get("infosource", ()), *meta.get("provider", ())]:
        if text := _label(one) or (xml.attr(one, "qcode") or "").rpartition(":")[2] or xml.attr(one, "uri"):
            return text
    return None


def _media(item: xml.Element, credit: str | None) -> tuple[Media, ...]:
    captions = (
        xml.text(one) for one in xml.each(item, "description") if "caption" in (xml.attr(one, "role") or "")
    )
    caption = next(filter(None, captions), None)
    found: list[Media] = []
    for one in xml.each(item, "remoteContent", "remoteInfo", "link"):
        href = xml.attr(one, "href", "residref")
        if href and xml.name(one) != "link":
            size = {
                name: int(value)
                if (value := xml.attr(one, name) or "").isdigit() and len(value) < 7
                else None
                for name in ("width", "height")
            }
            kind = xml.attr(one, "contenttype")
            found.append(
                Media(
                    url=href,
                    caption=caption,
                    credit=credit,
                    media_type=kind,
                    width=size["width"],
                    height=size["height"],
                )
            )
        elif href and "picture" in (xml.attr(one, "rel") or "").lower():
            found.append(
                Media(
                    url=href,
                    caption=xml.text(xml.first(one, "title")),
                    media_type=xml.attr(one, "contenttype"),
                )
            )
    if xml.name(item) == "newsItem" and not found:
        found += nitf.media_of(item)
    return tuple({one.url: one for one in found}.values())[:40]


def _status(meta: Parts, item: xml.Element, root: xml.Element) -> Status:
    deleted = any((xml.attr(one, "msgType") or "").upper() == "D" for one in (item, root))
    if deleted or any((xml.attr(one, "qcode") or "").endswith("edStat:D") for one in meta.get("signal", ())):
        return "canceled"
    return STATUS.get(_code(_first(meta, "pubstatus")), "usable")


def _kind(item: xml.Element, meta: Parts, status: Status) -> str:
    if xml.name(item) == "packageItem":
        return "package"
    kind = KINDS.get(_code(_first(meta, "itemclass")), "story")
    if kind == "story" and status == "canceled":
        return "kill"
    signals = [xml.attr(one, "qcode", "uri") or "" for one in meta.get("signal", ())]
    if kind == "story" and any(re.search(r"(?i)correction$|edStat:C$", signal) for signal in signals):
        return "correction"
    return kind


def _origin(content: Parts) -> str | None:
    """The place of origin, of `located`: the last of the four places where a dateline lives (FORMATS, section 0)."""
    return next((place for one in content.get("located", ()) if (place := _label(one))), None)


def _dateline(item: xml.Element, content: Parts) -> str | None:
    return (
        _text(content, "dateline")
        or xml.text(xml.first(item, "body.head", "dateline"))
        or xml.text(_classed(item, "dateline"))
    )


def _headline(item: xml.Element, content: Parts, meta: Parts) -> str | None:
    told = [(xml.attr(one, "role") or "", xml.text(one)) for one in content.get("headline", ())]
    main = next((text for role, text in told if text and (not role or "main" in role.lower())), None)
    return (
        main
        or next((text for role, text in told if text and "sub" not in role.lower()), None)
        or _text(content, "headline")
        or nitf.headline_of(item)
        or _text(meta, "title")
        or xml.text(xml.first(item, "h1"))
    )


def _item(item: xml.Element, root: xml.Element, hints: Hints) -> Story:
    top = xml.grouped(item)
    meta, content = xml.grouped(_first(top, "itemmeta")), xml.grouped(_first(top, "contentmeta"))
    rights = xml.grouped(_first(top, "rightsinfo"))
    status = _status(meta, item, root)
    kind = _kind(item, meta, status)
    html = _body(_first(top, "contentset"))  # a packageItem has none
    deck = next(
        (
            text
            for one in content.get("headline", ())
            if "sub" in (xml.attr(one, "role") or "").lower() and (text := xml.text(one))
        ),
        None,
    )
    embargoed = _first(meta, "embargoed")
    people = tuple(
        name
        for one in [*content.get("creator", ()), *content.get("contributor", ())]
        if (name := _label(one))
        and len(name.split()) in (2, 3, 4)
        and WRITES.search(xml.attr(one, "role") or "writer")
    )
    urgency = _text(content, "urgency") or ""
    byline = _text(content, "by") or (
        nitf.byline_of(found) if html and (found := xml.first(item, "byline")) is not None else None
    )
    credit = _credit(content, meta)
    created = _text(meta, "versioncreated") or _text(content, "contentmodified")
    copy = Copy(
        html=html,
        headline=_headline(item, content, meta),
        byline=byline or (", ".join(people) if people else None),
        dateline=_dateline(item, content),
        origin=_origin(content),
        credit=credit,
        published=_text(meta, "firstcreated") or created or _text(content, "contentcreated"),
        updated=created,
        embargo=(xml.text(embargoed) or ENDLESS) if embargoed is not None else None,
        language=xml.attr(_first(content, "language"), "tag") or xml.attr(item, "lang"),
        fields={
            "guid": xml.attr(item, "guid"), "version": xml.attr(item, "version"), "status": status, "kind": kind, "subheadline": deck,
            "slug": _text(content, "slugline"), "subjects": subjects(_codes(content)), "keywords": tuple(dict.fromkeys(_texts(content, "keyword"))),
            "urgency": int(urgency) if urgency in tuple("123456789") else None,
            "ednote": " | ".join(dict.fromkeys(_texts(meta, "ednote") + _texts(content, "ednote"))) or None,
            "usage": " | ".join(dict.fromkeys(_texts(rights, "usageterms"))) or None, "copyright": _text(rights, "copyrightnotice"),
            "media": _media(item, _text(content, "creditline") if kind in KINDS.values() else None),
        },
    )  # fmt: skip
    return story_of(copy, hints)


def _codes(content: Parts) -> list[tuple[str | None, str | None]]:
    return [
        (
            xml.attr(one, "qcode", "uri", "literal"),
            xml.text(next(iter(xml.children(one, "name")), None))
            or subject_name(xml.attr(one, "qcode", "uri")),
        )
        for one in content.get("subject", ())
    ]


def _classed(item: xml.Element, name: str) -> xml.Element | None:
    return next(
        (one for one in xml.each(item, "span", "p") if name in (xml.attr(one, "class") or "").split()), None
    )
