"""An agency's API: tokens in a header or the query, a cursor that is committed with the stories, answers that are held back.

What the API gives (ninjs, NewsML-G2, NITF, JSON Feed, Atom, posts …) is told by its bytes. How it is asked stands in the source's
options:

    [[source]]
    name = "agency-api"
    kind = "http"
    url = "https://api.agency.example/v2/items"
    token = "${AGENCY_TOKEN}"
    [source.options]
    token_header = "X-Api-Key"          # else Authorization: Bearer …; token_query = "apikey": in the query
    headers = { Accept = "application/json" }
    query = { lang = "en", timeout = "30" }
    wait = 30                           # seconds for which the server may hold its answer back until there is news
    cursor_query = "since"              # the parameter in which the cursor goes back
    cursor = "json:meta.next"           # or "header:X-Cursor", "link:next" (an address), "newest" (latest time of a story)
    start = "2025-06-01T00:00:00Z"      # the cursor of the first visit
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from ingest.door import Door
from ingest.outcome import Batch, Failed, Fetched, Item, NotModified
from ingest.packing import packed
from ingest.source import Source
from parsers.errors import ParseError
from parsers.hints import Reading
from store.sources import Told

PAGES = 20  # answers of one visit
LASTS = 600.0  # seconds after which a visit begins no further request; with long poll, the time of one
NEXT = re.compile(r'<([^<>]*)>\s*;[^,<]*\brel="?next"?', re.I)  # RFC 8288


def pull(source: Source, told: Told, door: Door) -> Iterator[Batch]:
    """A batch for each answer, with the cursor after it, until an answer brings nothing or the cursor stands still."""
    cursor = str(told.cursor.get("at") or source.options.get("start") or "")
    held = float(source.options.get("wait", 0))
    ends = time.monotonic() + (held or LASTS)
    for number in range(PAGES):
        if number and door.stopped():
            return
        validators = told.validators if not number and not cursor else None
        outcome = door.fetch(
            address(source, cursor), kind="api", headers=_headers(source), validators=validators, robots=False,
            held=held,
        )  # fmt: skip
        if isinstance(outcome, Failed) and outcome.kind == "empty":
            outcome = NotModified()  # 204, or nothing within the time that the answer was held back
        if not isinstance(outcome, Fetched):
            if not number or not isinstance(outcome, NotModified):
                yield Batch(outcome=outcome, requests=1, conditional=validators is not None)
            return
        try:
            found = door.read(outcome, source)
        except ParseError as error:
            if _empty_list(outcome.body):
                found = Reading(format="json")
            else:
                yield Batch(outcome=Failed(why=error.what, kind="not-a-feed", do=error.do), requests=1)
                return
        after = _after(source, cursor, outcome, found)
        more = bool(found.stories) and after is not None and after != cursor and number < PAGES - 1
        more = more and time.monotonic() < ends
        refused = tuple((skip.item, skip.why) for skip in found.skipped)
        yield Batch(
            outcome=outcome,
            items=(Item(document=packed(outcome, door.now()), stories=found.stories, refused=refused),),
            requests=1,
            conditional=validators is not None,
            validators=outcome.validators if not cursor and not after else None,
            cursor={"at": after} if after else None,
            last=not more,
        )
        if not more:
            return
        cursor = after or ""


def address(source: Source, cursor: str) -> str:
    """Where to ask: the address with its query, its token where that goes there, and the cursor."""
    options, base = source.options, source.url or ""
    if options.get("cursor") == "link:next" and cursor:
        parts, added = urlsplit(cursor), {}
    else:
        parts, added = urlsplit(base), {str(k): str(v) for k, v in _table(options.get("query")).items()}
        if cursor and options.get("cursor_query"):
            added[str(options["cursor_query"])] = cursor
    if source.token and options.get("token_query"):
        added[str(options["token_query"])] = source.token
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in added]
    return urlunsplit(parts._replace(query=urlencode(query + list(added.items()))))


def _headers(source: Source) -> dict[str, str]:
    options = source.options
    headers = {str(k): str(v) for k, v in _table(options.get("headers")).items()}
    if source.token and not options.get("token_query"):
        name = options.get("token_header")
        headers[str(name or "Authorization")] = source.token if name else f"Bearer {source.token}"
    return headers


def _after(source: Source, cursor: str, outcome: Fetched, found: Reading) -> str | None:
    """The cursor after an answer; None: it tells none."""
    where, _, name = str(source.options.get("cursor") or "").partition(":")
    if where == "json":
        return _in_json(outcome.body, name)
    if where == "header":
        return next((value for key, value in outcome.headers if key.lower() == name.lower()), None)
    if where == "newest":
        return max(
            filter(None, [cursor, *(_instant(s.updated or s.published) for s in found.stories)]), default=None
        )
    if where == "link":
        linked = next(
            (m[1] for k, v in outcome.headers if k.lower() == "link" if (m := NEXT.search(v))), None
        )
        target = linked or (found.feed.next_url if found.feed else None)
        full = urljoin(source.url or "", target) if target else None
        # The token goes along: to the same server, and nowhere else.
        return full if full and urlsplit(full)[:2] == urlsplit(source.url or "")[:2] else None
    return None


def _in_json(body: bytes, path: str) -> str | None:
    try:
        value: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    for step in path.split("."):
        if isinstance(value, list) and re.fullmatch(r"-?\d+", step) and -len(value) <= int(step) < len(value):
            value = value[int(step)]
        elif isinstance(value, dict):
            value = value.get(step)
        else:
            return None
    return str(value) if isinstance(value, str | int) and value != "" else None


def _empty_list(body: bytes) -> bool:
    """JSON without an item: an API with nothing new."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return False
    lists = [v for v in value.values() if isinstance(v, list)] if isinstance(value, dict) else [value]
    return bool(lists) and not any(lists)


def _instant(when: object) -> str | None:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(when, datetime) else None


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
