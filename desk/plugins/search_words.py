"""Datasette plugin: `fts_words(text)` in SQL, a person's query as the index reads it (store/words.py).

Without it a hyphen or a quote in the query is an error of FTS5's syntax, and Chinese, Japanese and Thai words, whose
characters are indexed apart, are not found.
"""

from __future__ import annotations

import sqlite3

from datasette import hookimpl

from parsers.errors import WireError
from store import words

NOTHING = '""'  # matches no story


def fts_words(text: str | None) -> str:
    """The FTS5 expression of a query; one that finds nothing where there is no word in it."""
    try:
        return words.match(text or "")
    except WireError:
        return NOTHING


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Every connection that Datasette opens knows the function."""
    conn.create_function("fts_words", 1, fts_words, deterministic=True)
