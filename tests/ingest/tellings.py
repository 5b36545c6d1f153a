"""Three stories in all the dresses that an agency and its papers give them, and a model of which of them may be used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from ingest.outcome import Batch, Fetched, Item
from ingest.packing import packed
from ingest.source import Source
from ingest.visit import store_batch
from parsers.story import Story
from store import events
from store.archive import Archive
from store.db import writing
from store.sources import Configured, Told, enrol

NOW = datetime(2025, 6, 2, 10, 0, tzinfo=UTC)
EVER = datetime(2190, 1, 1, tzinfo=UTC)
SOURCES = {
    "wire": Source(name="wire", url="https://wire.example/feed", agency="IANS"),
    "world": Source(name="world", url="https://wire.example/world", agency="IANS"),  # a second feed of it
    "paper": Source(name="paper", url="https://paper.example/feed"),
    "gazette": Source(name="gazette", url="https://gazette.example/feed"),
}
HEADLINES = ("Aldermoor: ferrymen strike over lost pier", "Brackwater: winter glass will cost more", "Coldharrow: orchards without any bees")  # fmt: skip
SLUGS = ("BC-Aldermoor-Ferries", "BC-Brackwater-Glass", "BC-Coldharrow-Bees")
# Words of each text that stand in every cut of it and in no headline.
MARKS = ("oarsmen", "glassblower", "apiarists")
TEXTS = (
    ("The oarsmen of the estuary laid down their blades on Monday because the tide had carried off the old landing, said the eldest of them.",
     "They want {figure} million crowns from the harbour chest, and no dues until a stone quay stands where the planks have rotted.",
     "No boat has crossed since daybreak, and carts with salt and wool wait in a long line behind the customs house.",
     "A judge from the coast will hear both parties on Thursday, and until then the mayor has forbidden any talk of fines.",
     "The oldest boats of the fleet were built by the grandfathers of those who row them, and two of them leak."),
    ("A master glassblower reckons with {figure} furnaces fewer than a year ago, for sand from the southern pits no longer comes by rail.",
     "Two families have already sold their moulds and tools, and the apprentices look for work at the brickyard across the stream.",
     "Buyers from abroad ordered lamps and bottles at the spring fair, yet hardly half of what was promised has been shipped.",
     "An inspector recommends coal instead of peat for firing, which the guild refuses because the flame would stain clear panes.",
     "Prices of windows rose twice since March, and builders put oiled paper into the frames of new houses."),
    ("The apiarists of the valley have lost the swarms of {figure} farms, and growers pollinate their blossom by hand with brushes of goose down.",
     "A late frost emptied many hives; others fell to mites that travelled north with a queen bought at an auction in April.",
     "Schoolchildren are paid by the tree, and the parish priest has opened his garden to anyone who will bring a healthy colony.",
     "Honey may no longer be sold by the barrel, the council ruled, since most of what came to market was syrup with colour in it.",
     "Cherries ripen late this year in every parish below the ridge, and the cider presses will stand idle until October."),
)  # fmt: skip
GUID = "wire:2025:{}00"
TOPICS = range(len(TEXTS))
EMBARGOES: dict[str, Callable[[Story, datetime], Story]] = {
    "field": lambda story, until: replace(story, embargo=until),
    "note": lambda story, until: replace(story, ednote=f"Embargoed until {until:%H%M} GMT {until:%B} {until.day}"),
    "text": lambda story, until: replace(story, body=(f"NOT FOR PUBLICATION BEFORE {until:%H:%M} GMT, {until:%B} {until.day}, {until.year}", *story.body)),
    "German": lambda story, until: replace(story, ednote=f"Sperrfrist: {until.day}.{until.month}.{until.year}, {until:%H.%M} Uhr UTC"),
}  # fmt: skip
CUTS: dict[str, Callable[[tuple[str, ...]], tuple[str, ...]]] = {
    "whole": lambda body: body,
    "trimmed": lambda body: body[:3],
    "extended": lambda body: (
        *body,
        "Readers of this paper may send letters about it to the desk until Friday.",
    ),
}


def told(topic: int, figure: int, *, at: datetime, extra: bool = False) -> Story:
    """The agency's telling."""
    body = tuple(text.format(figure=figure) for text in TEXTS[topic])
    return Story(
        guid=GUID.format(topic), url=f"https://wire.example/{topic}", headline=HEADLINES[topic], slug=SLUGS[topic],
        body=body if extra else body[:4], published=NOW, updated=at, language="en",
    )  # fmt: skip


