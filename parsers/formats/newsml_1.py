"""NewsML 1.0-1.2 (IPTC): values mostly in FormalName attributes; several NewsItems a file are usual."""

from __future__ import annotations

import re

from parsers import xml
from parsers.errors import ParseError
from parsers.formats import nitf
from parsers.formats.copy import Copy, story_of, subjects, typed_html
from parsers.formats.newsml_g2 import _unflattened
from parsers.hints import Hints, Reading, Skipped
from parsers.newscodes import subject_name
from parsers.story import Media, Status, Story

STATUS: dict[str, Status] = {
    "usable": "usable",
    "embargoed": "usable",
    "withheld": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "killed": "canceled",
}
KINDS = {"photo": "picture", "picture": "picture", "video": "video", "audio": "audio", "graphic": "graphic"}
BODIES = ("main", "body", "maintext", "story", "text")
NO_BODY = frozenset(
    {
        "stylesheet",
        "headline",
        "subheadline",
        "abstract",
        "contact",
        "logo",
        "photo",
        "tweettext",
        "caption",
        "title",
        "lead",
        "picture",
        "summary",
        "image",
        "preview",
        "thumbnail",
        "quicklook",
    }
)
COMPANIONS = frozenset(
    {"caption", "graphic", "image", "logo", "photo", "picture", "preview", "quicklook", "thumbnail", "video"}
)
MOST_ITEMS = 5000


def read(body: bytes, hints: Hints) -> Reading:
    """The stories of a NewsML document. Raises ParseError where it holds none."""
    root = xml.parse(body, where=hints.where, charset=hints.charset)
    items = [
        one
        for one in xml.each(root, "NewsItem")
        # An item inside an item is a broken document; read twice, it would cost the square of its size.
        if not any(xml.name(above).lower() == "newsitem" for above in one.iterancestors())
        and next(iter(xml.children(one, "NewsComponent", "Identification", "NewsManagement")), None)
        is not None
    ]
    stories: list[Story] = []
    skipped: list[Skipped] = []
    if len(items) > MOST_ITEMS:
        skipped.append(
            Skipped(item=f"{len(items) - MOST_ITEMS} items", why=f"more than {MOST_ITEMS} in a document")
        )
    for item in items[:MOST_ITEMS]:
        for scope in _twins(item):
            try:
                stories.append(_item(item, scope, root, hints))
            except (ValueError, TypeError) as error:
                skipped.append(Skipped(item=xml.text(xml.first(item, "NewsItemId")) or "?", why=str(error)))
    if not stories:
        raise ParseError("NewsML without news items", where=hints.where, do="check what was delivered")
    return Reading(stories=tuple(stories), skipped=tuple(skipped), format="newsml_1")


def _role(component: xml.Element) -> str:
    return (xml.attr(next(iter(xml.children(component, "Role")), None), "FormalName") or "").lower()


def _twins(item: xml.Element) -> list[xml.Element]:
    """Belga's language twins: components that each carry a language of their own; else the item itself."""
    top = next(iter(xml.children(item, "NewsComponent")), None)
    if top is None:
        return [item]
    tongues = [
        one
        for one in xml.children(top, "NewsComponent")
        if xml.attr(one, "lang") and next(xml.each(one, "NewsComponent"), None) is not None
    ]
    return tongues if len({xml.attr(one, "lang") for one in tongues}) > 1 else [item]


def _formal(element: xml.Element | None) -> str | None:
    return xml.attr(element, "FormalName") or xml.text(element)


def _contents(scope: xml.Element) -> list[xml.Element]:
    """The DataContents that are text of the story: those of components with the role of a body, else the first with text."""
    texts: list[tuple[str, xml.Element]] = []
    for component in [scope, *xml.each(scope, "NewsComponent")]:
        for holder in xml.children(component, "ContentItem"):
            texts += [(_role(component), data) for data in xml.children(holder, "DataContent")]
    held = {data for _, data in texts}
    # What stands inside another text is part of it; told twice, a broken document would cost the square of its size.
    texts = [pair for pair in texts if not any(above in held for above in pair[1].iterancestors())]
    chosen = [data for role, data in texts if role in BODIES]
    if chosen:
        return chosen
    rest = [data for role, data in texts if role not in NO_BODY and xml.text(data)]
    return rest[:1] or [data for _, data in texts[:1] if xml.text(data)]


def _html(scope: xml.Element) -> str:
    parts = []
    for data in _contents(scope):
        if next(xml.each(data, "body.content"), None) is not None:
            parts.append(nitf.body_html(data))
        elif len(data):
            body = xml.first(data, "body")
            parts.append(
                _unflattened(xml.inner_html(body if body is not None else data, nitf.TAGS, nitf.NOT_BODY))
            )
        else:
            parts.append(typed_html(data.text or ""))
    return "\n".join(parts)


