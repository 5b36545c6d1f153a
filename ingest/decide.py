"""What to write of a story, and why: old and new in, one intent out. Pure; the store only carries it out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from ingest import changes, notices
from ingest.marks import key
from ingest.notices import Turn
from parsers.story import Status, Story, content_hash
from parsers.url import canonical
from store.db import utc
from store.intents import Attach, Event, EventKind, Known, Touch, Write
from store.stories import HELD, clock, use

REACH = timedelta(days=5)  # how far back a write-through or a kill finds what it means
ENOUGH = 24  # characters of a headline's name from which on its beginning is enough for a kill to find it
COPY = "copy of "  # how the reason of a telling begins that shares its original's fate
KILLS = "kills:"  # how the names begin of a story to come that a kill means
TURNS = {"withhold": "holds:", "release": "lifts:"}  # … and that a notice of its use means
HELD_TEXT = 0.6  # containment from which on a copy of a killed or withheld story is held back too
SAME_COPY = timedelta(days=10)  # how far back the same text under other names is the same story


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the store knows that bears on one story."""

    candidates: Sequence[Known] = ()  # stories of its aliases, the surest first
    older: Mapping[int, Sequence[str]] = field(default_factory=dict)  # candidate → hashes of all its versions
    targets: Sequence[Known] = ()  # of a kill notice: what it may mean
    notice: Known | None = None  # a kill that came before its story
    turning: Known | None = None  # the newest hold or release that came before its story
    # Names of stories to come, of which a newer hold or release has told.
    outrun: frozenset[str] = frozenset()
    folded: Mapping[int, Sequence[Known]] = field(
        default_factory=dict
    )  # leading story → the tellings that fold under it
    original: Known | None = None  # the story that leads the cluster which `attach` means
    copies: Sequence[Known] = ()  # tellings of that cluster which hold most of an agency's text
    attach: Attach | None = None  # what the comparison of copies found; used for a new story


def aliases(story: Story) -> tuple[str, ...]:
    """The names that a story is found again by: the source's own first."""
    found = [f"guid:{story.guid}"] if story.guid else []
    if story.url:
        found.append(f"url:{canonical(story.url)}")
    if story.guid and re.match(r"https?://", story.guid) and f"url:{canonical(story.guid)}" not in found:
        found.append(f"url:{canonical(story.guid)}")
    return tuple(found) or (f"text:{content_hash(story)}",)


def names(story: Story) -> tuple[str, ...]:
    """Weaker names: by slug and headline, for write-throughs and kills alone."""
    found = (
        f"slug:{key(story.slug)}" if key(story.slug) else "",
        f"head:{key(story.headline)}" if key(story.headline) else "",
    )
    return tuple(name for name in found if name)


def meant(story: Story) -> tuple[str, ...]:
    """Names of the stories that a kill notice may mean."""
    headlines, slugs, addresses, ids = notices.meant(story)
    found = [
        *names(story),
        *(f"head:{key(text)}" for text in headlines),
        *(f"slug:{key(text)}" for text in slugs),
    ]
    found += [f"url:{canonical(address)}" for address in addresses] + [f"guid:{one}" for one in ids]
    own = set(aliases(story))
    return tuple(name for name in dict.fromkeys(found) if not name.endswith(":") and name not in own)


def called(turn: Turn, referred: Sequence[str]) -> tuple[str, ...]:
    """What a notice of their use calls stories that are still to come. referred: their names, of `meant`."""
    return tuple(f"{TURNS[turn]}{name}" for name in referred)


def decide(story: Story, seen: Seen, *, now: datetime) -> Write:
    """The intent for one story of a source."""
    named = (*aliases(story), *names(story))
    known = next(iter(seen.candidates), None)
    if story.kind == "kill":
        if known is None or known.story.kind == "kill":
            return _notice(story, known, seen)
        return _again(replace(story, status="canceled"), known, seen, named, now)
    if story.status == "canceled" and known is None and seen.targets:
        return _notice(replace(story, kind="kill"), None, seen)  # taken back under a name of its own
    known = next((one for one in seen.candidates if _same(one, story)), None)
    turn = notices.turns(story) if known is None else None
    if turn and (write := _turning(story, turn, seen)):
        return write
    if turn:  # its own headline names no other story
        named += tuple(name for name in called(turn, meant(story)) if name not in seen.outrun)
    if known is None:
        return _new(story, seen, named, now)
    return _again(story, known, seen, named, now)


