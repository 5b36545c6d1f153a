"""The headline of a page, chosen among what it shows and what it says of itself; and the authors and times, likewise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from parsers.dates import ReadTime, read_time
from parsers.lead import Byline, read_byline
from parsers.lead.agencies import code_of
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


AUTHOR_NAMES = frozenset(
    {
        "author",
        "authors",
        "byline",
        "bylines",
        "writer",
        "writers",
        "reporter",
        "autor",
        "autoren",
        "auteur",
        "auteurs",
        "firma",
        "signature",
        "contributor",
        "contributors",
        "authorname",
        "creator",
        "autore",
        "autori",
        "td-post-author-name",
        "tdb-author-name",
        "post-author",
    }
)
NOT_AUTHORS = frozenset(
    {
        "bio",
        "box",
        "image",
        "avatar",
        "related",
        "comment",
        "comments",
        "description",
        "social",
        "more",
        "recommended",
        "trending",
        "sidebar",
        "footer",
    }
)
BY_WORD = re.compile(
    r"^\W*(?:by|von|par|por|di|door|av|af|text|story|written by|reported by|words|автор|autor|autore|oleh)\b\s*:?\s*(.+)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Writers:
    """Who a page names: its line as printed, people, agency codes."""

    byline: str | None
    authors: tuple[str, ...]
    credits: tuple[str, ...]


def choose_writers(page: Page, meta: Meta, body_first: int, body_last: int) -> Writers:
    """Authors of JSON-LD, then of meta elements, then the visible byline nearest to the headline."""
    shown = visible_byline(page, body_first, body_last)
    site = _bare(meta.site or "")
    people: list[str] = []
    credits: list[str] = []
    for raw in meta.authors:
        group = raw.startswith("\0")
        made = read_byline(_named(raw.lstrip("\0")), sure=not group)
        credits += made.credits
        if not group:
            people += [name for name in made.authors if _bare(name) != site]
    if not people:
        for raw in meta.author_texts:
            made = read_byline(_named(raw), sure=True)
            credits += made.credits
            people += [name for name in made.authors if _bare(name) != site and "@" not in name]
    if not people and shown:
        people = [name for name in shown.authors if _bare(name) != site]
        credits += shown.credits
    texts = [
        tidy(_named(text))
        for text in (raw.lstrip("\0") for raw in [*meta.authors, *meta.author_texts])
        if text and _bare(text) != site and "@" not in text and "http" not in text
    ]
    line = shown.text if shown and shown.text else (", ".join(dict.fromkeys(people)) or None)
    if people and not (shown and shown.text) and texts and len(texts[0]) <= 120:
        # One string that names them all is the line as printed, its agency included.
        whole = _bare(texts[0])
        line = texts[0] if all(_bare(name) in whole for name in people) else line
    if line is None and texts and (code_of(texts[0]) or read_byline(texts[0]).credits or _desk(texts[0])):
        line = texts[0]
    return Writers(line, _unique(people), tuple(dict.fromkeys(credits)))


# Credits of pictures, addresses, broken entities, shorthands of an editor and calls to subscribe stand where names do.
NO_NAME = re.compile(
    r"(?i:^(?:image|photo|picture|foto|bild)s?\s*:|^www\.|\.(?:com|org|net)$|&\w+;?$|·|newsletter|subscribe)|^[a-z]{2,4}$"
)


def _desk(text: str) -> bool:
    """Does a text look like the name of a desk or service ("Sports Desk"), and not like the login of a writer?"""
    words = text.split()
    return 2 <= len(words) <= 5 and len(text) <= 50 and all(word[0].isupper() for word in words)


def _unique(people: list[str]) -> tuple[str, ...]:
    made: dict[str, str] = {}
    for name in people:
        if not NO_NAME.search(name):
            made.setdefault(_bare(name), name)
    return tuple(made.values())[:12]


def _named(raw: str) -> str:
    return re.sub(r"<[^>]+>", " ", raw)


def visible_byline(page: Page, body_first: int, body_last: int) -> Byline | None:
    """The byline that a page shows near its story, or None."""
    found: list[tuple[float, Byline]] = []
    for element in page.elements:
        if element.last <= element.first or element.last - element.first > 6:
            continue
        prop = (element.attrs.get("itemprop") or "") + " " + (element.attrs.get("rel") or "")
        if not (element.tokens & AUTHOR_NAMES or "author" in prop) or element.tokens & NOT_AUTHORS:
            continue
        if element.first > body_last + 6:
            continue
        for block in page.blocks[element.first : element.last]:
            if len(block.text) > 140:
                continue
            made = read_byline(re.sub(r"(?i)^\W*(?:by|von|par|por|di)\s*:?\s*", "", block.text), sure=False)
            if made.authors or made.credits:
                distance = abs(element.first - body_first)
                found.append((distance + (0 if element.first <= body_first else 10), made))
                break
    if found:
        return min(found, key=lambda item: item[0])[1]
    for block in page.blocks[max(0, body_first - 14) : body_first + 1]:
        by = BY_WORD.match(block.text)
        if by and len(block.text) < 120:
            made = read_byline(by[1])
            if made.authors or made.credits or re.match(r"(?i)^(?:our|staff|special)\b", by[1]):
                return made
    return None


def choose_times(
    page: Page, meta: Meta, body_first: int, *, zone: str | None
) -> tuple[ReadTime | None, ReadTime | None]:
    """(published, updated): JSON-LD and meta, then time elements near the head, then a date that is shown there."""
    published = _best([read_time(text, zone=zone) for text in meta.published])
    updated = _best([read_time(text, zone=zone) for text in meta.updated])
    if published is None or not isinstance(published.when, datetime):
        seen = _visible_time(page, body_first, zone)
        if seen and (
            published is None or (isinstance(seen.when, datetime) and seen.when.date() == published.when)
        ):
            published = seen
    if (
        published
        and updated
        and isinstance(published.when, datetime) == isinstance(updated.when, datetime)
        and updated.when < published.when
    ):
        updated = None
    return published, updated


def _best(found: list[ReadTime | None]) -> ReadTime | None:
    """The first; an aware time of the same day is worth more than a bare day or an assumed zone."""
    times = [one for one in found if one]
    if not times:
        return None
    first = times[0]
    day = first.when.date() if isinstance(first.when, datetime) else first.when
    if not isinstance(first.when, datetime) or first.zone_assumed:
        for other in times[1:]:
            if (
                isinstance(other.when, datetime)
                and not other.zone_assumed
                and abs((other.when.date() - day).days) <= 1
            ):
                return other
    return first


def _visible_time(page: Page, body_first: int, zone: str | None) -> ReadTime | None:
    candidates: list[tuple[float, ReadTime]] = []
    for node in page.tree.css(
        "time[datetime], [itemprop=datePublished], [data-timestamp], abbr.published, .published[title]"
    )[:20]:
        attrs = node.attributes
        for text in (
            attrs.get("datetime"),
            attrs.get("content"),
            attrs.get("title"),
            attrs.get("data-timestamp"),
            node.text(),
        ):
            if made := read_time(text, zone=zone):
                candidates.append((len(candidates), made))
                break
    if candidates:
        return min(candidates, key=lambda item: (not isinstance(item[1].when, datetime), item[0]))[1]
    near = [
        *page.blocks[max(0, body_first - 14) : body_first + 1],
        *page.blocks[body_first + 1 : body_first + 3],
    ]
    found = [
        made
        for block in near
        if len(block.text) <= 110
        and any(c.isdigit() for c in block.text)
        and (made := read_time(block.text, zone=zone))
    ]
    if not found:
        return None
    return next((one for one in found if isinstance(one.when, datetime)), found[-1])


def day_of(when: datetime | date | None) -> date | None:
    """The day of a time in its own zone."""
    return when.date() if isinstance(when, datetime) else when


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
