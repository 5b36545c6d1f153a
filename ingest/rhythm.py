"""The rhythm of a source: how often it has brought news, by hour of the week; what that makes likely. Pure.

Kept in a source's notes as JSON: {"since": ISO time, "hours": {"0"…"167": visits with news}, "worst": number}. Hours are
UTC, Monday 00 is 0. "worst" is the greatest expectation that a silence of it has ever disappointed: a source that comes
in bursts has a high one, and is not called silent for what it does every week.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

WEEK = timedelta(weeks=1)
OLDEST = 8.0  # weeks after which the memory is halved
SURE = 4.0  # weeks after which the hour of the week is trusted alone; before, hours of the day share
LEAST_NEWS = 8  # visits with news before anything is concluded
SILENT = 7.0  # visits with news that were due and did not come: by chance once in a thousand (Poisson)
WORSE = 1.5  # times the worst silence before
ASLEEP = 0.05  # visits with news expected of an hour in which nobody need ask often

Rhythm = Mapping[str, Any]


def heard(kept: Rhythm | None, last_new: datetime | None, now: datetime) -> dict[str, Any]:
    """The rhythm after a visit that brought news. last_new: the visit with news before it."""
    if not kept or "hours" not in kept:
        return {"since": now.isoformat(), "hours": {str(_slot(now)): 1.0}, "worst": 0.0}
    hours = {slot: float(count) for slot, count in kept["hours"].items()}
    since, worst = _since(kept, now), float(kept.get("worst", 0.0))
    if last_new is not None and last_new < now and _known(kept, last_new):
        worst = max(worst * 0.98, expected(kept, last_new, now))
    if (now - since) / WEEK > OLDEST:
        hours = {slot: round(count / 2, 3) for slot, count in hours.items() if count > 0.1}
        since += (now - since) / 2
    hours[str(_slot(now))] = hours.get(str(_slot(now)), 0.0) + 1
    return {"since": since.isoformat(), "hours": hours, "worst": round(worst, 3)}


def expected(kept: Rhythm, start: datetime, end: datetime) -> float:
    """Visits with news that the source's rhythm, as it was until `start`, makes likely between two times."""
    weeks = max((start - _since(kept, start)) / WEEK, 1 / 7)
    hours = {int(slot): float(count) for slot, count in kept["hours"].items()}
    by_day = [0.0] * 24
    for slot, count in hours.items():
        by_day[slot % 24] += count
    trust = min(weeks / SURE, 1.0)
    total = 0.0
    for slot, share in _hours(start, min(end, start + 4 * WEEK)):
        week, day = hours.get(slot, 0.0) / max(weeks, 1.0), by_day[slot % 24] / (7 * weeks)
        total += share * (trust * week + (1 - trust) * day)
    return total


def silence(kept: Rhythm | None, last_new: datetime | None, now: datetime) -> str | None:
    """The idle alarm: longer silent than its own rhythm makes likely, however long that is. None: all is well."""
    if kept is None or last_new is None or not _known(kept, last_new):
        return None
    missed = expected(kept, last_new, now)
    if missed < max(SILENT, WORSE * float(kept.get("worst", 0.0))):
        return None
    hours = (now - last_new).total_seconds() / 3600
    long = f"{hours:.0f} h" if hours >= 2 else f"{60 * hours:.0f} min"
    return (
        f"silent for {long}, where its rhythm had let expect news {missed:.0f} times: look whether it moved"
    )


def asleep(kept: Rhythm | None, now: datetime, most: timedelta) -> timedelta | None:
    """How long the source will sleep by its rhythm, at most so long; None: it is awake, or too little is known of it."""
    if kept is None or not _known(kept, now) or (now - _since(kept, now)) / WEEK < 2:
        return None
    quiet = timedelta(0)
    for _ in range(int(most / timedelta(hours=1)) + 1):
        at = now + quiet
        next_hour = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        if expected(kept, at, next_hour) / ((next_hour - at) / timedelta(hours=1)) >= ASLEEP:
            break
        quiet = next_hour - now
    return min(quiet, most) or None


def _known(kept: Rhythm, now: datetime) -> bool:
    """Is enough known of it?"""
    news = sum(map(float, kept.get("hours", {}).values()))
    return news >= LEAST_NEWS and now - _since(kept, now) > timedelta(days=1)


def _since(kept: Rhythm, now: datetime) -> datetime:
    try:
        return min(datetime.fromisoformat(str(kept["since"])), now)
    except (KeyError, ValueError):
        return now


def _slot(when: datetime) -> int:
    at = when.astimezone(UTC)
    return at.weekday() * 24 + at.hour


def _hours(start: datetime, end: datetime) -> Iterator[tuple[int, float]]:
    """(hour of the week, share of it) from start to end."""
    at = start
    while at < end:
        until = min(end, at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1))
        yield _slot(at), (until - at) / timedelta(hours=1)
        at = until