def _same(known: Known, story: Story) -> bool:
    if story.status == "canceled" or not story.body or not known.story.body:
        return True
    return not changes.different(known.story, story)


def _status(story: Story, now: datetime) -> tuple[Status, str | None]:
    """What the source's own words make of its status."""
    if story.status == "canceled":
        return "canceled", story.ednote or "canceled by its source"
    if story.embargo is not None and story.embargo > now:
        return "withheld", f"embargo until {story.embargo.isoformat()}"
    if story.status == "withheld" and story.embargo is None:
        return "withheld", story.ednote or "withheld by its source"
    return "usable", None


def _until(status: Status, embargo: datetime | None) -> datetime | None:
    return embargo if status == "withheld" else None


def _notice(story: Story, known: Known | None, seen: Seen) -> Write:
    """A kill notice: kept as a record, out of use itself, and what it means is killed."""
    if known is not None:
        return _unchanged(story, known, aliases(story), "the same notice")
    reason = story.ednote or story.headline or "killed by its source"
    carries = notices.carries_text(story)
    story = replace(story, kind="story" if carries else "kill")
    touches = tuple(
        touch
        for one in seen.targets
        if one.story.kind != "kill"
        for touch in (*_killed(one, reason), *_folded(one, seen, "canceled", reason, None))
    )
    touches += _copied(story, "canceled", reason, None, seen)
    waiting = tuple(f"{KILLS}{name}" for name in meant(story)) if not touches else ()
    return Write(
        story=story, judged="killed" if carries else "kill", why="a kill notice", aliases=(*aliases(story), *waiting),
        status="canceled", reason=reason, attach=seen.attach, events=(Event(kind="kill", reason=reason),),
        touches=touches,
    )  # fmt: skip


def _turning(story: Story, turn: Turn, seen: Seen) -> Write | None:
    """A notice that releases or withholds a story that is known; None where none is."""
    reason = story.ednote or story.headline or f"{turn} by its source"
    touches: list[Touch] = []
    for one in seen.targets:
        if turn == "release" and one.status == "withheld":
            touches.append(Touch(story=one.id, status="usable", reason=reason, event="release"))
            touches += _folded(one, seen, "usable", reason, None)
        elif turn == "withhold" and one.status == "usable" and one.story.kind != "advisory":
            touches += _withheld(one, reason, None)
            touches += _folded(one, seen, "withheld", reason, None)
    if not touches:
        return None
    return Write(
        story=replace(story, kind="advisory"), judged="notice", why=f"a notice: {turn}", aliases=aliases(story),
        events=(Event(kind="create", reason=reason),), touches=tuple(touches),
    )  # fmt: skip


def _killed(one: Known, reason: str) -> tuple[Touch, ...]:
    if one.status == "canceled":
        return ()
    return (Touch(story=one.id, status="canceled", reason=reason, event="kill"),)


def _withheld(one: Known, reason: str, embargo: datetime | None) -> tuple[Touch, ...]:
    if one.status == "withheld" and (one.reason or "").startswith(COPY) and one.embargo != embargo:
        return (Touch(story=one.id, status="withheld", reason=one.reason or "", embargo=embargo),)  # put off
    if one.status != "usable":
        return ()
    return (Touch(story=one.id, status="withheld", reason=reason, event="withhold", embargo=embargo),)


def _released(one: Known, reason: str) -> tuple[Touch, ...]:
    """Only what was withheld as a copy."""
    if one.status != "withheld" or not (one.reason or "").startswith(COPY):
        return ()
    return (Touch(story=one.id, status="usable", reason=reason, event="release"),)


