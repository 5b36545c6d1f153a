"""Stories of the store as documents in the formats of the trade: a feed or message of many, or a file of one each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from parsers.story import Story
from publish.formats import atom, jsonfeed, newsml_g2, ninjs, nitf, rss
from store.export import Changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says of itself."""

    title: str
    home: str  # the address of its page


Many = Callable[[Iterable[Story], datetime, Feed], bytes | None]
One = Callable[[Story, datetime], bytes | None]

MANY: dict[str, Many] = {
    "ninjs": lambda stories, now, _: ninjs.write(stories, now=now),
    "newsml-g2": lambda stories, now, _: newsml_g2.write(stories, now=now),
    "jsonfeed": lambda stories, now, feed: jsonfeed.write(stories, now=now, title=feed.title, home=feed.home),
    "atom": lambda stories, now, feed: atom.write(stories, now=now, title=feed.title, identity=feed.home),
    "rss": lambda stories, now, feed: rss.write(stories, now=now, title=feed.title, home=feed.home),
}
ONE: dict[str, tuple[str, One]] = {  # the ending of its files, its writer
    "ninjs": ("json", lambda story, now: ninjs.write_one(story, now=now)),
    "newsml-g2": ("xml", lambda story, now: newsml_g2.write([story], now=now)),
    "nitf": ("xml", lambda story, now: nitf.write(story, now=now)),
}


def told(row: Changed) -> Story:
    """A state of the store as the story that a customer gets: named and numbered by the store.

    What was given out and may no longer be used, killed or withheld, is a cancel under the same name.
    """
    name = row.guid or row.url or f"urn:wiredesk:story:{row.story}"
    if row.text is not None:
        return replace(row.text, guid=name, version=str(row.version))
    return Story(
        source=row.source, guid=name, url=row.url, version=str(row.version), status="canceled", kind="kill",
        updated=datetime.fromisoformat(row.at), ednote=row.reason or None,
    )  # fmt: skip


def file_each(rows: Iterable[Changed], folder: Path, *, form: str, now: datetime) -> int:
    """Write each story as a file of its own, in the order of events; the number of the last event (0: none).

    A name is the number of its event, so that a folder read in order tells what happened in order. A file is
    complete once it has its name. Raises OSError.
    """
    ending, write = ONE[form]
    last = 0
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        if body := write(told(row), now):
            path = folder / f"{row.seq:010d}.{ending}"
            half = path.with_suffix(".part")
            half.write_bytes(body)
            half.replace(path)
        last = row.seq
    return last
