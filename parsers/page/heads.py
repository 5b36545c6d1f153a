"""The headings that a page shows, and what they are: the story's, the paper's own name, the last step of a breadcrumb trail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from parsers.page.blocks import Element, Page, href
from parsers.page.furniture import WIDGET_LINES
from parsers.page.names import vocabulary
from parsers.text import tidy

NAMED = vocabulary("headline entry-title article-title post-title articletitle tdb-title-text".split())
TITLED = frozenset({"h2", "h3", "div", "p", "header"})  # what headlines stand in
TRAILS = vocabulary("breadcrumb breadcrumbs crumbs crumb".split())
UNSEEN = vocabulary(
    "aural visuallyhidden visually-hidden sr-only screen-reader-text assistive-text element-invisible offscreen".split()
)


FRONT = re.compile(r"(?:https?:)?(?://[^/]+)?/?(?:index\.\w+)?")


@dataclass(frozen=True, slots=True)
class Head:
    """A heading that a page shows. at: index of its first block; texts: of each of its blocks."""

    at: int
    texts: tuple[str, ...]
    text: str  # the whole of it
    nodes: tuple[str, ...]  # its text nodes
    first: bool  # an h1
    home: bool  # a link to the front page, as the paper's own name is
    trail: bool = False  # the last step of a breadcrumb trail: a short title for search engines
    unseen: bool = False  # for screen readers only


def shown_heads(page: Page) -> list[Head]:
    """Every h1, and the elements whose names say headline, in order."""
    found = [
        _head(page, element)
        for element in page.titled
        if element.last > element.first
        and (
            element.tag == "h1"
            or (element.tag in TITLED and element.last - element.first <= 3 and element.says(NAMED))
        )
    ]
    return [head for head in found if head]


def after_trail(page: Page, trail: Head, body_first: int | None) -> list[Head]:
    """The h2 between a trail's end and the body: one of them is the headline of a page whose h1 stands in its trail."""
    end = len(page.blocks) if body_first is None else body_first + 1
    found = (
        _head(page, element)
        for element in page.elements
        if element.tag == "h2" and trail.at < element.first < min(end, element.last)
    )
    return [head for head in found if head]


def _head(page: Page, element: Element) -> Head | None:
    blocks = page.blocks[element.first : element.last]
    texts = tuple([block.text for block in blocks])
    text = tidy(" ".join(texts))
    if not 3 <= len(text) <= 400 or WIDGET_LINES.match(text):
        return None
    return Head(
        element.first,
        texts,
        text,
        tuple(page.texts(element)),
        element.tag == "h1",
        blocks[0].links > 0.9 and _home(blocks[0].pieces),
        element.tag == "h1" and _ends_trail(page, element),
        element.says(UNSEEN),
    )


def _ends_trail(page: Page, element: Element) -> bool:
    """Does a heading stand in a navigation, in what is called a breadcrumb, or behind links alone of which the first leads home?"""
    for above in page.ancestors(element.index, 6):
        if above.tag == "nav" or above.says(TRAILS):
            return True
        if "Breadcrumb" in above.raw and "Breadcrumb" in above.attribute("itemtype"):
            return True
    for above in page.ancestors(element.parent, 4):
        if above.last > element.last:
            return False
        if before := page.blocks[above.first : element.first]:
            return all(block.links > 0.9 for block in before) and _home(before[0].pieces)
    return False


def _home(pieces: Sequence[Any]) -> bool:
    """Does a link lead to a site's root?"""
    for piece in pieces:
        if isinstance(piece, tuple) and piece[:2] == ("open", "a"):
            return FRONT.fullmatch(href(piece)) is not None
    return False
