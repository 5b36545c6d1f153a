"""The headline of a page, chosen among what it shows and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.page.dom import Page
from parsers.page.furniture import WIDGET_LINES
from parsers.page.house import House, house_of
from parsers.page.lines import bare
from parsers.page.meta import Meta
from parsers.text import tidy

PARTED = re.compile(r"\s+(?:[|–—\-·•»«:]|&raquo;|::|//)\s+(?:»\s+)?|\s*\|\s*")
EDGES = re.compile(r"^[\s|–—\-·•»«:/]+|[\s|–—\-·•»«:/]+$")
NAMED = frozenset(
    {"headline", "entry-title", "article-title", "post-title", "articletitle", "tdb-title-text"}
)
JOINTS = re.compile(r"\s[:;,!?]|[:;!?][^\W\d_]")
KICKER = 45  # characters of a label before or above a headline, at most
QUOTE = re.compile(r"[\"“„«‘'»]")
WORDS = re.compile(r"(?:(?<=\s)|(?<=\d))(?=[^\W\d_\s]|[\"“„«])")
LABEL_END = re.compile(r"[:|–—•·»›/\d-]\s*$")
STAMP = re.compile(r"^\W*\d{1,4}[./-]\d")


@dataclass(frozen=True, slots=True)
class Head:
    """A heading that a page shows. at: index of its first block; texts: of each of its blocks."""

    at: int
    texts: tuple[str, ...]
    nodes: tuple[str, ...]  # its text nodes
    first: bool  # an h1
    home: bool  # a link to the front page, as the paper's own name is

    @property
    def text(self) -> str:
        """The whole of it."""
        return tidy(" ".join(self.texts))


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline; at: its block where it is shown; kicker: a label that stood in it."""

    text: str
    at: int | None = None
    kicker: str | None = None


def shown_heads(page: Page) -> list[Head]:
    """Every h1, and the elements whose names say headline, in order."""
    found: list[Head] = []
    for element in page.elements:
        first = element.tag == "h1"
        if element.last <= element.first or not (
            first
            or (
                element.tag in ("h2", "h3", "div", "p", "header")
                and element.last - element.first <= 3
                and ("itle" in (classes := element.attrs.get("class") or "") or "eadline" in classes)
                and element.tokens & NAMED
            )
        ):
            continue
        blocks = page.blocks[element.first : element.last]
        head = Head(
            element.first,
            tuple(block.text for block in blocks),
            tuple(text for block in blocks for text in block.pieces if isinstance(text, str)),
            first,
            blocks[0].links > 0.9 and _home(blocks[0].pieces),
        )
        if 3 <= len(head.text) <= 400 and not WIDGET_LINES.match(head.text):
            found.append(head)
    return found


def _home(pieces: Sequence[object]) -> bool:
    """Does a link lead to a site's root?"""
    for piece in pieces:
        if isinstance(piece, tuple) and piece[:2] == ("open", "a"):
            href = str(piece[2] or "")
            return re.fullmatch(r"(?:https?:)?(?://[^/]+)?/?(?:index\.\w+)?", href) is not None
    return False


def less_house(title: str, house: House) -> str:
    """A <title> or og:title without the name of the paper at its end or head."""
    parts = PARTED.split(title)
    if len(parts) < 2:
        return title
    if house.called(parts[-1]):
        return less_house(EDGES.sub("", title[: title.rfind(parts[-1])]).strip(), house)
    if house.called(parts[0]) and len(bare(parts[0])) > 2:
        return less_house(EDGES.sub("", title[len(parts[0]) :]).strip(), house)
    return title


def _claims(meta: Meta, house: House, heads: Sequence[Head]) -> list[str]:
    """What the page's head says, most trusted first; of a <title> with no word elsewhere the part that is the headline."""
    found = [less_house(text, house) for text in meta.headlines if text]
    if meta.title:
        title = less_house(meta.title, house)
        shown = {bare(text) for head in heads if not head.home for text in (*head.texts, head.text)}
        if bare(title) not in shown and bare(title) not in map(bare, found):
            title = _part(title, shown, told=bool(found))
        found.append(title)
    return [text for text in dict.fromkeys(found) if text and not house.called(text)]


def _part(title: str, shown: set[str], *, told: bool) -> str:
    """The part of a <title> that is the headline: one that is shown as a heading (the last may be the paper's name), else the first, unless another is far longer."""
    parts = [EDGES.sub("", part) for part in PARTED.split(title)]
    seen = [part for part in parts[:-1] if bare(part) in shown and len(bare(part)) > 7]
    if seen and bare(parts[-1]) in shown and len(parts[-1]) > 1.6 * max(map(len, seen)):
        return parts[-1]
    if seen:
        return seen[0]
    if told or len(parts) < 2:
        return EDGES.sub("", title)
    longest = max(parts, key=len)
    return longest if len(longest) > 1.6 * len(parts[0]) else parts[0]


