from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from parsers.story import Dateline, Media, Story, Subject, content_hash
from store import stories

text = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
times = st.one_of(
    st.none(),
    st.dates(date(1900, 1, 1)),
    st.datetimes(timezones=st.just(timezone(timedelta(hours=5, minutes=30)))).filter(
        lambda t: 1900 < t.year < 2100
    ),
)


@given(
    headline=st.none() | text,
    body=st.lists(text, max_size=5).map(tuple),
    html=st.none() | text,
    published=times,
    place=text,
    urgency=st.none() | st.integers(1, 9),
)
def test_what_is_packed_comes_back(
    headline: str | None,
    body: tuple[str, ...],
    html: str | None,
    published: Any,
    place: str,
    urgency: int | None,
) -> None:
    story = Story(
        source="agency", guid="g", headline=headline, body=body, body_html=html, published=published, urgency=urgency,
        dateline=Dateline(text=place, place=place, places=(place,)), subjects=(Subject(code="x"),),
        media=(Media(url="https://a.example/1.jpg"),), status="withheld", partial=True,
    )  # fmt: skip
    columns = stories.packed(story)
    assert stories.unpacked("agency", headline, *columns) == story


def test_plain_html_is_not_kept_twice() -> None:
    body = ("One & two.", "Three < four.")
    story = Story(source="a", body=body, body_html="<p>One &amp; two.</p>\n<p>Three &lt; four.</p>")
    packed_body, form = stories.packed(story)
    assert "Three" not in form
    assert stories.unpacked("a", None, packed_body, form) == story


def test_a_known_story_is_found_by_alias_and_hash(db: Any, put: Any) -> None:
    story = Story(source="agency", guid="1", headline="Rain in Delhi", body=("It rained.",))
    number = put(story, aliases=("guid:1", "url:https://agency.example/1"))
    assert stories.by_alias(db, "agency", ["guid:1", "guid:2"]) == {"guid:1": number}
    assert stories.by_alias(db, "paper", ["guid:1"]) == {}
    assert stories.by_hash(db, [content_hash(story)]) == {content_hash(story): [number]}
    known = stories.known(db, [number, 99])
    assert set(known) == {number}
    assert known[number].story == story
    assert known[number].agency and known[number].lead


def test_a_version_keeps_the_older_ones(db: Any, put: Any) -> None:
    first = Story(source="agency", guid="1", headline="Rain", body=("One.",))
    number = put(first)
    second = Story(source="agency", guid="1", headline="Heavy rain", body=("One.", "Two."))
    put(second, known=number, judged="update", why="new matter")
    late = Story(source="agency", guid="1", headline="Drizzle", body=("Nought.",))
    put(late, known=number, leads=False, judged="late", why="older by its own clock")
    assert [v.story for v in stories.versions(db, number)] == [first, second, late]
    assert stories.known(db, [number])[number].version == 2


def test_an_alias_moves_to_the_story_that_took_it(db: Any, put: Any) -> None:
    old = put(Story(source="agency", guid="1", headline="A", body=("a",)), aliases=("guid:1",))
    new = put(Story(source="agency", guid="1", headline="B", body=("b",)), aliases=("guid:1",))
    assert stories.by_alias(db, "agency", ["guid:1"]) == {"guid:1": new}
    assert stories.aliases_of(db, old) == []


def test_times_are_kept_as_utc_beside_what_was_said(db: Any, put: Any) -> None:
    when = datetime(2025, 6, 2, 1, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    number = put(Story(source="agency", guid="1", headline="A", published=when, updated=date(2025, 6, 3)))
    row = next(
        db.query(
            "SELECT published, published_said, updated, updated_said FROM stories WHERE id = ?", [number]
        )
    )
    assert row == {
        "published": "2025-06-01T20:00:00Z",
        "published_said": "2025-06-02T01:30:00+05:30",
        "updated": "2025-06-03T00:00:00Z",
        "updated_said": "2025-06-03",
    }
    assert when.astimezone(UTC).isoformat().startswith("2025-06-01T20:00")
