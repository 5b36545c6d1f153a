"""Sketches of the stories of the last weeks, by which copies are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlite_utils import Database

WEEK = 7  # days; a look-up reads the weeks that its window touches
COMMON = 100  # stories of a week with one hash, from which on it says too little to be kept: an agency's standing phrase


def add_sketch(db: Database, story: int, sketch: Sequence[int], day: int) -> None:
    """Remember a story's sketch (hashes as signed 64-bit) under its day since 1970; an earlier sketch of it stays."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO bands (week, band, story) SELECT ?1, ?2, ?3 WHERE NOT EXISTS "
        f"(SELECT 1 FROM bands WHERE week = ?1 AND band = ?2 LIMIT 1 OFFSET {COMMON - 1})",
        [(day // WEEK, one, story) for one in sketch],
    )


def sharing(db: Database, sketch: Sequence[int], day: int, *, window: int) -> Mapping[int, tuple[int, int]]:
    """Stories of the weeks round a day that share hashes of a sketch: how many, and how many words each has."""
    if not sketch:
        return {}
    weeks = range((day - window) // WEEK, (day + window) // WEEK + 1)
    rows = db.conn.execute(
        "SELECT story, words FROM bands JOIN stories s ON s.id = story "
        f"WHERE week IN ({','.join('?' * len(weeks))}) AND band IN ({','.join('?' * len(sketch))})",
        [*weeks, *sketch],
    )
    found: dict[int, tuple[int, int]] = {}
    for story, words in rows:
        found[story] = found.get(story, (0, 0))[0] + 1, words
    return found
