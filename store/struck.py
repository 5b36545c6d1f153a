"""What is left of a killed story: its record, and hashes of its words, by which copies of it are still known. Its text goes."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from sqlite_utils import Database

from parsers.fingerprint import Print, fingerprint, remade
from parsers.story import Story
from store.stories import optimized, packed, unpacked

SMALL = 50_000  # stories of which the index is merged in less than a second (0.13 s for 10,000)
PATIENCE = 200  # milliseconds that the emptying of the write-ahead log waits for readers


def record(story: Story) -> Story:
    """A story without its text: what may still be told of one that may not be used."""
    return replace(story, body=(), body_html=None, subheadline=None, kickers=(), media=(), removed=())


def strike(db: Database, story: int) -> None:
    """Take the text of all versions of a killed story out of the store; a notice that was told as a story of its own stays.

    Runs in the transaction of the kill. What was changed between versions goes with them: it quotes them.
    """
    rows = db.conn.execute(
        "SELECT v.number, s.source, v.headline, v.body, v.form, v.number = s.version FROM versions v "
        "JOIN stories s ON s.id = v.story WHERE v.story = ? AND (v.number > 1 OR v.judged <> 'kill')",
        [story],
    ).fetchall()
    for number, source, headline, body, form, leads in rows:
        told = unpacked(source, headline, body, form)
        if leads and told.body:
            made = fingerprint(told.headline, told.body)
            db.conn.execute(
                "INSERT OR REPLACE INTO prints (story, codes, marked) VALUES (?, ?, ?)",
                [story, made.codes.astype("<u8").tobytes(), int(made.marked)],
            )
        db.conn.execute(
            "UPDATE versions SET body = ?, form = ?, change = NULL WHERE story = ? AND number = ?",
            [*packed(record(told)), story, number],
        )


def print_of(db: Database, story: int) -> Print | None:
    """The fingerprint of a killed story's text; None where its text was never here."""
    row = db.conn.execute(
        "SELECT s.headline, p.codes, p.marked FROM prints p JOIN stories s ON s.id = p.story WHERE s.id = ?",
        [story],
    ).fetchone()
    return remade(row[0], row[1], marked=bool(row[2])) if row else None


def tidy(db: Database) -> None:
    """Merge the search index, so that the words of a struck text are gone from it; a large one waits for `wire prune`."""
    if (db.conn.execute("SELECT max(id) FROM stories").fetchone()[0] or 0) <= SMALL:
        optimized(db)


def scrub(db: Database) -> None:
    """Empty the write-ahead log, in which struck texts still stand; where a reader holds it, its last user does on closing."""
    waits = db.conn.execute("PRAGMA busy_timeout").fetchone()[0]
    db.conn.execute(f"PRAGMA busy_timeout={PATIENCE}")
    try:
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError:  # inside an outer transaction
        pass
    finally:
        db.conn.execute(f"PRAGMA busy_timeout={waits}")
