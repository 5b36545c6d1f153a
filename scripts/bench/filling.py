"""A store with an archive of any size in it, filled in bulk: for measuring what one more story costs.

Every row of every table that a short story has is there, by the tables and indexes of the store, in order of arrival, a week in
one transaction. What is left out is the work: no story was prepared or compared with another, sketches are chance, texts are
drawn from a pool, and no journal is kept. `settle_all` makes one the whole way, to hold the other against: at 100,000 the next
2,000 stories cost the same on both, within 4 %.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from sqlite_utils import Database

from ingest.recall import EPOCH
from ingest.source import Source
from ingest.visit import settle
from parsers.fingerprint import SKETCH
from parsers.story import Story
from store.clusters import WEEK
from store.db import open_store, utc, writing
from store.sources import Configured, enrol
from store.visits import visiting

WIRE = Source(name="wire", url="https://wire.example/feed", agency="IANS")

A_WEEK = 35_000  # stories of an archive's week: ten agencies and their papers
A_VISIT = 200  # stories that come at once
POOL = 2000  # texts that the stories are given by chance
TEXT = 60  # words of a text
CACHE = -4 * 1024 * 1024  # KiB, as SQLite writes it: all pages that are written at random
GATHERED = 1024 * 1024  # bytes of the search index before it writes them: as SQLite has it
FILLING = 32 * 1024 * 1024  # … and while it is filled
MADE = "CREATE TEMP TABLE made (id INTEGER PRIMARY KEY, guid TEXT, url TEXT, headline TEXT, hash TEXT, body TEXT, at TEXT)"
ROWS = (
    "INSERT INTO clusters (id, lead, tellings, first_seen) SELECT id, id, 1, at FROM made",
    "INSERT INTO stories (id, source, guid, url, headline, published, published_said, first_seen, last_seen, version, versions, words, cluster, relation) "
    f"SELECT id, 'wire', guid, url, headline, at, at, at, at, 1, 1, {TEXT}, id, 'lead' FROM made",
    "INSERT INTO versions (story, number, seen, hash, headline, body, form, judged, why) "
    "SELECT id, 1, at, hash, headline, body, '{}', 'new', 'new' FROM made",
    "INSERT INTO aliases (source, alias, story, seen) SELECT 'wire', 'guid:' || guid, id, at FROM made",
    "INSERT INTO aliases (source, alias, story, seen) SELECT 'wire', 'url:' || url, id, at FROM made",
    "INSERT INTO aliases (source, alias, story, seen) SELECT 'wire', 'head:' || headline, id, at FROM made",
    "INSERT INTO events (at, kind, story, version, reason, cluster) SELECT at, 'create', id, 1, 'new', id FROM made",
    "INSERT INTO stories_fts (rowid, headline, body, people, facets) SELECT id, headline, body, '', '' FROM made",
)  # fmt: skip


Filling = Callable[[Path, int, datetime, Sequence[str]], None]


def fill(how: Filling, file: Path, stored: int, *, until: datetime, words: Sequence[str]) -> None:
    """A store with so many short stories of these words, the last week's at `until`; made in a process of its own, so that its
    memory is not the caller's."""
    made = get_context("fork").Process(target=how, args=(file, stored, until, words))
    made.start()
    made.join()
    if made.exitcode:
        raise SystemExit(f"{file} could not be filled")


def _new(file: Path) -> Database:
    db = open_store(file)
    with writing(db):
        enrol(db, [Configured(name="wire", kind="feed", address=WIRE.url or "", agency="IANS")])
    return db


def settle_all(file: Path, stored: int, until: datetime, words: Sequence[str]) -> None:
    """Each story goes the whole way into the store."""
    db, chance = _new(file), random.Random(stored)
    for begun in range(1, stored + 1, A_VISIT):
        at = until - timedelta(days=7 * ((stored - begun) // A_WEEK))
        with visiting(db, "wire", run="bench", started=at, at=at, outcome="fetched", why=None) as visit:
            for number in range(begun, min(begun + A_VISIT, stored + 1)):
                told = Story(
                    guid=f"{chance.getrandbits(64):x}", url=f"https://wire.example/{number}", headline=f"{chance.choice(words)} {number}",
                    body=(" ".join(chance.choices(words, k=TEXT)),), published=at,
                )  # fmt: skip
                settle(db, visit, WIRE, told, document=None, item=0)  # type: ignore[arg-type]  # no archive here
    db.close()


def write_rows(file: Path, stored: int, until: datetime, words: Sequence[str]) -> None:
    """The rows of all stories are written in bulk."""
    _new(file).close()
    chance, hashes = random.Random(stored), np.random.default_rng(stored)
    texts = [" ".join(chance.choices(words, k=TEXT)) for _ in range(POOL)]
    with closing(sqlite3.connect(file, isolation_level=None)) as conn:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "secure_delete=OFF", "temp_store=MEMORY", f"cache_size={CACHE}"):  # fmt: skip
            conn.execute(f"PRAGMA {pragma}")
        conn.execute("INSERT INTO stories_fts (stories_fts, rank) VALUES ('hashsize', ?)", [FILLING])
        conn.execute(MADE)
        for weeks in range((stored - 1) // A_WEEK, -1, -1):
            ids = range(max(1, stored - (weeks + 1) * A_WEEK + 1), stored - weeks * A_WEEK + 1)
            day = until - timedelta(days=7 * weeks)
            conn.execute("BEGIN")
            conn.execute("DELETE FROM made")
            conn.executemany(
                "INSERT INTO made VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        number, f"{chance.getrandbits(64):x}", f"https://wire.example/{number}", f"{chance.choice(words)} {number}",
                        f"{chance.getrandbits(128):032x}", chance.choice(texts), utc(day),
                    )
                    for number in ids
                ),
            )  # fmt: skip
            for statement in ROWS:
                conn.execute(statement)
            _sketch(conn, ids, (day.date().toordinal() - EPOCH) // WEEK, hashes)
            conn.execute("COMMIT")
        conn.execute("INSERT INTO stories_fts (stories_fts, rank) VALUES ('hashsize', ?)", [GATHERED])


def _sketch(conn: sqlite3.Connection, ids: range, week: int, hashes: np.random.Generator) -> None:
    """Sketches by chance of a week's stories, in the order in which they stand in the table."""
    bands = hashes.integers(0, 2**63, size=len(ids) * SKETCH)
    order = np.argsort(bands)
    stories = order // SKETCH + ids.start
    conn.executemany(
        "INSERT INTO bands (week, band, story) VALUES (?, ?, ?)",
        zip([week] * len(order), bands[order].tolist(), stories.tolist(), strict=True),
    )
