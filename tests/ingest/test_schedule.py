from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ingest.outcome import Batch, Failed, Fetched, Gone, Kind, NotModified
from ingest.schedule import LONGEST, after_failure, after_success, allowed_hour, interval, theirs
from ingest.source import Source
from parsers.hints import FeedFacts
from store.sources import Told

NOW = datetime(2025, 6, 2, 10, 0, tzinfo=UTC)  # a Monday
SOURCE = Source(name="s", url="https://s.example/", every=timedelta(minutes=10))
M10, H1 = timedelta(minutes=10), timedelta(hours=1)


@pytest.mark.parametrize(
    ("asked", "fresh", "quiet", "expected"),
    [
        ({}, None, 0, M10),
        ({"ttl": 60}, None, 0, H1),
        ({"ttl": 0}, None, 0, M10),
        ({"ttl": 525600}, None, 0, LONGEST),
        ({}, timedelta(days=365), 0, LONGEST),
        ({}, timedelta(0), 0, M10),
        ({"update": 30}, timedelta(minutes=20), 0, timedelta(minutes=30)),
        ({}, None, 10, timedelta(minutes=15)),
        ({}, None, 1000, H1),
    ],
)
def test_row_56_the_longest_wish_within_bounds(
    asked: dict[str, float], fresh: timedelta | None, quiet: int, expected: timedelta
) -> None:
    assert interval(M10, theirs(asked, fresh), quiet) == expected


def test_skip_hours_and_days_move_the_due_time() -> None:
    assert allowed_hour(NOW, {"skip_hours": [10, 11]}) == NOW + timedelta(hours=2)
    assert allowed_hour(NOW, {"skip_days": ["Monday"]}) == datetime(2025, 6, 3, tzinfo=UTC)
    facts = FeedFacts(skip_hours=frozenset(range(1, 25)))
    told = after_success(
        SOURCE, Told(name="s"), Batch(outcome=NotModified(), feed=facts), news=False, now=NOW, spread=0
    )
    assert told.due == NOW + M10, "a feed that skips every hour is not believed"


def test_a_feeds_wishes_are_remembered_when_it_answers_304() -> None:
    batch = Batch(outcome=Fetched(body=b"x"), feed=FeedFacts(ttl_minutes=60))
    told = after_success(SOURCE, Told(name="s"), batch, news=True, now=NOW, spread=0)
    told = after_success(SOURCE, told, Batch(outcome=NotModified()), news=False, now=NOW, spread=0)
    assert told.due == NOW + H1


def test_failures_back_off_and_never_give_up() -> None:
    told, waits = Told(name="s"), []
    for _ in range(12):
        told = after_failure(SOURCE, told, Failed(why="HTTP 500", kind="server"), now=NOW, spread=0)
        assert told.due is not None
        waits.append(told.due - NOW)
    assert waits[:3] == [timedelta(minutes=20), timedelta(minutes=40), timedelta(minutes=80)]
    assert waits == sorted(waits) and waits[-1] <= LONGEST
    assert told.failures == 12
    good = after_success(SOURCE, told, Batch(outcome=NotModified()), news=False, now=NOW, spread=0)
    assert (good.failures, good.last_error, good.first_failure) == (0, None, None)


@pytest.mark.parametrize(("kind", "days", "person"), [("network", 0, False), ("network", 4, True), ("missing", 1, False), ("missing", 4, True),
                                                      ("refused", 0, True), ("not-a-feed", 0, True), ("busy", 1, False), ("busy", 9, True), ("coding", 1, False), ("coding", 4, True)])  # fmt: skip
def test_when_a_person_must_look(kind: Kind, days: int, person: bool) -> None:
    told = Told(name="s", failures=3, first_failure=NOW - timedelta(days=days))
    assert bool(after_failure(SOURCE, told, Failed(why="x", kind=kind), now=NOW, spread=0).action) == person


def test_retry_after_is_kept_and_gone_is_asked_weekly() -> None:
    told = after_failure(
        SOURCE,
        Told(name="s"),
        Failed(why="HTTP 429", kind="busy", wait=timedelta(hours=5)),
        now=NOW,
        spread=0,
    )
    assert told.due == NOW + timedelta(hours=5)
    told = after_failure(SOURCE, Told(name="s"), Gone(), now=NOW, spread=0)
    assert told.due == NOW + timedelta(days=7) and told.action


def test_the_idle_alarm_follows_the_sources_own_rhythm() -> None:
    told, now = Told(name="s"), NOW
    for _ in range(20):  # news every two hours
        told = after_success(SOURCE, told, Batch(outcome=Fetched(body=b"x")), news=True, now=now, spread=0)
        told = Told(**{**{n: getattr(told, n) for n in told.__slots__}, "last_new": now})
        now += timedelta(hours=2)
    for hours, alarm in ((6, False), (11, False), (20, True)):
        later = after_success(
            SOURCE, told, Batch(outcome=NotModified()), news=False, now=now + timedelta(hours=hours), spread=0
        )
        assert bool(later.action) == alarm, hours


@pytest.mark.parametrize(("kind", "due"), [("feed", H1), ("imap", M10), ("sftp", M10), ("http", M10)])
def test_a_quiet_feed_is_asked_less_often_and_what_was_agreed_is_kept(kind: str, due: timedelta) -> None:
    source = Source(name="s", kind=kind, url="https://s.example/", every=M10)
    told = Told(name="s", notes={"quiet": 500})
    told = after_success(source, told, Batch(outcome=NotModified()), news=False, now=NOW, spread=0)
    assert told.due == NOW + due


def test_what_an_agency_wishes_holds_also_where_it_is_asked_by_agreement() -> None:
    source = Source(name="s", kind="http", url="https://s.example/", every=M10)
    answer = Batch(outcome=NotModified(fresh=H1))
    assert after_success(source, Told(name="s"), answer, news=False, now=NOW, spread=0).due == NOW + H1
