"""The fingerprint of a story's text: word 4-grams, a sketch of them, its figures; and how like two of them are.

Bottom-k sketches of 4-gram hashes find candidates; exact containment on the few best decides. Guards against templates (the
same words with other figures, tomorrow's gold price) are in `relation`. Scripts without word boundaries are shingled by letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import xxhash
from numpy.typing import NDArray

SKETCH = 32  # smallest hashes kept
GRAM = 4  # words in a shingle
TOKEN = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[^\W_]+(?:[.,]\d+)*(?:[\u0900-\u0dff]+[^\W_]*)*"
)
DIGIT = re.compile(r"\d")
SPELLED = re.compile(
    r"^(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)$"
)
MARKED = re.compile(
    r"(?i)^\W*(?:\w+\W+){0,3}?(?:correct(?:s|ed|ion|ing)|clarif(?:ies|ied|ication)|refil(?:es?|ed|ing)|recasts?|writethru|write-through|erratum|berichtigung|korrektur|corrige|rectif\w+|सुधार|शुद्धिपत्र|更正|訂正)\b"
    r"|\((?:corrects?|updates?|adds?|recasts?|refiles?|eds)\b"
)
NUMBERED = re.compile(
    r"\b(?:update|wrapup|lead|ld)\s*\d+\s*[-:]|\b\d(?:st|nd|rd|th)\s+(?:ld|lead)\b"
)  # a telling's own number
Relation = Literal["copy", "trimmed", "extended", "excerpt"]
LEAST = 0.4  # containment under which nothing is a copy
WHOLLY = 0.05  # containment under which two texts share stock phrases alone
ISSUE = 0.95  # containment with figures made equal from which on two texts are two issues of one template, if any figure differs
LONG = 200  # shingles from which on half a text is more than a statement that both quote
QUOTED = 4  # times longer: a text that may quote the other whole
MENTION = 16  # times shorter: a text that the other may only touch upon
SLOT = 5  # words of a name or figure that fills a template; a longer run is a heading or a list
SHORT = 30  # distinct shingles under which headline and figures must agree
REMEMBERED = 1 << 15  # words whose hashes are kept at hand
Grams = NDArray[np.uint64]
PLAIN, FIGURE, NAME, CALENDAR = range(4)  # what a word is, in the lowest two bits of its code
_KIND, _WORD = np.uint64(3), np.uint64(2**64 - 4)
_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], dtype=np.uint64
)


class _Codes(dict[str, int]):
    """Word as printed → 62 bits of the hash of it without case, and its kind. What was asked once is remembered."""

    def __missing__(self, word: str) -> int:
        lower = word.lower()
        kind = PLAIN
        if DIGIT.search(lower):
            kind = FIGURE
        elif SPELLED.match(lower):
            kind = CALENDAR
        elif word[0].isupper():
            kind = NAME
        found = xxhash.xxh3_64_intdigest(lower.encode("utf-8", "replace")) & ~3 | kind
        if len(self) >= REMEMBERED:
            self.clear()
        self[word] = found
        return found


_codes = _Codes()


@dataclass(frozen=True)  # no slots: what is compared is kept, of the few that are
class Print:
    """What is compared of a story."""

    codes: Grams  # its words in order, each with its kind
    grams: Grams  # sorted distinct hashes of its 4-grams
    sketch: tuple[int, ...]  # the smallest SKETCH of `grams`, as signed 64-bit (for the store)
    numbers: frozenset[int]  # codes of the figures in the text
    headline: frozenset[str]  # words of the headline
    heads: frozenset[str]  # figures in the headline
    marked: bool  # says that it corrects or updates

    @property
    def words(self) -> int:
        """How many words it has."""
        return int(self.codes.size)

    @cached_property
    def masked(self) -> Grams:
        """4-grams with figures, months and weekdays made equal."""
        kinds = self.codes & _KIND
        return _grams(np.where((kinds == FIGURE) | (kinds == CALENDAR), _WORD, self.codes & _WORD))

    @cached_property
    def slotted(self) -> Grams:
        """4-grams with each short run of names and figures made one equal word: a template without what fills it."""
        slots = (self.codes & _KIND) != PLAIN
        edges = np.flatnonzero(slots[1:] != slots[:-1]) + 1
        lengths = np.diff(np.concatenate([[0], edges, [slots.size]]))
        filled = slots & np.repeat(lengths <= SLOT, lengths)
        kept = ~filled
        kept[1:] |= ~filled[:-1]
        kept[:1] = True
        return _grams(np.where(filled, _WORD, self.codes & _WORD)[kept])

    @cached_property
    def vocabulary(self) -> Grams:
        """Sorted hashes of all its words."""
        return np.sort(self.codes & _WORD)

    @cached_property
    def names(self) -> Grams:
        """Sorted distinct hashes of words with a capital; none where nearly all have one."""
        named = (self.codes & _KIND) == NAME
        if named.sum() * 2 > self.codes.size:
            return np.empty(0, dtype=np.uint64)
        return np.unique(self.codes[named] & _WORD)


def _grams(hashes: Grams) -> Grams:
    """Sorted distinct hashes of the 4-grams of words, given as hashes."""
    if not hashes.size:
        return hashes
    if len(hashes) < GRAM:
        hashes = np.concatenate([hashes, np.zeros(GRAM - len(hashes), dtype=np.uint64)])
    count = len(hashes) - GRAM + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(GRAM):
        mixed = (mixed ^ (hashes[place : place + count] * _FACTORS[place])) * _FACTORS[(place + 1) % GRAM]
        mixed ^= mixed >> np.uint64(29)
    mixed.sort()
    first = np.ones(count, dtype=bool)
    np.not_equal(mixed[1:], mixed[:-1], out=first[1:])
    distinct: Grams = mixed[first]
    return distinct


def words_of(text: str) -> list[str]:
    """The words of a text as shingles see them: NFKC, letters of scripts without word boundaries apart; case as printed."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return TOKEN.findall(text)


