"""The fingerprint of a story's text: word 4-grams, a sketch of them, its figures; and how like two of them are.

Bottom-k sketches of 4-gram hashes find candidates; exact containment on the few best decides. Guards against templates (the
same words with other figures, tomorrow's gold price) are in `relation`. Scripts without word boundaries are shingled by letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
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
Relation = Literal["copy", "trimmed", "extended", "excerpt"]
LONG = 200  # shingles from which on half a text is more than a statement that both quote
QUOTED = 4  # times longer: a text that may quote the other whole
SHORT = 30  # distinct shingles under which headline and figures must agree
Grams = NDArray[np.uint64]

_words: dict[str, int] = {}
_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], dtype=np.uint64
)


@dataclass(frozen=True, slots=True)
class Print:
    """What is compared of a story."""

    grams: Grams  # sorted distinct hashes of its 4-grams
    masked: Grams  # the same with figures, months and weekdays made equal
    sketch: tuple[int, ...]  # the smallest SKETCH of `grams`, as signed 64-bit (for the store)
    numbers: frozenset[str]  # figures in the text
    headline: frozenset[str]  # words of the headline
    heads: frozenset[str]  # figures in the headline
    marked: bool  # says that it corrects or updates
    words: int


def _hash(word: str) -> int:
    found = _words.get(word)
    if found is None:
        if len(_words) > 400_000:
            _words.clear()
        found = _words[word] = xxhash.xxh3_64_intdigest(word.encode("utf-8", "replace"))
    return found


def _grams(words: Sequence[str]) -> Grams:
    """Sorted distinct hashes of the 4-grams of some words."""
    if not words:
        return np.empty(0, dtype=np.uint64)
    hashes = np.fromiter(map(_hash, words), dtype=np.uint64, count=len(words))
    if len(hashes) < GRAM:
        hashes = np.concatenate([hashes, np.zeros(GRAM - len(hashes), dtype=np.uint64)])
    count = len(hashes) - GRAM + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(GRAM):
        mixed = (mixed ^ (hashes[place : place + count] * _FACTORS[place])) * _FACTORS[(place + 1) % GRAM]
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


def words_of(text: str) -> list[str]:
    """The words of a text as shingles see them: NFKC, no case, letters of scripts without word boundaries apart."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return TOKEN.findall(text.lower())


def fingerprint(headline: str | None, paragraphs: Sequence[str]) -> Print:
    """The fingerprint of a story; paragraphs without dateline and boilerplate."""
    words = [word for text in paragraphs for word in words_of(text)]
    numeric = [bool(DIGIT.search(word)) for word in words]
    masked = [
        "0" if digit or SPELLED.match(word) else word for word, digit in zip(words, numeric, strict=True)
    ]
    grams = _grams(words)
    head = words_of(headline or "")
    return Print(
        grams=grams,
        masked=_grams(masked),
        sketch=tuple(int(one) for one in grams[:SKETCH].astype(np.int64)),
        numbers=frozenset(word for word, digit in zip(words, numeric, strict=True) if digit),
        headline=frozenset(word for word in head if len(word) > 2 or not word.isascii()),
        heads=frozenset(word for word in head if DIGIT.search(word)),
        marked=any(MARKED.search(text[:160]) for text in (headline or "", *paragraphs[:2])),
        words=len(words),
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
    shingles: int  # of the smaller


def _common(one: Grams, other: Grams) -> int:
    return int(np.intersect1d(one, other, assume_unique=True).size)


def likeness(one: Print, other: Print) -> Likeness:
    """Compare two fingerprints exactly."""
    small = min(one.grams.size, other.grams.size)
    common = _common(one.grams, other.grams)
    masked = _common(one.masked, other.masked)
    heads = min(len(one.headline), len(other.headline))
    return Likeness(
        containment=common / small if small else 0.0,
        jaccard=common / max(1, one.grams.size + other.grams.size - common),
        masked=masked / max(1, min(one.masked.size, other.masked.size)),
        headline=len(one.headline & other.headline) / heads if heads else 0.0,
        shared=len(one.numbers & other.numbers),
        changed=min(len(one.numbers - other.numbers), len(other.numbers - one.numbers)),
        shingles=int(small),
    )


def relation(new: Print, old: Print, like: Likeness, days: int = 0) -> Relation | None:
    """What the new story is to the old one, or None: another story. days: between their publications.

    Bounds were measured on a shared stream of stories; each guard says what it is against.
    """
    agree = like.headline >= 0.5
    headed = bool(new.headline and old.headline)
    if like.containment < _least(like, agree):
        return None
    # A short text inside a much longer one that came later, under another headline: a statement that many quote.
    if new.grams.size > QUOTED * old.grams.size and not agree and like.shingles < LONG:
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
    # Templates: with figures masked the texts are far more alike, and most figures differ.
    gain = like.masked - like.containment
    if not marked or like.changed > 3:
        if gain > 0.08 and like.changed > like.shared // 2:
            return None
        if gain > 0.06 and like.changed > max(1, like.shared) and like.containment < 0.9:
            return None
        if days and gain > 0.05 and like.changed * 3 > like.shared:
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
        if new.heads and old.heads and not (new.heads <= old.heads or old.heads <= new.heads):
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


def _least(like: Likeness, agree: bool) -> float:
    """The least containment of a copy. Long texts that share a quarter of all they hold are one copy, edited."""
    if agree:
        return 0.4
    return 0.43 if like.shingles >= LONG and like.jaccard >= 0.25 else 0.5


def _kind(new: Print, old: Print) -> Relation:
    ratio = new.grams.size / max(1, old.grams.size)
    if ratio < 0.35:
        return "excerpt"
    if ratio < 0.85:
        return "trimmed"
    return "extended" if ratio > 1.2 else "copy"
