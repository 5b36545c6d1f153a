"""The fault table (FETCHING.md, section 10): addresses, redirects, names, certificates."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest import names
from ingest.guard import check_url, networks, public
from ingest.outcome import Failed, Fetched
from ingest.polite import Polite
from ingest.source import FetchSettings
from tests.ingest.conftest import HERE
from tests.ingest.rude import FEED, Rude, answer, failed, says
from tests.ingest.servers import certificate, speaking


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


def test_row_34_a_name_that_is_not_known(polite: Polite, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **named: object) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)  # a resolver without a network may take its time
    failed(polite.fetch("http://no-such-host.invalid/"), "dns")


def test_row_34_a_resolver_that_does_not_answer(polite: Polite, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()

    def silent(*_: object, **named: object) -> Any:
        ended.wait(60)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    monkeypatch.setattr(names, "LONGEST", 0.2)
    begun = time.monotonic()
    failed(polite.fetch("http://slow-name.example/"), "dns")
    assert time.monotonic() - begun < 30
    ended.set()


@pytest.mark.parametrize(
    ("address", "days", "says"),
    [
        ("127.0.0.1", 2, None),
        ("127.0.0.1", -1, "expired"),
        ("127.0.0.9", 2, "mismatch"),
    ],
)
def test_row_34_certificates_are_verified_and_never_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, days: int, says: str | None
) -> None:
    pem = certificate(tmp_path, address=address, until=timedelta(days=days))
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    heads: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as shown:
            heads.append(shown.recv(65536))
            shown.sendall(answer(FEED))

    with speaking(serve) as port, Polite(HERE, total=3.0, pause=0.01) as polite:
        outcome = polite.fetch(f"https://127.0.0.1:{port}/")
    if says is None:
        assert isinstance(outcome, Fetched), outcome
    else:
        told = failed(outcome, "tls")
        assert says in told.why and told.do, told
        assert heads == [], "nothing was asked of a server that is not who it should be"


def test_row_34_a_server_without_tls(rude: Rude) -> None:
    rude.script = says(answer(FEED))
    with Polite(HERE, total=0.3, pause=0.01) as polite:
        assert isinstance(polite.fetch(rude.address.replace("http:", "https:")), Failed)


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
