"""What the store remembers of a source between visits, and of a host."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from store.db import instant, not_before, utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """ETag and Last-Modified, byte for byte as received; None: the answer had none."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A source's state, handed to the way of fetching and to the schedule, and saved with the stories."""

    name: str
    due: datetime | None = None  # None: at once
    validators: Validators = field(default_factory=Validators)
    body_hash: str | None = None
    current_url: str | None = None  # adopted after permanent redirects
    cursor: Mapping[str, Any] = field(default_factory=dict)
    notes: Mapping[str, Any] = field(default_factory=dict)
    last_try: datetime | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None
    failures: int = 0  # in a row
    first_failure: datetime | None = None
    last_error: str | None = None
    error_kind: str | None = None
    action: str | None = None  # what a person must do
    requests: int = 0
    not_modified: int = 0
    same_body: int = 0
    bytes: int = 0
    stories_new: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HostTold:
    """A host's state: shared by all feeds and pages on it, and by runs one after another."""

    host: str
    asked: datetime | None = None
    wait_until: datetime | None = None
    failures: int = 0
    requests: int = 0
    conditional: int = 0
    not_modified: int = 0
    robots: str | None = None
    robots_status: int | None = None
    robots_at: datetime | None = None
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """What the configuration says of a source, as far as the store shows it."""

    name: str
    kind: str
    address: str
    label: str = ""
    agency: str | None = None


def enrol(db: Database, sources: Iterable[Configured]) -> None:
    """Make the table agree with the configuration; a changed address or kind forgets the validators."""
    db.execute("UPDATE sources SET configured = 0")
    for source in sources:
        db.execute(
            """
            INSERT INTO sources (name, label, agency, kind, address) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (name) DO UPDATE SET
                label = ?2, agency = ?3, kind = ?4, address = ?5, configured = 1,
                etag = CASE WHEN address = ?5 AND kind = ?4 THEN etag END,
                last_modified = CASE WHEN address = ?5 AND kind = ?4 THEN last_modified END,
                body_hash = CASE WHEN address = ?5 AND kind = ?4 THEN body_hash END,
                current_url = CASE WHEN address = ?5 AND kind = ?4 THEN current_url END,
                cursor = CASE WHEN address = ?5 AND kind = ?4 THEN cursor ELSE '{}' END,
                due = CASE WHEN address = ?5 AND kind = ?4 THEN due END
            """,
            [source.name, source.label or source.name, source.agency, source.kind, source.address],
        )


STATE = (
    "name, due, etag, last_modified, body_hash, current_url, cursor, notes, last_try, last_success, last_new, "
    "failures, first_failure, last_error, error_kind, action, requests, not_modified, same_body, bytes, stories_new"
)


def told(db: Database, name: str) -> Told:
    """The state of one source; a source that was never visited has an empty one."""
    row = db.conn.execute(f"SELECT {STATE} FROM sources WHERE name = ?", [name]).fetchone()
    return _told(row) if row else Told(name=name)


def _told(row: tuple[Any, ...]) -> Told:
    return Told(
        name=row[0],
        due=instant(row[1]),
        validators=Validators(etag=row[2], last_modified=row[3]),
        body_hash=row[4],
        current_url=row[5],
        cursor=json.loads(row[6]),
        notes=json.loads(row[7]),
        last_try=instant(row[8]),
        last_success=instant(row[9]),
        last_new=instant(row[10]),
        failures=row[11],
        first_failure=instant(row[12]),
        last_error=row[13],
        error_kind=row[14],
        action=row[15],
        requests=row[16],
        not_modified=row[17],
        same_body=row[18],
        bytes=row[19],
        stories_new=row[20],
    )


def all_told(db: Database) -> dict[str, Told]:
    """The states of all configured sources, by name."""
    rows = db.conn.execute(f"SELECT {STATE} FROM sources WHERE configured ORDER BY name")
    return {row[0]: _told(row) for row in rows}


def keep(db: Database, state: Told) -> None:
    """Save a source's state. The caller holds the transaction that stores what it tells of."""
    values = [
        not_before(state.due), state.validators.etag, state.validators.last_modified, state.body_hash, state.current_url,
        json.dumps(dict(state.cursor), ensure_ascii=False), json.dumps(dict(state.notes), ensure_ascii=False),
        utc(state.last_try), utc(state.last_success), utc(state.last_new), state.failures,
        utc(state.first_failure), state.last_error, state.error_kind, state.action, state.requests,
        state.not_modified, state.same_body, state.bytes, state.stories_new,
    ]  # fmt: skip
    columns = STATE.split(", ")[1:]
    db.execute(
        f"UPDATE sources SET {', '.join(f'{c} = ?' for c in columns)} WHERE name = ?", [*values, state.name]
    )


def hasten(db: Database, name: str) -> bool:
    """Make a source due at once; how the desk asks for a visit. False: there is none of that name."""
    return db.execute("UPDATE sources SET due = NULL WHERE name = ?", [name]).rowcount > 0


HOST = "host, asked, wait_until, failures, requests, conditional, not_modified, robots, robots_status, robots_at, notes"


def host_told(db: Database, host: str) -> HostTold:
    """The state of one host; one that was never asked has an empty one."""
    row = db.conn.execute(f"SELECT {HOST} FROM hosts WHERE host = ?", [host]).fetchone()
    return _host(row) if row else HostTold(host=host)


def all_hosts(db: Database) -> list[HostTold]:
    """The states of all hosts that were ever asked, the most asked first; without the text of their robots.txt."""
    columns = HOST.replace("robots,", "NULL,")
    return [
        _host(row) for row in db.conn.execute(f"SELECT {columns} FROM hosts ORDER BY requests DESC, host")
    ]


def _host(row: tuple[Any, ...]) -> HostTold:
    return HostTold(
        host=row[0],
        asked=instant(row[1]),
        wait_until=instant(row[2]),
        failures=row[3],
        requests=row[4],
        conditional=row[5],
        not_modified=row[6],
        robots=row[7],
        robots_status=row[8],
        robots_at=instant(row[9]),
        notes=json.loads(row[10]),
    )


def keep_hosts(db: Database, hosts: Iterable[HostTold]) -> None:
    """Save the states of hosts, inside the caller's transaction."""
    db.conn.executemany(
        f"INSERT OR REPLACE INTO hosts ({HOST}) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        [
            (
                h.host, not_before(h.asked), not_before(h.wait_until), h.failures, h.requests, h.conditional, h.not_modified,
                h.robots, h.robots_status, utc(h.robots_at), json.dumps(dict(h.notes), ensure_ascii=False),
            )
            for h in hosts
        ],
    )  # fmt: skip
