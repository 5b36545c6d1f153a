"""The deck under a headline, and the blocks around a story in which a page says who wrote it and when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from parsers.page.blocks import HEADINGS, Block, Element, Page, href
from parsers.page.boxes import FIRST
from parsers.page.core import ENDS
from parsers.page.furniture import COMMENTS, CONSENT, LEAD_INS, PAYWALL, STAMPS, WIDGET_LINES
from parsers.page.headline import Headline
from parsers.page.lines import same
from parsers.page.meta import Meta
from parsers.page.names import vocabulary
from parsers.page.stamp import is_sentence, is_stamped, segments
from parsers.text import bare, tidy

BY_WORD = re.compile(
    r"^\W*(?:by|von|par|por|di|door|av|af|text|story|written by|reported by|words|автор|autor|autore|oleh)\b\s*:?\s*(.+)$",
    re.I,
)


# Regions of furniture in which no deck stands; themes call decks teasers, and print them in a widget, a gallery's head or a grid
# with a sidebar.
NO_DECK = (COMMENTS | CONSENT | frozenset(
    "<nav> <aside> <footer> <form> <figcaption> <dialog> <address> nav navbar menu footer caption captions figcaption facebook twitter instagram "
    "social share sharing sharebar sharethis addtoany metadata disclosure editorial-disclosure disclaimer slideshow carousel player jwplayer author authors "
    "authorbox authorbio bio login register signup newsletter newsletters subscribe subscription ads ad advert adverts advertisement advertising sponsored "
    "related recommended topics tags poll quiz popup modal overlay".split()
) | {"about the author"})  # fmt: skip
PICTURES = vocabulary("image picture photo video figure media".split())  # "image__lede" is what leads a page
BELOW, BEFORE = 5, 25  # blocks below a headline, and before a body, in which its deck may stand
ABOVE = 6  # blocks above a headline in which its deck may stand
DECK_NAMES = vocabulary(
    "standfirst subheadline subhead dek deck subtitle sub-title subheading chapo bajada sommario untertitel lede article-summary article-intro entradilla "
    "sapo td-post-sub-title strapline ingress teaser-text article__intro article__summary article__lead lead-text post-excerpt excerpt entry-summary".split()
)


def deck_of(
    page: Page, meta: Meta, headline: Headline | None, body_first: int, regions: Mapping[int, str]
) -> str | None:
    """The deck shown between headline and body: an element named so, or a paragraph there that is no stamp, byline or widget.

    regions: of furniture, by element, with their reasons.
    """
    title = headline.text if headline else ""
    shown = headline.at if headline and headline.at is not None and headline.at < body_first else None
    near = bisect_left(page.elements, shown - ABOVE, key=FIRST) if shown is not None else 0
    for element in page.elements[near:]:
        if element.first > body_first:
            break
        if 0 < element.last - element.first <= 3 and regions.get(element.parent) not in NO_DECK:
            held = page.blocks[element.first : element.last]
            text = " ".join([block.text for block in held if block.links < 0.5])
            if (
                20 <= len(text) <= 700
                and element.says(DECK_NAMES)
                and not element.says(PICTURES)
                and not same(text, title)
                and not any(is_stamped(block) and not is_sentence(block.text) for block in held)
                and not _heads_parts(page, element, body_first)
            ):
                return text
    told = bare(meta.description or "")[:60]
    start = shown + 1 if shown is not None else max(0, body_first - 12)
    far = max(start, body_first - BEFORE)
    below = (block for block in page.blocks[start : min(far, start + BELOW)] if block.parent not in regions)
    for block in (*below, *page.blocks[far:body_first]):
        text = block.text
        if (
            not 40 <= block.size <= 700
            or block.links > 0.4
            or regions.get(block.parent) in NO_DECK
            or WIDGET_LINES.match(text)
            or STAMPS.match(text)
            or PAYWALL.match(text)
            or BY_WORD.match(text)
            or same(text, title)
        ):
            continue
        if len(told) > 30 and bare(text).startswith(told[:50]):
            return text
        if (
            shown is not None
            and text.endswith((*ENDS, "…"))
            and block.tag not in ("figcaption", "li", "button")
            and len(text.split()) > 7
            and not LEAD_INS.match(text)
        ):
            return text
    return None


def _heads_parts(page: Page, element: Element, body_first: int) -> bool:
    """Is it one of several headings alike, some of them in the story: a subhead?"""
    return element.tag in HEADINGS and any(
        (one.tag, one.classes) == (element.tag, element.classes) and one.first > body_first
        for one in page.elements
    )


KICKERS = vocabulary(
    "kicker eyebrow overline topper dachzeile volanta antetitulo antetítulo rubric rubrik supertitle surtitle surtitre category categories hat roofline spitzmarke occhiello".split()
)
NO_KICKERS = vocabulary("breadcrumb breadcrumbs nav menu navigation share social tags".split())


def kickers_of(page: Page, headline: Headline | None, url: str | None) -> tuple[str, ...]:
    """The labels by the headline, outermost first: lines above it in elements named so, links by it to the section that the
    story's address is in, and what stood in the headline itself."""
    if headline is None or headline.at is None:
        return ()
    found: list[str] = []
    path = urlsplit(url or "").path
    for block in page.blocks[max(0, headline.at - 4) : headline.at + 5]:
        if block.index == headline.at or len(block.text) > 160:
            continue
        below = block.index > headline.at
        if below and not (path and is_stamped(block)):
            continue
        above = page.ancestors(block.parent, 4)
        if any(element.tag in ("footer", "aside") or element.says(NO_KICKERS) for element in above):
            continue
        if not below and any(element.says(KICKERS) for element in above):
            found += segments(block)
        elif below or (path and _leads(block, headline.at, above)):
            found += _section_links(block, path)
    labels = dict.fromkeys(
        text
        for text in found
        if 1 < len(text) <= 40
        and len(text.split()) <= 5
        and not WIDGET_LINES.match(text)
        and not STAMPS.match(text)
    )
    shown = tuple(labels) if len(labels) <= 3 else ()
    return (*shown, headline.kicker) if headline.kicker else shown


