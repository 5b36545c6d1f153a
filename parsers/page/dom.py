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
from html import escape
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
STATED = ("meta", "link", "base", "title")  # what a page says of itself
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
TAG = re.compile(r"<(?:!--.*?--|([^ >]++)([^>]*+))>([^<]*+)", re.S)
ATTRIBUTE = re.compile(r' ([^ =]+)="([^"]*)"')  # as Lexbor writes them
EMPTY = re.compile(r"<(a|em|strong)(?: [^<>]*)?>\s*</\1>")
MARKUP = re.compile("[&<>]")
ESCAPES = (
    ("&nbsp;", "\u00a0"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", '"'),
    ("&amp;", "&"),
)  # in this order

# What the walk does at a tag; at the others it goes on. The first four end a block; the last ends the walk.
OPEN, CLOSE, BREAK, RULE, MARK, UNMARK, PICTURE, STATE, HALT = range(9)
ACTS = {
    **dict.fromkeys(BLOCK, OPEN),
    **{f"/{name}": CLOSE for name in BLOCK},
    "br": BREAK,
    "hr": RULE,
    **dict.fromkeys(KEPT_INLINE, MARK),
    **{f"/{name}": UNMARK for name in KEPT_INLINE},
    "img": PICTURE,
    "amp-img": PICTURE,
    **dict.fromkeys(STATED, STATE),
    **dict.fromkeys(VERBATIM, HALT),
}


# What a story is about (WordPress prints categories and tags as classes), and what a place has or has not: no names of the place.
ABOUT = ("category-", "tag-", "post_tag-", "topic-", "has-", "no-", "not-", "with-", "without-")


NAMELESS = frozenset[str]()


@lru_cache(maxsize=8192)  # the pages of one site share their names
def words_of(classes: str, name: str) -> frozenset[str]:
    return NAMELESS.union(*map(_words, f"{classes} {name}".split()[:24]))


@lru_cache(maxsize=16_384)
def _words(part: str) -> frozenset[str]:
    if len(part) >= 60 or part.startswith(ABOUT):
        return NAMELESS
    named = part.removesuffix("label-hidden")  # Drupal's, of a field whose label alone is hidden
    return frozenset([part.lower(), *map(str.lower, WORD_TOKEN.findall(named)[:8])])


def unescaped(text: str) -> str:
    """What Lexbor has written, less its few escapes."""
    if "&" not in text:
        return text
    for name, char in ESCAPES:
        text = text.replace(name, char)
    return text


def _value(raw: str, mark: str) -> str:
    """What an attribute holds of those that Lexbor writes (' class="a" id="b"'). mark: as it starts, ' class="'."""
    at = raw.find(mark)
    if at < 0:
        return ""
    # A value that ends like the mark has no quotation mark behind it.
    return unescaped(raw[at + len(mark) :].partition('"')[0])


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


Mark = tuple[str, str, str]  # an inline tag: "open" or "close", a, em or strong, its attributes as written


def href(mark: Mark) -> str:
    """The address of a link, as the page gives it."""
    return _value(mark[2], ' href="')


@dataclass(slots=True)
class Block:
    """A line or paragraph. pieces: text, and the inline tags that open and close in it."""

    index: int
    parent: int  # index of the element that holds it
    tag: str  # of that element, or of the nearest one that says what it is (li, blockquote, h2, td …)
    text: str
    linked: int  # characters of it in links
    pieces: list[Any]
    size: int  # its length in characters; a Chinese, Japanese or Korean one says as much as three
    links: float  # the share of its text that is links

    def reading(self, text: str, pieces: list[Any]) -> Block:
        """The same with another text."""
        share = self.linked / max(1, len(text))
        return Block(self.index, self.parent, self.tag, text, self.linked, pieces, weight(text), share)


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
    pictures: set[int] = field(default_factory=set)  # indexes of the elements that an image hangs under
    # (blocks before it, what an image says it shows)
    shows: list[tuple[int, str]] = field(default_factory=list)
    # STATED elements: (name, attributes as written, text)
    stated: list[tuple[str, str, str]] = field(default_factory=list)

    def ancestors(self, index: int, most: int = DEEPEST + 1) -> list[Element]:
        """The elements above one, itself first, the nearest of them."""
        elements = self.elements
        found: list[Element] = []
        while index >= 0 and len(found) < most:
            element = elements[index]
            found.append(element)
            index = element.parent
        return found


def parse(html: bytes, *, where: str = "input") -> Page:
    """Parse and walk a page in UTF-8. Raises ParseError where nothing can be read."""
    tree = LexborHTMLParser(guarded(html, where=where))
    scripts = [node.text() for node in tree.css('script[type="application/ld+json"]')[:40]]
    page = _walked(tree)
    page.scripts = scripts
    if not page.elements:
        raise ParseError("no HTML body", where=where, do="check what was delivered")
    return page


def fragment(html: str) -> Page:
    """Walk a fragment of HTML, as feeds and wires carry it."""
    body = guarded(html.encode("utf-8", "ignore"), where="fragment")
    return _walked(LexborHTMLParser(b"<body>" + body + b"</body>"))


def attributes(raw: str) -> dict[str, str]:
    """The attributes of a tag, as Lexbor writes them."""
    return {name: unescaped(value) for name, value in ATTRIBUTE.findall(raw)}


def _walked(tree: LexborHTMLParser) -> Page:
    """The blocks and elements of a tree in document order; what is no text leaves the tree before."""
    tree.strip_tags(DROPPED)
    page = _page(tree)
    if page is None:
        tree.unwrap_tags(VERBATIM)
        page = _page(tree)
    return page or Page(tree)


def _page(tree: LexborHTMLParser) -> Page | None:
    """What a tree holds; None where an element stands in the way that must be unwrapped."""
    page = Page(tree)
    if tree.head is not None:
        page.stated += [tag for tag in TAG.findall(tree.head.html or "") if tag[0] in STATED]
    whole = tree.body is None or _walk(page, tree.body.html or "")
    return page if whole else None


def _walk(page: Page, html: str) -> bool:
    """Fill a page from what Lexbor writes of its body. False: an element stands in it of which it writes without escapes what
    it holds, which no expression can tell apart."""
    blocks, elements, pictures = page.blocks, page.elements, page.pictures
    classes: dict[str, str] = {}  # attributes → class attribute: a page repeats them
    texts: list[str] = []  # of the buffer
    buffer: list[Any] = []
    written = False  # does the buffer hold more than white space?
    linked = 0
    links = 0  # open <a>
    inline: list[Mark] = []
    current = -1
    depth = 0
    for name, raw, text in TAG.findall(html):
        act = ACTS.get(name)
        if act is None:
            pass
        elif act <= RULE:
            if written:
                if line := tidy("".join(texts)):
                    linked = min(linked, len(line))
                    share = linked / len(line)
                    tag = elements[current].tag
                    blocks.append(Block(len(blocks), current, tag, line, linked, buffer, weight(line), share))
                written = False
                texts = []
                linked = 0
                buffer = inline.copy()
            elif buffer:
                buffer = inline.copy()
            if act == OPEN:
                depth += 1
                if depth <= DEEPEST:
                    if (shared := classes.get(raw)) is None:
                        shared = classes[raw] = _value(raw, ' class="')
                    at = len(elements)
                    elements.append(Element(at, current, name, raw, shared, len(blocks)))
                    current = at
            elif act == CLOSE:
                depth -= 1
                if depth < DEEPEST:
                    closed = elements[current]
                    closed.last = len(blocks)
                    current = closed.parent
            elif act == RULE:
                at = len(blocks)
                elements.append(Element(len(elements), current, name, raw, "", at, at))
        elif act == MARK:
            mark = ("open", KEPT_INLINE[name], raw)
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
            if shows := _value(raw, ' alt="'):
                page.shows.append((len(blocks), shows))
        elif act == STATE:
            page.stated.append((name, raw, text))
        else:
            return False
        if text and (written or not text.isspace()):
            if "&" in text:
                text = unescaped(text)
            buffer.append(text)
            texts.append(text)
            written = True
            if links:
                linked += len(text.strip())
    return True


def inline_html(block: Block, base: str | None) -> str:
    """A block as minimal HTML: its text with a, em and strong, nothing else. Agrees with block.text."""
    if MARKUP.search(block.text) is None and all(piece.__class__ is str for piece in block.pieces):
        return block.text
    out: list[str] = []
    open_tags: list[str] = []
    for piece in block.pieces:
        if isinstance(piece, str):
            out.append(escape(piece, quote=False) if MARKUP.search(piece) else piece)
            continue
        state, tag, _ = piece
        if state == "open":
            if tag == "a":
                address = absolute(base, href(piece))
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
