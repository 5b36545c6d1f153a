"""One Lexbor parse, one walk: the blocks of a page in order, each with its text, its links and where it hangs.

A block is what a reader sees as one line or paragraph: text between block tags or line breaks. Elements keep the range of
blocks that they hold, so that the mass of any subtree is a difference of prefix sums.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.errors import ParseError
from parsers.text import tidy
from parsers.url import absolute

DROPPED = [
    "script", "style", "noscript", "svg", "template", "iframe", "select", "button", "video", "audio", "object", "canvas", "map",
    "input", "textarea", "math", "embed", "dialog", "datalist", "progress", "meter",
]  # fmt: skip
BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "amp-img",
        "picture",
        "frameset",
    ]
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
KEPT_INLINE = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "a": "a"}
WORD_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
DEEPEST = 2000  # open elements; Lexbor is quadratic in depth
MOST_ATTRIBUTES = 1500  # in one tag; quadratic too
CHUNK = 16_384  # characters
NEVER_OPEN = ("/>", "<br", "<img", "<meta", "<link", "<!", "<li", "<p>")
UNSEEN = re.compile(r"<(?:(script|style|noscript|svg|textarea)\b|!--)", re.I)
STRUCTURE = re.compile(r"</?(?!/?(?:p|br|h[1-6]|title|meta|a)\b)[a-zA-Z][^<>]*>")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)([^<>]*)>")
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "dd",
        "dt",
        "option",
    ]
)


# What a story is about (WordPress prints categories and tags as classes), and what a place has or has not: no names of the place.
ABOUT = ("category-", "tag-", "post_tag-", "topic-", "has-", "no-", "not-", "with-", "without-")


# A page repeats its few names many times; so do the pages of one site.
@lru_cache(maxsize=8192)
def words_of(classes: str, name: str) -> frozenset[str]:
    found: set[str] = set()
    for part in f"{classes} {name}".split()[:24]:
        if len(part) < 60 and not part.startswith(ABOUT):
            found.add(part.lower())
            found.update(word.lower() for word in WORD_TOKEN.findall(part)[:8])
    return frozenset(found)


@dataclass(slots=True)
class Element:
    """A block element. blocks first:last hang below it."""

    index: int
    parent: int  # -1: none
    tag: str
    attrs: dict[str, str | None]
    first: int
    last: int = 0
    _tokens: frozenset[str] | None = None

    @property
    def tokens(self) -> frozenset[str]:
        """Class and id names, whole and in their words ("td-post-content", "td", "post", "content"), lower case."""
        if self._tokens is None:
            self._tokens = words_of(self.attrs.get("class") or "", self.attrs.get("id") or "")
        return self._tokens


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
    media: list[
        tuple[int, dict[str, str | None]]
    ]  # (index of the element it hangs under, attributes of an img)

    def ancestors(self, index: int) -> list[Element]:
        """The elements above one, itself first."""
        found = []
        while index >= 0:
            found.append(self.elements[index])
            index = self.elements[index].parent
        return found


def guarded(html: str, *, where: str) -> str:
    """The page, or a flattened one where it would take Lexbor quadratic time. Raises ParseError for a hopeless one."""
    if not _maybe_deep(html) and _widest(html) <= MOST_ATTRIBUTES:
        return html
    bare = _less_unseen(html)
    depth = deepest = 0
    for close, name, attributes in TAG.findall(bare):
        if name.lower() in VOID or attributes.endswith("/"):
            continue
        depth = max(0, depth - 1) if close else depth + 1
        deepest = max(deepest, depth)
    if deepest <= DEEPEST and _widest(bare) <= MOST_ATTRIBUTES:
        return html
    flat = STRUCTURE.sub("\n", bare)
    flat = re.sub(r"(<[a-zA-Z][\w:-]*)[^<>]{20000,}>", r"\1>", flat)
    if flat.count("<") > 200_000:
        raise ParseError("nested too deep to read", where=where, do="leave this document out")
    return flat


def _maybe_deep(html: str) -> bool:
    """Could so many elements be open at once? Counted a chunk at a time, in C; only a suspect page is scanned tag by tag."""
    return _balance(html, ()) and _balance(html, NEVER_OPEN)


def _balance(html: str, never_open: tuple[str, ...]) -> bool:
    """Do the tags opened and not closed, less those of some kinds, come to half of what is allowed anywhere?"""
    depth = 0
    for at in range(0, len(html), CHUNK):
        chunk = html[at : at + CHUNK]
        opened = chunk.count("<") - 2 * chunk.count("</") - sum(chunk.count(mark) for mark in never_open)
        depth = max(0, depth + opened)
        if depth > DEEPEST // 2:
            return True
    return False


def _less_unseen(html: str) -> str:
    """The page without scripts, styles and comments, in one pass; an opener without its end takes nothing away."""
    out: list[str] = []
    at = 0
    missing: set[str] = set()
    low = html.lower()
    for found in UNSEEN.finditer(html):
        if found.start() < at:
            continue
        end = f"</{found[1].lower()}" if found[1] else "-->"
        close = -1 if end in missing else low.find(end, found.end())
        if close < 0:
            missing.add(end)
            continue
        out += [html[at : found.start()], " "]
        at = close + len(end) if not found[1] else (html.find(">", close) + 1 or len(html))
    return "".join([*out, html[at:]])


def _widest(html: str) -> int:
    """The most attributes in one tag, counted only in tags that are long enough to matter."""
    most = at = 0
    while (at := html.find("<", at)) >= 0:
        end = html.find(">", at)
        if end < 0:
            end = len(html)
        if end - at > 2 * MOST_ATTRIBUTES and html[at + 1 : at + 2].isalpha():
            most = max(most, len(QUOTED.sub("", html[at:end]).split()))
        at = end
    return most


def parse(html: str, *, where: str = "input") -> Page:
    """Parse and walk a page. Raises ParseError where nothing can be read."""
    tree = LexborHTMLParser(guarded(html, where=where))
    scripts = [node.text() for node in tree.css('script[type="application/ld+json"]')[:40]]
    tree.strip_tags(DROPPED)
    body = tree.body
    if body is None:
        raise ParseError("no HTML body", where=where, do="check what was delivered")
    page = Page(tree, [], [], scripts, [])
    _walk(body, page)
    return page


def fragment(html: str) -> Page:
    """Walk a fragment of HTML, as feeds and wires carry it."""
    tree = LexborHTMLParser("<body>" + guarded(html, where="fragment") + "</body>")
    tree.strip_tags(DROPPED)
    page = Page(tree, [], [], [], [])
    if tree.body is not None:
        _walk(tree.body, page)
    return page


def _walk(body: LexborNode, page: Page) -> None:
    """Fill page.blocks and page.elements in document order, without recursion."""
    blocks, elements = page.blocks, page.elements
    buffer: list[Any] = []
    linked = 0
    links = 0  # open <a>
    inline: list[tuple[str, str | None]] = []
    current = -1

    def flush() -> None:
        nonlocal buffer, linked
        if buffer:
            text = tidy("".join([piece for piece in buffer if piece.__class__ is str]))
            if text:
                element = elements[current]
                blocks.append(Block(len(blocks), current, element.tag, text, min(linked, len(text)), buffer))
            buffer = [("open", *mark) for mark in inline]
            linked = 0

    node: LexborNode | None = body
    opened: list[tuple[LexborNode, str]] = []  # elements to close, with what they are: block, inline
    while node is not None:
        tag = node.tag
        down: LexborNode | None = None
        if tag == "-text":
            text = node.text_content or ""
            buffer.append(text)
            if links:
                linked += len(text.strip())
        elif tag == "br":
            flush()
        elif tag == "img" or tag == "amp-img":
            page.media.append((current, node.attributes))
        elif tag is not None and tag[0] != "-":
            down = node.child
            if tag in BLOCK:
                flush()
                elements.append(Element(len(elements), current, tag, node.attributes, len(blocks)))
                current = len(elements) - 1
                if down is None:
                    elements[current].last = len(blocks)
                    current = elements[current].parent
                else:
                    opened.append((node, "block"))
            elif down is not None:
                if tag in KEPT_INLINE:
                    href = node.attributes.get("href") if tag == "a" else None
                    mark = (KEPT_INLINE[tag], href)
                    inline.append(mark)
                    buffer.append(("open", *mark))
                    links += tag == "a"
                    opened.append((node, tag))
                else:
                    opened.append((node, ""))
        if down is not None:
            node = down
            continue
        while node is not None and node.next is None:
            if not opened:
                node = None
                break
            node, kind = opened.pop()
            if kind == "block":
                flush()
                elements[current].last = len(blocks)
                current = elements[current].parent
            elif kind:
                mark = inline.pop()
                buffer.append(("close", *mark))
                links -= kind == "a"
            if not opened:
                node = None
        if node is not None:
            node = node.next
    flush()


def inline_html(block: Block, base: str | None) -> str:
    """A block as minimal HTML: its text with a, em and strong, nothing else. Agrees with block.text."""
    out: list[str] = []
    open_tags: list[str] = []
    for piece in block.pieces:
        if isinstance(piece, str):
            out.append(escape(piece, quote=False))
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
    previous = None
    while previous != html:
        previous, html = html, re.sub(r"<(a|em|strong)(?: [^<>]*)?>\s*</\1>", " ", html)
    return tidy(html)
