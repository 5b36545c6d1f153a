"""One fetch with all manners: robots.txt, the host's turn, tries after a passing fault, plainer words. FETCHING.md, 5 and 8."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

import tenacity
from sqlite_utils import Database

from ingest import robots
from ingest.guard import networks
from ingest.hosts import Hosts, host_of
from ingest.http import Client, Moved
from ingest.outcome import Failed, NotModified, Outcome
from ingest.robots import Rules
from ingest.source import FetchSettings
from store.db import open_readonly
from store.sources import HostTold, Validators, host_told

AGENT = "wiredesk"  # the product's name in the user agent and in robots.txt
TRIES, TRYING = 3, 60.0  # attempts of one fetch, and the seconds after which none is begun
CRAWLED = ("page", "listing", "sitemap")  # robots.txt binds these; a configured feed is a subscription
DISLIKED = ("HTTP 400", "HTTP 405", "HTTP 406", "HTTP 415")  # answers to words that a server does not know


class Polite:
    """The fetcher of a run; use as a context manager. `fetch` is ingest.door.Fetch."""

    def __init__(
        self, settings: FetchSettings, *, store: Path | None = None, stop: threading.Event | None = None,
        total: float = 60.0, pause: float = 1.0,
    ) -> None:  # fmt: skip
        self.settings, self.store, self.stop = settings, store, stop or threading.Event()
        contact = settings.contact if "://" in settings.contact else f"mailto:{settings.contact}"
        self.client = Client(
            f"{AGENT}/{version('wiredesk')} (+{contact})",
            allowed=networks(settings.allow_addresses),
            total=total,
        )
        self._again = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(TRIES)
            | tenacity.stop_after_delay(TRYING)
            | tenacity.stop_when_event_set(self.stop),
            wait=tenacity.wait_exponential_jitter(multiplier=pause, max=20 * pause, jitter=pause),
            retry=tenacity.retry_if_result(_passes),
            sleep=tenacity.sleep_using_event(self.stop),
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
        )
        self._hosts = Hosts(gap=settings.gap, stop=self.stop, remembered=self._remembered)
        self._db: Database | None = None
        self._lock = threading.Lock()
        self._asking: dict[str, threading.Lock] = {}  # one robots.txt request at a time
        self._rules: dict[str, Rules] = {}

    def __enter__(self) -> Polite:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()
        if self._db is not None:
            self._db.conn.close()

    def end(self) -> None:
        """End the run's fetches, those under way too: nobody is to be blamed for them. From any thread, and a signal's handler."""
        self.stop.set()
        self.client.shut()

    def hosts(self) -> list[HostTold]:
        """States of the hosts asked since the last call, to keep with the next commit."""
        return self._hosts.changed()

    def fetch(
        self, url: str, *, kind: str = "feed", validators: Validators | None = None,
        headers: Mapping[str, str] | None = None, robots: bool = True, held: float = 0.0,
    ) -> Outcome:  # fmt: skip
        """One fetch with all manners. Never raises but for a bug."""
        conditional = validators is not None and bool(validators.etag or validators.last_modified)
        manners = _Turns(self, crawled=robots and kind in CRAWLED, conditional=conditional)
        extra = dict(headers or {})

        def ask() -> Outcome:
            return self.client.get(url, manners, kind=kind, validators=validators, headers=extra, held=held)

        outcome = self._tried(ask)
        if isinstance(outcome, NotModified) and not conditional:
            extra["Cache-Control"] = "no-cache"
            outcome = ask()
            if isinstance(outcome, NotModified):
                return Failed(why="HTTP 304 to a request that was not conditional", kind="server")
        elif isinstance(outcome, Failed) and (outcome.kind == "coding" or outcome.why in DISLIKED):
            extra["Accept-Encoding"] = "identity"
            outcome = ask()
        if self.stop.is_set() and isinstance(outcome, Failed) and outcome.kind == "network":
            return Failed(why="the run was ended", kind="ended")
        self._hosts.fetched(host_of(url), outcome)
        return outcome

    def _tried(self, ask: Callable[[], Outcome]) -> Outcome:
        """Ask, and again after a passing fault."""
        first = ask()
        if not _passes(first):
            return first
        known = iter((first,))
        outcome: Outcome = self._again(lambda: next(known, None) or ask())
        return outcome

    def _remembered(self, host: str) -> HostTold:
        """A host's state in the store; called under the hosts' lock."""
        if self._db is None and self.store is not None and self.store.is_file():
            self._db = open_readonly(self.store)
        return HostTold(host=host) if self._db is None else host_told(self._db, host)

    def rules(self, url: str) -> Rules:
        """The rules of an address's host; robots.txt is asked for once a day."""
        host = host_of(url)
        with self._lock:
            asking = self._asking.setdefault(host, threading.Lock())
        with asking:
            if host in self._rules:
                return self._rules[host]
            told, now = self._hosts.told(host), datetime.now(UTC)
            if robots.stale(told, now):
                parts = urlsplit(url)
                address = f"{parts.scheme}://{parts.netloc}/robots.txt"
                plain = _Turns(self, crawled=False, conditional=False)
                got = self._tried(lambda: self.client.get(address, plain, kind="robots"))
                told = robots.learned(self._hosts.told(host), got, now)
                self._hosts.keep(told)
            self._rules[host] = Rules.of(told.robots, AGENT)
            return self._rules[host]


def _passes(outcome: Outcome) -> bool:
    """Is it a fault that may have passed a moment later?"""
    return isinstance(outcome, Failed) and outcome.kind in ("network", "server")


@dataclass(frozen=True, slots=True)
class _Turns:
    """The manners of one fetch: what ingest.http asks for at each hop."""

    polite: Polite
    crawled: bool
    conditional: bool

    def enter(self, url: str) -> Failed | None:
        """Wait for the turn of the address's host, where robots.txt lets us."""
        gap = 0.0
        if self.crawled:
            rules = self.polite.rules(url)
            if not rules.allows(url):
                why = "forbids it" if rules.parsed else "cannot be had: nothing there is crawled until it can"
                return Failed(why=f"robots.txt of {host_of(url)} {why}", kind="forbidden")
            gap = rules.delay
        return self.polite._hosts.enter(host_of(url), gap=gap)

    def leave(self, url: str, result: Outcome | Moved) -> None:
        """End the turn."""
        self.polite._hosts.leave(host_of(url), result, conditional=self.conditional)
