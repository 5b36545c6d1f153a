"""A run that ends itself, as kill -9 does, at a chosen point of its work. For a process of its own."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import ingest.run
import ingest.visit
from ingest import parts, remote
from ingest.ways import folder, warc, wordpress
from wire.cli.run import visit
from wire.config import load

FEW = 5  # documents of one transaction, so that a visit has several


def small(change: Any) -> None:
    """Few documents a transaction, by change(module, name, value)."""
    for module, name in (
        (remote, "AT_ONCE"), (folder, "AT_ONCE"), (parts, "AT_ONCE"), (warc, "AT_ONCE"), (wordpress, "SIZE"),
    ):  # fmt: skip
        change(module, name, FEW)


def killed(home: str, environment: dict[str, str], point: str) -> None:
    """Visit everything that is configured, until the second transaction.

    point: within (all of it is written, nothing committed), after (committed, and nothing done after it).
    """
    os.environ.update(environment)
    small(setattr)
    left = [2]

    def strike() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    if point == "within":
        keep_hosts = ingest.visit.keep_hosts

        def kept(*given: Any) -> None:
            keep_hosts(*given)
            strike()

        ingest.visit.keep_hosts = kept
    else:
        store_batch = ingest.run.store_batch

        def stored(*given: Any, **more: Any) -> Any:
            done = store_batch(*given, **more)
            strike()
            return done

        ingest.run.store_batch = stored
    visit(load(Path(home) / "wires.toml"), everything=True, as_json=True)
