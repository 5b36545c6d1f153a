"""Datelines: place(s), region, date, agency at the head of a story's first paragraph.

Every place where a head may end (a separator, a closing bracket) is tried from the left; what stands before it must be
a head and nothing else (parsers.lead.head); then the evidence is weighed: a day or an agency in brackets is proof, a bare
place must be known and begin a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from parsers.lead.agencies import at_home, catalogue, code_of, names_none
from parsers.lead.days import day_at_end
from parsers.lead.eastern import OPENERS, find_eastern
from parsers.lead.evidence import believed
from parsers.lead.head import Head, could_begin, parsed, titled
from parsers.lead.places import (
    candidates,
    country_of,
)
from parsers.story import Dateline

REACH = 150  # characters of a paragraph in which a dateline must end
JUNK = re.compile(
    r"[\s*•·►▪|>_#]*(?:(?i:[a-z]\w{2,14}\.(?:com|co|id|co\.id|net))\s*,\s+(?=[A-Z]))?"
)  # "TEMPO.CO, Jakarta - "
ENDS = re.compile(
    r"(?!\w)(?=\s*[\n.,)\]）】/:।۔：–—―─−=|-]|$)(?:"  # no letter, then what every end begins with, asked first
    r"(?P<close>[)\]）】])(?=\s|[:;,.：—–─=।|፦-]|$|[^\W\d_a-z])"
    r"|(?P<slash>/\s*\.?)(?=\s|-)"
    r"|(?P<sep>\s*[.,]?\s*(?:\s[-–—―─−]{1,4}(?:\s|$|(?=[A-Z“\"‘'])|(?<=\d [-–—])(?=\w))|[-–—─]{1,4}(?:\s|$)|[–—─]|--)|\s*[,.]?\s*:\s*[-–—]*\s*|\.-\s*|\s=\s|\s\|\s|\s*।\s*|\s*۔\s|\s*：)"
    r"|(?P<stop>\.)(?=\s)"
    r"|(?P<line>\n|$))"
)
AFTER = re.compile(r"[\s.,:;।۔：=|፦]*(?:[-–—―─−_]{1,4})?[\s:]*(?:\.-\s*)?")
DATED = re.compile(
    r"\s*,?\s*(?P<day>[^\W\d]{3,9}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [^\W\d]{3,9}\.?(?: \d{4})?)\s*(?=[-–—:|]|\n|$)"
)
BEHIND = re.compile(
    r"(?:[(（\[](?P<in>[^()（）\[\]]{2,30})[)）\]]|/(?P<slashed>[^\s/]{2,20})/|(?P<word>[^\s(\[/]{1,24}(?: [^\s.(]{1,10}){0,2}?)(?=\s*(?:\.-|[.:]?\s*[-–—]{1,3}\s|\.\s|:\s|\s\|\s|:?\s*(?:\n|$))))"
)
FIRST = re.compile(r"[(/\[（]\s*(?P<in>[^()/\[\]（）]{2,30})\s*[)/\]）]\s*\.?\s*[-–—:]{0,2}\s*")
FIRST_WORD = re.compile(r"(?P<in>[^\W\d_a-z][\w.]{1,11}(?: [^\W\d_a-z]\w{2,8})?)(?:\s*[-–—:,|]\s+|\s?/\s?)")
AGENCY_DAY = re.compile(
    r"(?P<day>\d{1,2} [^\W\d_]{3,9}\.?(?: \d{4})?|[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)\s*(?:\.|[-–—:])\s+(?=\S)"
)  # "ТАСС, 2 июня. "
IN_BRACKETS = re.compile(r"\((?P<place>[^\W\d_][^()\d]{2,24})\)\s*[-–—]\s+(?=\S)")
GLUED_PLACE = re.compile(r"(?P<place>[^\s/,.:\d]{2,20})\s+(?=\S)")
UNDIVIDED = re.compile(
    r"(?P<head>[^\W\d_][\w.'’/-]*(?: [^\W\d_][\w.'’/-]*){0,3}, (?:[^\W\d_]{3,9}\.? \d{1,2}|\d{1,2} [^\W\d_]{3,9}\.?)(?:,? \d{4})?),?\s+(?=[\"“‘]?[^\W\d_a-z])"
)
FRESH = 40  # days round the publication within which a full stop may end a day
LOWER = re.compile(
    r"(?P<place>[a-z][a-z. ]{2,24}), [a-z]{3,9}\.? \d{1,2}\s+[-–—:]"
)  # copy all in small letters


class Found(NamedTuple):
    """A dateline in a paragraph: text[start:end] is it, text[body:] is what follows its separator."""

    dateline: Dateline
    start: int
    end: int
    body: int
    sure: bool = True  # a day or an agency proves it; False: a bare place
    credits: tuple[str, ...] = ()  # all agencies it names
    authors: tuple[str, ...] = ()  # named within it (East Asian copy)
    byline: str | None = None


class Asked(NamedTuple):
    """What a search knows beside the text."""

    published: date | None
    prefer: tuple[str | None, ...]
    alone: bool
    story: Callable[[], Sequence[str]]


def find_dateline(
    text: str,
    *,
    published: date | None = None,
    prefer: tuple[str | None, ...] = (),
    alone: bool = False,
    story: Callable[[], Sequence[str]] = tuple,
) -> Found | None:
    """The dateline at the head of a first paragraph, or None.

    published: resolves the year. prefer: countries of agency and paper, for namesakes. alone: the paragraph stands on a
    line of its own above the story (then a bare known place is enough). story: gives more of its text, which tells the
    country of a place that no table knows; called for such a place only.
    """
    start = JUNK.match(text).end()  # type: ignore[union-attr]  # matches the empty string too
    window = text[start : start + REACH]
    if not window:
        return None
    first = window[0]
    if first in OPENERS and (east := find_eastern(text[start:], published)):
        return Found(
            east.dateline, start + east.start, start + east.end, start + east.body,
            credits=(east.dateline.agency,) if east.dateline.agency else (), authors=east.authors, byline=east.byline,
        )  # fmt: skip
    asked = Asked(published, prefer, alone, story)
    if first in "(/[（":
        return _agency_first(text, start, asked) or _bracketed(text, start, asked)
    if first.islower() and (lower := LOWER.match(window)) and candidates(lower["place"]):
        made = find_dateline(
            text[:start] + window.title() + text[start + REACH :], published=published, prefer=prefer
        )
        return (
            made._replace(dateline=replace(made.dateline, text=text[made.start : made.end])) if made else None
        )
    if (
        first.islower()
        or (first.isdigit() and not window[:2].strip(" .").isdigit())
        or not could_begin(window)
    ):
        return None
    for end, sep in _ends(window):
        if end > 1 and (found := _accept(text, start, end, sep, asked)):
            return found
    if (word := FIRST_WORD.match(window)) and code_of(word["in"]):
        return _agency_first(text, start, asked)
    return _undivided(text, start, asked)


def _undivided(text: str, start: int, asked: Asked) -> Found | None:
    """ "WASHINGTON, March 3 The …": nothing divides a place and a day from the sentence; a list of places and days is none."""
    found = UNDIVIDED.match(text, start)
    head = (
        parsed(found["head"], asked.published) if found and not UNDIVIDED.match(text, found.end()) else None
    )
    if not found or head is None or head.day is None or not all(map(candidates, head.places)):
        return None
    return Found(_made(found["head"], head, asked), found.start("head"), found.end("head"), found.end())


def _ends(window: str) -> Iterator[tuple[int, str]]:
    """(where the head ends, kind of its end) from the left; the paragraph's own end is kind "line"."""
    for match in ENDS.finditer(window):
        kind = match.lastgroup or ""
        if kind == "sep":
            yield match.start(), match.group().strip() or " "
        else:
            yield (match.end() if kind in ("close", "slash") else match.start()), kind


