"""A visit of a source that stores nothing: what would be new, and what each field would be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from typing import cast

from ingest.door import Door, Way
from ingest.outcome import Failed, Fetched, Outcome
from ingest.source import Source
from parsers.hints import Reading
from parsers.story import Story
from store.sources import Told, Validators

READ = 50  # documents


@dataclass(frozen=True, slots=True)
class Tried:
    """A story that a visit would bring, or the reason why an item would be refused."""

    story: Story | None
    refused: str | None = None


def trial(source: Source, told: Told, door: Door, *, pages: int) -> Iterator[Tried | Outcome]:
    """The outcomes of a visit and what it would bring. Unconditional, so that there is something to see.

    pages: pages of stories asked for at the most; of files, mails and archives no more than READ are begun. Nothing is moved,
    marked as read or kept.
    """
    counted = _counted(door, pages)
    bare = replace(told, validators=Validators(), body_hash=None)
    way = cast(Way, import_module(f"ingest.ways.{source.kind}").pull)
    for batch in way(source, bare, counted):
        yield batch.outcome
        for item in batch.items:
            yield from (Tried(story) for story in item.stories)
            yield from (Tried(None, f"{what}: {why}") for what, why in item.refused)
        if batch.done is not None:
            batch.done(False)  # not stored: what waits stays where it is


def _counted(door: Door, pages: int) -> Door:
    """The door, shut for pages of stories after so many, and for documents after READ."""
    left, unread = [pages], [READ]

    def read(document: Fetched, source: Source) -> Reading:
        unread[0] -= 1
        return door.read(document, source)

    def page(url: str, *, robots: bool = True) -> Outcome:
        if left[0] <= 0:
            return Failed(why="enough pages for a trial", kind="network")
        left[0] -= 1
        return door.page(url, robots=robots)

    stopped: Callable[[], bool] = lambda: min(left + unread) <= 0 or door.stopped()  # noqa: E731
    return replace(door, page=page, read=read, stopped=stopped)
