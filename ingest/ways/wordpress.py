"""A WordPress site by its REST interface, by date of modification; where that is closed, its feed.

Posts are asked for by time, oldest first: from the newest date of modification seen, which is the cursor and is committed with
the posts. Pages of results by number shift where a post is modified between two of them; they are turned only within one
second. A time goes out with its zone: without one WordPress reads it as its own local time, and west of Greenwich skips posts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from ingest.door import Door
from ingest.outcome import Batch, Failed, Fetched, Item
from ingest.packing import packed
from ingest.source import Source
from ingest.ways import feed
from parsers.errors import ParseError
from store.sources import Told

SIZE = 50  # posts of a page of results
PAGES = 10  # pages of results of a visit
OVERLAP = timedelta(seconds=1)  # what REST calls "after" leaves out posts of the very second
CLOSED = ("refused", "missing", "forbidden", "http")  # failures that say that REST is not for us
AGAIN = timedelta(days=1)  # after which a closed REST is asked once more
SLACK = timedelta(days=1)  # of a site whose local and whose universal times of a post differ
ASKED_FOR_NOTHING = ("busy", "dns", "tls")  # failures that say nothing about REST: the feed would fail alike


def pull(source: Source, told: Told, door: Door) -> Iterator[Batch]:
    """A batch for each page of results; falls back on /feed/ where the first cannot be had."""
    home = (source.url or "").rstrip("/")
    if (until := _time(told.notes.get("rest_closed"))) and door.now() < until:
        yield from _by_feed(source, told, door)
        return
    newest = _time(told.cursor.get("modified"))
    after, page = newest and newest - OVERLAP, 1
    good: Fetched | None = None  # the last page of results
    for _ in range(PAGES):
        if good is not None and door.stopped():
            return
        outcome = door.fetch(_address(home, after, page), kind="api", robots=False)
        if not isinstance(outcome, Fetched):
            closed = not (isinstance(outcome, Failed) and outcome.kind in ASKED_FOR_NOTHING)
            if good is None and closed:
                lasting = isinstance(outcome, Failed) and outcome.kind in CLOSED
                yield from _by_feed(source, told, door, closed=lasting)
            elif good is not None and isinstance(outcome, Failed) and outcome.kind == "http":
                yield Batch(outcome=good, requests=1)  # past the end: 400 rest_post_invalid_page_number
            else:
                yield Batch(outcome=outcome, requests=1)
            return
        try:
            found = door.read(outcome, source)
        except ParseError as error:
            if good is None and error.what.startswith("WordPress says"):
                yield from _by_feed(source, told, door, closed=True)
            else:
                yield Batch(outcome=Failed(why=error.what, kind="not-a-feed", do=error.do), requests=1)
            return
        good = outcome
        times = [story.updated for story in found.stories if isinstance(story.updated, datetime)]
        if after is not None and times and min(times) < after - SLACK:
            yield from _by_feed(source, told, door, closed=True)  # before 5.7 it knows no modified_after
            return
        newest = max([*times, *([newest] if newest else [])], default=None)
        full = len(found.stories) + len(found.skipped) >= SIZE
        more = after is not None and full
        yield Batch(
            outcome=outcome,
            items=(
                Item(
                    document=packed(outcome, door.now()),
                    stories=found.stories,
                    refused=tuple((skip.item, skip.why) for skip in found.skipped),
                ),
            ),
            requests=1,
            cursor={"modified": _stamp(newest)} if newest else None,
            last=not more,
        )
        if not more:
            return
        step = newest - OVERLAP if newest else after
        after, page = (step, 1) if step != after else (after, page + 1)


def _by_feed(source: Source, told: Told, door: Door, *, closed: bool = False) -> Iterator[Batch]:
    """The site's feed. closed: REST is not asked again for AGAIN."""
    home = (source.url or "").rstrip("/")
    until = {"rest_closed": _stamp(door.now() + AGAIN)} if closed else {}
    for batch in feed.pull(replace(source, url=f"{home}/feed/"), told, door):
        yield replace(batch, notes={**batch.notes, **until})


def _address(home: str, after: datetime | None, page: int) -> str:
    """The page of results: the newest posts where nothing is known, else those modified after a time."""
    query: dict[str, object] = {"per_page": SIZE, "page": page, "orderby": "modified", "_embed": 1}
    query |= {"order": "desc"} if after is None else {"order": "asc", "modified_after": _stamp(after)}
    return f"{home}/wp-json/wp/v2/posts?{urlencode(query)}"


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _time(kept: object) -> datetime | None:
    """The time of a cursor: UTC."""
    if not kept:
        return None
    told = datetime.fromisoformat(str(kept))
    return told if told.tzinfo else told.replace(tzinfo=UTC)
