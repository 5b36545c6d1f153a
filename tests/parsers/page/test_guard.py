"""Inputs that take Lexbor the square of their length and more: read in time that a story's page takes."""

from __future__ import annotations

import json
import time
import tracemalloc
from typing import Any

import pytest

from parsers.errors import ParseError
from parsers.page import dom, guard
from parsers.page.guard import guarded

STORY = "<p>The ferry left the northern pier at noon, and nobody on the quay had seen its master since.</p>"
BOLD = "".join(f"<b id=b{at}>" for at in range(2000))
HOSTILE = {
    "deep": "<div>" * 40_000,
    "deep, with end tags of nothing": "<div></x>" * 40_000,
    "deep, end tags out of reach": "<div><table></div></table>" * 20_000,
    "deep lists": "<ul><li>" * 20_000,
    "attributes": "<div " + "".join(f" a{at}=1" for at in range(40_000)) + ">",
    "attributes of bold text": "<b" + "".join(f" a{at}=1" for at in range(40_000)) + ">",
    "attributes in a drawing": "<svg><a/><g" + "".join(f" a{at}=1" for at in range(40_000)) + ">",
    "attributes without spaces": "<div " + "".join(f'a{at}="1"' for at in range(40_000)) + ">",
    "attributes with the end of a tag in them": "<div" + "".join(f' a{at}=">"' for at in range(40_000)) + ">",
    "attributes with the start of a tag in them": "<div" + " a<".join(str(at) for at in range(40_000)) + ">",
    "attributes with tags in them": "<div" + "".join(f' a{at}="<>"' for at in range(40_000)) + ">",
    "attributes with tags in them, behind one with a comment": "<div a='<!--'"
    + "".join(f" a{at}='<b>'" for at in range(40_000))
    + " b='-->'>",
    "comments without their ends": "<!-- <b>" * 40_000,
    "titles without their ends": "<svg><title>" * 40_000,
    "choices without their ends": "<select><style>" * 40_000,
    "scripts in comments": "<script><!--<script>" * 40_000,
    "scripts without their ends": "<p></p>" * 9000 + "<script><b>" * 40_000,
    "attributes with tags in them, behind a script": "<script>a<b</script><div"
    + "".join(f" a{at}='<b>'" for at in range(40_000))
    + ">",
    "attributes behind a value with tags in it": '<p a="<b>" '
    + "".join(f" a{at}=1" for at in range(40_000))
    + ">",
    "attributes behind a value with two": '<p a="<b><i c=d>" '
    + "".join(f" a{at}=1" for at in range(40_000))
    + ">",
    "attributes behind a value without names": "<p a='><1' "
    + "/".join(f"a{at}" for at in range(40_000))
    + ">",
    **{
        f"attributes behind {opened}": opened + "".join(f" a{at}=1" for at in range(40_000)) + ">"
        for opened in (
            "<p a='<script>'",
            "<p a='<style>'",
            "<p a='<!--'",
            "<svg><style><div a='<'",
            "<svg><script><div a='<'",
            "<svg><script></svg><p a='<'",
            "<p a='>' b='<'",
            "<p a='>' b<1",
            "<p = '",
            "<p a=='",
            "<p a=\x0b'",
            "<p/=/'",
            "<p a='b'=\"",
            "<script type='application/ld+json'></script><p a='<script type=ld+json>'",
        )
    },
    "attributes behind a script without its end": "<svg><script>x</svg><div"
    + "".join(f" a{at}=1" for at in range(40_000))
    + ">",
    "bold text that each paragraph opens again": f"<p>{BOLD}" + "<p>x" * 2000,
    "writers in writers": "<i class=author>" * 11_000 + "x",
    "writers in writers, with long texts": (("<span class=author>" + "y" * 2000) * 48 + "</span>" * 48) * 20,
    "lines in bold text that is never closed": "<b>" * 5900 + "<br>x" * 5900,
    "bold text in each line of it": "<b>x<br>" * 5900,
    "the same, with end tags of nothing": f"<p>{BOLD.replace('>', '></x>')}" + "<p>x" * 2000,
}


