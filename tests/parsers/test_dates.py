"""Times in the languages of the world's papers, as Unicode CLDR writes them, and in forms that it has not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from babel.dates import format_date, format_time

from parsers.dates import read_time

# All of scripts/build_months.py but Basque, Mongolian and Yoruba, whose months are inflected or of several words, Assamese, whose
# May ends with a mark of quotation, and Croatian, whose October is Polish November.
TONGUES = (
    "af am ar ar_EG ar_MA ar_SY az be bg bn bs ca cs da de de_AT el en en_GB en_IN es es_MX et fa fi fil fr fr_CA gu he hi hu "
    "hy id is it ja ka kk km kn ko ky lo lt lv mk ml mr ms my nb ne nl or pa pl pt ro ru si sk sl so sq sr sr_Latn sv sw ta te th "
    "tr uk ur uz vi zh zh_TW zu"
).split()


@pytest.mark.parametrize("tongue", TONGUES)
def test_a_day_in_words(tongue: str) -> None:
    for month in range(1, 13):
        day = date(2025, month, 3 + 11 * (month % 2))
        for width in ("full", "long"):
            text = format_date(day, width, locale=tongue)
            found = read_time(text)
            assert found, text
            assert found.when == day, text
            noon = read_time(f"{text} 15:47")
            assert noon, text
            assert noon.when == datetime(2025, month, day.day, 15, 47, tzinfo=UTC), text


@pytest.mark.parametrize("tongue", sorted(set(TONGUES) - {"am", "so"}))
@pytest.mark.parametrize("clock", [(15, 47), (9, 5), (0, 30), (12, 10)])
def test_a_clock_of_twelve_hours(tongue: str, clock: tuple[int, int]) -> None:
    moment = datetime(2025, 6, 14, *clock, tzinfo=UTC)
    text = f"{format_date(moment.date(), 'long', locale=tongue)} {format_time(moment.time(), 'short', locale=tongue)}"
    found = read_time(text)
    assert found, text
    assert found.when == moment, text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14 มิ.ย. 2568", date(2025, 6, 14)),  # of the Buddhist era
        ("ngày 14 tháng 6 năm 2025", date(2025, 6, 14)),
        ("14/06/2025", date(2025, 6, 14)),
        ("2025. 6. 14.", date(2025, 6, 14)),
        ("2025 оны 6 дугаар сарын 14", date(2025, 6, 14)),
        ("© 2019 June 14, 2025", date(2025, 6, 14)),  # the year behind the day is its own
        ("© 2019 14 June 2025", date(2025, 6, 14)),
        ("14 كانون الأول 2025", date(2025, 12, 14)),
        ("14 كانون الثاني 2025", date(2025, 1, 14)),
        ("ΔΕΥΤΕΡΑ 2 ΙΟΥΝΙΟΥ 2025", date(2025, 6, 2)),
    ],
)
def test_other_forms(text: str, day: date) -> None:
    found = read_time(text)
    assert found
    assert found.when == day


@pytest.mark.parametrize(
    "text", ["14 few 2025 words", "in 2025 most people", "Room 14, west wing 2025", "2025 cars and 14 vans"]
)
def test_what_is_no_day(text: str) -> None:
    assert read_time(text) is None
