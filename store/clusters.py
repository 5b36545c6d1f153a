"""Sketches of the stories of the last weeks, by which copies are found."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

WEEK = 7  # days; a look-up reads the weeks that its window touches


def add_sketch(db: Database, story: int, sketch: Sequence[int], day: int) -> None:
    """Remember a story's sketch (hashes as signed 64-bit) under its day since 1970; an earlier sketch of it stays."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO bands (week, band, story) VALUES (?, ?, ?)",
        [(day // WEEK, one, story) for one in sketch],
    )


def likely(
    db: Database, sketch: Sequence[int], words: int, day: int, *, window: int, promise: float, limit: int
) -> list[int]:
    """Stories of the weeks round a day whose sketches tell of a copy of one of so many words, the likeliest first.

    promise: the least of shared hashes times the longer text over the shorter.
    """
    if not sketch:
        return []
    weeks = range((day - window) // WEEK, (day + window) // WEEK + 1)
    rows = db.conn.execute(
        "WITH near AS (SELECT story, count(*) AS shared FROM bands "
        f"WHERE week IN ({','.join('?' * len(weeks))}) AND band IN ({','.join('?' * len(sketch))}) GROUP BY story) "
        "SELECT story, shared * max(s.words, ?) * 1.0 / max(1, min(s.words, ?)) AS promise "
        "FROM near JOIN stories s ON s.id = story WHERE promise >= ? ORDER BY promise DESC, story LIMIT ?",
        [*weeks, *sketch, words, words, promise, limit],
    )
    return [row[0] for row in rows]
