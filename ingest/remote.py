"""The documents of a server, each taken once: what FTP, SFTP and mailboxes have in common.

A file is taken when two listings, SETTLED seconds apart, tell the same size and time of it, and when as many bytes came as
were told. Its mark (size and time) is stored with its stories, so a run killed at any point takes it again or has it whole;
a file that is replaced under its name is taken anew. Nothing on the server is changed.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Protocol
from urllib.parse import quote

from ingest.dial import failed
from ingest.door import Door
from ingest.guard import Oversize, Refused
from ingest.outcome import Batch, Failed, Fetched, Item, NotModified
from ingest.packing import packed
from ingest.source import Source
from parsers.errors import ParseError
from store.sources import Told

SETTLED = 2.0  # seconds without change after which a file is whole
LARGEST = 64 << 20  # bytes of a file
LISTED = 100_000  # files of a folder
AT_ONCE, BYTES_AT_ONCE = 50, 16 << 20  # files, and bytes, of one transaction
LASTS = 600.0  # seconds after which a visit begins no further file
LISTING, READING = 60.0, 120.0  # seconds that a listing, and a file, may take
STRIKES = 3  # files that break the connection before the visit ends
UNREADABLE = 20  # files that cannot be had before it ends
LATE = 500  # names of such files that are remembered
LONGEST_NAME = 255
UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload", ".writing", ".swp", "~")


class Unreadable(Exception):
    """The server refuses this one file, or it is not as it was listed; the others go on."""


class Denied(Exception):
    """The server refuses us: password, key, folder. `do` is what a person can do."""

    def __init__(self, why: str, do: str) -> None:
        super().__init__(why)
        self.do = do


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as its server lists it."""

    wire: bytes  # its name within the folder, as the server gives it and wants it back
    size: int | None
    changed: str  # time as the server writes it; only compared

    @property
    def name(self) -> str:
        """Its name for people and patterns."""
        try:
            return self.wire.decode()
        except UnicodeDecodeError:
            return self.wire.decode("latin-1")

    @property
    def mark(self) -> str:
        """What is other when the file is."""
        return f"{self.size} {self.changed}"


class Files(Protocol):
    """The folder of one connection. Raises OSError and EOFError where that breaks, Denied, Unreadable."""

    def listed(self) -> Sequence[Entry]: ...

    def read(self, entry: Entry, cap: int) -> bytes: ...


Opening = Callable[[], AbstractContextManager[Files]]


def pull(opening: Opening, base: str, source: Source, told: Told, door: Door) -> Iterator[Batch]:
    """The new files of a folder, oldest first, in batches. base: address of the folder, without a user's name."""
    late = names(told.cursor.get("late"))

    def untaken(listed: Sequence[Entry]) -> list[Entry]:
        pattern = str(source.options.get("pattern", "*"))
        fit = {
            base + quote(entry.wire): entry
            for entry in listed
            if harmless(entry.name) and fnmatchcase(entry.name, pattern)
        }
        taken = door.taken(source.name, list(fit))
        return [entry for address, entry in fit.items() if taken.get(address) != entry.mark]

    def new(files: Files) -> list[Entry]:
        """What is whole and was not taken as it is now."""
        first = untaken(files.listed())
        if not first:
            return []
        _pause(float(source.options.get("settled", SETTLED)), door)
        again = set(files.listed())
        still = [entry for entry in first if entry in again]
        return sorted(still, key=lambda entry: (entry.name in late, entry.changed, entry.wire))

    def kept(done: Sequence[Entry], late: Sequence[str]) -> Kept:
        return Kept(taken={base + quote(entry.wire): entry.mark for entry in done}, cursor={"late": late})

    with Taking(opening, base, source, door, late=late) as taking:
        yield from taking.visit(new, kept)


def _pause(seconds: float, door: Door) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not door.stopped():
        time.sleep(min(0.1, seconds))


