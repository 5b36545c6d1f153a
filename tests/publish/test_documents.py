"""States of the store as documents: every format valid, a kill under the name that the story had."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parsers import reading
from publish import documents
from publish.formats.outgoing import name_of
from store.export import Changed
from tests.publish.test_formats import STORY
from tests.publish.test_schemas import check_of
from tests.publish.written import FEEDS, HINTS, NOW

FEED = documents.Feed(title="The Desk", home="https://desk.example/")
GIVEN = Changed(
    seq=7, at="2025-06-02T10:00:00Z", kind="create", story=3, version=2, status="usable", reason="", cluster=3,
    lead=True, source="sample", guid=STORY.guid, url=STORY.url, gone_at=None, text=STORY,
)  # fmt: skip
KILLED = replace(
    GIVEN, seq=9, version=3, kind="kill", status="canceled", reason="Kill: wrong fares", text=None
)


@pytest.mark.parametrize("form", documents.MANY)
def test_a_document_of_many_is_valid_and_tells_the_kill(form: str) -> None:
    for rows in ([GIVEN], [KILLED], [GIVEN, replace(KILLED, guid="urn:sample:other")]):
        body = documents.MANY[form](map(documents.told, rows), NOW, FEED)
        assert body is not None
        check_of(form.replace("-", "_"))(body)
        back = reading.read(body, HINTS).stories
        if form not in FEEDS:
            assert [story.status for story in back] == ["usable" if row.text else "canceled" for row in rows]
        assert (b"15 rupees" in body) is (GIVEN in rows)


@pytest.mark.parametrize("form", documents.ONE)
def test_each_in_a_file_by_the_order_of_events(form: str, tmp_path: Path) -> None:
    assert documents.file_each([GIVEN, KILLED], tmp_path / "out", form=form, now=NOW) == 9
    first, second = sorted((tmp_path / "out").iterdir())
    assert (first.stem, second.stem) == ("0000000007", "0000000009")
    (given,) = reading.read(first.read_bytes(), HINTS).stories
    (kill,) = reading.read(second.read_bytes(), HINTS).stories
    assert (given.guid, kill.guid, kill.status) == (STORY.guid, STORY.guid, "canceled")
    assert b"15 rupees" not in second.read_bytes()


def test_a_story_without_a_name_keeps_one_through_its_kill() -> None:
    nameless = replace(GIVEN, guid=None, url=None, text=replace(STORY, guid=None, url=None))
    killed = replace(KILLED, guid=None, url=None)
    assert name_of(documents.told(nameless)) == name_of(documents.told(killed)) == "urn:wiredesk:story:3"


def test_an_embargoed_story_has_no_file(tmp_path: Path) -> None:
    held = replace(GIVEN, text=replace(STORY, embargo=datetime(2099, 1, 1, tzinfo=UTC)))
    assert documents.file_each([held], tmp_path, form="nitf", now=NOW) == 7
    assert list(tmp_path.iterdir()) == []
