"""CPU milliseconds a page: the page reader, Lexbor's bare parse and, where it is installed, trafilatura, on the same pages.

python scripts/bench/pages.py [FOLDER of *.html or *.html.gz] [--most N]
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import importlib
import time
from collections.abc import Callable
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from parsers.errors import ParseError
from parsers.hints import Hints
from parsers.page.article import read


def ours(page: bytes) -> None:
    with contextlib.suppress(ParseError):  # a refusal is an answer too
        read(page, Hints())


def bare(page: bytes) -> None:
    LexborHTMLParser(page.decode("utf-8", "replace"))


def cost(work: Callable[[bytes], object], pages: list[bytes]) -> float:
    """CPU milliseconds a page, after one round of warming up."""
    for page in pages[:20]:
        work(page)
    began = time.process_time()
    for page in pages:
        work(page)
    return (time.process_time() - began) * 1000 / len(pages)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument(
        "folder", nargs="?", type=Path, default=Path("../shared/corpus/articles/pages/fundus")
    )
    options.add_argument("--most", type=int, default=200)
    chosen = options.parse_args()
    files = sorted(path for path in chosen.folder.rglob("*.html*") if path.is_file())[: chosen.most]
    if not files:
        print(f"pages: no *.html or *.html.gz below {chosen.folder}")
        return 2
    pages = [
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in files
    ]
    least = cost(bare, pages)
    print(f"{len(pages)} pages, CPU ms a page\nbare Lexbor   {least:7.2f}")
    mine = cost(ours, pages)
    print(f"page reader   {mine:7.2f}  {mine / least:5.1f} x")
    try:
        peer = importlib.import_module("trafilatura").bare_extraction
    except ImportError:
        print("trafilatura   not installed (requirements-bench.lock)")
    else:
        other = cost(peer, pages)
        print(f"trafilatura   {other:7.2f}  {other / least:5.1f} x")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
