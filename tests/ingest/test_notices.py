from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ingest.embargo import embargo_of
from ingest.notices import kills, meant
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


@pytest.mark.parametrize(
    "headline",
    [
        "KILL: Harpur council approves new bridge", "BC-Kill-Harpur Bridge", "EDITORS: please kill Harpur bridge story", "STORY REMOVED: Harpur bridge",
        "ADVISORY: story withdrawn", "MANDATORY KILL", "Kill - Harpur bridge", "Story withdrawn", "KILL Harpur council approves new bridge",
        "Harpur council approves new bridge (WITHDRAWN)", "Kill: Story of a river", "[KILL] Harpur bridge", "ATTENTION EDITORS - Mandatory kill", "Eds: Please disregard Harpur bridge",
        "रद्द: हरपुर में नया पुल", "खबर रद्द: हरपुर में नया पुल", "संपादक कृपया ध्यान दें: रद्द - हरपुर पुल", "ANULACIÓN: Harpur aprueba el puente", "ANNULATION - Harpur",
        "Zurückgezogen: Harpur baut Brücke", "Annullamento: Harpur", "撤稿：哈普尔大桥", "【取消】哈普尔大桥", "取り消し：橋", "ANULOWANO: Most w Harpur", "İPTAL: Harpur",
        "إلغاء: جسر هاربور", "বাতিল: হরপুর সেতু", "Аннулировано: мост", "RETRACTION: Harpur bridge",
    ],
)  # fmt: skip
def test_a_notice_of_any_agency_kills(headline: str) -> None:
    assert kills(Story(headline=headline, body=("The story is not to be used.",)))


@pytest.mark.parametrize(
    "headline",
    [
        "Killed soldiers' families protest", "KILLED SOLDIERS' FAMILIES PROTEST", "WITHDRAW TROOPS, SAYS UN", "Kill switch for old engines is tested", "Three killed in bus fire",
        "Story of a river", "Editors meet in Harpur", "Removed: the last toll gate", "ट्रेन रद्द: यात्री परेशान", "Attention turns to the budget", "Cancelled flights strand hundreds",
        "Notice to tea growers", "取消关税谈判继续", "Note: the river rises", "Kills 99% of germs, says maker", "News is good for growers",
    ],
)  # fmt: skip
def test_a_report_is_no_notice(headline: str) -> None:
    assert not kills(
        Story(headline=headline, body=("Families of soldiers who died asked for pensions on Monday.",))
    )


def test_a_notice_told_in_its_text_alone() -> None:
    body = (
        "Please kill the story slugged BC-Harpur-Bridge, headlined “Harpur council approves new bridge”.",
        "A retraction will follow.",
    )
    story = Story(headline="ATTENTION EDITORS", body=body)
    assert kills(story)
    headlines, slugs, _, _ = meant(story)
    assert "Harpur council approves new bridge" in headlines
    assert "BC-Harpur-Bridge" in slugs
