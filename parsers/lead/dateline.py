"""Datelines: place(s), region, date, agency at the head of a story's first paragraph.

Every place where a head may end (a separator, a closing bracket) is tried from the left; what stands before it must be
a head and nothing else, read from its right end: agency, day, regions, places. Conventions: CONVENTIONS.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from parsers.lead.agencies import catalogue, code_of, codes_in
from parsers.lead.days import SHAPE, Day, day_at_end
from parsers.lead.places import candidates, country_of, fold, region_country
from parsers.story import Dateline

REACH = 150  # characters of a paragraph in which a dateline must end
ENDS = re.compile(
    r"(?P<close>[)\]）】])(?=\s|[:;,.：—–=।-]|$|[^\W\d_a-zA-Z])"
    r"|(?P<slash>/\s*\.?)(?=\s|-)"
    r"|(?P<sep>\s*[.,]?\s*(?:\s[-–—]{1,3}(?:\s|(?=[A-Z“\"‘']))|[-–—]{1,3}\s|[–—]|--)|\s*[,.]?\s*:\s*[-–—]*\s*|\.-\s*|\s=\s|\s*।\s*|\s*۔\s|\s*：)"
    r"|(?P<line>\n|$)"
)
AFTER = re.compile(r"^[\s.,:;।۔：=]*(?:[-–—]{1,3})?[\s:]*(?:\.-\s*)?")
BRACKET = re.compile(
    r"[(（\[/]\s*(?P<in>[^()（）\[\]/]{1,40}(?:/[^()（）\[\]/]{1,20})?)\s*[)）\]/]\s*\.?\s*$"
)
LOOSE_AGENCY = re.compile(r"[\s,.;۔-]+(?P<in>[^\s,()]{2,24}(?: [^\s,()]{2,12})?)\.?\s*$")
SMALL = frozenset(
    [
        "de",
        "la",
        "le",
        "el",
        "of",
        "the",
        "an",
        "am",
        "bei",
        "sur",
        "du",
        "des",
        "do",
        "da",
        "dos",
        "del",
        "di",
        "y",
        "i",
        "und",
        "e",
        "et",
        "and",
        "al",
        "les",
        "los",
        "las",
        "upon",
        "on",
        "in",
        "under",
        "à",
        "près",
        "na",
        "nad",
        "ob",
        "der",
        "den",
        "und",
    ]
)
NOT_PLACES = frozenset(
    fold(word)
    for word in [
        "claim",
        "update",
        "updated",
        "breaking",
        "exclusive",
        "watch",
        "explained",
        "explainer",
        "analysis",
        "opinion",
        "summary",
        "live",
        "photos",
        "video",
        "editorial",
        "review",
        "q",
        "a",
        "note",
        "notes",
        "fact check",
        "correction",
        "clarification",
        "advisory",
        "kill",
        "embargo",
        "supreme court",
        "high court",
        "parliament",
        "senate",
        "congress",
        "police",
        "weather",
        "sports",
        "cricket",
        "football",
        "business",
        "world",
        "nation",
        "national",
        "international",
        "markets",
        "stocks",
        "budget",
        "election",
        "elections",
        "news",
        "step 1",
        "day",
        "part",
        "chapter",
        "question",
        "answer",
        "first",
        "second",
        "third",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "april fool",
        "what",
        "who",
        "why",
        "how",
        "when",
        "where",
        "college",
        "university",
        "center",
        "centre",
        "today",
        "tomorrow",
        "yesterday",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "price",
        "of",
        "same",
        "no",
        "yes",
        "but",
        "and",
        "for",
        "most",
        "many",
        "all",
        "not",
        "also",
        "read",
        "related",
        "see",
        "verdict",
        "fact",
        "facts",
        "reader",
        "readers",
        "reality",
        "model",
        "best",
        "bad",
        "good",
        "young",
        "old",
        "man",
        "men",
        "women",
        "mother",
        "father",
        "war",
        "peace",
        "page",
        "union",
        "reform",
        "progress",
        "independence",
        "hope",
        "victory",
        "liberty",
        "justice",
        "eureka",
        "orange",
        "mobile",
        "apple",
        "amazon",
        "google",
        "smith",
        "jones",
        "jackson",
        "carter",
        "clinton",
        "bush",
        "trump",
        "kerry",
        "obama",
        "modi",
        "gandhi",
        "nehru",
        "khan",
        "singh",
        "martin",
        "taylor",
        "harris",
        "johnson",
        "wilson",
        "anderson",
        "thompson",
        "scott",
        "davis",
        "allen",
        "nelson",
        "warren",
        "marshall",
        "howard",
        "henry",
        "george",
        "grant",
        "lincoln",
        "jefferson",
        "madison",
        "hamilton said",
        "cast",
        "location",
        "source",
        "sources",
        "address",
        "venue",
        "time",
        "date",
        "title",
        "author",
        "editor",
        "director",
        "rating",
        "genre",
        "age",
        "height",
        "weight",
        "ingredients",
        "method",
        "tip",
        "tips",
        "warning",
        "caution",
        "important",
        "highlights",
        "key points",
        "result",
        "results",
        "score",
        "scores",
        "toss",
        "lunch",
        "tea",
        "stumps",
    ]
)
CJK_HEADS = (
    # 新华社北京6月2日电（记者张例、李例） · 中新社上海6月2日电 (记者 …) · （中央社記者王例台北2日電）
    re.compile(r"^\s*[（(]?(?P<agency>新华社|新華社|中新社|中新网|中央社|中通社|新华网)(?:記者|记者)?(?P<reporter>[\u4e00-\u9fff]{2,4}?)??(?P<place>[\u4e00-\u9fff]{2,8}?)(?P<day>(?:\d{1,2}月)?\d{1,2}日)[电電讯訊]?[)）]?\s*(?:[（(](?:记者|記者)\s*(?P<by>[^）)]{2,40})[）)])?\s*"),
    re.compile(r"^\s*【(?P<place>[^】＝=\s]{1,12}?)(?P<agency>共同|時事|ロイター)?】\s*"),
    re.compile(r"^\s*【(?P<place>[^】＝=\s]{1,12})[＝=](?P<by>[^】]{2,20})】\s*"),
    re.compile(r"^\s*［(?P<place>[^］\s]{1,12}?)\s*(?P<day>[\d０-９]{1,2}日)?\s*(?P<agency>ロイター|共同|時事)?］\s*(?:-\s*)?"),
    re.compile(r"^\s*[（(](?P<place>[\uac00-\ud7a3·]{2,12})\s*=\s*(?P<agency>[\uac00-\ud7a3A-Za-z0-9]{2,10})[)）]\s*(?:(?P<by>[\uac00-\ud7a3]{2,4}(?:[\s·,]+[\uac00-\ud7a3]{2,4})*)\s*(?:특파원|기자)\s*)?=?\s*"),
)  # fmt: skip
JAPANESE = re.compile("^[［【]")


@dataclass(frozen=True, slots=True)
class Found:
    """A dateline in a paragraph: text[start:end] is it, text[body:] is what follows its separator."""

    dateline: Dateline
    start: int
    end: int
    body: int
    authors: tuple[str, ...] = ()  # named within it (East Asian copy)
    byline: str | None = None


@dataclass(frozen=True, slots=True)
class _Head:
    places: tuple[str, ...]
    regions: tuple[str, ...]
    day: Day | None
    shape: bool  # something like a day that is none
    agency: str | None
    tag: str | None  # a bracket that is no known agency
    known: bool  # the first place stands in the table
    upper: bool


def find_dateline(
    text: str, *, published: date | None = None, prefer: tuple[str | None, ...] = (), alone: bool = False
) -> Found | None:
    """The dateline at the head of a first paragraph, or None.

    published: resolves the year. prefer: countries of agency and paper, for namesakes. alone: the paragraph stands on a
    line of its own above the story (then a bare known place is enough).
    """
    lead = len(text) - len(text.lstrip())
    window = text[lead : lead + REACH]
    if not window or window[0].islower() or (window[0].isdigit() and not re.match(r"\d{1,2}\s", window)):
        return None
    if window[0] in "［【（(新中" and (found := _east_asian(text, published)):
        return found
    if window[0] in "(/[" and (found := _agency_first(text, lead, published, prefer)):
        return found
    for end, sep in _ends(window):
        if end > 3 and (found := _accept(text, lead, end, sep, published, prefer, alone)):
            return found
    return None


def _ends(window: str) -> Iterator[tuple[int, str]]:
    """(where the head ends, kind of its end) from the left; the paragraph's own end is kind "line"."""
    for match in ENDS.finditer(window):
        kind = match.lastgroup or ""
        yield (
            (match.end() if kind in ("close", "slash") else match.start()),
            kind if kind != "sep" else match.group().strip() or " ",
        )


