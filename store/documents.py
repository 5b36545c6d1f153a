"""Documents: what was fetched, and where it stands in the archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from parsers.url import canonical
from store.archive import Pointer
from store.db import utc
from store.sources import Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A fetched document that stories came from."""

    id: int
    source: str
    url: str | None
    path: str | None
    media_type: str | None
    charset: str | None
    fetched: str
    pointer: Pointer | None
    validators: Validators


COLUMNS = "id, source, url, path, media_type, charset, fetched, file, offset, length, etag, last_modified"


def _document(row: tuple[Any, ...]) -> Document:
    return Document(
        id=row[0],
        source=row[1],
        url=row[2],
        path=row[3],
        media_type=row[4],
        charset=row[5],
        fetched=row[6],
        pointer=Pointer(row[7], row[8], row[9]) if row[7] else None,
        validators=Validators(etag=row[10], last_modified=row[11]),
    )


def pointer_of(db: Database, document: int) -> Pointer | None:
    """Where a document stands; None: not kept."""
    row = db.conn.execute("SELECT file, offset, length FROM documents WHERE id = ?", [document]).fetchone()
    return Pointer(*row) if row and row[0] else None


def out_of_use_in(db: Database, document: int) -> list[int]:
    """Killed and withheld stories that a document tells too, by number."""
    rows = db.conn.execute(
        "SELECT DISTINCT s.id FROM versions v JOIN stories s ON s.id = v.story "
        "WHERE v.document = ? AND s.status <> 'usable' ORDER BY s.id",
        [document],
    )
    return [row[0] for row in rows]


def last_of(db: Database, url: str) -> Document | None:
    """The last fetch of an address, by any source; None: never fetched."""
    row = db.conn.execute(
        f"SELECT {COLUMNS} FROM documents WHERE url = ? ORDER BY id DESC LIMIT 1", [url]
    ).fetchone()
    return _document(row) if row else None


def fresh_page(db: Database, url: str, since: datetime) -> Document | None:
    """The page of an address that any source fetched since a time and that is kept, under whatever tracking; None: there is none."""
    alias, columns = f"url:{canonical(url)}", ", ".join(f"d.{name}" for name in COLUMNS.split(", "))
    fresh = "d.fetched >= ?2 AND d.file IS NOT NULL AND d.url IS NOT NULL ORDER BY d.id DESC LIMIT 3"
    for rows in (
        db.conn.execute(f"SELECT {columns} FROM documents d WHERE d.url = ?1 AND {fresh}", [url, utc(since)]),
        db.conn.execute(
            f"SELECT {columns} FROM sources s CROSS JOIN aliases a ON a.source = s.name AND a.alias = ?1 "
            f"JOIN versions v ON v.story = a.story JOIN documents d ON d.id = v.document WHERE {fresh}",
            [alias, utc(since)],
        ),
    ):
        for row in rows:
            found = _document(row)
            if f"url:{canonical(found.url or '')}" == alias:  # not the feed that told the story
                return found
    return None


def leading(
    db: Database, *, source: str | None = None, after: int = 0
) -> Iterator[tuple[int, Document, int]]:
    """(story, document, item) of each story's leading version that has a kept document, by document; not of killed ones."""
    rows = db.conn.execute(
        f"SELECT s.id, v.item, {', '.join('d.' + c for c in COLUMNS.split(', '))} FROM stories s "
        "JOIN versions v ON v.story = s.id AND v.number = s.version JOIN documents d ON d.id = v.document "
        "WHERE d.file IS NOT NULL AND s.status <> 'canceled' AND d.id > ? AND (?2 IS NULL OR s.source = ?2) ORDER BY d.id, v.item",
        [after, source],
    )
    for row in rows:
        yield row[0], _document(row[2:]), row[1]
