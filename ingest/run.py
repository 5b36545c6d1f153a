"""One pass over the sources that are due: threads fetch, a process pool parses, this thread alone writes."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

from sqlite_utils import Database

from ingest import schedule
from ingest.door import Door, Fetch, Way
from ingest.once import FRESH, Once
from ingest.outcome import Batch, Failed, Fetched, content_type
from ingest.parsing import Parser
from ingest.plan import Line, Plan, Report
from ingest.queues import Queues
from ingest.readers import Readers
from ingest.recheck import chosen, recheck
from ingest.secrets import concealed
from ingest.source import Source
from ingest.visit import Stored, store_batch
from parsers.errors import WireError
from parsers.hints import Reading
from parsers.url import canonical, host
from store import documents, events, furniture, pages, sources, stories, taken
from store.archive import Archive
from store.db import open_store, writing
from store.errors import StoreError
from store.sources import HostTold, Told

FIRST = datetime.min.replace(tzinfo=UTC)  # the due time of what was never visited
log = logging.getLogger("wire.run")
WAITING = 8  # batches that may wait for the writer: what bounds memory
CACHE = -4096  # KiB of pages that the writer keeps: four times as many saved it 7 % of its CPU a story, and grew with the first 2,000
ARENA_MAX, MMAP_THRESHOLD = -8, -3  # M_ARENA_MAX and M_MMAP_THRESHOLD of malloc.h
PAGE = 64 << 10  # bytes from which what is freed goes back to the system at once: fewer than most pages have
NAP = 0.5  # seconds between looks at whether slow visits leave others room


Lock = Callable[[str], AbstractContextManager[bool]]


@dataclass(slots=True)
class _Work:
    """A batch on its way to the writer, and the answer on its way back."""

    source: Source
    told: Told
    batch: Batch
    started: datetime
    stored: Stored | None = None
    error: WireError | None = None
    answered: threading.Event = field(default_factory=threading.Event)


def _share_heaps() -> None:
    """Let threads share the heaps of the C library (glibc): one for each keeps what was freed in it (268 MB for 200 over 6,000 pages).

    Documents stay out of them: between what lives longer, their room is left in pieces.
    """
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(ARENA_MAX, 2)
        library.mallopt(MMAP_THRESHOLD, PAGE)


class Run:
    """A pass under way; `Run(...).go()` gives the report."""

    def __init__(
        self,
        plan: Plan,
        *,
        lock: Lock,
        fetch: Fetch,
        hosts: Callable[[], list[HostTold]] = list,
        progress: Callable[[Line], None] = lambda _: None,
        begin: Callable[[int], None] = lambda _: None,
        stop: threading.Event | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.plan, self.lock, self.hosts, self.progress, self.begin, self.now = (
            plan,
            lock,
            hosts,
            progress,
            begin,
            now,
        )
        self.stop = stop or threading.Event()
        self.ends = float("inf")  # when the time is up, monotonic
        self.parser = Parser()
        self.archive = Archive(plan.archive)
        self.works: queue.Queue[_Work | Line | None] = queue.Queue(WAITING)  # None: a worker has ended
        self.report = Report(run=plan.run)
        self.readers = Readers(plan.store)
        self.door = Door(
            settings=plan.settings,
            fetch=fetch,
            page=Once(fetch, self._page).page,
            read=self._read,
            unknown=self._unknown,
            taken=self._taken,
            now=now,
            stopped=self._over,
        )

    def _over(self) -> bool:
        """Is nothing more to be begun?"""
        return self.stop.is_set() or time.monotonic() >= self.ends

    def _read(self, document: Fetched, source: Source) -> Reading:
        return self.parser.read(document, source, self._furniture(host(document.url)))

    def _furniture(self, site: str | None) -> frozenset[str]:
        if site is None:
            return frozenset()
        with self.readers.lent() as db:
            return furniture.known(db, site)

    def _page(self, url: str) -> Fetched | None:
        """A page that another source has just brought, out of the archive."""
        with self.readers.lent() as db:
            found = documents.fresh_page(db, url, self.now() - FRESH)
        if found is None or found.pointer is None:
            return None
        try:
            raw = self.archive.read(found.pointer)
        except StoreError:
            return None  # it is not there any more: it is asked for
        return Fetched(
            body=raw.body, url=found.url, status=raw.status, media_type=content_type(found.media_type or "")[0],
            charset=found.charset, headers=raw.headers, validators=found.validators,
        )  # fmt: skip

    def _unknown(self, source: str, addresses: Sequence[str]) -> set[str]:
        named = {f"url:{canonical(address)}": address for address in addresses}
        with self.readers.lent() as db:
            known = stories.by_alias(db, source, list(named))
        return {named[alias] for alias in named.keys() - known.keys()}

    def _taken(self, source: str, places: Sequence[str]) -> Mapping[str, str]:
        with self.readers.lent() as db:
            return taken.marks(db, source, places)

    def go(self) -> Report:
        """Visit what is due. Raises StoreError only where the store cannot be opened."""
        _share_heaps()
        db = open_store(self.plan.store)
        db.conn.execute(f"PRAGMA cache_size={CACHE}")
        try:
            due = self._prepare(db)
            self.begin(len(due))
            self.queues = Queues(due, at_once=self.plan.settings.at_once, behind=self.parser.behind)
            if self.plan.budget is not None:
                self.ends = time.monotonic() + self.plan.budget.total_seconds()
            self._write(db)
            self.report.left = self.queues.left()
            self.report.parsing = self.parser.cpu
        finally:
            self.parser.close()
            self.readers.close()
            db.conn.close()
        return self.report

    def _prepare(self, db: Database) -> list[Source]:
        """Enrol the sources, release what is due, and say which to visit, the most overdue first."""
        with writing(db):
            sources.enrol(
                db,
                [
                    sources.Configured(
                        name=s.name, kind=s.kind, address=s.address, label=s.label or "", agency=s.agency
                    )
                    for s in self.plan.sources
                ],
            )
            self.report.released = events.release_due(db, self.now())
        told = sources.all_told(db)
        chosen = [s for s in self.plan.sources if not self.plan.names or s.name in self.plan.names]
        chosen = [s for s in chosen if self._is_due(s, told[s.name])]
        return sorted(chosen, key=lambda s: (told[s.name].due or FIRST, s.name))

    def _is_due(self, source: Source, told: Told) -> bool:
        if told.failures and told.notes.get("set", source.mark) != source.mark:
            return True  # its entry was mended since
        if told.error_kind == "gone" and self.plan.everything and told.due and told.due > self.now():
            return False  # a 410 holds: it is asked weekly, or by name
        asked_for = self.plan.everything or bool(self.plan.names)
        return asked_for or schedule.is_due(told, self.now())

    def _work(self) -> None:
        """A worker; that it has ended is told to the writer, whatever became of it."""
        try:
            self._take()
        finally:
            self.works.put(None)

    def _take(self) -> None:
        """One source after another, each from a host that no other worker is at, until none is free or the time is up."""
        while not self._over():
            taken = self.queues.take()
            if taken is None:
                return
            host, source = taken
            begun = time.monotonic()
            line = Line(source=source.name)
            try:
                with self.lock(source.name) as free:
                    if free:
                        self._visit(source, line)
                    else:
                        line.why = "another run is at it"
            except Exception as error:
                log.exception("visit of %s failed", source.name)
                line.outcome, line.why = "failed", f"{type(error).__name__}: {error}"
                line.action = "report it with the log"
            finally:
                self.queues.back(host)
            line.seconds = time.monotonic() - begun
            self.works.put(line)

    def _visit(self, source: Source, line: Line) -> None:
        """All batches of one source, each committed before the next is asked for."""
        with self.readers.lent() as db:
            told = sources.told(db, source.name)
        if not self._is_due(source, told):
            line.why = "another run has just visited it"
            return
        started = self.now()
        try:
            way = cast(Way, importlib.import_module(f"ingest.ways.{source.kind}").pull)
            for batch in way(source, told, concealed(self.door, source)):
                told, last = self._hand_over(source, told, batch, started, line), batch.last
                del batch  # its documents are not held while the next are fetched
                if self._over() and not last:
                    return  # the rest is due as before
            with self.readers.lent() as db:
                due = chosen(source, told, pages.due(db, source.name, now=self.now()))
            if (found := recheck(source, due, self.door)) is not None:
                self._hand_over(source, told, found, started, line)
        except StoreError as error:
            line.outcome, line.why, line.action = "failed", error.what, error.do
        except Exception as error:
            log.exception("visit of %s failed", source.name)
            why = source.masked(f"{type(error).__name__}: {error}")
            batch = Batch(outcome=Failed(why=why, kind="bug", do="report it with the log"))
            self._hand_over(source, told, batch, started, line)

    def _hand_over(self, source: Source, told: Told, batch: Batch, started: datetime, line: Line) -> Told:
        """Give a batch to the writer and wait for its answer. Raises StoreError."""
        work = _Work(source, told, batch, started)
        self.works.put(work)
        work.answered.wait()
        if batch.done is not None:
            batch.done(work.stored is not None)
        if work.stored is None:
            raise work.error or StoreError("the run was ended", where=source.name, do="run again")
        if batch.last or line.outcome == "skipped":
            line.outcome, line.why = work.stored.outcome, work.stored.why
        line.tally.add(work.stored.tally)
        line.action = work.stored.told.action
        return work.stored.told

    def _write(self, db: Database) -> None:
        """The one writer: store batches and tell of visits until no worker is left, and none is wanted."""
        workers = 0
        while True:
            if not self._over():
                for _ in range(self.queues.wanting(workers)):
                    threading.Thread(target=self._work, daemon=True).start()
                    workers += 1
            if not workers:
                return
            try:
                told = self.works.get(timeout=NAP)
            except queue.Empty:
                continue
            match told:
                case None:
                    workers -= 1
                case Line() as line:
                    self.report.lines.append(line)
                    self.progress(line)
                case _Work() as work:
                    self._store(db, work)

    def _store(self, db: Database, work: _Work) -> None:
        begun = time.thread_time()
        try:
            work.stored = store_batch(
                db, self.archive, work.source, work.told, work.batch,
                run=self.plan.run, started=work.started, now=self.now(), hosts=self.hosts(),
            )  # fmt: skip
        except WireError as error:
            work.error = error
            self.report.fault = str(error)
        except Exception as error:  # a bug in deciding: this batch is not stored, the run goes on
            log.exception("storing %s failed", work.source.name)
            what = f"{type(error).__name__}: {error}"
            work.error = StoreError(what, where=work.source.name, do="report it with the log")
        finally:
            self.report.storing += time.thread_time() - begun
            work.answered.set()
