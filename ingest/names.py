"""What a host's name stands for, asked with a deadline: the C library's resolver knows none, and waits for minutes for a server
that does not answer."""

from __future__ import annotations

import contextlib
import ipaddress
import queue
import socket
import threading

LONGEST = 10.0  # seconds


def looked_up(host: str, port: int) -> list[str]:
    """The addresses of a host, as the resolver has them. Raises socket.gaierror, also where it takes longer than LONGEST;
    UnicodeError for what is no name."""
    with contextlib.suppress(ValueError):
        return [str(ipaddress.ip_address(host))]  # nobody is asked
    answer: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put(list(dict.fromkeys(str(info[4][0]).partition("%")[0] for info in found)))
        except Exception as error:
            answer.put(error)

    # Not one of a pool's threads: one that is stuck is left behind, and must not keep the run from ending.
    threading.Thread(target=ask, daemon=True, name=f"name of {host[:80]}").start()
    try:
        found = answer.get(timeout=LONGEST)
    except queue.Empty:
        raise socket.gaierror(socket.EAI_AGAIN, f"no answer in {LONGEST:.0f} s") from None
    if isinstance(found, Exception):
        raise found
    return found