def _lines(scope: xml.Element, item: xml.Element) -> list[xml.Element]:
    """The NewsLines of the story, nearest first; not those of a picture or another companion of it."""
    found: list[xml.Element] = []
    for holder in dict.fromkeys((scope, item)):
        pending = [holder]
        while pending:
            one = pending.pop()
            kind = xml.name(one).lower()
            if kind == "newslines":
                found.append(one)
            elif kind != "datacontent" and (one is holder or _role(one) not in COMPANIONS):
                pending.extend(reversed(one))
    return found


def _line(lines: list[xml.Element], *names: str) -> str | None:
    return next(
        (text for holder in lines for one in xml.children(holder, *names) if (text := xml.text(one))), None
    )


def _caption(component: xml.Element) -> str | None:
    """The DataContent with the role Caption in a component, or beside it under the same parent."""
    above = component.getparent()
    for holder in (component, above):
        if holder is None or xml.name(holder).lower() != "newscomponent":
            continue
        for one in [holder, *xml.children(holder, "NewsComponent")]:
            if _role(one) == "caption" and (data := xml.text(xml.first(one, "DataContent"))):
                return data
    return None


def _media(scope: xml.Element) -> tuple[Media, ...]:
    found: dict[str, Media] = {}
    for holder in xml.each(scope, "ContentItem"):
        href = xml.attr(holder, "Href")
        if href and href not in found:
            found[href] = Media(
                url=href,
                caption=_caption(holder.getparent()),
                media_type=xml.attr(xml.first(holder, "MimeType"), "FormalName"),
                width=_size(holder, "width"),
                height=_size(holder, "height"),
            )
    return tuple(found.values())[:40]


def _size(holder: xml.Element, name: str) -> int | None:
    """A measure in pixels, out of the Characteristics of a ContentItem."""
    for one in xml.each(holder, "Property"):
        value = xml.attr(one, "Value") or ""
        if (xml.attr(one, "FormalName") or "").lower() == name and value.isdigit() and 0 < len(value) < 7:
            return int(value)
    return None


def _guid(item: xml.Element) -> str | None:
    public = xml.text(xml.first(item, "PublicIdentifier"))
    news_id = xml.text(xml.first(item, "NewsItemId"))
    if public and (public.count(":") >= 4 or not news_id):
        revision = xml.text(xml.first(item, "RevisionId"))
        cut = re.sub(r":(\d+)[A-Z]?$", "", public)
        return (
            cut
            if cut != public and (revision is None or public.rsplit(":", 1)[1].rstrip("NUAR") == revision)
            else public
        )
    return news_id or xml.attr(item, "Duid") or public


def _origin(scope: xml.Element) -> str | None:
    """The city of `Location HowPresent="Origin"`."""
    for place in xml.each(scope, "Location"):
        if (xml.attr(place, "HowPresent") or "").lower() == "origin":
            for one in xml.each(place, "Property"):
                if (xml.attr(one, "FormalName") or "").lower() == "city" and (city := xml.attr(one, "Value")):
                    return city
    return None


def _embargo(manage: xml.Element | None, status: str) -> str | None:
    change = xml.first(manage, "StatusWillChange")
    at = xml.text(xml.first(change, "DateAndTime"))
    return at if at and status == "embargoed" else None


def _notes(scope: xml.Element, item: xml.Element) -> str | None:
    found: list[str] = []
    for holder in dict.fromkeys((scope, item)):
        for line in xml.each(holder, "NewsLine"):
            kind = (_formal(xml.first(line, "NewsLineType")) or "").lower()
            if "advisory" in kind or "note" in kind or "instruction" in kind:
                found += [text for one in xml.each(line, "NewsLineText") if (text := xml.text(one))]
        for one in xml.each(holder, "Property"):
            if (xml.attr(one, "FormalName") or "") in ("EditorialInfo", "EditorialNote", "Instructions") and (
                text := xml.attr(one, "Value")
            ):
                found.append(text)
        found += [text for one in xml.each(holder, "ProductLine", "Instruction") if (text := xml.text(one))]
    return " | ".join(dict.fromkeys(found)) or None


