"""A feed that moved: when a permanent redirect is believed, and when an adopted address is given up again. FETCHING.md, 4.

Kept in a source's notes: {"moved": {"to": address, "polls": n, "first": ISO time, "known": bool}}.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from ingest.outcome import Failed, Fetched, Gone, NotModified, Outcome
from store.sources import Told

POLLS, OVER = 3, timedelta(hours=24)  # the same target so often, over so long
LOST = (
    "missing",
    "refused",
    "not-a-feed",
    "dns",
    "redirects",
    "tls",
)  # failures that an adopted address does not survive


def sighted(told: Told, asked: str | None, outcome: Outcome, *, known: bool, now: datetime) -> Told:
    """The state after a poll: the target seen is counted, adopted, or forgotten.

    asked: the configured address; known: the answer held a story that the store knew, or was the document known.
    """
    notes = {name: value for name, value in told.notes.items() if name != "moved"}
    if isinstance(outcome, Failed | Gone):
        if told.current_url and (isinstance(outcome, Gone) or outcome.kind in LOST):
            return replace(told, notes=notes, current_url=None, due=None)
        return told
    if not isinstance(outcome, Fetched | NotModified):
        return told
    target = outcome.permanent
    if target is None or _weaker(told.current_url or asked or "", target):
        return replace(told, notes=notes)
    seen = told.notes.get("moved") or {}
    if seen.get("to") != target:
        seen = {"to": target, "polls": 0, "first": now.isoformat(), "known": False}
    seen = {**seen, "polls": int(seen["polls"]) + 1, "known": bool(seen["known"]) or known}
    if seen["known"] and seen["polls"] >= POLLS and now - datetime.fromisoformat(seen["first"]) >= OVER:
        return replace(told, notes=notes, current_url=target)
    return replace(told, notes={**notes, "moved": seen})


def advice(told: Told) -> str | None:
    """What a person is told of a source that moved for good."""
    return (
        f"it moved for good to {told.current_url}: write that into wires.toml" if told.current_url else None
    )


def _weaker(old: str, new: str) -> bool:
    return urlsplit(old).scheme == "https" and urlsplit(new).scheme != "https"
