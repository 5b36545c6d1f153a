"""WordPress REST answers (/wp-json/wp/v2/posts). `date_gmt` is UTC without saying so."""

from __future__ import annotations

import re
from typing import Any

from parsers.errors import ParseError
from parsers.formats.copy import Copy, pictures, story_of, subjects
from parsers.formats.jsonfeed import load, string
from parsers.hints import FeedFacts, Hints, Reading, Skipped
from parsers.story import Media, Status, Story
from parsers.url import absolute

STATUS: dict[str, Status] = {
    "publish": "usable",
    "future": "withheld",
    "draft": "withheld",
    "pending": "withheld",
    "private": "withheld",
    "trash": "canceled",
}
SHORTCODE = re.compile(
    r"\[/?(?:caption|gallery|embed|video|audio|playlist|vc_\w+|et_pb_\w+|fusion_\w+|youtube|tweet|contact-form-7)[^\]]{0,500}\]",
    re.I,
)


def read(body: bytes, hints: Hints) -> Reading:
    """The posts of a REST answer. Raises ParseError for an error object or anything else."""
    data = load(body, hints)
    if isinstance(data, dict) and "code" in data and "message" in data:
        raise ParseError(
            f"WordPress says {data['code']}: {data['message']}", where=hints.where, do="use the site's feed"
        )
    posts = data if isinstance(data, list) else [data]
    stories: list[Story] = []
    skipped: list[Skipped] = []
    for position, post in enumerate(posts[:1000]):
        if isinstance(post, dict) and ("title" in post or "content" in post):
            stories.append(_post(post, hints))
        else:
            skipped.append(Skipped(item=str(position), why="no post"))
    return Reading(stories=tuple(stories), skipped=tuple(skipped), format="wordpress", feed=FeedFacts())


def rendered(value: Any) -> str | None:
    """The text of `{"rendered": …}` or of a bare string."""
    return string(value.get("rendered") or value.get("raw")) if isinstance(value, dict) else string(value)


def _utc(post: dict[str, Any], name: str) -> str | None:
    gmt = string(post.get(f"{name}_gmt"))
    if gmt and not gmt.startswith("0000"):
        return gmt if re.search(r"(?:Z|[+-]\d\d:?\d\d)$", gmt) else gmt + "Z"
    return string(post.get(name))


def _post(post: dict[str, Any], hints: Hints) -> Story:
    html = rendered(post.get("content")) or ""
    link = string(post.get("link"))
    base = hints.url or link
    inside = post.get("_embedded") if isinstance(post.get("_embedded"), dict) else {}
    assert isinstance(inside, dict)
    names = [
        name
        for one in inside.get("author") or []
        if isinstance(one, dict) and (name := string(one.get("name")))
    ]
    terms = [
        name
        for group in inside.get("wp:term") or []
        if isinstance(group, list)
        for one in group
        if isinstance(one, dict) and (name := string(one.get("name")))
    ]
    media = [
        Media(url=full, caption=rendered(one.get("caption")))
        for one in inside.get("wp:featuredmedia") or []
        if isinstance(one, dict) and (full := absolute(base, string(one.get("source_url"))))
    ]
    excerpt = rendered(post.get("excerpt"))
    copy = Copy(
        html=SHORTCODE.sub("", html) or excerpt or "",
        headline=rendered(post.get("title")),
        people=tuple(names),
        reprint=True,
        published=_utc(post, "date"),
        updated=_utc(post, "modified"),
        base=base,
        fields={
            "guid": rendered(post.get("guid")) or string(post.get("id")), "url": link, "slug": string(post.get("slug")),
            "keywords": tuple(dict.fromkeys(terms)),
            "subjects": subjects([(None, term) for term in terms] or [(str(code), None) for code in [*(post.get("categories") or []), *(post.get("tags") or [])] if isinstance(code, (int, str))]), "media": tuple(media) or pictures(html, base), "partial": not html,
            "status": STATUS.get(string(post.get("status")) or "publish", "usable"),
        },
    )  # fmt: skip
    return story_of(copy, hints)
