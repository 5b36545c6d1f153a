"""Clean HTML cut as its paragraphs were: what the lead and the sign-off take off the text comes off the markup alike."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from parsers.page import dom
from parsers.page.blocks import Block
from parsers.page.clean import split_blocks
from parsers.text import tidy


def trimmed_html(html: str, after: Sequence[str]) -> str:
    """Clean HTML (clean.py) with the paragraphs of after alone, in order: lines that are gone go, shortened ones lose what was
    cut and keep their links and emphasis; lists and tables stay what and where they are."""
    page = dom.fragment(html)
    kept: list[Block] = []
    at = 0
    for block in page.blocks:
        if any(element.tag == "table" for element in page.ancestors(block.parent)):
            kept.append(block)
        elif at < len(after) and after[at] in block.text:
            kept.append(block if after[at] == block.text else _cut(block, after[at]))
            at += 1
    texts, made = split_blocks(page, kept, None)
    if texts == tuple(after):
        return made
    return "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in after)


def _cut(block: Block, text: str) -> Block:
    """A block less what stands before and after a part of its text."""
    start = _letters(block.text[: block.text.find(text)])
    end = start + _letters(text)
    seen = 0
    pieces: list[Any] = []
    for piece in block.pieces:
        if isinstance(piece, str):
            chosen: list[str] = []
            for char in piece:
                counted = _is_letter(char)
                if start <= seen < end and (counted or seen > start):
                    chosen.append(char)
                seen += counted
            piece = "".join(chosen)
        pieces.append(piece)
    same = tidy("".join(piece for piece in pieces if isinstance(piece, str))) == text
    return block.reading(text, pieces if same else [text])


def _letters(text: str) -> int:
    return sum(map(_is_letter, text))


def _is_letter(char: str) -> bool:
    """What tidy changes nothing of: no space, no control."""
    return char.isprintable() and not char.isspace()
