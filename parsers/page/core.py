"""The place on a page where the story stands.

Blocks of prose are grouped by the kind of place that holds them (three steps of tags and classes). The group with most worth
is the core: worth is prose, more where the place is named as a body, follows the headline or matches JSON-LD's articleBody,
less where it is a list of teasers or comments. From there the container climbs as long as its parent adds prose of the same kind.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from parsers.page import furniture
from parsers.page.blocks import HEADINGS, Block, Element, Page
from parsers.page.holders import place_of
from parsers.page.names import vocabulary

BODY_PROP = "articlebody"
BODIES, LIVE = vocabulary(furniture.BODIES), vocabulary(furniture.LIVE)
FLOW = frozenset({"p", "h2", "h3", "h4", "blockquote", "ul", "ol", "pre"})
NUMBERS = re.compile(r"\d{3,}")  # of single posts and modules; a column's width ("col-8") tells places apart
NO_LABELS = HEADINGS | {"p", "figcaption"}
STEP = re.compile(r"(?:[^\W\d_]{2,12} )?#?\d{1,3}[.):]?")  # "Step 3", "3.": counts the parts of one text
ENDS = (".", "!", "?", "”", "“", '"', "»", "。", "।")  # of a sentence
MORE = 1.3  # times its prose to which what is named as the body, some steps above a place, is the same story
NEAR = 400  # prose between headline and core that is still no story of its own


@dataclass(frozen=True, slots=True)
class Core:
    """container: the element that holds the story. holders: elements whose children its paragraphs are. losers: (worth, first line)
    of other places, and the winner's worth, for --explain."""

    container: int
    holders: frozenset[int]
    worth: float
    losers: tuple[tuple[float, str], ...]


def find_core(page: Page, prose: list[int], *, headline_at: int | None, hint: str | None) -> Core | None:
    """The place of the story, or None where no block is prose. headline_at: index of the headline's block, where it is shown."""
    direct: dict[int, int] = defaultdict(int)
    for block, value in zip(page.blocks, prose, strict=True):
        if value:
            direct[place_of(page, block)] += value
    if not direct:
        return None
    sums = list(accumulate(prose, initial=0))
    kinds: dict[tuple[str, ...], list[int]] = defaultdict(list)
    strangers = _strangers(page, headline_at)
    for index in direct:
        strange = page.elements[index].first in strangers
        kinds[("stranger",) * strange + _signature(page, index)].append(index)
    words = set(hint[:4000].split()) if hint else set()
    scored = sorted(
        (
            (
                _worth(page, members, direct, prose, words) * _position(page, members, sums, headline_at),
                members,
            )
            for members in kinds.values()
        ),
        key=lambda pair: (-pair[0], pair[1][0]),
    )
    best, members = scored[0]
    container = _climb(page, members, direct, prose, sums, headline_at)
    inside = page.elements[container]
    holders = frozenset(
        index
        for index in direct
        if index >= container
        and inside.first <= page.elements[index].first
        and page.elements[index].last <= inside.last
    )
    losers = tuple((worth, _first_line(page, prose, lost[0])) for worth, lost in scored[1:6])
    return Core(container, holders, best, losers)


def _strangers(page: Page, headline_at: int | None) -> set[int]:
    """The blocks of the articles beside the one that shows the headline (endless scroll, a blog's start)."""
    if headline_at is None:
        return set()
    above = page.ancestors(page.blocks[headline_at].parent)
    own = next((one for one in reversed(above) if one.tag == "article"), None)
    beside = _articles_in(page, own.parent) if own else []
    if not _titled(page, beside):
        return set()
    return {at for one in beside if one is not own for at in range(one.first, one.last)}


def _first_line(page: Page, prose: list[int], index: int) -> str:
    element = page.elements[index]
    return next((page.blocks[at].text for at in range(element.first, element.last) if prose[at]), "")


def _signature(page: Page, index: int) -> tuple[str, ...]:
    """What kind of place an element is: its path of tags and classes, three steps up."""
    return tuple([_label(element.tag, element.classes) for element in page.ancestors(index, 3)])


@lru_cache(maxsize=4096)
def _label(tag: str, classes: str) -> str:
    return f"{tag}.{NUMBERS.sub('', ' '.join(classes.split()[:2]))}"


def _worth(
    page: Page, members: list[int], direct: dict[int, int], prose: list[int], words: set[str]
) -> float:
    """How much a kind of place looks like the story's: its prose, named as a body, matching JSON-LD, not a list of teasers."""
    worth = float(sum(direct[index] for index in members))
    above = page.ancestors(members[0], 5)
    if any(map(says_body, above)):
        worth *= 1.6
    elif any(element.says(BODIES) for element in above[:4]):
        worth *= 1.3
    elif any(element.tag == "article" for element in above):
        worth *= 1.15
    if (
        len(members) >= 3
        and _listed(page, members, direct, prose)
        and not any(element.says(LIVE) for element in page.ancestors(members[0]))
    ):
        worth *= 0.25
    if words:
        text = " ".join(
            page.blocks[at].text
            for index in members[:80]
            for at in range(page.elements[index].first, page.elements[index].last)
        )
        worth *= 1 + 2 * len(words.intersection(text.split())) / max(1, len(words))
    return worth


def _position(page: Page, members: list[int], sums: list[int], headline_at: int | None) -> float:
    """The story follows its headline: what stands before it, or long after it, is less likely the story."""
    if headline_at is None:
        return 1.0
    first = min(page.elements[index].first for index in members)
    last = max(page.elements[index].last for index in members)
    if last <= headline_at:
        return 0.5
    between = sums[first] - sums[headline_at] if first > headline_at else 0
    return 1.5 if between < NEAR else 1.0 if between < 4 * NEAR else 0.8


