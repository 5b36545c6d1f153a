"""Manners towards hosts: one request at a time, gaps, Retry-After, robots.txt, retries inside a visit. FETCHING.md, 5 and 8."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

import tenacity
from protego import Protego

from ingest.guard import networks
from ingest.http import Client
from ingest.outcome import Failed, Fetched, Gone, NotModified, Outcome
from ingest.source import FetchSettings
from store.db import open_readonly
from store.sources import HostTold, Validators, host_told

AGENT = "wire"
TRIES, TRYING = 3, 60.0  # attempts of one fetch, and the seconds they may take together
ROBOTS_KEPT = timedelta(hours=24)
LONGEST_DELAY = 60.0  # seconds of a Crawl-delay that are honoured
BUSY = timedelta(minutes=15)  # a 429 that names no span; doubles at each
CRAWLED = ("page", "listing", "sitemap")  # robots.txt binds these; a configured feed is a subscription


class Polite:
    """The fetcher of a run; use as a context manager. `fetch` is ingest.door.Fetch."""

    def __init__(
        self, settings: FetchSettings, *, store: Path | None = None, stop: threading.Event | None = None,
        total: float = 60.0, pause: float = 1.0,
    ) -> None:  # fmt: skip
        self.settings, self.store, self.stop, self.pause = settings, store, stop or threading.Event(), pause
        self.client = Client(
            f"{AGENT}/0.1 (+mailto:{settings.contact})",
            allowed=networks(settings.allow_addresses),
            total=total,
        )
        self._lock = threading.Lock()
        self._gates: dict[str, threading.Lock] = {}
        self._told: dict[str, HostTold] = {}
        self._changed: set[str] = set()
        self._last: dict[str, float] = {}
        self._rules: dict[str, Protego | None] = {}

    def __enter__(self) -> Polite:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()

    def hosts(self) -> list[HostTold]:
        """States of the hosts asked since the last call, to keep with the next commit."""
        with self._lock:
            found = [self._told[host] for host in self._changed]
            self._changed.clear()
        return found

    def fetch(
        self, url: str, *, kind: str = "feed", validators: Validators | None = None,
        headers: Mapping[str, str] | None = None, robots: bool = True,
    ) -> Outcome:  # fmt: skip
        """One fetch with all manners. Never raises but for a bug."""
        try:
            host = urlsplit(url).hostname or ""
        except ValueError as error:
            return Failed(
                why=f"{url[:200]} is no address ({error})", kind="bad-address", do="mend the address"
            )
        with self._gate(host):
            if robots and kind in CRAWLED and (why := self._forbidden(host, url)):
                return Failed(why=why, kind="forbidden")
            return self._tried(host, url, kind, validators, headers)

    def _gate(self, host: str) -> threading.Lock:
        with self._lock:
            if host not in self._told:
                self._told[host] = self._remembered(host)
            return self._gates.setdefault(host, threading.Lock())

    def _remembered(self, host: str) -> HostTold:
        if self.store is None or not self.store.is_file():
            return HostTold(host=host)
        db = open_readonly(self.store)
        try:
            return host_told(db, host)
        finally:
            db.conn.close()

    def _tried(
        self, host: str, url: str, kind: str, validators: Validators | None, headers: Mapping[str, str] | None
    ) -> Outcome:
        """Ask, and again after a passing fault; with plainer words where the server did not like ours."""
        extra = dict(headers or {})

        def ask() -> Outcome:
            return self._ask(host, url, kind, validators, extra)

        again = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(TRIES)
            | tenacity.stop_after_delay(TRYING)
            | tenacity.stop_when_event_set(self.stop),
            wait=tenacity.wait_exponential_jitter(initial=self.pause, max=20 * self.pause, jitter=self.pause),
            retry=tenacity.retry_if_result(
                lambda got: isinstance(got, Failed) and got.kind in ("network", "server")
            ),
            sleep=tenacity.sleep_using_event(self.stop),
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
        )
        outcome: Outcome = again(ask)
        conditional = validators is not None and bool(validators.etag or validators.last_modified)
        if isinstance(outcome, NotModified) and not conditional:
            extra["Cache-Control"] = "no-cache"
            outcome = ask()
            if isinstance(outcome, NotModified):
                return Failed(why="HTTP 304 to a request that was not conditional", kind="server")
        elif isinstance(outcome, Failed) and (
            outcome.kind == "coding" or outcome.why in ("HTTP 400", "HTTP 405", "HTTP 406", "HTTP 415")
        ):
            extra["Accept-Encoding"] = "identity"
            outcome = ask()
        return outcome

    def _ask(
        self, host: str, url: str, kind: str, validators: Validators | None, headers: Mapping[str, str]
    ) -> Outcome:
        """One request, after the host's gap; what the host asks for is remembered."""
        told = self._told[host]
        now = datetime.now(UTC)
        if told.wait_until is not None and told.wait_until > now:
            return Failed(
                why=f"{host} asked for rest until {told.wait_until:%H:%M} UTC",
                kind="busy",
                wait=told.wait_until - now,
            )
        gap = max(self.settings.gap, self._delay(host) if kind in CRAWLED else 0.0)
        since = time.monotonic() - self._last[host] if host in self._last else _since(told.asked, now)
        if self.stop.wait(max(0.0, gap - since)):
            return Failed(why="the run was ended", kind="network")
        outcome = self.client.get(url, kind=kind, validators=validators, headers=headers)
        self._last[host] = time.monotonic()
        conditional = validators is not None and bool(validators.etag or validators.last_modified)
        told = replace(
            told,
            asked=datetime.now(UTC),
            requests=told.requests + 1,
            conditional=told.conditional + conditional,
            not_modified=told.not_modified + isinstance(outcome, NotModified),
        )
        if isinstance(outcome, Failed) and outcome.kind == "busy":
            wait = outcome.wait or min(BUSY * 2 ** min(told.failures, 6), ROBOTS_KEPT)
            told = replace(told, wait_until=datetime.now(UTC) + wait, failures=told.failures + 1)
            outcome = replace(outcome, wait=wait)
        elif isinstance(outcome, Fetched | NotModified | Gone):
            told = replace(told, wait_until=None, failures=0)
        self._keep(told)
        return outcome

    def _keep(self, told: HostTold) -> None:
        with self._lock:
            self._told[told.host] = told
            self._changed.add(told.host)

    def _rules_of(self, host: str, url: str) -> Protego | None:
        """The host's robots.txt; None: it cannot be had, so nothing may be crawled. RFC 9309."""
        if host in self._rules:
            return self._rules[host]
        told, now = self._told[host], datetime.now(UTC)
        if told.robots is None or told.robots_at is None or now - told.robots_at > ROBOTS_KEPT:
            parts = urlsplit(url)
            got = self._tried(host, f"{parts.scheme}://{parts.netloc}/robots.txt", "robots", None, None)
            told = self._told[host]
            if isinstance(got, Fetched):
                told = replace(
                    told, robots=got.body.decode("utf-8", "replace"), robots_status=got.status, robots_at=now
                )
            elif isinstance(got, Gone) or (
                isinstance(got, Failed) and (got.kind in ("refused", "missing", "http", "empty"))
            ):
                told = replace(told, robots="", robots_status=404, robots_at=now)
            elif isinstance(got, Failed) and got.kind == "too-large":
                told = replace(told, robots="", robots_status=200, robots_at=now)
            self._keep(told)
        rules = None if told.robots is None else Protego.parse(told.robots[: 500 << 10])
        self._rules[host] = rules
        return rules

    def _forbidden(self, host: str, url: str) -> str | None:
        rules = self._rules_of(host, url)
        if rules is None:
            return f"robots.txt of {host} cannot be had: nothing there is crawled until it can"
        return None if rules.can_fetch(url, AGENT) else f"robots.txt of {host} forbids it"

    def _delay(self, host: str) -> float:
        rules = self._rules.get(host)
        return min(float(rules.crawl_delay(AGENT) or 0.0), LONGEST_DELAY) if rules else 0.0


def _since(asked: datetime | None, now: datetime) -> float:
    """Seconds since an earlier run asked; a clock that jumped back counts as long ago."""
    gone = (now - asked).total_seconds() if asked else float("inf")
    return gone if gone >= 0 else float("inf")
