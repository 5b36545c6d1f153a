"""What stands before a dateline's separator, read from its right end: agency, day, regions, places."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from parsers.lead.agencies import catalogue, code_of, codes_in, could_end
from parsers.lead.days import SHAPE, Day, day_at_end, month_of
from parsers.lead.places import at_sea, candidates, misspelt, region_country

BRACKET = re.compile(
    r"(?:[(（\[]\s*(?P<in>[^()（）\[\]]{1,60})\s*[)）\]]|/\s*(?P<slashed>[^()\[\]/,\d]{1,30}?)\s*/)\s*\.?\s*$"
)
TITLED = re.compile(r"(?:[A-Z][\w.'’&-]*(?:/|\s+|$)){1,6}$")  # "Philippine Daily Inquirer/ANN"
REGION_BRACKET = re.compile(r"\s*[(\[（]([^()\[\]（）]{2,30})[)\]）]")
# The Islamic day before the other one.
ISLAMIC_DAY = re.compile(r"\s+\d{1,2}\s+[^\d]{3,20}\s+\d{4}\s*(?:هـ|ه)?\s*الموافق$")
CLOSERS = frozenset(")）]/")
DAY_WORDS = frozenset("في de on the le den am ngày date dated दि दि. दिनांक ता ता. తేదీ".split())
MARKS = " \t\n\u00a0\u2009\u202f\u3000,.;:،۔–-"
DAY_FIRST = re.compile(r"^(?P<day>\d{1,2}[ .](?:\d{1,2}\.?|\s?[^\s\d,]{3,12})(?: \d{4})?)[\s,–-]+(?=\S)")
JOINT = re.compile(r"\s*(?:/|\s&\s|\s(?:and|und|et|y|e|en|i|a|و|और|и|та)\s)\s*")
NO_NAME = frozenset('?!"“”;:()@#%*+=<>|•…।[]【】［］「」『』$€£')
SMALL = frozenset(
    (
        "de la le el of the an am bei sur du des do da dos del di y i und e et and al les los las upon on in under à "
        "près na nad ob der den auf im vor ved på"
    ).split()
)
GLUED_SMALL = re.compile(r"^(?:al|el|ad|as|ash|an|ar|at|az|d|l|s)[-'’]")
SITE = re.compile(r"(?i)^[a-z]\w{2,14}\.(?:com|co|id|co\.id|net)$")  # "JAKARTA, KOMPAS.com - "
LOOSE = re.compile(r"[\s,.;۔–—/-]+(?=[^\s,()/–—-][^\s,()]{0,30}(?: [^\s,()]{1,12}){0,2}\.?\s*$)")
DIGIT = re.compile(r"\d")
LAST_WORD = re.compile(r"(?s:.*[\s,.;:۔–—/|()-])?(?P<word>[^\s,.;:۔–—/|()-]+)[\s,.;:۔–—/|()-]*$")
LARGE = 1000  # thousands of people of a city that may stand in a region's place
INITIALS = 5  # capitals that an agency or office may sign with
SENTENCE = 60  # characters from which on a head may be a sentence …
MOST_SMALL = 8  # … and is one with more words than these in small letters: no head has as many
LONGEST = 5  # words of a place's name


class Head(NamedTuple):
    """The parts of a head as written."""

    places: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    day: Day | None = None
    shape: bool = False  # something like a day that is none ("March 119")
    agency: str | None = None
    agencies: tuple[str, ...] = ()  # all that the bracket names
    tag: str | None = None  # a bracket that is no known agency, region or place
    known: bool = False  # the first place stands in the table
    upper: bool = False  # the first place stands in capitals
    listed: bool = False  # three places or more with commas between


@lru_cache(
    maxsize=1024
)  # the same head is asked for up to three times a story, and heads of one day are alike
def parsed(raw: str, published: date | None) -> Head | None:
    """A head read from its right end, or None where it is none."""
    if len(raw) > SENTENCE and sum(word[0].islower() for word in raw.split()) > MOST_SMALL:
        return None
    rest = raw.rstrip(" ,:;")
    codes: tuple[str, ...] = ()
    tag: str | None = None
    bracket = BRACKET.search(rest) if rest.rstrip(". ")[-1:] in CLOSERS else None
    if bracket and (found := _bracket(bracket, published)):
        codes, tag, keep = found
        if bracket["in"] and day_at_end(bracket["in"], published):
            rest = rest[: bracket.end("in")].replace(bracket.group()[0], " ", 1)
        elif not keep:
            rest = rest[: bracket.start()].rstrip(" ,-–—.")
    elif bracket:
        return None
    if not codes and tag is None:
        rest, codes = _loose(rest, published)
    rest = rest.rstrip(" .,:") if rest.endswith((",", ":", " ")) else rest
    day, shape = day_at_end(rest, published), False
    if day:
        rest = rest[: day.start]
    elif found_shape := SHAPE.search(rest):
        shape, rest = True, rest[: found_shape.start()]
    elif (ahead := DAY_FIRST.match(rest)) and (day := day_at_end(ahead["day"], published)):
        rest = rest[ahead.end() :]
    rest = _before_day(rest) if day or shape else rest.strip(" ,;:")
    agency = codes[0] if codes else None
    if not rest:
        return Head(day=day, agency=agency, agencies=codes, tag=tag) if day and agency else None
    named = places_in(rest)
    if named is None:
        return None
    names, regions = named
    first = names[0]
    return Head(
        names, regions, day, shape, agency, codes, tag,
        known=bool(candidates(first)) or (len(first) > 3 and bool(region_country(first))) or bool(misspelt(first)),
        upper=len(first) > 2 and first.isupper(), listed=len(names) > 2 and "/" not in rest,
    )  # fmt: skip


def _before_day(text: str) -> str:
    """What stands before a day, less the word and the marks that join them."""
    bare = text.rstrip(MARKS)
    before, _, last = ISLAMIC_DAY.sub("", bare).rpartition(" ")
    return (before if before and last in DAY_WORDS else f"{before} {last}").strip()


def _bracket(
    bracket: re.Match[str], published: date | None
) -> tuple[tuple[str, ...], str | None, bool] | None:
    """(agencies, tag, does the bracket belong to the place) of a closing bracket; None where no head ends so."""
    inner = (bracket["in"] or bracket["slashed"]).strip()
    opener = bracket.group()[0]
    if opener == "[":
        return (), None, True
    if codes := codes_in(inner):
        return codes, None, False
    if opener != "/" and (region_country(inner) or _place(inner) or day_at_end(inner, published)):
        return (), None, True
    if opener == "/" or not inner[:1].isalpha() or not (len(inner) <= 24 or TITLED.match(inner)):
        return None
    return (), inner, False


def _place(inner: str) -> bool:
    """Is what stands in brackets a place? A few capitals are a hamlet's name by chance ("PIA", "ENA")."""
    found = candidates(inner)
    return bool(found) and not (inner.isupper() and len(inner) <= INITIALS and found[0][1] < LARGE)


