"""A WordPress site by its REST interface, by date of modification; where that is closed, its feed.

Pages of results overlap by one, since new posts shift them (FETCHING.md, section 7); the cursor is the newest date of
modification seen, and is committed with the posts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from ingest.door import Door
from ingest.outcome import Batch, Failed, Fetched, Item
from ingest.source import Source
from ingest.ways import feed
from parsers.errors import ParseError
from store.sources import Told

SIZE = 50  # posts of a page of results
PAGES = 10  # pages of results of a visit


def pull(source: Source, told: Told, door: Door) -> Iterator[Batch]:
    """A batch for each page of results, oldest modification first; falls back on /feed/."""
    home = (source.url or "").rstrip("/")
    since = str(told.cursor.get("modified") or "")
    newest, number = since, 1
    while number <= PAGES and not door.stopped():
        query = {
            "per_page": SIZE,
            "page": number,
            "orderby": "modified",
            "order": "asc" if since else "desc",
            "_embed": 1,
        }
        if since:
            query["modified_after"] = since
        outcome = door.fetch(f"{home}/wp-json/wp/v2/posts?{urlencode(query)}", kind="api", robots=False)
        if (
            isinstance(outcome, Failed)
            and number > 1
            and outcome.kind in ("missing", "refused", "server", "network")
        ):
            break  # past the end: 400 rest_post_invalid_page_number
        if not isinstance(outcome, Fetched):
            if isinstance(outcome, Failed) and outcome.kind in ("busy", "dns", "tls"):
                yield Batch(outcome=outcome, requests=1)
            else:
                yield from feed.pull(replace(source, url=f"{home}/feed/"), told, door)
            return
        try:
            found = door.read(outcome, source)
        except ParseError as error:
            if number > 1:
                break
            if found_feed := error.what.startswith("WordPress says"):
                yield from feed.pull(replace(source, url=f"{home}/feed/"), told, door)
            if not found_feed:
                yield Batch(outcome=Failed(why=error.what, kind="not-a-feed", do=error.do), requests=1)
            return
        newest = max([newest, *(stamp for story in found.stories if (stamp := _stamp(story.updated)))])
        refused = tuple((skip.item, skip.why) for skip in found.skipped)
        more = bool(since) and len(found.stories) == SIZE and number < PAGES
        yield Batch(
            outcome=outcome, items=(Item(document=outcome, stories=found.stories, refused=refused),), requests=1,
            cursor={"modified": newest} if newest else None, last=not more,
        )  # fmt: skip
        if not more:
            return
        number += 1


def _stamp(when: object) -> str | None:
    """A time as REST's modified_after takes it: UTC, without a zone mark."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") if isinstance(when, datetime) else None
