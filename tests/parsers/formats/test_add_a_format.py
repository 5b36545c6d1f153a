"""The page that tells how a format is added holds code that runs: its reader and its line in the table."""

from __future__ import annotations

import re
import sys
import types
from pathlib import Path

import pytest

from parsers import reading
from parsers.errors import ParseError
from parsers.hints import Hints

PAGE = Path(__file__).parents[3] / "docs" / "add-a-format.md"
SLIP = b"""SLIP 1
id: s-1
title: Lighthouse gets a new lamp
by: By Nora Quay
time: 2026-02-01T10:00:00Z

CORK, Ireland (Slip) - The lamp was lit on Sunday
after a year of work.

It shines for 20 miles.
"""


@pytest.fixture
def slip(monkeypatch: pytest.MonkeyPatch) -> None:
    code, line = re.findall(r"```(?:python|text)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    module = types.ModuleType("parsers.formats.slip")
    exec(code, module.__dict__)
    monkeypatch.setitem(sys.modules, "parsers.formats.slip", module)
    row = eval(line.strip().rstrip(","), {"has": reading.has})
    monkeypatch.setattr(reading, "TABLE", (row, *reading.TABLE))


def test_the_invented_format_is_read(slip: None) -> None:
    found = reading.read(SLIP, Hints())
    (story,) = found.stories
    assert found.format == "slip"
    assert (story.guid, story.headline, story.authors) == (
        "s-1",
        "Lighthouse gets a new lamp",
        ("Nora Quay",),
    )
    assert story.dateline and (story.dateline.place, story.dateline.country) == ("Cork", "IE")
    assert story.body == ("The lamp was lit on Sunday after a year of work.", "It shines for 20 miles.")


def test_it_refuses_with_a_reason(slip: None) -> None:
    with pytest.raises(ParseError, match="without a title"):
        reading.read(b"SLIP 1\ntitle: \n\nx", Hints())


def test_without_its_line_it_is_no_slip() -> None:
    assert reading.read(SLIP, Hints()).format != "slip"
