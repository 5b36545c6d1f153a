"""Many broken documents, each read or refused: how long the slowest took."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from datetime import date

from parsers import reading
from parsers.errors import ParseError
from parsers.hints import Hints
from parsers.story import from_plain, plain
from tests.parsers.formats.mutate import MUTATIONS, Step, mutated

HINTS = Hints(where="a document", url="https://wire.example/a", seen=date(2024, 5, 1))
YARD = 25  # CPU time that a document may take, in yardsticks: about a second on a machine of its own


def yardstick() -> float:
    """CPU seconds that a fixed piece of work takes here and now: a busy or slow machine stretches it as it does the rest."""
    begun = time.process_time()
    words = [f"word{n % 997}" for n in range(40_000)]
    text = json.dumps({"words": words, "counts": {word: words.index(word) for word in words[:997]}})
    assert len(re.sub(r"d(\d)", r"d \1", " ".join(json.loads(text)["words"]))) > 100_000
    return time.process_time() - begun


def in_time(spent: float) -> bool:
    """Did a document end soon? A pause of the machine is ruled out by a second look at the yardstick."""
    return spent < YARD * max(yardstick() for _ in range(3))


def read_or_refused(data: bytes) -> tuple[bool, float]:
    """(was it read, CPU seconds); what was read is a sound Story in its JSON form too."""
    begun = time.process_time()
    try:
        found = reading.read(data, HINTS)
    except ParseError as error:
        assert error.what and error.do
        return False, time.process_time() - begun
    spent = time.process_time() - begun
    for story in found.stories:
        assert from_plain(json.loads(json.dumps(plain(story)))) == from_plain(plain(story))
    return True, spent


def swept(
    seeds: Sequence[bytes], numbers: range, steps: Sequence[Step] = MUTATIONS
) -> tuple[int, float, str]:
    """Read every mutation: how many were read, and the slowest (seconds, what it was)."""
    read, worst, which = 0, 0.0, ""
    for number in numbers:
        name, data = mutated(seeds, number, steps)
        try:
            good, spent = read_or_refused(data)
        except Exception as error:
            raise AssertionError(f"mutation {number} ({name}, {len(data)} bytes)") from error
        read += good
        if spent > worst:
            worst, which = spent, f"{number} {name} {len(data)} bytes"
    return read, worst, which
