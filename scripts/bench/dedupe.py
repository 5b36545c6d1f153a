"""Copies, measured: what finding them costs as the store grows, beside datasketch's MinHash LSH.

    python scripts/bench/dedupe.py [--stored 10000 100000] [--probes 2000]

For each size: a store's sketch table is filled with generated sketches over the weeks of an archive, then generated stories
(a third of them reprints) go through fingerprint, look-up, exact comparison and insertion. Prints CPU a story, and bytes a
story of the sketches. datasketch (extra `bench`) does the same stories with an index in memory, where it is installed.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ingest.identity import WINDOW_DAYS, best_match
from parsers.fingerprint import SKETCH, Print, fingerprint, words_of
from store import clusters
from store.db import open_store, writing

A_WEEK = 35_000  # stories of an archive's week: ten agencies and their papers
LAST_WEEK = 3000
WORDS = [a + b + c for a in ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki") for b in ("la", "mo", "nu", "ri", "so", "tu", "va", "we") for c in ("", "n", "r", "st", "dor", "mel", "pin", "tas")]  # fmt: skip


def stories(count: int, seed: int = 7) -> list[list[str]]:
    """Paragraphs of made-up stories of some 300 words; every third is a trimmed reprint of an earlier one."""
    chance = random.Random(seed)
    made: list[list[str]] = []
    for number in range(count):
        if number % 3 == 2:
            made.append(made[chance.randrange(max(0, number - 500), number)][:5])
            continue
        words = [chance.choice(WORDS) if chance.random() > 0.03 else str(chance.randrange(2, 9000)) for _ in range(300)]  # fmt: skip
        made.append([" ".join(words[at : at + 40]) + "." for at in range(0, 300, 40)])
    return made


def store_of(folder: Path, stored: int, probes: list[list[str]]) -> tuple[float, float, int]:
    """(CPU seconds a story, bytes a story of the sketches, matches) with so many stories stored before."""
    db = open_store(folder / f"{stored}.db")
    chance = np.random.default_rng(stored)
    empty = (folder / f"{stored}.db").stat().st_size
    for start in range(0, stored, 10_000):
        with writing(db):
            for story in range(start, min(start + 10_000, stored)):
                day = (LAST_WEEK - story // A_WEEK) * clusters.WEEK
                clusters.add_sketch(
                    db, -1 - story, chance.integers(-(2**63), 2**63 - 1, SKETCH).tolist(), day
                )
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = ((folder / f"{stored}.db").stat().st_size - empty) / stored
    held: dict[int, tuple[Print, int]] = {}
    day, matches = LAST_WEEK * clusters.WEEK, 0
    begun = time.process_time()
    for start in range(0, len(probes), 200):
        with writing(db):
            for number, paragraphs in enumerate(probes[start : start + 200], start):
                made = fingerprint(None, paragraphs)
                shared = clusters.sharing(db, made.sketch, day, window=WINDOW_DAYS)
                matches += best_match(made, shared, held.get, day) is not None
                clusters.add_sketch(db, number, made.sketch, day)
                held[number] = made, day
    spent = (time.process_time() - begun) / len(probes)
    db.close()
    return spent, size, matches


def datasketch_of(probes: list[list[str]]) -> tuple[float, int] | None:
    """(CPU seconds a story, matches) of MinHash LSH at 0.7 over the same 4-grams; None where it is not installed."""
    try:
        from datasketch import MinHash, MinHashLSH  # an extra
    except ImportError:
        return None
    index, matches = MinHashLSH(threshold=0.7, num_perm=128), 0
    begun = time.process_time()
    for number, paragraphs in enumerate(probes):
        words = [word for text in paragraphs for word in words_of(text)]
        made = MinHash(num_perm=128)
        made.update_batch([" ".join(words[at : at + 4]).encode() for at in range(len(words) - 3)])
        matches += bool(index.query(made))
        index.insert(number, made)
    return (time.process_time() - begun) / len(probes), matches


def main() -> None:
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--stored", type=int, nargs="+", default=[10_000, 100_000])
    reader.add_argument("--probes", type=int, default=2000)
    asked = reader.parse_args()
    probes = stories(asked.probes)
    with tempfile.TemporaryDirectory() as folder:
        for stored in asked.stored:
            spent, size, matches = store_of(Path(folder), stored, probes)
            print(
                f"{stored:>10,} stored: {spent * 1e3:6.2f} ms CPU a story, {1 / spent:6.0f} a second of one core, "
                f"{size:5.0f} bytes of sketches a story, {matches} of {len(probes) // 3} reprints found"
            )
    beside = datasketch_of(probes)
    print(
        f"datasketch, in memory, none stored before: {beside[0] * 1e3:6.2f} ms CPU a story, {beside[1]} reprints found"
        if beside
        else "datasketch is not installed (extra bench)"
    )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
