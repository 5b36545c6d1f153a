"""Search and listings: what an editor asks of the store, answered fast in a million stories.

Filters that the index knows (source, agency, place, country, language) narrow inside it. Ranking looks at the newest
POOL matches, and at the newest that have all words in the headline: a common word has hundreds of thousands.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlite_utils import Database

from parsers.errors import WireError
from parsers.lead.agencies import catalogue
from store import words
from store.db import utc

POOL = 120  # matches that are weighed against each other
OUT_OF_USE = 2000  # killed and withheld stories that a search warns of
HEADLINE = 4.0  # a word in the headline counts as much as this many in the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What narrows a search or a listing; None: no matter."""

    source: str | None = None
    agency: str | None = None  # code
    place: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    language: str | None = None  # "en" also finds "en-IN"
    since: datetime | date | None = None  # published at or after
    until: datetime | date | None = None  # published before
    status: str | None = None  # usable, withheld, canceled

    def facets(self) -> list[tuple[str, str]]:
        """The part that the index knows."""
        named = (
            ("source", self.source),
            ("agency", self.agency),
            ("place", self.place),
            ("country", self.country),
            ("lang", self.language.split("-")[0] if self.language else None),
        )
        return [(name, value) for name, value in named if value]

    def times(self) -> tuple[str, list[Any]]:
        """The part on published times, as SQL on `s`."""
        parts, values = [], []
        for sign, when in ((">=", self.since), ("<", self.until)):
            if when is not None:
                parts.append(f"coalesce(s.published, s.first_seen) {sign} ?")
                values.append(utc(when))
        return (" AND ".join(parts) or "1"), values


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One story found."""

    id: int
    source: str
    headline: str | None
    published: str | None
    place: str | None
    credit: str | None
    url: str | None
    cluster: int | None
    tellings: int
    snippet: str
    score: float
    gone_at: str | None  # its page was found gone at its source


def search(
    db: Database,
    query: str,
    filters: Filter | None = None,
    *,
    newest: bool = False,
    limit: int = 20,
    fold: bool = True,
) -> list[Hit]:
    """Usable stories that match, best first (or newest first). fold: one telling of each cluster.

    Raises WireError for a query without a word.
    """
    filters = filters or Filter()
    when, values = filters.times()
    pool = max(POOL, limit * 3)
    try:
        rows = _newest(db, words.match(query, filters.facets()), when, values, pool)
        if not newest and len(rows) == pool:  # of more than that, the best need not be the newest
            ahead = words.match(query, filters.facets(), columns="headline")
            rows = list(dict.fromkeys(rows + _newest(db, ahead, when, values, limit)))
    except sqlite3.OperationalError as error:
        raise WireError(
            f"cannot be searched for ({error})", where=repr(query), do="put it in quotes"
        ) from error
    looked_for = words.terms(query)
    scored = [(0.0 if newest else _score(row, looked_for), row) for row in rows]
    scored.sort(key=lambda pair: (pair[0], pair[1][10], pair[1][0]), reverse=True)
    if fold:
        scored = _folded(scored)
    pattern = words.finder(looked_for)
    return [
        Hit(
            id=row[0], source=row[1], headline=row[2], published=row[3], place=row[4], credit=row[5], url=row[6],
            cluster=row[7], tellings=row[8], snippet=words.snippet(row[9], pattern), score=round(score, 3),
            gone_at=row[12],
        )
        for score, row in scored[:limit]
    ]  # fmt: skip


def _newest(db: Database, expression: str, when: str, values: list[Any], limit: int) -> list[tuple[Any, ...]]:
    """The newest usable stories that match and whose time fits."""
    return db.conn.execute(
        f"""
        SELECT s.id, s.source, s.headline, s.published, s.place, s.credit, s.url, s.cluster,
               coalesce(c.tellings, 1), v.body, coalesce(s.published, s.first_seen), c.lead, s.gone_at
        FROM stories_fts f CROSS JOIN stories s ON s.id = f.rowid
        JOIN versions v ON v.story = s.id AND v.number = s.version
        LEFT JOIN clusters c ON c.id = s.cluster
        WHERE f.stories_fts MATCH ? AND s.status = 'usable' AND {when} ORDER BY f.rowid DESC LIMIT ?
        """,
        [expression, *values, limit],
    ).fetchall()


def _score(row: tuple[Any, ...], looked_for: list[str]) -> float:
    """How well a story fits: each term's count, damped, the headline's weighed more."""
    headline, body = (row[2] or "").casefold(), row[9].casefold()
    total = 0.0
    for term in looked_for:
        term = term.casefold()
        count = body.count(term) * 1000 / (len(body) + 1000) + HEADLINE * (term in headline)
        total += math.log1p(count)
    return total


def _folded(scored: list[tuple[float, tuple[Any, ...]]]) -> list[tuple[float, tuple[Any, ...]]]:
    """One story of each cluster, at the place of its best: the lead where it matched too."""
    leads = {row[7]: (score, row) for score, row in scored if row[11] == row[0]}
    seen: set[int] = set()
    kept = []
    for score, row in scored:
        if row[7] is not None:
            if row[7] in seen:
                continue
            seen.add(row[7])
            score, row = leads.get(row[7], (score, row))
        kept.append((score, row))
    return kept


def out_of_use(db: Database, query: str, *, limit: int = 5) -> list[dict[str, Any]]:
    """Killed and withheld stories that a person who asks this must hear of: every word is in their headline.

    Lines of the listing, the newest first; their text is not looked at. Only the newest OUT_OF_USE are.
    """
    looked_for = [words.bare(term) for term in words.terms(query)]
    rows = db.conn.execute(
        f"{LISTED} WHERE s.id IN (SELECT id FROM stories WHERE status <> 'usable' ORDER BY id DESC LIMIT ?) "
        "ORDER BY s.id DESC",
        [OUT_OF_USE],
    )
    found = (_line(row) for row in rows)
    told = (line for line in found if all(term in words.bare(line["headline"] or "") for term in looked_for))
    return list(islice(told, limit)) if looked_for else []


LISTED = """
    SELECT s.id, s.source, s.guid, s.url, s.headline, s.status, s.published_said, s.first_seen, s.versions,
           s.cluster, c.lead = s.id, s.reason, s.kind, s.place, s.credit, s.relation, s.published, s.words,
           s.gone_at, s.gone_why
    FROM stories s LEFT JOIN clusters c ON c.id = s.cluster
