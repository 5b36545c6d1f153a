"""What changed between two tellings of one story, by sentence, and how it is judged. Pure.

cosmetic: spelling, punctuation, case, a moved paragraph: a version, no event.
correct: a figure, a name or a quotation changed, or the source says that it corrects.
update: new matter. unchanged: nothing, or counters and dates alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from parsers.story import Story

Judged = Literal["unchanged", "cosmetic", "update", "correct"]
ALIKE = 0.55  # from this likeness on, two sentences are one that was edited
SPELLING = 0.75  # from this likeness on, two words are one, spelt otherwise

# Lines that a page counts or stamps anew at each visit.
_COUNTER = re.compile(
    r"^\W*(?:(?:\d[\d,.]*\s*[km]?\s+)?(?:views?|comments?|shares?|likes?|reads?|min(?:ute)?s? read|followers)"
    r"(?:\W*\d[\d,.]*\s*[km]?)?|(?:last\s+)?(?:updated?|published|posted|modified|first published)(?:\s+(?:on|at))?\s*[:\-–]?\s*"
    r"[\w\s,.:/+\-|()]{0,60}\d[\w\s,.:/+\-|()]{0,40})\W*$",
    re.I,
)
_ANNOUNCED = re.compile(
    r"\b(?:corrects?|correcting|correction|corrected|corrige|corrección|correction|erratum|korrektur|berichtigung|corrigendum)\b"
    r"|सुधार|संशोधन|更正|訂正|تصحيح",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.!?।。！？])[\"'”’»)\]]*\s+|(?<=[。！？])")
_QUOTED = re.compile(r"[\"“„«「]([^\"”“»」]{3,400})[\"”“»」]")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
NUMBER_WORDS = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "thousand",
        "million",
        "billion",
        "trillion",
        "lakh",
        "crore",
        "dozen",
        "half",
        "twice",
        "double",
        "triple",
        "first",
        "second",
        "third",
    ]
)
DAY_WORDS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tomorrow",
    ]
)


@dataclass(frozen=True, slots=True)
class Change:
    """What changed, and how it is judged."""

    judged: Judged
    why: str
    sentences: Mapping[str, Any]  # {"changed": [[old, new]…], "added": […], "removed": […]}


def bare(text: str) -> str:
    """Words alone: case, punctuation, white space and width folded."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in folded)
    return " ".join(kept.split())


def sentences(story: Story) -> list[str]:
    """The sentences of headline, deck and body, less counters and stamps."""
    found = [story.headline or "", story.subheadline or ""]
    for paragraph in story.body:
        if not _COUNTER.match(paragraph):
            found += _SENTENCE.split(paragraph)
    return [text.strip() for text in found if text and text.strip()]


def compare(old: Story, new: Story) -> Change:
    """Judge the change from one telling to the next."""
    before, after = sentences(old), sentences(new)
    keys_before, keys_after = Counter(map(bare, before)), Counter(map(bare, after))
    gone = _less(before, keys_before - keys_after)
    come = _less(after, keys_after - keys_before)
    if not gone and not come:
        if before == after and old.byline == new.byline:
            return Change("unchanged", "the same text", {})
        if bare(old.byline or "") != bare(new.byline or ""):
            return Change("update", "byline changed", {"changed": [[old.byline, new.byline]]})
        return Change("cosmetic", "punctuation, case or order", {})
    pairs, added, removed = _paired(gone, come)
    told: dict[str, Any] = {"changed": [list(pair) for pair in pairs], "added": added, "removed": removed}
    reasons = list(dict.fromkeys(reason for pair in pairs if (reason := corrected(*pair))))
    if announced(new) and not announced(old):
        reasons.insert(0, "announced as a correction")
    if reasons:
        return Change("correct", "; ".join(reasons[:4]), told)
    if not added and not removed and all(spelling(*pair) for pair in pairs):
        return Change("cosmetic", "spelling", told)
    parts = [f"{len(rows)} sentences {name}" for name, rows in told.items() if rows]
    return Change("update", ", ".join(parts), told)


def announced(story: Story) -> bool:
    """Does the source say that this corrects an earlier one?"""
    marks = (story.ednote or "", story.slug or "", " ".join(story.kickers), (story.headline or "")[:30])
    return story.kind == "correction" or any(_ANNOUNCED.search(mark) for mark in marks)


def _less(texts: Sequence[str], left: Counter[str]) -> list[str]:
    """The texts whose keys are left over."""
    kept = []
    for text in texts:
        key = bare(text)
        if left[key] > 0:
            left[key] -= 1
            kept.append(text)
    return kept


def _paired(gone: list[str], come: list[str]) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """(edited pairs, added, removed): each new sentence with the old one that it is most like."""
    pairs, removed = [], list(gone)
    added = []
    for text in come:
        words = bare(text).split() or list(text)
        best, found = ALIKE, None
        for index, old in enumerate(removed[:400]):
            matcher = SequenceMatcher(None, bare(old).split() or list(old), words, autojunk=False)
            if (
                matcher.real_quick_ratio() > best
                and matcher.quick_ratio() > best
                and (ratio := matcher.ratio()) > best
            ):
                best, found = ratio, index
        if found is None:
            added.append(text)
        else:
            pairs.append((removed.pop(found), text))
    return pairs, added, removed


