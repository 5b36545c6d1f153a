"""The cheap looks ahead of the grammar of end matter let everything through that the grammar would read."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from parsers.lead import read_lead
from parsers.lead.agencies import catalogue, could_name, key
from parsers.lead.endings import AGENCY_LINES, DESK_LINES, HINDI_INPUTS, WITH_INPUTS, could_tell

EXOTIC = re.compile("[ıſİK]")  # letters of one case that a pattern takes for i, s and k


@pytest.mark.parametrize("pattern", [WITH_INPUTS, HINDI_INPUTS, AGENCY_LINES, DESK_LINES])
def test_every_line_that_a_pattern_reads_is_let_through(pattern: re.Pattern[str]) -> None:
    @settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
    @given(st.from_regex(pattern))
    def told(line: str) -> None:
        assume(not EXOTIC.search(line) and pattern.match(line))
        assert could_tell(line)

    told()


def test_sentences_are_not_looked_at_twice() -> None:
    assert not could_tell("Ministers met on Monday to discuss the price of rice.")
    assert not could_tell("Отдел печати не ответил на вопросы.")


@pytest.mark.parametrize(
    "credit", ["{}", "The {}", "{} and others", "({})", "{} / {}", "{} News Agency", "© {}"]
)
def test_every_alias_may_begin_a_credit(credit: str) -> None:
    for agency in catalogue().values():
        for alias in agency.aliases:
            assert could_name(key(credit.format(alias, alias)))


BODY = ("The water board said on Thursday that it would lay new pipes.", "Work begins in March.")


@pytest.mark.parametrize(
    ("tail", "credits"),
    [
        ("mr/gw/ach (dpa, AFP)", ("DPA", "AFP")),
        ("(समाप्त)", ()),
        ("ДН/АБ", ()),
        ("Redaktør: Ole Olsen", ()),
        ("Read all the latest news and live updates here", ()),
        ("Views expressed are personal.", ()),
        ("The opinions expressed here are those of the author and not of this paper.", ()),
    ],
)
def test_what_desks_and_sites_put_under_a_story_is_cut(tail: str, credits: tuple[str, ...]) -> None:
    lead = read_lead([*BODY, tail])
    assert (lead.body, lead.credits) == (BODY, credits)


@pytest.mark.parametrize(
    "last",
    [
        "Views expressed by farmers at the hearing will be sent to the board.",
        "Read it in the evening (and weep).",
        "The author is survived by two sons.",
    ],
)
def test_a_last_sentence_that_begins_like_end_matter_stays(last: str) -> None:
    assert read_lead([*BODY, last]).body == (*BODY, last)
