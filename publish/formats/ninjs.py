"""ninjs 3.1 (IPTC): one object a story, or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from parsers.story import Media, Story, Subject
from publish.formats.outgoing import html_of, instant, name_of, outgoing

MEDIA_TYPE = "application/json"
# Fields that come back as they were when a written story is read again, and where they stand.
CARRIES = {
    "guid": "uri; a story without one gets a name of its own",
    "version": "version",
    "url": "altIds, role url",
    "headline": "headlines, role main",
    "subheadline": "headlines, role subHeadline",
    "slug": "slugline",
    "byline": "by",
    "credit": "infoSources",
    "dateline": "located (its place), and the first paragraph",
    "body": "bodies, text/html",
    "published": "firstCreated; a bare day as its first instant",
    "updated": "versionCreated; likewise",
    "embargo": "embargoedUntil; written only when it is past",
    "language": "language",
    "urgency": "urgency",
    "status": "pubStatus",
    "partial": "representationType",
    "subjects": "subjects: uri scheme:code, name",
    "media": "associations, a rendition each",
    "ednote": "edNote",
    "usage": "usageTerms",
    "copyright": "copyrightNotice",
}
TYPES = {
    "picture": "picture",
    "graphic": "graphic",
    "video": "video",
    "audio": "audio",
    "package": "composite",
}
STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}


def write(stories: Iterable[Story], *, now: datetime) -> bytes:
    """The stories that may leave at `now`, as a JSON array of ninjs objects."""
    return _bytes([item(story) for story in outgoing(stories, now=now)])


def write_one(story: Story, *, now: datetime) -> bytes | None:
    """One story as a ninjs object; None where it may not leave at `now`."""
    allowed = next(outgoing([story], now=now), None)
    return None if allowed is None else _bytes(item(allowed))


def _bytes(form: Any) -> bytes:
    return json.dumps(form, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def item(story: Story) -> dict[str, Any]:
    """One story as a ninjs object; absent values are left out, as the schema refuses nulls."""
    body = html_of(story)
    heads = [("main", story.headline), ("subHeadline", story.subheadline)]
    return _filled(
        {
            "standard": STANDARD,
            "uri": name_of(story),
            "altIds": [{"role": "url", "value": story.url}] if story.url else None,
            "type": TYPES.get(story.kind, "text"),
            "version": story.version,
            "firstCreated": instant(story.published),
            "versionCreated": instant(story.updated),
            "embargoedUntil": instant(story.embargo),
            "pubStatus": story.status,
            "urgency": story.urgency,
            "language": story.language,
            "headlines": [{"role": role, "value": text} for role, text in heads if text],
            "bodies": [{"role": "main", "contentType": "text/html", "value": body}] if body else None,
            "by": story.byline,
            "slugline": story.slug,
            "located": story.dateline.place if story.dateline else None,
            "subjects": [_subject(one) for one in story.subjects],
            "infoSources": [{"name": story.credit}] if story.credit else None,
            "associations": [_file(one, number) for number, one in enumerate(story.media, 1)],
            "edNote": story.ednote,
            "usageTerms": story.usage,
            "copyrightNotice": story.copyright,
            "representationType": "partial" if story.partial else "full",
        }
    )


def _filled(form: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in form.items() if value not in (None, [], "")}


def _subject(one: Subject) -> dict[str, Any]:
    return _filled(
        {"name": one.name, "uri": f"{one.scheme}:{one.code}" if one.scheme and one.code else one.code}
    )


def _file(one: Media, number: int) -> dict[str, Any]:
    kind = (one.media_type or "image").split("/")[0]
    rendition = {
        "name": "original",
        "href": one.url,
        "contentType": one.media_type,
        "width": one.width,
        "height": one.height,
    }
    return _filled(
        {
            "name": f"file-{number}",
            "uri": one.url,
            "type": {"image": "picture", "video": "video", "audio": "audio"}.get(kind, "text"),
            "by": one.credit,
            "descriptions": [{"role": "caption", "value": one.caption}] if one.caption else None,
            "renditions": [_filled(rendition)],
        }
    )
