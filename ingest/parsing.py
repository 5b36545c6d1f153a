"""Parsing for a run: in the caller's thread while there is little, in a process pool when there is enough.

A document that keeps a worker longer than LONGEST is refused and the worker killed: some inputs are quadratic
inside C, where no thread timeout reaches.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from concurrent.futures.process import BrokenProcessPool

from ingest.outcome import Fetched
from ingest.shelf import shelved
from ingest.source import Source
from parsers import reading
from parsers.errors import ParseError
from parsers.hints import Hints, Reading

FEW = 24  # documents of a run that are parsed without a pool
LARGE = 1 << 18  # bytes from which a document goes to the pool at once
LONGEST = 60.0  # seconds a document may take
BACKLOG = 2  # documents for each process of the pool, more than which are more than it can read for now
LATELY = 1.0  # seconds for which it is behind after that: between two looks the queue may just be short


def hints_of(document: Fetched, source: Source, furniture: frozenset[str] = frozenset()) -> Hints:
    """What is known of a document beside its bytes. furniture: digests of the paragraphs that its host prints under all stories."""
    return Hints(
        where=document.url or document.path or source.name,
        url=document.url,
        seen=document.at.date() if document.at else None,
        media_type=document.media_type,
        charset=document.charset,
        source=source.name,
        agency=source.agency,
        country=source.country,
        language=source.language,
        timezone=source.timezone,
        furniture=furniture,
    )


def _timed(body: bytes, hints: Hints) -> tuple[Reading, float]:
    """In a worker: the reading, and the CPU seconds that it took."""
    begun = time.process_time()
    found = shelved(reading.read(body, hints))
    return found, time.process_time() - begun


def _end_with_the_run() -> None:
    """In a worker: end when the run does, also when that is killed. Its own end of the pool's pipes would keep it waiting."""
    run = multiprocessing.parent_process()
    assert run is not None

    def watch() -> None:
        run.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


class Parser:
    """Shared by the threads of a run. Close it at the end."""

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers if workers is not None else (os.cpu_count() or 1)
        self._seen = self._waiting = 0
        self._full = -LATELY  # when too many waited last, monotonic
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()
        self._here = (
            threading.Lock()
        )  # one document at a time outside the pool: else each thread reads the gazetteer for itself
        self.cpu = 0.0  # seconds spent parsing, in all processes

    def read(self, document: Fetched, source: Source, furniture: frozenset[str] = frozenset()) -> Reading:
        """The stories of a document. Raises ParseError, also for a fault of the reader's own."""
        hints = hints_of(document, source, furniture)
        with self._lock:
            self._seen += 1
            self._waiting += 1
            if self._waiting > BACKLOG * self._workers:
                self._full = time.monotonic()
            pooled = self._workers > 1 and (self._seen > FEW or len(document.body) > LARGE)
        try:
            if pooled:
                return self._pooled(document.body, hints)
            with self._here:
                begun = time.thread_time()
                found = shelved(reading.read(document.body, hints))
                self._spend(time.thread_time() - begun)
            return found
        except ParseError:
            raise
        except Exception as error:  # a bug in one reader must not cost the other documents
            what = f"reader failed: {type(error).__name__}: {error}"
            raise ParseError(what, where=hints.where, do="report it with the document") from error
        finally:
            with self._lock:
                self._waiting -= 1

    def behind(self) -> bool:
        """Did more documents wait just now than are read soon?"""
        return time.monotonic() - self._full < LATELY

    def _pooled(self, body: bytes, hints: Hints) -> Reading:
        for again in (True, False):
            pool = self._ready()
            try:
                found, spent = pool.submit(_timed, body, hints).result(timeout=LONGEST)
                self._spend(spent)
                return found
            except TooLong:
                self._kill(pool)
                raise ParseError(
                    f"took over {LONGEST:.0f} s", where=hints.where, do="report it with the document"
                ) from None
            except (BrokenProcessPool, RuntimeError):
                self._kill(pool)
                if not again:
                    raise
        raise AssertionError("unreachable")

    def _spend(self, seconds: float) -> None:
        with self._lock:
            self.cpu += seconds

    def _ready(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                context = multiprocessing.get_context("forkserver")
                context.set_forkserver_preload(["parsers.reading", "parsers.lead"])
                self._pool = ProcessPoolExecutor(
                    self._workers, mp_context=context, initializer=_end_with_the_run
                )
            return self._pool

    def _kill(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
        for process in list((getattr(pool, "_processes", None) or {}).values()):
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End the workers."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
