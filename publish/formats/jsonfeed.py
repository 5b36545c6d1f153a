"""JSON Feed 1.1 (jsonfeed.org). A kill is an item that says so, in words and under `_wiredesk`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from mimetypes import guess_type
from typing import Any

from parsers.story import Story
from publish.formats.outgoing import html_of, instant, killed, name_of, outgoing, writers

MEDIA_TYPE = "application/feed+json"
# Fields that come back as they were when a written story is read again, and where they stand.
CARRIES = {
    "guid": "id; a story without one gets a name of its own",
    "url": "url",
    "headline": "title; a kill's has the word before it",
    "authors": "authors",
    "dateline": "the first paragraph",
    "body": "content_html",
    "published": "date_published; a bare day as its first instant",
    "updated": "date_modified; likewise",
    "language": "language",
    "keywords": "tags",
    "media": "attachments: url and media type; one that is not known is guessed",
}


def write(
    stories: Iterable[Story],
    *,
    now: datetime,
    title: str,
    home: str | None = None,
    address: str | None = None,
) -> bytes:
    """A feed of the stories that may leave at `now`. title, home page and own address of the feed."""
    feed: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": title}
    feed |= {name: value for name, value in (("home_page_url", home), ("feed_url", address)) if value}
    feed["items"] = [item(story) for story in outgoing(stories, now=now)]
    return json.dumps(feed, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def item(story: Story) -> dict[str, Any]:
    """One item; absent values are left out."""
    gone = story.status == "canceled"
    form: dict[str, Any] = {
        "id": name_of(story),
        "url": story.url,
        "title": f"KILL: {story.headline or ''}".strip() if gone else story.headline,
        "content_html": None if gone else html_of(story) or "<p></p>",
        "content_text": killed(story) if gone else None,
        "date_published": instant(story.published),
        "date_modified": instant(story.updated),
        "authors": [{"name": name} for name in writers(story)],
        "tags": [word for word in dict.fromkeys(story.keywords) if word],
        "language": story.language,
        "attachments": [
            {
                "url": one.url,
                "mime_type": one.media_type or guess_type(one.url)[0] or "application/octet-stream",
            }
            for one in story.media
        ],
        "_wiredesk": {"status": story.status, "credit": story.credit},
    }
    return {name: value for name, value in form.items() if value not in (None, [], "")}
