"""One Lexbor parse, one walk: the blocks of a page in order, each with its text, its links and where it hangs."""

from __future__ import annotations

import re
from html import escape

from selectolax.lexbor import LexborHTMLParser

from parsers.errors import ParseError
from parsers.page.blocks import Block, Page, href
from parsers.page.guard import guarded
from parsers.page.markup import DROPPED
from parsers.page.walk import VERBATIM
from parsers.text import tidy
from parsers.url import absolute

try:
    from parsers.page._unread import less_unread
    from parsers.page._walk import walk
except ImportError:  # not compiled
    from parsers.page.guard import less_unread
    from parsers.page.walk import walk

EMPTY = re.compile(r"<(a|em|strong)(?: [^<>]*)?>\s*</\1>")
CLOSED = re.compile(r">\s*</")  # as every empty element is


def parse(html: bytes, *, where: str = "input") -> Page:
    """Parse and walk a page in UTF-8. Raises ParseError where nothing can be read."""
    page = _parsed(html, where)
    if not page.elements:
        raise ParseError("no HTML body", where=where, do="check what was delivered")
    return page


def fragment(html: str) -> Page:
    """Walk a fragment of HTML, as feeds and wires carry it."""
    return _parsed(b"<body>" + html.encode("utf-8", "ignore") + b"</body>", "fragment")


def _parsed(html: bytes, where: str) -> Page:
    """A page out of what is harmless to parse."""
    made = less_unread(html)
    html, scripts, dropped = made or (html, None, None)
    tree = LexborHTMLParser(guarded(html, where=where) if dropped is None else html)
    if scripts is None:
        scripts = [node.text() for node in tree.css('script[type="application/ld+json"]')[:40]]
    page = _walked(tree, DROPPED if dropped is None else dropped)
    page.scripts = scripts
    return page


def _walked(tree: LexborHTMLParser, dropped: list[str]) -> Page:
    """The blocks and elements of a tree in document order; what is no text leaves the tree before."""
    tree.strip_tags(dropped)
    page = _page(tree)
    if page is None:
        tree.unwrap_tags(VERBATIM)
        page = _page(tree)
    return page or Page(tree)


def _page(tree: LexborHTMLParser) -> Page | None:
    """What a tree holds; None where an element stands in the way that must be unwrapped."""
    page = Page(tree)
    parts = [part.html or "" for part in (tree.head, tree.body) if part is not None]
    return page if all(walk(page, part) for part in parts) else None


def inline_html(block: Block, base: str | None) -> str:
    """A block as minimal HTML: its text with a, em and strong, nothing else. Agrees with block.text."""
    if block.is_plain:
        return escape(block.text, quote=False)
    out: list[str] = []
    open_tags: list[str] = []
    for piece in block.pieces:
        if isinstance(piece, str):
            out.append(escape(piece, quote=False))
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
    if CLOSED.search(html) is None:
        return html
    while (less := EMPTY.sub(" ", html)) != html:
        html = less
    return tidy(html)