def fault_of(error: Exception, source: Source) -> Failed:
    """A connection's fault as an outcome, the source's secrets masked. Raises what is a bug."""
    if isinstance(error, Denied):
        return Failed(why=source.masked(str(error)), kind="refused", do=error.do)
    if isinstance(error, OSError | EOFError | Refused | Oversize):
        fault = failed(error)
        return replace(fault, why=source.masked(fault.why))
    raise error


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How far a server was read, as it is committed with the stories."""

    taken: Mapping[str, str] = field(default_factory=dict)
    cursor: Mapping[str, object] | None = None


@dataclass(slots=True)
class Taking:
    """A visit that takes documents of a server one by one, each once."""

    opening: Opening
    base: str  # what the address of a document begins with
    source: Source
    door: Door
    late: list[str]  # names of what broke off at the last visit: asked for after the others
    ends: float = field(default_factory=lambda: time.monotonic() + LASTS)
    files: Files | None = None  # of the connection that stands
    held: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Taking:
        return self

    def __exit__(self, *_: object) -> None:
        self.held.close()

    def open(self) -> Files:
        """The connection, made if there is none."""
        if self.files is None:
            self.files = self.held.enter_context(self.opening())
        return self.files

    def _drop(self) -> None:
        self.held.close()
        self.files = None

    def visit(
        self, new: Callable[[Files], list[Entry]], kept: Callable[[Sequence[Entry], Sequence[str]], Kept]
    ) -> Iterator[Batch]:
        """All that is new, in batches.

        new: what is to be taken, in order. kept: how far the server is read, of those that are done with in a batch, and of
        the names that are to be asked for again.
        """
        try:
            entries = new(self.open())
        except Exception as error:
            yield Batch(outcome=fault_of(error, self.source), requests=1)
            return
        if not entries:
            yield Batch(outcome=NotModified(), requests=1)
            return
        yield from self._batches(entries, kept)

    def _batches(
        self, new: Sequence[Entry], kept: Callable[[Sequence[Entry], Sequence[str]], Kept]
    ) -> Iterator[Batch]:
        """One that breaks the connection costs a new one; what failed is tried last at the next visit."""
        items: list[Item] = []
        done: list[Entry] = []
        struck: list[str] = []
        fault: Failed | None = None
        breaks, begun, requests = 0, 0, 1

        def late() -> list[str]:
            left = {entry.name for entry in new[begun:]}
            return [*struck, *(name for name in self.late if name in left)][:LATE]

        def batch(*, last: bool) -> Batch:
            how_far = kept(done, late())
            return Batch(
                outcome=fault if last and fault is not None and len(struck) == begun else self._fetched(),
                items=tuple(items), requests=requests, taken=how_far.taken, cursor=how_far.cursor, last=last,
            )  # fmt: skip

        for entry in new:
            if self._over() or breaks == STRIKES or len(struck) == UNREADABLE:
                break
            begun, requests = begun + 1, requests + 1
            try:
                files = self.open()
            except Exception as error:
                fault = fault_of(error, self.source)
                begun -= 1
                break
            try:
                item, settled = self._item(files, entry)
            except Exception as error:
                fault = fault_of(error, self.source)
                item, settled = self._refusal(entry, fault.why), False
                breaks += 1
                self._drop()
            items.append(item)
            if settled:
                done.append(entry)
            else:
                struck.append(entry.name)
            if len(items) == AT_ONCE or sum(i.document.size for i in items if i.document) > BYTES_AT_ONCE:
                yield batch(last=False)
                items, done, requests = [], [], 0
        yield batch(last=True)

    def address(self, entry: Entry) -> str:
        """Where a document stands."""
        return self.base + quote(entry.wire)

    def _fetched(self) -> Fetched:
        return Fetched(body=b"", path=self.base)

    def _refusal(self, entry: Entry, why: str) -> Item:
        return Item(refused=((entry.name, self.source.masked(why)),))

    def _over(self) -> bool:
        return self.door.stopped() or time.monotonic() > self.ends

    def _item(self, files: Files, entry: Entry) -> tuple[Item, bool]:
        """(what is in a file, is that for good?). Raises what breaks the connection."""
        address = self.address(entry)
        if entry.size is not None and entry.size > LARGEST:
            return self._refusal(entry, f"over {LARGEST >> 20} MB"), True
        try:
            body = files.read(entry, LARGEST)
        except Unreadable as error:
            return self._refusal(entry, str(error)), False
        except Oversize as error:
            return self._refusal(entry, str(error)), True
        document = Fetched(body=body, path=address)
        kept = packed(document, self.door.now())
        try:
            read = self.door.read(document, self.source)
        except ParseError as error:
            return Item(document=kept, refused=((entry.name, error.what),)), True
        refused = tuple((skip.item, skip.why) for skip in read.skipped)
        if not read.stories:
            refused = refused or ((entry.name, "no story in it"),)
        return Item(document=kept, stories=read.stories, refused=refused), True


def harmless(name: str) -> bool:
    """Is this the plain name of a finished file? Ways out of the folder, control characters and hidden files are not."""
    return (
        0 < len(name) <= LONGEST_NAME
        and not name.startswith(".")
        and not name.endswith(UNFINISHED)
        and not any(sign in "/\\" or unicodedata.category(sign) == "Cc" for sign in name)
    )


def names(value: object) -> list[str]:
    """The names that a cursor holds."""
    return [str(name) for name in value] if isinstance(value, list) else []