def _notice(**values: Any) -> Callable[[int, datetime, str], Story]:
    def made(topic: int, at: datetime, guid: str) -> Story:
        filled = {
            name: text.format(head=HEADLINES[topic], slug=SLUGS[topic], guid=guid)
            for name, text in values.items()
        }
        body = filled.pop("body", "The story is not to be used.")
        return Story(guid=f"kill-{topic}-{at:%d%H%M}", body=(body,), published=at, **filled)

    return made


def _status(topic: int, at: datetime, guid: str) -> Story:
    return replace(told(topic, 11, at=at), guid=guid, url=None, status="canceled", kind="kill", body=())


# How a story is taken back; the guid is that of its last telling.
KILLS: dict[str, Callable[[int, datetime, str], Story]] = {
    "status": _status,
    "status with the text": lambda topic, at, guid: replace(_status(topic, at, guid), body=told(topic, 12, at=at).body),
    "status under a new guid": lambda topic, at, _: _status(topic, at, f"c-{topic}-{at:%d%H%M}"),
    "headline": _notice(headline="KILL: {head}"),
    "slug": _notice(headline="Kill notice", slug="BC-Kill-{slug}"),
    "editors": _notice(headline="EDITORS: please kill {head}"),
    "advisory": _notice(headline="ADVISORY", body='The story headlined "{head}" has been withdrawn.'),
    "id": _notice(headline="EDITORS: kill", body="Please kill the story with the id {guid}, sent this morning."),
    "Hindi": _notice(headline="खबर रद्द: {head}"),
    "Arabic": _notice(headline="إلغاء: {head}"),
    "Chinese": _notice(headline="撤稿：{head}"),
    "blanked": lambda topic, at, guid: replace(told(topic, 11, at=at), guid=guid, url=None, body=("This story has been withdrawn by the agency.",)),
}  # fmt: skip