def _folded(
    turned: Known, seen: Seen, status: Status, reason: str, embargo: datetime | None
) -> tuple[Touch, ...]:
    """What a kill, an embargo and its end do to the tellings that fold under a story: the agency's text is nobody's to use."""
    touches: list[Touch] = []
    for one in seen.folded.get(turned.id, ()):
        if status == "canceled":
            touches += _killed(one, f"{COPY}story {turned.id}, killed: {reason}")
        elif status == "withheld":
            touches += _withheld(one, f"{COPY}story {turned.id}: {reason}", embargo)
        else:
            touches += _released(one, f"story {turned.id} was released")
    return tuple(touches)


def _new(story: Story, seen: Seen, named: tuple[str, ...], now: datetime) -> Write:
    status, reason = _status(story, now)
    until = story.embargo
    if seen.notice is not None and status != "canceled":
        status, reason = "canceled", f"killed before it came: {seen.notice.reason}"
    elif seen.turning is not None:
        status, reason = _turned(story, seen.turning, status, reason)
    # Holding back a usable story is grave: only where most of the text is the held one.
    close = seen.attach is not None and float(seen.attach.why.get("containment", 0)) >= HELD_TEXT
    held = seen.original if close else None
    if held is not None and status == "usable" and held.status == "canceled":
        status, reason = "canceled", f"{COPY}story {held.id}, killed: {held.reason}"
    elif held is not None and status == "usable" and held.status == "withheld":
        status, reason, until = "withheld", f"{COPY}story {held.id}: {held.reason}", held.embargo
    kind: EventKind = {"usable": "create", "withheld": "withhold", "canceled": "kill"}[status]  # type: ignore[assignment]
    relation = seen.attach.relation if seen.attach and seen.attach.to is not None else None
    why = f"{relation} of story {seen.attach.to}" if relation and seen.attach else "new"
    return Write(
        story=story, why=why, aliases=named, status=status, reason=reason, embargo=_until(status, until),
        attach=seen.attach, events=(Event(kind=kind, reason=reason or why),),
        touches=_copied(story, status, reason, held, seen),
    )  # fmt: skip


def _turned(story: Story, notice: Known, status: Status, reason: str | None) -> tuple[Status, str | None]:
    """What a hold or a release that came before its story makes of it, unless the story is the newer by the agency's clock."""
    turn = notices.turns(notice.story)
    if turn == "withhold" and status == "usable" and not _newer(story, notice):
        return "withheld", f"held before it came: {notice.story.headline}"
    if turn == "release" and status == "withheld" and older(story, notice):
        return "usable", None
    return status, reason


def _copied(
    story: Story, status: Status, reason: str | None, held: Known | None, seen: Seen
) -> tuple[Touch, ...]:
    """A killed or withheld text that comes after its copies reaches them too."""
    if status == "usable" or (held is not None and held.status == status):
        return ()
    why = f"{COPY}a {'killed' if status == 'canceled' else 'withheld'} story: {reason}"
    return tuple(
        touch
        for one in seen.copies
        for touch in (_killed(one, why) if status == "canceled" else _withheld(one, why, story.embargo))
    )


def _unchanged(story: Story, known: Known, named: tuple[str, ...], why: str, **still: Any) -> Write:
    still = still or {"status": known.status, "reason": known.reason, "embargo": known.embargo}
    return Write(
        story=story, known=known.id, version=False, judged="unchanged", why=why, aliases=named, **still
    )


