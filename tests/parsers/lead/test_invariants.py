"""What holds for any copy: nothing goes that is not reported, and reading twice changes nothing."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.lead import Lead, read_lead
from tests.parsers.lead.composed import composed

PIECES = (
    "PTI", "(IANS)", "--IANS", "int/jk/svn", "By Asha Rao", "By Agencies", "Agencies", "New Delhi: ", "PARIS (AFP) - ", "Pune, June 2: ", "(Reuters) - ", "(Adds quotes) ",
    "Editor's note: a word on this.", "Rain fell on the fields for a third day.", "Nobody was hurt, the mayor said.", "A heading above it all", "___", "Enditem", "（完）", "Turn to page 3",
    "With inputs from PTI", "(Reporting by A Roe; Editing by B Roe)", "June 2, 2025", "Updated: 2 June 2025 6:41 PM", "© Reuters", " PTI", " (ANI)", ". ", "— ", "：", "【北京共同】", "新华社北京6月2日电 ",
    "Москва. 2 июня. INTERFAX.RU - ", "दो जून (भाषा) ", "he said.", "“It is late,” she said.", "\n", "  ", "Jr.", "St. ", "(", ")", "/", "a", "2", "।",
)  # fmt: skip
COPY = st.lists(
    st.one_of(
        st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join),
        st.text(min_size=0, max_size=60),
    ),
    max_size=7,
)


def check(given_copy: list[str], lead: Lead) -> None:
    left = dict(enumerate(given_copy))
    for cut in lead.cuts:
        text = given_copy[cut.paragraph]
        assert cut.head + cut.tail <= len(text)
        left[cut.paragraph] = text[cut.head : len(text) - cut.tail]
    assert tuple(text.strip() for text in left.values() if text.strip()) == lead.body
    gone = sum(len(given_copy[cut.paragraph]) - len(left[cut.paragraph]) for cut in lead.cuts)
    assert sum(len(removed.text) for removed in lead.removed) >= gone - sum(map(len, given_copy)) * (
        not lead.removed
    )
    for removed in lead.removed:
        assert any(removed.text in text for text in given_copy)


@settings(max_examples=400, deadline=None)
@given(COPY)
def test_nothing_goes_that_is_not_reported(copy: list[str]) -> None:
    lead = read_lead(copy)
    check(copy, lead)
    letters = sum(not c.isspace() for text in copy for c in text)
    kept = sum(not c.isspace() for text in lead.body for c in text)
    reported = sum(not c.isspace() for removed in lead.removed for c in removed.text)
    assert letters == kept + reported
    if any(text.strip() for text in copy):
        assert lead.body, "the last paragraph stays"


def test_reading_twice_changes_nothing() -> None:
    ends = ("PTI", "--IANS", "(Reporting by A Roe; Editing by B Roe)", "With inputs from agencies", "Enditem")
    for number, one in enumerate(random.Random(6).sample(list(composed()), 600)):
        first = read_lead(
            ["By Asha Rao", one.text, "A second paragraph says what it costs.", ends[number % len(ends)]]
        )
        again = read_lead(first.body)
        assert (again.body, again.dateline, again.credits, again.cuts) == (first.body, None, (), ())
