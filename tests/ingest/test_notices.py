from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ingest.notices import embargo_of
from parsers.story import Story

NOW = datetime(2025, 6, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("note", "until"),
    [
        ("Embargoed until 0001 GMT June 3", datetime(2025, 6, 3, 0, 1, tzinfo=UTC)),
        ("EMBARGOED FOR RELEASE AT 10:30 AM IST, June 4, 2025", datetime(2025, 6, 4, 5, 0, tzinfo=UTC)),
        ("Not for publication before June 5, 2025 18:00 GMT", datetime(2025, 6, 5, 18, tzinfo=UTC)),
        ("Sperrfrist bis 03.06.2025, 06:00 Uhr", datetime(2025, 6, 3, 6, tzinfo=UTC)),
    ],
)
def test_an_embargo_in_words_is_read(note: str, until: datetime) -> None:
    assert embargo_of(Story(headline="Report", ednote=note, body=("Text.",)), now=NOW) == until


def test_an_embargo_that_is_over_is_none() -> None:
    assert embargo_of(Story(ednote="Embargoed until 0001 GMT June 2"), now=NOW) is None


def test_a_publication_date_in_the_future_is_no_embargo() -> None:
    assert embargo_of(Story(headline="Report", published=NOW + timedelta(days=2)), now=NOW) is None


def test_a_story_about_an_embargo_is_not_embargoed() -> None:
    body = ("The council lifted its arms embargo on the island on Monday after a vote of nine to six.",)
    assert embargo_of(Story(headline="Council lifts embargo", body=body), now=NOW) is None
