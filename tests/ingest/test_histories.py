"""Histories of one source, told visit by visit: which stories, versions and events they come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from ingest.outcome import Batch, Fetched, Item
from ingest.packing import packed
from ingest.source import Source
from ingest.visit import store_batch
from parsers.story import Story
from store import check, events
from store.archive import Archive
from store.db import open_store, writing
from store.search import search
from store.sources import Configured, Told, enrol

NOW = datetime(2025, 6, 2, 10, 0, tzinfo=UTC)
BODY = (
    "The council of Harpur approved a new bridge over the Salt river on Monday, ending a dispute of four years.",
    "The bridge will cost 42 million rupees and will be finished in March, said Anita Rao, who heads the council.",
    "“We have waited long enough for this,” she told reporters outside the hall.",
    "Boatmen who carry passengers across the river asked for compensation and held a short protest.",
)
STORY = Story(
    guid="h-1", url="https://wire.example/a/harpur-bridge", headline="Harpur council approves new bridge", body=BODY,
    published=NOW - timedelta(hours=1),
)  # fmt: skip
OTHER = Story(
    guid="h-1", url="https://wire.example/a/harpur-bridge", headline="Tea growers expect a poor autumn",
    body=("Growers in the northern hills said that drought had burnt a third of their bushes this season.",
          "Prices at the weekly auction climbed for the sixth time, brokers reported from Silgarh.",
          "Exporters fear that buyers abroad may turn towards cheaper leaves grown elsewhere."),
)  # fmt: skip


class Desk:
    """A store, and visits of one source that each bring some stories."""

    def __init__(self, folder: Path) -> None:
        self.db: Database = open_store(folder / "wire.db")
        self.archive = Archive(folder / "archive")
        self.source = Source(name="wire", url="https://wire.example/feed")
        self.at = NOW
        with writing(self.db):
            enrol(self.db, [Configured(name="wire", kind="feed", address="https://wire.example/feed")])

    def visit(self, *stories: Story) -> None:
        document = Fetched(body=b"<rss/>", url="https://wire.example/feed")
        batch = Batch(outcome=document, items=(Item(document=packed(document, self.at), stories=stories),))
        told = Told(name="wire")
        store_batch(self.db, self.archive, self.source, told, batch, run="t", started=self.at, now=self.at)
        self.at += timedelta(minutes=10)
        assert list(check.faults(self.db)) == []
        assert list(check.rebuild_faults(self.db)) == []

    def told(self) -> dict[str, Any]:
        return {
            "stories": self.db.table("stories").count,
            "versions": self.db.table("versions").count,
            "events": [event.kind for event in events.after(self.db)],
        }


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def edited(old: str, new: str) -> Story:
    assert any(old in text for text in BODY)
    return replace(STORY, body=tuple(text.replace(old, new) for text in BODY))


ONCE = {"stories": 1, "versions": 1, "events": ["create"]}
VERSION = {"stories": 1, "versions": 2, "events": ["create"]}
CASES: dict[str, tuple[Story, dict[str, Any]]] = {
    "again": (STORY, ONCE),
    "re-dated": (replace(STORY, published=NOW, updated=NOW), ONCE),
    "guid changed": (replace(STORY, guid="other-9"), ONCE),
    "address changed": (replace(STORY, url="https://wire.example/b/another-title"), ONCE),
    "guid and address changed": (replace(STORY, guid="n", url="https://wire.example/n"), ONCE),
    "guid gone": (replace(STORY, guid=None), ONCE),
    "tracking, http, www and AMP": (replace(STORY, guid=None, url="http://www.wire.example/a/harpur-bridge/?utm_source=rss&amp=1"), ONCE),
    "a counter": (replace(STORY, body=(*BODY, "1,204 views")), ONCE),
    "a stamp": (replace(STORY, body=("Updated on: June 2, 2025 11:40 IST", *BODY)), ONCE),
    "cut short": (replace(STORY, body=(*BODY[:2], BODY[2][:30])), ONCE),
    "a teaser": (replace(STORY, body=(BODY[0][:60],), partial=True), ONCE),
    "emptied": (replace(STORY, body=()), ONCE),
    "punctuation": (edited("rupees and", "rupees, and"), VERSION),
    "spelling": (edited("dispute", "dispuut"), VERSION),
    "paragraph moved": (replace(STORY, body=(BODY[0], BODY[2], BODY[1], BODY[3])), VERSION),
    "figure": (edited("42 million", "24 million"), {**VERSION, "events": ["create", "correct"]}),
    "figure in words": (edited("four years", "six years"), {**VERSION, "events": ["create", "correct"]}),
    "name": (edited("Anita Rao", "Sunita Roy"), {**VERSION, "events": ["create", "correct"]}),
    "quotation": (edited("waited long enough", "argued far too much"), {**VERSION, "events": ["create", "correct"]}),
    "new matter": (replace(STORY, body=(*BODY, "The opposition walked out before the vote was taken.")), {**VERSION, "events": ["create", "update"]}),
    "retitled": (replace(STORY, headline="After four years, a bridge for Harpur", url="https://wire.example/x"), {**VERSION, "events": ["create", "update"]}),
    "announced": (replace(STORY, ednote="Corrects spelling in first paragraph", body=(BODY[0].replace("dispute", "quarrel"), *BODY[1:])), {**VERSION, "events": ["create", "correct"]}),
    "guid and address reused": (OTHER, {"stories": 2, "versions": 2, "events": ["create", "create"]}),
    "guid reused": (replace(OTHER, url="https://wire.example/a/tea"), {"stories": 2, "versions": 2, "events": ["create", "create"]}),
    "another story": (replace(OTHER, guid="h-2", url="https://wire.example/a/tea"), {"stories": 2, "versions": 2, "events": ["create", "create"]}),
    "killed by its wire": (replace(STORY, status="canceled", body=(), kind="kill"), {"stories": 1, "versions": 2, "events": ["create", "kill"]}),
    "killed by a notice": (Story(guid="k", headline="KILL: Harpur council approves new bridge", body=("Please kill the story.",)), {"stories": 2, "versions": 2, "events": ["create", "kill", "kill"]}),
    "a report of a killing": (Story(guid="k", headline="Killed soldiers' families protest in Harpur", body=("Families of soldiers who died asked for pensions.",)), {"stories": 2, "versions": 2, "events": ["create", "create"]}),
    "write-through under a new guid": (replace(STORY, guid="h-7", url="https://wire.example/7", headline="UPDATE 2-Harpur council approves new bridge", body=(*BODY, "Shops closed early in the town.")), {**VERSION, "events": ["create", "update"]}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_second_telling(desk: Desk, name: str) -> None:
    second, expected = CASES[name]
    desk.visit(STORY)
    desk.visit(second)
    assert desk.told() == expected
    desk.visit(second)
    assert desk.told() == expected, "seen once more"


def test_an_earlier_version_again_is_nothing_new(desk: Desk) -> None:
    new = edited("42 million", "24 million")
    for story in (STORY, new, STORY, new):
        desk.visit(story)
    assert desk.told()["events"] == ["create", "correct"]


def test_an_older_one_that_comes_late_does_not_lead(desk: Desk) -> None:
    new = replace(edited("42 million", "24 million"), updated=NOW)
    desk.visit(new)
    desk.visit(replace(STORY, updated=NOW - timedelta(minutes=30)))
    assert desk.told() == {"stories": 1, "versions": 2, "events": ["create"]}
    assert desk.db.execute("SELECT version FROM stories").fetchone()[0] == 1


def test_a_killed_story_stays_killed(desk: Desk) -> None:
    desk.visit(STORY)
    desk.visit(replace(STORY, status="canceled", body=(), kind="kill"))
    desk.visit(edited("42 million", "24 million"))
    assert desk.told()["events"] == ["create", "kill"]
    assert search(desk.db, "bridge") == []


def test_a_kill_that_comes_first_holds_its_story_back(desk: Desk) -> None:
    desk.visit(Story(guid="k", headline="KILL: Harpur council approves new bridge", body=("Please kill.",)))
    desk.visit(STORY)
    assert desk.told()["events"] == ["kill", "kill"]
    assert search(desk.db, "bridge") == []


def test_an_embargo_holds_until_its_time(desk: Desk) -> None:
    held = replace(STORY, embargo=NOW + timedelta(hours=2))
    desk.visit(held)
    assert desk.told()["events"] == ["withhold"]
    assert search(desk.db, "bridge") == []
    with writing(desk.db):
        events.release_due(desk.db, NOW + timedelta(hours=3))
    assert desk.told()["events"] == ["withhold", "release"]
    assert [hit.headline for hit in search(desk.db, "bridge")] == [STORY.headline]


def test_an_embargo_lifted_early_releases(desk: Desk) -> None:
    desk.visit(replace(STORY, embargo=NOW + timedelta(hours=2)))
    desk.visit(STORY)
    assert desk.told()["events"] == ["withhold", "release"]


def test_a_date_in_the_future_is_no_embargo(desk: Desk) -> None:
    desk.visit(replace(STORY, published=NOW + timedelta(days=300)))
    assert desk.told()["events"] == ["create"]
