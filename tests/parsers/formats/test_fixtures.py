"""Every wire format reads as written down in fixtures/wires: input.* and the stories expected of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from parsers import reading
from parsers.hints import Hints
from parsers.story import plain

CASES = sorted(path for path in (Path(__file__).parents[3] / "fixtures" / "wires").iterdir() if path.is_dir())
FORMATS = {
    "nitf", "newsml_1", "newsml_g2", "ninjs", "iptc7901", "anpa", "mail", "feed", "jsonfeed", "wordpress", "wxr", "sitemap",
}  # fmt: skip


def read(case: Path) -> reading.Reading:
    """The reading of a case, as seen on a fixed day."""
    return reading.read(
        next(case.glob("input.*")).read_bytes(), Hints(where=case.name, seen=date(2026, 6, 1))
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fixture_reads_as_expected(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    said = [
        {key: value for key, value in plain(story).items() if value not in (None, [], False)}
        for story in read(case).stories
    ]
    assert said == expected


def test_every_format_has_a_fixture() -> None:
    assert {read(case).format for case in CASES} >= FORMATS


def test_what_is_no_story_is_told() -> None:
    found = read(next(case for case in CASES if case.name == "newsml_g2_message"))
    assert [(one.item, one.why) for one in found.skipped] == [("c-1", "a conceptItem is no story")]


@pytest.mark.parametrize(
    ("declared", "written"),
    [("iso-8859-1", "utf-8"), ("utf-8", "utf-8"), ("iso-8859-1", "cp1252"), ("utf-16", "utf-16")],
)
def test_the_bytes_tell_the_charset(declared: str, written: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?><nitf><body><body.head><hedline><hl1>Café “Zürich” – déjà vu</hl1></hedline></body.head></body></nitf>'
    (story,) = reading.read(text.encode(written), Hints()).stories
    assert story.headline == "Café “Zürich” – déjà vu"
