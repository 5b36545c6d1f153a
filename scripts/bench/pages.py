"""CPU milliseconds a page: the page reader, Lexbor's bare parse and, where it is installed, trafilatura, on the same pages.
Then documents a second of `wire parse --batch` on all cores, and the memory of its processes while it runs (Linux).

python scripts/bench/pages.py [FOLDER of *.html or *.html.gz] [--most N] [--many DOCUMENTS of the batch]
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import importlib
import json
import os
import subprocess
import sys
import tempfile
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


def resident(process: int) -> int:
    """MB of memory that a process and its children hold."""
    total = 0
    for one in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((one / "stat").read_text().rpartition(")")[2].split()[1])
            if process in (int(one.name), parent):
                total += int((one / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return total >> 20


def batch(pages: list[bytes], many: int) -> None:
    """Prints how fast `wire parse --batch` goes through so many documents, the pages over and over, and what memory it holds."""
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages):
            (Path(folder) / f"{number}.html").write_bytes(page)
        lines = (
            json.dumps({"id": str(one), "path": f"{folder}/{one % len(pages)}.html"}) for one in range(many)
        )
        manifest = Path(folder) / "manifest.jsonl"
        manifest.write_text("\n".join(lines))
        with (Path(folder) / "out.jsonl").open("w") as out:
            began = time.perf_counter()
            run = subprocess.Popen(
                [sys.executable, "-m", "wire", "parse", "--batch", str(manifest)],
                stdout=out,
                stderr=subprocess.DEVNULL,
            )
            held = [resident(run.pid)]
            while run.poll() is None:
                time.sleep(0.5)
                held.append(resident(run.pid))
            spent = time.perf_counter() - began
            used = os.times()
    quarters = [max(held[len(held) * at // 4 : len(held) * (at + 1) // 4 + 1]) for at in range(4)]
    cores = os.cpu_count() or 1
    print(
        f"batch         {many / spent:7.1f} documents a second, {many} on {cores} cores "
        f"({many * cores / (used.children_user + used.children_system):.1f}, were they all its own); "
        f"MB held at most in each quarter of the run: {', '.join(map(str, quarters))}"
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument(
        "folder", nargs="?", type=Path, default=Path("../shared/corpus/articles/pages/fundus")
    )
    options.add_argument("--most", type=int, default=200)
    options.add_argument("--many", type=int, default=2000)
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
    batch(pages, chosen.many)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
