"""What differs from site to site is data: parsers/sites/*.toml, read once. Where a layout yields nothing, the generic reader goes on.

A layout is chosen by the page's host (`hosts`) or by class names that stand on it (`signs`); `body` names the element that holds
the story, `drop` elements in it that are none, `kickers` (CSS) the labels above the headline.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from operator import attrgetter

from parsers.page.blocks import Element, Page
from parsers.page.markup import READ
from parsers.text import tidy
from parsers.url import host

CLASSES = attrgetter("classes")
SELECTED = re.compile(r"\[\s*([\w:-]+)")  # an attribute in a selector
ENOUGH = 200  # weight of text from which a named body is believed


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One dated layout of a site or theme."""

    site: str  # name of its file
    hosts: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()  # class names, all of which stand on the page
    body: frozenset[str] = frozenset()  # class names of the element that holds the story
    drop: frozenset[str] = frozenset()
    kickers: str | None = None
    until: date | None = None  # last day it was served; None: today's


def unread(selector: str) -> set[str]:
    """The attributes in a CSS selector that are gone before a page is parsed."""
    return set(SELECTED.findall(selector)) - READ


@lru_cache(maxsize=1)
def layouts() -> tuple[Layout, ...]:
    """All layouts, those of hosts first; within a file oldest first. Raises ValueError for one that asks for an attribute that is gone."""
    found: list[Layout] = []
    for entry in sorted(files("parsers").joinpath("sites").iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            table = tomllib.loads(entry.read_text(encoding="utf-8"))
            hosts = frozenset(table.get("hosts", ()))
            for row in table.get("layout", ()):
                if gone := unread(row.get("kickers", "")):
                    raise ValueError(
                        f"{entry.name}: pages are read without {min(gone)}; add it to markup.READ"
                    )
                sets = {name: frozenset(row.get(name, ())) for name in ("signs", "body", "drop")}
                found.append(
                    Layout(
                        site=entry.name.removesuffix(".toml"),
                        hosts=hosts,
                        kickers=row.get("kickers"),
                        until=row.get("until"),
                        **sets,
                    )
                )
    return tuple(sorted(found, key=lambda layout: not layout.hosts))


def _stand(names: frozenset[str], classes: str) -> bool:
    """Do all of these class names stand among those of a page?"""
    return all(map(classes.__contains__, names)) and names <= set(classes.split())


def _named(page: Page, names: frozenset[str]) -> list[Element]:
    """The elements with one of these class names, for each name in turn."""
    return [
        element
        for name in names
        for element in page.elements
        if name in element.classes and name in element.classes.split()
    ]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A layout on a page: the range of blocks that it names as the story, and the elements in it that are none."""

    layout: Layout
    first: int
    last: int
    dropped: frozenset[int]


def fit(page: Page, url: str | None) -> Fitted | None:
    """The layout of a page where it yields a body; None: read it generically."""
    classes = " ".join(set(map(CLASSES, page.elements)))
    where = host(url)
    for layout in layouts():
        if (layout.hosts and where not in layout.hosts) or (
            not layout.hosts and not (layout.signs and _stand(layout.signs, classes))
        ):
            continue
        held = _named(page, layout.body)
        sized = [
            (sum(block.size for block in page.blocks[one.first : one.last] if block.links < 0.5), one)
            for one in held
        ]
        best = max(sized, key=lambda pair: pair[0], default=None)
        if best and best[0] >= ENOUGH:
            dropped = frozenset(element.index for element in _named(page, layout.drop))
            return Fitted(layout, best[1].first, best[1].last, dropped)
    return None


def kickers(page: Page, layout: Layout) -> tuple[str, ...]:
    """The labels above the headline, outermost first."""
    if not layout.kickers:
        return ()
    texts = (tidy(node.text()) for node in page.tree.css(layout.kickers)[:8])
    return tuple(dict.fromkeys(text for text in texts if text and len(text) < 60))
