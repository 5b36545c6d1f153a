"""The histories of fixtures/histories: told step by step to a new store, they must come to what each says."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.outcome import Batch, Fetched, Item
from ingest.packing import packed
from ingest.source import Source
from ingest.visit import store_batch
from parsers.story import Story, from_plain
from store import check, events
from store.archive import Archive
from store.db import open_store, writing
from store.sources import Configured, Told, enrol

FOLDER = Path(__file__).parents[2] / "fixtures" / "histories"
STORIES: dict[str, dict[str, Any]] = json.loads((FOLDER / "stories.json").read_text("utf-8"))
HISTORIES: dict[str, dict[str, Any]] = {
    f"{file.stem}: {one['name']}": one
    for file in sorted(FOLDER.glob("*.json"))
    if file.stem != "stories"
    for one in json.loads(file.read_text("utf-8"))
}
NOW = datetime(2025, 6, 2, 10, 0, tzinfo=UTC)
SOURCES = {
    "wire": Source(name="wire", url="https://wire.example/feed", agency="IANS"),
    "world": Source(name="world", url="https://wire.example/world", agency="IANS"),  # a second feed of it
    "rival": Source(name="rival", url="https://rival.example/feed", agency="PTI"),
    "paper": Source(name="paper", url="https://paper.example/feed"),
    "second paper": Source(name="second paper", url="https://second.example/feed"),
}


def told(step: dict[str, Any]) -> Story:
    """The story of a step: one of stories.json, edited as the step says."""
    if "raw" in step:
        return from_plain(step["raw"])
    values = {**STORIES[step["of"]], **step.get("set", {})}
    body = list(STORIES[step["of"]]["body"])
    for old, new in step.get("edit", []):
        assert any(old in text for text in body), old
        body = [text.replace(old, new) for text in body]
    body = [body[at] for at in step.get("order", range(len(body)))][: step.get("keep", len(body))]
    if "cut" in step:
        body[-1] = body[-1][: step["cut"]]
    return from_plain({**values, "body": [*body, *step.get("more", [])]})


@pytest.mark.parametrize("name", HISTORIES)
def test_history(name: str, tmp_path: Path) -> None:
    history = HISTORIES[name]
    db, archive, at = open_store(tmp_path / "wire.db"), Archive(tmp_path / "archive"), NOW
    with writing(db):
        enrol(
            db,
            [
                Configured(name=one.name, kind="feed", address=one.url or "", agency=one.agency)
                for one in SOURCES.values()
            ],
        )
    for step in history["steps"]:
        at += timedelta(minutes=step.get("wait", 10))
        if "wait" in step:
            with writing(db):
                events.release_due(db, at)
            continue
        source = SOURCES[step.get("source", "wire")]
        document = Fetched(body=b"<rss/>", url=source.url)
        batch = Batch(outcome=document, items=(Item(document=packed(document, at), stories=(told(step),)),))
        store_batch(db, archive, source, Told(name=source.name), batch, run="t", started=at, now=at)
        assert list(check.faults(db)) == []
        assert list(check.rebuild_faults(db)) == []
    assert [event.kind for event in events.after(db)] == history["events"]
    assert db.table("stories").count == history["stories"]
    usable = db.execute("SELECT count(*) FROM stories WHERE status = 'usable'").fetchone()[0]
    assert usable == history["usable"]
    assert db.execute("SELECT count(*) FROM stories_fts_docsize").fetchone()[0] == usable
    if "clusters" in history:
        found = db.execute("SELECT count(DISTINCT cluster) FROM stories").fetchone()[0]
        assert found == history["clusters"]
    if "versions" in history:
        assert db.table("versions").count == history["versions"]