def _accept(text: str, start: int, end: int, sep: str, asked: Asked) -> Found | None:
    stop = start + end
    if not asked.alone and not text[stop:].strip(" .:-–—,"):
        return None
    if sep == "line" and text[stop : stop + 1].strip():
        return None  # where the reach ends, not the paragraph
    head = parsed(text[start:stop], asked.published)
    if head is None or (
        sep == "stop" and not (head.agency and head.day) and not _stopped(head, text[stop:], asked)
    ):
        return None
    if sep == "line" and not asked.alone and head.day is None and head.agency is None:
        return None
    body = stop + _after(text, stop)
    if head.agency is None:
        head, stop, body = _agency_behind(text, head, stop, body)
    head, until = _day_behind(text, head, body if head.agency is None else stop, asked.published)
    if until:
        stop, body = until, until + _after(text, until)
    if not believed(head, sep, text[stop:body], text[body:], asked.alone):
        return None
    if text[stop : stop + 1] == "." and head.regions and not head.day:  # the full stop of "Mo."
        stop += 1
        head = head._replace(regions=(*head.regions[:-1], head.regions[-1] + "."))
    if (
        head.agency
        and text[body : body + 1] in "([（"
        and (again := BEHIND.match(text, body))
        and code_of(again["in"] or "") == head.agency
    ):
        body = again.end() + _after(text, again.end())  # "(PTI) (PTI): "
    sure = bool(head.agency or head.day)
    made = _made(text[start:stop], head, asked)
    codes = tuple(made.agency if code == head.agency and made.agency else code for code in head.agencies)
    return Found(made, start, stop, body, sure, codes)


