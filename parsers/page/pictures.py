"""The pictures that a story shows with a caption, and the one that its page names for others to show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from parsers.page.blocks import Block, Element, Page
from parsers.page.furniture import LEAD_INS
from parsers.page.markup import attributes
from parsers.page.stamp import BY
from parsers.story import Media
from parsers.text import tidy
from parsers.url import absolute

LONGEST, NAMES = 2000, 120  # characters of a caption that are kept; of one that only names the writer
MOST = 60  # figures looked at
ABOVE, BELOW = 12, 4  # blocks before and after the story's text in which its pictures may stand
SIZE = re.compile(r"-\d+x\d+(?=\.\w+$)")  # of a picture, in its file's name
SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
# Who made it, at the end of a caption: "… (Photo: Jane Roe)", "… Foto: Jane Roe/APA", "… © Jane Roe".
CREDIT = re.compile(
    r"[\s|–—-]{0,4}[(\[]?\s?(?:\b(?:photos?|fotos?|bild|image|picture|imagen|credits?|crédits?|source|quelle)\s?[:/]|©)\s*([^:()\[\]]{2,80}?)[)\]]?\s?\.?$",
    re.I,
)


def pictures_of(page: Page, story: Sequence[Block], base: str | None, named: str | None) -> tuple[Media, ...]:
    """The pictures of a story, in order. story: its blocks; base: what addresses start from; named: address of the picture that
    the page's head names, absolute: it leads, with its caption where it is shown with one."""
    found: dict[str, Media] = {named: Media(url=named)} if named else {}
    known = {_file(url): url for url in found}
    for one in _shown(page, story, base):
        alike = known.setdefault(_file(one.url), one.url)
        found[alike] = Media(url=alike, caption=one.caption, credit=one.credit)
    return tuple(found.values())


def _shown(page: Page, story: Sequence[Block], base: str | None) -> Iterator[Media]:
    """The pictures of figures whose caption stands among the story's blocks, or just before or after them."""
    if not story:
        return
    span = page.blocks[max(0, story[0].index - ABOVE) : story[-1].index + BELOW]
    inside = {at for one in page.elements if one.tag == "figcaption" for at in range(one.first, one.last)}
    captions = [
        block.text
        for block in span
        if block.index in inside and any(e.tag == "figcaption" for e in page.ancestors(block.parent, 4))
    ]
    for figure in [one for one in page.elements if one.tag == "figure"][:MOST] if captions else ():
        within = _subtree(page, figure)
        caption = next(
            (one for one in page.elements[within.start :][: len(within)] if one.tag == "figcaption"), None
        )
        text = tidy(" ".join(page.texts(caption)))[:LONGEST] if caption else ""
        if not any(line[:LONGEST] in text for line in captions):
            continue
        image = next((raw for at, raw in page.images if at in within), None)
        url = absolute(base, _source(image)) if image else None
        start = text[:NAMES]
        other = BY.match(start) or LEAD_INS.match(start)  # the writer's portrait; a film on something else
        if url and not other:
            credit = CREDIT.search(text)
            yield Media(
                url=url,
                caption=(text[: credit.start()].rstrip() if credit else text) or None,
                credit=tidy(credit[1]) if credit else None,
            )


def _subtree(page: Page, element: Element) -> range:
    """The indexes of an element and of those below it."""
    end = element.index + 1
    while end < len(page.elements) and page.elements[end].parent >= element.index:
        end += 1
    return range(element.index, end)


def _source(image: str) -> str | None:
    """The address of an image, also of one that a script loads later. image: its attributes as written."""
    told = attributes(image)
    given = [value for name in SOURCES if (value := told.get(name)) and not value.startswith("data:")]
    listed = (told.get("srcset") or told.get("data-srcset") or "").split()
    return next(iter(given or listed), None)


def _file(url: str) -> str:
    """The name of a picture's file, by which it is known in another size or behind another query."""
    path = urlsplit(url).path
    return SIZE.sub("", path).rsplit("/", 1)[-1] or path