def choose_headline(
    page: Page, meta: Meta, body_first: int | None, *, url: str | None = None
) -> Headline | None:
    """The headline as shown where metadata confirm it or nothing contradicts it, else the best that metadata say."""
    house = house_of(meta, url)
    heads = shown_heads(page)
    claims = _claims(meta, house, heads)
    last = bare(PARTED.split(meta.title)[-1]) if meta.title and claims and PARTED.search(meta.title) else None
    ours = [
        head for head in heads if not head.home and not house.called(head.text) and bare(head.text) != last
    ]
    if ours:
        score, best = max(
            ((_weight(head, claims, body_first), head) for head in ours), key=lambda pair: pair[0]
        )
        if score >= 2.0 or not claims:
            return _as_shown(best, claims, house)
        before = [head for head in ours if body_first is None or head.at <= body_first]
        firsts = [head for head in before if head.first] or (before if not meta.headlines else [])
        if (
            len({bare(head.text) for head in firsts}) == 1
            and len(firsts[0].text.split()) >= 2
            and not _section(firsts[0].text, meta)
        ):
            return _as_shown(firsts[0], claims, house)
    if claims:
        return Headline(claims[0])
    return next((Headline(text) for text in (*meta.headlines, meta.title) if text), None)


def _section(text: str, meta: Meta) -> bool:
    return bool(meta.section) and bare(text) == bare(meta.section or "")


def _weight(head: Head, claims: Sequence[str], body_first: int | None) -> float:
    text = head.text
    plain = bare(text)
    score = 0.0
    for rank, claim in enumerate(claims):
        told = bare(claim)
        if told == plain:
            score = max(score, 6 - rank * 0.3)
        elif len(plain) > 12 and len(told) > 5 and (plain in told or told in plain):
            score = max(score, 4.5 - rank * 0.3)
        else:
            score = max(score, 3 * _overlap(text, claim))
    score += 1.0 if head.first else 0.3
    if body_first is not None:
        score += 0.8 if head.at <= body_first else -0.5
        score -= min(abs(body_first - head.at), 60) / 120
    if len(text.split()) < 3 and len(plain) < 12 and plain not in map(bare, claims):
        score -= 1.5
    return score


def _overlap(one: str, other: str) -> float:
    a, b = set(re.findall(r"\w+", one.casefold())), set(re.findall(r"\w+", other.casefold()))
    return len(a & b) / max(1, min(len(a), len(b))) if len(a & b) > 2 else 0.0


def _as_shown(head: Head, claims: Sequence[str], house: House) -> Headline:
    """A heading less what only stands in it: a kicker before the words that metadata confirm, a stamp, the paper's name."""
    text = less_house(head.text, house)
    told = {bare(claim): claim for claim in reversed(claims)}
    if same := told.get(bare(text)):  # a joint that markup swallowed or put in ("Kicker :headline") is mended
        return Headline(same if JOINTS.search(text) and not JOINTS.search(same) else text, head.at)
    parts = {bare(part): (part, before) for part, before in _runs(head.texts)}
    for claim in claims:
        plain = bare(claim)
        if found := parts.get(plain):
            return Headline(found[0], head.at, found[1] if 0 < len(found[1]) <= KICKER else None)
        if len(claim.split()) < 2:
            continue
        if bare(text).startswith(plain) and house.called(bare(text)[len(plain) :]):
            return Headline(claim, head.at)
        for word in WORDS.finditer(text, 1, KICKER + 1):
            before = text[: word.start()]
            if bare(text[word.start() :]) == plain and _parted(before, head.nodes):
                label = EDGES.sub("", before)
                return Headline(text[word.start() :], head.at, None if STAMP.match(label) else label or None)
    return Headline(text, head.at)


def _parted(before: str, nodes: Sequence[str]) -> bool:
    """Is what stands before a headline a label: a mark or the markup parts it, and it is no quotation?"""
    if QUOTE.match(before):
        return False
    whole = ""
    for node in nodes:
        whole += bare(node)
        if whole == bare(before):
            return True
    return LABEL_END.search(before) is not None


def _runs(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts of a heading of several lines, with what stands before: each line, and each run of them."""
    if 1 < len(texts) <= 6:
        for size in range(len(texts) - 1, 0, -1):
            for at in range(len(texts) - size + 1):
                yield " ".join(texts[at : at + size]), " ".join(texts[:at])
