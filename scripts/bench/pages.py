"""CPU a page: the reader beside Lexbor's bare parse and beside trafilatura, on the same pages in the same run.

    python scripts/bench/pages.py [--shared ../shared] [--pages 150]

One process, after warm-up, CPU seconds; the ratios are what counts.
"""

from __future__ import annotations

import argparse
import gzip
import time
from collections.abc import Callable
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from parsers.errors import ParseError
from parsers.hints import Hints
from parsers.page import article


def ours(page: bytes) -> None:
    try:
        article.read(page, Hints())
    except ParseError:
        return


def floor(page: bytes) -> None:
    LexborHTMLParser(page.decode("utf-8", "replace"))


def timed(read: Callable[[bytes], object], pages: list[bytes]) -> float:
    """Milliseconds of CPU a page, the better of two passes."""
    best = float("inf")
    for _ in range(2):
        began = time.process_time()
        for page in pages:
            read(page)
        best = min(best, time.process_time() - began)
    return best / len(pages) * 1000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--pages", type=int, default=150)
    chosen = options.parse_args()
    files = sorted((chosen.shared / "corpus/articles/pages").rglob("*.html.gz")) or sorted(
        Path("fixtures/site").rglob("*.html")
    )
    step = max(1, len(files) // chosen.pages)
    pages = [
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in files[::step]
    ]
    bare = timed(floor, pages)
    mine = timed(ours, pages)
    print(f"{len(pages)} pages, {sum(map(len, pages)) / len(pages) / 1000:.0f} kB each")
    print(f"lexbor   {bare:7.2f} ms")
    print(f"wiredesk {mine:7.2f} ms   {mine / bare:5.1f} x lexbor")
    try:
        import trafilatura
    except ImportError:
        print("trafilatura is not installed here: `make bench` brings it")
        return
    peer = timed(lambda page: trafilatura.bare_extraction(page, with_metadata=True), pages)
    print(f"trafilatura {peer:4.1f} ms   {peer / bare:5.1f} x lexbor; {peer / mine:.1f} x wiredesk")


if __name__ == "__main__":
    main()
