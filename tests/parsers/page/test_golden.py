"""The pages of fixtures/pages read as written down beside them; `make golden` writes that anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parsers.page import dom
from scripts.golden import PAGES, told

CASES = sorted(path for path in PAGES.iterdir() if path.is_dir())
KINDS = {
    "tagdiv_classic", "tagdiv_cloud", "json_only", "amp", "live_blog", "gallery", "press_release", "hindi", "arabic", "chinese", "japanese",
    "breadcrumb_heading", "table_and_lists", "two_stories",
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_reads_as_written_down(case: Path) -> None:
    found = json.loads(json.dumps(told(case)))
    assert found == json.loads((case / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_its_html_says_what_its_paragraphs_say(case: Path) -> None:
    found = told(case)
    page = dom.fragment(found["body_html"])
    outside = [
        block.text
        for block in page.blocks
        if not any(element.tag == "table" for element in page.ancestors(block.parent))
    ]
    assert outside == found["body"]


def test_every_kind_of_page_has_one() -> None:
    assert {case.name for case in CASES} >= KINDS
