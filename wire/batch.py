"""`wire parse`: files to JSON lines, one process or many. Needs `parsers` alone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from parsers import reading
from parsers.dates import read_time
from parsers.errors import ParseError, WireError
from parsers.hints import Hints
from parsers.story import Story, plain

MANY = 64  # documents from which on a process pool pays
LARGEST = 64 << 20  # bytes of a file that is still read


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One line of a manifest: which file, and what is known of it."""

    id: str
    path: str
    hints: Hints
    explain: bool = False


def job(entry: dict[str, Any], *, explain: bool = False) -> Job:
    """A manifest entry as a Job.

    Raises WireError for an entry without id or path, or with a bad date.
    """
    try:
        path = str(entry["path"])
        seen = date.fromisoformat(str(entry["date"])[:10]) if entry.get("date") else None
        told: dict[str, Any] = {
            name: entry.get(name)
            for name in ("url", "media_type", "charset", "source", "country", "timezone")
        }
        return Job(
            id=str(entry["id"]), path=path, hints=Hints(where=path, seen=seen, **told), explain=explain
        )
    except KeyError as error:
        raise WireError(
            f"manifest entry without {error}", where=str(entry)[:80], do="give id and path"
        ) from None
    except ValueError as error:
        raise WireError(f"bad date ({error})", where=str(entry)[:80], do="write it as YYYY-MM-DD") from None


def jobs(manifest: Path, *, explain: bool = False) -> Iterator[Job | dict[str, Any]]:
    """The jobs of a manifest; an unreadable line comes as its error row."""
    with manifest.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            entry: Any = None
            try:
                entry = json.loads(line)
                yield job(entry, explain=explain)
            except (ValueError, WireError, AttributeError, TypeError) as error:
                name = entry.get("id") if isinstance(entry, dict) else None
                yield error_row(
                    str(name or f"line {number}"),
                    str(error),
                    where=f"{manifest}:{number}",
                    do="mend the line",
                )


def error_row(name: str, what: str, *, where: str, do: str) -> dict[str, Any]:
    """The line printed for a file that cannot be read or holds no story."""
    return {"id": name, "index": 0, "error": {"what": what, "where": where, "do": do}}


def rows(task: Job) -> list[dict[str, Any]]:
    """The lines of one file. Never raises for what a document holds."""
    try:
        path = Path(task.path)
        if path.stat().st_size > LARGEST:
            raise ParseError(f"larger than {LARGEST >> 20} MB", where=task.path, do="split it")
        found = reading.read(path.read_bytes(), task.hints)
    except WireError as error:
        return [error_row(task.id, error.what, where=error.where, do=error.do)]
    except OSError as error:
        return [error_row(task.id, error.strerror or str(error), where=task.path, do="check the path")]
    except Exception as error:  # a fault of ours in one document must not cost the others
        what = f"reader failed: {type(error).__name__}: {error}"
        return [error_row(task.id, what, where=task.path, do="report it with the document")]
    if not found.stories and found.feed and found.feed.children:
        listed = (
            Story(
                url=url,
                updated=made.when if (made := read_time(lastmod)) else None,
                published=made.when if made else None,
                kind="sitemap",
            )
            for url, lastmod in found.feed.children
        )
        return [{"id": task.id, "index": index, **plain(story)} for index, story in enumerate(listed)]
    if not found.stories:
        why = found.skipped[0].why if found.skipped else "no story in it"
        return [error_row(task.id, why, where=task.path, do="check the source")]
    return [
        {"id": task.id, "index": index, **plain(story, explain=task.explain)}
        for index, story in enumerate(found.stories)
    ]


def _lines(task: Job | dict[str, Any]) -> tuple[str, bool]:
    found = [task] if isinstance(task, dict) else rows(task)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
    return text, any("error" in row for row in found)


def run(tasks: Iterable[Job | dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    """(JSON lines, did it fail) of each task in order, on all cores where there are many."""
    listed = list(tasks)
    workers = os.cpu_count() or 1
    if len(listed) < MANY or workers == 1:
        yield from map(_lines, listed)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(_lines, listed, chunksize=8)
