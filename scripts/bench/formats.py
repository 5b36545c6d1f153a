"""Documents a second of each format, beside the bare parse of the same bytes by lxml, json or feedparser.

    python scripts/bench/formats.py [--shared ../shared] [--seconds 1.0]

Reads fixtures/wires, and corpus/wires where --shared has it. Times are CPU time of one process.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import feedparser  # noqa: E402
from lxml import etree  # noqa: E402

from parsers import reading  # noqa: E402
from parsers.errors import ParseError  # noqa: E402
from parsers.hints import Hints  # noqa: E402


def by_xml(data: bytes) -> object:
    """The bare parse of XML."""
    return etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))


def by_feedparser(data: bytes) -> object:
    """feedparser alone, its sanitiser and link resolving off, as our reader uses it."""
    return feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)


BARE: dict[str, tuple[str, Callable[[bytes], object]]] = {
    "nitf": ("lxml", by_xml),
    "newsml_1": ("lxml", by_xml),
    "newsml_g2": ("lxml", by_xml),
    "ninjs": ("json", json.loads),
    "jsonfeed": ("json", json.loads),
    "wordpress": ("json", json.loads),
    "feed": ("feedparser", by_feedparser),
    "wxr": ("lxml", by_xml),
    "sitemap": ("lxml", by_xml),
}


def rate(work: Callable[[bytes], object], documents: list[bytes], seconds: float) -> float:
    """Documents a CPU second."""
    done, begun = 0, time.process_time()
    while (spent := time.process_time() - begun) < seconds:
        for data in documents:
            work(data)
        done += len(documents)
    return done / spent


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options.add_argument("--seconds", type=float, default=1.0)
    chosen = options.parse_args()
    files = sorted((ROOT / "fixtures" / "wires").glob("*/input.*"))
    corpus = chosen.shared / "corpus" / "wires"
    files += [p for p in sorted(corpus.rglob("*")) if p.is_file() and p.suffix not in (".md", ".jsonl")]
    held: dict[str, list[bytes]] = defaultdict(list)
    for path in files:
        try:
            held[reading.read(path.read_bytes(), Hints()).format].append(path.read_bytes())
        except ParseError as error:
            print(f"not read: {error}", file=sys.stderr)
    print(f"{'format':12} {'files':>5} {'kB each':>8} {'read/s':>8} {'bare/s':>9}  ratio")
    for name, documents in sorted(held.items()):
        ours = rate(lambda data: reading.read(data, Hints()), documents, chosen.seconds)
        label, bare = BARE.get(name, ("", None))
        alone = rate(bare, documents, chosen.seconds) if bare else None
        size = sum(map(len, documents)) / len(documents) / 1024
        tail = f" {alone:9.0f}  {alone / ours:.1f} times {label}" if alone else ""
        print(f"{name:12} {len(documents):5d} {size:8.1f} {ours:8.0f}{tail}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
