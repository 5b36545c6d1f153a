"""HTML fragments out of feeds, wires and REST answers: paragraphs, and the same in clean minimal HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

from parsers.page import dom
from parsers.page.blocks import Block, Page
from parsers.text import tidy

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
# What an element says of the blocks in it.
KINDS = {
    **HEADINGS,
    **{tag: tag for tag in ("li", "blockquote", "figcaption", "td", "th", "dd", "dt", "pre")},
    **dict.fromkeys(("article", "section", "main", "body"), "p"),
}
WINDOW = re.compile(
    r"\s?\((?:link )?(?:opens?|öffnet|s['’]ouvre|ouvre|se abre|abre|si apre|otwiera|opent|åpnes|öppnas|åbner)\b[^()]{0,24}"
    r"(?:window|tab|fenster|fenêtre|onglet|ventana|pestaña|finestra|scheda|janela|oknie|karcie|venster|tabblad|vindu|fönster|vindue)\)",
    re.I,
)


def kind_of(page: Page, block: Block) -> str:
    """What a block is: p, h2, h3, h4, li or blockquote; from the nearest element that says so."""
    index = block.parent
    for _ in range(4):
        if index < 0:
            break
        element = page.elements[index]
        if (kind := KINDS.get(element.tag)) is not None:
            return kind
        index = element.parent
    return "p"


def less_notes(block: Block) -> Block:
    """A block without what screen readers alone are told of its links ("(opens in a new window)")."""
    if "(" not in block.text or not WINDOW.search(block.text):
        return block
    pieces = [WINDOW.sub("", piece) if isinstance(piece, str) else piece for piece in block.pieces]
    text = tidy("".join(piece for piece in pieces if isinstance(piece, str)))
    return block.reading(text, pieces)


def html_of(page: Page, blocks: Iterable[Block], base: str | None) -> str:
    """The blocks as clean minimal HTML; runs of list items become one list, cells of a table rows."""
    out: list[str] = []
    listing: int | None = None
    for block in blocks:
        kind = kind_of(page, block)
        inner = dom.inline_html(block, base)
        if kind == "li":
            owner = next((e.index for e in page.ancestors(block.parent) if e.tag in ("ul", "ol")), -1)
            name = page.elements[owner].tag if owner >= 0 else "ul"
            if listing != owner:
                if listing is not None:
                    out.append("</ul>" if listing < 0 or page.elements[listing].tag == "ul" else "</ol>")
                out.append(f"<{name}>")
                listing = owner
            out.append(f"<li>{inner}</li>")
            continue
        if listing is not None:
            out.append("</ul>" if listing < 0 or page.elements[listing].tag == "ul" else "</ol>")
            listing = None
        if kind == "blockquote":
            out.append(f"<blockquote><p>{inner}</p></blockquote>")
        else:
            out.append(f"<{kind}>{inner}</{kind}>" if kind in ("h2", "h3", "h4") else f"<p>{inner}</p>")
    if listing is not None:
        out.append("</ul>" if listing < 0 or page.elements[listing].tag == "ul" else "</ol>")
    return "\n".join(out)


CELLS = frozenset({"td", "th", "p", "tr", "div"})  # what may hold a line of a table


def table_html(page: Page, index: int) -> str:
    """A story's table as minimal HTML."""
    rows: dict[int, list[str]] = {}
    table = page.elements[index]
    for block in page.blocks[table.first : table.last]:
        row = next((e.index for e in page.ancestors(block.parent) if e.tag == "tr"), index)
        rows.setdefault(row, []).append(f"<td>{escape(block.text, quote=False)}</td>")
    return "<table>" + "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows.values()) + "</table>"


def inside_table(page: Page, index: int, known: dict[int, int | None]) -> int | None:
    """The index of the data table that holds an element; None for layout tables (their cells hold paragraphs or one cell a row).

    known: what is known of elements that were asked about before, whatever the number of a table's cells; filled here.
    """
    passed: list[int] = []
    found: int | None = None
    while index >= 0:
        if index in known:
            found = known[index]
            break
        passed.append(index)
        element = page.elements[index]
        if element.tag == "table":
            held = page.blocks[element.first : element.last]
            found = index if len(held) >= 4 and max(one.size for one in held) < 160 else None
            break
        index = element.parent
    known.update(dict.fromkeys(passed, found))
    return found


def clean_html(fragment: str, *, base: str | None = None) -> tuple[tuple[str, ...], str]:
    """(paragraphs, clean minimal body_html) of an HTML fragment; plain text is taken by its blank lines.

    base: address that relative links start from. Scripts, forms, captions and empty elements are gone; a data table stands in
    the HTML only. Never raises for what a fragment holds, but ParseError for one nested without end.
    """
    if "<" not in fragment or not re.search(r"<[a-zA-Z/!]", fragment):
        parts = re.split(r"\n\s*\n|\r\n\s*\r\n", unescape(fragment))
        texts = tuple(clean for part in parts if (clean := tidy(part)))
        return texts, "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in texts)
    if "<br" not in fragment and "<p" not in fragment and "<div" not in fragment and "\n\n" in fragment:
        fragment = "<p>" + re.sub(r"\n\s*\n", "</p><p>", fragment) + "</p>"
    page = dom.fragment(fragment)
    return split_blocks(page, page.blocks, base)


def split_blocks(page: Page, blocks: Iterable[Block], base: str | None) -> tuple[tuple[str, ...], str]:
    """(paragraphs, clean HTML) of blocks: data tables go to the HTML only, captions nowhere."""
    texts: list[str] = []
    parts: list[str] = []
    run: list[Block] = []
    tables: set[int] = set()
    known: dict[int, int | None] = {}
    for block in blocks:
        if kind_of(page, block) == "figcaption":
            continue
        table = inside_table(page, block.parent, known) if block.tag in CELLS else None
        if table is None:
            texts.append(block.text)
            run.append(block)
        elif table not in tables:
            tables.add(table)
            if run:
                parts.append(html_of(page, run, base))
                run = []
            parts.append(table_html(page, table))
    if run:
        parts.append(html_of(page, run, base))
    return tuple(texts), "\n".join(part for part in parts if part)