"""
LISTED_KEYS = (
    "id", "source", "guid", "url", "headline", "status", "published", "first_seen", "versions", "cluster", "lead",
    "reason", "kind", "place", "credit", "relation", "published_utc", "words",
    "gone_at", "gone_why",
)  # fmt: skip


def listing(
    db: Database, filters: Filter | None = None, *, limit: int | None = None, newest: bool = False
) -> Iterator[dict[str, Any]]:
    """Every story, killed and withheld ones included, by order of arrival (newest: the other way)."""
    filters = filters or Filter()
    parts, values = [], []
    for column, value in (
        ("source", filters.source),
        ("place", filters.place),
        ("country", filters.country),
        ("status", filters.status),
    ):
        if value is not None:
            parts.append(f"s.{column} = ?")
            values.append(value)
    if filters.agency:
        agency = catalogue().get(filters.agency)
        names = agency.spellings if agency else (filters.agency,)
        parts.append(f"s.credit IN ({', '.join('?' * len(names))})")
        values += names
    if filters.language:
        parts.append("(s.language = ? OR s.language LIKE ?)")
        values += [filters.language, f"{filters.language}-%"]
    for sign, when in ((">=", filters.since), ("<", filters.until)):
        if when is not None:
            parts.append(f"s.first_seen {sign} ?")
            values.append(utc(when) or "")
    where = f"WHERE {' AND '.join(parts)}" if parts else ""
    order = "DESC" if newest else ""
    rows = db.conn.execute(
        f"{LISTED} {where} ORDER BY s.id {order} LIMIT ?", [*values, -1 if limit is None else limit]
    )
    yield from map(_line, rows)


def _line(row: tuple[Any, ...]) -> dict[str, Any]:
    return {**dict(zip(LISTED_KEYS, row, strict=True)), "lead": bool(row[10])}


def one(db: Database, story: int) -> dict[str, Any] | None:
    """A story's line of the listing; None: there is none of that number."""
    row = db.conn.execute(f"{LISTED} WHERE s.id = ?", [story]).fetchone()
    return _line(row) if row else None


def tellings(db: Database, cluster: int) -> list[dict[str, Any]]:
    """The stories of a cluster: the lead first, each with what it is to it and why."""
    rows = db.conn.execute(
        "SELECT s.id, s.source, s.headline, s.status, s.published_said, s.words, s.relation, s.relation_why, s.url, "
        "c.lead = s.id FROM stories s JOIN clusters c ON c.id = s.cluster WHERE s.cluster = ? "
        "ORDER BY c.lead = s.id DESC, s.id",
        [cluster],
    )
    keys = ("id", "source", "headline", "status", "published", "words", "relation", "why", "url", "lead")
    told = (dict(zip(keys, row, strict=True)) for row in rows)
    return [{**one, "why": json.loads(one["why"] or "{}"), "lead": bool(one["lead"])} for one in told]
