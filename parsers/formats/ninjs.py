"""ninjs 1.0-3.1 (IPTC), its wrappers, and JSON that is none of the known kinds (refused). The keys tell the version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from parsers import xml
from parsers.errors import ParseError
from parsers.formats import nitf
from parsers.formats.copy import Copy, plain_title, story_of, subjects
from parsers.formats.jsonfeed import load, string
from parsers.hints import Hints, Reading, Skipped
from parsers.newscodes import subject_name
from parsers.story import Media, Status, Story

STATUS: dict[str, Status] = {
    "usable": "usable",
    "withheld": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "embargoed": "usable",
}
MARKS = frozenset(
    [
        "versioncreated",
        "versionCreated",
        "pubstatus",
        "pubStatus",
        "headlines",
        "bodies",
        "body_text",
        "body_html",
        "body_xhtml",
        "representationtype",
        "representationType",
        "firstcreated",
        "slugline",
        "headline",
        "byline",
    ]
)
NOT_TEXT = re.compile(
    r"<(?P<tag>h1|header|figure|aside)\b(?:(?!<(?P=tag)\b).)*?</(?P=tag)>|<(?P<line>div|p|span) class=\"byline\">[^<]*</(?P=line)>",
    re.S,
)
MAIN_PART = re.compile(
    r'<(div|section)[^<>]{1,500}class="[^"<>]{0,300}\b(?:bodytext|main|article-body)\b[^"<>]{0,300}"[^<>]{0,500}>(.*)</\1>',
    re.S,
)
KINDS = {
    "picture": "picture",
    "graphic": "graphic",
    "video": "video",
    "audio": "audio",
    "composite": "package",
    "planning": "advisory",
    "event": "advisory",
}

WRAPPERS = (
    "items", "item", "results", "data", "hits", "_items", "_source", "articles", "stories", "newsitems", "docs", "documents",
)  # fmt: skip
DEEPEST = 6  # a search engine's {"hits": {"hits": [{"_source": …}]}} is four deep
MOST_ITEMS = 5000


def read(body: bytes, hints: Hints) -> Reading:
    """The stories of a JSON document. Raises ParseError for JSON that holds none."""
    data = load(body, hints)
    stories: list[Story] = []
    skipped: list[Skipped] = []
    found = _items(data, 0)
    for position, item in enumerate(islice(found, MOST_ITEMS)):
        try:
            stories.append(_story(item, hints))
        except (ValueError, TypeError) as error:
            skipped.append(Skipped(item=str(item.get("uri") or position), why=str(error)))
    if rest := sum(1 for _ in found):
        skipped.append(Skipped(item=f"{rest} items", why=f"more than {MOST_ITEMS} in a document"))
    if not stories:
        why = skipped[0].why if skipped else _complaint(data)
        raise ParseError(why, where=hints.where, do="check what was delivered")
    return Reading(stories=tuple(stories), skipped=tuple(skipped), format="ninjs")


def _complaint(data: Any) -> str:
    if isinstance(data, dict):
        for key in ("error", "errors", "message", "detail"):
            if data.get(key):
                return f"the server says: {str(data[key])[:120]}"
    return "JSON that holds no story"


def _items(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The objects that are stories: bare, in a list, or under the key of a wrapper."""
    if depth > DEEPEST:
        return
    if isinstance(data, list):
        for one in data:
            yield from _items(one, depth + 1)
    elif isinstance(data, dict):
        if ("uri" in data or "guid" in data or "headline" in data or "headlines" in data) and (
            MARKS & data.keys() or {"type", "version"} <= data.keys()
        ):
            yield data
            return
        for key in WRAPPERS:
            if isinstance(data.get(key), (list, dict)):
                yield from _items(data[key], depth + 1)


def _get(item: dict[str, Any], *names: str) -> str | None:
    return next((text for name in names if (text := string(item.get(name)))), None)


def _list(item: dict[str, Any], *names: str) -> list[Any]:
    for name in names:
        value = item.get(name)
        if isinstance(value, list):
            return value
        if isinstance(value, dict):
            return [{"name": key, **one} if isinstance(one, dict) else one for key, one in value.items()]
    return []