def _listed(page: Page, members: list[int], direct: dict[int, int], prose: list[int]) -> bool:
    """Are the places items of a list, each with a label, name or linked heading of its own (teasers, comments, reviews)?"""
    depth = len(page.ancestors(_common(page, members)))
    items: dict[int, int] = defaultdict(int)
    for index in members:
        path = page.ancestors(index)
        items[path[max(0, len(path) - depth - 1)].index] += direct[index]
    if len(items) < 3 or max(items.values()) > 0.5 * sum(items.values()):
        return False
    return sum(_labelled(page, index, prose) for index in items) >= 0.6 * len(items)


def _labelled(page: Page, index: int, prose: list[int]) -> bool:
    element = page.elements[index]
    return any(
        not prose[at]
        and not STEP.fullmatch(block.text)
        and (block.links > 0.7 or (block.tag not in NO_LABELS and block.size < 40))
        for at, block in enumerate(page.blocks[element.first : element.last], element.first)
    )


def _common(page: Page, members: list[int]) -> int:
    """The lowest element that holds all of them."""
    paths = [[element.index for element in page.ancestors(index)][::-1] for index in members]
    shared = paths[0]
    for path in paths[1:]:
        shared = [one for one, other in zip(shared, path, strict=False) if one == other]
    return shared[-1] if shared else members[0]


def _climb(
    page: Page,
    members: list[int],
    direct: dict[int, int],
    prose: list[int],
    sums: list[int],
    headline_at: int | None,
) -> int:
    """From the lowest element that holds the core upward, while the parent holds more prose of the same kind of place, or the
    core is only a part of a flow (bodies split by ads, paywalls, sections)."""

    def mass(element: Element) -> int:
        return sums[element.last] - sums[element.first]

    elements = page.elements
    everything = mass(elements[0])
    signature = _signature(page, members[0])
    names = elements[members[0]].classes
    container = _common(page, members)
    while (parent := elements[container].parent) >= 0:
        here, above = mass(elements[container]), mass(elements[parent])
        if above <= here * 1.02:
            container = parent
            continue
        if elements[container].tag == "article" and _titled(page, _articles_in(page, parent)):
            break
        beside = [
            index
            for index in direct
            if elements[parent].first <= elements[index].first < elements[parent].last
            and not elements[container].first <= elements[index].first < elements[container].last
        ]
        alike = sum(
            direct[index]
            for index in beside
            if _signature(page, index) == signature or (names and elements[index].classes == names)
        )
        own = _own(page, parent, prose, elements[container].first)
        if (
            _named(elements[parent])
            or any(_named(one) and mass(one) < here * MORE for one in page.ancestors(parent, 3)[1:])
            or alike > here * 0.05
            or _begun(page, container, prose, headline_at)
            or (
                own > 60
                and elements[container].tag not in ("article", "main")
                and elements[parent].tag != "body"
            )
            or (
                here < everything * 0.5
                and above < here * 1.7
                and elements[container].tag not in ("article", "main")
            )
        ):
            container = parent
            continue
        break
    return container


def _begun(page: Page, container: int, prose: list[int], headline_at: int | None) -> bool:
    """Does the story begin in boxes beside the place of the rest: in a row of them, or in one of several paragraphs right before it,
    with hardly anything but sentences and headings in them?"""
    place = page.elements[container]
    head = -1 if headline_at is None else headline_at
    boxes = [
        box
        for box in page.elements[place.parent : container]
        if box.parent == place.parent and head < box.first < box.last <= place.first
    ]
    told = [(box, many) for box in boxes if (many := _says(page.blocks[box.first : box.last], prose))]
    return any(one.last == other.first for (one, _), (other, _) in pairwise(told)) or (
        headline_at is not None and any(many > 1 and box.last == place.first for box, many in told)
    )


def _says(blocks: list[Block], prose: list[int]) -> int:
    """How many paragraphs these are; none where anything but headings and sentences with few links is among them."""
    told = [block for block in blocks if block.tag not in HEADINGS]
    plain = all(prose[one.index] and one.links < 0.1 and one.text.endswith(ENDS) for one in told)
    return len(told) if plain else 0


def _own(page: Page, parent: int, prose: list[int], first: int) -> int:
    """The prose of paragraphs that are an element's own children (bare text in it is often a caption). first: block before which a
    sentence in a div of its own is one."""
    element = page.elements[parent]
    return sum(
        prose[block.index]
        for block in page.blocks[element.first : element.last]
        if prose[block.index]
        and page.elements[block.parent].parent == parent
        and (
            block.tag in FLOW
            or (block.index < first and block.text.endswith(ENDS) and place_of(page, block) == parent)
        )
    )


def _named(element: Element) -> bool:
    """Does the page call the element the body of a story?"""
    return element.says(BODIES) or says_body(element)


def says_body(element: Element) -> bool:
    """Is an element a story's body by schema.org's name?"""
    return "itemprop" in element.raw and BODY_PROP in element.attribute("itemprop").lower()


def _articles_in(page: Page, parent: int) -> list[Element]:
    return [one for one in page.elements if one.parent == parent and one.tag == "article"]


def _titled(page: Page, articles: list[Element]) -> bool:
    """Have several articles beside each other a title of their own each (endless scroll, a blog's start)?"""
    titled = sum(
        any(
            block.tag == "h1" or (block.tag in HEADINGS and block.links > 0.7)
            for block in page.blocks[element.first : min(element.last, element.first + 8)]
        )
        for element in (articles if len(articles) > 1 else ())
    )
    return titled > 1
