"""A run that is killed at any instant: nothing lost, nothing twice. And two runs at once."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from store import check
from store.db import open_readonly

SEED = 20250602


def told(path: Path) -> dict[str, Any]:
    """What a store tells, but for what two runs may order differently: numbers and times."""
    db = open_readonly(path)
    stories = {
        row[0]: (row[1], row[2], row[3], row[4])
        for row in db.execute("SELECT id, source, guid, headline, status FROM stories")
    }
    versions = Counter(
        (stories[row[0]], row[1], row[2]) for row in db.execute("SELECT story, number, hash FROM versions")
    )
    events = Counter(
        (stories[row[0]], row[1], row[2]) for row in db.execute("SELECT story, kind, version FROM events")
    )
    groups: dict[int, list[Any]] = {}
    for number, cluster in db.execute("SELECT id, cluster FROM stories"):
        groups.setdefault(cluster, []).append(stories[number])
    assert list(check.faults(db)) == []
    assert list(check.rebuild_faults(db)) == []
    db.conn.close()
    return {
        "stories": Counter(stories.values()),
        "versions": versions,
        "events": events,
        "clusters": Counter(tuple(sorted(group)) for group in groups.values()),
    }


SOURCES = {"agency": "/agency", "paper": "/paper", **{f"wire-{n}": f"/wire-{n}" for n in range(6)}}


def fill(site: Any, edition: int) -> None:
    site.feed("/agency", range(12 + edition * 3), edition=edition)
    site.feed("/paper", range(4, 10), edition=edition)
    for number in range(6):
        site.feed(
            f"/wire-{number}",
            range(100 + number * 50, 140 + number * 50 + edition),
            edition=edition * (number % 2),
        )


def kills(desk: Any, site: Any, times: int, seed: int) -> None:
    """Kill runs at random instants: over a first pass and over one that brings versions, each then run to the end."""
    chance = random.Random(seed)
    fill(site, 0)
    quiet = type(desk)(desk.folder / "quiet")
    quiet.configure(site, **SOURCES)
    begun = time.monotonic()
    quiet.wire("run", "--all")
    lasted = time.monotonic() - begun
    first = told(quiet.store)
    fill(site, 1)
    quiet.wire("run", "--all")
    second = told(quiet.store)
    assert sum(second["versions"].values()) > sum(first["versions"].values())
    struck = 0
    for number in range(times):
        here = type(desk)(desk.folder / f"killed-{number}")
        here.configure(site, **SOURCES)
        edition = number % 2
        fill(site, 0)
        if edition:
            here.wire("run", "--all")
            fill(site, 1)
        process = here.start("run", "--all")
        time.sleep(chance.uniform(0.3, 0.8) * lasted)
        process.kill()
        process.communicate()
        if process.returncode == -9:
            struck += 1
        else:
            lasted *= 0.6  # it had ended: the machine is faster now than it was
        here.wire("run", "--all")
        assert told(here.store) == (second if edition else first), f"kill {number}, seed {seed}"
    assert struck > times / 4  # the rest had ended before


@pytest.mark.parametrize("half", [0, 1])
def test_killed_runs_lose_nothing_and_double_nothing(desk: Any, site: Any, half: int) -> None:
    kills(desk, site, 5, SEED + half)


@pytest.mark.proof
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(4))
def test_two_hundred_kills(desk: Any, site: Any, part: int) -> None:
    kills(desk, site, 50, SEED + 100 + part)


def test_two_runs_at_once(desk: Any, site: Any) -> None:
    fill(site, 0)
    alone = type(desk)(desk.folder / "alone")
    alone.configure(site, **SOURCES)
    alone.wire("run")
    desk.configure(site, **SOURCES)
    both = [desk.start("run") for _ in range(2)]
    for process in both:
        _, err = process.communicate(timeout=100)
        assert process.returncode == 0, err
        assert "Traceback" not in err
    assert told(desk.store) == told(alone.store)
