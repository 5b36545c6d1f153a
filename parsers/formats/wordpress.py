"""WordPress REST answers (/wp-json/wp/v2/posts). `date_gmt` is UTC without saying so."""

from __future__ import annotations

import re
from typing import Any

from parsers.errors import ParseError
from parsers.formats.copy import Copy, pictures, plain_title, story_of, subjects
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
CAPTION = re.compile(r"\[caption\b[^\]]{0,500}\](?:(?!\[caption\b).){0,3000}?\[/caption\]", re.I | re.S)
NO_SECTION = frozenset({"uncategorized", "uncategorised", "sin categoría", "non classé", "allgemein"})


def unshortened(text: str) -> str:
    """A post's text without its shortcodes; a caption goes with the picture it belongs to."""
    return SHORTCODE.sub("", CAPTION.sub("", text)) if "[" in text else text


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


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in _list(value) if isinstance(one, dict)]


def _picture(one: dict[str, Any], url: str) -> Media:
    details = one.get("media_details")
    size = details if isinstance(details, dict) else {}
    return Media(
        url=url,
        caption=plain_title(rendered(one.get("caption"))),
        media_type=string(one.get("mime_type")),
        width=size["width"] if isinstance(size.get("width"), int) else None,
        height=size["height"] if isinstance(size.get("height"), int) else None,
    )


def _post(post: dict[str, Any], hints: Hints) -> Story:
    html = rendered(post.get("content")) or ""
    link = string(post.get("link"))
    base = hints.url or link
    inside = post.get("_embedded") if isinstance(post.get("_embedded"), dict) else {}
    assert isinstance(inside, dict)
    names = [name for one in _objects(inside.get("author")) if (name := string(one.get("name")))]
    if not names:  # without _embed: what the SEO plugins of many sites add
        head = post.get("yoast_head_json")
        told = (head.get("author") if isinstance(head, dict) else None, post.get("author_name"))
        names = [name for one in told if (name := string(one))]
    groups = inside.get("wp:term")
    terms = [
        (string(one.get("taxonomy")), name)
        for group in (groups if isinstance(groups, list) else [])
        for one in _objects(group)
        if (name := plain_title(string(one.get("name"))))
    ]
    sections = [name for taxonomy, name in terms if taxonomy == "category" and name.lower() not in NO_SECTION]
    words = [name for _, name in terms]
    codes = [*_list(post.get("categories")), *_list(post.get("tags"))]
    media = [
        _picture(one, full)
        for one in _objects(inside.get("wp:featuredmedia"))
        if (full := absolute(base, string(one.get("source_url"))))
    ]
    if not media and (full := absolute(base, string(post.get("jetpack_featured_media_url")))):
        media = [Media(url=full)]
    excerpt = rendered(post.get("excerpt"))
    copy = Copy(
        html=unshortened(html) or excerpt or "",
        headline=rendered(post.get("title")),
        people=tuple(names),
        reprint=True,
        published=_utc(post, "date"),
        updated=_utc(post, "modified"),
        base=base,
        fields={
            "guid": rendered(post.get("guid")) or string(post.get("id")), "url": link, "slug": string(post.get("slug")),
            "keywords": tuple(dict.fromkeys(words)), "section": sections[0] if sections else None,
            "subjects": subjects([(None, word) for word in words] or [(str(code), None) for code in codes if isinstance(code, (int, str))]),
            "media": tuple(media) or pictures(html, base), "partial": not html,
            "status": STATUS.get(string(post.get("status")) or "publish", "usable"),
        },
    )  # fmt: skip
    return story_of(copy, hints)
