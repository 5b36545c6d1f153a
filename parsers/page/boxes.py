"""Boxes between and after the story's paragraphs that no name gives away: told by what stands in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import takewhile
from operator import attrgetter, itemgetter

from parsers.page.asks import ANSWERS, READERS
from parsers.page.blocks import HEADINGS, Block, Element, Page
from parsers.page.furniture import LEAD_INS
from parsers.page.holders import holder
from parsers.page.labels import ALSO_READ
from parsers.story import Removed

FIRST = attrgetter("first")  # grows from element to element
MANY = 4  # lines with a figure that make a box of figures; teasers alike that are a list story's items
PARTS = frozenset({"ul", "ol", "dl", "table", "tbody", "tr", "td", "p", "blockquote"})
LISTED = frozenset({"li", "td", "th", "dd", "dt", "p", "blockquote"})
SHORT = 200  # characters of what stands over and beside readers' words
HEADING = 50  # characters of what stands over readers' words, where it does not count them
SAID = 500  # weight of what stands before the words of readers
ANSWERED = 2  # of them that can be answered
PROSE = 200  # weight from which a line in a box is a paragraph of the story
EACH = 4  # lines round each one that asks something, in a box that is for it alone
FEW = 3  # lines of a box that announces another story
LABEL = 45  # weight of the line over them that says so
TEASER = 300  # weight of what a teaser says
HEAD = 8  # lines of a story among which its highlights stand
HIGHLIGHTS = re.compile(r"(?i)\W*(?:story |key )?(?:highlights|points|takeaways)\W*")
# The last line of a post as networks print it to embed: "— Name (@name) June 2, 2025".
SIGNED = re.compile(r"(?:[—–]|--?) ?.{1,90}\(@\w{1,30}\),? .{0,30}\d{4}\W*")
ASKING = frozenset({"page:asks the reader", "page:paywall", "page:consent"})


def less_readers(blocks: list[Block]) -> list[Block]:
    """The lines before those of readers: before a heading of theirs, where some of them can be answered."""
    mass = 0
    for at, block in enumerate(blocks):
        line = len(block.text)
        heads = mass >= SAID and (line < HEADING or (line < SHORT and block.text[0].isdigit()))
        if heads and READERS.fullmatch(block.text):
            after = (one.text for one in blocks[at:] if len(one.text) < SHORT)
            if sum(ANSWERS.fullmatch(text) is not None for text in after) >= ANSWERED:
                return blocks[:at]
        mass += block.size
    return blocks


def figures(page: Page, blocks: Sequence[Block]) -> set[int]:
    """The lines of boxes that count something (cases, votes, prices): small elements beside the story's paragraphs whose lines
    are mostly short ones with a number; no lists and no tables."""
    mass = sum(block.size for block in blocks)
    low, high = blocks[0].index, blocks[-1].index + 1
    found: set[int] = set()
    for element in page.elements[bisect_left(page.elements, low, key=FIRST) :]:
        if element.first >= high:
            break
        if element.last - element.first < MANY or element.tag in PARTS:
            continue
        lines = page.blocks[element.first : min(high, element.last)]
        if len(lines) < MANY:
            continue
        if sum(line.size for line in lines) > mass / 4 or any(line.tag in LISTED for line in lines):
            continue
        counted = sum(
            line.size < 40 and line.text[:1].isdigit() and line.text[-1].isalpha() for line in lines
        )
        if counted >= MANY and counted >= 0.6 * len(lines):
            found.update(line.index for line in lines)
    return found


def highlights(page: Page, blocks: Sequence[Block]) -> set[int]:
    """The points that a page sums its story up with, in a list under a heading of their own before it."""
    for at, block in enumerate(blocks[:HEAD]):
        head = page.blocks[block.index - 1]
        if block.tag == "li" and HIGHLIGHTS.fullmatch(head.text):
            return {head.index, *(one.index for one in takewhile(lambda one: one.tag == "li", blocks[at:]))}
    return set()


def posts(page: Page, blocks: Sequence[Block]) -> set[int]:
    """The lines of posts from elsewhere: a quotation that ends as networks sign them."""
    found: set[int] = set()
    for block in blocks:
        if block.text[:1] in "—–-" and SIGNED.fullmatch(block.text):
            quoted = next((one for one in page.ancestors(block.parent, 4) if one.tag == "blockquote"), None)
            found.update(range(quoted.first, quoted.last) if quoted else (block.index,))
    return found


def beside(page: Page, kept: Sequence[Block], cut: Mapping[int, Removed], main: int) -> dict[int, str]:
    """Index → rule of the lines that stand in a box of their own beside the story's paragraphs: with a line that asks something
    of the reader, with the linked heading of another story.

    kept: the story's lines so far; cut: those that are none; main: the element that holds most of the story."""
    above = {element.index for element in page.ancestors(main)}
    lines = {block.index: block for block in kept}
    asked = Counter(
        box.index
        for index, removed in cut.items()
        if removed.rule in ASKING and (box := _box(page, page.blocks[index], above))
    )
    found: dict[int, str] = {}
    for index, times in asked.items():
        box = page.elements[index]
        held = [lines[at] for at in range(box.first, box.last) if at in lines]
        if len(held) <= times * EACH and all(block.size < PROSE for block in held):
            found.update((block.index, "box that asks the reader") for block in held)
    teased = [
        block.index
        for block in kept
        if block.size < TEASER
        and holder(page, block) != main
        and (box := _box(page, block, above))
        and _teases(page, box, lines)
    ]
    return found | (dict.fromkeys(teased, "teaser") if len(teased) < MANY else {})


def main_holder(page: Page, blocks: Sequence[Block]) -> tuple[int, float]:
    """(index, share) of the element whose children most of the text of some blocks is."""
    masses: dict[int, int] = defaultdict(int)
    for block in blocks:
        masses[holder(page, block)] += block.size
    index, mass = max(masses.items(), key=itemgetter(1))
    return index, mass / sum(masses.values())


def _teases(page: Page, box: Element, lines: Mapping[int, Block]) -> bool:
    """Does a box hold few lines of the story's under "also read" and a link, or one with an image and the linked heading of another
    story?"""
    held = sum(at in lines for at in range(box.first, box.last))
    first = page.blocks[box.first]
    if held <= FEW and first.size < LABEL and (ALSO_READ.match(first.text) or LEAD_INS.match(first.text)):
        return any(block.links > 0.7 for block in page.blocks[box.first : box.last])
    if held != 1:
        return False
    heads = (block.tag in HEADINGS and block.links > 0.7 for block in page.blocks[box.first : box.last])
    return any(heads) and any(box.index == one.index for at in page.pictures for one in page.ancestors(at))


def _box(page: Page, block: Block, above: set[int]) -> Element | None:
    """The highest element over a line that does not hold the story's paragraphs. above: the elements that do."""
    found: Element | None = None
    for element in page.ancestors(block.parent):
        if element.index in above:
            break
        found = element
    return found
