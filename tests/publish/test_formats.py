"""Each writer: its schema, its round trip, kills that come back as kills, embargoes that stay in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from parsers import reading
from parsers.hints import Hints
from parsers.story import Dateline, Story, Subject
from publish.formats import atom, jsonfeed, newsml_g2, ninjs, nitf, rss

SCHEMAS = Path(__file__).parents[3] / "shared" / "schemas"
needs_schemas = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason=f"no official schemas beside the project ({SCHEMAS.name})"
)
NOW = datetime(2025, 6, 2, 12, tzinfo=UTC)
STORY = Story(
    source="sample",
    guid="urn:sample:ferry:1",
    version="2",
    url="https://paper.example/ferry",
    headline="Night ferry <resumes> & pays its way",
    slug="Ferry-Night",
    byline="Asha Menon and Ravi Das",
    authors=("Asha Menon", "Ravi Das"),
    credit="IANS",
    credits=("IANS",),
    dateline=Dateline(
        text="Patna, June 2 (IANS)",
        place="Patna",
        places=("Patna",),
        country="IN",
        date="2025-06-02",
        agency="IANS",
    ),
    published=datetime(2025, 6, 2, 9, 10, tzinfo=UTC),
    updated=datetime(2025, 6, 2, 10, 15, tzinfo=UTC),
    body=(
        "The night ferry began running again on Monday, the department said.",
        "Tickets cost 15 rupees & children travel free.",
        "It had stood still for eleven years.",
    ),
    language="en",
    urgency=4,
    subjects=(Subject(scheme="subj", code="04015000", name="transport"),),
    keywords=("ferries", "Patna"),
    ednote="Adds fares",
    usage="For subscribers",
    copyright="Sample Wire 2025",
)


def one(body: bytes | None) -> Story:
    assert body is not None
    found = reading.read(body, Hints(url="https://paper.example/feed"))
    assert len(found.stories) == 1
    return found.stories[0]


WRITERS: dict[str, tuple[Any, Callable[[Story], bytes | None]]] = {
    "ninjs": (ninjs, lambda story: ninjs.write([story], now=NOW)),
    "jsonfeed": (
        jsonfeed,
        lambda story: jsonfeed.write([story], now=NOW, title="Desk", home="https://desk.example/"),
    ),
    "rss": (rss, lambda story: rss.write([story], now=NOW, title="Desk", home="https://desk.example/")),
    "atom": (atom, lambda story: atom.write([story], now=NOW, title="Desk", identity="urn:desk:feed")),
    "nitf": (nitf, lambda story: nitf.write(story, now=NOW)),
    "newsml_g2": (newsml_g2, lambda story: newsml_g2.write([story], now=NOW)),
}


def carried(story: Story, fields: frozenset[str]) -> dict[str, Any]:
    told = {name: getattr(story, name) for name in fields}
    if told.get("dateline") is not None:
        told["dateline"] = (told["dateline"].place, told["dateline"].date)
    return told


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_written_comes_back(name: str) -> None:
    module, write = WRITERS[name]
    assert carried(one(write(STORY)), module.CARRIES) == carried(STORY, module.CARRIES)


WORDS = st.lists(
    st.sampled_from("river boat bridge council water evening school market north people road night".split()),
    min_size=6,
    max_size=30,
)
SENTENCES = WORDS.map(lambda words: " ".join(words).capitalize() + ".")


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(WRITERS)),
    st.lists(SENTENCES, min_size=1, max_size=5, unique=True),
    SENTENCES,
    st.integers(1, 8),
)
def test_any_story_comes_back(name: str, body: list[str], headline: str, urgency: int) -> None:
    module, write = WRITERS[name]
    story = replace(
        STORY,
        body=tuple(text for text in body if text != headline) or ("A line of text that stands alone here.",),
        headline=headline,
        urgency=urgency,
    )
    assert carried(one(write(story)), module.CARRIES) == carried(story, module.CARRIES)


@pytest.mark.parametrize("name", WRITERS)
def test_an_embargoed_story_is_not_written_before_its_time(name: str) -> None:
    _, write = WRITERS[name]
    for held in (replace(STORY, embargo=NOW + timedelta(hours=1)), replace(STORY, status="withheld")):
        assert b"ferry began" not in (write(held) or b"")
        assert b"Night ferry" not in (write(held) or b"")
    assert b"ferry began" in (write(replace(STORY, embargo=NOW - timedelta(hours=1))) or b"")


@pytest.mark.parametrize("name", WRITERS)
def test_a_kill_comes_back_as_a_kill_without_its_text(name: str) -> None:
    from ingest.decide import kills

    _, write = WRITERS[name]
    body = write(replace(STORY, status="canceled", ednote="Kill: the ferry did not run."))
    assert body is not None
    assert b"ferry began" not in body
    back = one(body)
    assert back.guid == STORY.guid
    assert back.status == "canceled" or kills(back)


@needs_schemas
def test_ninjs_passes_its_schema() -> None:
    import jsonschema
    from referencing import Registry, Resource

    schema = json.loads((SCHEMAS / "ninjs/ninjs-schema_3.1.json").read_text())
    geo = Resource.from_contents(json.loads((SCHEMAS / "ninjs/geojson.schema.json").read_text()))
    registry: Any = Registry().with_resources(
        [("https://geojson.org/schema/GeoJSON.json", geo), ("http://geojson.org/schema/GeoJSON.json", geo)]
    )
    check = jsonschema.Draft202012Validator(schema, registry=registry)
    for story in (STORY, replace(STORY, status="canceled")):
        for item in json.loads(ninjs.write([story], now=NOW)):
            check.validate(item)


@needs_schemas
def test_json_feed_passes_its_schema() -> None:
    import jsonschema
    from referencing import Registry, Resource

    schema = json.loads((SCHEMAS / "jsonfeed/feed.json").read_text())
    first = Resource.from_contents(json.loads((SCHEMAS / "jsonfeed/feed-1.json").read_text()))
    names = [
        "feed-1",
        "feed-1.json",
        "https://json.schemastore.org/feed-1",
        "https://json.schemastore.org/feed-1.json",
        "https://www.schemastore.org/feed-1",
        "https://www.schemastore.org/feed-1.json",
    ]
    registry: Any = Registry().with_resources([(name, first) for name in names])
    check = jsonschema.Draft4Validator(schema, registry=registry)
    for story in (STORY, replace(STORY, status="canceled")):
        check.validate(
            json.loads(jsonfeed.write([story], now=NOW, title="Desk", home="https://desk.example/"))
        )


@needs_schemas
@pytest.mark.parametrize(
    ("schema", "name"),
    [("nitf/nitf-3-6.xsd", "nitf"), ("newsml-g2/NewsML-G2_2.35-spec-All-Power.xsd", "newsml_g2")],
)
def test_xml_passes_its_schema(schema: str, name: str) -> None:
    check = etree.XMLSchema(etree.parse(str(SCHEMAS / schema)))
    for story in (
        STORY,
        replace(STORY, status="canceled"),
        replace(
            STORY,
            body_html="<p>One <em>two</em> <a href='https://x.example/'>three</a></p><ul><li>four</li></ul><h3>Five</h3><blockquote><p>six</p></blockquote><p>Seven.</p>",
        ),
    ):
        written = WRITERS[name][1](story)
        assert written is not None
        check.assertValid(etree.fromstring(written))
