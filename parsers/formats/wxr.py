"""WordPress's export (WXR): RSS with posts, pages and attachments; paragraphs by blank lines, shortcodes."""

from __future__ import annotations

import re

from parsers import xml
from parsers.formats.copy import Copy, pictures, story_of, subjects
from parsers.formats.wordpress import SHORTCODE, STATUS
from parsers.hints import FeedFacts, Hints, Reading, Skipped
from parsers.story import Media, Story


def read(body: bytes, hints: Hints) -> Reading:
    """The posts of a WXR export; attachments are media of them, other post types are skipped."""
    root = xml.parse(body, where=hints.where, charset=hints.charset)
    items = list(xml.each(root, "item"))
    files = {
        xml.text(xml.first(one, "post_id")): xml.text(xml.first(one, "attachment_url"))
        for one in items
        if xml.text(xml.first(one, "post_type")) == "attachment"
    }
    people = {
        xml.text(xml.first(one, "author_login")): xml.text(xml.first(one, "author_display_name"))
        for one in xml.each(root, "author")
    }
    language = xml.text(xml.first(root, "language"))
    stories: list[Story] = []
    skipped: list[Skipped] = []
    for position, one in enumerate(items):
        kind = xml.text(xml.first(one, "post_type")) or "post"
        if kind != "post":
            if kind != "attachment":
                skipped.append(Skipped(item=str(position), why=f"post type {kind}"))
            continue
        stories.append(_item(one, files, people, language, hints))
    return Reading(
        stories=tuple(stories),
        skipped=tuple(skipped),
        format="wxr",
        feed=FeedFacts(title=xml.text(xml.first(root, "title"))),
    )


def _own(one: xml.Element, name: str) -> str | None:
    found = next(iter(xml.children(one, name)), None)
    return "".join(found.itertext()) if found is not None else None


def _item(
    one: xml.Element,
    files: dict[str | None, str | None],
    people: dict[str | None, str | None],
    language: str | None,
    hints: Hints,
) -> Story:
    parts = [(child.tag, "".join(child.itertext())) for child in xml.children(one, "encoded")]
    content = next((text for tag, text in parts if "excerpt" not in str(tag)), "")
    gmt = _own(one, "post_date_gmt")
    stamp = gmt + "Z" if gmt and not gmt.startswith("0000") else _own(one, "pubDate")
    creator = _own(one, "creator")
    thumb = next(
        (
            _own(meta, "meta_value")
            for meta in xml.children(one, "postmeta")
            if _own(meta, "meta_key") == "_thumbnail_id"
        ),
        None,
    )
    body = SHORTCODE.sub("", content)
    if not re.search(r"<(?:p|div|br)\b", body):
        body = "".join(f"<p>{part}</p>" for part in re.split(r"\r?\n\s*\r?\n", body) if part.strip())
    terms = tuple(dict.fromkeys(text for tag in xml.children(one, "category") if (text := xml.text(tag))))
    link = _own(one, "link")
    copy = Copy(
        html=body,
        headline=_own(one, "title"),
        byline=people.get(creator) or creator,
        published=stamp,
        language=language,
        base=link,
        fields={
            "guid": xml.text(next(iter(xml.children(one, "guid")), None)), "url": link, "slug": _own(one, "post_name") or None, "keywords": terms,
            "subjects": subjects([(None, term) for term in terms]),
            "media": (Media(url=url),) if (url := files.get(thumb) if thumb else None) else pictures(content, link),
            "status": STATUS.get(_own(one, "status") or "publish", "usable"),
        },
    )  # fmt: skip
    return story_of(copy, hints)
