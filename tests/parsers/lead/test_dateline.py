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


@pytest.mark.parametrize(
    ("head", "rest", "place", "country", "when", "agency"),
    [
        ("काठमाडौं, ११ मंसिर (रासस) :", "खानेपानी विभागले बिहीबार नयाँ पाइप बिछ्याउने बताएको छ।", "काठमाडौं", "NP", None, "RSS"),
        ("काठमाडौं, मंसिर ११ गते ।", "खानेपानी विभागले बिहीबार नयाँ पाइप बिछ्याउने बताएको छ।", "काठमाडौं", "NP", None, None),
        ("ঢাকা, ১২ অগ্রহায়ণ (বাসস):", "পানি বিভাগ বৃহস্পতিবার নতুন পাইপ বসানোর কথা জানিয়েছে।", "ঢাকা", "BD", None, "BSS"),
        ("تهران، ۶ آذر ۱۴۰۴ -", "اداره آب روز پنجشنبه از نصب لوله های تازه خبر داد.", "تهران", "IR", None, None),
        ("தில்லி, நவ. 27:", "குடிநீர் வாரியம் புதிய குழாய்களைப் பதிக்கும் என்று கூறியது.", "தில்லி", "IN", "2025-11-27", None),
        ("मुंबई, दि. २७ (प्रतिनिधी) :", "पाणी विभागाने गुरुवारी नवीन नळ टाकण्याची घोषणा केली.", "मुंबई", "IN", "2025-11-27", None),
        ("पटना (ब्यूरो)।", "जल विभाग ने गुरुवार को नई पाइप बिछाने की बात कही।", "पटना", "IN", None, None),
        ("Aizawl, the 27th November 2025:", "The water board said it would lay new pipes.", "Aizawl", "IN", "2025-11-27", None),
        ("CAGAYAN DE ORO CITY (PIA) –", "The water board said it would lay new pipes.", "Cagayan de Oro City", "PH", None, None),
        ("Manila (Philippine Morning Herald/ANN) —", "The water board said it would lay new pipes.", "Manila", "PH", None, None),
        ("New Delhi, Nov 27", "The water board said it would lay new pipes.", "New Delhi", "IN", "2025-11-27", None),
        ("(MENAFN- IANS) New Delhi, Nov 27 (IANS)", "The water board said it would lay new pipes.", "New Delhi", "IN", "2025-11-27", "IANS"),
        ("Київ. 27 листопада. УНІАН.", "Водоканал заявив у четвер про нові труби.", "Київ", "UA", "2025-11-27", "UNIAN"),
    ],
)  # fmt: skip
def test_heads_as_papers_and_agencies_of_many_lands_write_them(
    head: str, rest: str, place: str, country: str, when: str | None, agency: str | None
) -> None:
    lead = read_lead([f"{head} {rest}", SECOND], published=date(2025, 11, 28))
    line = lead.dateline
    assert line
    assert (line.place, line.country, line.date, line.agency, lead.body[0]) == (place, country, when, agency, rest)  # fmt: skip
