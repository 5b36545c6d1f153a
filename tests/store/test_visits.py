from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from parsers.story import Story
from store import check, events, stories
from store.archive import Pointer, Raw, pack
from store.db import open_readonly, open_store
from store.intents import Attach, Event, Touch, Write
from store.sources import Told, Validators, told
from store.visits import visiting

NOW = datetime(2025, 6, 2, 10, 0, tzinfo=UTC)


def test_all_of_a_visit_or_nothing(db: Any, tmp_path: Path) -> None:
    """Row 8 of the fault table: validators never outlive the stories that they tell of."""
    state = Told(name="agency", validators=Validators(etag='W/"1"'), due=NOW)
    with (
        pytest.raises(RuntimeError),
        visiting(db, "agency", run="r", started=NOW, at=NOW, outcome="fetched", why=None) as visit,
    ):
        raw = Raw(body=b"<rss/>", address="https://agency.example/feed", at=NOW)
        document = visit.document(pack(raw), Pointer("x.warc.gz", 0, 10))
        create = (Event(kind="create", reason="new"),)
        visit.write(
            Write(story=Story(source="agency", guid="1", body=("a",)), events=create), document=document
        )
        visit.keep(state)
        raise RuntimeError("power is gone")
    other = open_readonly(tmp_path / "wire.db")
    for table in ("visits", "documents", "stories", "versions", "aliases", "clusters", "events"):
        assert other.table(table).count == 0, table
    assert told(other, "agency").validators == Validators()


def test_event_numbers_have_no_gaps_after_a_rollback(db: Any, put: Any) -> None:
    put(Story(source="agency", guid="1", body=("a",)))
    with (
        pytest.raises(RuntimeError),
        visiting(db, "agency", run="r", started=NOW, at=NOW, outcome="fetched", why=None) as visit,
    ):
        visit.write(
            Write(story=Story(source="agency", guid="2"), events=(Event(kind="create", reason="new"),))
        )
        raise RuntimeError
    put(Story(source="agency", guid="3", body=("c",)))
    assert [event.seq for event in events.after(db)] == [1, 2]
    assert list(check.rebuild_faults(db)) == []


def test_copies_fold_and_an_earlier_agency_telling_leads(db: Any, put: Any) -> None:
    paper = put(Story(source="paper", guid="p", headline="Rain", body=("a",)))
    attach = Attach(to=paper, relation="copy", why={"containment": 0.97}, leads=True)
    agency = put(Story(source="agency", guid="a", headline="Rain", body=("a",)), attach=attach)
    known = stories.known(db, [paper, agency])
    assert known[agency].lead and not known[paper].lead
    assert known[agency].cluster == known[paper].cluster
    assert list(check.faults(db)) == []


def test_a_kill_takes_the_text_out_and_keeps_the_record(db: Any, put: Any) -> None:
    story = Story(source="agency", guid="1", headline="Minister resigns", body=("He resigned.",))
    target = put(story)
    notice = Story(source="agency", guid="2", headline="KILL", kind="kill", status="canceled")
    kill = Touch(story=target, status="canceled", reason="killed by its agency", event="kill")
    put(notice, status="canceled", events=(), touches=(kill,))
    assert stories.known(db, [target])[target].status == "canceled"
    assert db.execute("SELECT count(*) FROM stories_fts_docsize").fetchone()[0] == 0
    assert [event.kind for event in events.after(db, story=target)] == ["create", "kill"]
    assert list(check.faults(db)) == []


def test_the_stories_of_a_visit_are_one_piece_of_the_index(db: Any) -> None:
    with visiting(db, "agency", run="r", started=NOW, at=NOW, outcome="fetched", why=None) as visit:
        for number in range(9):
            told = Story(source="agency", guid=str(number), headline=f"Rain {number}", body=("It rained.",))
            visit.write(Write(story=told, aliases=(f"guid:{number}",)))
    pieces = db.execute("SELECT count(DISTINCT segid) FROM stories_fts_idx").fetchone()[0]
    found = db.execute("SELECT count(*) FROM stories_fts WHERE stories_fts MATCH 'rained'").fetchone()[0]
    assert (pieces, found) == (1, 9)
    assert list(check.faults(db)) == []


def test_a_story_that_is_told_anew_and_killed_within_its_visit_leaves_nothing_in_the_index(db: Any) -> None:
    first = Story(source="agency", guid="1", headline="Rain", body=("It rained.",))
    again = replace(first, body=("It poured.",))
    with visiting(db, "agency", run="r", started=NOW, at=NOW, outcome="fetched", why=None) as visit:
        story = visit.write(Write(story=first))
        visit.write(Write(story=again, known=story, judged="update"))
        kill = Touch(story=story, status="canceled", reason="killed by its agency", event="kill")
        other = Story(source="agency", guid="2", headline="Snow", body=("It snowed.",))
        visit.write(Write(story=other, touches=(kill,)))
    for word, count in (("rained", 0), ("poured", 0), ("snowed", 1)):
        found = db.execute("SELECT count(*) FROM stories_fts WHERE stories_fts MATCH ?", [word]).fetchone()
        assert found[0] == count, word
    db.execute("INSERT INTO stories_fts (stories_fts) VALUES ('integrity-check')")


def test_an_embargo_ends_with_an_event(db: Any, put: Any) -> None:
    embargo = NOW + timedelta(hours=2)
    story = Story(source="agency", guid="1", headline="Budget", body=("Taxes.",), embargo=embargo)
    told = (Event(kind="withhold", reason="embargo"),)
    put(story, status="withheld", reason="embargo", embargo=embargo, events=told)
    assert events.release_due(db, NOW + timedelta(hours=1)) == 0
    assert events.release_due(db, embargo) == 1
    assert [event.kind for event in events.after(db)] == ["withhold", "release"]
    assert list(check.faults(db)) + list(check.rebuild_faults(db)) == []


def test_seen_again_unchanged_writes_no_version(db: Any, put: Any) -> None:
    story = Story(source="agency", guid="1", headline="A", body=("a",))
    number = put(story)
    later = NOW + timedelta(hours=1)
    put(story, at=later, known=number, version=False, judged="unchanged", events=())
    assert len(stories.versions(db, number)) == 1
    assert db.execute("SELECT last_seen FROM stories").fetchone()[0] == "2025-06-02T11:00:00Z"


def test_two_connections_take_turns(db: Any, tmp_path: Path) -> None:
    """A second writer waits for the first instead of failing."""
    import threading

    other = open_store(tmp_path / "wire.db")
    entered, order = threading.Event(), []

    def second() -> None:
        entered.wait()
        with visiting(other, "paper", run="2", started=NOW, at=NOW, outcome="unchanged", why=None):
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with visiting(db, "agency", run="1", started=NOW, at=NOW, outcome="unchanged", why=None):
        entered.set()
        thread.join(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
