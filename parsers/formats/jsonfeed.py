"""JSON: JSON Feed 1.0 and 1.1 (jsonfeed.org), and the loading that every JSON reader shares."""

from __future__ import annotations

import json
from typing import Any

from parsers.errors import ParseError
from parsers.formats.copy import Copy, pictures, story_of
from parsers.hints import FeedFacts, Hints, Reading, Skipped
from parsers.story import Media, Story
from parsers.text import decode, tidy
from parsers.url import absolute

LARGEST = 64 << 20  # bytes


def load(body: bytes, hints: Hints) -> Any:
    """The JSON of a document, or the objects of JSON Lines as a list. Raises ParseError for what is none, or nested without end."""
    if len(body) > LARGEST:
        raise ParseError(f"larger than {LARGEST >> 20} MB", where=hints.where, do="split it")
    text = decode(body, hints.charset).strip("\ufeff \t\r\n\x00")
    try:
        try:
            return json.loads(text, strict=False)
        except json.JSONDecodeError as error:
            if error.msg != "Extra data":
                raise
            return [json.loads(line, strict=False) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise ParseError(
            f"no readable JSON ({error})", where=hints.where, do="ask the source for a whole document"
        ) from None


def string(value: Any) -> str | None:
    """A text or a number as text; None for anything else, or empty."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (str, int, float)):
        return str(value).strip() or None
    return None


def read(body: bytes, hints: Hints) -> Reading:
    """The items of a JSON Feed. Raises ParseError for what is none."""
    feed = load(body, hints)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise ParseError("a JSON Feed without items", where=hints.where, do="check the address")
    stories: list[Story] = []
    skipped: list[Skipped] = []
    for position, item in enumerate(items[:5000]):
        if not isinstance(item, dict):
            skipped.append(Skipped(item=str(position), why="no object"))
            continue
        stories.append(_story(item, feed, hints))
    hubs = [one.get("url") for one in feed.get("hubs") or [] if isinstance(one, dict)]
    facts = FeedFacts(
        title=string(feed.get("title")),
        self_url=string(feed.get("feed_url")),
        next_url=string(feed.get("next_url")),
        hub=next((hub for hub in hubs if isinstance(hub, str)), None),
    )
    return Reading(stories=tuple(stories), skipped=tuple(skipped), format="jsonfeed", feed=facts)


def _names(holder: dict[str, Any]) -> list[str]:
    listed = holder.get("authors") if isinstance(holder.get("authors"), list) else [holder.get("author")]
    return [name for one in listed or [] if isinstance(one, dict) and (name := string(one.get("name")))]


def _story(item: dict[str, Any], feed: dict[str, Any], hints: Hints) -> Story:
    html, text = string(item.get("content_html")), string(item.get("content_text"))
    url = string(item.get("url")) or string(item.get("external_url"))
    base = hints.url or url
    media = [
        Media(url=full, media_type=string(one.get("mime_type")))
        for one in item.get("attachments") or []
        if isinstance(one, dict) and (full := absolute(base, string(one.get("url"))))
    ]
    if image := absolute(base, string(item.get("image"))):
        media.append(Media(url=image))
    tags = item.get("tags") if isinstance(item.get("tags"), list) else []
    copy = Copy(
        html=html or (text.replace("&", "&amp;").replace("<", "&lt;") if text else None) or string(item.get("summary")) or "",
        headline=string(item.get("title")),
        people=tuple(_names(item) or _names(feed)),
        reprint=True,
        published=string(item.get("date_published")),
        updated=string(item.get("date_modified")),
        language=string(item.get("language")) or string(feed.get("language")),
        base=base,
        fields={
            "guid": string(item.get("id")), "url": absolute(hints.url, url) or url, "keywords": tuple(dict.fromkeys(word for tag in tags or [] if (word := tidy(string(tag))))),
            "media": tuple([*media, *pictures(html, base)][:20]), "partial": not (html or text),
        },
    )  # fmt: skip
    return story_of(copy, hints)
