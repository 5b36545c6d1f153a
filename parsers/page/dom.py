"""One Lexbor parse, one walk: the blocks of a page in order, each with its text, its links and where it hangs.

A block is what a reader sees as one line or paragraph: text between block tags or line breaks. Elements keep the range of
blocks that they hold, so that the mass of any subtree is a difference of prefix sums.

The walk reads what Lexbor writes of its tree, where every tag is whole, closed and escaped, so that one expression tells it
apart (measured: an eighth fewer instructions a page than calls into the tree for each node).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from parsers.errors import ParseError
from parsers.page.guard import guarded
from parsers.text import tidy
from parsers.url import absolute

DROPPED = (
    "script style noscript svg template iframe select button video audio object canvas map input textarea math embed dialog "
    "datalist progress meter noembed noframes"
).split()
VERBATIM = ["xmp", "plaintext"]  # Lexbor writes what they hold without escapes
BLOCK = frozenset(
    (
        "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form "
        "h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol p pre search section summary table tbody td tfoot "
        "th thead tr ul picture frameset"
    ).split()
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
KEPT_INLINE = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "a": "a"}
DEEPEST = 500  # elements in each other; what is deeper hangs there
WORD_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
# (name, or /name where it ends; attributes; the text up to the next tag)
TAG = re.compile(r"<(?:!--.*?--|([^\s>]+)([^>]*))>([^<]*)", re.S)
EMPTY = re.compile(r"<(a|em|strong)(?: [^<>]*)?>\s*</\1>")
MARKUP = re.compile("[&<>]")

# What the walk does at a tag; at the others it goes on. The first four end a block.
OPEN, CLOSE, BREAK, RULE, MARK, UNMARK, PICTURE = range(7)
ACTS = {
    **dict.fromkeys(BLOCK, OPEN),
    **{f"/{name}": CLOSE for name in BLOCK},
    "br": BREAK,
    "hr": RULE,
    **dict.fromkeys(KEPT_INLINE, MARK),
    **{f"/{name}": UNMARK for name in KEPT_INLINE},
    "img": PICTURE,
    "amp-img": PICTURE,
}
NONE = len(ACTS)


# What a story is about (WordPress prints categories and tags as classes), and what a place has or has not: no names of the place.
ABOUT = ("category-", "tag-", "post_tag-", "topic-", "has-", "no-", "not-", "with-", "without-")


NAMELESS = frozenset[str]()


# A page repeats its few names many times; so do the pages of one site.
@lru_cache(maxsize=8192)
def words_of(classes: str, name: str) -> frozenset[str]:
    return NAMELESS.union(*map(_words, f"{classes} {name}".split()[:24]))


@lru_cache(maxsize=16_384)
def _words(part: str) -> frozenset[str]:
    if len(part) >= 60 or part.startswith(ABOUT):
        return NAMELESS
    named = part.removesuffix("label-hidden")  # Drupal's, of a field whose label alone is hidden
    return frozenset([part.lower(), *(word.lower() for word in WORD_TOKEN.findall(named)[:8])])


def _value(raw: str, mark: str) -> str:
    """What an attribute holds of those that Lexbor writes (' class="a" id="b"'). mark: as it starts, ' class="'."""
    at = raw.find(mark)
    if at < 0:
        return ""
    # A value that ends like the mark has no quotation mark behind it.
    value = raw[at + len(mark) :].partition('"')[0]
    return unescape(value) if "&" in value else value


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
    def tokens(self) -> frozenset[str]:
        """Class and id names, whole and in their words ("td-post-content", "td", "post", "content"), lower case."""
        if self._tokens is None:
            # The id of a heading is made of its words ("comments-by-the-minister").
            name = "" if self.tag in HEADINGS else _value(self.raw, ' id="')
            self._tokens = words_of(self.classes, name) if name or self.classes else NAMELESS
        return self._tokens

    def attribute(self, name: str) -> str:
        """The value of one of its attributes; empty where it has none."""
        return _value(self.raw, f' {name}="')


@dataclass(slots=True)
class Block:
    """A line or paragraph. pieces: text and, as tuples, the inline tags that open and close in it."""

    index: int
    parent: int  # index of the element that holds it
    tag: str  # of that element, or of the nearest one that says what it is (li, blockquote, h2, td …)
    text: str
    linked: int  # characters of it in links
    pieces: list[Any] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Its length in characters; a Chinese, Japanese or Korean one says as much as three."""
        return weight(self.text)

    @property
    def links(self) -> float:
        """The share of its text that is links."""
        return self.linked / max(1, len(self.text))


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
    blocks: list[Block]
    elements: list[Element]
    scripts: list[str]  # JSON-LD texts
    pictures: set[int]  # indexes of the elements that an image hangs under

    def ancestors(self, index: int) -> list[Element]:
        """The elements above one, itself first."""
        found = []
        while index >= 0:
            found.append(self.elements[index])
            index = self.elements[index].parent
        return found


