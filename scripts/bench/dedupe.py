"""Copies, measured: stories a second through `wire dedupe` and into a store, and what a story costs as the store grows.

    python scripts/bench/dedupe.py [--stored 10000 100000] [--settled 100000] [--probes 2000]

Generated stories of some 300 words, a third of them reprints, trimmed. For each size a store is filled with that many short
stories, spread over the weeks of an archive: in bulk (--stored; scripts/bench/filling.py says with what), or each of them the
whole way (--settled, slow: what bulk is held against). That is not measured. Then the generated ones go the whole way, and are:
prepared, sketched, looked up, verified, decided, written with version, aliases, event and search index. Prints CPU a story, bytes
on disk a story, size of the store, peak memory. datasketch (extra `bench`) does the same stories with an index in memory, where
it is installed. Ten million want 26 GB of disk and 5 GB of memory while they are filled.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ingest.visit import settle
from parsers.fingerprint import words_of
from parsers.story import Story
from scripts.bench.filling import WIRE, Filling, fill, settle_all, write_rows
from store.db import open_store
from store.visits import visiting
from wire.dedupe import clusters as stream

FILLED: dict[Filling, str] = {write_rows: "rows written in bulk", settle_all: "stories settled"}
NOW = datetime(2025, 6, 2, 12, tzinfo=UTC)
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


def story(number: int, paragraphs: list[str]) -> Story:
    return Story(
        guid=f"probe-{number}", url=f"https://wire.example/2025/{number}", headline=f"{paragraphs[0][:50]} {number}",
        body=tuple(paragraphs), published=NOW - timedelta(seconds=number), language="en",
    )  # fmt: skip


def store_of(folder: Path, how: Filling, stored: int, probes: list[Story]) -> str:
    """One line of the table: what a story costs with so many stored."""
    file = folder / f"{stored}.db"
    fill(how, file, stored, until=NOW, words=WORDS)
    db = open_store(file)
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = file.stat().st_size
    begun = time.process_time()
    for start in range(0, len(probes), 200):
        with visiting(db, "wire", run="bench", started=NOW, at=NOW, outcome="fetched", why=None) as visit:
            for item, one in enumerate(probes[start : start + 200]):
                settle(db, visit, WIRE, one, document=None, item=item)  # type: ignore[arg-type]  # no archive here
    spent = (time.process_time() - begun) / len(probes)
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    grown = (file.stat().st_size - size) / len(probes)
    versions, copies = (
        db.conn.execute("SELECT count(*) FROM versions WHERE story > ?", [stored]).fetchone()[0],
        db.conn.execute("SELECT coalesce(sum(tellings - 1), 0) FROM clusters").fetchone()[0],
    )
    db.close()
    file.unlink()
    return (
        f"{stored:>10,} {FILLED[how]}, {size / 1e6:,.0f} MB: {spent * 1e3:6.2f} ms CPU a story, {1 / spent:6.0f} a second of one core, {grown:6.0f} bytes on disk a story; "
        f"{versions} written, {copies} of them folded"
    )


def batch_of(probes: list[Story]) -> tuple[float, int]:
    """(CPU seconds a story, matches) of `wire dedupe`."""
    begun = time.process_time()
    records = (
        {
            "id": one.guid,
            "published": str(one.published),
            "headline": one.headline,
            "text": "\n".join(one.body),
        }
        for one in probes
    )
    matches = sum(name != cluster for name, cluster in stream(records))
    return (time.process_time() - begun) / len(probes), matches


def datasketch_of(probes: list[Story]) -> tuple[float, int] | None:
    """(CPU seconds a story, matches) of MinHash LSH at 0.7 over the same 4-grams; None where it is not installed."""
    try:
        from datasketch import MinHash, MinHashLSH  # an extra
    except ImportError:
        return None
    index, matches = MinHashLSH(threshold=0.7, num_perm=128), 0
    begun = time.process_time()
    for number, one in enumerate(probes):
        words = [word for text in one.body for word in words_of(text)]
        made = MinHash(num_perm=128)
        made.update_batch([" ".join(words[at : at + 4]).encode() for at in range(len(words) - 3)])
        matches += bool(index.query(made))
        index.insert(number, made)
    return (time.process_time() - begun) / len(probes), matches


def main() -> None:
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--stored", type=int, nargs="*", default=[10_000, 100_000])
    reader.add_argument("--settled", type=int, nargs="*", default=[])
    reader.add_argument("--probes", type=int, default=2000)
    reader.add_argument("--folder", help="where the stores are made; a temporary folder by default")
    asked = reader.parse_args()
    probes = [story(number, paragraphs) for number, paragraphs in enumerate(stories(asked.probes))]
    batch_of(probes[:200])  # words met for the first time are not what is measured
    spent, matches = batch_of(probes)
    print(
        f"wire dedupe: {spent * 1e3:6.2f} ms CPU a story, {1 / spent:6.0f} a second of one core, {matches} folded"
    )
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        for how, sizes in ((write_rows, asked.stored), (settle_all, asked.settled)):
            for stored in sizes:
                print(store_of(Path(folder), how, stored, probes), flush=True)
    beside = datasketch_of(probes)
    print(
        f"datasketch, in memory, none stored before: {beside[0] * 1e3:6.2f} ms CPU a story, {beside[1]} reprints found"
        if beside
        else "datasketch is not installed (extra bench)"
    )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
