"""Each writer: its round trip, kills that come back as kills, embargoes that stay in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.notices import kills
from parsers.story import Dateline, Media, Story, Subject
from publish.formats.outgoing import outgoing
from tests.publish.written import NOW, ROOT, SHARED, WRITERS, differences, of_files, one, stories

STORY = Story(
    source="sample",
    guid="urn:sample:ferry:1",
    version="2",
    url="https://paper.example/ferry",
    headline="Night ferry <resumes> & pays its way",
    subheadline="Eleven years later",
    slug="Ferry-Night",
    byline="Asha Menon and Ravi Das",
    authors=("Asha Menon", "Ravi Das"),
    credit="IANS",
    credits=("IANS",),
    dateline=Dateline(
        text="Patna, June 2 (IANS)",
        place="Patna",
        places=("Patna",),
        country="IN",
        date="2025-06-02",
        agency="IANS",
    ),
    published=datetime(2025, 6, 2, 9, 10, tzinfo=UTC),
    updated=datetime(2025, 6, 2, 10, 15, tzinfo=UTC),
    body=(
        "The night ferry began running again on Monday, the department said.",
        "Tickets cost 15 rupees & children travel free.",
        "It had stood still for eleven years.",
    ),
    media=(
        Media(
            url="https://paper.example/ferry.jpg",
            caption="The ferry at its pier.",
            credit="Ravi Das",
            width=1200,
            height=800,
            media_type="image/jpeg",
        ),
    ),
    language="en",
    urgency=4,
    subjects=(Subject(scheme="subj", code="04015001", name="air transport"),),
    keywords=("ferries", "Patna"),
    ednote="Adds fares",
    usage="For subscribers",
    copyright="Sample Wire 2025",
)


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_written_comes_back(name: str) -> None:
    assert differences(name, STORY, one(WRITERS[name][1](STORY))) == {}


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(WRITERS)), stories())
def test_any_story_comes_back(name: str, story: Story) -> None:
    assert differences(name, story, one(WRITERS[name][1](story))) == {}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("folder", ["own", "wires", "feeds"])
def test_every_story_that_was_read_comes_back(name: str, folder: str) -> None:
    files = ROOT / "fixtures" / "wires" if folder == "own" else SHARED / "corpus" / folder
    if not files.is_dir():
        pytest.skip("needs ../shared/corpus")
    lost = {}
    for where, story in of_files(files):
        for told in outgoing([story], now=NOW):
            if gone := differences(name, told, one(WRITERS[name][1](story))):
                lost[where] = gone
    assert lost == {}


@pytest.mark.parametrize("name", WRITERS)
def test_an_embargoed_story_is_not_written_before_its_time(name: str) -> None:
    _, write = WRITERS[name]
    for held in (replace(STORY, embargo=NOW + timedelta(hours=1)), replace(STORY, status="withheld")):
        assert b"ferry began" not in (write(held) or b"")
        assert b"Night ferry" not in (write(held) or b"")
        assert b"urn:sample:ferry" not in (write(held) or b"")
    assert b"ferry began" in (write(replace(STORY, embargo=NOW - timedelta(hours=1))) or b"")


@pytest.mark.parametrize("name", WRITERS)
def test_a_kill_comes_back_as_a_kill_without_its_text(name: str) -> None:
    _, write = WRITERS[name]
    body = write(replace(STORY, status="canceled", ednote="Kill: the ferry did not run."))
    assert body is not None
    assert b"ferry began" not in body
    assert b"ferry.jpg" not in body
    back = one(body)
    assert back.guid == STORY.guid
    assert back.status == "canceled" or kills(back)
