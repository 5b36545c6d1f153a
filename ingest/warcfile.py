"""The records of a WARC file (ISO 28500), plain or gzipped record by record, from any offset on; what is damaged is passed by.

The file is cut into records here, so that offsets are exact, a record that unpacks without end costs no memory, and a
damaged place costs no more than the records it touches: the next one that can be read is looked for. warcio reads the record.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator

LARGEST = 64 << 20  # bytes of a record, unpacked
CHUNK = 1 << 16
GZIP = b"\x1f\x8b\x08"
VERSION = b"WARC/1."
LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,15})[ \t]*\r?$")
END = re.compile(rb"\r?\n\r?\n")
DOCUMENTS = ("response", "resource")


class Unreadable(Exception):
    """What is no WARC file, or no record that can be read."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the file: a whole record, or (data None) one that cannot be read, and why."""

    start: int
    end: int  # where the next one begins
    data: bytes | None
    why: str | None = None
    tail: bool = False  # the file breaks off in it: it may be whole later


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a response or resource record holds, decoded."""

    address: str
    at: datetime
    body: bytes
    status: int  # 0: a resource, not an HTTP answer
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str | None = None


def pieces(file: BinaryIO, start: int = 0) -> Iterator[Piece]:
    """All from an offset on. Raises OSError; Unreadable for what is no WARC file."""
    head = file.read(len(VERSION)) if file.seek(0) == 0 else b""
    if not head:
        return
    if not head.startswith((GZIP, VERSION)):
        raise Unreadable("no WARC file")
    cut = _member if head.startswith(GZIP) else _plain
    size = file.seek(0, io.SEEK_END)
    while start < size:
        piece = cut(file, start, size)
        if piece.data is None and not piece.tail and piece.end == start:
            end = _next(file, start + 1, size, GZIP if cut is _member else VERSION)
            piece = Piece(start, end, None, piece.why)
        yield piece
        start = piece.end


def _member(file: BinaryIO, start: int, size: int) -> Piece:
    """The record of one gzip member; its end is `start` where it cannot be told."""
    file.seek(start)
    unpack, made, length = zlib.decompressobj(31), bytearray(), 0
    while not unpack.eof:
        chunk = unpack.unconsumed_tail or file.read(CHUNK)
        try:
            part = unpack.decompress(chunk, CHUNK)
        except zlib.error:
            return Piece(start, start, None, "is damaged")
        if not chunk and not part and not unpack.eof:
            if _next(file, start + 1, size, GZIP) < size:  # a damaged member that ran into the next ones
                return Piece(start, start, None, "is damaged")
            return Piece(start, size, None, "breaks off", tail=True)
        length += len(part)
        if length <= LARGEST:
            made += part
    end = file.tell() - len(unpack.unused_data)
    if length > LARGEST:
        return Piece(start, end, None, f"is over {LARGEST >> 20} MB")
    return Piece(start, end, bytes(made))


def _plain(file: BinaryIO, start: int, size: int) -> Piece:
    """The record that begins at an offset, by its own word of its length."""
    file.seek(start)
    head = file.read(CHUNK)
    ended = END.search(head)
    told = LENGTH.search(head, 0, ended.start() + 1) if ended else None
    if not head.startswith(VERSION) or ended is None or told is None:
        return Piece(start, start, None, "is damaged")
    end = start + ended.end() + int(told[1])
    if end > size:
        return Piece(start, size, None, "breaks off", tail=True)
    after = _past_lines(file, end)
    if end - start > LARGEST:
        return Piece(start, after, None, f"is over {LARGEST >> 20} MB")
    file.seek(start)
    return Piece(start, after, file.read(end - start))


def _past_lines(file: BinaryIO, end: int) -> int:
    """Behind the empty lines that end a record."""
    file.seek(end)
    after = file.read(8)
    return end + len(after) - len(after.lstrip(b"\r\n"))


def _next(file: BinaryIO, start: int, size: int, sign: bytes) -> int:
    """Where the next record begins that can be read, or else the end of the file."""
    while start < size:
        file.seek(start)
        chunk = file.read(1 << 20)
        at = chunk.find(sign)
        if at < 0:
            start += max(len(chunk) - len(sign) + 1, 1)
            continue
        start += at
        if sign == VERSION or _begins(file, start):
            return start
        start += 1
    return size


def _begins(file: BinaryIO, start: int) -> bool:
    file.seek(start)
    try:
        return zlib.decompressobj(31).decompress(file.read(CHUNK), len(VERSION)) == VERSION
    except zlib.error:
        return False


def document(data: bytes) -> Document | None:
    """The document of a whole record; None where it holds none. Raises Unreadable for one that cannot be read."""
    try:
        found = next(iter(ArchiveIterator(io.BytesIO(data))))
        if found.rec_type not in DOCUMENTS:
            return None
        http, told = found.http_headers, found.rec_headers
        body = found.content_stream().read(LARGEST + 1)
        address = (told.get_header("WARC-Target-URI") or "").strip("<> ")
        at = _time(told.get_header("WARC-Date") or "")
        status = int(http.get_statuscode()) if http else 0
    except Exception as error:  # warcio names no class for what it cannot read
        raise Unreadable(f"cannot be read ({error or type(error).__name__})") from error
    if len(body) > LARGEST:
        raise Unreadable(f"is over {LARGEST >> 20} MB")
    return Document(
        address=address, at=at, body=body, status=status, headers=tuple(http.headers) if http else (),
        media_type=http.get_header("content-type") if http else found.content_type,
    )  # fmt: skip


def _time(text: str) -> datetime:
    """A WARC-Date: UTC, of any precision from the year on (WARC 1.1). Raises ValueError."""
    if found := re.fullmatch(r"(\d{4})(?:-(\d\d))?", text):
        return datetime(int(found[1]), int(found[2] or 1), 1, tzinfo=UTC)
    told = datetime.fromisoformat(text)
    return told if told.tzinfo else told.replace(tzinfo=UTC)