def _accept(
    text: str,
    lead: int,
    end: int,
    sep: str,
    published: date | None,
    prefer: tuple[str | None, ...],
    alone: bool,
) -> Found | None:
    stop = lead + end
    head = _parsed(text[lead:stop], published)
    if head is None:
        return None
    rest = text[stop:]
    if sep == "line" and not alone and head.day is None and head.agency is None:
        return None
    if not head.agency and not rest.strip() and not alone:
        return None
    after = AFTER.match(rest)
    body = stop + (after.end() if after else 0)
    # "НЬЮ-ДЕЛИ, 2 июн - РИА Новости. …", "Calif.--(BUSINESS WIRE)9 Novembre 2004--": the agency stands behind the separator.
    agency = head.agency
    if agency is None and (more := _agency_behind(text, body, head)):
        agency, stop, body = more
    elif (
        agency is not None
        and sep == "close"
        and (
            dated := re.match(
                r"\s*,?\s*([^\W\d]{3,9}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [^\W\d]{3,9} \d{4})\s*[-–—:]", rest
            )
        )
    ):
        late = day_at_end(dated[1], published) if head.day is None else None
        if late:
            head = _Head(head.places, head.regions, late, False, agency, None, head.known, head.upper)
            stop += dated.end(1)
            trailing = AFTER.match(text[stop:])
            body = stop + (trailing.end() if trailing else 0)
    if not _believed(head, agency, sep, text[body:], alone):
        return None
    return Found(_made(text[lead:stop], head, agency, prefer), lead, stop, body)


