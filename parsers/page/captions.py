"""Lines that belong to a picture: captions in no figure, told by what the image says it shows, or by standing alone with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.page.blocks import HEADINGS, Block, Page
from parsers.page.holders import holder
from parsers.text import bare

FIGURE = re.compile(r"(?i)(?:bild|image|photo|picture|foto)(?:[_ -]|$)")
FIGURES = frozenset({"image", "img", "photo", "picture", "figure", "visual", "media", "foto", "bild", "wp-caption", "imagen", "imageblock"})  # fmt: skip
ALIKE = 25  # letters of what an image says it shows from which a line with them is its caption
START = 8  # letters at its beginning, which are fewer than those, whatever case folding makes of them
BEYOND = 3  # lines between an image and its caption
LONGEST = 300  # characters of a caption
ALONE = 250  # weight of one that stands alone with its picture
BRIEF = 130  # … as the first paragraph, which a story's own may be
MOST = 0.6  # share of a story in one element from which the page is not built of boxes


def captions(page: Page, blocks: Sequence[Block], main: int, share: float) -> set[int]:
    """The indexes of captions among some blocks. (On a page built of boxes the story's paragraphs stand alone with pictures too.)

    main: the element that holds most of the story; share: how much of it."""
    if not page.images:
        return set()
    pictures = {element.index for index in page.pictures for element in page.ancestors(index, 3)}
    plain = share >= MOST
    found = _told(page, blocks)
    for at, block in enumerate(blocks):
        if _alone(page, block, pictures, main, (ALONE if at else BRIEF) if plain else 0):
            found.add(block.index)
    return found


def _told(page: Page, blocks: Sequence[Block]) -> set[int]:
    """The lines that say what an image beside them says it shows."""
    found: set[int] = set()
    for at, said in page.shows:
        if not blocks[0].index - BEYOND <= at <= blocks[-1].index + BEYOND or len(said) < ALIKE:
            continue
        wanted = bare(said)
        for block in page.blocks[max(0, at - BEYOND) : at + BEYOND]:
            text = block.text
            if not ALIKE <= len(text) <= LONGEST or block.tag in HEADINGS:
                continue
            if wanted.startswith(bare(text[:START])):  # most differ in their first letters already
                short, long = sorted((wanted, bare(text)), key=len)
                if len(short) >= max(ALIKE, len(long) / 2) and long.startswith(short):
                    found.add(block.index)
    return found


def _alone(page: Page, block: Block, pictures: set[int], main: int, brief: int) -> bool:
    """Does a short text stand alone with a picture? main: the element that holds most of the story; brief: weight to which a
    paragraph elsewhere does."""
    if block.size > ALONE or block.tag in HEADINGS:
        return False
    for element in page.ancestors(block.parent, 3):
        if element.last - element.first > 2:
            return False
        if element.index in pictures and element.tag not in ("p", "li", "td", "blockquote"):
            held = page.blocks[element.first : element.last]
            if any(one.tag in HEADINGS or one.size > ALONE for one in held):
                return False
            return (
                block.tag != "p"
                or bool(element.tokens & FIGURES)
                or FIGURE.search(element.classes) is not None
                or (len(held) == 1 and block.size <= brief and holder(page, block) != main)
            )
    return False
