"""Sketches of the stories of the last weeks, by which copies are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlite_utils import Database

WEEK = 7  # days; a look-up reads the weeks that its window touches


def add_sketch(db: Database, story: int, sketch: Sequence[int], day: int) -> None:
    """Remember a story's sketch (hashes as signed 64-bit) under its day since 1970; an earlier sketch of it stays."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO bands (week, band, story) VALUES (?, ?, ?)",
        [(day // WEEK, one, story) for one in sketch],
    )


def sharing(db: Database, sketch: Sequence[int], day: int, *, window: int) -> Mapping[int, int]:
    """Stories of the weeks round a day that share hashes of a sketch, with how many; the best 50."""
    if not sketch:
        return {}
    weeks = range((day - window) // WEEK, (day + window) // WEEK + 1)
    rows = db.conn.execute(
        f"SELECT story, count(*) AS shared FROM bands WHERE week IN ({','.join('?' * len(weeks))}) AND band IN ({','.join('?' * len(sketch))}) "
        "GROUP BY story ORDER BY shared DESC, story LIMIT 50",
        [*weeks, *sketch],
    )
    return dict(rows.fetchall())
