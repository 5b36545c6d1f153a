"""What Datasette shows an editor of the store: titles, facets, canned queries; and what it keeps from sight.

The text of killed and withheld stories stands in `versions` and nowhere else: that table, the machinery and SQL of one's own
are closed. What is left never shows a story that may not be used, but `out_of_use`, which shows the record without the text.
"""

from __future__ import annotations

from typing import Any

CLOSED = (
    "versions",
    "aliases",
    "bands",
    "documents",
    "hosts",
    "stories_fts",
    "stories_fts_data",
    "stories_fts_idx",
    "stories_fts_docsize",
    "stories_fts_config",
    "prints",
    "_sqlite_migrations",
)

NEWEST = """
SELECT id, published, headline, credit, source, place, country, tellings, versions, url
FROM newest LIMIT 200
"""
SEARCH = """
SELECT s.id, s.published, s.headline, s.credit, s.source, s.place, s.country, s.url, s.gone_at
FROM stories_fts f JOIN stories s ON s.id = f.rowid
WHERE stories_fts MATCH fts_words(:words) AND s.status = 'usable'
ORDER BY rank LIMIT 100
"""
TEXT = """
SELECT v.number, v.seen, v.judged, v.why, v.headline, v.body
FROM versions v JOIN stories s ON s.id = v.story
WHERE v.story = :story AND s.status = 'usable'
ORDER BY v.number DESC
"""
BY_PLACE = """
SELECT id, published, headline, credit, source, place, country, url
FROM stories WHERE status = 'usable' AND place = :place ORDER BY published DESC LIMIT 200
"""
TELLINGS = """
SELECT id, source, relation, headline, published, words, why, url FROM tellings WHERE cluster = (SELECT cluster FROM stories WHERE id = :story)
"""
HEALTH = "SELECT * FROM sources_health"


def metadata(database: str) -> dict[str, Any]:
    """Datasette's metadata for the store, whose database goes by this name there."""
    tables: dict[str, Any] = {name: {"allow": False, "hidden": True} for name in CLOSED}
    tables["stories"] = {
        "label_column": "headline",
        "description": "One row a telling. status: only `usable` may be used; the text is under the query “text and versions”.",
        "facets": ["source", "credit", "country", "status", "language"],
        "sort_desc": "first_seen",
        "size": 50,
    }
    tables["sources"] = {"label_column": "label", "sort": "name"}
    tables["clusters"] = {
        "description": "Stories and their tellings; `lead` is the one to use.",
        "sort_desc": "tellings",
    }
    tables["events"] = {
        "description": "What downstream reads: a sequence without gaps.",
        "sort_desc": "seq",
        "facets": ["kind"],
    }
    tables["gone_at_source"] = {
        "description": "Their page was taken down at its source after we had it. Usable still: ask the source."
    }
    tables["visits"] = {"sort_desc": "id", "facets": ["source", "outcome"]}
    queries = {
        "newest": {"title": "Newest, copies folded", "sql": NEWEST.strip()},
        "search": {
            "title": "Search headlines, text, people",
            "sql": SEARCH.strip(),
            "description": 'Words are all wanted; "a phrase"; -without; OR between two; begin*; headline:word; by:name',
        },
        "text": {"title": "Text and versions of a story", "sql": TEXT.strip()},
        "by_place": {"title": "By place", "sql": BY_PLACE.strip()},
        "tellings_of": {"title": "Who else tells it", "sql": TELLINGS.strip()},
        "health": {"title": "Sources' health", "sql": HEALTH},
    }
    return {
        "title": "Wiredesk",
        "description": "Stories of the wires. Killed and withheld ones stand in out_of_use, by their record alone.",
        "databases": {database: {"allow_sql": False, "tables": tables, "queries": queries}},
    }
