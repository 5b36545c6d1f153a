"""What is compiled says the same as what it stands for in Python, of any page."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from parsers.errors import ParseError
from parsers.page.blocks import Page
from parsers.page.guard import guarded
from parsers.page.markup import DROPPED
from parsers.page.names import ABOUT, plain_vocabulary
from parsers.page.walk import ACTS, walk
from tests.parsers.formats.mutate import mutated
from tests.parsers.page.mutate import PAGES

_walk = pytest.importorskip("parsers.page._walk", reason="was installed without a compiler")
_names = pytest.importorskip("parsers.page._names", reason="was installed without a compiler")
_survey = pytest.importorskip("parsers.page._survey", reason="was installed without a compiler")

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "corpus"
OWN = [path.read_bytes() for path in sorted((ROOT / "fixtures").rglob("*.html"))]
SAMPLE = 300
PROOF = int(os.environ.get("MUTATIONS", "100000")) // 5

NAMES = st.sampled_from([*{name.strip("/") for name in ACTS}, *DROPPED, "span", "x-y", 'x"y', "font", "P"])
VALUES = st.text(st.sampled_from("ab -<>&\"'=/\xa0é香\n\x85"), max_size=6)
ATTRIBUTES = st.builds(' {}="{}"'.format, st.sampled_from(["class", "id", "href", "alt", "x"]), VALUES)
TAGS = st.builds(lambda name, given: f"<{name}{''.join(given)}>", NAMES, st.lists(ATTRIBUTES, max_size=3))
PARTS = st.one_of(
    TAGS,
    NAMES.map("</{}>".format),
    st.text(st.sampled_from("ab -<>&;#\"'\xa0\u3000\x1f\x85é香한ก\u0301\n\t"), max_size=12),
    st.sampled_from(["<!--", "-->", "--", "&amp;lt;", "&nbsp;", "<!DOCTYPE html>", "<![CDATA[x]]>"]),
)
HTML = st.lists(PARTS, max_size=60).map("".join)


def agree(html: bytes) -> None:
    """Both ways over one page."""
    present = _survey.survey(html)
    try:
        harmless = guarded(html, where="x")
    except ParseError:
        assert present is None
        return
    tree = LexborHTMLParser(harmless)
    if present is not None:
        assert harmless is html or b"<script" in html.lower()  # in which many words may look like attributes
        missed = [name for name in DROPPED if name not in present and tree.css_first(name) is not None]
        assert not missed
    tree.strip_tags(DROPPED)
    for written in [node.html or "" for node in (tree.body, tree.head) if node]:
        ours, theirs = Page(tree), Page(tree)
        assert _walk.walk(ours, written) == walk(theirs, written)
        assert ours == theirs
        assert [block.pieces for block in ours.blocks] == [block.pieces for block in theirs.blocks]


@given(HTML)
@example("<p>a<!-- <p>b</p> --><!----><!--->-->c</p><!-- ")
@example("<p><a href='x'><b></b><i>a</i><p></a>b<br>c</b>")
@example("<p>\x85\xa0<p>&nbsp;<p> \u3000 x<p>한국어 ก")
@example("<xmp><b>a</b></xmp><p>b</p>")
@example("<div>" * 600 + "a<hr>" + "</div>" * 550 + "b")
def test_any_markup(html: str) -> None:
    agree(html.encode("utf-8", "ignore"))


NAME = st.one_of(
    st.from_regex(r"[A-Za-z0-9_-]{0,70}", fullmatch=True),
    st.text(),
    st.sampled_from([*ABOUT, "teaser", "Nav2"]),
)
WORDS = frozenset("teaser nav related-story box 2 a html urls label über".split())


@given(st.lists(NAME, max_size=30).map(" ".join), NAME)
@example("HTMLNav-URLs2go", "")
@example("field__label--label-hidden", "x_label-hidden")
@example("RelatedStory related-STORY", "über")
@example("x " * 24 + "teaser", "")
def test_words_of_names(classes: str, name: str) -> None:
    assert _names.vocabulary(WORDS)(classes, name) == plain_vocabulary(WORDS)(classes, name)


def test_mutated_pages() -> None:
    for number in range(SAMPLE):
        agree(mutated(OWN, number, PAGES)[1].decode("utf-8", "ignore").encode())


@pytest.mark.proof
@pytest.mark.timeout(7200)
def test_many_mutated_pages() -> None:
    if not SHARED.is_dir():
        pytest.skip("needs ../shared/corpus")
    pages = [gzip.decompress(path.read_bytes()) for path in sorted((SHARED / "articles").rglob("*.html.gz"))]
    for number in range(PROOF):
        agree(mutated(pages, number, PAGES)[1].decode("utf-8", "ignore").encode())


def test_ordinary_pages_are_cleared() -> None:
    assert all(_survey.survey(page) is not None for page in OWN)
