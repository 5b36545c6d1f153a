"""What is compiled says the same as what it stands for in Python, of any page."""

from __future__ import annotations

import gzip
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from parsers.errors import ParseError
from parsers.page.blocks import Page
from parsers.page.guard import guarded
from parsers.page.markup import DROPPED, READ, attributes
from parsers.page.meta import read_meta
from parsers.page.names import ABOUT, plain_vocabulary
from parsers.page.walk import ACTS, walk
from parsers.text import bare
from tests.parsers.formats.mutate import mutated
from tests.parsers.page.mutate import PAGES

_walk = pytest.importorskip("parsers.page._walk", reason="was installed without a compiler")
_names = pytest.importorskip("parsers.page._names", reason="was installed without a compiler")
_unread = pytest.importorskip("parsers.page._unread", reason="was installed without a compiler")

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "corpus"
OWN = [path.read_bytes() for path in sorted((ROOT / "fixtures").rglob("*.html"))]
SAMPLE = 300
PROOF = int(os.environ.get("MUTATIONS", "100000")) // 5

NAMES = st.sampled_from([*{name.strip("/") for name in ACTS}, *DROPPED, "span", "x-y", 'x"y', "font", "P"])
VALUES = st.one_of(
    st.text(st.sampled_from("ab -<>&\"'=/\xa0é香\n\x85"), max_size=6),
    st.sampled_from(["post-author", "Writer", "xpublishe", "a byline b"]),
)
ATTRIBUTES = st.builds(
    ' {}="{}"'.format,
    st.sampled_from(["class", "id", "href", "alt", "x", "rel", "data-qa", "datetime"]),
    VALUES,
)
TAGS = st.builds(lambda name, given: f"<{name}{''.join(given)}>", NAMES, st.lists(ATTRIBUTES, max_size=3))
PARTS = st.one_of(
    TAGS,
    NAMES.map("</{}>".format),
    st.text(st.sampled_from("ab -<>&;#\"'\xa0\u3000\x1f\x85é香한ก\u0301\n\t"), max_size=12),
    st.sampled_from(["<!--", "-->", "--", "&amp;lt;", "&nbsp;", "<!DOCTYPE html>", "<![CDATA[x]]>"]),
)
HTML = st.lists(PARTS, max_size=60).map("".join)


def read_of(raw: str) -> list[tuple[str, str]]:
    """Those attributes that anything reads."""
    return [(name, text) for name, text in attributes(raw).items() if name in READ]


def noted_of(page: Page) -> list[Any]:
    """What a page notes of its tags that anything reads."""
    return [
        [(replace(element, raw=""), read_of(element.raw)) for element in page.elements],
        [(at, read_of(raw)) for at, raw in page.images],
        [
            (one.tag, read_of(one.raw), one.parent, [read_of(mark[2]) for mark in one.within])
            for one in page.noted
            if one.tag not in ("meta", "link")
        ],
        read_meta(page),
    ]  # fmt: skip


def agree_without_unread(html: bytes) -> None:
    """A page reads the same without its scripts, styles, drawings and the attributes that nobody reads."""
    made = _unread.less_unread(html)
    if made is None or guarded(html, where="x") is not html:  # not certain; too dear to parse as it is
        return
    cut, scripts, present = made
    ours, theirs = Page(LexborHTMLParser(cut)), Page(LexborHTMLParser(html))
    assert [*map(bare, scripts)] == [
        bare(node.text()) for node in theirs.tree.css('script[type="application/ld+json"]')[:40]
    ]
    if present is not None:
        missed = [name for name in DROPPED if name not in present and ours.tree.css_first(name) is not None]
        assert not missed
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
    assert noted_of(ours) == noted_of(theirs)
    # What is cut decides whether the text of a long one is known.
    texts = [
        [bare("".join(one.texts)) for one in page.noted if one.tag not in ("meta", "link")]
        for page in (ours, theirs)
    ]
    assert not [pair for pair in zip(*texts, strict=True) if all(pair) and pair[0] != pair[1]]


