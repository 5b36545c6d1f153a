"""`wire dedupe --batch`: clusters of a stream of stories, with the code that the store uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from ingest.identity import Furniture, Memory, best_match, likely
from parsers.dates import read_time
from parsers.fingerprint import fingerprint
from parsers.lead import read_lead
from parsers.page.furniture import digest

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def day_number(published: str | None) -> int:
    """Days since 1970 of a time as written; 0 where there is none."""
    made = read_time(published)
    if made is None:
        return 0
    when = (
        made.when
        if isinstance(made.when, datetime)
        else datetime(made.when.year, made.when.month, made.when.day, tzinfo=UTC)
    )
    return (when - EPOCH).days


def clusters(records: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """(id, cluster) of records in order of arrival; a cluster is named for its first story."""
    index: Memory[str] = Memory()
    cluster: dict[str, str] = {}
    furniture = Furniture()
    for record in records:
        name = str(record["id"])
        lines = str(record.get("text") or "").split("\n")
        paragraphs = {part: digest(part) for part in lines if part.strip()}
        copy = read_lead(furniture.less(paragraphs)).body
        made = fingerprint(record.get("headline"), copy)
        day = day_number(record.get("published"))
        match = best_match(
            made, likely(made.grams.size, index.sharing(made.sketch, day)), index.prints.get, day
        )
        cluster[name] = cluster[match.story] if match else name
        furniture.note(paragraphs, cluster[name])
        index.add(name, made, day)
        yield name, cluster[name]