def _leads(block: Block, head: int, above: list[Element]) -> bool:
    """May a line over a headline name its section: the last one, or a stamp in a navigation?"""
    return is_stamped(block) if any(one.tag == "nav" for one in above) else block.index == head - 1


def _section_links(block: Block, path: str) -> Iterator[str]:
    """Texts of links to a section above this page ("/world-news" over "/world-news/story-123")."""
    above: str | None = None
    for piece in block.pieces:
        if isinstance(piece, tuple):
            above = urlsplit(href(piece)).path.rstrip("/") if piece[:2] == ("open", "a") else None
        elif above and path.startswith(above + "/") and (text := tidy(piece)):
            yield text


def above_and_below(page: Page, headline: Headline | None, first: int, last: int) -> tuple[range, range]:
    """The blocks in which a page says who wrote its story and when: from just above the headline to the first of the body, and after it."""
    blocks = page.blocks
    at = _shown_at(page, headline, first)
    if at is not None:  # it may stand twice, with the stamp between
        at = next(
            (
                i
                for i in range(max(0, at - 12), at)
                if blocks[i].tag == "h1" and same(blocks[i].text, headline.text if headline else "")
            ),
            at,
        )
    start = max(0, first - 14) if at is None else max(0, at - 4)
    return range(start, min(len(blocks), first + 2)), range(last, min(len(blocks), last + 10))


def beside(page: Page, headline: Headline | None, first: int) -> range:
    """The blocks by the headline, as it is shown nearest to the body: the one above it, and those from it into the body."""
    at = _shown_at(page, headline, first)
    return range(0) if at is None else range(max(0, at - 1), min(len(page.blocks), first + 2))


def _shown_at(page: Page, headline: Headline | None, first: int) -> int | None:
    """Where a headline stands over its body: where it was found, or the last line with its words in the sixty before."""
    at = headline.at if headline else None
    if headline is None or (at is not None and first - 60 <= at <= first):
        return at
    shown = [
        block.index
        for block in page.blocks[max(0, first - 60) : first + 1]
        if block.links < 0.5 and same(block.text, headline.text)
    ]
    return shown[-1] if shown else None
