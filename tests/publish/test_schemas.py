"""What is written passes its official schema: a full story, every story read from a file, and any that hypothesis makes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from referencing import Registry, Resource

from parsers.story import Dateline, Media, Story, Subject
from tests.publish.test_formats import STORY
from tests.publish.written import ROOT, SHARED, WRITERS, of_files, stories

KEPT = Path(__file__).parent / "schemas"
NITF = SHARED / "schemas" / "nitf" / "nitf-3-6.xsd"
MARKUP = (
    "<p>One <em>two</em> <a href='https://x.example/?a=1&amp;b=2'>three</a></p><ul><li>four</li></ul><ol><li>x</li></ol><h2>H</h2><h3>Five</h3>"
    "<blockquote><p>six</p></blockquote><table><tr><td>a</td><td>b</td></tr></table><p>Seven.</p>"
)


def load(name: str) -> Any:
    return json.loads((KEPT / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def check_of(name: str) -> Callable[[bytes], None]:
    """A check that raises where a document of this writer breaks its schema."""
    if name == "ninjs":
        geo = Resource.from_contents(load("ninjs/geojson.schema.json"))
        known: Any = Registry().with_resources(
            [(f"{scheme}://geojson.org/schema/GeoJSON.json", geo) for scheme in ("http", "https")]
        )
        ninjs = jsonschema.Draft202012Validator(load("ninjs/ninjs-schema_3.1.json"), registry=known)
        return lambda body: [ninjs.validate(one) for one in json.loads(body)] and None
    if name == "jsonfeed":
        first = Resource.from_contents(load("jsonfeed/feed-1.json"))
        places = ("", "https://json.schemastore.org/", "https://www.schemastore.org/")
        registry: Any = Registry().with_resources(
            [(f"{place}feed-1{end}", first) for place in places for end in ("", ".json")]
        )
        feed = jsonschema.Draft4Validator(load("jsonfeed/feed.json"), registry=registry)
        return lambda body: feed.validate(json.loads(body))
    if name in ("nitf", "newsml_g2"):
        path = NITF if name == "nitf" else KEPT / "newsml-g2" / "NewsML-G2_2.35-spec-All-Power.xsd"
        if not path.exists():
            pytest.skip("NITF's licence keeps its schema out of the project: needs ../shared/schemas")
        xsd = etree.XMLSchema(etree.parse(str(path)))
        return lambda body: xsd.assertValid(etree.fromstring(body))
    return _rss if name == "rss" else _atom


def _rss(body: bytes) -> None:
    """RSS 2.0 has no official schema: what its specification demands."""
    channel = etree.fromstring(body).find("channel")
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    for item in channel.findall("item"):
        assert item.find("title") is not None or item.find("description") is not None
        assert all(
            len(item.findall(name)) <= 1 for name in ("title", "link", "guid", "pubDate", "description")
        )
        guid = item.find("guid")
        assert guid is not None and (guid.get("isPermaLink") == "false" or guid.text.startswith("http"))


def _atom(body: bytes) -> None:
    """RFC 4287, section 4.1: what a feed and an entry must and may hold."""
    space = "{http://www.w3.org/2005/Atom}"
    feed = etree.fromstring(body)
    for element in (feed, *feed.findall(f"{space}entry")):
        assert all(len(element.findall(f"{space}{name}")) == 1 for name in ("id", "title", "updated"))
        assert len(element.findall(f"{space}link[@rel='alternate']")) <= 1
        assert element.findtext(f"{space}id") and element.findtext(f"{space}updated")
        assert all(author.findtext(f"{space}name") for author in element.findall(f"{space}author"))


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize(
    "story",
    [
        STORY,
        replace(STORY, status="canceled"),
        replace(STORY, body_html=MARKUP),
        Story(),
        Story(guid="x", kind="picture"),
    ],
    ids=["full", "kill", "markup", "empty", "picture"],
)
def test_a_written_story_is_valid(name: str, story: Story) -> None:
    body = WRITERS[name][1](story)
    assert body is not None
    check_of(name)(body)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("folder", ["own", "wires", "feeds"])
def test_every_story_that_was_read_is_written_validly(name: str, folder: str) -> None:
    files = ROOT / "fixtures" / "wires" if folder == "own" else SHARED / "corpus" / folder
    if not files.is_dir():
        pytest.skip("needs ../shared/corpus")
    for where, story in of_files(files):
        body = WRITERS[name][1](story)
        if body is not None:
            try:
                check_of(name)(body)
            except (jsonschema.ValidationError, etree.DocumentInvalid, AssertionError) as error:
                raise AssertionError(f"{where}: {error}") from error


ANYTHING = st.text(max_size=40)  # control characters, lone surrogates, markup and all


@settings(max_examples=150, deadline=None)
@example(
    "atom", replace(STORY, authors=()), "\x1f", "", "usable"
)  # an author of whom nothing is left that XML may hold
@given(
    st.sampled_from(sorted(WRITERS)), stories(), ANYTHING, ANYTHING, st.sampled_from(["usable", "canceled"])
)
def test_any_story_is_written_validly(name: str, story: Story, text: str, other: str, status: Any) -> None:
    wild = replace(
        story,
        headline=text,
        slug=other,
        byline=text or None,
        keywords=(other, text),
        subjects=(Subject(name=text or "x"), Subject(scheme=other or None, code=text or "y")),
        dateline=Dateline(text=text, place=other or None) if text else None,
        body=(text, other),
        body_html=f"<p>{text}</p><p><b>{other}</p>",
        media=(Media(url=f"https://x.example/{other}", caption=text, media_type=None),),
        ednote=other,
        usage=text,
        copyright=other,
        status=status,
    )
    for told in (story, wild):
        body = WRITERS[name][1](told)
        assert body is not None
        check_of(name)(body)
