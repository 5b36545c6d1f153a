"""Is this story a copy of one that is stored? The same code over an index in memory (`wire dedupe`) or in the store.

A story attaches to the single best match, and clusters are never merged, so that a digest cannot bridge two stories.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from parsers.fingerprint import LEAST, SKETCH, Likeness, Print, Relation, likeness, relation

Key = TypeVar("Key", bound=Hashable)
LOOKED_AT = 12  # candidates compared exactly
# Hashes that two sketches share, times the longer text over the shorter: SKETCH times the containment, give or take chance.
# From a quarter of the least copy's on they are compared (of 2,400 copies of the shared stream the least had 0.38 of it).
PROMISE = SKETCH * LEAST / 4
COMMON = 300  # stories with one hash, from which on it says too little: an agency's standing phrase
ENOUGH = 0.95  # likeness from which on no better copy is looked for
WINDOW_DAYS = 10


@dataclass(frozen=True, slots=True)
class Match(Generic[Key]):
    """The story that a new one is a telling of."""

    story: Key
    relation: Relation
    likeness: Likeness

    @property
    def why(self) -> Mapping[str, Any]:
        """The figures of it, for the desk."""
        like = self.likeness
        return {
            "containment": round(like.containment, 3),
            "jaccard": round(like.jaccard, 3),
            "shared_numbers": like.shared,
            "changed_numbers": like.changed,
        }


def likely(size: int, shared: Mapping[Key, tuple[int, int]]) -> list[Key]:
    """Candidates that may be copies of a story of that size, the likeliest first. shared: hashes in common, and each one's size."""
    ranked = []
    for place, (key, (count, other)) in enumerate(shared.items()):
        small, large = max(1, min(size, other)), max(size, other)
        if count * large >= PROMISE * small:
            ranked.append((-count * large / small, place, key))
    return [key for _, _, key in sorted(ranked)[:LOOKED_AT]]


def best_match(
    new: Print, candidates: Iterable[Key], print_of: Callable[[Key], tuple[Print, int] | None], day: int
) -> Match[Key] | None:
    """The best of the candidates that is the same copy, or None.

    candidates: the likeliest first; print_of: the fingerprint of one and its day (since 1970); day: the new story's.
    """
    found: list[tuple[float, Match[Key]]] = []
    for key in candidates:
        held = print_of(key)
        if held is None:
            continue
        old, then = held
        like = likeness(new, old)
        if kind := relation(new, old, like, abs(day - then)):
            found.append(
                (like.containment + 0.5 * like.jaccard + 0.1 * like.headline, Match(key, kind, like))
            )
            if min(like.containment, like.jaccard, like.headline) >= ENOUGH:
                break
    return max(found, key=lambda pair: pair[0])[1] if found else None


class Memory(Generic[Key]):
    """An index in memory, for a batch in order of arrival; forgets what is older than the window."""

    def __init__(self, window: int = WINDOW_DAYS) -> None:
        self.window = window
        self.bands: dict[int, list[Key]] = defaultdict(list)
        self.prints: dict[Key, tuple[Print, int]] = {}
        self.by_day: dict[int, list[tuple[Key, Print]]] = defaultdict(list)
        self.recent: list[int] = []

    def add(self, key: Key, made: Print, day: int) -> None:
        """Remember a story."""
        for one in made.sketch:
            self.bands[one].append(key)
        self.prints[key] = made, day
        self.by_day[day].append((key, made))
        self.recent = [*self.recent[-8:], day]
        now = sorted(self.recent)[len(self.recent) // 2]  # one story with a wrong date moves no clock
        for old in [one for one in self.by_day if one < now - self.window]:
            for gone, held in self.by_day.pop(old):
                self.prints.pop(gone, None)
                for one in held.sketch:
                    self.bands[one].remove(gone)
                    if not self.bands[one]:
                        del self.bands[one]

    def sharing(self, sketch: tuple[int, ...], day: int) -> Mapping[Key, tuple[int, int]]:
        """Stories of the window that share hashes of a sketch: how many, and how many shingles each has."""
        found: Counter[Key] = Counter()
        for one in sketch:
            if one in self.bands:
                found.update(self.bands[one][:COMMON])
        held = {key: (count, self.prints[key]) for key, count in found.items()}
        return {
            key: (count, made.grams.size)
            for key, (count, (made, then)) in held.items()
            if abs(then - day) <= self.window
        }


class Furniture:
    """Paragraphs that stand in several stories: a site's boilerplate, which says nothing of what a story is."""

    def __init__(self, *, most: int = 5) -> None:
        self.most = most
        self.seen: dict[str, tuple[Hashable, ...]] = {}

    def less(self, paragraphs: Mapping[str, str]) -> list[str]:
        """The paragraphs (text → digest) that are a story's own; all of them where none is."""
        kept = [text for text, name in paragraphs.items() if len(self.seen.get(name, ())) < self.most]
        return kept or list(paragraphs)

    def note(self, paragraphs: Mapping[str, str], cluster: Hashable) -> None:
        """Remember in which clusters they stand: reprints of one story make no furniture of its text."""
        for name in paragraphs.values():
            where = self.seen.get(name, ())
            if len(where) < self.most and cluster not in where:
                self.seen[name] = (*where, cluster)
