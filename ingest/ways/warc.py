"""An archive of pages and feeds for backfill: one WARC file, or all in a folder (CC-NEWS, another Wiredesk's var/archive).

    [[source]]
    name = "cc-news"
    kind = "warc"
    path = "var/cc-news"      # a file, or a folder with its subfolders: .warc and .warc.gz, in the order of their names
    every = "1d"

Every whole answer with text in it goes through the same parsers as if it came now, with the address and the day of its record.
How far each file is read is stored with the stories, so a run that is killed goes on there; a file that grew is read on, one
that was replaced is read anew. Nothing is asked of the network: what is only a teaser stays one, unless its page is archived too.
Documents without a story are not copied into our own archive: they stand in this one.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ingest.door import Door
from ingest.outcome import Batch, Failed, Fetched, Item, NotModified, content_type
from ingest.packing import packed
from ingest.source import Source
from ingest.warcfile import Document, Piece, Unreadable, document, pieces
from parsers.errors import ParseError
from store.sources import Told

AT_ONCE, BYTES_AT_ONCE = 100, 16 << 20  # documents, and bytes, of one transaction
LASTS = 600.0  # seconds after which a visit ends, to go on with the next
ENDINGS = (".warc", ".warc.gz")
UNREAD = ("image/", "video/", "audio/", "font/", "text/css", "text/javascript", "application/javascript",
          "application/x-javascript", "application/pdf", "application/zip")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Mark:
    """How far a file was read, and which file it was then."""

    offset: int = 0
    size: int = -1  # -1: it is under way
    changed: int = 0

    @classmethod
    def of(cls, text: str | None) -> _Mark:
        return cls(*map(int, text.split())) if text else cls()

    def __str__(self) -> str:
        return f"{self.offset} {self.size} {self.changed}"


def pull(source: Source, told: Told, door: Door) -> Iterator[Batch]:  # noqa: ARG001
    """The records that were not read yet, in batches; the last one is empty."""
    place = Path(source.path or "")
    try:
        files = _files(place)
    except OSError as error:
        why = f"{place}: {error.strerror or error}"
        yield Batch(outcome=Failed(why=why, kind="files", do="mend path, or the file's rights"))
        return
    ends = time.monotonic() + LASTS
    marks = door.taken(source.name, [file.as_uri() for file in files])
    seen = False
    for batch in (
        batch for file in files for batch in _of_file(file, _Mark.of(marks.get(file.as_uri())), source, door)
    ):
        seen = True
        yield batch
        if door.stopped() or time.monotonic() > ends:
            break
    yield Batch(outcome=Fetched(body=b"", path=str(place)) if seen else NotModified())


def _files(place: Path) -> list[Path]:
    """The archive's files. Raises OSError for a place that cannot be read."""
    if place.is_file():
        return [place]
    any(place.iterdir())
    return sorted(file for file in place.rglob("*") if file.name.endswith(ENDINGS) and file.is_file())


def _of_file(file: Path, mark: _Mark, source: Source, door: Door) -> Iterator[Batch]:
    """What of a file was not read yet."""
    try:
        facts = file.stat()
        if mark.size == facts.st_size and mark.changed == facts.st_mtime_ns:
            return
        begin = mark.offset if mark.size < facts.st_size else 0  # it is under way, or it grew
        with file.open("rb") as opened, ThreadPoolExecutor(os.cpu_count() or 1) as threads:
            waiting: list[Document] = []
            refused: list[Item] = []
            whole = begin

            def batch(mark: _Mark) -> Batch:
                items = threads.map(lambda one: _item(one, source, door), waiting)
                found = (*items, *refused)
                outcome = Fetched(body=b"", path=str(file))
                return Batch(outcome=outcome, items=found, taken={file.as_uri(): str(mark)}, last=False)

            for piece in pieces(opened, begin):
                try:
                    if (one := _document(piece)) is not None:
                        waiting.append(one)
                except Unreadable as error:
                    refused.append(_told(file, piece.start, str(error)))
                if piece.tail:
                    break
                whole = piece.end
                if len(waiting) >= AT_ONCE or sum(len(one.body) for one in waiting) > BYTES_AT_ONCE:
                    yield batch(_Mark(whole))
                    waiting.clear()
                    refused.clear()
            yield batch(_Mark(whole, facts.st_size, facts.st_mtime_ns))
    except (OSError, Unreadable) as error:
        why = error.strerror or str(error) if isinstance(error, OSError) else str(error)
        yield Batch(outcome=Fetched(body=b"", path=str(file)), items=(_told(file, 0, why),), last=False)


def _document(piece: Piece) -> Document | None:
    """The document of a piece, where it is one that may hold a story. Raises Unreadable for what cannot be read."""
    if piece.data is None:
        raise Unreadable(piece.why or "cannot be read")
    found = document(piece.data)
    if found is None or found.status not in (0, 200) or not found.body:
        return None
    scheme = found.address.partition(":")[0].lower()
    if scheme in ("dns", "urn", "metadata", "") or (found.media_type or "").lower().startswith(UNREAD):
        return None
    return found


def _told(file: Path, offset: int, why: str) -> Item:
    reason = f"{file.name}, byte {offset}: {why}"
    return Item(refused=((reason, reason),))


def _item(one: Document, source: Source, door: Door) -> Item:
    """What is in a document. One without a story is told, and not kept."""
    media_type, charset = content_type(one.media_type or "")
    web = one.status != 0
    fetched = Fetched(
        body=one.body, url=one.address if web else None, path=None if web else one.address, at=one.at,
        status=one.status, media_type=media_type, charset=charset, headers=one.headers,
    )  # fmt: skip
    try:
        read = door.read(fetched, source)
    except ParseError as error:
        return Item(refused=((one.address, error.what),))
    refused = tuple((skip.item, skip.why) for skip in read.skipped)
    if not read.stories:
        return Item(refused=refused or ((one.address, "no story in it"),))
    return Item(
        document=packed(fetched, door.now()),
        stories=read.stories,
        refused=refused,
        rules=read.extra.get("rules"),
    )
