"""The fault table (FETCHING.md, section 10) against a real server that misbehaves: a socket server of the tests' own."""

from __future__ import annotations

import gzip
import resource
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.guard import Oversize, Unpacker, check_url, networks, public
from ingest.http import retry_after
from ingest.outcome import Failed, Fetched, Gone, NotModified, Outcome
from ingest.polite import Polite
from ingest.source import FetchSettings
from store.sources import Validators

Script = Callable[[socket.socket, bytes, int], None]  # (connection, request's head, how many came before)
NOW = datetime(2025, 6, 2, 10, 0, tzinfo=UTC)


class Rude:
    """A server that does to each connection what its script says."""

    def __init__(self) -> None:
        self.script: Script = lambda connection, head, number: None
        self.heads: list[bytes] = []
        self.at: list[float] = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(10)
            head = b""
            try:
                while b"\r\n\r\n" not in head:
                    got = connection.recv(65536)
                    if not got:
                        return
                    head += got
                self.heads.append(head)
                self.at.append(time.monotonic())
                self.script(connection, head, len(self.heads) - 1)
            except OSError:
                return


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    fields = {
        "Content-Length": str(len(body)),
        "Connection": "close",
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def says(*answers: bytes) -> Script:
    """Answer in turn; the last one for ever."""
    return lambda connection, head, number: connection.sendall(answers[min(number, len(answers) - 1)])


@pytest.fixture
def rude() -> Iterator[Rude]:
    made = Rude()
    yield made
    made.listener.close()


@pytest.fixture
def polite() -> Iterator[Polite]:
    settings = FetchSettings(contact="desk@example.org", gap=0.0, allow_addresses=("127.0.0.0/8",))
    with Polite(settings, total=3.0, pause=0.01) as made:
        yield made


def failed(outcome: Outcome, kind: str) -> Failed:
    assert isinstance(outcome, Failed), outcome
    assert outcome.kind == kind, outcome
    return outcome


FEED = b"<rss version='2.0'><channel><title>t</title></channel></rss>"
BOTH = Validators(etag='W/"a-gzip', last_modified="Mon, 02 Jun 2025 99:99:99 GMT")


def test_rows_1_5_6_validators_go_back_byte_for_byte(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(status="304 Not Modified", ETag='"b"'))
    outcome = polite.fetch(rude.address, validators=BOTH)
    assert outcome == NotModified(validators=Validators(etag='"b"'))
    assert b'If-None-Match: W/"a-gzip\r\n' in rude.heads[0]
    assert b"If-Modified-Since: Mon, 02 Jun 2025 99:99:99 GMT\r\n" in rude.heads[0]
    assert b"desk@example.org" in rude.heads[0]


def test_row_2_a_304_that_nobody_asked_for(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(status="304 Not Modified"))
    failed(polite.fetch(rude.address), "server")
    assert len(rude.heads) == 2 and b"no-cache" in rude.heads[1].lower()


def test_row_7_validators_that_are_dropped_are_forgotten(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(FEED))
    outcome = polite.fetch(rude.address, validators=BOTH)
    assert isinstance(outcome, Fetched) and outcome.validators == Validators()


def test_rows_9_10_a_host_that_asks_for_rest_is_left_alone(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(status="429 Too Many Requests", Retry_After="120"), answer(FEED))
    assert failed(polite.fetch(rude.address), "busy").wait == timedelta(seconds=120)
    failed(polite.fetch(rude.address + "/other"), "busy")
    assert len(rude.heads) == 1
    (told,) = polite.hosts()
    assert told.wait_until is not None and told.wait_until > datetime.now(UTC) + timedelta(seconds=100)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", timedelta(seconds=120)),
        ("Mon, 02 Jun 2025 10:05:00 GMT", timedelta(minutes=5)),
        ("Monday, 02-Jun-25 10:05:00 GMT", timedelta(minutes=5)),
        ("garbage", None),
        ("-5", None),
        ("0", None),
        ("Mon, 02 Jun 2025 09:00:00 GMT", None),
        ("315360000", timedelta(hours=24)),
        ("9" * 50, timedelta(hours=24)),
        ("Mon, 02 Jun 2035 09:00:00 GMT", timedelta(hours=24)),
    ],
)
def test_row_11_retry_after_in_every_form(value: str, expected: timedelta | None) -> None:
    assert retry_after(value, now=NOW) == expected