def _valued(item: dict[str, Any], plural: str, single: str) -> str | None:
    """A text of `headlines: [{role, value}]`, of `headline`, or of any `headline_*`."""
    listed = [one for one in _list(item, plural) if isinstance(one, dict) and string(one.get("value"))]
    if listed:
        main = next((one for one in listed if "main" in str(one.get("role") or "main").lower()), listed[0])
        return string(main["value"])
    return _get(item, single) or next(
        (text for key in sorted(item) if key.startswith(single + "_") and (text := string(item[key]))), None
    )


def _body(item: dict[str, Any]) -> str:
    """The text as HTML: an HTML body before NITF before plain text."""
    found: list[tuple[int, str]] = []
    for one in _list(item, "bodies"):
        if isinstance(one, dict) and (text := string(one.get("value"))):
            kind = str(one.get("contentType") or one.get("contenttype") or "").lower()
            found.append(
                (
                    _rank(kind, text)
                    + (5 if str(one.get("role") or "main").lower() in ("caption", "summary", "lead") else 0),
                    text,
                )
            )
    found += [
        (_rank(key, text), text) for key in item if key.startswith("body_") and (text := string(item[key]))
    ]
    if not found:
        return ""
    _, text = min(found, key=lambda pair: (pair[0], -len(pair[1])))
    if "<body.content" in text or "<nitf" in text[:500]:
        try:
            return nitf.body_html(xml.parse(text.encode(), where="body"))
        except ParseError:  # the fields around it are sound: the story is kept, its text as text
            text = re.sub(r"<[^<>]*>", " ", text)
    if re.search(r"<(?:p|div|br|h\d|[uo]l|li|blockquote|table|section|article)\b", text):
        return _main_part(text)
    return "".join(
        f"<p>{one.replace('&', '&amp;').replace('<', '&lt;')}</p>" for one in _lines(text) if one.strip()
    )


def _lines(text: str) -> list[str]:
    """Plain text as paragraphs: blank lines part them; where there are none, lines that end as sentences do."""
    if re.search(r"\n\s*\n", text):
        return re.split(r"\r?\n\s*\r?\n|\r?\n(?=\s{2,}\S)", text)
    made: list[str] = []
    for line in re.split(r"\r?\n", text):
        if made and len(made[-1]) > 40 and re.search(r"[^\W\d_]$|,$", made[-1].rstrip()):
            made[-1] = f"{made[-1].rstrip()} {line.strip()}"
        else:
            made.append(line)
    return made


def _rank(kind: str, text: str) -> int:
    if "nitf" in kind:
        return 2
    if "html" in kind:
        return 0 if "rich" not in kind else 1
    if "text" in kind:
        return 3 if not re.search(r"<p\b", text) else 1
    return 4


def _main_part(html: str) -> str:
    """TT and dpa put title, time stamp and vignette into the HTML body: of such a body, the part that is text."""
    html = NOT_TEXT.sub("", html)
    part = MAIN_PART.search(html)
    return part[2] if part else html


def _subjects(item: dict[str, Any]) -> list[tuple[str | None, str | None]]:
    pairs = []
    for one in _list(item, "subjects", "subject"):
        if isinstance(one, dict):
            scheme, code = string(one.get("scheme")), _get(one, "code", "uri", "qcode", "literal")
            if scheme and code and ":" not in code:
                code = f"{scheme.rstrip('/')}/{code}" if "//" in scheme else f"{scheme}:{code}"
            pairs.append((code, _get(one, "name") or subject_name(code)))
        elif text := string(one):
            pairs.append((None, text))
    return pairs


def _names(item: dict[str, Any]) -> tuple[str, ...]:
    found = (
        _get(one, "name", "byline") if isinstance(one, dict) else string(one)
        for one in _list(item, "authors", "creators")
    )
    return tuple(dict.fromkeys(name for name in found if name))


