"""Connections that end by a deadline, to addresses that were judged: the network backend below ingest/http.py."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
import weakref
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore

from ingest.guard import Network, resolve


class Deadline(threading.local):
    """When the request of this thread must be over (monotonic seconds)."""

    ends = float("inf")

    def left(self, timeout: float | None) -> float:
        """Seconds an operation may take. Raises ReadTimeout where there are none."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this request is up")
        return left if timeout is None else min(timeout, left)


class Open:
    """The connections that are open, so that they can all be ended."""

    def __init__(self) -> None:
        self._sockets = weakref.WeakSet[socket.socket]()
        self._lock = threading.RLock()  # a signal's handler may come upon its own thread

    def add(self, connection: socket.socket) -> None:
        """One more; it is forgotten when it is closed and gone."""
        with self._lock:
            self._sockets.add(connection)

    def shut(self) -> None:
        """End them, whatever waits on them."""
        with self._lock:
            for connection in list(self._sockets):
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(
                        connection, socket.SHUT_RDWR
                    )  # not TLS's own, which forgets its state


class _Stream(httpcore.NetworkStream):
    """A connection whose every read ends by the deadline: a server that drips its headers holds nobody."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline, opened: Open) -> None:
        self.inner, self.deadline, self.opened = inner, deadline, opened
        opened.add(inner.get_extra_info("socket"))

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.deadline.left(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        made = self.inner.start_tls(ssl_context, server_hostname, self.deadline.left(timeout))
        return _Stream(made, self.deadline, self.opened)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


class Backend(httpcore.NetworkBackend):
    """Resolves, judges, and dials the judged address: a name that changes in between changes nothing."""

    def __init__(self, allowed: Sequence[Network], deadline: Deadline) -> None:
        self.allowed, self.deadline, self.inner = allowed, deadline, httpcore.SyncBackend()
        self._worked: dict[
            str, str
        ] = {}  # host → the address that answered: a dead family is not tried first again
        self._open = Open()

    def shut(self) -> None:
        """End every connection, whatever waits on it; from any thread."""
        self._open.shut()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        try:
            addresses = resolve(host, port, self.allowed)
        except OSError as error:
            raise httpcore.ConnectError(f"no such host: {host} ({error})") from error
        last: Exception | None = None
        addresses.sort(key=lambda address: address != self._worked.get(host))
        for address in addresses[:4]:
            try:
                made = self.inner.connect_tcp(
                    address, port, self.deadline.left(timeout), local_address, socket_options
                )
                self._worked[host] = address
                return _Stream(made, self.deadline, self._open)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last or httpcore.ConnectError(f"{host} has no address")

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
