"""Which blocks of a page are the story.

Mass is the text of paragraphs with few links outside the regions that furniture.py names. The parent with most mass, and its
siblings in kind, are the core; the story runs from the first of its blocks to the last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from parsers.page import furniture
from parsers.page.dom import Block, Element, Page, weight
from parsers.story import Removed

PARAGRAPH = 40  # weight from which a block may be prose
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BODY_PROP = "articlebody"


@dataclass(slots=True)
class Body:
    """The chosen blocks and what was passed over within their range."""

    blocks: list[Block]
    removed: list[Removed]
    container: int  # index of the element that holds them
    mass: int


def _bad_elements(page: Page, total: int) -> set[int]:
    """Elements that are furniture by their name and do not hold a third of the page's prose, with all below them."""
    sizes = [0]
    for block in page.blocks:
        sizes.append(sizes[-1] + (block.size if block.links < 0.4 else 0))
    alike: dict[str, int] = defaultdict(int)  # prose held by all places of one class
    for element in page.elements:
        name = element.attrs.get("class")
        if name and (element.parent < 0 or page.elements[element.parent].attrs.get("class") != name):
            alike[name] += sizes[element.last] - sizes[element.first]
    bad: set[int] = set()
    for element in page.elements:
        if element.parent in bad:
            bad.add(element.index)
            continue
        held = sizes[element.last] - sizes[element.first]
        if held * 3 > total or alike.get(element.attrs.get("class") or "", 0) * 2 > total:
            continue
        if element.tag in furniture.REGION_TAGS or element.attrs.get("role") in (
            "navigation",
            "complementary",
            "contentinfo",
            "dialog",
            "search",
        ):
            bad.add(element.index)
            continue
        if not (element.attrs.get("class") or element.attrs.get("id")):
            continue
        names = element.tokens & furniture.REGIONS
        if not names or "articlebody" in (element.attrs.get("itemprop") or "").lower():
            continue
        # A weak name ("author", "next") on a node with a fair share of prose is a wrapper's.
        if names & furniture.STRONG or held * 6 < total or held < 400:
            bad.add(element.index)
    return bad


def _less_than(page: Page, bad: set[int], within: tuple[int, int], dropped: frozenset[int]) -> set[int]:
    """Furniture where a layout names the body: all that lies outside, and what it drops inside."""
    first, last = within
    found = set(bad)
    for element in page.elements:
        outside = element.last <= first or element.first >= last
        if outside or element.index in dropped or (element.parent in found and element.parent not in bad):
            found.add(element.index)
    return found


def _prose(block: Block) -> int:
    """How much a block speaks for its parent being the body."""
    if block.tag in HEADINGS or block.links > 0.45:
        return 0
    size = block.size
    if size < PARAGRAPH:
        return 0
    marks = sum(block.text.count(mark) for mark in ".,;।。、،؛")
    if not marks and size < 120:
        return 0
    value = min(size, 600) + min(marks, 10) * 8
    if block.tag == "li":
        value //= 3
    elif block.tag in ("td", "th", "dd", "dt"):
        value //= 2
    return value


def _signature(page: Page, index: int) -> tuple[str, ...]:
    """What kind of place an element is: its path of tags and classes, three steps up."""
    return tuple(
        f"{element.tag}.{re.sub(r'[0-9]+', '', ' '.join(sorted((element.attrs.get('class') or '').split())[:3]))}"
        for element in page.ancestors(index)[:3]
    )


HOLDERS = frozenset({"p", "blockquote", "li", "ul", "ol", "pre", "td", "tr", "tbody", "h2", "h3", "h4"})


