"""WordPress's export (WXR): RSS with posts, pages and attachments; paragraphs by blank lines, shortcodes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from parsers import xml
from parsers.errors import ParseError
from parsers.formats.copy import Copy, pictures, story_of, subjects
from parsers.formats.wordpress import STATUS, unshortened
from parsers.hints import FeedFacts, Hints, Reading, Skipped
from parsers.story import Media, Story

BLOCK = r"(?:p|div|h[1-6]|ul|ol|li|blockquote|table|t[rdh]|thead|tbody|figure|figcaption|pre|hr|section|article|aside|address|dl|dt|dd|form|iframe|script|style)"
# A line break beside a block element is none, as WordPress's own wpautop has it; elsewhere it breaks the line.
LINE = re.compile(rf"(?<!>)\r?\n(?!\s{0, 40}</?{BLOCK}\b)|(?<=<br>|br/>|r />)\r?\n", re.I)
PARTED = re.compile(r"\r?\n[ \t]*\r?\n\s*")


@dataclass(slots=True)
class _Site:
    """What the channel says once for all its items."""

    people: dict[str | None, str | None] = field(default_factory=dict)  # login: name shown
    files: dict[str | None, str | None] = field(default_factory=dict)  # post id: address of an attachment
    language: str | None = None


def read(body: bytes, hints: Hints) -> Reading:
    """The posts of a WXR export, and its attachments as pictures; pages, menus and the like are skipped.

    Raises ParseError where it holds neither.
    """
    root = xml.parse(body, where=hints.where, charset=hints.charset)
    items = list(xml.each(root, "item"))
    site = _Site(
        people={
            _own(one, "author_login"): _own(one, "author_display_name") for one in xml.each(root, "author")
        },
        files={
            _own(one, "post_id"): _own(one, "attachment_url")
            for one in items
            if _own(one, "post_type") == "attachment"
        },
        language=xml.text(xml.first(root, "language")),
    )
    stories: list[Story] = []
    skipped: list[Skipped] = []
    for position, one in enumerate(items):
        kind = _own(one, "post_type") or "post"
        if kind in ("post", "attachment"):
            stories.append(_item(one, kind, site, hints))
        else:
            skipped.append(Skipped(item=_own(one, "guid") or str(position), why=f"post type {kind}"))
    if not stories:
        raise ParseError("an export without posts", where=hints.where, do="export the site's posts")
    return Reading(
        stories=tuple(stories),
        skipped=tuple(skipped),
        format="wxr",
        feed=FeedFacts(title=xml.text(xml.first(root, "title"))),
    )


def _own(one: xml.Element, name: str) -> str | None:
    found = next(iter(xml.children(one, name)), None)
    return "".join(found.itertext()).strip() or None if found is not None else None


def paragraphed(text: str) -> str:
    """A post's text as HTML, as WordPress shows it: blank lines part paragraphs, other line breaks are <br>."""
    text = unshortened(text)
    if re.search(rf"<{BLOCK}\b", text, re.I):
        return LINE.sub("<br>\n", text) if not re.search(r"<br\b", text, re.I) else text
    return "".join(f"<p>{LINE.sub('<br>', part)}</p>" for part in PARTED.split(text) if part.strip())


def _item(one: xml.Element, kind: str, site: _Site, hints: Hints) -> Story:
    parts = [(child.tag, "".join(child.itertext())) for child in xml.children(one, "encoded")]
    content = next((text for tag, text in parts if "excerpt" not in str(tag)), "")
    excerpt = next((text for tag, text in parts if "excerpt" in str(tag)), "")
    creator = _own(one, "creator")
    terms = tuple(dict.fromkeys(text for tag in xml.children(one, "category") if (text := xml.text(tag))))
    link = _own(one, "link")
    copy = Copy(
        html=paragraphed(content or excerpt),
        headline=_own(one, "title"),
        people=tuple(filter(None, [site.people.get(creator) or creator])),
        published=_utc(one, "post_date") or _own(one, "pubDate") or _own(one, "post_date"),
        updated=_utc(one, "post_modified"),
        language=site.language,
        base=link,
        reprint=True,
        fields={
            "guid": _own(one, "guid"), "url": link, "slug": _own(one, "post_name"), "keywords": terms,
            "kind": "picture" if kind == "attachment" else "story", "subjects": subjects([(None, term) for term in terms]),
            "media": _media(one, site, content), "partial": not content.strip() and bool(excerpt.strip()),
            "status": STATUS.get(_own(one, "status") or "publish", "usable"),
        },
    )  # fmt: skip
    return story_of(copy, hints)


def _utc(one: xml.Element, name: str) -> str | None:
    """WordPress's own time in UTC; None where it is all zeros: not published."""
    text = _own(one, f"{name}_gmt")
    return f"{text}Z" if text and not text.startswith("0000") else None


def _media(one: xml.Element, site: _Site, content: str) -> tuple[Media, ...]:
    thumb = next(
        (
            _own(meta, "meta_value")
            for meta in xml.children(one, "postmeta")
            if _own(meta, "meta_key") == "_thumbnail_id"
        ),
        None,
    )
    named: Iterable[str | None] = (_own(one, "attachment_url"), site.files.get(thumb) if thumb else None)
    found = [Media(url=url) for url in named if url]
    seen = {media.url for media in found}
    return (*found, *(made for made in pictures(content, _own(one, "link")) if made.url not in seen))
