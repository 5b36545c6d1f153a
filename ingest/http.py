"""HTTP: the only module that imports httpx. One request with its redirects, in bounded time, size and memory: an Outcome.

The transport is used without httpx's client: no shared cookies, no redirects of its own, no environment. Manners towards
hosts (gaps, Retry-After, robots.txt) are given: each hop of a chain of redirects waits for its own host's turn.
"""

from __future__ import annotations

import ssl
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from ingest.connections import Connections
from ingest.guard import Broken, Network, Oversize, Refused, Unpacker, check_url
from ingest.outcome import Failed, Fetched, Gone, Kind, NotModified, Outcome, content_type
from ingest.transport import Backend, Deadline
from store.sources import Validators

CONNECT, READ, TOTAL = 10.0, 15.0, 60.0  # seconds
HOPS = 5
HARMLESS = (
    "accept",
    "accept-encoding",
    "accept-language",
    "cache-control",
)  # of a caller's headers; others are secrets
LONGEST_WAIT = timedelta(hours=24)
CAPS = {
    "feed": 10 << 20,
    "page": 5 << 20,
    "sitemap": 50 << 20,
    "listing": 5 << 20,
    "api": 10 << 20,
    "robots": 500 << 10,
}
MISSING: dict[int, Kind] = {
    401: "refused",
    403: "refused",
    451: "refused",
    404: "missing",
    429: "busy",
    503: "busy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A redirect."""

    status: int
    target: str  # absolute, without fragment; "": none was named
    cookies: bool  # one was set with it


class Manners(Protocol):
    """What is due to a host before and after each request to it."""

    def enter(self, url: str) -> Failed | None:
        """Wait for the host's turn and take it; a Failed: the host must not be asked, and no turn was taken."""

    def leave(self, url: str, result: Outcome | Moved) -> None:
        """Give the turn back, with what the host answered."""


class Client:
    """Requests of a run, from any thread; connections are kept and shared."""

    def __init__(self, agent: str, *, allowed: Sequence[Network] = (), total: float = TOTAL) -> None:
        self.agent, self.allowed, self.total = agent, allowed, total
        self._deadline = Deadline()
        self._backend = Backend(allowed, self._deadline)
        context = ssl.create_default_context()
        self._transport = httpx.HTTPTransport(verify=context, trust_env=False)
        self._transport._pool = Connections(context, self._backend)  # type: ignore[assignment]

    def shut(self) -> None:
        """End what is under way, at once; from any thread."""
        self._backend.shut()

    def close(self) -> None:
        """Close the kept connections."""
        self._transport.close()

    def get(
        self, url: str, manners: Manners, *, kind: str = "feed", validators: Validators | None = None,
        headers: Mapping[str, str] | None = None, held: float = 0.0,
    ) -> Outcome:  # fmt: skip
        """One GET; its redirects are followed by hand, each hop judged. Never raises but for a bug.

        headers: the caller's own; they are secrets as far as other hosts go. held: seconds that the server may hold its answer
        back, beyond what any may take.
        """
        sent = {
            "User-Agent": self.agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
        }
        if validators and validators.etag:
            sent["If-None-Match"] = validators.etag
        if validators and validators.last_modified:
            sent["If-Modified-Since"] = validators.last_modified
        own = dict(headers or {})
        secret = any(name.lower() not in HARMLESS for name in own)
        asked, seen, permanent, left = url, {url}, True, self.total + held
        jar = httpx.Cookies()  # for this chain alone
        for _ in range(HOPS + 1):
            if why := check_url(url, allowed=self.allowed):
                do = "mend the address" if url == asked else "ask the publisher: its address leads there"
                return Failed(why=f"{url[:200]} {why}", kind="forbidden", do=do)
            if (refused := manners.enter(url)) is not None:
                return refused
            begun = time.monotonic()
            result: Outcome | Moved = Failed(why="the run was ended")
            try:
                result = self._hop(
                    url, sent | own, jar, CAPS.get(kind, CAPS["feed"]), left, held, cut=kind == "robots"
                )
            finally:
                manners.leave(url, result)
            left -= time.monotonic() - begun
            if not isinstance(result, Moved):
                return _told(result, url, asked, permanent=permanent and url != asked)
            if not result.target or (result.target in seen and not result.cookies):
                return Failed(why=f"redirects in a circle at {url[:200]}", kind="redirects")
            here, there = _parts(url), _parts(result.target)
            if secret and here[0] == "https" and there[0] == "http":
                why = f"redirects from https to http: {result.target[:200]}"
                return Failed(why=why, kind="redirects", do="ask the publisher")
            if here[1] != there[1]:
                own = {name: value for name, value in own.items() if name.lower() in HARMLESS}
                jar = httpx.Cookies()
            permanent = permanent and result.status in (301, 308)
            url = result.target
            seen.add(url)
        return Failed(why=f"more than {HOPS} redirects", kind="redirects")

    def _hop(
        self, url: str, sent: Mapping[str, str], jar: httpx.Cookies, cap: int, seconds: float, held: float, *,
        cut: bool,
    ) -> Outcome | Moved:  # fmt: skip
        """One request and its answer."""
        self._deadline.ends = time.monotonic() + seconds
        try:
            request = httpx.Request(
                "GET", url, headers=sent, extensions={"timeout": _TIMEOUT | {"read": READ + held}}
            )
            if jar:
                jar.set_cookie_header(request)
            response = self._transport.handle_request(request)
            try:
                if response.status_code in (301, 302, 303, 307, 308):
                    response.request = request
                    cookies = "set-cookie" in response.headers
                    if cookies:
                        jar.extract_cookies(response)
                    place = response.headers.get("location", "")
                    target = urljoin(url, place).partition("#")[0] if place else ""
                    return Moved(status=response.status_code, target=target, cookies=cookies)
                return self._answer(response, cap, cut=cut)
            except (httpx.TimeoutException, httpx.NetworkError, httpx.ProtocolError) as error:
                return Failed(why=f"broke off: {error or type(error).__name__}", kind="network")
            finally:
                response.close()
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

    def _answer(self, response: httpx.Response, cap: int, *, cut: bool) -> Outcome:
        """The answer as an Outcome; the body is read under its caps. cut: what is over the cap is left, not refused."""
        code, headers = response.status_code, response.headers
        kept = Validators(etag=headers.get("etag"), last_modified=headers.get("last-modified"))
        if code == 304:
            deque(response.iter_raw(), maxlen=0)  # its end, so that the connection is kept
            return NotModified(validators=kept, fresh=_fresh(headers))
        if code == 410:
            return Gone()
        if code == 204:
            return Failed(why="an empty answer", kind="empty")
        if code not in (200, 203, 226):
            return Failed(why=f"HTTP {code}", kind=MISSING.get(code, "server" if code >= 500 or code in (408, 425) else "http"),
                          wait=retry_after(headers.get("retry-after", ""), now=datetime.now(UTC)))  # fmt: skip
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > cap and not cut:
            return Failed(why=f"announces {int(length) >> 20} MB, over {cap >> 20}", kind="too-large")
        try:
            unpacker = Unpacker(headers.get("content-encoding", ""), cap, cut=cut)
            for chunk in response.iter_raw(65536):
                unpacker.feed(chunk)
                if unpacker.full:
                    break
                if time.monotonic() > self._deadline.ends:
                    return Failed(why=f"took over {self.total:.0f} s", kind="network")
            body = unpacker.finish()
        except Oversize as error:
            return Failed(why=str(error), kind="too-large")
        except Broken as error:
            return Failed(why=str(error), kind="coding")
        if not body.strip():
            return Failed(why="an empty answer", kind="empty")
        media_type, charset = content_type(headers.get("content-type", ""))
        return Fetched(
            body=body, status=code, media_type=media_type, charset=charset, validators=kept,
            headers=tuple(headers.items()), fresh=_fresh(headers),
        )  # fmt: skip


def _told(result: Outcome, url: str, asked: str, *, permanent: bool) -> Outcome:
    """The end of a chain, with the addresses it went through."""
    if isinstance(result, Fetched):
        return replace(result, url=url, asked=asked, permanent=url if permanent else None)
    if isinstance(result, NotModified):
        return replace(result, permanent=url if permanent else None)
    if isinstance(result, Failed) and url != asked:
        return replace(result, why=f"{result.why} (after a redirect to {url[:200]})")
    return result


def _parts(url: str) -> tuple[str, str]:
    """(scheme, host) of an address; empty where it is none."""
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or ""
    except ValueError:
        return "", ""


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
        if isinstance(cause, ssl.SSLCertVerificationError):
            do = "tell the publisher: the certificate is not valid"
            return Failed(why=f"TLS: {text}", kind="tls", do=do)
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError):
            return Failed(why=f"TLS: {text}", kind="tls")
        cause = cause.__cause__ or cause.__context__
    if "no such host" in text:
        return Failed(why=text, kind="dns")
    if isinstance(
        error, httpx.InvalidURL | UnicodeError | httpx.UnsupportedProtocol | httpx.LocalProtocolError
    ):
        return Failed(why=f"{url[:200]} is no address ({text})", kind="bad-address")
    unanswered = isinstance(error, httpx.TimeoutException | httpx.NetworkError)
    return Failed(why=f"no answer: {text}", kind="network", unanswered=unanswered)


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
