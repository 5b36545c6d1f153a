"""A store with two sources, and short ways to write into it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from parsers.story import Story
from store.db import open_store, writing
from store.intents import Event, Write
from store.sources import Configured, enrol
from store.visits import visiting

NOW = datetime(2025, 6, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    db = open_store(tmp_path / "wire.db")
    with writing(db):
        enrol(
            db,
            [
                Configured(name="agency", kind="feed", address="https://agency.example/feed", agency="IANS"),
                Configured(name="paper", kind="feed", address="https://paper.example/feed"),
            ],
        )
    return db


@pytest.fixture
def put(db: Database) -> Callable[..., int]:
    """Write one story in a visit of its own; gives its id."""

    def put(story: Story, *, at: datetime = NOW, **intent: object) -> int:
        with visiting(
            db, story.source or "", run="test", started=at, at=at, outcome="fetched", why=None
        ) as visit:
            known = intent.get("known")
            events = (Event(kind="update" if known else "create", reason="test"),)
            return visit.write(Write(**{"story": story, "events": events, **intent}))  # type: ignore[arg-type]

    return put
