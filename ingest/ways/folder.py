"""A drop folder: each complete file is read, stored, and moved to done/ or, with the reason beside it, to failed/.

A file is taken when its size and time stand still for SETTLED seconds and its name is not that of a transfer under way.
It is moved only after its stories are committed; a run killed between the two reads it again and finds nothing new.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from ingest.door import Door
from ingest.outcome import Batch, Failed, Fetched, Item, NotModified
from ingest.packing import packed
from ingest.source import Source
from parsers.errors import ParseError
from store.sources import Told

SETTLED = 2.0  # seconds without change after which a file is whole
LARGEST = 64 << 20  # bytes
AT_ONCE = 50  # files of one transaction
UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload", ".writing", ".swp", "~")
ASIDE = ("done", "failed")


def pull(source: Source, told: Told, door: Door) -> Iterator[Batch]:  # noqa: ARG001
    """The files of the folder, oldest first, in batches of AT_ONCE."""
    folder = Path(source.path or "")
    try:
        files = waiting(folder, now=time.time(), settled=float(source.options.get("settled", SETTLED)))
    except OSError as error:
        why = f"{folder}: {error.strerror or error}"
        yield Batch(outcome=Failed(why=why, kind="files", do="make the folder, or mend its rights"))
        return
    if not files:
        yield Batch(outcome=NotModified())
        return
    for start in range(0, len(files), AT_ONCE):
        if door.stopped():
            return
        stuck: list[str] = []
        some = files[start : start + AT_ONCE]
        yield _batch(folder, some, source, door, stuck, last=start + AT_ONCE >= len(files))
        if stuck:
            do = (
                "mend the rights of the folder and of done and failed in it: its files are read at each visit"
            )
            yield Batch(outcome=Failed(why=stuck[0], kind="files", do=do))
            return


def waiting(folder: Path, *, now: float, settled: float = SETTLED) -> list[Path]:
    """Files that are whole, oldest first. Raises OSError for a folder that cannot be read."""
    found = []
    for path in folder.iterdir():
        if (
            path.name.startswith(".")
            or path.name.endswith(UNFINISHED)
            or path.name in ASIDE
            or not path.is_file()
        ):
            continue
        with contextlib.suppress(FileNotFoundError):
            facts = path.stat()
            if not 0 <= now - facts.st_mtime < settled:  # a time in the future counts as long ago
                found.append((facts.st_mtime, path))
    return [path for _, path in sorted(found)]


def _batch(
    folder: Path, files: list[Path], source: Source, door: Door, stuck: list[str], *, last: bool
) -> Batch:
    """stuck: takes the reason why files could not be moved, once they are stored."""
    items: list[Item] = []
    ends: dict[Path, str | None] = {}  # file → why it failed; None: done
    for path in files:
        item, ends[path] = _item(path, source, door)
        items.append(item)

    def done(stored: bool) -> None:
        """After the commit alone: what was not stored stays where it is."""
        try:
            for path, why in ends.items() if stored else ():
                _aside(folder, path, why)
        except OSError as error:
            stuck.append(f"{error.filename2 or error.filename or folder}: {error.strerror or error}")

    return Batch(outcome=Fetched(body=b"", path=str(folder)), items=tuple(items), last=last, done=done)


def _item(path: Path, source: Source, door: Door) -> tuple[Item, str | None]:
    try:
        if path.stat().st_size > LARGEST:
            return Item(refused=((path.name, "too large"),)), f"larger than {LARGEST >> 20} MB"
        document = Fetched(body=path.read_bytes(), path=str(path.absolute()))
        kept = packed(document, door.now())
        read = door.read(document, source)
    except ParseError as error:
        return Item(document=kept, refused=((path.name, error.what),)), f"{error.what}; {error.do}"
    except OSError as error:
        return Item(refused=((path.name, error.strerror or str(error)),)), str(error)
    refused = tuple((skip.item, skip.why) for skip in read.skipped)
    if not read.stories:
        return Item(document=kept, refused=refused or ((path.name, "no story in it"),)), "no story in it"
    return Item(document=kept, stories=read.stories, refused=refused), None


def _aside(folder: Path, path: Path, why: str | None) -> None:
    """Move a file to done/ or failed/, under a free name; the reason stands beside a failed one."""
    target = folder / ("failed" if why else "done")
    target.mkdir(exist_ok=True)
    free, number = target / path.name, 1
    while free.exists():
        number += 1
        free = target / f"{path.stem}-{number}{path.suffix}"
    with contextlib.suppress(FileNotFoundError):
        path.rename(free)
        if why:
            free.with_name(free.name + ".why.txt").write_text(why + "\n", encoding="utf-8")
