"""Leads invented for every custom and language, with what looks like one and is none (fixtures/leads)."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from parsers.lead import Lead, read_lead
from parsers.lead.byline import BARE_BY

LEADS = Path(__file__).parents[3] / "fixtures" / "leads"
MARKS = re.compile("[⟨⟩⦃⦄⟦⟧]")
SPANS = {"dateline": "⟨(.*?)⟩", "byline": "⦃(.*?)⦄", "body": "⟦(.*?)⟧"}
CASES = [
    pytest.param(json.loads(line), id=f"{path.stem}-{number}")
    for path in sorted(LEADS.glob("*.jsonl"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
]


def squashed(text: str | None) -> str:
    """Letters, marks and digits only, case folded."""
    folded = unicodedata.normalize("NFKC", text or "").casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LNM")


def marked(text: str, what: str) -> str:
    """The text between the marks of a span, squashed, a byline's less its "By"; "" where there is none."""
    found = re.search(SPANS[what], text, re.S)
    inner = MARKS.sub("", found[1]) if found else ""
    return squashed(BARE_BY.sub("", inner) if what == "byline" else inner)


def read(case: dict[str, Any]) -> Lead:
    paragraphs = [part for part in MARKS.sub("", case["text"]).split("\n") if part.strip()]
    return read_lead(paragraphs, published=date.fromisoformat(case["page"]))


def expected(case: dict[str, Any]) -> dict[str, Any]:
    """What a case says, by what is judged of it."""
    text, line = case["text"], case["dateline"]
    body = marked(text, "body")
    want: dict[str, Any] = {"dateline": marked(text, "dateline") if line else "", "byline": marked(text, "byline"), "start": body[:30], "end": body[-25:]}  # fmt: skip
    want["places"] = [squashed(name) for name in ((line or {}).get("place") or "").split("/") if name]
    if line and line.get("place") and squashed(line["place"]) == "frankfurtmain":
        want["places"] = ["frankfurtmain"]
    want |= {name: (line or {})[name] for name in ("country", "date", "agency") if name in (line or {})}
    want |= {name: sorted(case[name]) for name in ("authors", "credits") if name in case}
    return {name: value for name, value in want.items() if name not in case.get("unjudged", ())}


def seen(lead: Lead) -> dict[str, Any]:
    line, body = lead.dateline, squashed("".join(lead.body))
    return {
        "dateline": squashed(line.text) if line else "", "byline": squashed(BARE_BY.sub("", lead.byline or "")), "start": body[:30], "end": body[-25:],
        "places": [squashed(name) for name in line.places] if line else [], "country": line and line.country, "date": line and line.date, "agency": line and line.agency,
        "authors": sorted(lead.authors), "credits": sorted(lead.credits),
    }  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_an_invented_lead_is_read_as_it_says(case: dict[str, Any]) -> None:
    got, want = seen(read(case)), expected(case)
    assert {name: got[name] for name in want} == want


def test_there_are_many() -> None:
    assert len(CASES) >= 1_000
