from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.identity import Furniture, Memory, best_match, likely
from parsers.fingerprint import fingerprint, likeness, relation

WORDS = [
    f"{a}{b}"
    for a in ["ba", "co", "du", "fe", "gi", "ho", "ju", "ka", "lo", "mi", "na", "po", "ru", "sa", "te", "vi"]
    for b in ["dra", "lin", "mo", "ner", "pik", "ras", "sol", "tan"]
]


def prose(seed: int, count: int = 260) -> list[str]:
    """Paragraphs of made-up words, some figures among them."""
    chance = random.Random(seed)
    words = [
        chance.choice(WORDS) if chance.random() > 0.04 else str(chance.randrange(3, 900))
        for _ in range(count)
    ]
    return [" ".join(words[at : at + 40]).capitalize() + "." for at in range(0, count, 40)]


def match(new_headline: str, new: list[str], old_headline: str, old: list[str], days: int = 0):  # type: ignore[no-untyped-def]
    index: Memory[str] = Memory()
    index.add("old", fingerprint(old_headline, old), 100)
    made = fingerprint(new_headline, new)
    shared = index.sharing(made.sketch, 100 + days)
    return best_match(made, likely(made.grams.size, shared), index.prints.get, 100 + days)


def test_a_trimmed_and_retitled_reprint_folds() -> None:
    found = match("Quite another heading", prose(1)[:4], "River rises", prose(1))
    assert found is not None
    assert found.relation == "trimmed"
    assert found.why["containment"] > 0.9


def test_an_extended_reprint_folds() -> None:
    found = match("River rises", prose(1) + prose(2, 120), "River rises", prose(1))
    assert found is not None
    assert found.relation == "extended"


def test_two_reports_of_one_event_are_two_stories() -> None:
    assert match("River rises", prose(1), "River rises", prose(2)) is None


def gold(price: int, change: int) -> list[str]:
    return [
        f"Gold traded at {price} rupees for ten grams in the city market on opening, against {price - change} a day before, dealers said.",
        f"Silver stood at {price * 2 + 7} rupees a kilogram, a change of {change * 3} rupees, as buyers waited for the wedding season to begin.",
        f"Dealers expect the metal to move between {price - 400} and {price + 350} rupees this week, with imports at {change + 11} tonnes.",
    ]


def test_two_days_of_a_template_are_two_stories() -> None:
    assert match("Gold price today", gold(71230, 140), "Gold price today", gold(70480, 95), days=1) is None


def test_a_script_without_word_boundaries_is_compared_by_letter() -> None:
    old = [
        "国务院常务会议部署农田灌溉工作要求加快重点水利项目建设并且公布了今年的投资计划与时间安排表。" * 2,
        "各地方政府必须在月底之前提交具体的实施方案和预算。",
    ]
    found = match("另一个标题", [old[0]], "农田灌溉", old)
    assert found is not None


@given(st.lists(st.text(max_size=60), max_size=6), st.text(max_size=40))
def test_any_text_is_wholly_like_itself(paragraphs: list[str], headline: str) -> None:
    made = fingerprint(headline, paragraphs)
    like = likeness(made, made)
    if made.grams.size:
        assert like.containment == like.jaccard == like.masked == 1.0
        assert relation(made, made, like) == "copy"


@pytest.mark.parametrize("days", [0, 5])
def test_what_is_older_than_the_window_is_forgotten(days: int) -> None:
    index: Memory[int] = Memory(window=3)
    made = fingerprint("h", prose(3))
    index.add(1, made, 100)
    index.add(2, fingerprint("h", prose(4)), 100 + days)
    assert (1 in index.sharing(made.sketch, 100 + days)) is (days == 0)


def test_a_statement_quoted_by_two_reports_joins_them_not() -> None:
    statement = prose(5, 60)
    assert match("", statement + prose(6, 330), "", statement) is None


