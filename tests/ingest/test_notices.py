from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ingest.embargo import ENDLESS, embargo_of
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


FARES = ("The council will raise fares by four per cent, the report says.", "Buses run as before.")
# What a desk writes, and its time in UTC on a Monday, 2 June, at noon: day, hour, minute.
TOLD = [
    ("EMBARGOED TILL 6 PM IST ON JUNE 4", (4, 12, 30)), ("Not for publication before 5 June 2025, 18:00 GMT", (5, 18, 0)), ("HOLD FOR RELEASE UNTIL 9 A.M. EDT TUESDAY", (3, 13, 0)),
    ("Hold for release 10 a.m. EST June 4", (4, 15, 0)), ("STRICT EMBARGO: 00:01 BST Wednesday 4 June 2025", (3, 23, 1)), ("Sperrfrist: 3. Juni, 6 Uhr", (3, 6, 0)),
    ("SPERRFRIST: Dienstag, 3. Juni 2025, 10.00 Uhr (MESZ)", (3, 8, 0)), ("Sous embargo jusqu'au 3 juin à 18h00", (3, 18, 0)), ("Embargado hasta el 4 de junio a las 10:00", (4, 10, 0)),
    ("EMBARGO FINO ALLE 12.00 DEL 3 GIUGNO", (3, 12, 0)), ("Embargo tot 3 juni 2025, 06.00 uur", (3, 6, 0)), ("Эмбарго до 3 июня 10:00", (3, 10, 0)),
    ("3 जून शाम 6 बजे से पहले प्रकाशित न करें", (3, 18, 0)), ("प्रतिबंधित: 3 जून 2025, 18:00 बजे तक", (3, 18, 0)), ("解禁 6月3日5時", (3, 5, 0)), ("６月３日午前５時解禁", (3, 5, 0)), ("6月4日17時以前禁止报道", (4, 17, 0)),
    ("محظور النشر حتى الساعة 10:00 3 يونيو", (3, 10, 0)), ("Embargo: 3 June 2025 at 07:00 CET", (3, 6, 0)), ("UNDER EMBARGO UNTIL THURSDAY 5 JUNE 00.01 HRS", (5, 0, 1)),
    ("EMBARGOED FOR RELEASE: Wednesday, June 4, 2025, 10:00 a.m. ET", (4, 14, 0)), ("For release at 8:30 a.m. EDT, Wednesday, June 4, 2025", (4, 12, 30)),
    ("Not to be published or broadcast before midnight tonight", (3, 0, 0)), ("Media embargo lifts at noon Wednesday, June 4 (GMT)", (4, 12, 0)), ("Do not publish before 1800hrs June 3", (3, 18, 0)),
    ("NOT FOR RELEASE UNTIL 2 PM PT JUNE 3", (3, 21, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("words", "until"), TOLD)
def test_an_embargo_is_read_wherever_a_desk_writes_it(words: str, until: tuple[int, int, int]) -> None:
    for story in (
        Story(headline="Fares", ednote=words, body=FARES),
        Story(headline=f"{words} - Fares to rise", body=FARES),
        Story(headline="Fares", body=(words, *FARES)),
        Story(headline="Fares", body=(f"({words})", *FARES)),
        Story(headline="Fares", body=(*FARES, f"[{words}]")),
    ):
        assert embargo_of(story, now=NOW) == datetime(2025, 6, *until, tzinfo=UTC), story


@pytest.mark.parametrize(
    "story",
    [
        Story(headline="EMBARGOED: Fares to rise", body=FARES),
        Story(headline="Fares", ednote="Embargoed", body=FARES),
        Story(headline="Fares", ednote="Embargo: until delivery", body=FARES),
        Story(headline="Fares", kickers=("EMBARGOED",), body=FARES),
    ],
)
def test_an_embargo_without_a_time_waits_for_a_person(story: Story) -> None:
    assert embargo_of(story, now=NOW) == ENDLESS


@pytest.mark.parametrize(
    ("headline", "first"),
    [
        ("Embargo on oil until December, says minister", ""), ("Region extends embargo till June 30 on wheat", ""), ("Oil embargo to begin June 5", ""),
        ("For release of hostages, talks on June 3", ""), ("Hold for now, says central bank", ""), ("Fares", "Embargo on grain until 10 June will be reviewed on Monday."),
        ("Fares", "For release at cinemas on June 13, the film was cut twice."), ("Hold until Thursday, court tells council", ""), ("Embargo: UN votes on June 4", ""),
        ("EMBARGO ON OIL UNTIL DECEMBER", ""), ("Arms embargo: what it means from June 5", ""), ("Embargo lifted", ""), ("For immediate release", ""),
    ],
)  # fmt: skip
def test_a_report_holds_nothing_back(headline: str, first: str) -> None:
    assert embargo_of(Story(headline=headline, body=(first or FARES[0], *FARES)), now=NOW) is None


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