def _again(story: Story, known: Known, seen: Seen, named: tuple[str, ...], now: datetime) -> Write:
    status, reason = _status(story, now)
    until = story.embargo
    if known.status == "canceled" and status != "canceled":
        status, reason = "canceled", known.reason  # a kill stands, whatever comes after it
    if status == "usable" and known.status == "withheld" and _still(known, seen):
        status, reason, until = "withheld", known.reason, seen.original.embargo if seen.original else None
    same = content_hash(story) == known.hash
    late = older(story, known)
    earlier = content_hash(story) in seen.older.get(known.id, ()) and not _newer(story, known)
    again = same and _said(known, now) == use(story)  # what a notice did since stands …
    again = again and not (status == "withheld" and _newer(story, known))  # … but a hold told anew is a hold
    # A hold by notice is ended by a telling that is newer; one with the old stamp may have been under way.
    held = known.status == "withheld" and _said(known, now) == "usable" and not _newer(story, known)
    if status != "canceled" and (late or again or held or (earlier and not same)):
        status, reason, until = known.status, known.reason, known.embargo  # it says nothing of now
    until = _until(status, until)
    moved = _moved(known.status, status, reason)
    turned = moved or until != known.embargo
    touches = _folded(known, seen, status, reason or "", until) if turned else ()
    if known.status == "canceled" and not known.story.body and not known.struck:
        touches = _copied(story, status, reason, None, seen)  # the text itself comes only now
    still: dict[str, Any] = {
        "status": status,
        "reason": reason,
        "embargo": until,
        "events": moved,
        "touches": touches,
    }
    if status == "canceled" and known.status != "canceled" and not same:
        return Write(
            story=story,
            known=known.id,
            leads=False,
            judged="kill",
            why=reason or "killed",
            aliases=named,
            **still,
        )
    if why := _nothing_new(story, known, earlier=earlier):
        return _unchanged(story, known, named, "killed" if moved and status == "canceled" else why, **still)
    change = changes.compare(known.story, story)
    if change.judged == "unchanged":
        return _unchanged(story, known, named, change.why, **still)
    if late and known.story.body:
        why = "older by its source's own clock"
        return Write(
            story=story, known=known.id, leads=False, judged="late", why=why, change=change.sentences,
            aliases=named, **still,
        )  # fmt: skip
    if not moved and status == "usable" and change.judged in ("update", "correct"):
        still["events"] = (
            Event(kind="correct" if change.judged == "correct" else "update", reason=change.why),
        )
    return Write(
        story=story, known=known.id, judged=change.judged, why=change.why, change=change.sentences or None,
        aliases=named, **still,
    )  # fmt: skip


def _said(known: Known, now: datetime) -> str | None:
    """What its last telling says of its use today: an embargo that has ended is none."""
    told = known.said or ""
    ended = told.startswith(HELD) and told.removeprefix(HELD) <= (utc(now) or "")
    return "usable" if ended else known.said


def _nothing_new(story: Story, known: Known, *, earlier: bool) -> str | None:
    """Why a telling makes no version; None: it may."""
    if content_hash(story) == known.hash:
        return "the same text"
    if not story.body and known.story.body and story.status == "usable":
        return "no text in it"
    if known.struck or (story.status == known.status == "canceled" and not story.body):
        return "killed already"
    if story.partial and not known.story.partial:
        return "a teaser of what is stored whole"
    if changes.cut_short(known.story, story) and not known.story.partial:
        return "cut short"
    return "an earlier version again" if earlier else None


def _still(known: Known, seen: Seen) -> bool:
    """Is a copy still withheld, because what it copies is?"""
    original = seen.original
    return (known.reason or "").startswith(COPY) and original is not None and original.status == "withheld"


def _moved(old: Status, new: Status, reason: str | None) -> tuple[Event, ...]:
    """The event of a change of status."""
    if old == new:
        return ()
    kind: EventKind = {"usable": "release", "withheld": "withhold", "canceled": "kill"}[new]  # type: ignore[assignment]
    return (Event(kind=kind, reason=reason or "released by its source"),)


def _number(story: Story) -> int | None:
    found = re.fullmatch(r"\s*(?:v|ver\.?|rev\.?)?\s*(\d{1,6})\s*", story.version or "", re.I)
    return int(found[1]) if found else None


def older(story: Story, than: Known) -> bool:
    """Is a telling older than one that is known, by its source's version number, else by its clock?"""
    return _before(story, clock(story), than.story, than.clock)


def _newer(story: Story, than: Known) -> bool:
    return _before(than.story, than.clock, story, clock(story))


def _before(one: Story, its: str | None, other: Story, others: str | None) -> bool:
    """Is the one older? its, others: their clocks."""
    numbers = _number(one), _number(other)
    if numbers[0] is not None and numbers[1] is not None and numbers[0] != numbers[1]:
        return numbers[0] < numbers[1]
    return its is not None and others is not None and its < others