def test_paragraphs_of_many_stories_are_furniture_and_reprints_make_none() -> None:
    furniture = Furniture()

    def named(*paragraphs: str) -> dict[str, str]:
        return {text: text.casefold() for text in paragraphs}

    for cluster in range(5):
        furniture.note(named("Follow us.", f"Story {cluster}."), cluster)
        furniture.note(named("Reprinted."), "one")
    assert furniture.less(named("FOLLOW US.", "Reprinted.", "Story 3.")) == ["Reprinted.", "Story 3."]
    assert furniture.less(named("Follow us.")) == ["Follow us."]


def test_one_wrong_date_makes_the_index_forget_nothing() -> None:
    index: Memory[int] = Memory(window=3)
    made = fingerprint("h", prose(3))
    for number in range(5):
        index.add(number, fingerprint("h", prose(10 + number)), 100)
    index.add(5, made, 100)
    index.add(6, fingerprint("h", prose(4)), 40000)
    assert 5 in index.sharing(made.sketch, 101)


def notice(name: str, age: int, town: str, children: int) -> list[str]:
    first = name.split()[0]
    return [
        f"{name}, {age}, of {town}, died quietly at home with the family round the bed.",
        f"{first} leaves {children} children, and a garden that the whole street will miss.",
        "Friends may call at the Chapel of Rest from four to seven, and a service will be read at the Church of St. Bride at ten in the morning.",
        "Instead of flowers the family asks for gifts to the nurses who cared so well in the last weeks.",
    ]


def test_a_template_with_other_names_is_another_story() -> None:
    old = notice("Martha Webb", 81, "Harpur", 3)
    assert (
        match("Deaths: Peter Lane", notice("Peter Lane", 77, "Silgarh", 5), "Deaths: Martha Webb", old)
        is None
    )
    found = match("Deaths: Martha Webb", notice("Marta Webb", 81, "Harpur", 3), "Deaths: Martha Webb", old)
    assert found is not None, "one name, corrected"


SIGNS = ("The Ram", "The Bull", "The Twins", "The Crab", "The Lion", "The Maid", "The Scales", "The Archer")
LUCK = ("Money comes your way.", "Avoid a quarrel at home.", "A journey is near.", "An old friend will write.", "Rest your back.", "Work goes lightly by evening.", "Love smiles on you.", "Put your papers in order.")  # fmt: skip


@pytest.mark.parametrize("days", [1, 4])
def test_sentences_dealt_out_anew_are_another_story(days: int) -> None:
    def stars(seed: int) -> list[str]:
        chance = random.Random(seed)
        return [f"{sign}: {chance.choice(LUCK)} {chance.choice(LUCK)} Your number is {chance.randrange(1, 10)}, your colour {chance.choice(['red', 'blue', 'white'])}." for sign in SIGNS]  # fmt: skip

    assert match("Your stars today", stars(1), "Your stars today", stars(2), days=days) is None


def quake(size: str) -> list[str]:
    return [
        f"An earthquake of magnitude {size} shook the hills north of Silgarh on Monday, the weather office said, and people ran out of their houses into the fields.",
        "Its centre lay ten kilometres under the ground near the dam of Lower Harpur, where engineers looked for cracks and found none.",
        "No one was hurt, according to the police, who warn of further shocks and ask all who live below the slopes to sleep in the open tonight.",
        "The region lies where two plates of the crust meet, and every year some forty shocks are felt there.",
    ]


def test_two_of_one_day_that_differ_in_the_figure_of_their_headline_are_two_stories() -> None:
    assert (
        match("Earthquake of 4.7 near Silgarh", quake("4.7"), "Earthquake of 4.2 near Silgarh", quake("4.2"))
        is None
    )
    told = match(
        "CORRECTED: Earthquake of 4.7 near Silgarh",
        quake("4.7"),
        "Earthquake of 4.2 near Silgarh",
        quake("4.2"),
    )
    assert told is not None, "one that says that it corrects the other"
    told = match("UPDATE 3-Shock near Silgarh", quake("4.7"), "UPDATE 2-Shock near Silgarh", quake("4.2"))
    assert told is not None, "the number of a telling is no figure of it"
    again = match(
        "Earthquake of 4.2 near Silgarh", quake("4.2"), "Earthquake of 4.2 near Silgarh", quake("4.2")
    )
    assert again is not None
