from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.errors import WireError
from parsers.story import Dateline, Story
from store import words
from store.search import POOL, Filter, listing, search


@pytest.fixture
def filled(db: Any, put: Any) -> Any:
    delhi = Dateline(text="New Delhi, June 2 (IANS)", place="New Delhi", places=("New Delhi",), country="IN")
    put(Story(source="agency", guid="1", headline="Monsoon reaches Kerala early", body=("The monsoon arrived, the weather office said.",),
              credit="IANS", dateline=delhi, language="en", published=datetime(2025, 6, 2, tzinfo=UTC)))  # fmt: skip
    put(Story(source="paper", guid="2", headline="Markets close higher", body=("Traders hoped for a good monsoon.", "“It's a co-operative,” he said."),
              language="en-IN", published=datetime(2025, 6, 1, tzinfo=UTC)))  # fmt: skip
    put(
        Story(
            source="paper",
            guid="3",
            headline="मुख्यमंत्री ने किसानों से बात की",
            body=("दिल्ली में मुख्यमंत्री ने कहा।",),
            language="hi",
        )
    )
    put(
        Story(
            source="paper",
            guid="4",
            headline="தமிழ்நாட்டில் கனமழை",
            body=("சென்னையில் கனமழை பெய்தது.",),
            language="ta",
        )
    )
    put(
        Story(
            source="paper",
            guid="5",
            headline="中国经济增长放缓",
            body=("国家统计局公布了数据。",),
            language="zh",
        )
    )
    put(
        Story(
            source="paper",
            guid="6",
            headline="東京で大雨",
            body=("気象庁によると、東京で大雨が降った。",),
            language="ja",
        )
    )
    put(Story(source="paper", guid="7", headline="นายกรัฐมนตรีเยือนเชียงใหม่", body=("ข่าว",), language="th"))
    return db


def found(db: Any, query: str, **narrowed: Any) -> list[int]:
    return [hit.id for hit in search(db, query, Filter(**narrowed))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("monsoon", [1, 2]),
        ("monsoon -traders", [1]),
        ('"good monsoon"', [2]),
        ('"monsoon good"', []),
        ("mons*", [1, 2]),
        ("headline:monsoon", [1]),
        ("kerala OR markets", [2, 1]),
        ("co-operative", [2]),
        ("it's", [2]),
        ("मुख्यमंत्री", [3]),
        ("मुख्यमंत", []),  # a vowel sign belongs to its word
        ("किसान", []),
        ("கனமழை", [4]),
        ("கனமழ", []),
        ("经济", [5]),
        ("中国经济", [5]),
        ("济增", [5]),
        ("经国", []),
        ("大雨", [6]),
        ("気象庁", [6]),
        ("เชียงใหม่", [7]),
    ],
)
def test_words_of_many_scripts(filled: Any, query: str, expected: list[int]) -> None:
    assert sorted(found(filled, query)) == sorted(expected)


def test_the_headline_counts_more(filled: Any) -> None:
    assert found(filled, "monsoon")[0] == 1


def test_filters(filled: Any) -> None:
    assert found(filled, "monsoon", source="paper") == [2]
    assert found(filled, "monsoon", agency="IANS") == [1]
    assert found(filled, "monsoon", place="new delhi") == [1]
    assert found(filled, "monsoon", country="IN") == [1]
    assert sorted(found(filled, "monsoon", language="en")) == [1, 2]
    assert found(filled, "monsoon", since=datetime(2025, 6, 1, 12, tzinfo=UTC)) == [1]
    assert found(filled, "monsoon", until=datetime(2025, 6, 1, 12, tzinfo=UTC)) == [2]


def test_snippet_marks_the_words(filled: Any) -> None:
    assert "[monsoon]" in search(filled, "monsoon")[0].snippet
    assert "[मुख्यमंत्री]" in search(filled, "मुख्यमंत्री")[0].snippet


def test_a_query_without_a_word_is_refused_clearly(filled: Any) -> None:
    with pytest.raises(WireError, match="no word"):
        search(filled, " -- ")


def test_listing_narrows(filled: Any) -> None:
    assert [row["id"] for row in listing(filled, Filter(source="agency"))] == [1]
    assert [row["id"] for row in listing(filled, newest=True, limit=2)] == [7, 6]
    assert [row["id"] for row in listing(filled, Filter(agency="IANS"))] == [1]


def test_a_listing_by_agency_finds_every_spelling_of_its_credit(filled: Any, put: Any) -> None:
    number = put(
        Story(
            source="agency",
            guid="cp",
            headline="Ice on the river",
            body=("It froze.",),
            credit="The Canadian Press",
        )
    )
    assert [row["id"] for row in listing(filled, Filter(agency="CP"))] == [number]


@given(st.text(max_size=60))
def test_any_query_is_answered_or_refused(query: str) -> None:
    from sqlite_utils import Database

    from store.schema import SEARCH

    db = Database(memory=True)
    db.execute(SEARCH)
    try:
        expression = words.match(query)
    except WireError:
        return
    db.execute("SELECT rowid FROM stories_fts WHERE stories_fts MATCH ?", [expression]).fetchall()


@given(st.text(max_size=60))
def test_bare_keeps_the_length(text: str) -> None:
    assert len(words.bare(text)) == len(text)


@given(st.text(max_size=200), st.text(min_size=1, max_size=10))
def test_a_snippet_of_any_text(body: str, query: str) -> None:
    shown = words.snippet(body, words.finder(words.terms(query)))
    assert len(shown) <= 700


def test_a_headline_is_found_under_many_newer_mentions(db: Any, put: Any) -> None:
    put(Story(source="agency", guid="h", headline="Monsoon reaches Kerala early", body=("Rain fell.",)))
    for number in range(POOL + 1):
        mention = f"Trader {number} hoped for the monsoon and named {number * 7} reasons."
        put(Story(source="paper", guid=str(number), headline=f"Market day {number}", body=(mention,)))
    assert found(db, "monsoon")[0] == 1
