"""Versions, corrections, kills, embargoes and copies in any order, with crashes: what must hold after every step."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import time
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from parsers.story import plain
from publish import documents
from store import check, export
from store.archive import Archive
from store.db import open_store
from store.errors import StoreError
from store.search import search
from tests.ingest.tellings import (
    CUTS,
    EMBARGOES,
    HEADLINES,
    KILLS,
    MARKS,
    TEXTS,
    TOPICS,
    World,
    carry_out,
    enrolled,
)
from tests.wire.test_kill9 import told as everything

TOPIC = st.sampled_from(TOPICS)
FIGURE = st.integers(11, 14)
HOURS = st.integers(1, 5)
FEED = documents.Feed(title="t", home="https://t.example/")


def given_out(db: Any, world: World) -> dict[str, str]:
    """All that leaves the store: export lines and documents in every format."""
    rows = list(export.changed(db))
    told = [documents.told(row) for row in rows]
    made = {name: [write(told, world.at, FEED)] for name, write in documents.MANY.items()}
    made |= {
        f"{name} of one": [write(one, world.at) for one in told] for name, (_, write) in documents.ONE.items()
    }
    found = {name: "\n".join(body.decode() for body in bodies if body) for name, bodies in made.items()}
    return {"lines": "\n".join(str(plain(row.text)) for row in rows if row.text), **found}


class Desk(RuleBasedStateMachine):
    """An agency of two feeds and two papers tell three stories; a model knows which of them may be used."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.open()
        enrolled(self.db)
        self.world = World()
        self.dies: int | None = None

    def open(self) -> None:
        folder = Path(self.folder.name)
        self.db, self.archive = open_store(folder / "wire.db"), Archive(folder / "archive")

    def do(self, name: str, *args: Any) -> None:
        """One step; where a crash is due it dies in the midst of it, and the next run does it again."""
        if self.dies is not None:
            before, world = list(self.db.conn.iterdump()), deepcopy(self.world)
            died = self.crashes(name, *args)
            self.dies = None
            self.db.close()
            self.open()
            if not died:
                return
            assert list(self.db.conn.iterdump()) == before
            self.world = world
        carry_out(self.db, self.archive, self.world, name, *args)

    def crashes(self, name: str, *args: Any) -> bool:
        """Is it ended within a statement? Not within a COMMIT: SQLite may tell of an end there when all is written. (That a
        process may die there is shown by those that are killed.)"""
        left, statement = self.dies or 0, ""

        def begins(text: str) -> None:
            nonlocal statement
            statement = text

        def dies() -> bool:
            nonlocal left
            left -= 1
            return left < 0 and statement != "COMMIT"

        self.db.conn.set_trace_callback(begins)
        self.db.conn.set_progress_handler(dies, 20)
        try:
            carry_out(self.db, self.archive, self.world, name, *args)
        except (StoreError, sqlite3.OperationalError):
            return True
        return False

    @rule(steps=st.integers(0, 400))
    def crash(self, steps: int) -> None:
        self.dies = steps

    @rule(topic=TOPIC, figure=FIGURE, extra=st.booleans())
    def tell(self, topic: int, figure: int, extra: bool) -> None:
        self.do("tell", topic, figure, extra)

    @rule(
        topic=TOPIC,
        figure=FIGURE,
        mark=st.sampled_from(["UPDATE 2-", "(LEAD) ", "1st Ld-Writethru: ", "CORRECTED-"]),
    )
    def write_through(self, topic: int, figure: int, mark: str) -> None:
        self.do("write_through", topic, figure, mark)

    @rule(topic=TOPIC)
    def again(self, topic: int) -> None:
        self.do("again", topic)

    @rule(topic=TOPIC, lifts=st.booleans(), ago=st.sampled_from([0, 7, 17, 120]))
    def notice(self, topic: int, lifts: bool, ago: int) -> None:
        self.do("notice", topic, lifts, ago)

    @rule(topic=TOPIC, figure=FIGURE)
    def late(self, topic: int, figure: int) -> None:
        self.do("late", topic, figure)

    @rule(topic=TOPIC, figure=FIGURE)
    def elsewhere(self, topic: int, figure: int) -> None:
        self.do("elsewhere", topic, figure)

    @rule(topic=TOPIC, figure=FIGURE, hours=HOURS, dress=st.sampled_from(list(EMBARGOES)))
    def embargo(self, topic: int, figure: int, hours: int, dress: str) -> None:
        self.do("embargo", topic, figure, hours, dress)

    @rule(topic=TOPIC, figure=FIGURE)
    def hold(self, topic: int, figure: int) -> None:
        self.do("hold", topic, figure)

    @rule(topic=TOPIC, dress=st.sampled_from(list(KILLS)), feed=st.sampled_from(["wire", "world"]))
    def kill(self, topic: int, dress: str, feed: str) -> None:
        self.do("kill", topic, dress, feed)

    @rule(
        topic=TOPIC,
        figure=FIGURE,
        paper=st.sampled_from(["paper", "gazette"]),
        cut=st.sampled_from(list(CUTS)),
    )
    def reprint(self, topic: int, figure: int, paper: str, cut: str) -> None:
        self.do("reprint", topic, figure, paper, cut)

    @rule(hours=HOURS)
    def wait(self, hours: int) -> None:
        self.do("wait", hours)

    @invariant()
    def holds(self) -> None:
        assert list(check.faults(self.db)) == []
        assert list(check.rebuild_faults(self.db)) == []
        given = given_out(self.db, self.world)
        for topic in self.world.out_of_use():
            assert search(self.db, MARKS[topic]) == [], "text of a killed or withheld story is found"
            assert not [name for name, text in given.items() if MARKS[topic] in text], (
                "text of a killed or withheld story is given out"
            )
        for topic in self.world.in_use():
            assert search(self.db, MARKS[topic]), "a story that may be used is not found"
            assert all(MARKS[topic] in text for text in given.values()), (
                "a story that may be used is not given out"
            )
        told = self.db.execute(
            "SELECT count(*) FROM stories WHERE source = 'wire' AND status <> 'canceled' AND guid NOT LIKE 'notice-%'"
        ).fetchone()
        assert told[0] <= len(self.world.seen - self.world.killed), "a story is stored twice"

    def teardown(self) -> None:
        self.db.close()
        self.folder.cleanup()