def _loose(rest: str, published: date | None) -> tuple[str, tuple[str, ...]]:
    """(what stands before it, agencies) where an agency without brackets ends the head: "2 июн - РИА Новости"."""
    last = LAST_WORD.match(rest)
    if "/" not in rest and "|" not in rest and not (last and could_end(last["word"])):
        return rest, ()
    for match in LOOSE.finditer(rest):
        code = code_of(rest[match.end() :])
        if not code:
            continue
        before = rest[: match.start()].rstrip(" ,.-–—/")
        if before and (day_at_end(before, published) or _behind_place(before, match.group(), code)):
            return before, (code,)
    return rest, ()


def _behind_place(before: str, mark: str, code: str) -> bool:
    """Does an agency follow a place with a mark alone between: "دمشق-سانا", "ASTANA. KAZINFORM", "Istanbul / AA"?"""
    near = candidates(before)
    if not near:
        return False
    if mark.strip(" -–—") == "" and mark.strip():
        return True
    return catalogue()[code].country in dict(near) and bool(mark.strip())


def places_in(rest: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """(places, regions) of "Jaipur (Rajasthan) [India]", "PORTLAND, Ore.", "MUNICH/LONDON"; None for what is no name."""
    regions = [found.strip() for found in REGION_BRACKET.findall(rest)]
    if regions:
        rest = REGION_BRACKET.sub("", rest)
    rest = rest.strip(" ,.") if not rest.endswith(".") or "," not in rest else rest.strip(" ,")
    if not rest or len(rest) > 80 or not NO_NAME.isdisjoint(rest) or DIGIT.search(rest):
        return None
    names: list[str] = []
    parts = [
        part.strip()
        for part in rest.replace("،", ",").split(",")
        if part.strip() and not SITE.match(part.strip())
    ]
    if not 1 <= len(parts) <= 5:
        return None
    for index, part in enumerate(parts):
        if index and region_country(part):
            regions.append(part)
            continue
        pieces = (
            [piece.strip(" .") for piece in part.split("/")]
            if "/" in part and not candidates(part)
            else [part]
        )
        if index and region_country(pieces[0]) and len(pieces) > 1:  # "Fla./WASHINGTON"
            regions.append(part.split("/")[0].strip())
            pieces = pieces[1:]
        elif (
            index
            and (joint := JOINT.search(part))
            and joint.start()
            and region_country(part[: joint.start()])
        ):
            regions.append(part[: joint.start()].strip())
            pieces = [part[joint.end() :].strip()]
        elif index and not (candidates(part) and (part.isupper() or not names[0].isupper())):
            if (large := candidates(part)) and large[0][1] >= LARGE and part.istitle():
                regions.append(part)  # "ROLAND GARROS, Paris"
                continue
            return None
        for piece in pieces:
            names += _joined(piece)
    if not 1 <= len(names) <= 4 or not all(map(name_like, names)):
        return None
    return tuple(names), tuple(regions)


def _joined(piece: str) -> list[str]:
    """The places of "London and Paris", "DUBAI/CAIRO" less its stroke; a name that holds such a word stays whole."""
    joint = None if candidates(piece) else JOINT.search(piece)
    if joint and joint.start():
        one, other = piece[: joint.start()].strip(), piece[joint.end() :].strip()
        if candidates(one) and candidates(other):
            return [one, other]
    if " - " in piece:
        both = [part.strip() for part in piece.split(" - ")]
        if len(both) == 2 and all(candidates(part) and part.isupper() for part in both):
            return both
    return [piece]


def name_like(name: str) -> bool:
    """Could this be a place's name by its form: few words, each with a capital or in a script without case?"""
    words = name.split()
    if not words or len(name) > 40 or (len(name) < 2 and name.isascii()):
        return False
    if len(words) > LONGEST and not (len(words) <= LONGEST + 3 and at_sea(name)):
        return False
    for index, word in enumerate(words):
        first = word.lstrip("'’ʻ‘-")[:1]
        if not first:
            return False
        if first.islower() and not GLUED_SMALL.match(word) and (index == 0 or word not in SMALL):
            return bool(candidates(name)) and not name[0].islower()  # "New york", "'s-Hertogenbosch"
    return True


INNER = re.compile(r"(?<=\w)([-'’.])([^\W\d_]{2,})")
# A mark that ends a run of words; a hyphen or a full stop does so with white space before it, a hyphen also before white space or another.
RUN_END = re.compile(r"[\d,()\[\]/:;|=\n–—।۔：（【.-](?:(?<![.-])|(?<=\s[.-])|(?<=-)(?=[\s-]))")


def could_begin(window: str) -> bool:
    """A cheap look at a paragraph's first words: may they be a place and not a sentence?"""
    end = RUN_END.search(window)
    words = (window[: end.start()] if end else window).split()
    if len(words) > 9:
        return not window[:1].isascii() and bool(re.search(r"[.!?]\s", window[:60]))
    small = (
        word[0].islower() and word not in SMALL and not month_of(word) and not GLUED_SMALL.match(word)
        for word in words
    )
    # any() stops at the first; asked again it looks for a second, which few words must not have.
    return not any(small) or (len(words) <= 4 and not any(small))


@lru_cache(maxsize=4096)
def titled(name: str) -> str:
    """A place in title case: "NEW DELHI" → "New Delhi"; mixed case stays as written."""
    if not name.isupper() or len(name) <= 2 or name in ("UAE", "USA"):
        return name
    words = []
    for index, word in enumerate(name.split()):
        if word in ("DC", "D.C.", "UN", "U.N."):
            words.append(word)
        elif index and word.lower() in SMALL:
            words.append(word.lower())
        else:
            words.append(word[:1] + word[1:].lower())
    return INNER.sub(lambda m: m[1] + m[2] if m[2] in SMALL else m[1] + m[2].capitalize(), " ".join(words))
