"""Stories, writers and what must come back of a story that was written and read again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from parsers import reading
from parsers.errors import ParseError
from parsers.hints import Hints
from parsers.lead.signoff import whole_line
from parsers.newscodes import subject_name
from parsers.story import Dateline, Media, Story, Subject
from publish.formats import atom, jsonfeed, newsml_g2, ninjs, nitf, rss
from publish.formats.outgoing import iri, lead_in, name_of

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
NOW = datetime(2036, 6, 2, 12, tzinfo=UTC)
HINTS = Hints(url="https://paper.example/feed")
FEEDS = frozenset({"jsonfeed", "rss", "atom"})  # formats of readers, without an element for dateline and kill

WRITERS: dict[str, tuple[Any, Callable[[Story], bytes | None]]] = {
    "ninjs": (ninjs, lambda story: ninjs.write([story], now=NOW)),
    "jsonfeed": (
        jsonfeed,
        lambda story: jsonfeed.write([story], now=NOW, title="The Desk", home="https://desk.example/"),
    ),
    "rss": (rss, lambda story: rss.write([story], now=NOW, title="The Desk", home="https://desk.example/")),
    "atom": (atom, lambda story: atom.write([story], now=NOW, title="The Desk", identity="urn:desk:feed")),
    "nitf": (nitf, lambda story: nitf.write(story, now=NOW)),
    "newsml_g2": (newsml_g2, lambda story: newsml_g2.write([story], now=NOW)),
}
# What each format tells of a file.
OF_MEDIA: dict[str, tuple[str, ...]] = {
    "ninjs": ("url", "caption", "credit", "media_type", "width", "height"),
    "nitf": ("url", "caption", "credit", "media_type", "width", "height"),
    "newsml_g2": ("url", "caption", "media_type"),
    "rss": ("url", "media_type", "width", "height"),
    "atom": ("url", "media_type"),
    "jsonfeed": ("url",),
}


def one(body: bytes | None) -> Story:
    """The one story that a written document holds."""
    assert body is not None
    (story,) = reading.read(body, HINTS).stories
    return story


def differences(name: str, story: Story, back: Story) -> dict[str, tuple[Any, Any]]:
    """The fields that the format carries and that did not come back: what was told, what came."""
    module, _ = WRITERS[name]
    found = {}
    for field in module.CARRIES:
        told, came = _told(name, field, story), _told(name, field, back)
        if field == "guid":
            told = name_of(story)
        elif told is None or (field == "authors" and not told) or _beyond(name, field, story):
            continue  # what the format wants and the story does not have is filled in
        elif field == "media":
            came = [one for one in came if one in told]  # readers of feeds add the pictures of the text
        elif field == "body" and story.body and back.body:
            # A dateline whose place the reader does not know stays at the head of the copy.
            came = (back.body[0].removeprefix(lead_in(story)), *back.body[1:])
            while name in FEEDS and len(told) > 1 and whole_line(told[-1]):
                told = told[:-1]  # an agency's note at the end is a site's furniture to a reader of feeds
        elif field == "dateline" and name in FEEDS and back.dateline is None:
            came = told if back.body[:1] and back.body[0].startswith(lead_in(story)) else None
        if told != came:
            found[field] = (told, came)
    return found


def _told(name: str, field: str, story: Story) -> Any:
    value = getattr(story, field)
    if isinstance(value, date):
        made = (
            value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)
        )
        return made.replace(microsecond=0)
    if field == "dateline" and value is not None:
        return value.place if name not in ("nitf", "newsml_g2") else value.text
    if field == "media":
        return [
            tuple(iri(one.url) if part == "url" else getattr(one, part) for part in OF_MEDIA[name])
            for one in value
        ]  # an address with a blank in it comes back as the address it means
    if field == "subjects" and name == "nitf":
        return [
            one for one in value if not one.code or (one.scheme == "subj" and re.match(r"\d{8}$", one.code))
        ]
    return value


def _beyond(name: str, field: str, story: Story) -> bool:
    """Is this value one that the table says the format cannot tell?"""
    return (
        (name == "newsml_g2" and field == "version" and not (story.version or "").isdigit())
        or (name == "nitf" and field == "urgency" and story.urgency == 9)
        or (name in FEEDS and field == "body" and story.status == "canceled")
        or (name in FEEDS and field == "dateline" and not story.body)
        or (name == "nitf" and field == "version" and not re.match(r"[\w.:-]+$", story.version or ""))
        or (name in FEEDS and field == "headline" and (story.status == "canceled" or not story.headline))
        or (field == "url" and name in FEEDS and not (story.url or "").startswith("http"))
        or (field == "media" and name in FEEDS and any(not one.url.startswith("http") for one in story.media))
    )


def of_files(folder: Path, least: int = 6) -> Iterator[tuple[str, Story]]:
    """(file and position, story) of every document below a folder that is read."""
    for path in sorted(folder.rglob("*")):
        if (
            path.is_file()
            and path.suffix not in (".md", ".jsonl", ".py")
            and path.name != "expected.json"
            and path.stat().st_size < 400_000
        ):
            try:
                stories = reading.read(path.read_bytes(), HINTS).stories[:least]
            except ParseError:
                continue
            yield from (
                (f"{path.parent.name}/{path.name}#{number}", story) for number, story in enumerate(stories)
            )


WORDS = st.sampled_from(
    "river boat bridge council water evening school market north people road night R&D x<y “quoted” naïve नदी 川岸 мост الجسر".split()
)
SENTENCES = st.lists(WORDS, min_size=6, max_size=30).map(
    lambda words: "The " + " ".join(words) + " was there."
)
NAMES = st.sampled_from(["Asha Menon", "Ravi Das", "Ilse Brand", "Karl Moor", "Nguyễn Văn An"])
LABELS = st.text("abcXYZ-/ ", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2035, 1, 1)).flatmap(  # noqa: DTZ001
    lambda when: st.sampled_from(
        [UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-4))]
    ).map(lambda zone: when.replace(microsecond=0, tzinfo=zone))
)
PLACES = st.sampled_from(
    [
        ("Patna", "Patna, June 2 (IANS)"),
        ("Berlin", "Berlin"),
        ("New York", "NEW YORK (AP)"),
        ("Lyon", "Lyon (AFP)"),
    ]
)
FILES = st.builds(
    Media,
    url=st.integers(1, 99).map(lambda n: f"https://pictures.example/{n}.jpg"),
    caption=st.none() | SENTENCES,
    credit=st.none() | NAMES,
    media_type=st.just("image/jpeg"),
    width=st.none() | st.integers(1, 9000),
    height=st.none() | st.integers(1, 9000),
)
SUBJECTS = st.one_of(
    st.builds(
        Subject,
        scheme=st.just("medtop"),
        code=st.just("20000018"),
        name=st.just(subject_name("20000018")) | LABELS,
    ),
    st.builds(Subject, scheme=st.just("subj"), code=st.just("04015001"), name=LABELS),
    st.builds(Subject, name=LABELS),
)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Any story that an agency could send."""
    writers = tuple(draw(st.lists(NAMES, max_size=2, unique=True)))
    place = draw(st.none() | PLACES)
    published = draw(st.none() | TIMES | st.dates(date(1990, 1, 1), date(2035, 1, 1)))
    headline = draw(SENTENCES)
    return Story(
        source="sample",
        guid=draw(st.none() | st.integers(1, 10**9).map(lambda n: f"urn:sample:{n}")),
        version=draw(st.none() | st.integers(1, 99).map(str)),
        url=draw(st.none() | st.integers(1, 99).map(lambda n: f"https://paper.example/{n}")),
        headline=headline,
        subheadline=draw(st.none() | SENTENCES.filter(lambda text: text != headline)),
        slug=draw(st.none() | LABELS),
        keywords=tuple(draw(st.lists(LABELS, max_size=3, unique=True))),
        subjects=tuple(draw(st.lists(SUBJECTS, max_size=3, unique=True))),
        byline=" and ".join(writers) or None,
        authors=writers,
        credit=draw(st.sampled_from(["IANS", "dpa", "Associated Press", None])),
        dateline=Dateline(text=place[1], place=place[0], places=(place[0],)) if place else None,
        published=published,
        updated=draw(st.none() | TIMES),
        embargo=draw(st.none() | TIMES),
        body=tuple(
            draw(
                st.lists(SENTENCES.filter(lambda text: text != headline), min_size=1, max_size=5, unique=True)
            )
        ),
        media=tuple(draw(st.lists(FILES, max_size=2, unique_by=lambda one: one.url))),
        language=draw(st.sampled_from(["en", "de", "hi-IN", None])),
        urgency=draw(st.none() | st.integers(1, 9)),
        ednote=draw(st.none() | SENTENCES),
        usage=draw(st.none() | SENTENCES),
        copyright=draw(st.none() | SENTENCES),
    )