@pytest.mark.parametrize("less_unread", [dom.less_unread, guard.less_unread], ids=["compiled", "python"])
@pytest.mark.parametrize("name", HOSTILE)
def test_no_markup_costs_the_square_of_its_length(
    name: str, less_unread: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dom, "less_unread", less_unread)
    began = time.process_time()
    try:
        page = dom.parse(f"<html><body>{STORY}{HOSTILE[name]}{STORY}".encode())
    except ParseError:
        pass
    else:
        assert page.blocks[0].text in STORY
    assert time.process_time() - began < 1


@pytest.mark.parametrize("less_unread", [dom.less_unread, guard.less_unread], ids=["compiled", "python"])
@pytest.mark.parametrize("name", [name for name in HOSTILE if "writers" in name or "line" in name])
def test_no_markup_takes_the_square_of_its_length(
    name: str, less_unread: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dom, "less_unread", less_unread)
    tracemalloc.start()
    try:
        dom.parse(f"<html><body>{STORY}{HOSTILE[name]}{STORY}".encode())
        assert tracemalloc.get_traced_memory()[1] < 30 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "html",
    [
        "<div><ul><li>one<li>two</ul><p>three</div>" * 3000,
        "<p>" + "<i class='icon'></i>" * 3000,
        "<svg><path d='" + "M1 2 " * 3000 + "'/></svg>",
        "<script>" + "let a = 'b';\n" * 1000 + "</script>",
    ],
)
def test_what_pages_hold_stays_as_it_is(html: str) -> None:
    assert guarded(html.encode(), where="x") == html.encode()


@pytest.mark.parametrize(
    "text",
    ["a <b" + " d=1" * 3000, "<p>a</p>" * 700 + "a <div" + " d=1" * 3000, "é <a " + "x " * 1000 + "> </a>"],
)
def test_what_json_holds_reads_as_it_is(text: str) -> None:
    script = f"<script type='application/ld+json'>{json.dumps({'articleBody': text})}</script>"
    page = dom.parse(
        f"<html><head>{script}<script>if (a<b {'x ' * 2000}</script></head><body>{STORY}".encode()
    )
    assert json.loads(page.scripts[0]) == {"articleBody": text}
    assert [block.text for block in page.blocks] == [STORY[3:-4]]


@pytest.mark.parametrize("tag", ["<p>", "<p class='a b'>", "<div data-x='<i>'>"])
def test_a_long_text_reads_as_it_is(tag: str) -> None:
    text = " ".join(
        f"The {at}th ferry left at noon, and nobody on the quay saw it/her again." for at in range(200)
    )
    assert dom.parse(f"<html><body>{tag}{text}".encode()).blocks[0].text == text


def test_elements_deeper_than_any_story_hang_at_the_deepest() -> None:
    page = dom.parse(b"<div>" * 2000 + STORY.encode() + b"</div>" * 2000 + b"<h2>After</h2>")
    assert len(page.elements) < 1000
    assert [block.text for block in page.blocks][1:] == ["After"]
    assert page.elements[page.blocks[1].parent].tag == "h2"


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>a<!-- <p>b</p> -->c</p>", ["ac"]),
        ("<p title='<p>x</p>' b\"c>a &lt;b&gt; &amp;amp;</p>", ["a <b> &amp;"]),
        ("<xmp><b>a</b></xmp><p>b</p>", ["<b>a</b>", "b"]),
        ("<noembed><p>a</noembed><p>b</p><plaintext></p>c", ["b", "</p>c"]),
        ("<p>a <a title='b href='>c</a></p><h2>d</h2>", ["a c", "d"]),
        ("<p>a<x\"y>b</x\"y>c<hr>d</p>", ["abc", "d"]),
    ],
)  # fmt: skip
def test_what_a_parser_writes_is_told_apart_again(html: str, texts: list[str]) -> None:
    assert [block.text for block in dom.parse(html.encode()).blocks] == texts