def parse(html: str, *, where: str = "input") -> Page:
    """Parse and walk a page. Raises ParseError where nothing can be read."""
    tree = LexborHTMLParser(guarded(html, where=where))
    scripts = [node.text() for node in tree.css('script[type="application/ld+json"]')[:40]]
    page = Page(tree, [], [], scripts, set())
    _walk(page)
    if not page.elements:
        raise ParseError("no HTML body", where=where, do="check what was delivered")
    return page


def fragment(html: str) -> Page:
    """Walk a fragment of HTML, as feeds and wires carry it."""
    page = Page(LexborHTMLParser("<body>" + guarded(html, where="fragment") + "</body>"), [], [], [], set())
    _walk(page)
    return page


def _walk(page: Page) -> None:
    """Fill page.blocks and page.elements in document order; what is no text leaves the tree before."""
    page.tree.strip_tags(DROPPED)
    page.tree.unwrap_tags(VERBATIM)
    body = page.tree.body
    blocks, elements, pictures = page.blocks, page.elements, page.pictures
    buffer: list[Any] = []
    written = False  # does the buffer hold more than white space?
    linked = 0
    links = 0  # open <a>
    inline: list[tuple[str, str, str | None]] = []
    current = -1
    depth = 0
    for name, raw, text in TAG.findall(body.html or "" if body is not None else ""):
        act = ACTS.get(name, NONE)
        if act <= RULE:
            if written:
                line = tidy("".join([piece for piece in buffer if piece.__class__ is str]))
                if line:
                    tag = elements[current].tag
                    blocks.append(Block(len(blocks), current, tag, line, min(linked, len(line)), buffer))
                written = False
                linked = 0
                buffer = inline.copy()
            elif buffer:
                buffer = inline.copy()
            if act == OPEN:
                depth += 1
                if depth <= DEEPEST:
                    classes = _value(raw, ' class="') if raw else ""
                    elements.append(Element(len(elements), current, name, raw, classes, len(blocks)))
                    current = len(elements) - 1
            elif act == CLOSE:
                depth -= 1
                if depth < DEEPEST:
                    elements[current].last = len(blocks)
                    current = elements[current].parent
            elif act == RULE:
                elements.append(Element(len(elements), current, name, raw, "", len(blocks), len(blocks)))
        elif act == MARK:
            mark = ("open", KEPT_INLINE[name], _value(raw, ' href="') if name == "a" else None)
            inline.append(mark)
            buffer.append(mark)
            links += name == "a"
        elif act == UNMARK:
            mark = inline.pop()
            if buffer[-1] is mark:
                buffer.pop()
            else:
                buffer.append(("close", *mark[1:]))
            links -= name == "/a"
        elif act == PICTURE:
            pictures.add(current)
        if text and (written or not text.isspace()):
            if "&" in text:
                text = unescape(text)
            buffer.append(text)
            written = True
            if links:
                linked += len(text.strip())


def inline_html(block: Block, base: str | None) -> str:
    """A block as minimal HTML: its text with a, em and strong, nothing else. Agrees with block.text."""
    out: list[str] = []
    open_tags: list[str] = []
    for piece in block.pieces:
        if isinstance(piece, str):
            out.append(escape(piece, quote=False) if MARKUP.search(piece) else piece)
            continue
        state, tag, href = piece
        if state == "open":
            if tag == "a":
                address = absolute(base, href)
                open_tags.append("a" if address else "")
                if address:
                    out.append(f'<a href="{escape(address)}">')
            else:
                open_tags.append(tag)
                out.append(f"<{tag}>")
        elif open_tags and (name := open_tags.pop()):
            out.append(f"</{name}>")
    out += [f"</{name}>" for name in reversed(open_tags) if name]
    html = tidy("".join(out))
    while (less := EMPTY.sub(" ", html)) != html:
        html = less
    return tidy(html)