def _media(item: dict[str, Any]) -> tuple[Media, ...]:
    """The files of the object itself, then those of what is associated with it, with their captions and credits."""
    found: dict[str, Media] = {}
    for held in (item, *(one for one in _list(item, "associations") if isinstance(one, dict))):
        own = held is not item or item.get("type") == "picture"
        caption = _valued(held, "descriptions", "description") if own else None
        credit = _get(held, "by", "byline", "creditline") if own else None
        for one in _list(held, "renditions"):
            href = _get(one, "href", "url") if isinstance(one, dict) else None
            if href and href not in found:
                found[href] = Media(
                    url=href,
                    caption=plain_title(caption),
                    credit=credit,
                    media_type=_get(one, "contentType", "contenttype", "mimetype"),
                    width=_size(one, "width"),
                    height=_size(one, "height"),
                )
    return tuple(found.values())[:40]


def _size(one: dict[str, Any], name: str) -> int | None:
    value = string(one.get(name)) or ""
    return int(value) if value.isdecimal() and 0 < len(value) < 7 and int(value) else None


def _url(item: dict[str, Any]) -> str | None:
    """The story's page, where an alternative id says so."""
    for one in _list(item, "altIds", "altids"):
        if isinstance(one, dict) and str(one.get("role") or one.get("name")).lower() in (
            "url",
            "weburl",
            "canonical",
        ):
            return _get(one, "value")
    return None


def _dateline(item: dict[str, Any]) -> str | None:
    """Superdesk's dateline, an object or a text; ninjs has none of its own."""
    held = item.get("dateline")
    return _get(held, "text") if isinstance(held, dict) else string(held)


def _deck(item: dict[str, Any]) -> str | None:
    for one in _list(item, "headlines"):
        if isinstance(one, dict) and "sub" in str(one.get("role") or "").lower():
            return _get(one, "value")
    return None


def _credit(item: dict[str, Any]) -> str | None:
    for one in _list(item, "infoSources", "infosources", "infosource"):
        if isinstance(one, dict) and (name := _get(one, "name", "literal")):
            return name
    return _get(item, "creditline", "creditLine", "source", "copyrightHolder", "copyrightholder")


def _story(item: dict[str, Any], hints: Hints) -> Story:
    kind = KINDS.get(str(item.get("type") or "text").lower(), "story")
    told = (_get(item, "pubStatus", "pubstatus") or "usable").rsplit(":", 1)[-1].lower()
    status = STATUS.get(told, "usable")
    embargo = _get(item, "embargoedUntil", "embargoed", "embargoeduntil")
    if told == "embargoed" and not embargo:
        status = "withheld"  # until its words, or a person, tell the time
    urgency = _get(item, "urgency") or ""
    html = (
        "" if kind == "picture" and "bodies" not in item else _body(item)
    )  # a 1.x picture's body is its caption
    copy = Copy(
        html=html,
        headline=_valued(item, "headlines", "headline") or (_get(item, "title", "name") if not html else _get(item, "title")),
        byline=_get(item, "by", "byline"),
        people=_names(item),
        dateline=_dateline(item),
        origin=_get(item, "located"),
        credit=_credit(item),
        published=_get(item, "firstCreated", "firstcreated", "firstpublished", "versionCreated", "versioncreated", "contentCreated", "contentcreated"),
        updated=_get(item, "versionCreated", "versioncreated"),
        embargo=embargo,
        language=_get(item, "language"),
        fields={
            "guid": _get(item, "uri", "guid", "altId"), "url": _url(item), "subheadline": _deck(item), "version": _get(item, "version"), "slug": _get(item, "slugline", "slugLine"),
            "subjects": subjects(_subjects(item)), "keywords": tuple(dict.fromkeys(word for one in _list(item, "keywords") if (word := string(one)))),
            "urgency": int(urgency) if urgency in tuple("123456789") else None, "status": status, "kind": "kill" if status == "canceled" and kind == "story" else kind,
            "ednote": _get(item, "edNote", "ednote"), "usage": _get(item, "usageTerms", "usageterms"), "copyright": _get(item, "copyrightNotice", "copyrightnotice"),
            "media": _media(item), "partial": (_get(item, "representationType", "representationtype") or "") in ("partial", "incomplete"),
        },
    )  # fmt: skip
    return story_of(copy, hints)
