"""What the store knows that bears on one story: the stories of its names, those that a notice means, the copy it may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from sqlite_utils import Database

from ingest import decide
from ingest.identity import WINDOW_DAYS, best_match, likely
from ingest.marks import key, substitute, writethrough
from ingest.notices import carries_text, kills, suspects, turns
from ingest.source import Source
from parsers.fingerprint import Print, fingerprint, likeness, unlike
from parsers.story import Story, content_hash
from store import clusters, stories, struck
from store.db import utc
from store.intents import Attach, Known

EPOCH = date(1970, 1, 1).toordinal()
LIKE = 0.5  # containment from which on a short text is a story told anew, and not a word on it
LEAST = 12  # shingles under which a text says too little to be found by it

# What came a moment ago is compared with what comes now.
_print = lru_cache(maxsize=512)(fingerprint)


def print_of(story: Story) -> Print:
    """The fingerprint of a story."""
    return _print(story.headline, story.body)


def day_of(when: date | datetime | None, now: datetime) -> int:
    """Days since 1970 of a time of publication; of `now` where there is none or it lies in the future."""
    day = when.date() if isinstance(when, datetime) else when
    return (min(day, now.date()) if day else now.date()).toordinal() - EPOCH


def noticed(db: Database, source: Source, story: Story, now: datetime) -> Story:
    """A story as the kill that it is: by its own words, or where the headline of a story that an agency told is all that tells
    what its item takes back."""
    if kills(story):
        return story if story.kind == "kill" else replace(story, kind="kill")
    if not source.agency:
        return story
    meant = [f"head:{key(text)}" for text in suspects(story)]
    found = stories.of_agency(db, source.agency, meant) if meant else []
    own = stories.by_alias(db, source.name, decide.aliases(story)).values() if found else ()
    since = utc(now - decide.REACH) or ""
    known = stories.known(db, [one for one in found if one not in own])
    return replace(story, kind="kill") if any(one.first_seen >= since for one in known.values()) else story


def seen(db: Database, source: Source, story: Story, made: Print, day: int, now: datetime) -> decide.Seen:
    """What the store knows that bears on a story, as `noticed` gives it."""
    strong, weak = decide.aliases(story), decide.names(story)
    notice = story.kind == "kill"
    taken = notice or story.status == "canceled"  # it takes something back
    turn = turns(story)
    refers = taken or turn is not None
    referred = decide.meant(story) if refers else ()
    called = decide.called(turn, referred) if turn else ()
    before = (decide.KILLS, *decide.TURNS.values()) if source.agency else (decide.KILLS,)
    waiting = [f"{mark}{name}" for mark in before for name in (*strong, *weak)]
    found = stories.by_alias(
        db, source.name, list(dict.fromkeys([*strong, *weak, *referred, *waiting, *called]))
    )
    ids = [found[name] for name in strong if name in found]
    loose = [found[name] for name in (*weak, *referred) if name in found]
    since = utc(now - decide.REACH) or ""
    # Two notices may be alike, word for word, and mean two stories.
    worded = turn is not None or (notice and not carries_text(story))
    same = [] if ids or worded else stories.same_text(db, source.name, content_hash(story), since=utc(now - decide.SAME_COPY) or "")  # fmt: skip
    told = [found[name] for name in waiting if name in found]
    others = {name: found[name] for name in called if name in found}
    if source.agency:  # an agency takes back in one feed what it told in another
        told += stories.of_agency(db, source.agency, waiting)
        loose += stories.of_agency(db, source.agency, [*strong, *weak, *referred]) if refers else []
    if taken and not (ids or loose):
        begun = [stories.beginning(db, source.name, name) for name in referred if len(name) > decide.ENOUGH]
        loose = [some[0] for some in begun if len(some) == 1]
    known = stories.known(db, list(dict.fromkeys([*ids, *loose, *same, *told, *others.values()])))
    if standing := source.agency is not None and substitute(story):  # for a killed one, which it is not
        known = {number: one for number, one in known.items() if one.status != "canceled"}
    near = [known[one] for one in dict.fromkeys(loose) if one in known and known[one].first_seen >= since]
    if refers and not taken:  # a notice of a story's use means a story, and no notice before it
        near = [one for one in near if turns(one.story) is None]
    candidates = [
        known[one] for one in dict.fromkeys(ids) if one in known and not _reused(db, known[one], made)
    ]
    if not candidates and not notice:
        # A write-through replaces what has its headline; a story without a name is what has it; and what comes late may
        # be replaced already.
        loosely = writethrough(story) or not (story.guid or story.url)
        own = [one for one in near if one.source == source.name]
        candidates = [
            one for one in own if (loosely or writethrough(one.story)) and not _remark(story, made, one)
        ]
    candidates = candidates or [known[one] for one in same if one in known]
    late = any(one.status == "canceled" and not one.story.body and not one.struck for one in candidates)
    early = [known[one] for one in told if one in known and known[one].first_seen >= since]
    turning = [one for one in early if one.status != "canceled" and turn is None]
    settled = (notice and not carries_text(story)) or (candidates and not late)
    attach, original = (None, None) if settled else _attach(db, source, made, stories.length(story), day, now)
    if standing and original and original.status == "canceled":
        attach = original = None
    turned = refers or early or story.embargo is not None or story.status != "usable"
    copies: list[Known] = []
    close = attach is not None and float(attach.why.get("containment", 0)) >= decide.HELD_TEXT
    if close and original and source.agency and (late or turned):
        copies = [original, *stories.folded(db, original)]
    held = [one for one in candidates if one.status == "withheld"]
    if held and not held[0].lead:
        original = stories.lead_of(db, held[0].id)
    return decide.Seen(
        candidates=candidates,
        older={one.id: stories.hashes(db, one.id) for one in candidates if one.versions > 1},
        targets=[one for one in near if one not in candidates],
        notice=next((one for one in early if one.status == "canceled"), None),
        turning=max(turning, key=lambda one: (one.clock or "", one.id), default=None),
        outrun=frozenset(
            name for name, one in others.items() if one in known and decide.older(story, known[one])
        ),
        folded=_folded(db, source, [*candidates, *near] if turned else held),
        attach=attach,
        original=original,
        copies=copies,
    )


def _remark(story: Story, made: Print, known: Known) -> bool:
    """Is it a few words on a story ("CORRECTION: … it is 24 million, not 42"), and not that story told anew?"""
    if not known.story.body or not story.body or 2 * stories.length(story) >= stories.length(known.story):
        return False
    return likeness(made, print_of(known.story)).containment < LIKE


def _reused(db: Database, known: Known, made: Print) -> bool:
    """Is the name of a killed story, whose text is gone, used again for another one?"""
    old = struck.print_of(db, known.id) if known.struck and made.grams.size >= LEAST else None
    return old is not None and unlike(made, old)


def _folded(db: Database, source: Source, some: Iterable[Known]) -> dict[int, list[Known]]:
    """The other tellings of the stories that lead their clusters, or whose agency's feeds lead them."""
    found = {}
    for one in some:
        lead = one if one.lead else stories.lead_of(db, one.id)
        if lead and (one.lead or (source.agency and source.agency == lead.agency == one.agency)):
            found[one.id] = [other for other in (lead, *stories.folded(db, lead)) if other.id != one.id]
    return found


def _attach(
    db: Database, source: Source, made: Print, words: int, day: int, now: datetime
) -> tuple[Attach | None, Known | None]:
    """Where a new story folds: the cluster of the best copy that is stored, of any source, and what leads it; None: nowhere."""
    if made.grams.size < LEAST:
        return None, None
    shared = clusters.sharing(db, made.sketch, day, window=WINDOW_DAYS)

    def held(other: int) -> tuple[Print, int] | None:
        found = stories.text_of(db, other)
        if found is None:
            return None
        old = _print(found[0], found[1]) if found[1] else struck.print_of(db, other)
        return (old, day_of(found[2], now)) if old else None

    match = best_match(made, likely(words, shared), held, day)
    if match is None:
        return None, None
    # An agency's telling leads over a paper's; among equals the one that came first.
    lead = stories.lead_of(db, match.story)
    leads = source.agency is not None and lead is not None and not lead.agency and lead.status == "usable"
    return Attach(
        to=match.story, relation=match.relation, why={"of": match.story, **match.why}, leads=leads
    ), lead
