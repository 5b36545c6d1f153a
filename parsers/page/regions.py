"""Which elements of a page are regions of furniture: navigation, comments, teasers, share bars, what is hidden.

A name is believed less the more prose an element holds: "related" and "author" stand on wrappers of whole stories too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import accumulate

from parsers.page import furniture
from parsers.page.blocks import HEADINGS, Element, Page
from parsers.page.core import BODIES, says_body
from parsers.page.names import vocabulary

ROLES = frozenset({"navigation", "complementary", "contentinfo", "dialog", "search", "alertdialog", "menu"})
HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
CAPTIONS = frozenset({"caption", "captions", "figcaption"})
AUTHORS = frozenset({"author", "authors", "autor", "autore", "auteur", "redakteur"})
ABOUT_THEM = frozenset({"bio", "box", "info", "about", "profile", "description", "card", "details"})
APART = furniture.COMMENTS | furniture.CONSENT
NAMES = vocabulary(APART | furniture.REGIONS)
STATES = ("hidden=", "style=", "role=")  # attributes that may say so too
GALLERY = 0.85  # share of a page's prose in captions from which the captions are its story
MOST = 0.7  # share of a body's prose from which an element in it is the body
FREE = frozenset({"teaser", "teasers"})  # what papers call the part of a story that is given for nothing, too
VOICE = 0.5  # share of a page's prose in paragraphs of one class from which it is the story's own
ENOUGH = 250  # prose beside an element from which the element need not be the story


def regions(page: Page, prose: list[int], *, wrapper: float) -> dict[int, str]:
    """Index → reason (tag, name or state) of the elements that are furniture, all below them included.

    prose: what each block speaks for the story (body.py). wrapper: share of the page's prose from which an element is a
    wrapper, whatever its name.
    """
    sums = list(accumulate(prose, initial=0))
    total = sums[-1]
    alike: dict[str, int] = defaultdict(int)  # prose held by all places of one class
    elements = page.elements
    for element in elements:
        name = element.classes
        if name and (held := sums[element.last] - sums[element.first]):
            above = elements[element.parent] if element.parent >= 0 else None
            alike[name] += held if above is None or above.classes != name else 0
    bad: dict[int, str] = {}
    voice: frozenset[str] | None = None
    silent = {""}  # attributes that say nothing of furniture: a page repeats them
    for element in elements:
        if element.first == element.last:
            continue
        if element.parent in bad:
            bad[element.index] = bad[element.parent]
            continue
        if element.tag not in furniture.REGION_TAGS:
            if element.raw in silent:
                continue
            if not element.says(NAMES) and not any(map(element.raw.__contains__, STATES)):
                if element.tag not in HEADINGS:  # the id of a heading is no name
                    silent.add(element.raw)
                continue
        held = sums[element.last] - sums[element.first]
        if not element.tokens.isdisjoint(APART) and element.tag not in ("body", "html"):
            # Readers' words and consent forms are often longer than the story; they are the page only where there is little else.
            if total - held >= ENOUGH and held < total * 0.97:
                bad[element.index] = min(element.tokens & APART)
        elif (
            held <= total * wrapper
            and not _is_body(elements, element, held, sums)
            and (reason := _reason(element, held, alike.get(element.classes, 0), total))
        ):
            if held and reason in FREE:
                voice = _voice(page, prose, total) if voice is None else voice
                if voice and _in_voice(page, element, prose, voice):
                    continue
            bad[element.index] = reason
    return bad


def _voice(page: Page, prose: list[int], total: int) -> frozenset[str]:
    """The class that most paragraphs of a page have, which is the story's own; none where they have none."""
    masses: dict[str, int] = defaultdict(int)
    for block, value in zip(page.blocks, prose, strict=True):
        if value and (named := page.elements[block.parent]).tag == "p":
            masses[named.classes] += value
    return frozenset(name for name, mass in masses.items() if name and mass >= VOICE * total)


def _in_voice(page: Page, element: Element, prose: list[int], voice: frozenset[str]) -> bool:
    """Are all paragraphs in an element of the class that the story's have, and no headings among them? Then what is called a teaser
    is the part of the story that is given for nothing."""
    blocks = range(element.first, element.last)
    held = (page.blocks[at].parent for at in blocks if prose[at])
    return all(page.elements[index].classes in voice for index in held) and not any(
        page.blocks[at].tag in HEADINGS for at in blocks
    )


def _is_body(elements: list[Element], element: Element, held: int, sums: list[int]) -> bool:
    """Does an element hold most of what is named as a story's body, so that its own name is of the page's making ("textbox")?"""
    above = elements[element.parent] if element.parent >= 0 else element
    return (
        held > 0
        and held >= MOST * (sums[above.last] - sums[above.first])
        and above.says(BODIES)
        and element.tokens.isdisjoint(furniture.STRONG)
        and element.tag not in furniture.REGION_TAGS
    )


def _reason(element: Element, held: int, alike: int, total: int) -> str | None:
    """What of an element's tag, role, state, class or id says that it is furniture. alike: prose in all places of its class."""
    names = element.tokens & furniture.REGIONS
    if names and names & CAPTIONS:
        return "caption"
    # A name on every paragraph is a wrapper's.
    if alike > total * (GALLERY if element.tag == "figcaption" else 0.5):
        return None
    if element.tag in furniture.REGION_TAGS:
        return f"<{element.tag}>"
    little = held * 6 < total
    if ' hidden="' in element.raw or (
        ' style="' in element.raw and HIDDEN.search(element.attribute("style"))
    ):
        return "hidden" if little else None
    if little and "role" in element.raw and (role := element.attribute("role")) in ROLES:
        return role
    if not names or says_body(element):
        return None
    if element.tokens & AUTHORS and element.tokens & ABOUT_THEM:
        return "about the author"
    # So is a weak name ("author", "next") on a node with a fair share of prose.
    return min(names) if names & furniture.STRONG or little or held < 400 else None