def _agency_behind(text: str, body: int, head: _Head) -> tuple[str, int, int] | None:
    rest = text[body : body + 40]
    found = re.match(
        r"(?:[(（]([^()（）]{2,30})[)）]|([^\s(]{2,24}(?: [^\s.(]{2,10})?))\s*(\.-|[.:]?\s*[-–—]{1,3}|\.\s)",
        rest,
    )
    if not found or not (head.known or head.day):
        return None
    code = code_of(found[1] or found[2])
    if code is None or (found[2] and len(found[2]) < 3):
        return None
    stop = body + found.end(1 if found[1] else 2) + (1 if found[1] else 0)
    after = AFTER.match(text[stop:])
    return code, stop, stop + (after.end() if after else 0)


def _parsed(raw: str, published: date | None) -> _Head | None:
    """A head read from its right end, or None where it is none."""
    rest, agency, tag = raw.rstrip(" ,:;"), None, None
    if bracket := BRACKET.search(rest):
        inner = bracket["in"].strip()
        agency = next(iter(codes_in(inner)), None)
        opener = rest[bracket.start()]
        if (
            agency is None
            and opener != "["
            and region_country(inner) is None
            and not day_at_end(inner, published)
        ):
            if opener == "/" or len(inner) > 24 or not inner[:1].isalpha():
                return None
            tag = inner
        if agency or tag:
            rest = rest[: bracket.start()].rstrip(" ,-–—.")
            if bracket.start() and opener == "/" and not rest:
                return None
    if agency is None and tag is None and (loose := LOOSE_AGENCY.search(rest)):
        code = code_of(loose["in"])
        before = rest[: loose.start()].rstrip(" ,.")
        if code and (day_at_end(before, published) or ("-" in loose.group() and candidates(before))):
            agency, rest = code, before
    rest = rest.rstrip(" .,:") if rest.endswith((",", ":", " ")) else rest
    day = day_at_end(rest, published)
    shape = False
    if day:
        rest = rest[: day.start]
    elif found := SHAPE.search(rest):
        shape, rest = True, rest[: found.start()]
    rest = (
        re.sub(r"(?:\s+(?:في|de|on|le|den|am))?[\s,.;:۔–-]*$", "", rest).strip()
        if day or shape
        else rest.strip(" ,;:")
    )
    if not rest:
        return _Head((), (), day, shape, agency, tag, False, False) if (day and agency) else None
    places = _places(rest)
    if places is None:
        return None
    names, regions = places
    known = bool(candidates(names[0])) or (bool(region_country(names[0])) and len(names[0]) > 3)
    upper = names[0].isupper() and len(names[0]) > 2
    return _Head(names, regions, day, shape, agency, tag, known, upper)


