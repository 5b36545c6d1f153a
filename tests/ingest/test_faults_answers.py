"""The fault table (FETCHING.md, section 10): what a server answers, and what is made of its status and headers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ingest.http import retry_after
from ingest.outcome import Fetched, Gone, NotModified
from ingest.polite import Polite
from store.sources import Validators
from tests.ingest.rude import BOTH, FEED, Rude, answer, failed, says

NOW = datetime(2025, 6, 2, 10, 0, tzinfo=UTC)


def test_rows_1_5_6_validators_go_back_byte_for_byte(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(status="304 Not Modified", ETag='"b"'))
    outcome = polite.fetch(rude.address, validators=BOTH)
    assert outcome == NotModified(validators=Validators(etag='"b"'))
    assert b'If-None-Match: W/"a-gzip\r\n' in rude.heads[0]
    assert b"If-Modified-Since: Mon, 02 Jun 2025 99:99:99 GMT\r\n" in rude.heads[0]
    assert b"desk@example.org" in rude.heads[0]


def test_row_2_a_304_that_nobody_asked_for(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(status="304 Not Modified"))
    failed(polite.fetch(rude.address), "server")
    assert len(rude.heads) == 2 and b"no-cache" in rude.heads[1].lower()


def test_row_7_validators_that_are_dropped_are_forgotten(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(FEED))
    outcome = polite.fetch(rude.address, validators=BOTH)
    assert isinstance(outcome, Fetched) and outcome.validators == Validators()


def test_rows_9_10_a_host_that_asks_for_rest_is_left_alone(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(status="429 Too Many Requests", Retry_After="120"), answer(FEED))
    assert failed(polite.fetch(rude.address), "busy").wait == timedelta(seconds=120)
    failed(polite.fetch(rude.address + "/other"), "busy")
    assert len(rude.heads) == 1
    (told,) = polite.hosts()
    assert told.wait_until is not None and told.wait_until > datetime.now(UTC) + timedelta(seconds=100)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", timedelta(seconds=120)),
        ("Mon, 02 Jun 2025 10:05:00 GMT", timedelta(minutes=5)),
        ("Monday, 02-Jun-25 10:05:00 GMT", timedelta(minutes=5)),
        ("garbage", None),
        ("-5", None),
        ("0", None),
        ("Mon, 02 Jun 2025 09:00:00 GMT", None),
        ("315360000", timedelta(hours=24)),
        ("9" * 50, timedelta(hours=24)),
        ("Mon, 02 Jun 2035 09:00:00 GMT", timedelta(hours=24)),
    ],
)
def test_row_11_retry_after_in_every_form(value: str, expected: timedelta | None) -> None:
    assert retry_after(value, now=NOW) == expected


def test_row_12_a_passing_fault_is_tried_again(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(status="500 Oops"), answer(status="502 Oops"), answer(FEED))
    assert isinstance(polite.fetch(rude.address), Fetched)


def test_row_13_a_lasting_one_three_times(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(status="500 Oops"))
    failed(polite.fetch(rude.address), "server")
    assert len(rude.heads) == 3


def test_row_14_permanent_redirects_are_told(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(status="301 Moved", Location="/new"), answer(FEED))
    outcome = polite.fetch(rude.address + "/old")
    assert isinstance(outcome, Fetched)
    assert (outcome.asked, outcome.url, outcome.permanent) == (
        rude.address + "/old",
        rude.address + "/new",
        rude.address + "/new",
    )


def test_row_22_gone(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(status="410 Gone"))
    assert isinstance(polite.fetch(rude.address), Gone)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("404 No", "missing"),
        ("403 No", "refused"),
        ("401 No", "refused"),
        ("451 No", "refused"),
        ("402 No", "http"),
        ("204 None", "empty"),
        ("206 Part", "http"),
        ("999 No", "server"),
        ("305 No", "http"),
    ],
)
def test_rows_23_24_other_answers(rude: Rude, polite: Polite, status: str, kind: str) -> None:
    rude.script = says(answer(status=status))
    failed(polite.fetch(rude.address), kind)


def test_row_36_an_empty_answer_is_a_failure(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(b" \n"))
    failed(polite.fetch(rude.address), "empty")
