"""What looks like a dateline and is none: headings, labels, appositions, sentences that begin with a place."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import date

import pytest

from parsers.lead import read_lead
from tests.parsers.lead.composed import words

SEEN = date(2026, 1, 20)
SECOND = "A second paragraph says what it costs."
PLACES = (*words(
    "Paris Berlin London Mumbai Delhi Chennai Kolkata Washington Beijing Tokyo Moscow Rome Madrid Vienna Sydney Toronto Cairo Dhaka Karachi Lagos "
    "Boston Chicago Dallas Houston Atlanta Geneva Brussels Dublin Seoul Hanoi Jakarta Manila Lima Bogota Havana Kyiv Warsaw Prague Budapest Athens"
), "New York", "Los Angeles", "Hong Kong", "New Delhi", "San Francisco", "Buenos Aires", "Kuala Lumpur", "Cape Town")  # fmt: skip
# {p} a place, {q} another. None of these says where the story was filed.
FORMS = (
    "{p} Olympics: Hosts name their squad of forty", "{p} weather today: Light rain likely by evening", "{p}, {q} and two more cities will get new trains",
    "{p} – {q} travel time will fall by half an hour", "{p} – the city of lights – is getting darker", "{p}, the largest city in the region, has a new mayor",
    "{p} vs {q}, 2nd Test, Day 3: Visitors are 212 for 4", "{p} Super Kings: Five players to watch this season", "{p} fashion week: What to wear this spring",
    "{p}-based chip designer Example Corp will hire 400 people", "{p} — the team, not the city — lost again on Sunday", "{p} police arrested two men: one is a former clerk",
    "{p}, meanwhile, said it would not send a team", "{p} is getting warmer, scientists say: here is why", "{p}'s airport, which opened in May, is closed again",
    "{p} airport: Flights resume after a short halt", "{p} court – in a ruling on Monday – threw out the plea", "{p} stock exchange: Shares end higher on Tuesday",
    "Live updates: {p} votes in a second round", "Explained: Why {p} floods every year", "{p} Marathon 2026: Route, timing and all you need to know", "{p}, June 2 is not a day that many will forget",
    "{p} and {q}: a tale of two harbours and their people", "{p} in 2026: what the new year brings", "{p} to {q}: the train that never came", "{p} Summit – Leaders meet for a third day",
    "{p} (and its suburbs) will be without water on Monday", "{p} — a city of nine million — has run out of water", "Greater {p}: a plan for the next forty years", "{p} Declaration: Full text of the statement",
    "{p} University: Students return to their halls", "Why {p} – of all places – has no tram", "{p}, where the talks were held, is under a curfew", "{p} Metro: Services hit on the blue line",
    "{p} gold price, June 2: Check rates in your city", "{p} Half-Marathon, March 8: Roads that will be closed", "{p} derby: Reds beat Blues by two goals", "{p}: the city that never sleeps, by those who cannot",
    "{p}: a love story in four letters and a map", "{p}, they say, was not built in a day", "{p} accord - a year on, nothing has changed", "{p} - the final frontier of the chip trade - is hiring",
    "{p} Agreement, {q} Protocol: what was signed and what was kept", "Horoscope Today, June 2: {p} astrologer on your stars", "{p} bureau chief: what I saw on the road", "{p} Diary: Notes from a small hotel",
)  # fmt: skip


def sentences() -> Iterator[str]:
    ends = (
        ".",
        ", officials said.",
        ", a study has found.",
        ", and nobody knows why.",
        " this week.",
        ", says a new book.",
        " after all.",
        ", the paper said on Monday.",
        ", it was said on Tuesday.",
        " once more.",
    )
    for form, (place, other), end in itertools.product(FORMS, itertools.permutations(PLACES, 2), ends):
        if "{q}" in form or other == PLACES[0] or (place == PLACES[0] and other == PLACES[1]):
            yield form.format(p=place, q=other) + end


def false(text: str) -> str | None:
    lead = read_lead([text, SECOND], published=SEEN)
    return f"{text!r} → {lead.dateline}" if lead.dateline or lead.body != (text, SECOND) else None


def test_sentences_that_begin_with_a_place_have_none() -> None:
    some = random.Random(4).sample(list(sentences()), 1500)
    assert [fault for text in some if (fault := false(text))] == []


@pytest.mark.proof
def test_no_sentence_that_begins_with_a_place_has_one() -> None:
    every = list(sentences())
    assert len(every) >= 20_000
    assert [fault for text in every if (fault := false(text))] == []


@pytest.mark.parametrize(
    "text",
    [
        "JEE Main 2026: Eligible candidates may apply from Monday.", "Bigg Boss 18: Two contestants leave the house.", "Live Updates: Votes are being counted in five states.",
        "Reliance bonus issue: What shareholders should know.", "The story so far: The bridge was closed in May.", "CLAIM: A video shows the bridge falling.",
        "UC Berkeley -- On Jan. 14, students met the dean.", "SUPREME COURT - Judges will hear the plea on Monday.", "The Motley Fool - Shares of the maker fell on Monday.",
        "Summary - (Nov 25, 2025) The maker said that it would pay.", "WASHINGTON — the man, not the city — was never at ease.", "REBECCA Cooke is running again, she said.",
        "AMID concern over prices, the bank left its rate.", "Update, 3 p.m.: The road is open again.", "AP government to fill 1,200 posts before June.", "PTI chief Imran Khan's lawyers filed a plea.",
        "Pakistan Tehreek-e-Insaf (PTI) chief Imran Khan was in court.", "Andhra Pradesh (AP) Chief Minister N Naidu met farmers.", "Q: When will the bridge reopen?", "Smith: Did you expect the vote to be this close?",
        "India vs Australia, 2nd Test, Day 3 – Lunch: The visitors are 212 for 4.", "Berlin: Symphony of a Small Town returns to cinemas this week.", "Apple, Google: the two companies that own your phone.",
        "By the time the ferry reached Dhaka, two of the engines had failed.", "By connecting directly to the grid, the plant saves money.", "On June 2, 2025: The court heard the plea.", "RSS chief Mohan Bhagwat said on Monday that he would go.",
        "Stock Market Today, June 2: Indices end higher.", "Trend - of all the words in the trade - is the one he hates.", "Saturday, June 2: A day to remember for the club.", "MAP OF THE DAY: Where the rain fell.",
    ],
)  # fmt: skip
def test_none(text: str) -> None:
    lead = read_lead([text, SECOND], published=SEEN)
    assert (lead.dateline, lead.credits, lead.body) == (None, (), (text, SECOND))


def test_a_teaser_below_is_not_the_storys_dateline() -> None:
    teaser = "Mumbai, June 2: Celebrity chef opens a school for cooks ..."
    text = "The minister, who came late, left early and said nothing that anybody could print."
    assert read_lead([text, text, teaser]).dateline is None


def test_a_list_of_cities_is_the_story() -> None:
    lines = [
        "Prices of a litre of petrol in four cities today are as follows",
        "Mumbai: Rs 103",
        "Delhi: Rs 94",
        "Chennai: Rs 100",
    ]
    lead = read_lead(lines)
    assert lead.dateline is None
    assert lead.body == tuple(lines)


@pytest.mark.parametrize(
    "text",
    [
        "Paris, June 3 was the day on which it all began.",
        "Mumbai, Dec 5 Chennai, Dec 9 Delhi, Dec 12 and then home.",
    ],
)
def test_a_place_and_a_day_in_a_sentence_or_a_list_are_no_dateline(text: str) -> None:
    assert read_lead([text, "A second paragraph says what it costs."]).dateline is None
