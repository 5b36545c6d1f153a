from __future__ import annotations

import dataclasses
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.story import Dateline, Media, Story, Subject, content_hash, from_plain, plain

WORDS = st.text(max_size=30)
STORIES = st.builds(
    Story,
    guid=st.none() | WORDS,
    headline=st.none() | WORDS,
    authors=st.lists(WORDS, max_size=3).map(tuple),
    published=st.none() | st.dates() | st.datetimes(timezones=st.just(UTC)),
    body=st.lists(WORDS, max_size=4).map(tuple),
    dateline=st.none() | st.builds(Dateline, text=WORDS, places=st.lists(WORDS, max_size=2).map(tuple)),
    media=st.lists(st.builds(Media, url=WORDS, width=st.none() | st.integers(1, 9)), max_size=2).map(tuple),
    subjects=st.lists(st.builds(Subject, code=WORDS), max_size=2).map(tuple),
    urgency=st.none() | st.integers(1, 9),
)


@given(STORIES)
def test_json_form_comes_back_as_the_same_story(story: Story) -> None:
    assert from_plain(json.loads(json.dumps(plain(story)))) == story


def test_a_bare_day_stays_a_bare_day() -> None:
    story = from_plain(plain(Story(published=date(2025, 6, 2))))
    assert story.published == date(2025, 6, 2)
    assert not isinstance(story.published, datetime)


def test_naive_times_and_wild_urgencies_are_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Story(published=datetime(2025, 6, 2, 10))  # noqa: DTZ001
    with pytest.raises(ValueError, match="1-9"):
        Story(urgency=0)


def test_hash_sees_text_not_dress() -> None:
    story = Story(headline="Rain in Patna", body=("Heavy rain.",), published=date(2025, 6, 2))
    same = dataclasses.replace(story, headline="rain  in PATNA", published=date(2025, 6, 3), guid="x")
    assert content_hash(story) == content_hash(same)
    assert content_hash(story) != content_hash(dataclasses.replace(story, body=("Heavy rains.",)))