def _edits(old: str, new: str) -> list[tuple[list[str], list[str]]]:
    """Runs of words that were exchanged, as printed."""
    before, after = _words(old), _words(new)
    matcher = SequenceMatcher(
        None, [w.casefold() for w in before], [w.casefold() for w in after], autojunk=False
    )
    return [(before[a:b], after[c:d]) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal"]


def _words(text: str) -> list[str]:
    return re.findall(r"\d[\d,.]*\d|[\w'’\u0900-\u0dff]+", unicodedata.normalize("NFKC", text))


def figures(text: str) -> Counter[str]:
    """The numbers of a text, in digits and words; thousands' commas folded."""
    found = Counter(
        number.replace(",", "").rstrip(".") for number in _NUMBER.findall(unicodedata.normalize("NFKC", text))
    )
    return found + Counter(word for word in bare(text).split() if word in NUMBER_WORDS)


def corrected(old: str, new: str) -> str | None:
    """Why an edited sentence is a correction: a figure, a name or a quotation exchanged; None: it is not."""
    before, after = figures(old), figures(new)
    if before - after and after - before:
        return f"figure {_some(before - after)} → {_some(after - before)}"
    for lost, won in _edits(old, new):
        names_lost, names_won = _names(lost, old), _names(won, new)
        if names_lost and names_won and {bare(n) for n in names_lost} != {bare(n) for n in names_won}:
            return f"name {' '.join(names_lost)} → {' '.join(names_won)}"
        days = [{w.casefold() for w in side} & DAY_WORDS for side in (lost, won)]
        if days[0] and days[1]:
            return f"day {' '.join(sorted(days[0]))} → {' '.join(sorted(days[1]))}"
    quoted = [[bare(text) for text in _QUOTED.findall(side)] for side in (old, new)]
    if quoted[0] and quoted[1] and quoted[0] != quoted[1]:
        exchanged = [pair for pair in zip(*quoted, strict=False) if pair[0] != pair[1]]
        if exchanged and any(not spelling(*pair) for pair in exchanged):
            return "quotation changed"
    return None


def _some(found: Counter[str]) -> str:
    return ", ".join(list(found)[:3])


def _names(words: Sequence[str], sentence: str) -> list[str]:
    """Words of a run that are names: capitals not at the sentence's head, of which the rest is not in capitals."""
    first = (_words(sentence) or [""])[0]
    loud = sentence.upper() == sentence
    return [
        w
        for w in words
        if w[:1].isupper() and not loud and w != first and w.casefold() not in DAY_WORDS and not w.isdigit()
    ]


def spelling(old: str, new: str) -> bool:
    """Do two sentences differ in the spelling of words alone?"""
    for lost, won in _edits(old, new):
        if len(lost) != len(won):
            if bare("".join(lost)).replace(" ", "") != bare("".join(won)).replace(" ", ""):
                return False
            continue
        for a, b in zip(lost, won, strict=True):
            if SequenceMatcher(None, a.casefold(), b.casefold(), autojunk=False).ratio() < SPELLING:
                return False
    return True


def different(old: Story, new: Story) -> bool:
    """Are two texts wholly different, so that one name (guid, address) was used again for another story?"""
    before, after = _content(old), _content(new)
    if len(before) < 8 or len(after) < 8:
        head = SequenceMatcher(
            None, bare(old.headline or ""), bare(new.headline or ""), autojunk=False
        ).ratio()
        return bool(old.headline and new.headline and before and after) and head < 0.4 and not before & after
    shared = len(before & after) / min(len(before), len(after))
    heads = set(bare(old.headline or "").split()), set(bare(new.headline or "").split())
    alike = len(heads[0] & heads[1]) / max(1, min(len(heads[0]), len(heads[1])))
    return shared < 0.3 and alike < 0.5


def _content(story: Story) -> set[str]:
    """The longer words of a text; pairs of characters where there are no word boundaries."""
    words = bare(" ".join(story.body)).split()
    found = {word for word in words if len(word) > 4}
    for word in words:
        if len(word) > 12 and word[0] >= "\u0e00":
            found |= {word[i : i + 2] for i in range(len(word) - 1)}
    return found


def cut_short(old: Story, new: Story) -> bool:
    """Is the new text the old one broken off: a beginning of it that ends in mid-sentence?"""
    before, after = " ".join(" ".join(old.body).split()), " ".join(" ".join(new.body).split())
    ended = after.rstrip(" .…").rstrip()
    return (
        bool(ended)
        and len(ended) < len(before)
        and before.startswith(ended)
        and before[len(ended) : len(ended) + 1] not in ".!?।。"
    )
