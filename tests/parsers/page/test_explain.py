"""What is cut of a page or dump is told with its rule, nothing is lost untold, and the same page always reads alike."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.hints import Hints
from parsers.page import dom, dump
from parsers.reading import read
from parsers.story import Story, plain
from scripts.golden import PAGES
from tests.parsers.page.composed import BODY, URL, page
from tests.parsers.page.test_dump import HEAD, TAIL
from wire.cli import cli

PARAGRAPHS = [f"<p>{paragraph}</p>" for paragraph in BODY]
# HTML between paragraphs, its words, the rule that cuts it.
JUNK = {
    "<p>Also read: <a href=/x>A bridge is painted green</a></p>": ("Also read: A bridge is painted green", "page:promotion"),
    "<div class=share>Facebook</div>": ("Facebook", "page:region share"),
    "<p>Advertisement</p>": ("Advertisement", "page:widget"),
    "<p>Photo: Jane Roe/The Pier Post</p>": ("Photo: Jane Roe/The Pier Post", "page:picture credit"),
    "<aside>The pier in figures, for those who like them.</aside>": ("The pier in figures, for those who like them.", "page:region <aside>"),
    "<p>Updated June 4, 2025</p>": ("Updated June 4, 2025", "page:stamp"),
}  # fmt: skip


def between(junk: list[str], places: list[int]) -> str:
    """A page with junk between paragraphs."""
    parts = list(PARAGRAPHS)
    for one, place in sorted(zip(junk, places, strict=True), key=lambda pair: -pair[1]):
        parts.insert(place, one)
    return page().replace("".join(PARAGRAPHS), "".join(parts))


def once(html: str) -> Story:
    (found,) = read(html.encode(), Hints(url=URL)).stories
    return found


@pytest.mark.parametrize("junk", JUNK)
def test_what_is_cut_is_told_with_its_rule(junk: str) -> None:
    text, rule = JUNK[junk]
    found = once(between([junk], [2]))
    assert (rule, text) in {(one.rule, one.text) for one in found.removed}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(JUNK)), st.integers(1, len(BODY) - 1)), max_size=6))
def test_nothing_is_lost_untold_and_all_is_read_alike(junk: list[tuple[str, int]]) -> None:
    html = between([one for one, _ in junk], [place for _, place in junk])
    found = once(html)
    assert found.body == BODY
    assert {JUNK[one][0] for one, _ in junk} <= {one.text for one in found.removed}
    assert tuple(block.text for block in dom.fragment(found.body_html or "").blocks) == BODY
    assert plain(once(html), explain=True) == plain(found, explain=True)


def test_other_places_are_told_with_their_weight_and_the_winners() -> None:
    other = (
        "<section class=opinion><p>"
        + "</p><p>".join(f"{text} So they say." for text in BODY[:2])
        + "</p></section>"
    )
    cut = [one for one in once(page(after=other)).removed if one.rule.startswith("page:another place")]
    assert [one.text for one in cut] == [f"{BODY[0]} So they say."[:120]]
    told = re.search(r"\((\d+) against (\d+)\)", cut[0].rule)
    assert told and 0 < int(told[1]) < int(told[2])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["spot_img", "- Advertisement -", "Tweet", "Also read: A bridge is green"]),
        max_size=4,
    )
)
def test_every_line_of_a_dump_is_kept_or_told(between: list[str]) -> None:
    lines = [*HEAD, *BODY[:2], *between, *BODY[2:], *TAIL]
    (found,) = dump.read("\n\n".join(lines).encode(), Hints()).stories
    assert found.body == BODY
    told = [one.text for one in found.removed]
    assert sorted([*found.body, found.headline or "", *told]) == sorted(lines)


def test_the_command_line_tells_what_was_cut() -> None:
    path = str(PAGES / "tagdiv_classic" / "page.html")
    for flags, told in (([], False), (["--explain"], True)):
        row = json.loads(CliRunner().invoke(cli, ["parse", *flags, path]).stdout)
        assert ("removed" in row) is told
    assert {"text": "--IANS", "rule": "signoff:credit"} in row["removed"]


@pytest.mark.parametrize("seed", ["1", "2"])
def test_pages_read_alike_whatever_the_order_of_sets(seed: str) -> None:
    script = "import json; from scripts.golden import *; print(json.dumps([told(case) for case in sorted(PAGES.iterdir())]))"
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
    said = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, check=True, cwd=root
    )
    cases = sorted(PAGES.iterdir())
    assert json.loads(said.stdout) == [
        json.loads((case / "expected.json").read_text(encoding="utf-8")) for case in cases
    ]