def _item(item: xml.Element, scope: xml.Element, root: xml.Element, hints: Hints) -> Story:
    manage = next(iter(xml.children(item, "NewsManagement")), None)
    status = (_formal(xml.first(manage, "Status")) or "usable").lower()
    urgency = _formal(xml.first(manage, "Urgency")) or ""
    embargo = _embargo(manage, status)
    if status == "embargoed" and embargo is None:
        status = "withheld"  # until its words, or a person, tell the time
    html = _html(scope)
    lines = _lines(scope, item)
    headline = _line(lines, "HeadLine") or next(
        (
            xml.text(data)
            for one in xml.each(scope, "NewsComponent")
            if _role(one) in ("title", "headline")
            for data in xml.each(one, "DataContent")
        ),
        None,
    )
    headline = headline or (
        nitf.headline_of(scope) if next(xml.each(scope, "nitf"), None) is not None else None
    )
    codes = [
        (code, subject_name(code))
        for one in xml.each(scope, "SubjectDetail", "SubjectMatter", "Subject")
        if (code := xml.attr(one, "FormalName"))
    ]
    codes += [
        (code, xml.text(xml.first(topic, "Description")))
        for topic in xml.each(item, "Topic")
        if (code := xml.text(xml.first(topic, "FormalName")))
    ]
    if not codes and scope is not item:
        codes = [
            (code, subject_name(code))
            for one in xml.each(item, "SubjectDetail", "SubjectMatter", "Subject")
            if (code := xml.attr(one, "FormalName"))
        ]
    guid = _guid(item)
    identity = next(iter(xml.children(item, "Identification")), None)
    provider = next(
        (
            xml.attr(one, "FormalName")
            for holder in xml.each(item, "Provider", "Source")
            for one in xml.children(holder, "Party")
        ),
        None,
    )
    language = xml.attr(scope, "lang") if scope is not item else None
    language = (
        language
        or next((code for one in xml.each(scope, "Language") if (code := xml.attr(one, "FormalName"))), None)
        or xml.attr(scope, "lang")
        or xml.attr(item, "lang")
    )
    kind = _kind(item, scope, status, headline, html)
    copy = Copy(
        html=html,
        headline=headline,
        byline=_line(lines, "ByLine"),
        dateline=_line(lines, "DateLine"),
        origin=_origin(scope),
        credit=_line(lines, "CreditLine") or provider,
        published=xml.text(xml.first(manage, "FirstCreated")) or xml.text(xml.first(root, "NewsEnvelope", "DateAndTime")) or xml.text(xml.first(identity, "DateId")),
        updated=xml.text(xml.first(manage, "ThisRevisionCreated")),
        embargo=embargo,
        language=language,
        fields={
            "guid": f"{guid}#{language}" if scope is not item and guid else guid, "version": xml.text(xml.first(item, "RevisionId")), "status": STATUS.get(status, "usable"), "kind": kind,
            "subheadline": _line(lines, "SubHeadLine"), "slug": _line(lines, "SlugLine") or xml.text(xml.first(identity, "NameLabel")),
            "subjects": subjects([pair for pair in codes if pair[0] and pair[0].strip("0")], "subj"), "keywords": tuple(dict.fromkeys(text for one in xml.each(scope, "KeywordLine") if (text := xml.text(one)))),
            "urgency": int(urgency) if urgency in tuple("123456789") else None, "ednote": _notes(scope, item),
            "usage": xml.text(xml.first(scope, "UsageRights", "UsageType")) or xml.text(xml.first(item, "UsageType")), "copyright": _line(lines, "CopyrightLine"), "media": _media(scope),
        },
    )  # fmt: skip
    return story_of(copy, hints)


def _kind(item: xml.Element, scope: xml.Element, status: str, headline: str | None, html: str) -> str:
    if STATUS.get(status) == "canceled" or re.match(
        r"^\W*(?:KILL|ANULACI[OÓ]N|ANULA|ANNULATION|WITHDRAWN)\b", headline or ""
    ):
        return "kill"
    named = (_formal(xml.first(item, "NewsItemType")) or "").lower()
    if "alert" in named or "flash" in named:
        return "alert"
    if "advisory" in named:
        return "advisory"
    if not html.strip():
        kinds = [
            KINDS[kind]
            for one in xml.each(scope, "MediaType")
            if (kind := (xml.attr(one, "FormalName") or "").lower()) in KINDS
        ]
        if kinds:
            return kinds[0]
    kinds = [(xml.attr(one, "FormalName") or "").lower() for one in xml.each(scope, "MediaType")]
    bodies = any(
        _role(one) in BODIES and xml.text(one)
        for one in xml.each(scope, "NewsComponent")
        if _role(one) != "main"
    )
    return (
        "picture" if kinds and not bodies and all(kind in ("photo", "picture") for kind in kinds) else "story"
    )
