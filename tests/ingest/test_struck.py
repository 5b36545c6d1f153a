"""The text of a killed story leaves the files of the store, its copies' too; record, notice and reason stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from parsers.fingerprint import fingerprint, likeness, remade
from store import check, stories, struck
from store.archive import Archive
from store.db import open_store, writing
from store.keeping import prune
from store.search import one
from tests.ingest.tellings import HEADLINES, MARKS, TEXTS, World, carry_out, enrolled, told


def phrases(topic: int) -> list[bytes]:
    """Every three words of a text that stand together in it."""
    words = [paragraph.format(figure=11).split() for paragraph in TEXTS[topic][:4]]
    return [" ".join(some[at : at + 3]).encode() for some in words for at in range(len(some) - 2)]


def left(folder: Path, topic: int) -> set[bytes]:
    """Which of them stand in the store's files."""
    files = b"".join(path.read_bytes() for path in folder.glob("wire.db*"))
    return {phrase for phrase in phrases(topic) if phrase in files}


@pytest.mark.parametrize("dress", ["status", "status with the text", "headline", "blanked"])
def test_the_text_leaves_the_files(dress: str, tmp_path: Path) -> None:
    db, archive, world = open_store(tmp_path / "wire.db"), Archive(tmp_path / "archive"), World()
    enrolled(db)
    for topic in (0, 1):
        carry_out(db, archive, world, "tell", topic, 11, False)
        carry_out(db, archive, world, "tell", topic, 12, True)
        carry_out(db, archive, world, "reprint", topic, 11, "paper", "trimmed")
    assert len(left(tmp_path, 0)) > 60
    carry_out(db, archive, world, "kill", 0, dress, "wire")
    assert left(tmp_path, 0) == set(), "beside an open store"
    assert left(tmp_path, 1) > set(phrases(1)[:60]), "of another story nothing goes"
    for number in (1, 2):
        line = one(db, number)
        assert line is not None
        assert line["status"] == "canceled"
        assert line["reason"]
    assert (one(db, 1) or {})["headline"] == HEADLINES[0]
    files = b"".join(path.read_bytes() for path in tmp_path.glob("wire.db*"))
    assert MARKS[0].encode() not in files, "the words in the index"
    assert MARKS[1].encode() in files


def test_the_words_leave_a_large_index_with_prune(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(struck, "SMALL", 0)
    db, archive, world = open_store(tmp_path / "wire.db"), Archive(tmp_path / "archive"), World()
    enrolled(db)
    carry_out(db, archive, world, "tell", 0, 11, False)
    carry_out(db, archive, world, "kill", 0, "status", "wire")
    with writing(db):
        prune(db, world.at - timedelta(days=1))
    struck.scrub(db)
    files = b"".join(path.read_bytes() for path in tmp_path.glob("wire.db*"))
    assert MARKS[0].encode() not in files, "the words in the index"


def test_a_copy_is_known_by_what_is_left(tmp_path: Path) -> None:
    db, archive, world = open_store(tmp_path / "wire.db"), Archive(tmp_path / "archive"), World()
    enrolled(db)
    carry_out(db, archive, world, "tell", 0, 11, True)
    carry_out(db, archive, world, "kill", 0, "status", "wire")
    before = [tuple(row) for row in db.execute("SELECT * FROM versions")]
    carry_out(db, archive, world, "tell", 0, 13, True)
    assert [tuple(row) for row in db.execute("SELECT * FROM versions")] == before, (
        "no text of it comes in again"
    )
    carry_out(db, archive, world, "reprint", 0, 11, "paper", "trimmed")
    assert [row[0] for row in db.execute("SELECT status FROM stories")] == ["canceled", "canceled"]
    assert list(check.faults(db)) == []


def test_its_name_used_again_for_another_story_makes_a_story(tmp_path: Path) -> None:
    db, archive, world = open_store(tmp_path / "wire.db"), Archive(tmp_path / "archive"), World()
    enrolled(db)
    carry_out(db, archive, world, "tell", 0, 11, True)
    carry_out(db, archive, world, "kill", 0, "status", "wire")

    class Reused(World):
        def _reuse(self) -> Any:
            return "wire", replace(told(1, 11, at=self.at), guid=told(0, 11, at=self.at).guid)

    carry_out(db, archive, Reused(at=world.at), "reuse")
    assert [row[0] for row in db.execute("SELECT status FROM stories")] == ["canceled", "usable"]


def test_a_fingerprint_is_made_again_of_its_codes() -> None:
    story = told(0, 11, at=World().at)
    made = fingerprint(story.headline, story.body)
    again = remade(story.headline, made.codes.tobytes(), marked=made.marked)
    assert (again.sketch, again.numbers, again.headline) == (made.sketch, made.numbers, made.headline)
    assert likeness(again, made).containment == 1.0


def test_a_story_without_its_text_keeps_its_record() -> None:
    story = replace(told(0, 11, at=World().at), kickers=("Estuary",), body_html="<p>x</p>")
    left = struck.record(story)
    assert (left.guid, left.headline, left.published) == (story.guid, story.headline, story.published)
    assert not (left.body or left.body_html or left.kickers)
    assert stories.packed(left)[0] == ""