def agree(html: bytes) -> None:
    """Both ways over one page."""
    try:
        harmless = guarded(html, where="x")
    except ParseError:
        return
    tree = LexborHTMLParser(harmless)
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
@example("<p class=author>a<p class=b>c</p></p><a rel=author>d<b>e</a><time datetime=1><i>f<br>g")
@example('<div class="post-author"><!--<div>')
@example('<a<img class="post-author">')
@example("<div class=byline><div>a</div><!-- <div> --></div>" + "<i class=writer>" * 120)
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
@example("lg:teaser x:y nav:", "print:nav")
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
        agree_without_unread(page)


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
@example("<script><!--><script></script>a<p>b</script>c")
@example(
    "<script type==application/ld+json>1</script><script type = 'application/ld+json'>2</script><script type=>3</script>"
)
@example(
    "<script><!-- <script>x</script> --><b></script>c<script><!--<scripty></script>d<script><!--<script/-></script></script>e"
)
@example("<script><!-- <script></script><script>--></script>f")
@example("<svg><script>a</script></svg><svg><style><b></style></svg>")
@example(
    "<p>a<svg><path/><g></svg>b<svg><title>c</title></svg>d<svg><title><b>e</b></title></svg>f<svg><svg></svg>"
)
@example("<p>a<svg><p>b</svg><svg a='</svg>'><path></svg>c")
@example("<p title='<script>'>a</p><script>b</script>c")
def test_pages_without_what_nobody_reads(html: str) -> None:
    agree_without_unread(f"<html><body><p>x{html}".encode())


def test_mutated_pages_without_what_nobody_reads() -> None:
    for number in range(SAMPLE):
        agree_without_unread(mutated(OWN, number, PAGES)[1].decode("utf-8", "ignore").encode())


def test_ordinary_pages_are_cleared() -> None:
    assert all(_unread.less_unread(page)[2] is not None for page in OWN)


# Attributes as hands write them.
WRITTEN = st.lists(
    st.sampled_from([" ", " ", "/", "=", "=", "'", '"', ">", "<", "&", "a", "data-b", "class", "ID", "rel", "name", "type", "author", "canonical", "application/ld+json"]), max_size=9
).map("".join)  # fmt: skip
ANY = st.lists(
    st.one_of(PARTS, st.builds("<{} {}>".format, st.one_of(NAMES, st.sampled_from(["script", "meta", "link", "svg", "b"])), WRITTEN)), max_size=40
).map("".join)  # fmt: skip


@given(ANY)
@example("<a b=c d e = 'f>' class='g'h id=i/>j</a>")
@example("<p a=\"1\"class='b' c=d/ id = e =f><br a/><p hidden a=b>c")
@example("<P CLASS=a ID=b X=c><p ==a class=b><p a=>x")
@example("<b a=1><b a=2><b a=3><b a=4><p>x</b></b></b></b>y")
@example(
    "<meta name=a><p>a<meta name=a>b<link rel=x> <meta property=' OG:Title ' content=c><link rel=Canonical href=d>"
)
@example(
    "<svg><meta name=a><p>b</svg><table><meta name=a><tr><td>c<link rel=e></table><meta name=&#97;uthor content=f>"
)
@example("<svg><font a=b><p>x</svg><svg><font color=b><p>x</svg>y")
def test_any_markup_without_what_nobody_reads(html: str) -> None:
    agree_without_unread(f"<html><body><p>x{html}".encode("utf-8", "ignore"))


@pytest.mark.parametrize(
    "html",
    ["<div" + " a=1" * 500 + " id=b>", "<b" + "".join(f" a{at}" for at in range(401)) + ">", "<svg><g" + "".join(f" a{at}" for at in range(401)) + ">", "<p>" * 12_001],
)  # fmt: skip
def test_what_is_dear_is_not_cleared(html: str) -> None:
    made = _unread.less_unread(f"<html><body>{html}x".encode())
    assert (made[2] is None) == (" id" not in html)
