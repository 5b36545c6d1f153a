"""When a source is asked again, and when a person must look. Pure: `now` and the spread are given. FETCHING.md, 3 to 5."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from ingest import moving, yields
from ingest.outcome import Batch, Failed, Fetched, Gone, NotModified
from ingest.rhythm import asleep, heard, silence
from ingest.source import Source
from parsers.hints import FeedFacts
from store.sources import Told

LONGEST = timedelta(hours=24)
QUIET_AFTER = 10  # polls without news after which the interval grows by half
QUIET_MOST = timedelta(hours=1)  # also while the source sleeps by its own rhythm
REFUSED = timedelta(hours=6)
RECHECK_GONE = timedelta(days=7)
PATIENCE = timedelta(days=3)  # how long a failure that may mend itself is left to itself
SPREAD = 0.1
OVERDUE = timedelta(hours=2)
LOCAL = ("folder", "warc")  # nobody is asked for anything
AGREED = (
    "ftp",
    "sftp",
    "imap",
    "http",
)  # there for us: asked as often as was agreed, also while they are quiet
PAST = ("warc",)  # read to their end, and silent from then on
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ADVICE: Mapping[str, str] = {
    "refused": "the publisher refuses us: ask for leave, or remove the source",
    "not-a-feed": "look at the address in a browser: it is a page now",
    "forbidden": "mend the address, or allow its network in [fetch] allow_addresses",
    "bad-address": "mend the address in wires.toml",
    "tls": "tell the publisher: the certificate is not valid",
    "redirects": "look at the address in a browser, and write where it ends into wires.toml",
    "bug": "report it with the log",
}
LATER: Mapping[str, str] = {
    "missing": "the address answers 404 for days: find the new one",
    "dns": "the host's name is not known for days: find the new address",
    "network": "the host cannot be reached for days: ask the publisher",
    "silent": "the host cannot be reached for days: ask the publisher",
    "server": "the server fails for days: ask the publisher",
    "empty": "the address answers with nothing for days: ask the publisher",
    "busy": "the host asks for rest for days: visit it less often, or ask the publisher",
    "too-large": "what the address gives is too large for days: ask the publisher for a shorter feed",
}
LASTING = "it fails for days: look at the address in a browser, or ask the publisher"


def after_success(
    source: Source, told: Told, batch: Batch, *, news: bool, now: datetime, spread: float
) -> Told:
    """The state after a good answer. spread: -1 to 1, where in the jitter this one falls."""
    notes = dict(told.notes)
    if batch.feed is not None:
        notes["feed"] = wishes(batch.feed)
    quiet = 0 if news else int(notes.get("quiet", 0)) + 1
    notes["quiet"] = quiet
    if news and source.kind not in PAST:
        notes["rhythm"] = heard(notes.get("rhythm"), told.last_new, now)
    last_new = now if news else told.last_new
    outcome = batch.outcome
    fresh = outcome.fresh if isinstance(outcome, Fetched | NotModified) else None
    wanted = notes.get("feed") or {}
    if source.kind in LOCAL:
        due = now + source.every * (1 + SPREAD * spread)
    else:
        asked = theirs(wanted, fresh)
        public = source.kind not in AGREED
        span = interval(source.every, asked, quiet if public else 0)
        if public and (sleep := asleep(notes.get("rhythm"), now, QUIET_MOST)) is not None:
            span = max(span, sleep)
        span *= 1 + SPREAD * spread
        if span < asked:  # the spread may bring us later than a publisher wishes, never sooner
            span = asked * (1 + SPREAD * abs(spread))
        due = allowed_hour(now + span, wanted)
    alarms = (
        moving.advice(told),
        silence(notes.get("rhythm"), last_new, now),
        yields.dropped(notes.get("yield")),
    )
    return replace(
        told,
        notes=notes,
        due=min(due, now + LONGEST),
        failures=0,
        first_failure=None,
        last_error=None,
        error_kind=None,
        action="; ".join(filter(None, alarms)) or None,
        last_success=now,
        last_new=last_new,
    )


def is_due(told: Told, now: datetime) -> bool:
    """Is the source due? A due time that lies further ahead than any we set is the mark of a clock that jumped."""
    most = RECHECK_GONE if told.error_kind == "gone" else LONGEST
    return told.due is None or not now < told.due <= now + most + timedelta(seconds=1)  # kept rounded up


def overdue(source: Source, told: Told, now: datetime) -> str | None:
    """What a person is told of a source that has been due for long without a visit: nothing visits it any more."""
    if told.due is None or now - told.due <= max(OVERDUE, 4 * source.every):
        return None
    hours = (now - told.due).total_seconds() / 3600
    return (
        f"due for {hours:.0f} h and not visited: look whether cron runs `wire run`, and has the time for all"
    )


def wishes(feed: FeedFacts) -> dict[str, Any]:
    """What a feed asks of those who poll it, in a form that the store keeps."""
    found: dict[str, Any] = {}
    if feed.ttl_minutes:
        found["ttl"] = feed.ttl_minutes
    if feed.update_minutes:
        found["update"] = feed.update_minutes
    if feed.skip_hours and len({hour % 24 for hour in feed.skip_hours}) < 24:
        found["skip_hours"] = sorted({hour % 24 for hour in feed.skip_hours})
    if feed.skip_days and len(feed.skip_days) < 7:
        found["skip_days"] = sorted(feed.skip_days)
    return found


def theirs(asked: Mapping[str, Any], fresh: timedelta | None) -> timedelta:
    """How long the publisher wants us to stay away: the longest that is asked, at most LONGEST; zero where nothing is."""
    wanted = [timedelta(minutes=float(asked[name])) for name in ("ttl", "update") if name in asked]
    wanted += [fresh] if fresh is not None else []
    return min(max(wanted, default=timedelta(0)), LONGEST)


def interval(every: timedelta, asked: timedelta, quiet: int) -> timedelta:
    """The longer of what we want and what the publisher wants; longer still after long quiet.

    What the operator configured below five minutes stands: a wire of minutes is by agreement.
    """
    span = max(every, asked)
    if quiet >= QUIET_AFTER and span < QUIET_MOST:
        span = min(span * 1.5 ** min(quiet // QUIET_AFTER, 12), QUIET_MOST)
    return span


def allowed_hour(due: datetime, asked: Mapping[str, Any]) -> datetime:
    """The first hour at or after `due` that skipHours and skipDays (GMT) allow; at most two days on."""
    hours, days = set(asked.get("skip_hours", ())), set(asked.get("skip_days", ()))
    for _ in range(48):
        at = due.astimezone(UTC)
        if at.hour not in hours and DAYS[at.weekday()] not in days:
            break
        due = (at + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    return due


def after_failure(
    source: Source, told: Told, outcome: Failed | Gone, *, now: datetime, spread: float
) -> Told:
    """The state after a bad answer: it is never given up for good. A run that was ended is no failure."""
    if isinstance(outcome, Failed) and outcome.kind == "ended":
        return told
    failures = told.failures + 1
    first = told.first_failure or now
    if isinstance(outcome, Gone):
        wait, kind = RECHECK_GONE, "gone"
        action: str | None = "the publisher withdrew this address for good: find the new one or remove it"
    else:
        kind = outcome.kind
        wait = min(source.every * 2 ** min(failures, 6), LONGEST) * (1 + SPREAD * spread)
        if kind == "refused":
            wait = max(wait, REFUSED)
        wait = min(max(wait, outcome.wait or timedelta(0)), LONGEST)
        action = advice(outcome, now - first)
    return replace(
        told,
        due=now + wait,
        failures=failures,
        first_failure=first,
        last_error=outcome.why,
        error_kind=kind,
        action=action,
    )


def advice(outcome: Failed, since: timedelta) -> str | None:
    """What a person must do about a failure; None: it will mend itself, or nobody can."""
    if outcome.do:
        return outcome.do
    if outcome.kind in ADVICE:
        return ADVICE[outcome.kind]
    return LATER.get(outcome.kind, LASTING) if since >= PATIENCE else None
