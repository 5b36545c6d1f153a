"""Versions, corrections, kills, embargoes and copies in any order, with crashes: what must hold after every step."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import store.visits
from ingest.outcome import Batch, Fetched, Item
from ingest.source import Source
from ingest.visit import store_batch
from parsers.story import Story
from store import check, events
from store.archive import Archive
from store.db import open_store, writing
from store.search import search
from store.sources import Configured, Told, enrol

NOW = datetime(2025, 6, 2, 10, 0, tzinfo=UTC)
WIRE = Source(name="wire", url="https://wire.example/feed", agency="IANS")
PAPER = Source(name="paper", url="https://paper.example/feed")
TOPICS = ("Aldermoor", "Brackwater", "Coldharrow")
TRADES = ("Ferrymen strike over lost pier", "Winter glass will cost more", "Orchards without any bees")
NUMBERS = st.integers(0, len(TOPICS) - 1)
FIGURES = st.integers(11, 14)


TEXTS = (
    ("The ferrymen of {place} laid down their oars on Monday because the tide had carried off the old pier, said the eldest of them.",
     "They want {figure} million crowns from the harbour chest, and no dues until a stone quay stands where the planks have rotted.",
     "No boat has crossed since daybreak, and carts with salt and wool wait in a long line behind the customs house.",
     "A judge from the coast will hear both parties on Thursday."),
    ("Glass from the furnaces at {place} will be dearer this winter, for sand from the southern pits no longer comes by rail.",
     "A master blower reckons with {figure} kilns fewer than a year ago; two families have already sold their moulds and tools.",
     "Buyers from abroad ordered lamps and bottles at the spring fair, yet hardly half of what was promised has been shipped.",
     "An inspector recommends coal instead of peat for firing."),
    ("Bees have vanished from {figure} orchards round {place}, and growers pollinate their blossom by hand with brushes made of goose down.",
     "A late frost emptied many hives; others fell to mites that travelled north with a swarm bought at an auction in April.",
     "Schoolchildren are paid by the tree, and the parish priest has opened his garden to anyone who will bring a healthy queen.",
     "Honey may no longer be sold by the barrel."),
)  # fmt: skip


def body(topic: int, figure: int, *, extra: bool = False) -> tuple[str, ...]:
    lines = tuple(text.format(place=TOPICS[topic], figure=figure) for text in TEXTS[topic])
    return lines if extra else lines[:3]


class Crash(Exception):
    """The process dies here."""


class Desk(RuleBasedStateMachine):
    """Two sources tell three stories; a model knows which of them may be used."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.open()
        with writing(self.db):
            enrol(self.db, [Configured(name=s.name, kind="feed", address=s.url or "", agency=s.agency) for s in (WIRE, PAPER)])  # fmt: skip
        self.at = NOW
        self.killed: set[int] = set()
        self.held: dict[int, datetime] = {}
        self.seen: set[int] = set()
        self.text: set[int] = set()  # of which a text came, not a kill alone

    def open(self) -> None:
        folder = Path(self.folder.name)
        self.db, self.archive = open_store(folder / "wire.db"), Archive(folder / "archive")

    def story(self, topic: int, figure: int, *, extra: bool = False) -> Story:
        return Story(
            guid=f"id-{topic}", url=f"https://wire.example/{topic}", headline=f"{TOPICS[topic]}: {TRADES[topic]}",
            body=body(topic, figure, extra=extra), published=NOW,
        )  # fmt: skip

    def visit(self, source: Source, story: Story) -> None:
        self.at += timedelta(minutes=5)
        document = Fetched(body=b"<rss/>", url=source.url)
        batch = Batch(outcome=document, items=(Item(document=document, stories=(story,)),))
        store_batch(
            self.db,
            self.archive,
            source,
            Told(name=source.name),
            batch,
            run="t",
            started=self.at,
            now=self.at,
        )

    @rule(topic=NUMBERS, figure=FIGURES, extra=st.booleans())
    def tell(self, topic: int, figure: int, extra: bool) -> None:
        self.visit(WIRE, self.story(topic, figure, extra=extra))
        self.seen.add(topic)
        self.text.add(topic)
        self.held.pop(topic, None)  # told without its embargo: released

    @rule(topic=NUMBERS, figure=FIGURES, hours=st.integers(1, 4))
    def embargo(self, topic: int, figure: int, hours: int) -> None:
        until = self.at + timedelta(hours=hours)
        if topic in self.seen:
            return  # what was published once is not held back in this model
        self.visit(WIRE, replace(self.story(topic, figure), embargo=until))
        self.seen.add(topic)
        self.text.add(topic)
        self.held[topic] = until

    @rule(topic=NUMBERS, notice=st.booleans())
    def kill(self, topic: int, notice: bool) -> None:
        told = self.story(topic, 11)
        if notice:
            self.visit(
                WIRE, Story(guid=f"kill-{topic}", headline=f"KILL: {told.headline}", body=("Please kill.",))
            )
        else:
            self.visit(WIRE, replace(told, status="canceled", kind="kill", body=()))
        self.seen.add(topic)
        self.killed.add(topic)

    @rule(topic=NUMBERS, figure=FIGURES)
    def reprint(self, topic: int, figure: int) -> None:
        if topic not in self.text or f"copy-{topic}" in self.seen_copies():
            return
        told = self.story(topic, figure)
        self.visit(
            PAPER,
            replace(
                told,
                guid=f"copy-{topic}",
                url=f"https://paper.example/{topic}",
                headline=f"Trouble in {TOPICS[topic]}",
            ),
        )

    def seen_copies(self) -> set[str]:
        return {row[0] for row in self.db.execute("SELECT guid FROM stories WHERE source = 'paper'")}

    @rule(hours=st.integers(1, 5))
    def wait(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        with writing(self.db):
            events.release_due(self.db, self.at)
        self.held = {topic: until for topic, until in self.held.items() if until > self.at}

    @rule(topic=NUMBERS, figure=FIGURES)
    def crash(self, topic: int, figure: int) -> None:
        before = (self.db.table("versions").count, events.last(self.db))
        real = store.visits.keep

        def dies(*_: object) -> None:
            raise Crash

        store.visits.keep = dies  # type: ignore[assignment]
        try:
            self.visit(WIRE, self.story(topic, figure, extra=True))
        except Crash:
            pass
        finally:
            store.visits.keep = real
        self.db.close()
        self.open()
        assert (self.db.table("versions").count, events.last(self.db)) == before

    @invariant()
    def holds(self) -> None:
        assert list(check.faults(self.db)) == []
        assert list(check.rebuild_faults(self.db)) == []
        for topic in self.killed | set(self.held):
            assert search(self.db, TOPICS[topic]) == [], "text of a killed or withheld story is found"
        for topic in self.seen - self.killed - set(self.held):
            assert search(self.db, TOPICS[topic]), "a story that may be used is not found"
        told = self.db.execute(
            "SELECT count(*) FROM stories WHERE source = 'wire' AND kind <> 'kill'"
        ).fetchone()[0]
        assert told <= len(self.seen), "a story is stored twice"

    def teardown(self) -> None:
        self.db.close()
        self.folder.cleanup()


TestStates = Desk.TestCase
TestStates.settings = settings(
    max_examples=12,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
