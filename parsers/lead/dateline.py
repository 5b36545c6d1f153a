"""Datelines: place(s), region, date, agency at the head of a story's first paragraph.

Every place where a head may end (a separator, a closing bracket) is tried from the left; what stands before it must be
a head and nothing else (parsers.lead.head); then the evidence is weighed: a day or an agency in brackets is proof, a bare
place must be known and begin a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from parsers.lead.agencies import at_home, catalogue, code_of
from parsers.lead.days import day_at_end
from parsers.lead.eastern import OPENERS, find_eastern
from parsers.lead.head import Head, could_begin, parsed, titled
from parsers.lead.places import (
    candidates,
    country_of,
    has_heading_word,
    is_common_word,
    misspelt,
    region_country,
)
from parsers.story import Dateline

REACH = 150  # characters of a paragraph in which a dateline must end
JUNK = re.compile(
    r"[\s*•·►▪|>_#]*(?:(?i:[a-z]\w{2,14}\.(?:com|co|id|co\.id|net))\s*,\s+(?=[A-Z]))?"
)  # "TEMPO.CO, Jakarta - "
ENDS = re.compile(
    r"(?=[\s.,)\]）】/:।۔：–—―─−-]|$)(?:"  # what every end begins with, asked first
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
FRESH = 40  # days round the publication within which a full stop may end a day
LOWER = re.compile(
    r"(?P<place>[a-z][a-z. ]{2,24}), [a-z]{3,9}\.? \d{1,2}\s+[-–—:]"
)  # copy all in small letters
SENTENCE = re.compile(r"[\"“”„«‘'(\[¿¡]*\s*(?:[^\W\d_]|\d|[₹$€£#@])")
HERE = re.compile(r"(?:Hier|Here|Ici|Aquí|Qui|Aqui)\b")
TITLE_OF = re.compile(
    r"[A-Z]\w+ (?:of|in|for|on) an? [A-Z]\w+ [A-Z]|(?:[A-Z][\w’'-]+ ){4,}(?:of|and|the) [A-Z]\w+$"
)
APPOSED = re.compile(r"(?P<mid>[^.–—]{1,60}?)\s[–—-]{1,2}\s")
PREPOSITION = re.compile(
    r"(?:Mit|In|Nach|Bei|Am|Im|Auf|Für|Vor|Wegen|Trotz|Zum|Zur|On|After|With|At|For|When|As|While|Amid|Despite|Après|Dans|Avec|Tras|Con|En|Dopo)\b"
)
FIGURES = re.compile(r"[\d.,]+\S*(?: \S+){0,2}[,;] [A-Z]\w+: ?\d")  # "Chennai: 32 C, Mumbai: 30 C"
NEXT_LABEL = re.compile(r"([^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+)?)\s*(?::|\s[–—-])\s")
SPEAKER = re.compile(r"I(?:['’](?:m|ve|d|ll))?\s")  # "Charlotte: I never …"
FOLLOWER = re.compile(r"([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})\s+[a-z]\w+")


@dataclass(frozen=True, slots=True)
class Found:
    """A dateline in a paragraph: text[start:end] is it, text[body:] is what follows its separator."""

    dateline: Dateline
    start: int
    end: int
    body: int
    sure: bool = True  # a day or an agency proves it; False: a bare place
    credits: tuple[str, ...] = ()  # all agencies it names
    authors: tuple[str, ...] = ()  # named within it (East Asian copy)
    byline: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search knows beside the text."""

    published: date | None
    prefer: tuple[str | None, ...]
    alone: bool
    story: Sequence[str]


