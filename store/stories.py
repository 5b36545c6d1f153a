"""Stories and their versions: found again, written, shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any

from sqlite_utils import Database

from parsers.story import Status, Story, When, content_hash, from_plain, spare
from store import words
from store.db import instant, utc
from store.intents import Known

HELD = "withheld until "  # how `use` begins of a telling with an embargo
GAP = "\n\n"  # between paragraphs in versions.body


def packed(story: Story) -> tuple[str, str]:
    """(body, form) columns of a story: readable paragraphs, and JSON of the rest without what is empty."""
    form = spare(story)
    body = form.pop("body", [])
    if any(not part or GAP in part or part.startswith("\n") or part.endswith("\n") for part in body):
        form["body"] = body  # paragraphs that the readable form could not give back
    for name in ("source", "headline"):
        form.pop(name, None)
    if form.get("body_html") is not None:
        for joint in ("", "\n"):
            if form["body_html"] == _html(body, joint):
                form["body_html"] = {"p": joint}  # plain paragraphs: not kept twice
                break
    return GAP.join(body), json.dumps(form, ensure_ascii=False, separators=(",", ":"))


def unpacked(source: str, headline: str | None, body: str, form: str) -> Story:
    """The story of its columns; what `packed` made."""
    values = json.loads(form)
    values.setdefault("body", body.split(GAP) if body else [])
    if isinstance(values.get("body_html"), dict):
        values["body_html"] = _html(values["body"], values["body_html"]["p"])
    return from_plain({**values, "source": source, "headline": headline})


def _html(body: Iterable[str], joint: str) -> str:
    return joint.join(f"<p>{escape(part, quote=False)}</p>" for part in body)


def said(when: When | None) -> str | None:
    """A time as the source told it, with its own offset."""
    return when.isoformat() if when is not None else None


KNOWN = """
    SELECT s.id, s.source, s.version, s.versions, v.hash, s.status, s.reason, s.cluster, c.lead, o.agency,
           s.first_seen, s.embargo, s.clock, s.said, v.headline, v.body, v.form,
           EXISTS (SELECT 1 FROM prints p WHERE p.story = s.id)
    FROM stories s JOIN versions v ON v.story = s.id AND v.number = s.version
    JOIN sources o ON o.name = s.source LEFT JOIN clusters c ON c.id = s.cluster
"""


def known(db: Database, ids: Sequence[int]) -> dict[int, Known]:
    """Stored stories by id, as their leading versions tell them; unknown ids are left out."""
    found: dict[int, Known] = {}
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        rows = db.conn.execute(f"{KNOWN} WHERE s.id IN ({','.join('?' * len(some))})", some)
        found |= {row[0]: _known(row) for row in rows}
    return found


def _known(row: tuple[Any, ...]) -> Known:
    return Known(
        id=row[0],
        source=row[1],
        version=row[2],
        versions=row[3],
        hash=row[4],
        status=row[5],
        reason=row[6],
        cluster=row[7],
        lead=row[8] == row[0],
        agency=row[9],
        first_seen=row[10],
        embargo=instant(row[11]),
        clock=row[12],
        said=row[13],
        struck=bool(row[17]),
        story=unpacked(row[1], row[14], row[15], row[16]),
    )


def lead_of(db: Database, story: int) -> Known | None:
    """The story that leads the cluster of a story."""
    row = db.conn.execute(
        "SELECT c.lead FROM stories s JOIN clusters c ON c.id = s.cluster WHERE s.id = ?", [story]
    ).fetchone()
    return known(db, [row[0]]).get(row[0]) if row and row[0] is not None else None


def text_of(db: Database, story: int) -> tuple[str | None, tuple[str, ...], date | datetime | None] | None:
    """(headline, paragraphs, when published) of a story's leading version; None for a notice and for a story of no cluster."""
    row = db.conn.execute(
        "SELECT v.headline, v.body, s.published_said FROM stories s JOIN versions v ON v.story = s.id AND v.number = s.version "
        "WHERE s.id = ? AND s.kind <> 'kill' AND s.cluster IS NOT NULL",
        [story],
    ).fetchone()
    if row is None:
        return None
    when = row[2] and (date.fromisoformat if len(row[2]) == 10 else datetime.fromisoformat)(row[2])
    return row[0], tuple(row[1].split(GAP)) if row[1] else (), when


def folded(db: Database, lead: Known) -> list[Known]:
    """The other tellings of the cluster that a story leads."""
    rows = db.conn.execute(
        "SELECT id FROM stories WHERE cluster = ? AND id <> ? ORDER BY id", [lead.cluster, lead.id]
    )
    return list(known(db, [row[0] for row in rows]).values())


