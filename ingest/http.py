"""HTTP: the only module that imports httpx. One request at a time to a host, conditional, capped, in bounded time."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

import httpx

from ingest.outcome import Failed, Fetched, Gone, Kind, NotModified, Outcome
from ingest.source import FetchSettings
from store.sources import HostTold, Validators

TOTAL = 60.0  # seconds for one request, redirects and body included
CAPS = {"feed": 10 << 20, "page": 5 << 20, "sitemap": 50 << 20, "listing": 5 << 20, "api": 10 << 20}


class Http:
    """The client of a run; use as a context manager."""

    def __init__(
        self, settings: FetchSettings, *, store: Path | None = None, stop: threading.Event | None = None
    ) -> None:
        self.settings, self.store, self.stop = settings, store, stop or threading.Event()
        agent = f"wire/0.1 (+mailto:{settings.contact})"
        self._client = httpx.Client(
            trust_env=False, follow_redirects=True, max_redirects=5, timeout=httpx.Timeout(15, connect=10),
            headers={"User-Agent": agent, "Accept-Encoding": "gzip, deflate"},
        )  # fmt: skip
        self._allowed = [ipaddress.ip_network(net, strict=False) for net in settings.allow_addresses]
        self._last: dict[str, float] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()
        self._hosts: dict[str, HostTold] = {}

    def __enter__(self) -> Http:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def hosts(self) -> list[HostTold]:
        """States of hosts to keep with the next commit."""
        with self._lock:
            found, self._hosts = list(self._hosts.values()), {}
        return found

    def fetch(
        self, url: str, *, kind: str = "feed", validators: Validators | None = None,
        headers: Mapping[str, str] | None = None, robots: bool = True,  # noqa: ARG002
    ) -> Outcome:  # fmt: skip
        """One GET. Never raises but for a bug."""
        host = urlsplit(url).hostname or ""
        sent = dict(headers or {})
        if validators and validators.etag:
            sent["If-None-Match"] = validators.etag
        if validators and validators.last_modified:
            sent["If-Modified-Since"] = validators.last_modified
        with self._lock:
            lock = self._locks.setdefault(host, threading.Lock())
        with lock:
            self.stop.wait(max(0.0, self._last.get(host, 0.0) + self.settings.gap - time.monotonic()))
            try:
                if (why := self._refused(host)) is not None:
                    return Failed(why=why, kind="forbidden", do="list the network in [fetch] allow_addresses")
                return self._get(url, sent, CAPS.get(kind, CAPS["feed"]))
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError, OSError) as error:
                return Failed(why=f"{type(error).__name__}: {error}", kind="network")
            finally:
                self._last[host] = time.monotonic()

    def _refused(self, host: str) -> str | None:
        for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM):
            address = ipaddress.ip_address(info[4][0])
            if not address.is_global and not any(address in net for net in self._allowed):
                return f"{host} is at {address}, which is not public"
        return None

    def _get(self, url: str, sent: dict[str, str], cap: int) -> Outcome:
        ends = time.monotonic() + TOTAL
        with self._client.stream("GET", url, headers=sent) as reply:
            kept = Validators(
                etag=reply.headers.get("etag"), last_modified=reply.headers.get("last-modified")
            )
            if reply.status_code == 304:
                return NotModified(validators=kept)
            if reply.status_code == 410:
                return Gone()
            if not reply.is_success:
                return _failed(reply)
            body = bytearray()
            for chunk in reply.iter_bytes(65536):
                body += chunk
                if len(body) > cap:
                    return Failed(why=f"over {cap >> 20} MB", kind="too-large")
                if time.monotonic() > ends:
                    return Failed(why=f"took over {TOTAL:.0f} s", kind="network")
            media_type, _, rest = reply.headers.get("content-type", "").partition(";")
            charset = rest.partition("charset=")[2].strip(" \"'") or None
            return Fetched(
                body=bytes(body), url=str(reply.url), asked=url, status=reply.status_code,
                media_type=media_type.strip() or None, charset=charset, validators=kept,
                headers=tuple(reply.headers.items()),
            )  # fmt: skip


def _failed(reply: httpx.Response) -> Failed:
    code = reply.status_code
    kinds: dict[int, Kind] = {
        401: "refused",
        403: "refused",
        451: "refused",
        404: "missing",
        429: "busy",
        503: "busy",
    }
    asked = reply.headers.get("retry-after", "")
    wait = None
    if asked.isdigit():
        wait = timedelta(seconds=min(int(asked), 86400))
    elif asked:
        try:
            wait = max(timedelta(0), parsedate_to_datetime(asked) - datetime.now(UTC))
        except (ValueError, TypeError):
            wait = None
    return Failed(why=f"HTTP {code}", kind=kinds.get(code, "server"), wait=wait)
