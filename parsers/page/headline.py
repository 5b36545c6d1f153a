"""The headline of a page, chosen among what it shows and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from parsers.page.blocks import HEADINGS, Page
from parsers.page.heads import Head, after_trail, shown_heads
from parsers.page.house import House, house_of
from parsers.page.meta import Meta
from parsers.text import bare

PARTED = re.compile(r"\s+(?:[|–—\-·•»«:]|&raquo;|::|//)\s+(?:»\s+)?|\s*\|\s*")
EDGES = re.compile(r"^[\s|–—\-·•»«:/]+|[\s|–—\-·•»«:/]+$")
JOINTS = re.compile(r"\s[:;,!?]|[:;!?][^\W\d_]")
JOINT = re.compile(r"(?::|\s[–—-])\s")
KICKER = 45  # characters of a label before or above a headline, at most
QUOTE = re.compile(r"[\"“„«‘'»]")
WORD = re.compile(r"\w+")
WORDS = re.compile(r"(?:(?<=\s)|(?<=\d))(?=[^\W\d_\s]|[\"“„«])")
LABEL_END = re.compile(r"[:|–—•·»›/\d-]\s*$")
MOST_EDGES = 20  # of the parts of a <title>
STAMP = re.compile(r"^\W*\d{1,4}[./-]\d")
SENTENCE = 4  # words from which a heading is no name of a section


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline; at: the block of the heading that the page shows; kicker: a label that stood in it."""

    text: str
    at: int | None = None
    kicker: str | None = None


def less_house(title: str, house: House) -> str:
    """A <title> or og:title without the name of the paper at its end or head."""
    parts = PARTED.split(title)
    if len(parts) < 2:
        paper, mark, rest = title.partition(
            ": "
        )  # "The Harbour Post: Ferry sold"; one word alone may be a place
        return rest.strip() if mark and " " in paper and house.called(paper) else title
    if house.called(parts[-1]):
        return less_house(EDGES.sub("", title[: title.rfind(parts[-1])]).strip(), house)
    if house.called(parts[0]) and len(bare(parts[0])) > 2:
        return less_house(EDGES.sub("", title[len(parts[0]) :]).strip(), house)
    return title


def _claims(meta: Meta, house: House, heads: Sequence[Head]) -> list[str]:
    """What the page's head says, most trusted first; of a <title> with no word elsewhere the part that is the headline."""
    found = [less_house(text, house) for text in dict.fromkeys(meta.headlines) if text]
    if meta.title:
        title = less_house(meta.title, house)
        shown = {bare(text) for head in heads if not head.home for text in (*head.texts, head.text)}
        if bare(title) not in shown and bare(title) not in map(bare, found):
            title = _part(title, shown, told=bool(found))
        found.append(title)
    return [
        text
        for text in dict.fromkeys(found)
        if text and not house.called(text) and not any(_cut_at_quote(text, other) for other in found)
    ]


def _cut_at_quote(text: str, whole: str) -> bool:
    """Did a quotation mark that a page forgot to escape end a meta element's text?"""
    return whole.startswith(text) and whole[len(text) :].lstrip()[:1] == '"'


def _part(title: str, shown: set[str], *, told: bool) -> str:
    """The part of a <title> that is the headline: the longest that is shown as a heading (the last may be the paper's name), else the first, unless another is far longer."""
    parts = [EDGES.sub("", part) for part in PARTED.split(title)]
    edges = [0, *(edge for joint in PARTED.finditer(title) for edge in joint.span()), len(title)][:MOST_EDGES]
    runs = (title[start:end] for at, start in enumerate(edges[::2]) for end in edges[2 * at + 1 :: 2])
    # The last part may be the paper's name, in an h1 of its own.
    seen = [run for run in runs if bare(run) in shown and len(bare(run)) > 7 and run != parts[-1]]
    seen.sort(key=len, reverse=True)
    if seen and bare(parts[-1]) in shown and len(parts[-1]) > 1.6 * len(seen[0]):
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
    ours = [head for head in heads if not head.home and not house.called(head.text)]
    if trail := next((head for head in ours if head.trail), None):
        told = set(map(bare, claims))
        for head in after_trail(page, trail, body_first):
            found = _as_shown(head, claims, house)
            if told & {bare(found.text), bare(head.text)}:
                return found
    last = bare(PARTED.split(meta.title)[-1]) if meta.title and claims and PARTED.search(meta.title) else None
    # Where metadata say so, the headline stands last in the <title>, and not the paper's name.
    if last and last not in map(bare, claims):
        ours = [head for head in ours if bare(head.text) != last]
    if best := _best(ours, claims, body_first, least=2.0 if claims else None):
        return _shown_or_of_record(_as_shown(best, claims, house), meta, house)
    before = [head for head in ours if body_first is None or head.at <= body_first]
    firsts = [head for head in before if head.first and not head.unseen]
    firsts = firsts or (before if not meta.headlines else [])
    if (
        firsts
        and len({bare(head.text) for head in firsts}) == 1
        and len(firsts[0].text.split()) >= 2
        and not _section(firsts[0].text, meta)
    ):
        return _lower(page, claims, body_first) or _shown_or_of_record(
            _as_shown(firsts[0], claims, house), meta, house
        )
    if claims:
        return Headline(claims[0])
    return next((Headline(text) for text in (*meta.headlines, meta.title) if text), None)