def test_the_marks_stand_in_every_cut_and_in_no_headline() -> None:
    for mark, text, headline in zip(MARKS, TEXTS, HEADLINES, strict=True):
        assert all(mark in " ".join(cut(text[:4])) for cut in CUTS.values())
        assert mark not in headline


TestStates = Desk.TestCase
TestStates.settings = settings(
    max_examples=12,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_states_at_length() -> None:
    many = settings(
        max_examples=1500, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Desk, settings=many)


def by_chance(folder: Path, seed: int, count: int) -> None:
    """Carry out so many steps that a seed gives, those left out of which a former run brought the visits."""
    db, archive, world, chance = (
        open_store(folder / "wire.db"),
        Archive(folder / "archive"),
        World(),
        Random(seed),
    )
    enrolled(db)
    done = db.table("visits").count
    for _ in range(count):
        topic, figure = chance.choice(TOPICS), chance.randrange(11, 15)
        step: tuple[Any, ...] = chance.choice([
            ("tell", topic, figure, chance.random() < 0.5), ("late", topic, figure), ("elsewhere", topic, figure),
            ("write_through", topic, figure, "UPDATE 2-"), ("hold", topic, figure), ("again", topic), ("notice", topic, chance.random() < 0.5, chance.choice([0, 7, 17, 120])), ("wait", chance.randrange(1, 5)),
            ("embargo", topic, figure, chance.randrange(1, 5), chance.choice(list(EMBARGOES))),
            ("reprint", topic, figure, "paper", chance.choice(list(CUTS))), ("reprint", topic, figure, "gazette", "whole"),
            ("kill", topic, chance.choice(list(KILLS)), "wire") if chance.random() < 0.3 else ("tell", topic, figure, True),
        ])  # fmt: skip
        if done and deepcopy(world).step(*step) is not None:
            world.step(*step)
            done -= 1
        else:
            carry_out(db, archive, world, *step)


@pytest.mark.proof
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(4))
def test_killed_in_the_midst_of_it(seed: int, tmp_path: Path) -> None:
    def start(folder: Path) -> subprocess.Popen[bytes]:
        call = f"from tests.ingest.test_states import *; by_chance(Path({str(folder)!r}), {seed}, 120)"
        return subprocess.Popen([sys.executable, "-c", call], cwd=Path(__file__).parents[2])

    begun = time.monotonic()
    assert start(tmp_path / "quiet").wait() == 0
    lasted = time.monotonic() - begun
    whole, chance, struck = everything(tmp_path / "quiet" / "wire.db"), Random(seed), 0
    for number in range(8):
        folder = tmp_path / f"killed-{number}"
        for _ in range(3):
            process = start(folder)
            time.sleep(chance.uniform(0.4, 0.9) * lasted)
            process.kill()
            struck += process.wait() == -9
        assert start(folder).wait() == 0
        assert everything(folder / "wire.db") == whole
    assert struck > 8