def _holder(page: Page, block: Block) -> int:
    """The element whose children the paragraphs are: the one above p, blockquote, li."""
    index = block.parent
    while index >= 0 and page.elements[index].tag in HOLDERS and page.elements[index].parent >= 0:
        index = page.elements[index].parent
    return index


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
    total = sum(block.size for block in blocks if block.links < 0.4)
    if not total:
        return None
    bad = _bad_elements(page, total)
    if within is not None:
        bad = _less_than(page, bad, within, dropped)
    prose = [0 if block.parent in bad else _prose(block) for block in blocks]
    if sum(prose) < 60:
        prose = [
            block.size
            if block.parent not in bad
            and block.tag not in HEADINGS
            and block.links < 0.5
            and block.size >= 20
            else 0
            for block in blocks
        ]
        if not any(prose):
            return None
    sums = [0]
    for value in prose:
        sums.append(sums[-1] + value)

    def mass(element: Element) -> int:
        return sums[element.last] - sums[element.first]

    core = _core(page, prose, mass, hint)
    if core is None:
        return None
    container, holders = core
    inside = page.elements[container]
    chosen = [i for i in range(inside.first, inside.last) if prose[i] and _holder(page, blocks[i]) in holders]
    if not chosen:
        return None
    first, last = chosen[0], chosen[-1]
    first = _upward(page, bad, first, inside.first, headline)
    last = _downward(page, bad, last, inside.last)
    return _filtered(page, bad, first, last, headline, known, container)


def _core(
    page: Page, prose: list[int], mass: Callable[[Element], int], hint: str | None
) -> tuple[int, set[int]] | None:
    """(container, holders of the story's paragraphs)."""
    direct: dict[int, int] = defaultdict(int)
    for block, value in zip(page.blocks, prose, strict=True):
        if value:
            direct[_holder(page, block)] += value
    if not direct:
        return None
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in direct:
        groups[_signature(page, index)].append(index)
    words = set(hint[:4000].split()) if hint else set()
    scored = [(_worth(page, members, direct, words), members) for members in groups.values()]
    _, members = max(scored, key=lambda pair: (pair[0], -pair[1][0]))
    best = _common(page, members)
    signature = _signature(page, members[0])
    # Climb while the parent holds clearly more prose of the same kind of place (bodies split by ads, paywalls, sections).
    container = best
    everything = mass(page.elements[0])
    while (parent := page.elements[container].parent) >= 0:
        here, above = mass(page.elements[container]), mass(page.elements[parent])
        if above <= here * 1.02:
            container = parent
            continue
        alike = sum(
            value
            for index, value in direct.items()
            if page.elements[parent].first <= page.elements[index].first < page.elements[parent].last
            and _signature(page, index) == signature
        )
        own = sum(
            value
            for index, value in direct.items()
            if page.elements[container].first <= page.elements[index].first < page.elements[container].last
            and _signature(page, index) == signature
        )
        if page.elements[container].tag == "article" and _titled_alike(page, parent):
            break
        if alike > own * 1.05 or (
            here < everything * 0.5
            and above < here * 1.7
            and page.elements[container].tag not in ("article", "main")
        ):
            container = parent
            continue
        break
    inside = page.elements[container]
    holders = {
        index
        for index in direct
        if inside.first <= page.elements[index].first
        and page.elements[index].last <= inside.last
        and index >= container
    }
    return container, holders


def _worth(page: Page, members: list[int], direct: dict[int, int], words: set[str]) -> float:
    """How much a kind of place looks like the story's: its prose, named as a body, matching JSON-LD, not a list of teasers."""
    worth = float(sum(direct[index] for index in members))
    first = page.ancestors(members[0])[:5]
    if any(BODY_PROP in (element.attrs.get("itemprop") or "").lower() for element in first):
        worth *= 1.6
    elif any(element.tag == "article" for element in first):
        worth *= 1.15
    if len(members) >= 3:
        teasers = sum(_teaser(page, index) for index in members)
        if teasers * 2 >= len(members):
            worth *= 0.2
    if words:
        text = " ".join(
            page.blocks[at].text
            for index in members[:80]
            for at in range(page.elements[index].first, page.elements[index].last)
        )
        worth *= 1 + 2 * len(words & set(text.split())) / max(1, len(words))
    return worth


def _teaser(page: Page, index: int) -> bool:
    """Does a place hold one short text under a linked heading?"""
    element = page.elements[index]
    around = page.elements[element.parent] if element.parent >= 0 else element
    held = page.blocks[around.first : around.last]
    return len(held) <= 8 and any(block.links > 0.7 and block.size > 12 for block in held)


def _common(page: Page, members: list[int]) -> int:
    """The lowest element that holds all of them; of places in several articles, those in the article with most."""
    paths = [[element.index for element in page.ancestors(index)][::-1] for index in members]
    shared = paths[0]
    for path in paths[1:]:
        shared = [one for one, other in zip(shared, path, strict=False) if one == other]
    return shared[-1] if shared else members[0]


