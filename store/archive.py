"""The raw archive: every fetched document in WARC files, to which the store points by file and offset.

Files are named by day and number and rotated by size. A record is appended before the transaction that points at it:
a crash between the two leaves a record that nothing points at, which is harmless. Beside each file stands its good
length (`.end`); what a killed run half-wrote after it is cut off by the next one. Two runs take turns by a lock on the file.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import BufferWARCWriter

from store.db import utc
from store.errors import StoreError
from store.sources import Validators

PACKED = 5  # zlib's level: of pages of papers, half the time of the highest for 2 % more bytes
LARGEST = 256 << 20  # bytes of an archive file from which the next one is begun


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A document as it came: for the archive, and out of it."""

    body: bytes
    address: str  # URL, or file: URL of a file
    at: datetime
    status: int = 200  # 0: a file, not an HTTP answer
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A document ready for the archive, of which no more is held than its record, and what the store says of it."""

    record: bytes  # of record()
    size: int  # bytes of the document
    digest: str  # hex, of the document
    address: str  # as of Raw, and so are the next three
    at: datetime
    status: int
    media_type: str | None
    charset: str | None
    validators: Validators

    @property
    def url(self) -> str | None:
        """None: a file."""
        return self.address if self.status else None


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a record stands."""

    file: str  # name within the archive's folder
    offset: int
    length: int


def record(raw: Raw) -> bytes:
    """One gzipped WARC record: `response` for an HTTP answer, `resource` for a file.

    Bodies are kept decoded, so the headers that told of their coding and length are left out.
    """
    writer = BufferWARCWriter(gzip=False)
    if raw.status:
        gone = {"content-encoding", "transfer-encoding", "content-length", "set-cookie"}
        kept = [(name, value) for name, value in raw.headers if name.lower() not in gone]
        kept.append(("Content-Length", str(len(raw.body))))
        http = StatusAndHeaders(f"{raw.status} OK", kept, protocol="HTTP/1.1")
        made = writer.create_warc_record(
            raw.address, "response", payload=io.BytesIO(raw.body), http_headers=http,
            warc_headers_dict={"WARC-Date": utc(raw.at)},
        )  # fmt: skip
    else:
        made = writer.create_warc_record(
            raw.address, "resource", payload=io.BytesIO(raw.body),
            warc_content_type=raw.media_type or "application/octet-stream",
            warc_headers_dict={"WARC-Date": utc(raw.at)},
        )  # fmt: skip
    writer.write_record(made)
    return zlib.compress(writer.get_contents(), PACKED, wbits=31)


def pack(raw: Raw, *, charset: str | None = None, validators: Validators | None = None) -> Packed:
    """The document compressed, its charset and validators told with it."""
    return Packed(
        record=record(raw), size=len(raw.body), digest=hashlib.blake2b(raw.body, digest_size=16).hexdigest(),
        address=raw.address, at=raw.at, status=raw.status, media_type=raw.media_type,
        charset=charset, validators=validators or Validators(),
    )  # fmt: skip


class Archive:
    """The archive in one folder."""

    def __init__(self, folder: Path, *, largest: int = LARGEST) -> None:
        self.folder = folder
        self.largest = largest

    def append(self, records: Sequence[bytes], *, day: datetime) -> list[Pointer]:
        """Write what `record` made of documents; returns where they stand, in order. On disk when it returns.

        Raises StoreError for a full disk or a folder that cannot be written.
        """
        if not records:
            return []
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._file(day) as (name, handle, end):
                pointers = []
                for data in records:
                    pointers.append(Pointer(name, end, len(data)))
                    end += len(data)
                handle.write(b"".join(records))
                handle.flush()
                os.fsync(handle.fileno())
                _write_end(self.folder / f"{name}.end", end)
        except OSError as error:
            do = "free disk space or make the folder writable; nothing was half-stored"
            raise StoreError(error.strerror or str(error), where=str(self.folder), do=do) from error
        return pointers

    @contextmanager
    def _file(self, day: datetime) -> Iterator[tuple[str, io.BufferedRandom, int]]:
        """The file to append to, locked and cut to its good length: (name, handle at its end, end)."""
        stem = f"wire-{(utc(day) or '')[:10].replace('-', '')}"
        number = max((int(path.name[14:18]) for path in self.folder.glob(f"{stem}-????.warc.gz")), default=1)
        while True:
            name = f"{stem}-{number:04d}.warc.gz"
            with (self.folder / name).open("a+b") as handle:
                fcntl.flock(handle, fcntl.LOCK_EX)
                size = os.fstat(handle.fileno()).st_size
                end = _read_end(self.folder / f"{name}.end")
                if size > end:
                    handle.truncate(end)
                if end >= self.largest:
                    number += 1
                    continue
                handle.seek(end)
                yield name, handle, end
                return

    def read(self, pointer: Pointer) -> Raw:
        """The document of a pointer. Raises StoreError where it is not there any more."""
        path = self.folder / pointer.file
        try:
            with path.open("rb") as handle:
                handle.seek(pointer.offset)
                data = handle.read(pointer.length)
            found = next(iter(ArchiveIterator(io.BytesIO(data))))
            http = found.http_headers
            return Raw(
                body=found.content_stream().read(),
                address=found.rec_headers.get_header("WARC-Target-URI"),
                at=datetime.fromisoformat(found.rec_headers.get_header("WARC-Date").replace("Z", "+00:00")),
                status=int(http.get_statuscode()) if http else 0,
                headers=tuple(http.headers) if http else (),
                media_type=http.get_header("content-type") if http else found.content_type,
            )
        except (OSError, StopIteration) as error:
            raise StoreError(
                "raw document is not there", where=str(path), do="restore the archive folder"
            ) from error
        except Exception as error:
            raise StoreError(
                f"raw document is damaged ({error})", where=str(path), do="restore the archive"
            ) from error


def _read_end(path: Path) -> int:
    try:
        return int(path.read_text())
    except (FileNotFoundError, ValueError):
        return 0


def _write_end(path: Path, end: int) -> None:
    """Written in place, in one write of fixed width: a kill leaves the old length or the new one."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
    try:
        os.pwrite(handle, f"{end:020d}".encode(), 0)
    finally:
        os.close(handle)
