"""Dumps of a page's visible text: what is story among the lines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.errors import ParseError
from parsers.hints import Hints
from parsers.page import dump
from parsers.reading import read
from parsers.story import Story
from parsers.text import bare
from tests.parsers.page.composed import BODY, HEADLINE

IST = timezone(timedelta(hours=5.5))
HEAD = ["Home", "Sign in", "Friday, June 6, 2025", f"Home Local news {HEADLINE}", "Local news", HEADLINE, "By", "Jane Roe", "-", "June 4, 2025", "Facebook", "Twitter"]  # fmt: skip
TAIL = ["Facebook", "Previous articleA bridge is painted green again, and the painters ask, who chose the colour, and for what reason, they say.", "Next articleThe rope walk opens its doors", "LEAVE A REPLY Cancel reply"]  # fmt: skip


def story(*lines: str) -> Story:
    (found,) = dump.read("\n\n".join(lines).encode(), Hints(seen=datetime(2025, 6, 6, tzinfo=UTC))).stories
    return found


@pytest.mark.parametrize(
    "between",
    [
        ["spot_img"],
        ["- Advertisement -"],
        ["- Advertisement -", "Tweet", "Share", "Share"],
        ["Also read: A bridge is painted green again"],
        ["Advertisement", "A bridge is painted green again", "The rope walk opens its doors", "Gulls, a nuisance"],
        ["He asked for two."],
    ],
)  # fmt: skip
def test_what_interrupts_a_story_neither_ends_nor_joins_it(between: list[str]) -> None:
    kept = tuple(line for line in between if line.startswith("He "))
    found = story(*HEAD, *BODY[:2], *between, *BODY[2:], *TAIL)
    assert found.body == (*BODY[:2], *kept, *BODY[2:])
    assert (found.headline, found.authors, str(found.published)) == (HEADLINE, ("Jane Roe",), "2025-06-04")


def test_a_long_deck_above_the_byline_is_no_paragraph() -> None:
    deck = "The last of them went to a man who asked for two, and who was then told that one of these was already torn."
    lines = [*HEAD]
    lines.insert(6, deck)
    found = story(*lines, *BODY, *TAIL)
    assert (found.body, found.subheadline) == (BODY, deck)


def test_the_end_is_neither_an_appeal_nor_the_box_on_the_writer() -> None:
    appeal = "Stay informed with The Pier Post, for as little as two coins a month: subscribe to our newsletter now."
    box = "Jane Roe has written on piers and ferries for The Pier Post since she was a child, and lives on a boat."
    assert story(*HEAD, *BODY, appeal, *TAIL).body == BODY
    assert story(*HEAD, *BODY, "Jane Roe", box, *TAIL).body == BODY


def test_a_caption_that_the_story_says_again_stands_once() -> None:
    assert story(*HEAD, *BODY[:2], BODY[0], *BODY[2:], *TAIL).body == BODY


def test_the_day_at_the_top_of_the_page_serves_where_the_story_tells_none() -> None:
    lines = [line for line in HEAD if line != "June 4, 2025"]
    assert str(story(*lines, *BODY, *TAIL).published) == "2025-06-06"


TEXT = "\n".join(BODY)
ROUND = {
    "a trail, a byline, a form": f"Home News {HEADLINE}\n{HEADLINE}\nBy Pier Post -\nJune 4, 2025\n{TEXT}\nLEAVE A REPLY Cancel reply\nPlease enter your name here",
    "the headline twice": f"Skip to main content\nNews\n{HEADLINE}\n{HEADLINE}\nPublished Jun 4, 2025 9:14 pm\n{TEXT}\nLatest News\nA bridge is painted green again",
    "a paper's head and buttons": f"PIER POST\nNEWS\n{HEADLINE}\n| June 4, 2025, 12:10 am\n{TEXT}\nSHARE\nPOST YOUR COMMENTS\nSEARCH\nLatest from News",
    "German": f"Zum Inhalt springen\nMenü\n{HEADLINE}\nStand: 04.06.2025, 21:14 Uhr\nKommentare\n{TEXT}\nAuch interessant\nEine Brücke wird grün\nImpressum\nDatenschutz",
    "Hindi": f"होम\nदेश\n{HEADLINE}\nUpdated at : 04 Jun 2025 09:14 PM (IST)\n{TEXT}\nयह भी पढ़ें: एक पुल हरा हुआ\nशेयर करें\nटॉप हेडलाइंस",
    "a notice of the carrier": f"{HEADLINE}\nDate\n6/4/2025 3:14:21 PM\n{TEXT}\nCARRIER04062025000231011071ID1109\nLegal Disclaimer:\nThe carrier provides the information as it is and takes no responsibility for it, whatever it may say.\nComments\nNo comment",
    "a stamp of parts, the caption says the headline": f"Home\nNews\n{HEADLINE}\nA man asked for two of them, and the clerks who tore them will help at the gates from now on.\nPTI | Northport | Updated: 04-06-2025 21:14 IST | Created: 04-06-2025 21:14 IST\n{HEADLINE}\nRepresentative image\nSHARE\n{TEXT}\nALSO READ\nA bridge is painted green again",
    "what the carrier says, and its appeal": f"HomeNews{HEADLINE}\n{HEADLINE}\nPTI\n04 June, 2025 09:14 pm IST\nText Size: A- A+\n{TEXT} PTI ABC DEF\nThis report is auto-generated from PTI news service.\nSupport Our Journalism\nThis land needs fair journalism, packed with reports from the piers; readers like you have paid for it so far, and should go on.\nSupport Our Journalism",
    "Markdown": f"[Home](/) | [News](/news)\n\n# {HEADLINE}\n\n*A man asked for two of them*\n\nBy **Jane Roe** | June 4, 2025\n\n![pier](a.jpg)\n\n" + "\n\n".join(BODY).replace("turnstiles", "[turnstiles](/t)") + "\n\n## Related\n\n* [A bridge is painted green again](/b)",
}  # fmt: skip


@pytest.mark.parametrize("name", ROUND)
def test_what_pages_print_round_their_stories_tells_a_dump_from_copy(name: str) -> None:
    reading = read(ROUND[name].encode(), Hints())
    (found,) = reading.stories
    assert (reading.format, found.headline, found.body) == ("dump", HEADLINE, BODY)
    assert str(found.published)[:10] == "2025-06-04"


@pytest.mark.parametrize(
    "copy",
    [
        f"{HEADLINE}\n\nBy Jane Roe\n\nNORTHPORT, June 4 (Reuters) - {TEXT}\n\n(Reporting by Jane Roe; Editing by Luc Roux)",
        f"NORTHPORT, June 4 (PTI) {TEXT}\nScores:\nRoe 45\nRoux 12\nTotal: 231\nMORE PTI ABC",
    ],
)
def test_an_agencys_copy_is_no_dump(copy: str) -> None:
    assert read(copy.encode(), Hints()).format == "text"


def test_the_papers_own_name_in_a_byline_is_no_writer() -> None:
    (found,) = read(ROUND["a trail, a byline, a form"].encode(), Hints(url="https://www.pierpost.example/1")).stories  # fmt: skip
    assert (found.byline, found.authors) == ("Pier Post", ())


def test_a_credit_behind_the_story_is_read() -> None:
    text = ROUND["the headline twice"].replace("\nLatest News", "\nSource: IANS\nLatest News")
    assert read(text.encode(), Hints()).stories[0].credits == ("IANS",)


@pytest.mark.parametrize(
    "name", ["a stamp of parts, the caption says the headline", "what the carrier says, and its appeal"]
)
def test_an_agency_above_a_stamp_is_the_byline(name: str) -> None:
    (found,) = read(ROUND[name].encode(), Hints()).stories
    assert (found.byline, found.credits, found.published) == (
        "PTI",
        ("PTI",),
        datetime(2025, 6, 4, 21, 14, tzinfo=IST),
    )


def test_a_dateline_in_a_line_of_its_own_is_the_storys() -> None:
    (found,) = read(
        ROUND["the headline twice"].replace(BODY[0], f"New Delhi, June 4\n{BODY[0]}").encode(), Hints()
    ).stories
    assert found.dateline and found.dateline.text == "New Delhi, June 4"
    assert found.body == BODY


MENU = [f"{name} {kind}" for name in ("Ondro", "Maliki", "Tessen", "Urvo") for kind in ("basta", "korin", "velu", "ospi")]  # fmt: skip
LETTERS = ["News of the harbour", "All that moved on the water, straight to your inbox every evening.", "By signing up you agree to the terms of the port.", "Sign up"]  # fmt: skip
TEASERS = ["Gulls return to the north pier", "Three pairs were counted in the spring.", "The rope walk opens its doors", "Visitors may try to turn the wheel."]  # fmt: skip
CAPTION = "Clerks tear the last of the tickets. (Jane Roe/Getty Images)"


@pytest.mark.parametrize(
    "between",
    [
        LETTERS,
        [*TEASERS[::2], "Ropes and how they are made", "A walk along the pier"],
        [CAPTION],
        ["https://pierpost.example/x/1"],
        ["Already have an account?", "Forgot your password?"],
    ],
)
def test_boxes_in_the_midst_of_a_whole_page(between: list[str]) -> None:
    head = [*MENU, HEADLINE, "Jane Roe", "June 4, 2025"]
    doubled = (*BODY, *(f"{text} (2)." for text in BODY))
    found = story(*head, *doubled[:5], *between, *doubled[5:], *TEASERS, *MENU)
    assert found.body[: len(doubled)] == doubled
    assert (found.headline, found.authors, str(found.published)) == (HEADLINE, ("Jane Roe",), "2025-06-04")


def test_a_menu_in_whatever_language_tells_a_dump_from_copy() -> None:
    text = "\n\n".join([*MENU, HEADLINE, *BODY, *MENU]).encode()
    assert read(text, Hints()).format == "dump"
    assert read("\n\n".join([HEADLINE, *BODY]).encode(), Hints()).format == "text"


def test_a_table_of_results_above_its_story_is_copy() -> None:
    results = [f"{name} 3, {other} {n}" for n, name in enumerate(MENU) for other in ("Lowmere", "Harpur")]
    assert read("\n\n".join([HEADLINE, *results, *BODY]).encode(), Hints()).format == "text"


def test_a_headline_is_of_the_storys_words_and_of_its_address() -> None:
    lines = [*MENU, "Click to copy", HEADLINE, "Turnstiles read a code from now on", "Author of the article:", *BODY, *TAIL]  # fmt: skip
    text = "\n\n".join(lines).encode()
    (found,) = dump.read(
        text, Hints(url="https://pierpost.example/ferry-office-sells-its-last-paper-ticket")
    ).stories
    assert found.headline == HEADLINE


@pytest.mark.parametrize(
    ("line", "stamp"),
    [
        ("The Pier PostApril 28, 2025 GMT", "2025-04-28"),
        ("Published Mon, Apr 28 20252:23 PM EDT", "2025-04-28 14:23:00-04:00"),
        ("Jun 4, 2025 | 06:41 AM IST", "2025-06-04 06:41:00+05:30"),
    ],
)
def test_times_of_a_dump(line: str, stamp: str) -> None:
    assert str(story(*MENU, HEADLINE, line, *BODY, *TAIL).published) == stamp


def test_a_line_without_letters_costs_nothing() -> None:
    assert story(*MENU, HEADLINE, "| — •", "- - -", *BODY, *TAIL).body == BODY


@pytest.mark.parametrize(
    "line",
    [
        "The clerks tore the last of the tickets on Friday evening, in a hall full of people. (Harbour Museum)",
        "— Pier Watch (@pierwatch) June 4, 2025",
        "Two tickets, one torn, and nobody saw who it was, said the manager. pic.twitter.com/abc",
    ],
)
def test_captions_and_posts_in_the_midst_of_a_dump(line: str) -> None:
    assert story(*MENU, HEADLINE, "June 4, 2025", *BODY[:2], line, *BODY[2:], *TAIL).body == BODY


def test_a_note_on_the_writer_ends_a_dump() -> None:
    note = (
        "Jane Roe is a harbour correspondent for the evening edition of the Pier Post, and lives on a boat."
    )
    assert story(*MENU, HEADLINE, "June 4, 2025", *BODY, note, *TAIL).body == BODY


def test_a_dump_that_ends_with_its_only_paragraph_is_read() -> None:
    assert story("Home", "Sign in", "Facebook", HEADLINE, "June 4, 2025", BODY[0]).body == BODY[:1]


LINES = st.sampled_from([
    *MENU, *BODY, *HEAD, *TAIL, *LETTERS, *TEASERS, CAPTION, HEADLINE, "OSLO -", "New Delhi, June 4", "—", "|", "By", "By Jane Roe", "PTI | Pune | Updated: 03-06-2025 21:14 IST",
    "Jane RoeUpdated: June 4, 2025", "Highlights", "Comments (3)", "…", "{};{} function (", "https://pierpost.example/1", "4 जून 2025", "(AP)", "Photo: Jane Roe",
])  # fmt: skip


@given(st.lists(LINES | st.text(max_size=30), max_size=40))
def test_lines_in_any_order_are_read_or_refused(lines: list[str]) -> None:
    try:
        found = story(*lines)
    except ParseError:
        return
    assert found.body
    assert all(bare(paragraph) in bare(" ".join(lines)) for paragraph in found.body)
