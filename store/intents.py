"""What `ingest.decide` asks the store to write: values; the store only carries them out.

Nothing here decides. One Write is one story of a visit; all Writes of a visit, with the source's state, go
into one transaction (store/visits.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from parsers.story import Status, Story

EventKind = Literal["create", "update", "correct", "kill", "withhold", "release", "delete"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of the sequence that everything downstream reads."""

    kind: EventKind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attach:
    """Where a story folds: the cluster of `to`, or a new cluster of its own (`to` None)."""

    to: int | None = None  # id of a story of that cluster
    relation: str = "lead"  # lead, copy, trimmed, extended, excerpt
    why: Mapping[str, Any] = field(default_factory=dict)  # containment, Jaccard, numbers
    leads: bool = False  # the story becomes its cluster's lead: an agency's telling that is earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """A change of another story's status: what a kill, a release or a hold does to the story that it names."""

    story: int
    status: Status
    reason: str
    event: EventKind | None = None
    embargo: datetime | None = None  # until when it is withheld; None: until it is released


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One story to write.

    known None and version True: a new story. known set and version False: seen again, unchanged.
    """

    story: Story
    known: int | None = None  # id of the story that it is
    version: bool = True  # writes a version
    leads: bool = True  # that version is the one shown; False: an older one that came late
    judged: str = "new"  # new, cosmetic, update, correct, kill … ; unchanged
    why: str = "new"
    change: Mapping[str, Any] | None = None  # what changed, by sentence
    aliases: tuple[str, ...] = ()  # "guid:…", "url:…"; an alias of another story moves here
    status: Status = "usable"
    reason: str | None = None  # of a status that is not usable
    embargo: datetime | None = None  # until when it is withheld; None: until it is released
    attach: Attach | None = None  # None: stays where it is; a new story gets a cluster of its own
    events: tuple[Event, ...] = ()
    touches: tuple[Touch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A stored story, as `decide` compares with it."""

    id: int
    source: str
    version: int  # the one that leads
    versions: int
    hash: str  # content_hash of it
    status: Status
    reason: str | None
    cluster: int | None
    lead: bool  # of its cluster
    agency: str | None  # code of its source's agency; None: a paper
    first_seen: str  # UTC
    embargo: datetime | None  # until when it is withheld; None: until it is released
    struck: bool  # its text was here and went, for it was killed
    said: str | None  # what its last telling said of its use: usable, withheld, withheld until a time (UTC)
    clock: str | None  # UTC: the newest time that its source's own clock gave to a telling of it
    story: Story  # the leading version
