"""The table of places: small, quick, and of namesakes the one meant."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from parsers.lead import read_lead
from parsers.lead.places import candidates, country_of, misspelt

DATA = Path(__file__).parents[3] / "parsers" / "data"


def test_under_a_megabyte() -> None:
    assert (DATA / "places.txt.xz").stat().st_size < 1_000_000


def test_loads_under_a_tenth_of_a_second_of_processor_time() -> None:
    code = "import time; from parsers.lead import places; t = time.process_time(); places.candidates('Pune'); print(time.process_time() - t)"
    took = min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    )
    assert took < 0.1 * 2  # twice the bar, for a loaded machine


@pytest.mark.parametrize(
    ("place", "regions", "prefer", "country"),
    [
        ("Hyderabad", (), (), "IN"), ("Hyderabad", ("Sindh",), (), "PK"), ("Hyderabad", (), ("PK",), "PK"), ("Birmingham", (), (), "GB"), ("Birmingham", ("Ala.",), (), "US"), ("Paris", ("Texas",), (), "US"),
        ("Paris", (), ("IN",), "FR"), ("UNITED NATIONS", (), (), "US"), ("Cambridge", ("Mass.",), ("GB",), "US"), ("Bombay", (), (), "IN"), ("ABOARD THE CHARLES DE GAULLE", (), (), None), ("Tripoli", (), (), "LY"),
        ("Tripoli", (), ("LB",), "LB"), ("Nowhereville", (), ("IN",), "IN"), ("ZÜRICH", (), (), "CH"), ("Sao Paulo", (), (), "BR"), ("São Paulo", (), (), "BR"),
    ],
)  # fmt: skip
def test_namesakes(
    place: str, regions: tuple[str, ...], prefer: tuple[str | None, ...], country: str | None
) -> None:
    assert country_of(place, regions=regions, prefer=prefer) == country


def test_the_papers_country_tells() -> None:
    copy = ["Hyderabad: Rain fell on the city for a third day.", "It fell all night."]
    for told, country in (
        ({}, "IN"),
        ({"country": "PK"}, "PK"),
        ({"language": "ur"}, "PK"),
        ({"url": "https://paper.example.pk/rain"}, "PK"),
        ({"host": "paper.example.pk"}, "PK"),
    ):
        line = read_lead(copy, **told).dateline  # type: ignore[arg-type]
        assert line is not None and line.country == country, told


def test_the_text_tells_the_country_of_an_unknown_place() -> None:
    line = read_lead(
        [
            "XANTUPURA, 17 Jul: Farmers of Karnataka and Tamil Nadu met near Mysuru on Friday.",
            "They will meet again.",
        ]
    ).dateline
    assert line is not None and line.country == "IN"


def test_unknown_and_misspelt() -> None:
    assert candidates("Qwertyuiop") == ()
    assert misspelt("Brussles") == "brussels"
    assert misspelt("Marvels") is None
