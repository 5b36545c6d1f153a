"""The headline of a page, chosen among what it shows and what it says of itself; and the authors and times, likewise."""

from __future__ import annotations

import re
from functools import lru_cache

from parsers.page.dom import Page
from parsers.page.furniture import LEAD_INS, STAMPS, WIDGET_LINES
from parsers.page.lines import same
from parsers.page.meta import Meta
from parsers.text import tidy

SITE_CUT = re.compile(r"\s+(?:[|–—\-·•»:]|&raquo;)\s+")


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def less_site(title: str, site: str | None) -> str:
    """A <title> or og:title without the name of the site at its end or head."""
    parts = SITE_CUT.split(title)
    if len(parts) < 2:
        return title
    name = _bare(site or "")
    for cut in (parts[-1], parts[0]):
        bare = _bare(cut)
        if name and bare and (bare == name or (len(bare) > 3 and (bare in name or name in bare))):
            at = title.rfind(cut) if cut is parts[-1] else len(cut)
            text = title[:at] if cut is parts[-1] else title[at:]
            return less_site(re.sub(r"^\s*[|–—\-·•»:]\s*|\s*[|–—\-·•»:]\s*$", "", text).strip(), site)
    return title


def shown_heads(page: Page) -> list[tuple[int, str]]:
    """(index of its first block, text) of every h1, and of h2s whose names say headline, in order."""
    found: list[tuple[int, str]] = []
    for element in page.elements:
        named = element.tag == "h1" or (
            element.tag in ("h2", "h3", "div", "p")
            and element.tokens
            & {"headline", "entry-title", "article-title", "post-title", "articletitle", "tdb-title-text"}
            and element.last - element.first <= 3
        )
        if named and element.last > element.first:
            text = tidy(" ".join(block.text for block in page.blocks[element.first : element.last]))
            if 3 <= len(text) <= 400 and not WIDGET_LINES.match(text):
                found.append((element.first, text))
    return found


def choose_headline(page: Page, meta: Meta, body_first: int | None) -> str | None:
    """The headline as shown where metadata confirm it, else the best that metadata say, else what is shown."""
    heads = shown_heads(page)
    claims = [less_site(text, meta.site) for text in [*meta.headlines, meta.title or ""] if text]
    bare_claims = [_bare(text) for text in claims]
    h1s = {
        text
        for element in page.elements
        if element.tag == "h1" and element.last > element.first
        for text in [tidy(" ".join(b.text for b in page.blocks[element.first : element.last]))]
    }
    best: tuple[float, str] | None = None
    for at, text in heads:
        bare = _bare(text)
        if not bare or (meta.site and bare == _bare(meta.site)):
            continue
        score = 0.0
        for rank, claim in enumerate(bare_claims):
            if not claim:
                continue
            if claim == bare:
                score = max(score, 6 - rank * 0.3)
            elif len(bare) > 12 and (bare in claim or claim in bare):
                score = max(score, 4.5 - rank * 0.3)
            else:
                score = max(score, 3 * _overlap(text, claims[rank]))
        score += 1.0 if text in h1s else 0.3
        if body_first is not None:
            score += 0.8 if at <= body_first else -0.5
            score -= min(abs(body_first - at), 60) / 120
        if len(text.split()) < 3 and len(bare) < 12 and bare not in bare_claims:
            score -= 1.5
        if best is None or score > best[0]:
            best = (score, text)
    if best and (best[0] >= 2.0 or not claims):
        return best[1]
    h1_only = [text for _, text in heads if text in h1s]
    if (
        len(h1_only) == 1
        and len(h1_only[0].split()) >= 4
        and (body_first is None or heads[0][0] <= body_first)
    ):
        return h1_only[0]
    named = [text for text in claims if len(_bare(text)) > 5 and _bare(text) != _bare(meta.site or "")]
    return named[0] if named else (best[1] if best else None)


def _overlap(one: str, other: str) -> float:
    a, b = set(re.findall(r"\w+", one.casefold())), set(re.findall(r"\w+", other.casefold()))
    return len(a & b) / max(1, min(len(a), len(b))) if len(a & b) > 2 else 0.0


BY_WORD = re.compile(
    r"^\W*(?:by|von|par|por|di|door|av|af|text|story|written by|reported by|words|автор|autor|autore|oleh)\b\s*:?\s*(.+)$",
    re.I,
)


DECK_NAMES = frozenset(
    "standfirst subheadline subhead dek deck subtitle sub-title subheading chapo bajada sommario untertitel lede article-summary article-intro entradilla "
    "sapo td-post-sub-title strapline ingress teaser-text article__intro article__summary article__lead lead-text post-excerpt entry-summary".split()
)


def deck_of(page: Page, meta: Meta, headline: str | None, body_first: int) -> str | None:
    """The deck shown between headline and body: an element named so, or a paragraph there that is no stamp, byline or widget."""
    for element in page.elements:
        if (
            element.tokens & DECK_NAMES
            and 0 < element.last - element.first <= 3
            and element.first <= body_first + 1
        ):
            text = tidy(
                " ".join(
                    block.text for block in page.blocks[element.first : element.last] if block.links < 0.5
                )
            )
            if 20 <= len(text) <= 700 and not (headline and same(text, headline)):
                return text
    head = max(
        (at for at, text in shown_heads(page) if at < body_first and headline and same(text, headline)),
        default=None,
    )
    told = _bare(meta.description or "")[:60]
    start = head + 1 if head is not None else max(0, body_first - 12)
    for block in page.blocks[max(start, body_first - 25) : body_first]:
        text = block.text
        if (
            not 40 <= block.size <= 700
            or block.links > 0.4
            or WIDGET_LINES.match(text)
            or STAMPS.match(text)
            or BY_WORD.match(text)
            or (headline and same(text, headline))
        ):
            continue
        if len(told) > 30 and _bare(text).startswith(told[:50]):
            return text
        if (
            head is not None
            and re.search(r"[.!?…。।”\"»]$", text)
            and block.tag not in ("figcaption", "li", "button")
            and len(text.split()) > 7
            and not LEAD_INS.match(text)
        ):
            return text
    return None


def above_and_below(page: Page, headline: str | None, first: int, last: int) -> tuple[range, range]:
    """The blocks in which a page says who wrote its story and when: from just above the headline to the first of the body, and after it."""
    blocks = page.blocks
    shown = [
        block
        for block in blocks[max(0, first - 60) : first + 1]
        if headline and block.links < 0.5 and same(block.text, headline)
    ]
    at = next(
        (block.index for block in reversed(shown) if block.tag == "h1"), shown[-1].index if shown else None
    )
    start = max(0, first - 14) if at is None else max(0, at - 4)
    return range(start, min(len(blocks), first + 2)), range(last, min(len(blocks), last + 10))
