"""Whatever is done to a page: a story or a refusal, within bounds of time and memory."""

from __future__ import annotations

import gzip
import os
import resource
import time
from pathlib import Path

import pytest

from tests.parsers.page.mutate import PAGES
from tests.parsers.sweep import in_time, swept

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "corpus"
SAMPLE = 250
LARGEST = 120_000  # bytes of a page that is mutated
PROOF = int(os.environ.get("MUTATIONS", "100000"))


def own() -> list[bytes]:
    return [path.read_bytes() for path in sorted((ROOT / "fixtures").rglob("*.html"))]


def shared() -> list[bytes]:
    if not SHARED.is_dir():
        pytest.skip("needs ../shared/corpus")
    packed = sorted((SHARED / "articles").rglob("*.html.gz"))
    pages = [path.read_bytes() for path in sorted((SHARED / "republished").rglob("*.html"))]
    pages += [gzip.decompress(path.read_bytes()) for path in packed]
    return [page for page in pages if len(page) <= LARGEST]


def test_mutations_of_own_pages_are_read_or_refused() -> None:
    read, worst, which = swept(own(), range(SAMPLE), PAGES)
    assert read > SAMPLE // 3
    assert in_time(worst), which


@pytest.mark.proof
@pytest.mark.timeout(14_400)
def test_a_hundred_thousand_mutated_pages(capsys: pytest.CaptureFixture[str]) -> None:
    pages = shared()
    swept(own(), range(30), PAGES)  # what a process needs once: tables, caches
    begun, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read, worst, which = swept(pages, range(PROOF), PAGES)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10
    with capsys.disabled():
        print(
            f"\n{PROOF} mutated pages, {read} read, {time.process_time() - begun:.0f} CPU s,"
            f" worst {worst:.2f} s ({which}), memory +{grown} MB"
        )
    assert in_time(worst), which
    assert grown < 200
