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
from parsers.text import bare
from tests.parsers.formats.mutate import mutated
from tests.parsers.page.mutate import PAGES

_walk = pytest.importorskip("parsers.page._walk", reason="was installed without a compiler")
_names = pytest.importorskip("parsers.page._names", reason="was installed without a compiler")
_scripts = pytest.importorskip("parsers.page._scripts", reason="was installed without a compiler")
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


def agree_without_scripts(html: bytes) -> None:
    """A page reads the same without its scripts, styles and drawings."""
    made = _scripts.less_scripts(html)
    if made is None or _survey.survey(html) is None:  # not certain; too dear to parse as it is
        return
    whole, cut = LexborHTMLParser(html), LexborHTMLParser(made[0])
    assert [*map(bare, made[1])] == [
        bare(node.text()) for node in whole.css('script[type="application/ld+json"]')[:40]
    ]
    ours, theirs = Page(cut), Page(whole)
    for page in (ours, theirs):
        page.tree.strip_tags(DROPPED)
        for node in (page.tree.head, page.tree.body):
            walk(page, (node and node.html) or "")
    # White space in a table may move out of it with the text behind a script.
    lines = [
        [(block.parent, bare(block.text)) for block in page.blocks if bare(block.text)]
        for page in (ours, theirs)
    ]
    assert lines[0] == lines[1]
    assert ours.elements == theirs.elements
    assert [tag[:2] for tag in ours.stated] == [tag[:2] for tag in theirs.stated]


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
        assert harmless is html
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
        page = mutated(pages, number, PAGES)[1].decode("utf-8", "ignore").encode()
        agree(page)
        agree_without_scripts(page)


TEXTS = st.sampled_from(
    "script style textarea title svg svg desc path g b template select option noscript iframe p table td head body".split()
)
SCRIPTED = st.lists(
    st.one_of(
        st.builds("<{}{}>".format, TEXTS, st.sampled_from(["", " a='>'", ' b="<script>"', " c=</script>", "/", " type='application/ld+json'"])),
        st.builds("</{}>".format, TEXTS),
        st.sampled_from(["<!--", "-->", "<!-->", "--!>", "a<b", '"', "'", "x", "{}", " ", "<script>x</script>", "</scripty>", "</script ", "<!x", "<?", "</ "]),
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(SCRIPTED)
@example("<p>a<script>1<2</script>b<style>c</style>d")
@example("<script><!-- <script>x</script> --></script><p>a")
@example("<svg><script>a</script></svg><svg><style><b></style></svg>")
@example(
    "<p>a<svg><path/><g></svg>b<svg><title>c</title></svg>d<svg><title><b>e</b></title></svg>f<svg><svg></svg>"
)
@example("<p>a<svg><p>b</svg><svg a='</svg>'><path></svg>c")
@example("<p title='<script>'>a</p><script>b</script>c")
def test_pages_without_their_scripts(html: str) -> None:
    agree_without_scripts(f"<html><body><p>x{html}".encode())


def test_mutated_pages_without_their_scripts() -> None:
    for number in range(SAMPLE):
        agree_without_scripts(mutated(OWN, number, PAGES)[1].decode("utf-8", "ignore").encode())


def test_ordinary_pages_are_cleared() -> None:
    assert all(_survey.survey(page) is not None for page in OWN)