def _stopped(head: Head, rest: str, asked: Asked) -> bool:
    """May a full stop end this head ("NEW DELHI, JUNE 1. The …"): a known place, a day that is fresh, a sentence?"""
    if (
        not all(map(candidates, head.places))
        or not head.day
        or not re.match(r"\.\s+[\"“‘']?[^\W\d_a-z]", rest)
    ):
        return False
    if not head.day.iso or not asked.published:
        return head.upper
    return abs(date.fromisoformat(head.day.iso) - asked.published).days <= FRESH


def _after(text: str, at: int) -> int:
    found = AFTER.match(text, at)
    return found.end() - at if found else 0


def _agency_behind(text: str, head: Head, stop: int, body: int) -> tuple[Head, int, int]:
    """An agency behind the separator: "НЬЮ-ДЕЛИ, 2 июн - РИА Новости. …", "Calif.--(BUSINESS WIRE)--", "تهران - ایرنا - "."""
    if not (head.known or head.day or head.upper) or names_none(text[body : body + 3]):
        return head, stop, body
    found = BEHIND.match(text, body)
    if not found:
        return head, stop, body
    code = code_of(found["in"] or found["slashed"] or found["word"])
    if code is None or (found["word"] and len(found["word"]) < 3):
        return head, stop, body
    stop = found.end()
    head = head._replace(agency=code, agencies=(code,))
    return head, stop, stop + _after(text, stop)


def _day_behind(text: str, head: Head, at: int, published: date | None) -> tuple[Head, int | None]:
    """A day behind agency or separator, and where it ends: "KYIV (Interfax), June 2 -", "CHEVY CHASE, Md., - March 4 -"."""
    dated = DATED.match(text, at) if head.day is None else None
    late = (
        day_at_end(dated["day"], published) if dated and (head.agency or head.known or head.regions) else None
    )
    return (head._replace(day=late), dated.end("day")) if dated and late else (head, None)


def _made(raw: str, head: Head, asked: Asked) -> Dateline:
    own = catalogue()[head.agency].country if head.agency else None
    names = tuple(map(titled, head.places))
    country = None
    if names:
        country = country_of(
            names[0], regions=head.regions[:1] if len(names) > 1 else head.regions, prefer=(*asked.prefer, own), text=asked.story
        )  # fmt: skip
    agency = at_home(head.agency, (country, *asked.prefer)) if head.agency else None
    return Dateline(
        text=raw.strip().rstrip(",:; ").strip(), place=names[0] if names else None, places=names,
        region=head.regions[0] if head.regions else None, country=country,
        date=head.day.iso if head.day else None, agency=agency,
    )  # fmt: skip


def _bracketed(text: str, start: int, asked: Asked) -> Found | None:
    """ "(ANKARA) - …": a place in capitals in brackets, then a dash."""
    found = IN_BRACKETS.match(text, start)
    if not found or not found["place"].isupper() or not candidates(found["place"]):
        return None
    head = Head((found["place"],), known=True, upper=True)
    return Found(
        _made(found["place"], head, asked), found.start("place"), found.end("place"), found.end(), False
    )


def _agency_first(text: str, start: int, asked: Asked) -> Found | None:
    """ "(ANSA) - ROMA, 02 GIU - …": the agency stands before the place, and is no part of the dateline's text."""
    first = FIRST.match(text, start) or FIRST_WORD.match(text, start)
    # "(MENAFN- IANS)": who carries it stands before whose it is.
    code = (code_of(first["in"]) or code_of(first["in"].rpartition("- ")[2])) if first else None
    if not first or not code:
        return None
    at = first.end()
    if (dated := AGENCY_DAY.match(text, at)) and (day := day_at_end(dated["day"], asked.published)):
        where = text[start : dated.end("day")]
        made = Dateline(text=where.strip(), date=day.iso, agency=code)
        return Found(made, start, dated.end("day"), dated.end(), credits=(code,))
    if (
        first.group().endswith("/") and (place := GLUED_PLACE.match(text, at)) and candidates(place["place"])
    ):  # "ایسنا/اصفهان "
        head = Head((place["place"],), agency=code, agencies=(code,), known=True)
        where = text[start : place.end("place")]
        return Found(_made(where, head, asked), start, place.end("place"), place.end(), credits=(code,))
    inner = find_dateline(
        text[at : at + REACH * 3], alone=asked.alone, published=asked.published, prefer=(*asked.prefer, catalogue()[code].country), story=asked.story
    )  # fmt: skip
    if not inner or inner.dateline.place is None:
        return None
    made = replace(inner.dateline, agency=inner.dateline.agency or code)
    codes = tuple(dict.fromkeys([code, *inner.credits]))
    return Found(made, at + inner.start, at + inner.end, at + inner.body, inner.sure, codes)
