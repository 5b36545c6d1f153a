"""Search in many stories, measured: generated stories written by the store's own code, then an editor's queries.

    python scripts/bench/search.py [--stories 1000000] [--store FILE]

Prints the time to write a story and p50, p95 and the worst of each kind of query. A store that is there already is used
as it is.
"""

from __future__ import annotations

import argparse
import bisect
import itertools
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlite_utils import Database

from parsers.story import Dateline, Story
from store import stories
from store.db import open_store, writing
from store.search import Filter, listing, search
from store.sources import Configured, enrol

VOCABULARY = 60_000
LENGTH = 120  # words of a story: what matters to the index is how many stories a word is in
PLACES = (
    "New Delhi",
    "Mumbai",
    "Kolkata",
    "Chennai",
    "Lucknow",
    "Moscow",
    "London",
    "Beijing",
    "Nairobi",
    "Lima",
)
WORDS = [
    "w" + "".join("bcdfghklmnprstvz"[n >> 4 * i & 15] + "aeiou"[n >> i & 3] for i in range(4))
    for n in range(VOCABULARY)
]
WEIGHTS = list(itertools.accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))  # as in a language: Zipf


def words(chance: random.Random, count: int) -> list[str]:
    """Words by their frequency."""
    return [WORDS[bisect.bisect(WEIGHTS, chance.random() * WEIGHTS[-1])] for _ in range(count)]


def fill(db: Database, count: int) -> None:
    """Write `count` stories over three years from 50 sources."""
    with writing(db):
        enrol(db, [Configured(name=f"s{n}", kind="feed", address=f"http://s{n}.example/") for n in range(50)])
    chance = random.Random(1)
    start = datetime(2022, 6, 1, tzinfo=UTC)
    for first in range(0, count, 2000):
        with writing(db):
            for number in range(first, min(first + 2000, count)):
                at = start + timedelta(days=1095) * (number / count)
                place = PLACES[int(len(PLACES) * chance.random() ** 2)]
                text = words(chance, LENGTH)
                told = Story(
                    source=f"s{number % 50}", guid=str(number), headline=" ".join(words(chance, 8)), published=at,
                    body=tuple(" ".join(text[i : i + 40]) for i in range(0, LENGTH, 40)), language="en",
                    dateline=Dateline(text=place, place=place, places=(place,), country="IN"), credit="IANS",
                )  # fmt: skip
                story = stories.add(db, told, status="usable", reason=None, embargo=None, at=at)
                stories.add_version(db, story, told, number=1, at=at, judged="new", why="new")
                stories.index(db, story, told)


def queries(chance: random.Random) -> dict[str, list[tuple[str, Filter]]]:
    """Kinds of queries, 60 of each."""
    common, middling, rare = WORDS[:40], WORDS[200:2000], WORDS[8000:]
    since = datetime(2025, 5, 1, tzinfo=UTC)

    def some(*pools: list[str]) -> str:
        return " ".join(chance.choice(pool) for pool in pools)

    kinds: dict[str, Callable[[], tuple[str, Filter]]] = {
        "one common word": lambda: (some(common), Filter()),
        "one rare word": lambda: (some(rare), Filter()),
        "common and rare": lambda: (some(common, rare), Filter()),
        "three middling": lambda: (some(middling, middling, middling), Filter()),
        "a phrase of common words": lambda: (f'"{some(common, common)}"', Filter()),
        "beginning of a word": lambda: (f"{chance.choice(middling)[:4]}*", Filter()),
        "common, at a place, of a source": lambda: (
            some(common),
            Filter(place=chance.choice(PLACES), source=f"s{chance.randrange(50)}"),
        ),
        "middling, of the last month": lambda: (some(middling), Filter(since=since)),
        "rare, of the last month": lambda: (some(rare), Filter(since=since)),
    }
    return {name: [make() for _ in range(60)] for name, make in kinds.items()}


def main() -> None:
    """Fill and measure."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--stories", type=int, default=1_000_000)
    asked.add_argument("--store", type=Path)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as made:
        path = options.store or Path(made) / "wire.db"
        new = not path.exists()
        db = open_store(path)
        if new:
            begun = time.process_time()
            fill(db, options.stories)
            print(
                f"{options.stories} stories written, {1e6 * (time.process_time() - begun) / options.stories:.0f} µs CPU each"
            )
        print(f"{sum(f.stat().st_size for f in path.parent.glob(path.name + '*')) / 1e6:.0f} MB")
        every: list[float] = []
        for kind, asked_for in queries(random.Random(2)).items():
            spent = []
            for query, narrowed in asked_for:
                begun = time.perf_counter()
                search(db, query, narrowed)
                spent.append(1000 * (time.perf_counter() - begun))
            every += spent
            spent.sort()
            print(f"{kind:<34} p50 {spent[30]:6.1f} ms  p95 {spent[57]:6.1f} ms  worst {spent[-1]:6.1f} ms")
        every.sort()
        print(
            f"{'all':<34} p50 {every[len(every) // 2]:6.1f} ms  p95 {every[int(len(every) * 0.95)]:6.1f} ms"
        )
        begun = time.perf_counter()
        list(listing(db, Filter(source="s1"), limit=50, newest=True))
        print(f"the newest 50 of a source: {1000 * (time.perf_counter() - begun):.1f} ms")


if __name__ == "__main__":
    main()