def by_alias(db: Database, source: str, aliases: Sequence[str]) -> dict[str, int]:
    """Story ids of those aliases of a source that are known."""
    found: dict[str, int] = {}
    for start in range(0, len(aliases), 500):
        some = aliases[start : start + 500]
        rows = db.conn.execute(
            f"SELECT alias, story FROM aliases WHERE source = ? AND alias IN ({','.join('?' * len(some))})",
            [source, *some],
        )
        found |= dict(rows.fetchall())
    return found


def of_agency(db: Database, agency: str, aliases: Sequence[str]) -> list[int]:
    """Ids of the stories of all sources of an agency that have one of these aliases, in the aliases' order."""
    rows = db.conn.execute(
        "SELECT a.alias, a.story FROM sources o CROSS JOIN aliases a ON a.source = o.name "
        f"WHERE o.agency = ? AND a.alias IN ({','.join('?' * len(aliases))})",
        [agency, *aliases],
    ).fetchall()
    place = {alias: at for at, alias in enumerate(aliases)}
    return list(dict.fromkeys(story for _, story in sorted(rows, key=lambda row: place[row[0]])))


def beginning(db: Database, source: str, alias: str) -> list[int]:
    """Ids of up to two stories of a source that have an alias which begins so: a headline cut short."""
    rows = db.conn.execute(
        "SELECT DISTINCT story FROM aliases WHERE source = ? AND alias >= ? AND alias < ? LIMIT 2",
        [source, alias, alias + "\U0010ffff"],
    )
    return [row[0] for row in rows]


def aliases_of(db: Database, story: int) -> list[str]:
    """All aliases of a story."""
    rows = db.conn.execute(
        "SELECT a.alias FROM aliases a WHERE a.story = ? ORDER BY a.alias", [story]
    ).fetchall()
    return [row[0] for row in rows]


def by_hash(db: Database, hashes: Sequence[str]) -> dict[str, list[int]]:
    """Ids of stories of which some version has one of these content hashes, oldest first."""
    found: dict[str, list[int]] = {}
    for digest in hashes:
        rows = db.conn.execute(
            "SELECT DISTINCT story FROM versions WHERE hash = ? ORDER BY story LIMIT 50", [digest]
        )
        if ids := [row[0] for row in rows]:
            found[digest] = ids
    return found


def same_text(db: Database, source: str, digest: str, *, since: str) -> list[int]:
    """Stories of one source, first seen since a time (UTC), that some version gives this content hash; newest first."""
    rows = db.conn.execute(
        "SELECT DISTINCT s.id FROM versions v JOIN stories s ON s.id = v.story "
        "WHERE v.hash = ? AND +s.source = ? AND s.first_seen >= ? ORDER BY s.id DESC LIMIT 5",  # +: by the hash, not by the source
        [digest, source, since],
    )
    return [row[0] for row in rows]