def _lower(page: Page, claims: Sequence[str], body_first: int | None) -> Headline | None:
    """A heading of lower rank above the body in the very words of the page's head, where the h1 is a section's."""
    told = {bare(claim) for claim in claims if len(claim.split()) >= SENTENCE}
    above = page.blocks if body_first is None else page.blocks[: body_first + 1]
    found = (block for block in above if block.tag in HEADINGS and bare(block.text) in told)
    return next((Headline(block.text, block.index) for block in found if block.links < 0.5), None)


def _shown_or_of_record(shown: Headline, meta: Meta, house: House) -> Headline:
    """What is shown, unless JSON-LD's headline was written apart from og:title and the page shows neither: then it shows the latest
    news of a live blog, or one of several headings on trial. (Where both are alike, they come of one field for search engines.)"""
    told, shared = (less_house(title or "", house) for title in (meta.headline, meta.shared_title))
    record, other, heading = bare(told), bare(shared), bare(shown.text)
    apart = record and other and record != other != heading
    return shown if not apart or record in heading or heading in record else Headline(told, shown.at)


def _best(
    heads: Sequence[Head], claims: Sequence[str], body_first: int | None, *, least: float | None
) -> Head | None:
    """The heading of the most weight, the first of equals; least: the weight that it must have."""
    weighed = [(_weight(head, claims, body_first), head) for head in heads]
    score, best = max(weighed, key=lambda pair: pair[0], default=(0.0, None))
    return best if least is None or score >= least else None


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
    a, b = _words(one), _words(other)
    return len(a & b) / max(1, min(len(a), len(b))) if len(a & b) > 2 else 0.0


@lru_cache(maxsize=256)  # every heading is held against every claim
def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.casefold()))


def _as_shown(head: Head, claims: Sequence[str], house: House) -> Headline:
    """A heading less what only stands in it: a kicker before the words that metadata confirm, a stamp, the paper's name."""
    text = less_house(head.text, house)
    whole = bare(text)
    parts = {bare(part): (part, before) for part, before in _runs(head.texts)}
    for claim in claims:
        plain = bare(claim)
        if plain == whole and (label := _label_apart(head.texts, claim)):
            return Headline(head.texts[-1], head.at, label)
        if plain == whole:
            return Headline(_mended(text, [same for same in claims if bare(same) == whole]), head.at)
        if found := parts.get(plain):
            return Headline(found[0], head.at, found[1] if 0 < len(found[1]) <= KICKER else None)
        if len(claim.split()) < 2:
            continue
        if whole.startswith(plain) and house.called(whole[len(plain) :]):
            return Headline(claim, head.at)
        for word in WORDS.finditer(text, 1, KICKER + 1):
            before = text[: word.start()]
            if bare(text[word.start() :]) == plain and _parted(before, head.nodes):
                label = EDGES.sub("", before)
                return Headline(text[word.start() :], head.at, None if STAMP.match(label) else label or None)
    return Headline(text, head.at)


def _label_apart(texts: Sequence[str], claim: str) -> str | None:
    """The kicker that a page shows in a line of its own, where metadata alone join it to the headline with a colon."""
    return texts[0] if len(texts) == 2 and claim == f"{texts[0]}: {texts[1]}" else None


def _mended(text: str, same: Sequence[str]) -> str:
    """A heading with the joint that markup swallowed ("Kicker headline") or misplaced ("Kicker :headline"), as metadata have it."""
    if JOINTS.search(text):
        return next((claim for claim in same if not JOINTS.search(claim)), text)
    joined = [claim for claim in same if JOINT.search(claim) and JOINT.sub(" ", claim, count=1) == text]
    return next((claim for claim in joined if ": " in claim), joined[0] if joined else text)


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
    """The runs of a few texts, the longest first, each with what stands before it."""
    if 1 < len(texts) <= 6:
        for size in range(len(texts) - 1, 0, -1):
            for at in range(len(texts) - size + 1):
                yield " ".join(texts[at : at + size]), " ".join(texts[:at])
