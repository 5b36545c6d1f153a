"""Datelines come back as composed; sentences that only look like one yield none."""

from __future__ import annotations

import random
from datetime import date

import pytest

from parsers.lead import read_lead
from parsers.lead.head import titled
from tests.parsers.lead.composed import Composed, composed

SEEN = date(2026, 1, 20)
SECOND = "A second paragraph says what it costs."


def wrong(one: Composed) -> str | None:
    """What is read otherwise than it was composed, or None."""
    lead = read_lead([one.text, SECOND], published=SEEN)
    line = lead.dateline
    if line is None:
        return f"no dateline: {one.text!r}"
    squashed = "".join(filter(str.isalnum, one.dateline))
    got = (
        "".join(filter(str.isalnum, line.text)),
        (line.place or "").casefold(),
        line.country,
        line.date,
        line.agency,
        lead.body,
    )
    place = one.place if not one.place.isupper() else titled(one.place)
    if got == (squashed, place.casefold(), one.country, one.date, one.agency, (one.body, SECOND)):
        return None
    return f"{one.text[:80]!r} → {line} {lead.body[0][:40]!r}"


def test_composed_datelines_come_back() -> None:
    every = list(composed())
    some = random.Random(4).sample(every, 1500)
    assert [fault for one in some if (fault := wrong(one))] == []


@pytest.mark.proof
def test_every_composed_dateline_comes_back() -> None:
    every = list(composed())
    assert len(every) >= 20_000
    assert [fault for one in every if (fault := wrong(one))] == []


@pytest.mark.parametrize("month", [10, 11])
def test_a_month_of_two_neighbours_is_the_nearer_one(month: int) -> None:
    """ "listopada" is October in Croatian, November in Polish."""
    line = read_lead(["ZAGREB, 2 listopada - Vlada je danas objavila plan.", SECOND], published=date(2025, month, 3)).dateline  # fmt: skip
    assert line and line.date == date(2025, month, 2).isoformat()