REGION_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{2,30})[)\]]")


def _places(rest: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """(places, regions) of "Jaipur (Rajasthan) [India]", "PORTLAND, Ore.", "MUNICH/LONDON"; None for what is no name."""
    regions = [found.strip() for found in REGION_BRACKET.findall(rest)]
    rest = REGION_BRACKET.sub("", rest).strip(" ,.")
    if (
        not rest
        or len(rest) > 70
        or any(c in rest for c in '?!"“”;:()@#%*+=<>|•…')
        or any(c.isdigit() for c in rest)
    ):
        return None
    parts = [part.strip() for part in rest.split(",") if part.strip()]
    if not parts or len(parts) > 4:
        return None
    names: list[str] = []
    for index, part in enumerate(parts):
        if index and region_country(part):
            regions.append(part)
            continue
        if (
            index
            and (split := re.match(r"(.+?) (?:and|und|et|y|e) (.+)$", part))
            and region_country(split[1])
        ):
            regions.append(split[1])
            part = split[2]
        if index and not candidates(part):
            return None
        joint = [one.strip() for one in re.split(r"\s*/\s*| - (?=[A-Z])", part) if one.strip()]
        if (
            len(joint) == 1
            and (split := re.match(r"(.+?) (?:and|und|et|y|e|&) (.+)$", part))
            and candidates(split[1])
            and candidates(split[2])
        ):
            joint = [split[1], split[2]]
        if len(joint) > 3:
            return None
        names += joint
    if not names or not all(_name_like(name) for name in names):
        return None
    if fold(names[0]) in NOT_PLACES:
        return None
    return tuple(names), tuple(regions)


def _name_like(name: str) -> bool:
    words = name.split()
    if not words or len(words) > 5 or len(name) > 40:
        return False
    for index, word in enumerate(words):
        first = word.lstrip("'’ʻ‘-")[:1]
        if not first:
            return False
        if (
            first.islower()
            and (index == 0 or word.lower() not in SMALL)
            and not re.match(r"^(?:al|el|ad|as|ash|d|l)[-'’]", word)
        ):
            return False
    return True


SENTENCE = re.compile(r"[\"“„«‘'(\[]*\s*(?:[^\W\d_]|\d|[₹$€£])")


def _believed(head: _Head, agency: str | None, sep: str, rest: str, alone: bool) -> bool:
    """Is the evidence enough? A day or an agency in brackets is proof; a bare place must be known and begin a sentence."""
    if agency and (head.places or head.day):
        return (
            head.known
            or head.upper
            or head.day is not None
            or sep in ("close", "slash")
            or len(head.places[0].split()) <= 4
        )
    if not head.places:
        return False
    if head.day or head.shape:
        return (head.known or head.upper or bool(head.regions) or head.day is not None) and not (
            head.shape and not head.upper
        )
    if head.tag:
        return (
            (head.upper or head.known)
            and sep == "close"
            and bool(re.match(r"\s*[-–—:]", rest) or True)
            and head.tag[0].isupper()
        )
    if sep in ("close", "slash"):
        return False
    return _bare_place(head, sep, rest, alone)


def _bare_place(head: _Head, sep: str, rest: str, alone: bool) -> bool:
    first = head.places[0]
    if not (head.known or (head.regions and head.upper)):
        return False
    if sep == "line":
        return alone and all(candidates(name) for name in head.places)
    if not SENTENCE.match(rest) or rest[:1].islower():
        return False
    if not all(candidates(name) or region_country(name) for name in head.places):
        return False
    if len(head.places) > 1 and not (head.upper or "/" in "/".join(head.places)):
        return False
    countryish = not candidates(first)
    if countryish and not head.upper:
        return False
    if ":" in sep:
        # "Berlin: Symphony of a Great City returns": a title, known by its run of capitals and no verb form before long.
        return len(first.split()) <= 4 and not _titled(rest)
    # " – " with a second dash close by is an apposition; "Mumbai – Pune travel time" a route.
    if re.search(r"^[^.]{0,60}?\s[–—-]{1,2}\s", rest) and not head.upper:
        return False
    if re.match(r"(?:the|a|an)\s", rest):
        return False
    follower = re.match(r"([A-Z][\w’'-]+)\s+[a-z]\w+", rest)
    namesakes = candidates(follower[1]) if follower and not head.upper else ()
    return not (namesakes and namesakes[0][1] > 500)


def _titled(rest: str) -> bool:
    words = re.findall(r"[^\s]+", rest[:80])[:7]
    caps = sum(word[:1].isupper() for word in words)
    smalls = {"of", "a", "the", "in", "and", "for", "to"}
    return (
        len(words) >= 5
        and caps >= 4
        and sum(word in smalls for word in words) >= 2
        and caps + sum(word in smalls for word in words) >= len(words) - 1
    )


def _made(raw: str, head: _Head, agency: str | None, prefer: tuple[str | None, ...]) -> Dateline:
    agencies = catalogue()
    own = agencies[agency].country if agency else None
    text = raw.strip().rstrip(",:; ").strip()
    names = tuple(titled(name) for name in head.places)
    country = country_of(head.places[0], regions=head.regions, prefer=(*prefer, own)) if head.places else None
    return Dateline(
        text=text,
        place=names[0] if names else None,
        places=names,
        region=head.regions[0] if head.regions else None,
        country=country,
        date=head.day.iso if head.day else None,
        agency=agency,
    )


def titled(name: str) -> str:
    """A place in title case: "NEW DELHI" → "New Delhi"; mixed case stays as written."""
    if not name.isupper() or len(name) <= 2 or name in ("UAE", "USA", "DC"):
        return name
    words = [
        word.lower() if index and word.lower() in SMALL else word[:1] + word[1:].lower()
        for index, word in enumerate(name.split())
    ]
    return (
        re.sub(r"(?<=[-'’.])([^\W\d_])", lambda m: m[1].upper(), " ".join(words))
        .replace(" Dc", " DC")
        .replace("D.c.", "D.C.")
    )


def _agency_first(
    text: str, lead: int, published: date | None, prefer: tuple[str | None, ...]
) -> Found | None:
    """ "(ANSA) - ROMA, 02 GIU - …": the agency stands before the place."""
    first = re.match(r"[(/\[]\s*([^()/\[\]]{2,30})\s*[)/\]]\s*\.?\s*[-–—]{0,2}\s*", text[lead:])
    if not first or not (code := code_of(first[1])):
        return None
    inner = find_dateline(
        text[lead + first.end() :], published=published, prefer=(*prefer, catalogue()[code].country)
    )
    if not inner or not inner.dateline.date:
        return None
    shift = lead + first.end()
    line = inner.dateline
    made = Dateline(
        text=text[lead : shift + inner.end].strip(), place=line.place, places=line.places, region=line.region,
        country=line.country, date=line.date, agency=code,
    )  # fmt: skip
    return Found(made, lead, shift + inner.end, shift + inner.body)


def _east_asian(text: str, published: date | None) -> Found | None:
    for form in CJK_HEADS:
        found = form.match(text)
        if not found:
            continue
        parts = found.groupdict()
        agency = code_of(parts["agency"]) if parts.get("agency") else None
        if parts.get("agency") and agency is None:
            continue
        place = parts["place"]
        if not agency and not parts.get("by") and not candidates(place):
            continue
        line = (
            text[: found.start("by")].rstrip(" （(")
            if parts.get("by") and not JAPANESE.match(text.strip())
            else found.group()
        )
        line = re.sub(r"\s*(?:记者|記者|-|=)\s*$", "", line.strip()).rstrip(" （(=")
        day = day_at_end(parts["day"], published) if parts.get("day") else None
        by = parts.get("by") or (parts.get("reporter") if parts.get("reporter") else None)
        names = (
            tuple(name for name in re.split(r"[、，,\s·]+", re.sub(r"^(?:记者|記者)", "", by)) if name)
            if by
            else ()
        )
        made = Dateline(
            text=line, place=place, places=(place,), country=country_of(place) or (catalogue()[agency].country if agency else None),
            date=day.iso if day else None, agency=agency,
        )  # fmt: skip
        shown = None
        if by:
            at = text.find(by)
            shown = (
                by
                if JAPANESE.match(text.strip())
                else (
                    text[at - 2 : at] + by
                    if text[at - 2 : at] in ("记者", "記者")
                    else by + (" 기자" if "기자" in found.group() else "")
                )
            )
        return Found(made, 0, len(line), found.end(), names, shown)
    return None
