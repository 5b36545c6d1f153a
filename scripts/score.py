"""Run every scorer of the shared corpora on what `wire parse` and `wire dedupe` say, and print it all.

    python scripts/score.py [--shared ../shared] [--only articles,leads] [--keep DIR] [--worst N]

Predictions go to DIR (a temporary one by default) as NAME.jsonl, so that a scorer can be run again by hand.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

WIRE = [sys.executable, "-m", "wire"]


def lines(path: Path) -> Iterator[dict[str, Any]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for row in data.decode("utf-8").split("\n"):
        if row.strip():
            yield json.loads(row)


def articles(corpus: Path, work: Path) -> list[dict[str, Any]]:
    """Pages unpacked, since a manifest names plain files; the transport's charset goes with them."""
    return [
        entry(work, corpus / "articles" / row["file"], row, date=None)
        for row in lines(corpus / "articles/truth.jsonl")
    ]


def republished(corpus: Path, work: Path) -> list[dict[str, Any]]:
    return [
        entry(work, corpus / "republished" / row["file"], row, date=None)
        for row in lines(corpus / "republished/truth.jsonl")
    ]


def entry(work: Path, file: Path, row: dict[str, Any], date: str | None) -> dict[str, Any]:
    if file.suffix == ".gz":
        plain = work / "pages" / (row["id"].replace("/", "_") + ".html")
        plain.parent.mkdir(parents=True, exist_ok=True)
        plain.write_bytes(gzip.decompress(file.read_bytes()))
        file = plain
    return {
        "id": row["id"],
        "path": str(file),
        "url": row.get("url"),
        "charset": row.get("charset"),
        "date": date,
    }


def leads(name: str) -> Callable[[Path, Path], list[dict[str, Any]]]:
    def make(corpus: Path, work: Path) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for row in lines(corpus / "leads" / name):
            path = work / name / f"{len(found)}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(row["text"], encoding="utf-8")
            found.append(
                {
                    "id": row["id"],
                    "path": str(path),
                    "url": row.get("url"),
                    "date": row.get("page_date") or reuters_day(row),
                }
            )
        return found

    return make


def reuters_day(row: dict[str, Any]) -> str | None:
    """The day of the SGML's DATE, "26-FEB-1987 15:01:01.79", as ISO."""
    stamp = row.get("published")
    return datetime.strptime(stamp.split()[0], "%d-%b-%Y").date().isoformat() if stamp else None  # noqa: DTZ007


def by_file(folder: str) -> Callable[[Path, Path], list[dict[str, Any]]]:
    def make(corpus: Path, _work: Path) -> list[dict[str, Any]]:
        files = dict.fromkeys(row["file"] for row in lines(corpus / folder / "expected.jsonl"))
        return [{"id": name, "path": str(corpus / folder / name)} for name in files]

    return make


# name: (makes the manifest, scorer and its arguments after the predictions)
PARSED: dict[str, tuple[Callable[[Path, Path], list[dict[str, Any]]], str, list[str]]] = {
    "articles": (articles, "score_articles.py", ["{pred}"]),
    "republished": (republished, "score_republished.py", ["--pred", "{pred}"]),
    "leads": (leads("modern-dev.jsonl"), "score_leads.py", ["{pred}", "--set", "modern"]),
    "reuters": (leads("reuters21578-dev.jsonl.gz"), "score_leads.py", ["{pred}", "--set", "reuters"]),
    "wires": (by_file("wires"), "score_wires.py", ["{pred}"]),
    "feeds": (by_file("feeds"), "score_feeds.py", ["--pred", "{pred}"]),
}


def scored(name: str, corpus: Path, work: Path, extra: list[str]) -> None:
    make, scorer, arguments = PARSED[name]
    manifest, pred = work / f"{name}.manifest.jsonl", work / f"{name}.jsonl"
    entries = make(corpus, work)
    manifest.write_text("".join(json.dumps(row) + "\n" for row in entries), encoding="utf-8")
    began = time.perf_counter()
    with pred.open("wb") as out:
        subprocess.run([*WIRE, "parse", "--batch", str(manifest)], stdout=out, check=False)
    print(f"\n== {name}: {len(entries)} documents in {time.perf_counter() - began:.1f} s", flush=True)
    argv = [part.format(pred=pred) for part in arguments]
    subprocess.run([sys.executable, str(corpus / scorer), *argv, *extra], check=False)


def dedupe(corpus: Path, work: Path, extra: list[str]) -> None:
    gold, pred = corpus / "dedupe/dev.jsonl.gz", work / "dedupe.jsonl"
    blind = work / "dedupe.input.jsonl"
    kept = ("id", "source", "published", "headline", "text")
    blind.write_text(
        "".join(json.dumps({k: row[k] for k in kept}) + "\n" for row in lines(gold)), encoding="utf-8"
    )
    began = time.perf_counter()
    with pred.open("wb") as out:
        subprocess.run([*WIRE, "dedupe", "--batch", str(blind)], stdout=out, check=False)
    print(f"\n== dedupe in {time.perf_counter() - began:.1f} s", flush=True)
    subprocess.run(
        [sys.executable, str(corpus / "score_dedupe.py"), str(gold), str(pred), *extra], check=False
    )


def main() -> int:
    names = [*PARSED, "dedupe"]
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--only", default=",".join(names))
    options.add_argument("--keep", type=Path)
    chosen, extra = options.parse_known_args()
    corpus = chosen.shared / "corpus"
    if not corpus.is_dir():
        print(f"score: no corpus at {corpus}; give --shared", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        work = chosen.keep or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        for name in chosen.only.split(","):
            if name == "dedupe":
                dedupe(corpus, work, extra)
            else:
                scored(name, corpus, work, extra)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
