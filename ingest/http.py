"""HTTP: the only module that imports httpx. One request, made whole in bounded time, size and memory: an Outcome.

The transport is used without httpx's client: no shared cookies, no redirects of its own, no environment. Manners towards
hosts (gaps, Retry-After, robots.txt) are in ingest/polite.py, which calls this.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from ingest.guard import Broken, Network, Oversize, Refused, Unpacker, check_url, resolve
from ingest.outcome import Failed, Fetched, Gone, Kind, NotModified, Outcome
from store.sources import Validators

CONNECT, READ, TOTAL = 10.0, 15.0, 60.0  # seconds
HOPS = 5
LONGEST_WAIT = timedelta(hours=24)
CAPS = {
    "feed": 10 << 20,
    "page": 5 << 20,
    "sitemap": 50 << 20,
    "listing": 5 << 20,
    "api": 10 << 20,
    "robots": 512 << 10,
}
MISSING: dict[int, Kind] = {
    401: "refused",
    403: "refused",
    451: "refused",
    404: "missing",
    429: "busy",
    503: "busy",
}


class _Deadline(threading.local):
    """When the request of this thread must be over (monotonic seconds)."""

    ends = float("inf")

    def left(self, timeout: float | None) -> float:
        """Seconds an operation may take. Raises ReadTimeout where there are none."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this request is up")
        return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    """A connection whose every read ends by the deadline: a server that drips its headers holds nobody."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self.inner, self.deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.deadline.left(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(
            self.inner.start_tls(ssl_context, server_hostname, self.deadline.left(timeout)), self.deadline
        )

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Resolves, judges, and dials the judged address: a name that changes in between changes nothing."""

    def __init__(self, allowed: Sequence[Network], deadline: _Deadline) -> None:
        self.allowed, self.deadline, self.inner = allowed, deadline, httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        try:
            addresses = resolve(host, port, self.allowed)
        except OSError as error:
            raise httpcore.ConnectError(f"no such host: {host} ({error})") from error
        last: Exception | None = None
        for address in addresses[:4]:
            try:
                made = self.inner.connect_tcp(
                    address, port, self.deadline.left(timeout), local_address, socket_options
                )
                return _Stream(made, self.deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last or httpcore.ConnectError(f"{host} has no address")

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class Client:
    """Requests of a run, from any thread; connections are kept and shared."""

    def __init__(self, agent: str, *, allowed: Sequence[Network] = (), total: float = TOTAL) -> None:
        self.agent, self.allowed, self.total = agent, allowed, total
        self._deadline = _Deadline()
        self._transport = httpx.HTTPTransport(trust_env=False)
        self._transport._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=64,
            max_keepalive_connections=32,
            keepalive_expiry=15,
            http1=True,
            network_backend=_Backend(allowed, self._deadline),
        )

    def close(self) -> None:
        """Close the kept connections."""
        self._transport.close()

    def get(
        self, url: str, *, kind: str = "feed", validators: Validators | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Outcome:  # fmt: skip
        """One GET with its redirects. Never raises but for a bug."""
        sent = {
            "User-Agent": self.agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
            **(headers or {}),
        }
        if validators and validators.etag:
            sent["If-None-Match"] = validators.etag
        if validators and validators.last_modified:
            sent["If-Modified-Since"] = validators.last_modified
        self._deadline.ends = time.monotonic() + self.total
        try:
            return self._chain(url, sent, CAPS.get(kind, CAPS["feed"]), secret=bool(headers))
        except (
            httpx.HTTPError,
            httpx.InvalidURL,
            httpx.StreamError,
            UnicodeError,
            OSError,
            Refused,
        ) as error:
            return _failure(error, url)
        except (httpcore.ConnectionNotAvailable, httpcore.UnsupportedProtocol, ValueError) as error:
            return Failed(why=f"{type(error).__name__}: {error}", kind="bad-address")
        finally:
            self._deadline.ends = float("inf")

    def _chain(self, url: str, sent: dict[str, str], cap: int, *, secret: bool) -> Outcome:
        """Follow redirects by hand: each hop is judged; cookies live for this chain alone."""
        asked, seen, jar, permanent = url, {url}, httpx.Cookies(), True
        for _ in range(HOPS + 1):
            if why := check_url(url, allowed=self.allowed):
                return Failed(
                    why=f"{url[:200]} {why}",
                    kind="forbidden",
                    do="mend the address" if url == asked else None,
                )
            request = httpx.Request("GET", url, headers=sent, extensions={"timeout": _TIMEOUT})
            jar.set_cookie_header(request)
            response = self._transport.handle_request(request)
            response.request = request
            try:
                if response.status_code not in (301, 302, 303, 307, 308):
                    return self._answer(response, url, asked, cap, permanent=permanent and url != asked)
                target = urljoin(url, response.headers.get("location", "")).partition("#")[0]
                jar.extract_cookies(response)
                again = target in seen and not response.headers.get("set-cookie")
            finally:
                response.close()
            if again or not response.headers.get("location"):
                return Failed(why=f"redirects in a circle at {url[:200]}", kind="redirects")
            here, there = urlsplit(url), urlsplit(target)
            if secret and here.scheme == "https" and there.scheme == "http":
                return Failed(
                    why=f"redirects from https to http: {target[:200]}",
                    kind="redirects",
                    do="ask the publisher",
                )
            if here.hostname != there.hostname:
                sent = {
                    name: value
                    for name, value in sent.items()
                    if name.lower() not in ("authorization", "cookie")
                }
                jar = httpx.Cookies()
            permanent = permanent and response.status_code in (301, 308)
            seen.add(target)
            url = target
        return Failed(why=f"more than {HOPS} redirects", kind="redirects")

    def _answer(
        self, response: httpx.Response, url: str, asked: str, cap: int, *, permanent: bool
    ) -> Outcome:
        """The answer as an Outcome; the body is read under its caps."""
        code, headers = response.status_code, response.headers
        kept = Validators(etag=headers.get("etag"), last_modified=headers.get("last-modified"))
        if code == 304:
            return NotModified(validators=kept, fresh=_fresh(headers))
        if code == 410:
            return Gone()
        if code not in (200, 203, 226):
            return Failed(why=f"HTTP {code}", kind=MISSING.get(code, "server" if code >= 500 or code in (408, 425) else "http"),
                          wait=retry_after(headers.get("retry-after", ""), now=datetime.now(UTC)))  # fmt: skip
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > cap:
            return Failed(why=f"announces {int(length) >> 20} MB, over {cap >> 20}", kind="too-large")
        try:
            unpacker = Unpacker(headers.get("content-encoding", ""), cap)
            for chunk in response.iter_raw(65536):
                unpacker.feed(chunk)
                if time.monotonic() > self._deadline.ends:
                    return Failed(why=f"took over {self.total:.0f} s", kind="network")
            body = unpacker.finish()
        except Oversize as error:
            return Failed(why=str(error), kind="too-large")
        except Broken as error:
            return Failed(why=str(error), kind="coding")
        if not body.strip():
            return Failed(why="an empty answer", kind="empty")
        media_type, charset = _media_type(headers.get("content-type", ""))
        return Fetched(
            body=body, url=url, asked=asked, status=code, media_type=media_type, charset=charset, validators=kept,
            headers=tuple(headers.items()), permanent=url if permanent else None, fresh=_fresh(headers),
        )  # fmt: skip


_TIMEOUT = {"connect": CONNECT, "read": READ, "write": READ, "pool": TOTAL}


def _failure(error: Exception, url: str) -> Failed:
    """The class of what went wrong on the way."""
    text = f"{error}" or type(error).__name__
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, Refused):
            return Failed(
                why=str(cause),
                kind="forbidden",
                do="list the network in [fetch] allow_addresses if it is yours",
            )
        if isinstance(cause, ssl.SSLError):
            return Failed(
                why=f"TLS: {text}", kind="tls", do="tell the publisher: the certificate is not valid"
            )
        cause = cause.__cause__ or cause.__context__
    if "no such host" in text:
        return Failed(why=text, kind="dns")
    if isinstance(
        error, httpx.InvalidURL | UnicodeError | httpx.UnsupportedProtocol | httpx.LocalProtocolError
    ):
        return Failed(why=f"{url[:200]} is no address ({text})", kind="bad-address")
    return Failed(why=f"{type(error).__name__}: {text}", kind="network")