def hashes(db: Database, story: int) -> list[str]:
    """Content hashes of all versions of a story, oldest first."""
    return [
        r[0] for r in db.conn.execute("SELECT hash FROM versions WHERE story = ? ORDER BY number", [story])
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a story, as it is kept."""

    number: int
    seen: str
    hash: str
    judged: str
    why: str
    change: Any
    document: int | None
    item: int
    story: Story


VERSION = "number, seen, hash, judged, why, change, document, item, headline, body, form"


def versions(db: Database, story: int) -> list[Version]:
    """All versions of a story, oldest first."""
    source = db.conn.execute("SELECT source FROM stories WHERE id = ?", [story]).fetchone()
    if source is None:
        return []
    rows = db.conn.execute(f"SELECT {VERSION} FROM versions WHERE story = ? ORDER BY number", [story])
    return [
        Version(
            number=r[0],
            seen=r[1],
            hash=r[2],
            judged=r[3],
            why=r[4],
            change=json.loads(r[5]) if r[5] else None,
            document=r[6],
            item=r[7],
            story=unpacked(source[0], r[8], r[9], r[10]),
        )
        for r in rows
    ]


def length(story: Story) -> int:
    """Words of the text; each letter is one in scripts without word boundaries."""
    return _length(story.body)


@lru_cache(maxsize=256)  # asked several times of one story
def _length(body: tuple[str, ...]) -> int:
    return sum(len(words.spaced(part).split()) for part in body)


def use(story: Story) -> str:
    """What a telling says of its use: usable, withheld, canceled, or until when it is withheld (UTC)."""
    return f"{HELD}{utc(story.embargo)}" if story.embargo else story.status


def clock(story: Story) -> str | None:
    """When a telling was made by its source's own clock, in UTC; a bare day says too little."""
    when = story.updated or story.published
    return utc(when) if isinstance(when, datetime) else None


def columns(story: Story) -> dict[str, Any]:
    """The columns of `stories` that the leading version fills."""
    line = story.dateline
    return {
        "guid": story.guid,
        "url": story.url,
        "headline": story.headline,
        "byline": story.byline,
        "credit": story.credit,
        "place": line.place if line else None,
        "country": line.country if line else None,
        "language": story.language,
        "kind": story.kind,
        "published": utc(story.published),
        "published_said": said(story.published),
        "updated": utc(story.updated),
        "updated_said": said(story.updated),
        "words": length(story),
        "partial": int(story.partial),
    }


def add(
    db: Database, story: Story, *, status: Status, reason: str | None, embargo: datetime | None, at: datetime
) -> int:
    """A new row of `stories`, with version 1 announced; the version itself is written by `add_version`."""
    row = {
        "source": story.source,
        **columns(story),
        "status": status,
        "reason": reason,
        "embargo": utc(embargo),
        "first_seen": utc(at),
        "last_seen": utc(at),
        "version": 1,
        "versions": 1,
        "clock": clock(story),
        "said": use(story),
    }
    return _insert(db, "stories", row)


def add_version(
    db: Database,
    story_id: int,
    story: Story,
    *,
    number: int,
    at: datetime,
    judged: str,
    why: str,
    change: Any = None,
    document: int | None = None,
    item: int = 0,
    visit: int | None = None,
) -> None:
    """Append a version, `number` of its story. Which one leads is set by `lead_with`."""
    body, form = packed(story)
    row = {
        "story": story_id,
        "number": number,
        "seen": utc(at),
        "hash": content_hash(story),
        "headline": story.headline,
        "body": body,
        "form": form,
        "judged": judged,
        "why": why,
        "change": json.dumps(change, ensure_ascii=False) if change is not None else None,
        "document": document,
        "item": item,
        "visit": visit,
    }
    _insert(db, "versions", row)
    if number > 1:
        db.conn.execute("UPDATE stories SET versions = ? WHERE id = ?", [number, story_id])


def lead_with(db: Database, story_id: int, number: int, story: Story, *, at: datetime) -> None:
    """Make a version the one that is shown. The caller keeps the search index in step (`unindex`, `index`)."""
    row = {**columns(story), "version": number, "last_seen": utc(at)}
    names = ", ".join(f"{name} = ?" for name in row)
    db.conn.execute(f"UPDATE stories SET {names} WHERE id = ?", [*row.values(), story_id])


def _insert(db: Database, table: str, row: dict[str, Any]) -> int:
    marks = ", ".join("?" * len(row))
    cursor = db.conn.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    return int(cursor.lastrowid or 0)


def index(db: Database, story_id: int, story: Story) -> None:
    """Put a usable story's leading version into the search index."""
    db.conn.execute(
        "INSERT INTO stories_fts (rowid, headline, body, people, facets) VALUES (?, ?, ?, ?, ?)",
        [story_id, *words.indexed(story)],
    )


def unindex(db: Database, story_id: int, story: Story) -> None:
    """Take it out again; `story` is exactly what was put in."""
    db.conn.execute(
        "INSERT INTO stories_fts (stories_fts, rowid, headline, body, people, facets) VALUES ('delete', ?, ?, ?, ?, ?)",
        [story_id, *words.indexed(story)],
    )


def optimized(db: Database) -> None:
    """Merge the search index into one piece; what was taken out of it is then gone from the file."""
    db.conn.execute("INSERT INTO stories_fts (stories_fts) VALUES ('optimize')")


def index_anew(db: Database) -> int:
    """Build the search index from the stories; returns how many are in it."""
    db.conn.execute("INSERT INTO stories_fts (stories_fts) VALUES ('delete-all')")
    count = 0
    for story_id, story in usable(db):
        index(db, story_id, story)
        count += 1
    return count


def usable(db: Database) -> Iterator[tuple[int, Story]]:
    """Every usable story's leading version."""
    last = 0
    while True:
        rows = db.conn.execute(
            "SELECT s.id, s.source, v.headline, v.body, v.form FROM stories s JOIN versions v "
            "ON v.story = s.id AND v.number = s.version WHERE s.status = 'usable' AND s.id > ? ORDER BY s.id LIMIT 500",
            [last],
        ).fetchall()
        if not rows:
            return
        for row in rows:
            yield row[0], unpacked(row[1], row[2], row[3], row[4])
        last = rows[-1][0]