def fingerprint(headline: str | None, paragraphs: Sequence[str]) -> Print:
    """The fingerprint of a story; paragraphs without dateline and boilerplate."""
    words = words_of("\n".join(paragraphs))
    codes = np.fromiter(map(_codes.__getitem__, words), dtype=np.uint64, count=len(words))
    return _print(
        headline, codes, marked=any(MARKED.search(text[:160]) for text in (headline or "", *paragraphs[:2]))
    )


def remade(headline: str | None, codes: bytes, *, marked: bool) -> Print:
    """The fingerprint of a story whose text is gone, from its `codes` (little-endian, 64 bits each)."""
    return _print(headline, np.frombuffer(codes, dtype="<u8").astype(np.uint64), marked=marked)


def _print(headline: str | None, codes: Grams, *, marked: bool) -> Print:
    grams = _grams(codes & _WORD)
    head = words_of(NUMBERED.sub(" ", (headline or "").lower()))
    return Print(
        codes=codes,
        grams=grams,
        sketch=tuple(grams[:SKETCH].astype(np.int64).tolist()),
        numbers=frozenset(codes[(codes & _KIND) == FIGURE].tolist()),
        headline=frozenset(word for word in head if len(word) > 2 or not word.isascii()),
        heads=frozenset(word for word in head if DIGIT.search(word)),
        marked=marked,
    )


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two stories are. Shares are 0-1."""

    containment: float  # of the smaller in the larger
    jaccard: float
    masked: float  # containment with figures made equal
    headline: float  # shared words of the shorter headline; 0 where one has none
    shared: int  # figures in both
    changed: int  # figures of the one that are not in the other, the fewer way
    slotted: float  # containment with names and figures made equal
    named: int  # names of the one that the other has not, the fewer way
    own: int  # words of a headline without capitals that only its own text has, the fewer way
    shingles: int  # of the smaller


def _found(some: Grams, table: Grams) -> NDArray[np.bool_]:
    """Which of some hashes stand in a sorted table."""
    if not table.size:
        return np.zeros(some.size, dtype=bool)
    found: NDArray[np.bool_] = table[np.minimum(np.searchsorted(table, some), table.size - 1)] == some
    return found


def _common(one: Grams, other: Grams) -> int:
    if one.size > other.size:
        one, other = other, one
    return int(_found(one, other).sum())


def _contained(one: Grams, other: Grams) -> float:
    """The share of the smaller that is in the larger."""
    return _common(one, other) / max(1, min(one.size, other.size))


def _strange(one: Print, other: Print) -> int:
    """How many names of the one are no word of the other."""
    return int((~_found(one.names, other.vocabulary)).sum())


def _own(one: Print, other: Print) -> int:
    """How many words of the one's headline stand in its own text and not in the other: in scripts without capitals, the names
    that fill a template."""
    heads = [w for w in one.headline - other.headline if w.upper() == w and not DIGIT.search(w)]
    if not heads:
        return 0
    codes = np.unique(
        np.fromiter((_codes[word] for word in heads), dtype=np.uint64, count=len(heads)) & _WORD
    )
    return int((_found(codes, one.vocabulary) & ~_found(codes, other.vocabulary)).sum())


def likeness(one: Print, other: Print) -> Likeness:
    """Compare two fingerprints exactly; what is under LEAST and so no copy, without the finer measures."""
    small = min(one.grams.size, other.grams.size)
    common = _common(one.grams, other.grams)
    containment = common / small if small else 0.0
    fine = containment >= LEAST
    heads = min(len(one.headline), len(other.headline))
    return Likeness(
        containment=containment,
        jaccard=common / max(1, one.grams.size + other.grams.size - common),
        masked=_contained(one.masked, other.masked) if fine else containment,
        slotted=_contained(one.slotted, other.slotted) if fine else containment,
        headline=len(one.headline & other.headline) / heads if heads else 0.0,
        shared=len(one.numbers & other.numbers),
        changed=min(len(one.numbers - other.numbers), len(other.numbers - one.numbers)),
        named=min(_strange(one, other), _strange(other, one)) if fine else 0,
        own=min(_own(one, other), _own(other, one)) if fine else 0,
        shingles=int(small),
    )


def unlike(one: Print, other: Print) -> bool:
    """Are two texts wholly different, headlines and all?"""
    like = likeness(one, other)
    return like.containment < WHOLLY and like.headline < 0.5


def relation(new: Print, old: Print, like: Likeness, days: int = 0) -> Relation | None:
    """What the new story is to the old one, or None: another story. days: between their publications.

    Bounds were measured on a shared stream of stories; each guard says what it is against.
    """
    agree = like.headline >= 0.5
    headed = bool(new.headline and old.headline)
    if like.containment < _least(like, agree, days) or _filled_anew(like, days):
        return None
    # A short text inside a much longer one that came later, under another headline: a statement that many quote.
    if new.grams.size > QUOTED * old.grams.size and not agree and like.shingles < LONG:
        return None
    # A short text inside one so much longer that it is hardly a telling of it: a sentence or two of a round-up.
    if new.grams.size * MENTION < old.grams.size and not agree and like.shingles < LONG / 2:
        return None
    # The same of a text that holds half of a short one: a paragraph of it, taken over.
    if (
        new.grams.size > 2 * old.grams.size
        and not agree
        and like.shingles < LONG / 2
        and like.containment < 0.65
    ):
        return None
    marked = new.marked and days <= 2
    # Templates with other names, where names have no capitals: headlines that differ in words of their own texts.
    if like.own and like.headline >= 0.2 and not marked:
        return None
    # Templates: with figures masked the texts are far more alike, and most figures differ.
    gain = like.masked - like.containment
    if not marked or like.changed > 3:
        if gain > 0.08 and like.changed > like.shared // 2:
            return None
        if gain > 0.06 and like.changed > max(1, like.shared) and like.containment < 0.9:
            return None
        if days and gain > 0.05 and like.changed * 3 > like.shared:
            return None
    # A template that has its figure in the headline: word for word the same but for that.
    other = new.heads and old.heads and not (new.heads <= old.heads or old.heads <= new.heads)
    if other and like.changed and like.masked >= ISSUE and like.headline >= 0.5 and not new.marked:
        return None
    # The same account told again the same day: the same heading and nearly all figures, however little else there is.
    account = (
        agree and like.headline >= 0.75 and like.shared >= 8 and like.changed * 4 <= like.shared and days <= 2
    )
    if account:
        return _kind(new, old)
    # Series of one kind (bond issues, market help): the same phrases about another company, under another headline.
    if headed and like.shingles < 150 and like.containment < 0.65 and like.headline < 0.67 and gain > 0.04:
        return None
    # Short or tabular copy says little: headline and figures must agree too, and it does not come again days later.
    tabular = len(new.numbers) * 5 > new.words or len(old.numbers) * 5 > old.words
    if like.shingles < SHORT or tabular:
        if other:
            return None
        if headed and like.headline < 0.6:
            return None
        if like.changed and not (marked and like.changed <= 3) and like.changed * 4 > like.shared:
            return None
        if like.containment < 0.7:
            return None
    if like.shingles < 2 * SHORT:
        if days and like.containment < (0.85 if days == 1 and not like.changed else 0.95):
            return None
        if like.containment < 0.6 and like.changed:
            return None
        if headed and like.headline < 0.6 and like.changed:
            return None
    return _kind(new, old)


def _least(like: Likeness, agree: bool, days: int) -> float:
    """The least containment of a copy. Headlines that agree, or a quarter of all that both hold, tell an edited one, if it comes soon."""
    if days > 2:
        return 0.5
    if agree:
        return LEAST if like.masked - like.containment < 0.08 else 0.5
    return 0.43 if like.shingles >= LONG and like.jaccard >= 0.25 else 0.5


def _filled_anew(like: Likeness, days: int) -> bool:
    """Is it a template with other names (obituaries, lists of courts): the same text but for what stands in its slots?"""
    if like.slotted < 0.94 or like.slotted - like.containment < 0.1 or like.named + like.changed < 2:
        return False
    retold = like.headline >= 0.85 and days <= 1 and like.named <= 2 and like.changed * 4 <= like.shared
    return like.named > 0 and not retold


def _kind(new: Print, old: Print) -> Relation:
    ratio = new.grams.size / max(1, old.grams.size)
    if ratio < 0.35:
        return "excerpt"
    if ratio < 0.85:
        return "trimmed"
    return "extended" if ratio > 1.2 else "copy"
