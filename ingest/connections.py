"""Connections kept for the next request to their host. A host is asked one request at a time, so one each is enough.

In the place of httpcore's own pool, which looks at all its connections for each of them at every request.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator

import httpcore

MOST = 64  # connections kept, those longest unused given up first
Host = tuple[bytes, bytes, int]  # scheme, name, port
EXPIRY = 15.0  # seconds a connection is kept unused


class Connections:
    """What httpx's transport asks of a pool; shared by the threads of a run."""

    def __init__(self, context: ssl.SSLContext, backend: httpcore.NetworkBackend) -> None:
        self.context, self.backend = context, backend
        self._idle: dict[Host, httpcore.HTTPConnection] = {}  # the longest unused first
        self._lock = threading.Lock()

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        """One request, on the connection that is kept for its host or a new one. Raises httpcore's errors.

        A kept connection that the server closes under us is no fault of the host: the request goes out once more.
        """
        origin = request.url.origin
        host = (origin.scheme, origin.host, origin.port)
        kept = self._taken(host)
        if kept is not None:
            try:
                return self._answer(host, kept, request)
            except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
                kept.close()
        made = httpcore.HTTPConnection(
            origin, ssl_context=self.context, keepalive_expiry=EXPIRY, network_backend=self.backend
        )
        return self._answer(host, made, request)

    def _answer(
        self, host: Host, connection: httpcore.HTTPConnection, request: httpcore.Request
    ) -> httpcore.Response:
        response = connection.handle_request(request)
        body = _Body(self, host, connection, response)
        return httpcore.Response(
            response.status, headers=response.headers, content=body, extensions=response.extensions
        )

    def _taken(self, host: Host) -> httpcore.HTTPConnection | None:
        with self._lock:
            kept = self._idle.pop(host, None)
        if kept is not None and kept.has_expired():
            kept.close()
            return None
        return kept

    def back(self, host: Host, connection: httpcore.HTTPConnection) -> None:
        """Keep a connection whose answer was read to its end; others were closed with it."""
        if not connection.is_idle():
            return
        with self._lock:
            left = [self._idle.pop(host, None)]
            self._idle[host] = connection
            if len(self._idle) > MOST:
                left.append(self._idle.pop(next(iter(self._idle))))
        for one in left:
            if one is not None:
                one.close()

    def close(self) -> None:
        """Close those that are kept."""
        with self._lock:
            left = list(self._idle.values())
            self._idle.clear()
        for one in left:
            one.close()

    def __enter__(self) -> Connections:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Body:
    """The body of an answer, whose end gives its connection back."""

    def __init__(
        self,
        connections: Connections,
        host: Host,
        connection: httpcore.HTTPConnection,
        response: httpcore.Response,
    ) -> None:
        self.connections, self.host, self.connection = connections, host, connection
        self.response: httpcore.Response | None = response

    def __iter__(self) -> Iterator[bytes]:
        assert self.response is not None
        yield from self.response.iter_stream()

    def close(self) -> None:
        """The answer is done with."""
        response, self.response = self.response, None
        if response is not None:
            response.close()
            self.connections.back(self.host, self.connection)