def test_row_12_a_passing_fault_is_tried_again(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(status="500 Oops"), answer(status="502 Oops"), answer(FEED))
    assert isinstance(polite.fetch(rude.address), Fetched)


def test_row_13_a_lasting_one_three_times(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(status="500 Oops"))
    failed(polite.fetch(rude.address), "server")
    assert len(rude.heads) == 3


def test_row_14_permanent_redirects_are_told(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(status="301 Moved", Location="/new"), answer(FEED))
    outcome = polite.fetch(rude.address + "/old")
    assert isinstance(outcome, Fetched)
    assert (outcome.asked, outcome.url, outcome.permanent) == (
        rude.address + "/old",
        rude.address + "/new",
        rude.address + "/new",
    )


def test_row_17_loops_and_chains_end(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(status="302 Found", Location="/"))
    failed(polite.fetch(rude.address + "/"), "redirects")
    assert len(rude.heads) == 1
    rude.heads.clear()
    rude.script = lambda c, head, number: c.sendall(answer(status="302 Found", Location=f"/{number}"))
    failed(polite.fetch(rude.address + "/x"), "redirects")
    assert len(rude.heads) == 6


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://a.example/", "data:text/html,x", "http://user@a.example/", "//[bad"],
)
def test_row_18_other_schemes_are_refused(rude: Rude, polite: Polite, target: str) -> None:
    rude.script = says(answer(status="302 Found", Location=target))
    assert isinstance(polite.fetch(rude.address), Failed)


