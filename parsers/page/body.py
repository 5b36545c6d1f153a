"""Which blocks of a page are the story.

Mass is the text of paragraphs with few links outside the regions that furniture names. The place with most of it (core.py) gives
the range; rules decide line by line within it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parsers.page import furniture
from parsers.page.blocks import HEADINGS, Block, Page
from parsers.page.core import find_core
from parsers.page.holders import holder, place_of
from parsers.page.lines import SHORT, Range, kept_lines, same
from parsers.page.regions import regions
from parsers.story import Removed
from parsers.text import bare

PARAGRAPH = 40  # weight from which a block may be prose
TEASER = 1200  # weight of what papers give for nothing
BELOW = 12  # blocks after a story in which a paywall may stand
FAR = 20  # links and pieces of furniture behind which a few more paragraphs are none of the story
STRAY = 0.1  # share of its prose that these hold at most
EASTERN_MARKS = "।。、،؛"
MOST_MARKS = 10  # that count


@dataclass(slots=True)
class Body:
    """The chosen blocks and what was passed over within their range."""

    blocks: list[Block]
    removed: list[Removed]
    container: int  # index of the element that holds them
    regions: Mapping[int, str]  # of furniture, on the whole page: element → reason
    cut: bool = False  # a paywall ends them


def _less_than(
    page: Page, bad: Mapping[int, str], within: tuple[int, int], dropped: frozenset[int]
) -> dict[int, str]:
    """Furniture where a layout names the body: all that lies outside, and what it drops inside."""
    first, last = within
    found = dict(bad)
    for element in page.elements:
        if element.last <= first or element.first >= last:
            found[element.index] = "outside the layout"
        elif element.index in dropped or (element.parent in found and element.parent not in bad):
            found[element.index] = "layout"
    return found


def _prose(block: Block) -> int:
    """How much a block of some size speaks for its parent being the body."""
    size = block.size
    if block.links > 0.45 or block.tag in HEADINGS:
        return 0
    if "ookie" in block.text and furniture.COOKIES.search(block.text):
        return 0
    if ("</" in block.text or "{" in block.text) and furniture.CODE.search(block.text):
        return 0
    text = block.text
    marks = text.count(",") + text.count(".") + text.count(";")
    if marks < MOST_MARKS and not text.isascii():
        marks += sum(map(text.count, EASTERN_MARKS))
    if not marks and size < 120:
        return 0
    value = min(size, 600) + min(marks, MOST_MARKS) * 8
    if block.tag == "li":
        value //= 3
    elif block.tag in ("td", "th", "dd", "dt"):
        value //= 2
    return value


def _any_text(block: Block) -> int:
    """The same on a page that has hardly any prose: every line of some length."""
    return block.size if block.tag not in HEADINGS and block.links < 0.5 and block.size >= 20 else 0


def _headline_at(page: Page, headline: str | None) -> int | None:
    """The block that shows the headline: of an h1, else of another heading; None where it is not shown."""
    if not headline or len(wanted := bare(headline)) < 6:
        return None
    found: int | None = None
    for block in page.blocks:
        if block.tag in HEADINGS and (block.tag == "h1" or found is None):
            shown = bare(block.text)
            if shown and (shown == wanted or (len(shown) > 12 and (shown in wanted or wanted in shown))):
                if block.tag == "h1":
                    return block.index
                found = block.index
    return found


def find_body(
    page: Page,
    *,
    headline: str | None = None,
    known: frozenset[str] = frozenset(),
    hint: str | None = None,
    within: tuple[int, int] | None = None,
    dropped: frozenset[int] = frozenset(),
) -> Body | None:
    """The story's blocks, or None where the page holds no prose.

    headline: of the story, drops its repetition. known: digests of paragraphs seen on other stories of the host. hint: an
    articleBody of JSON-LD, used to tell the right container among several. within: the range of blocks that a layout names as
    the story; dropped: elements in it that the layout names as none.
    """
    blocks = page.blocks
    full = [_prose(block) if block.size >= PARAGRAPH else 0 for block in blocks]
    if sum(full) < 60:
        full = [_any_text(block) for block in blocks]
    if not any(full):
        return None
    headline_at = _headline_at(page, headline)
    for wrapper in (0.6, 0.33):
        bad = regions(page, full, wrapper=wrapper)
        if within is not None:
            bad = _less_than(page, bad, within, dropped)
        prose = [0 if block.parent in bad else value for block, value in zip(blocks, full, strict=True)]
        if sum(prose) >= 0.25 * sum(full):
            break
    core = find_core(page, prose, headline_at=headline_at, hint=hint)
    if core is None:
        return None
    inside = page.elements[core.container]
    chosen = [
        i for i in range(inside.first, inside.last) if prose[i] and place_of(page, blocks[i]) in core.holders
    ]
    if not chosen:
        return None
    chosen = _less_strays(page, bad, chosen, prose)
    first = _upward(page, bad, chosen[0], inside.first, headline)
    last = _downward(page, bad, chosen[-1], inside.last)
    kept, removed = kept_lines(Range(page, bad, first, last, headline, known))
    end = kept[-1].index if kept else first
    wall = _walled(blocks[max(first, end - 3) : end + BELOW], sum(block.size for block in kept))
    removed += [
        Removed(text=text[:120], rule=f"page:another place ({worth:.0f} against {core.worth:.0f})")
        for worth, text in core.losers
    ]
    return Body(kept, removed, core.container, bad, wall)


def _less_strays(page: Page, bad: Mapping[int, str], chosen: list[int], prose: list[int]) -> list[int]:
    """The blocks of the story without a few behind many links and furniture, in other places than theirs."""
    total = sum(prose[at] for at in chosen)
    for place in range(len(chosen) - 1, 0, -1):
        behind = chosen[place:]
        if sum(prose[at] for at in behind) > STRAY * total:
            break
        between = page.blocks[chosen[place - 1] + 1 : chosen[place]]
        passed = sum(block.links > 0.5 or block.parent in bad for block in between)
        if passed > FAR and passed > len(between) / 2:
            here = {holder(page, page.blocks[at]) for at in chosen[:place]}
            if here.isdisjoint(holder(page, page.blocks[at]) for at in behind):
                return chosen[:place]
    return chosen


def _walled(below: list[Block], mass: int) -> bool:
    """Does a paywall under a story end it? One that tells of a rest does; others stand over whole stories too, and end a short one."""
    notes = [block.text for block in below if len(block.text) < SHORT and furniture.PAYWALL.match(block.text)]
    return bool(notes) and (mass < TEASER or any(map(furniture.REST.match, notes)))


def _upward(page: Page, bad: Mapping[int, str], first: int, limit: int, headline: str | None) -> int:
    """Take in short first paragraphs (a decked or bold lead, a line before an advertisement) that stand right above the core, and a
    heading right above the first."""
    at = first
    for index in range(first - 1, max(limit, first - 8) - 1, -1):
        block = page.blocks[index]
        if block.tag == "h1" or (headline and same(block.text, headline)):
            break
        if block.parent in bad or block.links > 0.4 or (block.tag in HEADINGS and index < at - 1):
            continue
        if (
            place_of(page, block) == place_of(page, page.blocks[first])
            and not furniture.WIDGET_LINES.match(block.text)
            and not furniture.STAMPS.match(block.text)
        ):
            at = index
    return at


def _downward(page: Page, bad: Mapping[int, str], last: int, limit: int) -> int:
    """Take in short last lines of the same parent: a closing quote, a sign-off."""
    place = holder(page, page.blocks[last])
    at = last
    for index in range(last + 1, min(limit, last + 6)):
        block = page.blocks[index]
        if block.parent in bad or holder(page, block) != place:
            break
        if block.links > 0.4 or (furniture.WIDGET_LINES.match(block.text) and len(block.text) > 12):
            break
        at = index
    return at
