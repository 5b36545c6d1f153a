"""Head and end of a story come off its copy, and nothing else does."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.lead import read_lead

DAY = date(2026, 3, 9)
TEXT = "Engineers closed the canal gate for repairs that will take until the harvest."


@pytest.mark.parametrize(
    ("above", "place", "byline", "authors", "credits"),
    [
        (["By Our Reporter", "TURA, March 8: "], "Tura", "Our Reporter", (), ()),
        (["By Asha Rao & Ravi Misal", "Pune: "], "Pune", "Asha Rao & Ravi Misal", ("Asha Rao", "Ravi Misal"), ()),
        (["PTI", "Updated: 9 March 2026 6:41 PM", "Bhopal, Mar 9 (PTI) "], "Bhopal", "PTI", (), ("PTI",)),
        (["IANS | New Delhi", ""], "New Delhi", "IANS", (), ("IANS",)),
        (["Gate shut for the season", "March 9, 2026", "Pune, Mar 8 (PTI): "], "Pune", None, (), ("PTI",)),
        (["Asha Rao", "Tribune News Service", "Chandigarh, March 8", ""], "Chandigarh", "Asha Rao\nTribune News Service", ("Asha Rao",), ()),
        (["Representative image", "Paris: "], "Paris", None, (), ()),
        (["By Ann Bell and Luc Roux", "LONDON/PARIS, March 9 (Reuters) - "], "London", "Ann Bell and Luc Roux", ("Ann Bell", "Luc Roux"), ("REUTERS",)),
        (["By JANE DOE     PORTLAND, Ore. (AP) -- "], "Portland", "JANE DOE", ("JANE DOE",), ("AP",)),
        (["(Reuters) - "], None, None, (), ("REUTERS",)),
    ],
)  # fmt: skip
def test_heads(
    above: list[str],
    place: str | None,
    byline: str | None,
    authors: tuple[str, ...],
    credits: tuple[str, ...],
) -> None:
    lead = read_lead([*above[:-1], above[-1] + TEXT, "A second paragraph stands under it."], published=DAY)
    assert lead.body == (TEXT, "A second paragraph stands under it.")
    assert (lead.dateline.place if lead.dateline else None) == place
    assert (lead.byline, lead.authors, lead.credits) == (byline, authors, credits)


@pytest.mark.parametrize(
    ("end", "credits"),
    [
        (["--IANS", "int/jk/svn"], ("IANS",)),
        (["PTI SUM ANU"], ("PTI",)),
        (["UNI XC PKS 1412"], ("UNI",)),
        (["(Reporting by Ann Bell in London; Editing by Bo Lund)"], ()),
        (["With inputs from agencies"], ("AGENCIES",)),
        (["(With PTI inputs)"], ("PTI",)),
        (["This is published unedited from the PTI feed."], ("PTI",)),
        (["Turn to page 3"], ()),
        (["(النهاية)", "س ص ع"], ()),
        (["भाषा अबक कखग"], ("PTI-BHASHA",)),
        (["Mit Material von dpa"], ("DPA",)),
        (["(Avec AFP)"], ("AFP",)),
        (["Con información de EFE"], ("EFE",)),
        (["Enditem"], ()),
        (["EFE", "abc/def"], ("EFE",)),
        (["This report by The Canadian Press was first published March 9, 2026.", "Pat Roy, The Canadian Press"], ("CP",)),
        (["Pewarta: Budi Sari", "Editor: Dewi Lestari", "COPYRIGHT © ANTARA 2026"], ("ANTARA",)),
        (["___", "Follow AP's coverage of rivers at https://apnews.example/rivers"], ()),
        (["(This story has not been edited by Example staff and is auto-generated from a syndicated feed.)"], ()),
        (["jane@example.org"], ()),
    ],
)  # fmt: skip
def test_ends(end: list[str], credits: tuple[str, ...]) -> None:
    lead = read_lead([TEXT, "A second paragraph stands under it.", *end], published=DAY)
    assert lead.body == (TEXT, "A second paragraph stands under it.")
    assert lead.credits == credits


@pytest.mark.parametrize(
    ("tail", "credits"),
    [
        (" (ANI)", ("ANI",)), (" PTI", ("PTI",)), (" — PTI", ("PTI",)), (" (DIPRO)", ()), (" (APA, red, 9.3.2026)", ("APA",)), (" (©NTB)", ("NTB",)),
        (" (nz)", ()), (" PTI ABC XYZ", ("PTI",)), (" Turn to page 7", ()), (" PTI Enter your email to get our daily news.", ("PTI",)),
    ],
)  # fmt: skip
def test_tails_glued_to_the_last_sentence(tail: str, credits: tuple[str, ...]) -> None:
    lead = read_lead([TEXT, TEXT + tail])
    assert lead.body == (TEXT, TEXT)
    assert lead.credits == credits


@pytest.mark.parametrize(
    "text",
    [
        "The bill was drafted by the Press Trust of India (PTI).", "He told the agency that he would stay with the AP.", "She read it in a note of the Palestinian Authority (PA).",
        "Nobody knows who wrote it, or why (and when).", "It was the end.", "They went to page three of the report.", "He asked: who are you with?",
    ],
)  # fmt: skip
def test_nothing_is_cut_where_nothing_ends(text: str) -> None:
    assert read_lead([TEXT, text]).body == (TEXT, text)


def test_notes_and_kinds() -> None:
    lead = read_lead(["(Corrects name of river in second paragraph)", "PUNE (AP) — " + TEXT])
    assert (lead.ednote, lead.kind) == ("Corrects name of river in second paragraph", "correction")
    assert read_lead(["EDITORS: This story is withdrawn. A new one will move.", TEXT]).kind == "kill"
    assert read_lead([TEXT], headline="ADVISORY: Coverage of the vote").kind == "advisory"
    assert read_lead([TEXT], headline="Ministers killed time in the lobby").kind is None


def test_cuts_tell_what_was_removed() -> None:
    given = ["By Asha Rao", "  Pune: " + TEXT + " (PTI)", "PTI"]
    lead = read_lead(given)
    left = dict(enumerate(given))
    for cut in lead.cuts:
        text = given[cut.paragraph]
        left[cut.paragraph] = text[cut.head : len(text) - cut.tail]
    assert tuple(text.strip() for text in left.values() if text.strip()) == lead.body == (TEXT,)


def test_what_stands_behind_a_dateline_in_its_own_paragraph_is_copy() -> None:
    lead = read_lead(["PORTLAND, Ore., March 9 - Ended December 31", "Shr 12 cts vs 9 cts"], published=DAY)
    assert lead.dateline and lead.dateline.place == "Portland"
    assert lead.body == ("Ended December 31", "Shr 12 cts vs 9 cts")
    lead = read_lead(["(ANSA) - ROMA, 9 MAR - PROVA DI OGGI (ANSA).", "Testo."], published=DAY)
    assert lead.body[0].startswith("PROVA DI OGGI")
