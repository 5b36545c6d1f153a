"""Connections other than HTTP: to addresses that may be visited, and none that a server holds open beyond its time."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence

from ingest import guard
from ingest.outcome import Failed

CONNECT = 10.0  # seconds
QUIET = 20.0  # seconds without a byte
TLS = "the certificate is not valid: ask the publisher, or add it to the system's trusted ones"


def connect(host: str, port: int, allowed: Sequence[guard.Network]) -> socket.socket:
    """A connection to the host, at an address that was judged. Raises guard.Refused, OSError."""
    fault: OSError | None = None
    for address in guard.resolve(host, port, allowed):
        try:
            made = socket.create_connection((address, port), timeout=CONNECT)
        except OSError as error:
            fault = error
        else:
            made.settimeout(QUIET)
            return made
    raise fault or OSError("the name has no address")


class Watch:
    """Bounds the time of whole steps: a server that sends a byte now and then never lets a socket's own timeout act.

    Connections stand under `over`; where a step `within` a time lasts longer, they are all shut, and what waits on them ends.
    """

    def __init__(self) -> None:
        self._held: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.cut = False  # was a step too long?

    @contextlib.contextmanager
    def over(self, connection: socket.socket) -> Iterator[None]:
        """Hold a connection, whatever TLS makes of it meanwhile."""
        twin = socket.socket(fileno=os.dup(connection.fileno()))
        with self._lock:
            self._held.add(twin)
        try:
            yield
        finally:
            with self._lock:
                self._held.discard(twin)
            twin.close()

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """A step that may last so long. Raises TimeoutError in the place of what its end caused."""
        timer = threading.Timer(seconds, self._shut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if self.cut:
                raise TimeoutError(f"took over {seconds:.0f} s") from error
            raise
        finally:
            timer.cancel()
        if self.cut:
            raise TimeoutError(f"took over {seconds:.0f} s")

    def _shut(self) -> None:
        self.cut = True
        with self._lock:
            for connection in self._held:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


def failed(error: Exception) -> Failed:
    """The outcome of a connection that could not be made, or broke."""
    match error:
        case guard.Refused():
            return Failed(why=str(error), kind="forbidden")
        case guard.Oversize():
            return Failed(why=str(error), kind="too-large")
        case ssl.SSLCertVerificationError():
            return Failed(why=error.verify_message or str(error), kind="tls", do=TLS)
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return Failed(why="the server closed the connection", kind="network")
        case ssl.SSLError():
            return Failed(
                why=f"TLS failed: {error.reason or error}", kind="tls", do="look at the port and the scheme"
            )
        case socket.gaierror():
            return Failed(why=f"the name is not known ({error.strerror})", kind="dns")
        case TimeoutError():
            return Failed(why=str(error) or "no answer in time", kind="network")
        case EOFError():
            return Failed(why="the server closed the connection", kind="network")
        case OSError():
            return Failed(why=error.strerror or str(error) or type(error).__name__, kind="network")
    return Failed(why=f"{type(error).__name__}: {error}"[:200], kind="network")