def find_dateline(
    text: str,
    *,
    published: date | None = None,
    prefer: tuple[str | None, ...] = (),
    alone: bool = False,
    story: Sequence[str] = (),
) -> Found | None:
    """The dateline at the head of a first paragraph, or None.

    published: resolves the year. prefer: countries of agency and paper, for namesakes. alone: the paragraph stands on a
    line of its own above the story (then a bare known place is enough). story: more of its text, which tells the country
    of a place that no table knows.
    """
    start = JUNK.match(text).end()  # type: ignore[union-attr]  # matches the empty string too
    window = text[start : start + REACH]
    if not window:
        return None
    first = window[0]
    asked = Asked(published, prefer, alone, story)
    if first in OPENERS and (east := find_eastern(text[start:], published)):
        return Found(
            east.dateline, start + east.start, start + east.end, start + east.body,
            credits=(east.dateline.agency,) if east.dateline.agency else (), authors=east.authors, byline=east.byline,
        )  # fmt: skip
    if first in "(/[（":
        return _agency_first(text, start, asked) or _bracketed(text, start, asked)
    if first.islower() and (lower := LOWER.match(window)) and candidates(lower["place"]):
        made = find_dateline(
            text[:start] + window.title() + text[start + REACH :], published=published, prefer=prefer
        )
        return (
            replace(made, dateline=replace(made.dateline, text=text[made.start : made.end])) if made else None
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
    return None


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
    head = parsed(text[start:stop], asked.published)
    if head is None or (
        sep == "stop" and not (head.agency and head.day) and not _stopped(head, text[stop:], asked)
    ):
        return None
    if sep == "line" and not asked.alone and head.day is None and head.agency is None:
        return None
    if not text[stop:].strip(" .:-–—,") and not asked.alone:
        return None
    body = stop + _after(text, stop)
    if head.agency is None:
        head, stop, body = _agency_behind(text, head, stop, body)
    head, until = _day_behind(text, head, body if head.agency is None else stop, asked.published)
    if until:
        stop, body = until, until + _after(text, until)
    if not _believed(head, sep, text[stop:body], text[body:], asked.alone):
        return None
    if text[stop : stop + 1] == "." and head.regions and not head.day:  # the full stop of "Mo."
        stop += 1
        head = replace(head, regions=(*head.regions[:-1], head.regions[-1] + "."))
    if head.agency and (again := BEHIND.match(text, body)) and code_of(again["in"] or "") == head.agency:
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
    found = BEHIND.match(text, body)
    if not found or not (head.known or head.day or head.upper):
        return head, stop, body
    code = code_of(found["in"] or found["slashed"] or found["word"])
    if code is None or (found["word"] and len(found["word"]) < 3):
        return head, stop, body
    stop = found.end()
    head = replace(head, agency=code, agencies=(code,))
    return head, stop, stop + _after(text, stop)


def _day_behind(text: str, head: Head, at: int, published: date | None) -> tuple[Head, int | None]:
    """A day behind agency or separator, and where it ends: "KYIV (Interfax), June 2 -", "CHEVY CHASE, Md., - March 4 -"."""
    dated = DATED.match(text, at) if head.day is None else None
    late = (
        day_at_end(dated["day"], published) if dated and (head.agency or head.known or head.regions) else None
    )
    return (replace(head, day=late), dated.end("day")) if dated and late else (head, None)


def _believed(head: Head, sep: str, between: str, rest: str, alone: bool) -> bool:
    """Is the evidence enough? between: what stands between dateline and body; rest: the body."""
    if not head.places:
        return bool(head.agency and head.day)
    if head.agency:
        return _with_agency(head, between, rest)
    if head.day or head.shape:
        return _with_day(head, sep, rest)
    if head.tag:
        return (
            (head.upper or head.known)
            and sep == "close"
            and (head.tag[0].isupper() or (head.upper and head.known))
            and any(c in between for c in "-–—:")
        )
    if sep in ("close", "slash"):
        return False
    return _bare_place(head, sep, rest, alone)


def _with_agency(head: Head, between: str, rest: str) -> bool:
    if head.day:
        return True
    if not rest.strip() and len(head.places[0].split()) > 2:  # a heading in capitals with a credit
        return head.known or bool(head.regions)
    divided = any(c in between for c in "-–—:.=।")
    if divided:
        return head.known or head.upper or bool(head.regions) or len(head.places[0].split()) <= 3
    if rest[:1].islower():
        return False
    return bool(candidates(head.places[0])) or head.upper


def _with_day(head: Head, sep: str, rest: str) -> bool:
    if head.shape:
        return head.upper and bool(candidates(head.places[0]) or head.regions)
    if all(candidates(name) or region_country(name) for name in head.places) or head.regions:
        return not is_common_word(head.places[0]) or bool(head.regions) or head.upper
    if (
        any(map(has_heading_word, head.places))
        or sep in ("close", "slash")
        or (rest[:1].islower() and not head.upper)
        or (sep == "line" and not head.upper)  # "Ended March 31": a table's line
    ):
        return False
    return head.upper or len(head.places[0].split()) <= 2


def _bare_place(head: Head, sep: str, rest: str, alone: bool) -> bool:
    first = head.places[0]
    if not (head.known or (head.regions and head.upper)):
        return False
    if not head.regions and is_common_word(first):
        return False
    if not all(candidates(name) or region_country(name) or misspelt(name) for name in head.places[1:]):
        return False
    if sep == "line":
        return alone and bool(candidates(first))
    if not SENTENCE.match(rest) or rest.lstrip("\"“”„«‘'([¿¡")[:1].islower():
        return False
    if len(head.places) > 1 and not head.upper and not rest[:1].isupper():
        return False
    if not candidates(first) and not head.upper and not head.regions and not misspelt(first):
        return False  # a country or state: "India: …" heads a list or a match
    if HERE.match(rest) or TITLE_OF.match(rest) or FIGURES.match(rest) or _another(first, rest):
        return False
    if not head.upper and SPEAKER.match(rest):
        return False
    if "|" in sep and not head.regions:
        return False  # "Mumbai | Weather": a label of a site
    if head.listed and not head.upper:
        return False  # "Berlin, Hamburg, München: …"
    if ":" in sep or "：" in sep:
        return len(first.split()) <= 4
    # " – " with a second dash close by is an apposition; "Mumbai – Pune travel time" a route.
    apposed = APPOSED.match(rest)
    if apposed and not head.upper and len(apposed["mid"].split()) <= 4 and not PREPOSITION.match(rest):
        return False
    return head.upper or not _place_follows(rest)


def _another(first: str, rest: str) -> bool:
    """Does another place with a mark behind it follow: a list of cities, a route ("Киев — Москва: …")?"""
    found = NEXT_LABEL.match(rest)
    return bool(found and candidates(found[1]) and found[1].casefold() != first.casefold())


def _place_follows(rest: str) -> bool:
    """Does a larger place open the sentence as part of a name: "Mumbai – Pune travel time will …"?"""
    follower = FOLLOWER.match(rest)
    words = follower[1].split() if follower else []
    names = (" ".join(words[:count]) for count in range(1, len(words) + 1))
    return any((near := candidates(name)) and near[0][1] >= 400 for name in names)


def _made(raw: str, head: Head, asked: Asked) -> Dateline:
    own = catalogue()[head.agency].country if head.agency else None
    names = tuple(titled(name) for name in head.places)
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
    code = code_of(first["in"]) if first else None
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
