"""Logging: one line an event, with figures, to standard error; journald and cron keep it."""

from __future__ import annotations

import logging
import sys


def begin(*, debug: bool = False) -> None:
    """Set up the root logger once; httpx and its like speak only of warnings."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if debug else logging.WARNING,
        format="%(levelname)s %(name)s %(message)s"
        if not debug
        else "%(asctime)s %(levelname)s %(name)s %(message)s",
        force=True,
    )
    for name in ("httpx", "httpcore", "filelock", "asyncio", "asyncssh"):
        logging.getLogger(name).setLevel(logging.WARNING)


def note(name: str, **bound: object) -> logging.LoggerAdapter[logging.Logger]:
    """A logger that says with each line who and which run it is of."""
    return _Bound(logging.getLogger(name), bound)


class _Bound(logging.LoggerAdapter[logging.Logger]):
    def process(self, msg: object, kwargs: object) -> tuple[str, object]:  # type: ignore[override]
        """Put what is bound before the message."""
        return f"{' '.join(f'{k}={v}' for k, v in (self.extra or {}).items())} {msg}", kwargs
