"""The fault table (FETCHING.md, section 10): the transfer itself; time, size, codings, connections, whose turn it is."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib

import pytest

from ingest.guard import Oversize, Unpacker
from ingest.outcome import Fetched
from ingest.polite import Polite
from ingest.source import FetchSettings
from tests.ingest.rude import FEED, Rude, answer, drip, endless, failed, growth, says


def test_row_25_accepts_and_never_answers(rude: Rude, polite: Polite) -> None:
    rude.script = lambda connection, head, number: rude.ended.wait(8)
    polite.client.total = 0.4
    begun = time.monotonic()
    failed(polite.fetch(rude.address), "network")
    assert time.monotonic() - begun < 6


@pytest.mark.parametrize(
    ("first", "piece"),
    [(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"x")],
    ids=["head", "body"],
)
def test_row_26_a_drip_ends_by_the_deadline(rude: Rude, polite: Polite, first: bytes, piece: bytes) -> None:
    rude.script = drip(first, piece)
    polite.client.total = 0.4
    begun = time.monotonic()
    failed(polite.fetch(rude.address), "network")
    assert time.monotonic() - begun < 4


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


def bomb(megabytes: int) -> bytes:
    """So many zeros, as gzip packs them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()


def test_row_30_bombs_end_with_memory_flat(rude: Rude, polite: Polite) -> None:
    once = bomb(300)
    twice = gzip.compress(once)
    with growth() as grown:
        for body, coding, kind in (
            (once, "gzip", "too-large"),
            (twice, "gzip", "too-large"),
            (twice, "gzip, gzip", "coding"),
            (b"x", "br", "coding"),
            (b"x", "zstd", "coding"),
        ):
            rude.script = says(answer(body, Content_Encoding=coding))
            failed(polite.fetch(rude.address), kind)
    assert grown[0] < 60 << 20


def test_row_31_an_endless_body(rude: Rude, polite: Polite) -> None:
    rude.script = endless
    polite.client.total = 20.0
    with growth() as grown:
        failed(polite.fetch(rude.address, kind="page", robots=False), "too-large")
    assert grown[0] < 60 << 20


def test_row_32_a_length_over_the_cap_is_not_read(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(b"x", Content_Length=str(10 << 30)))
    failed(polite.fetch(rude.address), "too-large")
    assert len(rude.heads) == 1


def test_row_33_a_kept_connection_closed_under_us(rude: Rude, polite: Polite) -> None:
    rude.script = says(answer(FEED, Connection="keep-alive"))
    assert isinstance(polite.fetch(rude.address), Fetched)
    time.sleep(0.1)
    assert isinstance(polite.fetch(rude.address), Fetched)


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
    gaps = [later - sooner for sooner, later in zip(rude.times, rude.times[1:], strict=False)]
    assert len(gaps) == 5 and min(gaps) >= 0.1


def test_unpacking_never_holds_more_than_its_cap() -> None:
    unpacker = Unpacker("gzip", 1000)
    with pytest.raises(Oversize):
        unpacker.feed(gzip.compress(bytes(10_000_000)))
    assert len(unpacker.body) < 70_000