@dataclass
class World:
    """What was told so far, and what may be used of it."""

    at: datetime = NOW
    seen: set[int] = field(default_factory=set)  # topics of which the agency told a text
    copied: set[tuple[str, int]] = field(default_factory=set)  # (paper, topic)
    killed: set[int] = field(default_factory=set)
    held: dict[int, datetime] = field(default_factory=dict)
    guids: dict[int, str] = field(default_factory=dict)  # of the last telling
    until: dict[int, datetime] = field(default_factory=dict)  # as the last telling said
    noticed: set[int] = field(default_factory=set)  # held by a notice, which the last telling did not say
    last: dict[int, Story] = field(default_factory=dict)  # what the agency told last of a topic
    # the newest notice that came before its story: (its stamp, is it a hold?)
    early: dict[int, tuple[datetime, bool]] = field(default_factory=dict)

    def out_of_use(self) -> set[int]:
        """Topics of which no text may leave."""
        return self.killed | set(self.held)

    def in_use(self) -> set[int]:
        """Topics that a search must find."""
        return self.seen - self.out_of_use()

    def step(self, name: str, *args: Any) -> tuple[str, Story] | None:
        """Say what comes next: (source, story), or None where time passes or there is nothing to tell."""
        self._pass(timedelta(minutes=5))
        found: tuple[str, Story] | None = getattr(self, f"_{name}")(*args)
        if found and name in ("tell", "write_through", "embargo", "hold"):
            self.last[args[0]] = found[1]
        elif found and name == "late" and self.last.get(args[0], found[1]).updated == found[1].updated:
            self.last[args[0]] = found[1]  # none is newer by the agency's clock
        return found

    def _tell(self, topic: int, figure: int, extra: bool) -> tuple[str, Story]:
        story = told(topic, figure, at=self.at, extra=extra)
        self._told(topic, story)
        return "wire", story

    def _again(self, topic: int) -> tuple[str, Story] | None:
        """The last telling, as a feed lists it again and again."""
        return ("wire", self.last[topic]) if topic in self.last else None

    def _notice(self, topic: int, lifts: bool, ago: int) -> tuple[str, Story]:
        """An embargo lifted, or a story to be held, by a notice under a name of its own; it means what was told before, or what
        comes with an older stamp. ago: minutes by which one that comes before its story comes late."""
        stamp = self.at
        if topic not in self.seen:
            stamp = max(NOW, self.at - timedelta(minutes=ago))
            if topic not in self.early or self.early[topic][0] <= stamp:
                self.early[topic] = (stamp, not lifts)
        elif lifts:
            self.held.pop(topic, None)
            self.noticed.discard(topic)
        elif topic not in self.held:
            self.held[topic] = EVER
            self.noticed.add(topic)
        head, body = ("EMBARGO LIFTED", "The embargo on the story has been lifted.") if lifts else ("HOLD", "Please hold the story until further notice.")  # fmt: skip
        guid = f"notice-{topic}-{self.at:%d%H%M}"
        return "wire", Story(guid=guid, headline=f"{head}: {HEADLINES[topic]}", body=(body,), published=stamp)

    def _told(self, topic: int, story: Story) -> None:
        before = self.last.get(topic)
        as_before = before and (before.headline, before.body) == (story.headline, story.body)
        if topic in self.noticed and as_before:
            return  # the agency lists what a notice held, stamped anew
        self.seen.add(topic)
        self.noticed.discard(topic)
        self.until.pop(topic, None)
        self.held.pop(topic, None)  # the newest telling says nothing of an embargo: released

    def _write_through(self, topic: int, figure: int, mark: str) -> tuple[str, Story]:
        story = told(topic, figure, at=self.at, extra=True)
        guid = self.guids[topic] = f"write-through-{topic}-{self.at:%d%H%M}"
        story = replace(
            story, guid=guid, url=f"https://wire.example/{guid}", headline=f"{mark}{story.headline}"
        )
        self._told(topic, story)
        return "wire", story

    def _late(self, topic: int, figure: int) -> tuple[str, Story]:
        early = NOW - timedelta(hours=1)
        story = replace(told(topic, figure, at=early), published=early)
        if topic not in self.seen:
            self._told(topic, story)
            if topic in self.early and self.early[topic][1]:  # a hold that is newer came before it
                self.held[topic] = EVER
                self.noticed.add(topic)
        return "wire", story

    def _elsewhere(self, topic: int, figure: int) -> tuple[str, Story] | None:
        """In the agency's second feed, which knows of no embargo."""
        if topic not in self.seen:
            return None
        return "world", replace(told(topic, figure, at=self.at), guid=f"world-{topic}", url=f"https://wire.example/w/{topic}")  # fmt: skip

    def _embargo(self, topic: int, figure: int, hours: int, dress: str) -> tuple[str, Story]:
        until = self.at + timedelta(hours=hours)
        self.seen.add(topic)
        self.noticed.discard(topic)
        self.held[topic] = self.until[topic] = until
        return "wire", EMBARGOES[dress](told(topic, figure, at=self.at), until)

    def _hold(self, topic: int, figure: int) -> tuple[str, Story]:
        """By status, without an end."""
        self.seen.add(topic)
        self.noticed.discard(topic)
        self.held[topic] = self.until[topic] = EVER
        return "wire", replace(told(topic, figure, at=self.at), status="withheld")

    def _kill(self, topic: int, dress: str, feed: str) -> tuple[str, Story]:
        self.killed.add(topic)
        if dress == "id" and topic not in self.seen:
            dress = "headline"  # of ids that are still to come it can name only one
        guid = self.guids.get(topic, GUID.format(topic))
        story = KILLS[dress](topic, self.at, guid)
        if story.guid == guid:
            feed = "wire"  # the names of a feed are its own
        return feed, story

    def _reprint(self, topic: int, figure: int, paper: str, cut: str) -> tuple[str, Story] | None:
        if topic not in self.seen:
            return None
        self.copied.add((paper, topic))
        story = told(topic, figure, at=self.at)
        return paper, replace(
            story, guid=f"copy-{topic}", url=f"https://{paper}.example/{topic}", slug=None, updated=None,
            headline=f"Trouble in the {('estuary', 'kilns', 'valley')[topic]}", body=CUTS[cut](story.body),
        )  # fmt: skip

    def _wait(self, hours: int) -> None:
        self._pass(timedelta(hours=hours))

    def _pass(self, time: timedelta) -> None:
        self.at += time
        self.held = {topic: until for topic, until in self.held.items() if until > self.at}


def enrolled(db: Any) -> None:
    """The sources, in a new store."""
    with writing(db):
        enrol(db, [Configured(name=s.name, kind="feed", address=s.url or "", agency=s.agency) for s in SOURCES.values()])  # fmt: skip


def carry_out(db: Any, archive: Archive, world: World, name: str, *args: Any) -> None:
    """One step into the store: a visit that brings a story, or the release of what is due."""
    came = world.step(name, *args)
    if came is None:
        with writing(db):
            events.release_due(db, world.at)
        return
    source = SOURCES[came[0]]
    document = Fetched(body=b"<rss/>", url=source.url)
    batch = Batch(outcome=document, items=(Item(document=packed(document, world.at), stories=(came[1],)),))
    with writing(db):
        events.release_due(db, world.at)
    told_of = Told(name=source.name)
    store_batch(db, archive, source, told_of, batch, run="t", started=world.at, now=world.at)
    world.held = {topic: until for topic, until in world.held.items() if until > world.at}