def _titled_alike(page: Page, parent: int) -> bool:
    """Does an element hold several articles beside each other (endless scroll)?"""
    siblings = [element for element in page.elements if element.parent == parent and element.tag == "article"]
    return len(siblings) > 1


def same(one: str, other: str) -> bool:
    """Equal letters and digits."""
    return _bare(one) == _bare(other)


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _upward(page: Page, bad: set[int], first: int, limit: int, headline: str | None) -> int:
    """Take in short first paragraphs (a decked or bold lead, a line before an advertisement) that stand right above the core."""
    at = first
    for index in range(first - 1, max(limit, first - 8) - 1, -1):
        block = page.blocks[index]
        if block.tag == "h1" or (headline and same(block.text, headline)):
            break
        if block.parent in bad or block.links > 0.4 or block.tag in HEADINGS:
            continue
        if (
            _holder(page, block) == _holder(page, page.blocks[first])
            and not furniture.WIDGET_LINES.match(block.text)
            and not furniture.STAMPS.match(block.text)
        ):
            at = index
    return at


def _downward(page: Page, bad: set[int], last: int, limit: int) -> int:
    """Take in short last lines of the same parent: a closing quote, a sign-off."""
    holder = _holder(page, page.blocks[last])
    at = last
    for index in range(last + 1, min(limit, last + 6)):
        block = page.blocks[index]
        if block.parent in bad or _holder(page, block) != holder:
            break
        if block.links > 0.4 or (furniture.WIDGET_LINES.match(block.text) and len(block.text) > 12):
            break
        at = index
    return at


def _filtered(
    page: Page,
    bad: set[int],
    first: int,
    last: int,
    headline: str | None,
    known: frozenset[str],
    container: int,
) -> Body:
    kept: list[Block] = []
    removed: list[Removed] = []
    mass = 0
    seen: set[str] = set()
    for index in range(first, last + 1):
        block = page.blocks[index]
        rule = _rule(block, bad, headline, known, seen, bool(kept))
        if rule:
            removed.append(Removed(text=block.text, rule=f"page:{rule}"))
            continue
        if block.size > 60:
            seen.add(block.text)
        kept.append(block)
        mass += block.size
    # A heading with nothing kept below it goes.
    while kept and kept[-1].tag in HEADINGS:
        removed.append(Removed(text=kept.pop().text, rule="page:heading at the end"))
    kept = _cut_tail(kept, removed)
    return Body(kept, removed, container, mass)


def _rule(
    block: Block,
    bad: set[int],
    headline: str | None,
    known: frozenset[str],
    seen: set[str],
    begun: bool,
) -> str | None:
    """The rule that cuts a block, or None where it is story."""
    text = block.text
    if block.parent in bad:
        return "region"
    if block.tag == "h1":
        return "headline"
    if headline and not begun and same(text, headline):
        return "headline repeated"
    if text in seen:
        return "repeated"
    if known and furniture.digest(text) in known:
        return "furniture of the site"
    if len(text) < 90 and furniture.WIDGET_LINES.match(text):
        return "widget"
    if furniture.CLIP.match(text) and block.tag != "p" and block.tag not in HEADINGS:
        return "clip"
    if not begun and furniture.STAMPS.match(text):
        return "stamp"
    if furniture.LEAD_INS.match(text) and (block.links > 0.3 or len(text) < 60 or text.isupper()):
        return "promotion"
    if block.links > 0.85 and block.tag not in ("blockquote",):
        words = len(text.split())
        if block.tag in ("li", "h2", "h3", "h4") or words > 4 or text.isupper() or weight(text) < 25:
            return "links only"
    if block.links > 0.6 and block.tag == "li":
        return "list of links"
    if not any(c.isalnum() for c in text):
        return "no words"
    return None


def _cut_tail(kept: list[Block], removed: list[Removed]) -> list[Block]:
    """Cut from the first line of tail matter, where it stands in the last quarter and no long paragraph follows."""
    if len(kept) < 3:
        return kept
    for index in range(max(1, len(kept) * 3 // 5), len(kept)):
        if furniture.TAIL.match(kept[index].text) and all(block.size < 400 for block in kept[index:]):
            removed += [Removed(text=block.text, rule="page:tail") for block in kept[index:]]
            return kept[:index]
    return kept
