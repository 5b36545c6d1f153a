"""What a run is given, and what it came to: values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from ingest.source import FetchSettings, Source
from store.visits import Tally


@dataclass(slots=True, kw_only=True)
class Line:
    """What a visit of one source came to."""

    source: str
    outcome: str = "skipped"  # fetched, unchanged, gone, failed; skipped: another run has it
    why: str | None = None
    tally: Tally = field(default_factory=Tally)
    action: str | None = None  # what a person must do
    seconds: float = 0.0


@dataclass(slots=True, kw_only=True)
class Report:
    """What a run came to."""

    run: str
    lines: list[Line] = field(default_factory=list)
    released: int = 0  # embargoes that ended
    left: int = 0  # sources still due when the time was up
    parsing: float = 0.0  # CPU seconds, in all processes
    storing: float = 0.0  # CPU seconds of the writer
    fault: str | None = None  # why the run ended before its time

    @property
    def needs_a_person(self) -> bool:
        """Is there something that `wire status` lists?"""
        return self.fault is not None or any(line.action for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run is given."""

    store: Path
    archive: Path
    sources: Sequence[Source]
    settings: FetchSettings
    names: tuple[str, ...] = ()  # these alone, due or not
    everything: bool = False  # whatever is due or not
    budget: timedelta | None = None
    run: str = ""