PRIVATE = ["127.0.0.1", "169.254.169.254", "10.1.2.3", "192.168.0.1", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "fe80::1", "fc00::1",
           "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "::7f00:1", "240.0.0.1"]  # fmt: skip


@pytest.mark.parametrize("text", PRIVATE)
def test_row_19_private_addresses(text: str) -> None:
    import ipaddress

    assert not public(ipaddress.ip_address(text))
    assert public(ipaddress.ip_address("8.8.8.8")) and public(ipaddress.ip_address("2001:4860:4860::8888"))
    assert public(ipaddress.ip_address("::ffff:127.0.0.1"), networks(["127.0.0.0/8"]))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_rows_19_21_refused_before_connecting(rude: Rude, host: str) -> None:
    with Polite(FetchSettings(contact="desk@example.org", gap=0.0), pause=0.01) as strict:
        port = rude.address.rpartition(":")[2]
        failed(strict.fetch(f"http://{host}:{port}/"), "forbidden")
    assert rude.heads == []


def test_row_20_only_what_was_judged_is_dialled(rude: Rude, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when it is looked at and private when it is dialled: it is looked up once."""
    port = int(rude.address.rpartition(":")[2])
    asked: list[Any] = []
    real = socket.getaddrinfo

    def rebinding(host: Any, *more: Any, **named: Any) -> Any:
        if host != "rebind.example":
            return real(host, *more, **named)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with Polite(FetchSettings(contact="desk@example.org", gap=0.0), pause=0.01) as strict:
        failed(strict.fetch(f"http://rebind.example:{port}/"), "forbidden")
    assert rude.heads == [] and len(asked) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http://a b/",
        "gopher://x/",
        "http://a:b@x.example/",
        "http://x.example:99999/",
        "http://[::1",
        "http://x.example:22/",
    ],
)
def test_row_21_addresses_refused_by_their_words(url: str) -> None:
    assert check_url(url) or " " in url


def test_row_22_gone(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(status="410 Gone"))
    assert isinstance(polite.fetch(rude.address), Gone)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("404 No", "missing"),
        ("403 No", "refused"),
        ("401 No", "refused"),
        ("451 No", "refused"),
        ("402 No", "http"),
        ("204 None", "http"),
        ("206 Part", "http"),
        ("999 No", "server"),
        ("305 No", "http"),
    ],
)
def test_rows_23_24_other_answers(rude: Rude, polite: Polite, status: str, kind: str) -> None:
    rude.script = says(answer(status=status))
    failed(polite.fetch(rude.address), kind)


def test_row_25_accepts_and_never_answers(rude: Rude, polite: Polite) -> None:
    rude.script = lambda connection, head, number: time.sleep(8)
    polite.client.total = 0.5
    begun = time.monotonic()
    failed(polite.fetch(rude.address), "network")
    assert time.monotonic() - begun < 6


@pytest.mark.parametrize("where", ["head", "body"])
def test_row_26_a_drip_ends_by_the_deadline(rude: Rude, polite: Polite, where: str) -> None:
    def drip(connection: socket.socket, head: bytes, number: int) -> None:
        connection.sendall(
            b"HTTP/1.1 200 OK\r\n" + (b"" if where == "head" else b"Content-Length: 9999\r\n\r\n")
        )
        for _ in range(200):
            connection.sendall(b"X-A: b\r\n" if where == "head" else b"x")
            time.sleep(0.05)

    rude.script = drip
    polite.client.total = 0.6
    begun = time.monotonic()
    failed(polite.fetch(rude.address), "network")
    assert time.monotonic() - begun < 6


def test_row_27_short_of_its_length(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(FEED, Content_Length="5000"))
    failed(polite.fetch(rude.address), "network")
    assert len(rude.heads) == 3


def test_row_28_a_cut_gzip_stream(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(gzip.compress(FEED * 50)[:-12], Content_Encoding="gzip"))
    failed(polite.fetch(rude.address), "coding")


def test_row_29_wrong_codings(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(FEED, Content_Encoding="gzip"), answer(FEED))
    outcome = polite.fetch(rude.address)
    assert isinstance(outcome, Fetched) and outcome.body == FEED
    assert b"Accept-Encoding: identity" in rude.heads[1]
    for body, coding in (
        (gzip.compress(FEED), ""),
        (gzip.compress(gzip.compress(FEED)), "gzip"),
        (zlib.compress(FEED), "deflate"),
        (gzip.compress(FEED), "gzip"),
    ):
        rude.script = says(answer(body, Content_Encoding=coding))
        outcome = polite.fetch(rude.address)
        assert isinstance(outcome, Fetched) and outcome.body == FEED, (coding, outcome)


def test_row_30_bombs_end_with_memory_flat(rude: Rude, polite: Polite) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for body, coding, kind in (
        (bomb, "gzip", "too-large"),
        (gzip.compress(bomb), "gzip", "too-large"),
        (gzip.compress(bomb), "gzip, gzip", "coding"),
        (b"x", "br", "coding"),
        (b"x", "zstd", "coding"),
    ):
        rude.script = says(answer(body, Content_Encoding=coding))
        failed(polite.fetch(rude.address), kind)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 80 << 10


def test_row_31_an_endless_body(rude: Rude, polite: Polite) -> None:
    def endless(connection: socket.socket, head: bytes, number: int) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            connection.sendall(b"<item>" * 10000)

    rude.script = endless
    polite.client.total = 20.0
    failed(polite.fetch(rude.address, kind="page", robots=False), "too-large")


def test_row_32_a_length_over_the_cap_is_not_read(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(b"x", Content_Length=str(10 << 30)))
    failed(polite.fetch(rude.address), "too-large")
    assert len(rude.heads) == 1


def test_row_33_a_kept_connection_closed_under_us(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(FEED, Connection="keep-alive"))
    assert isinstance(polite.fetch(rude.address), Fetched)
    time.sleep(0.1)
    assert isinstance(polite.fetch(rude.address), Fetched)


def test_row_34_names_and_certificates(rude: Rude, polite: Polite) -> None:
    failed(polite.fetch("http://no-such-host.invalid/"), "dns")
    rude.script = says(answer(FEED))
    assert isinstance(polite.fetch(rude.address.replace("http:", "https:")), Failed)


def test_row_36_an_empty_answer_is_a_failure(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(b" \n"))
    failed(polite.fetch(rude.address), "empty")


def test_row_54_a_cookie_for_one_chain(rude: Rude, polite: Polite) -> None:
    def wall(connection: socket.socket, head: bytes, number: int) -> None:
        known = b"Cookie: seen=1" in head
        connection.sendall(
            answer(FEED) if known else answer(status="302 Found", Location="/", Set_Cookie="seen=1; Path=/")
        )

    rude.script = wall
    assert isinstance(polite.fetch(rude.address + "/"), Fetched)
    assert isinstance(polite.fetch(rude.address + "/"), Fetched)
    assert [b"Cookie" in head for head in rude.heads] == [False, True, False, True]


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (answer(status="404 No"), True),
        (answer(status="403 No"), True),
        (answer(status="500 No"), False),
        (answer(b"User-agent: *\nDisallow: /\n"), False),
        (answer(b"User-agent: *\nDisallow: /\nAllow: /page\n"), True),
        (answer(b"User-agent: wire\nDisallow: /page\n\nUser-agent: *\nAllow: /\n"), False),
        (answer(b"<html><body>Welcome</body></html>"), True),
        (answer(b"# x\n" * 2_000_000), True),
        (answer(status="302 Found", Location="/robots.txt"), False),
    ],
)
def test_row_55_robots(rude: Rude, polite: Polite, robots: bytes, allowed: bool) -> None:
    rude.script = lambda c, head, number: c.sendall(
        robots if b"/robots.txt" in head else answer(b"<html>page</html>")
    )
    outcome = polite.fetch(rude.address + "/page", kind="page")
    assert isinstance(outcome, Fetched) == allowed, outcome
    assert isinstance(polite.fetch(rude.address + "/page", kind="feed"), Fetched), (
        "a configured feed is a subscription"
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://x.example:bad/",
        "http://" + "a" * 300 + ".example/",
        "http://a b.invalid/",
        "http://ü.invalid/ü",
        "http://\udcff/",
        "",
        "x",
        "http://*/",
    ],
)
def test_row_61_one_bad_address_is_an_error_for_it_alone(polite: Polite, url: str) -> None:
    assert isinstance(polite.fetch(url), Failed)


def test_row_62_a_host_is_never_asked_twice_at_once(rude: Rude) -> None:
    under_way, most = [0], [0]
    lock = threading.Lock()

    def slow(connection: socket.socket, head: bytes, number: int) -> None:
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        time.sleep(0.03)
        with lock:
            under_way[0] -= 1
        connection.sendall(answer(FEED))

    rude.script = slow
    settings = FetchSettings(contact="desk@example.org", gap=0.1, allow_addresses=("127.0.0.0/8",))
    with Polite(settings, pause=0.01) as polite:
        threads = [threading.Thread(target=polite.fetch, args=(f"{rude.address}/{n}",)) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert most[0] == 1
    gaps = [later - sooner for sooner, later in zip(rude.at, rude.at[1:], strict=False)]
    assert len(gaps) == 5 and min(gaps) >= 0.1


def test_unpacking_never_holds_more_than_its_cap() -> None:
    unpacker = Unpacker("gzip", 1000)
    with pytest.raises(Oversize):
        unpacker.feed(gzip.compress(bytes(10_000_000)))
    assert len(unpacker.body) < 70_000
