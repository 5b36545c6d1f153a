"""ninjs 3.1 (IPTC): one object a story, or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from parsers.story import Story
from publish.formats.outgoing import html_of, instant, name_of, outgoing

MEDIA_TYPE = "application/json"
# Fields that come back as they were when a written story is read again.
CARRIES = frozenset(
    {
        "guid",
        "version",
        "headline",
        "slug",
        "byline",
        "body",
        "published",
        "updated",
        "language",
        "urgency",
        "status",
        "ednote",
        "usage",
        "copyright",
        "dateline",
    }
)
TYPES = {
    "picture": "picture",
    "graphic": "graphic",
    "video": "video",
    "audio": "audio",
    "package": "composite",
}


def write(stories: Iterable[Story], *, now: datetime) -> bytes:
    """The stories that may leave at `now`, as a JSON array of ninjs objects."""
    return json.dumps(
        [item(story) for story in outgoing(stories, now=now)], ensure_ascii=False, indent=1
    ).encode()


def item(story: Story) -> dict[str, Any]:
    """One story as a ninjs object; absent values are left out, as the schema refuses nulls."""
    body = html_of(story)
    form: dict[str, Any] = {
        "standard": {
            "name": "ninjs",
            "version": "3.1",
            "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
        },
        "uri": name_of(story),
        "type": TYPES.get(story.kind, "text"),
        "version": story.version,
        "firstCreated": instant(story.published),
        "versionCreated": instant(story.updated),
        "pubStatus": story.status,
        "urgency": story.urgency,
        "language": story.language,
        "headlines": [{"role": "main", "value": story.headline}] if story.headline else None,
        "bodies": [{"role": "main", "contentType": "text/html", "value": body}] if body else None,
        "by": story.byline,
        "slugline": story.slug,
        "located": story.dateline.place if story.dateline else None,
        "subjects": [
            {
                name: value
                for name, value in (
                    ("name", one.name),
                    ("uri", f"{one.scheme}:{one.code}" if one.scheme and one.code else one.code),
                )
                if value
            }
            for one in story.subjects
        ],
        "infoSources": [{"name": story.credit}] if story.credit else None,
        "edNote": story.ednote,
        "usageTerms": story.usage,
        "copyrightNotice": story.copyright,
        "representationType": "partial" if story.partial else "full",
    }
    return {name: value for name, value in form.items() if value not in (None, [], "")}
