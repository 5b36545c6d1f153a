"""The day that ends a head, in the languages of the world's papers as Unicode CLDR writes it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from babel.dates import format_skeleton

from parsers.lead.days import day_at_end

# Those that write a month as a figure with a mark behind it (Czech, Finnish …) are not asked for a day in words.
TONGUES = (
    "af ar ar_EG ar_MA ar_SY as be bg bn bs ca da de de_AT el en es es_MX et fa fr fr_CA gl gu hi hu id it ja ka kk km kn ko ky lv mk "
    "ml mr nb ne nl or pa pl pt ro ru si sl sr sr_Latn sv sw ta th tr uk ur uz_Cyrl zh zh_TW"
).split()


@pytest.mark.parametrize("tongue", TONGUES)
@pytest.mark.parametrize("skeleton", ["MMMMd", "yMMMMd"])
def test_a_day_behind_a_place(tongue: str, skeleton: str) -> None:
    for month in range(1, 13):
        day = date(2025, month, 3 + 11 * (month % 2))
        text = format_skeleton(skeleton, datetime(2025, month, day.day, tzinfo=UTC), locale=tongue)
        found = day_at_end(f"Xoria, {text}", date(2025, month, 16))
        assert found, text
        assert found.iso == day.isoformat(), text
