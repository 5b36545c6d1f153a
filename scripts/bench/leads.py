"""Processor time of reading heads and ends, a story: on composed copy, and on ../shared where that is there.

python scripts/bench/leads.py [--shared ../shared]
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from parsers.lead import read_lead  # noqa: E402
from parsers.lead.head import parsed  # noqa: E402
from tests.parsers.lead.composed import composed  # noqa: E402

ROUNDS = 3
LOAD = "import time; from parsers.lead import places; t = time.process_time(); places.candidates('Pune'); print(time.process_time() - t)"


def microseconds(stories: list[list[str]]) -> float:
    """The best round's processor time a story, after one to warm up."""
    took = []
    for _ in range(ROUNDS + 1):
        parsed.cache_clear()  # a round's heads are not the last round's
        began = time.process_time()
        for paragraphs in stories:
            read_lead(paragraphs)
        took.append((time.process_time() - began) / len(stories) * 1e6)
    return min(took[1:])


def corpus(path: Path) -> list[list[str]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [json.loads(line) for line in data.decode("utf-8").split("\n") if line.strip()]
    return [[part for part in re.split(r"\n\s*\n|\n", row["text"]) if part.strip()] for row in rows]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    leads = options.parse_args().shared / "corpus" / "leads"
    load = subprocess.run(
        [sys.executable, "-c", LOAD], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    print(f"leads: table of places loaded in {float(load) * 1000:.0f} ms (bar 100)")
    size = (ROOT / "parsers/data/places.txt.xz").stat().st_size
    print(f"leads: table of places {size / 1000:.0f} kB (bar 1,000)")
    made = [
        [one.text, "A second paragraph says what it costs.", "PTI"]
        for one in itertools.islice(composed(), 0, None, 20)
    ]
    print(f"leads: {microseconds(made):.0f} µs a composed story ({len(made)}; bar 100)")
    for name in ("modern-dev.jsonl", "reuters21578-dev.jsonl.gz"):
        if (leads / name).exists():
            stories = corpus(leads / name)
            print(f"leads: {microseconds(stories):.0f} µs a story of {name} ({len(stories)}; bar 100)")


if __name__ == "__main__":
    main()