def _media_type(value: str) -> tuple[str | None, str | None]:
    media_type, _, rest = value.partition(";")
    charset = rest.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    return media_type.strip().lower() or None, charset or None


def retry_after(value: str, *, now: datetime) -> timedelta | None:
    """How long a server asks us to stay away: seconds or an HTTP date; None for what counts as absent.

    Rule: RFC 9110, 10.2.3. The bounds (1 s to LONGEST_WAIT) are ours.
    """
    text = value.strip()
    if text.isascii() and text.isdigit():
        wait = LONGEST_WAIT if len(text) > 9 else timedelta(seconds=int(text))
    else:
        try:
            at = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
        wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    return max(timedelta(seconds=1), min(wait, LONGEST_WAIT)) if wait > timedelta(0) else None


def _fresh(headers: httpx.Headers) -> timedelta | None:
    """How long the answer says that it is fresh: max-age less Age, else Expires less Date. FETCHING.md, section 3."""
    for part in headers.get("cache-control", "").split(","):
        name, _, value = part.strip().partition("=")
        if name.lower() == "max-age" and value.strip('"').isdigit():
            age = headers.get("age", "0")
            seconds = int(value.strip('"')[:9]) - (int(age[:9]) if age.isdigit() else 0)
            return timedelta(seconds=max(0, seconds))
    try:
        expires, dated = (parsedate_to_datetime(headers[name]) for name in ("expires", "date"))
        return max(timedelta(0), expires - dated)
    except (KeyError, ValueError, TypeError, IndexError):
        return None
