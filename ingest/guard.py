"""What protects the run from what it fetches: addresses, sizes, compression. FETCHING.md, section 9."""

from __future__ import annotations

import ipaddress
import zlib
from collections.abc import Sequence
from urllib.parse import urlsplit

from ingest.names import looked_up

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
NAT64 = ipaddress.ip_network("64:ff9b::/96")
RATIO = 200  # decoded bytes for one of the wire, past FREE bytes
FREE = 1 << 20
WEB_PORTS = (80, 443)
LOWEST_PORT = 1024  # other ports below it belong to other services: mail, databases …


class Refused(Exception):
    """An address that must not be asked."""


class Oversize(Exception):
    """More bytes than the cap, or a compression bomb."""


class Broken(Exception):
    """A coding that is cut, wrong or unknown."""


def networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """The networks of `allow_addresses`."""
    return tuple(ipaddress.ip_network(text, strict=False) for text in texts)


def public(address: Address, allowed: Sequence[Network] = ()) -> bool:
    """May this address be connected to? Global ones, unmapped first, and what the configuration allows."""
    real = _unmapped(address)
    if any(net.version == one.version and one in net for net in allowed for one in (real, address)):
        return True
    return real.is_global and not real.is_multicast and not real.is_reserved


def _unmapped(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one: mapped, 6to4, NAT64, compatible."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    for inner in (address.ipv4_mapped, address.sixtofour, address.teredo[1] if address.teredo else None):
        if inner is not None:
            return inner
    if address in NAT64 or (int(address) >> 32 == 0 and int(address) > 0xFFFF):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def check_url(url: str, *, allowed: Sequence[Network] = ()) -> str | None:
    """Why an address must not be asked, by its words alone; None: it may. What it resolves to is judged at the connect."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        return f"is no address ({error})"
    if parts.scheme not in ("http", "https"):
        return f"is {parts.scheme or 'no'}:, not http or https"
    if not parts.hostname:
        return "names no host"
    if parts.username is not None or parts.password is not None:
        return "carries a user's name"
    if port is not None and port not in WEB_PORTS and port < LOWEST_PORT and not allowed:
        return f"names port {port}"
    return None


def resolve(host: str, port: int, allowed: Sequence[Network]) -> list[str]:
    """The addresses of a host, all of them public or allowed. Raises Refused, or OSError for a name that is not known."""
    try:
        addresses = looked_up(host, port)
    except UnicodeError as error:
        raise Refused(f"{host[:80]!r} is no host name ({error})") from error
    for text in addresses:
        if not public(ipaddress.ip_address(text), allowed):
            raise Refused(f"{host} is at {text}, which is not public")
    return addresses


class Unpacker:
    """Decodes one body chunk by chunk, never more than the cap at once.

    coding: of Content-Encoding: "", identity, gzip or deflate; others, and stacked ones, raise Broken.
    cut: take the first `cap` bytes and be `full`, rather than raise Oversize.
    """

    def __init__(self, coding: str, cap: int, *, cut: bool = False) -> None:
        coding = coding.strip().lower()
        self.cap, self.cut, self.taken, self.full = cap, cut, 0, False
        if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise Broken(f"Content-Encoding {coding[:40]} was not asked for")
        self._coding = coding
        self._decoder = zlib.decompressobj(31) if coding in ("gzip", "x-gzip") else None
        self.body = bytearray()

    def feed(self, chunk: bytes) -> None:
        """Take a chunk off the wire. Raises Oversize, Broken."""
        self.taken += len(chunk)
        if self._coding == "deflate" and self._decoder is None and chunk:
            wrapped = chunk[0] & 0x0F == 8 and (len(chunk) < 2 or (chunk[0] << 8 | chunk[1]) % 31 == 0)
            self._decoder = zlib.decompressobj(15 if wrapped else -15)
        if self._decoder is None:
            self._keep(chunk)
            return
        while chunk and not self.full:
            try:
                made = self._decoder.decompress(chunk, 1 << 16)
            except zlib.error as error:
                raise Broken(f"not {self._coding} ({error})") from error
            self._keep(made)
            chunk = self._decoder.unconsumed_tail
            if self._decoder.eof:
                chunk = self._decoder.unused_data
                if not chunk.strip(b"\0") or self._coding == "deflate":
                    return
                self._decoder = zlib.decompressobj(31)  # a second member

    def _keep(self, made: bytes) -> None:
        self.body += made
        if self.cut and len(self.body) >= self.cap:
            del self.body[self.cap :]
            self.full = True
            return
        if len(self.body) > self.cap:
            raise Oversize(f"over {self.cap >> 20} MB")
        if len(self.body) > FREE and len(self.body) > RATIO * max(self.taken, 1):
            raise Oversize(f"grows over {RATIO} times as it is unpacked")

    def finish(self) -> bytes:
        """The whole body. Raises Broken for a stream that is cut; unpacks a gzip file sent without a coding."""
        if self._decoder is not None and not self._decoder.eof and self.taken and not self.full:
            raise Broken(f"{self._coding} stream is cut")
        for _ in range(2):
            if self.body[:3] != b"\x1f\x8b\x08":
                break
            inner = Unpacker("gzip", self.cap)
            inner.feed(bytes(self.body))
            self.body = bytearray(inner.finish())
        return bytes(self.body)
