"""Is a line at the head of a story its byline: people, posts, desks and agencies, and nothing that is a sentence?"""

from __future__ import annotations

import re
from dataclasses import replace

from parsers.lead.agencies import code_of, codes_in
from parsers.lead.byline import ANONYMOUS, EAST, PARTICLES, ROLE, VERBS, Byline, person, read_byline
from parsers.lead.places import candidates

NAME = r"(?:[A-ZÀ-ÞĀ-ŽА-ЯΑ-Ω][\w'’.\-]*)"
BY_LINE = re.compile(
    rf"^(?:(?:By|BY|by|Von|VON|Par|PAR|Por|POR|Di|DI|di|Oleh|Door|DOOR|Av|AV|Af|AF|Автор|Penulis|Autor|Autore|Auteur)\s*:?\s+|(?i:(?:{VERBS})\s+by)\s*:?\s+)(?P<who>\S.{{1,140}})$"
)
# The same in scripts without case: "जागरण संवाददाता", "নিজস্ব প্রতিবেদক", "نامہ نگار".
ANONYMOUS_TOO = re.compile(
    r"^(?!.*[।.,:])(?:\S+\s){0,3}(?:संवाददाता|सूत्र|ब्यूरो|डेस्क|प्रतिनिधी?|नेटवर्क|वृत्तसेवा|वार्ताहर|टीम|প্রতিবেদক|প্রতিনিধি|সংবাদদাতা|রিপোর্টার|ডেস্ক|نمائندہ|رپورٹر|ڈیسک|نگار|நிருபர்|ప్రతినిధి|ವರದಿ|લેખક|സ്വന്തം ലേഖകൻ)$"
)
REVERSED = re.compile(rf"^(?P<who>{NAME}(?: {NAME}){{1,3}}) By$")
HANDLE = re.compile(rf"^(?P<who>{NAME}(?: {NAME}){{1,3}})\s+@\w+$")
BARE_NAMES = re.compile(rf"^{NAME}(?: {NAME}){{1,3}}(?:(?:, | & | and ){NAME}(?: {NAME}){{1,3}})*$")
AGENCYS_OWN = re.compile(
    rf"^(?P<agency>[A-Z]\S+(?: [A-Z]\S+)?) (?i:staff )?(?i:writer|reporter|correspondent)s?:? (?P<who>{NAME} {NAME}.*)$"
)
WITH_PLACE = re.compile(r"^(?P<who>[^,|–—]{4,60}?)\s*(?:,|\s[-–—|]|\|)\s*(?P<place>[^\d,|]{3,30})$")
EASTERN = re.compile(
    r"^(?:(?:本报|本報|本社|特约)?(?:记者|記者)\s*[：:]?\s*\S.{1,30}|\S{2,4}\s*(?:기자|특파원|記者)(?:\s+\S+@\S+)?)$"
)
# Words without a capital that a byline may hold beside particles of names.
BETWEEN = frozenset(
    (
        "and in at of for with from the by to und in aus mit et avec à y en con por e da do com og och i med ja oraz w z s from our a an as told special contributor contributing "
        "agencies agency staff writer writers reporter reporters correspondent correspondents editor editors news wire wires services service bureau desk team photos photo photographs video"
    ).split()
)


def plausible(who: str) -> bool:
    """Is every word without a capital one that bylines hold?"""
    if who.rstrip().endswith(("?", "!", ":")):
        return False
    bare = re.sub(r"\S*[@/]\S+|\([^)]*\)|\d+", " ", who)
    words = re.findall(r"[^\W\d_][\w'’.-]*", bare)
    return all(
        not word[0].islower()
        or word in BETWEEN
        or word in PARTICLES
        or code_of(word)
        or word.startswith(("d'", "d’", "al-", "el-", "l'"))
        for word in words
    )


def byline_of_line(line: str) -> Byline | None:
    """A line of its own at the head of a story as a byline, or None where it is a sentence or a heading."""
    if len(line) > 150:
        return None
    if len(line) < 60 and (ANONYMOUS.match(line) or ANONYMOUS_TOO.match(line)):
        shown = read_byline(line)
        return Byline(shown.text or line.rstrip(" :"), (), tuple(filter(None, [code_of(line.rstrip(" :"))])))
    if found := BY_LINE.match(line):
        made = read_byline(line)
        known = made.authors or made.credits or ANONYMOUS.match(re.split(r"\s*\|", found["who"])[0].strip())
        return made if known and plausible(found["who"]) else None
    if found := REVERSED.match(line):
        return read_byline(found["who"])
    if len(line) < 40 and not line.startswith(("--", "(", "[")) and (codes := codes_in(line)):
        return Byline(line, (), codes)
    if found := HANDLE.match(line):
        return replace(read_byline(found["who"]), text=line)
    if (found := AGENCYS_OWN.match(line)) and (code := code_of(found["agency"])):
        return Byline(line, read_byline(found["who"]).authors, (code,))
    if EASTERN.match(line) and (made := read_byline(line)).authors:
        return Byline(line, made.authors, made.credits)
    return _unled(line)


def _unled(line: str) -> Byline | None:
    """Names with an agency and no "By": "ANN BELL, Associated Press", "Ann Bell in Geneva and agencies", "Le Monde avec AFP"."""
    if len(line) > 90 or line.endswith((".", "।", "。", ":")) or "  " in line:
        return None
    parts = UNLED.split(line)
    if len(parts) < 2 or not code_of(parts[-1]) or not plausible(line):
        return None
    made = read_byline(line)
    if not made.credits:
        return None
    people = [part for part in parts if not code_of(part)]
    named = all(person(part, sure=False) or ROLE.search(part) for part in people)
    return made if named and not any(candidates(part.strip()) for part in people) else None


def byline_with_place(line: str) -> tuple[Byline, str] | None:
    """(byline, place) of "By HT Correspondent, Ludhiana", "STAFF REPORTER - KURNOOL", "Asha Rao, Mumbai"; None for others."""
    found = WITH_PLACE.match(line)
    if not found or not candidates(found["place"].strip()):
        return None
    who = found["who"].strip()
    made = byline_of_line(who)
    if made is None and BARE_NAMES.match(who) and not candidates(who):
        made = read_byline(who)
    if made is None or not (made.authors or made.credits or ANONYMOUS.match(who) or ANONYMOUS_TOO.match(who)):
        return None
    return made, found["place"].strip()


UNLED = re.compile(r",| and | & | avec | with | mit ")
INLINE_DESK = re.compile(
    r"(?P<who>[^।.,:|\n]{4,45}?)\s*,\s*(?=(?P<place>[^\s।:,\d][^।:,\n\d]{1,25}?)\s*(?:[।:]|\s[-–—]\s))"
)


def inline_desk(text: str) -> tuple[Byline, int] | None:
    """(byline, its end) of a desk that runs into a place: "जागरण संवाददाता, लखनऊ। …", "Staff Reporter, Kochi: …"; None for others."""
    found = INLINE_DESK.match(text) if "," in text[4:60] else None
    if not found or not candidates(found["place"]):
        return None
    who = found["who"]
    if not (ANONYMOUS.match(who) or ANONYMOUS_TOO.match(who) or code_of(who)):
        return None
    code = code_of(who)
    return Byline(who, (), (code,) if code else ()), found.end()


__all__ = [
    "ANONYMOUS",
    "ANONYMOUS_TOO",
    "BARE_NAMES",
    "EAST",
    "NAME",
    "byline_of_line",
    "byline_with_place",
    "inline_desk",
    "plausible",
]
