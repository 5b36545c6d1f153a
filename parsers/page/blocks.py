"""What a walked page is made of: its elements, its blocks, and the marks of inline tags within them.

A block is what a reader sees as one line or paragraph: text between block tags or line breaks. Elements keep the range of
blocks that they hold, so that the mass of any subtree is a difference of prefix sums.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from parsers.page.markup import TAG, unescaped, value
from parsers.page.names import NAMELESS, words_of

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
KEPT_INLINE = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "a": "a"}
NEAREST = 5  # elements above a noted one that tell where it hangs
MOST_OPEN = 50  # inline tags open at once; of more the innermost are known
DEEPEST = 500  # elements in each other; what is deeper hangs there


@dataclass(slots=True)
class Element:
    """A block element. blocks first:last hang below it."""

    index: int
    parent: int  # -1: none
    tag: str
    raw: str  # its attributes as written
    classes: str
    first: int
    last: int = 0
    _tokens: frozenset[str] | None = None

    @property
    def _name(self) -> str:
        # The id of a heading is made of its words ("comments-by-the-minister").
        return value(self.raw, "id") if ' id="' in self.raw and self.tag not in HEADINGS else ""

    @property
    def tokens(self) -> frozenset[str]:
        """The words of its class names and id."""
        if self._tokens is None:
            name = self._name
            self._tokens = words_of(self.classes, name) if name or self.classes else NAMELESS
        return self._tokens

    def says(self, holds: Callable[[str, str], bool]) -> bool:
        """Is one of those words of a vocabulary (names.py)? No set of them is made for the many of which none is."""
        if ' id="' in self.raw:
            return holds(self.classes, self._name)
        return bool(self.classes) and holds(self.classes, "")

    def attribute(self, name: str) -> str:
        """The value of one of its attributes; empty where it has none."""
        return value(self.raw, name)


Mark = tuple[str, str, str]  # an inline tag: "open" or "close", a, em or strong, its attributes as written


def href(mark: Mark) -> str:
    """The address of a link, as the page gives it."""
    return value(mark[2], "href")


class Noted(NamedTuple):
    """An element of any kind whose attributes may say that it holds a writer's name or a time (NOTABLE, TIMED)."""

    tag: str
    raw: str  # its attributes as written
    parent: int  # index of the element that holds it
    within: tuple[Mark, ...]  # the NEAREST inline tags that are open where it starts
    markup: str | None  # what stands in it; None: it has no end, or holds more than a line does

    @property
    def texts(self) -> list[str]:
        """The texts in it, as its elements part them."""
        if not self.markup:
            return []
        first = self.markup.partition("<")[0]
        return [unescaped(text) for text in (first, *(tag[2] for tag in TAG.findall(self.markup))) if text]


@dataclass(slots=True)
class Block:
    """A line or paragraph."""

    index: int
    parent: int  # index of the element that holds it
    tag: str  # of that element
    text: str
    linked: int  # characters of it in links
    size: int  # its length in characters; a Chinese, Japanese or Korean one says as much as three
    links: float  # the share of its text that is links
    opened: tuple[Mark, ...]  # the inline tags that are open where it starts
    markup: str  # as written
    _pieces: list[Any] | None = None

    @property
    def pieces(self) -> list[Any]:
        """Its text, and the inline tags that open and close in it; of few blocks anybody asks."""
        if self._pieces is None:
            self._pieces = pieces_of(self.opened, self.markup)
        return self._pieces

    @property
    def is_plain(self) -> bool:
        """Is it nothing but text?"""
        return self._pieces is None and not self.opened and "<" not in self.markup

    def reading(self, text: str, pieces: list[Any]) -> Block:
        """The same with another text."""
        share = self.linked / max(1, len(text))
        return Block(
            self.index, self.parent, self.tag, text, self.linked, weight(text), share, (), "", pieces
        )


def pieces_of(opened: tuple[Mark, ...], markup: str) -> list[Any]:
    """The texts and marks of what stands between two block tags. Texts of white space alone count behind another only."""
    pieces: list[Any] = [*opened]
    if "<" not in markup:
        return [*opened, unescaped(markup)]
    inline = [*opened]
    written = False
    for name, raw, text in [("", "", markup[: markup.index("<")]), *TAG.findall(markup)]:
        if kept := KEPT_INLINE.get(name):
            mark = ("open", kept, raw)
            inline.append(mark)
            pieces.append(mark)
        elif name[:1] == "/" and name[1:] in KEPT_INLINE:
            if not inline:  # it was opened outside MOST_OPEN
                continue
            mark = inline.pop()
            if pieces[-1] is mark:
                pieces.pop()
            else:
                pieces.append(("close", *mark[1:]))
        if text and (written or not text.isspace()):
            pieces.append(unescaped(text))
            written = True
    return pieces


def weight(text: str) -> int:
    """Length of a text, East Asian letters counted thrice."""
    if text.isascii():
        return len(text)
    east = len(EAST.findall(text))
    return len(text) + 2 * east


EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]")


@dataclass(slots=True)
class Page:
    """A walked page."""

    tree: LexborHTMLParser
    blocks: list[Block] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)  # JSON-LD texts
    # (element that an image hangs under, its attributes as written)
    images: list[tuple[int, str]] = field(default_factory=list)
    # (blocks before it, what an image says it shows)
    shows: list[tuple[int, str]] = field(default_factory=list)
    # every h1, and what has "itle" or "eadline" in its class names
    titled: list[Element] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)
    # STATED elements: (name, attributes as written, text)
    stated: list[tuple[str, str, str]] = field(default_factory=list)
    _paragraphed: set[int] | None = None

    @property
    def paragraphed(self) -> set[int]:
        """The indexes of the elements with paragraphs of their own."""
        if self._paragraphed is None:
            self._paragraphed = {one.parent for one in self.elements if one.tag == "p"}
        return self._paragraphed

    @property
    def pictures(self) -> set[int]:
        """The indexes of the elements that an image hangs under."""
        return {index for index, _ in self.images}

    def texts(self, element: Element) -> list[str]:
        """The texts in an element, as its inline elements part them."""
        held = self.blocks[element.first : element.last]
        return [piece for block in held for piece in block.pieces if isinstance(piece, str)]

    def ancestors(self, index: int, most: int = DEEPEST + 1) -> list[Element]:
        """The elements above one, itself first, the nearest of them."""
        elements = self.elements
        found: list[Element] = []
        while index >= 0 and len(found) < most:
            element = elements[index]
            found.append(element)
            index = element.parent
        return found
