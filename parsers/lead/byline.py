"""Bylines: the line as printed, the people in it, the agencies it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.lead.agencies import code_of
from parsers.text import tidy

# Lead-ins; a name that begins so ("Abby", "Byrne", "Parker", "Divya") is safe, since white space or a colon must follow.
LEAD_IN = re.compile(
    r"^(?:by\s+by|by|written by|reported by|story by|text by|edited by|compiled by|posted by|author|von|par|por|di|de|oleh|af|av|door|door|autor|autore|auteur|penulis|автор|от)(?:\s*:\s*|\s+)(?=\S)",
    re.I,
)
ROLE = re.compile(
    r"(?i)\b(?:correspondents?|reporters?|bureau|desk|staff|editors?|service|network|team|newsroom|writers?|agencies|agency|columnist|contributor|"
    r"producer|photographer|analyst|news|press|redaktion|rédaction|redacción|redazione|redaksi|redação|onlineredaktion|media|tribune|express|times|"
    r"report|admin|administrator|webdesk|web|online|digital|feed|editorial|guest|special|our|published|updated|posted|department|office|university)\b"
)
TITLE = re.compile(r"^(?:dr|prof|mr|mrs|ms|sir|shri|smt|rev|capt|col|maj|lt|gen)\.?\s+", re.I)
SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|ph\.?d|md)\.?$", re.I)
PLACE_TAIL = re.compile(r"\s+(?:in|at|from|à|aus|en|em|a)\s+[A-ZÀ-Þ].*$")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w+|https?://\S+")
STAMP = re.compile(
    r"(?i)\b(?:updated|published|posted|last modified|edited|first published)?\s*(?:on|at)?:?\s*(?:\w+\s+\d{1,2},?\s*\d{4}|\d{1,2}\s+\w+,?\s+\d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d\d-\d\d).*$"
)
PARTS = re.compile(
    r"\s*(?:;|\||/|•|·|、|،|\n|\s&\s|,?\s+(?:and|und|et|y|e|dan|og|och|और|и|та)\s+|,)\s*", re.I
)
EAST = re.compile(
    r"^(?:记者|記者|文|編集委員|編輯|기자)?\s*(?P<name>[\u4e00-\u9fff]{2,4}|[\uac00-\ud7a3]{2,4}|[\u4e00-\u9fff\u30a0-\u30ff]{2,8})\s*(?:记者|記者|기자|특파원)?$"
)
CASED = re.compile(r"[A-Za-zÀ-ÿĀ-ſΑ-ωА-я]")


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline. text: as printed less "By", None where nothing is left; authors: people; credits: agency codes."""

    text: str | None
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()


def less_lead_in(text: str) -> str:
    """The byline without "By", "Von", "Par" …; a name is never harmed."""
    return LEAD_IN.sub("", text, count=1)


def person(part: str, *, sure: bool) -> str | None:
    """The name of a person in one part of a byline, or None. sure: the field says that it is a person."""
    name = tidy(MAIL.sub(" ", part))
    name = re.sub(r"\s*[(\[][^)\]]*[)\]]?\s*", " ", name).strip(" .,:;-–—|")
    name = TITLE.sub("", name)
    name = PLACE_TAIL.sub("", name).strip()
    if not name or len(name) > 60 or any(c.isdigit() for c in name) or code_of(name):
        return None
    if east := EAST.match(name):
        return east["name"]
    words = name.split()
    if ROLE.search(name):
        # "Economics Correspondent Melissa Goh": a role before the name.
        tail = re.search(
            r"(?i)\b(?:correspondent|reporter|editor|writer)\s+((?:[A-ZÀ-Þ][\w'’.-]+\s?){2,4})$", name
        )
        return tail[1].strip() if tail and not ROLE.search(tail[1]) else None
    if len(words) > 6 or (len(words) == 1 and not sure):
        return None
    if CASED.search(name):
        small = {
            "de",
            "da",
            "di",
            "van",
            "von",
            "der",
            "den",
            "del",
            "la",
            "le",
            "bin",
            "al",
            "el",
            "ter",
            "dos",
            "das",
            "du",
            "ibn",
            "y",
            "e",
            "zu",
            "af",
            "ten",
            "of",
        }
        if any(
            word[:1].islower()
            and word.lower() not in small
            and not word.startswith(("d'", "d’", "al-", "el-"))
            for word in words
        ) and not (sure and name.islower()):
            return None
    return name


def read_byline(text: str | None, *, sure: bool = False) -> Byline:
    """A byline got from a page, a feed or a wire's own element.

    text: as printed. sure: it comes from a field for authors, so that a single word may be a name.
    """
    line = tidy(text).strip(" |•·-–—")
    if not line:
        return Byline(None)
    shown = less_lead_in(line).strip(" |•·-–—:")
    shown = re.sub(r"\s*\|\s*(?:updated|published|posted|last)\b.*$", "", shown, flags=re.I).strip()
    bare = STAMP.sub("", re.sub(r"(?i)\b(?:reported|edited|written|compiled)\s+by:?\s*", "", shown)).strip(
        " |,;"
    )
    if not bare:
        return Byline(None)
    authors: list[str] = []
    credits: list[str] = []
    if whole := code_of(bare):
        return Byline(shown, (), (whole,))
    for part in PARTS.split(re.sub(r"\(([^)]*)\)", r", \1", bare)):
        if not part:
            continue
        if SUFFIX.match(part) and authors:
            authors[-1] = f"{authors[-1]}, {part}"
            continue
        code = code_of(part) or code_of(
            re.sub(r"(?i)\s+(?:staff|writer|reporter|correspondent|news)+\b.*$", "", part)
        )
        if code:
            credits.append(code)
        elif name := person(part, sure=sure):
            authors.append(name)
    return Byline(shown or None, tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(credits)))


NAME = r"(?:[A-ZÀ-ÞĀ-Ž][\w'’.\-]*)"
BY_LINE = re.compile(
    r"^(?:By|BY|by|Von|Par|Por|Di|di|Oleh|Door|Written by|Reported by|Story by|Edited by|Compiled by|Автор)\s*:?\s+(?P<who>\S.{1,140})$"
)
ANONYMOUS = re.compile(
    r"^(?:from\s+)?(?:(?:our|a|an|the|staff|special|sports?|chief|senior|legal|political|city|HT|ET|TNN|TOI|IE|PTI|UNI|DC|EOI)\s+)*(?:[A-Z][\w&]*\s+){0,3}"
    r"(?:correspondents?|reporters?|bureau|news service|news network|web ?desk|news ?desk|staff|desk)\s*:?$",
    re.I,
)
REVERSED = re.compile(rf"^(?P<who>{NAME}(?: {NAME}){{1,3}}) By$")
PIPED = re.compile(r"^(?P<who>[^|\n]{2,60})\s*\|\s*(?P<rest>.{2,80})$")


def byline_of_line(line: str) -> Byline | None:
    """A line of its own at the head of a story as a byline, or None where it is a sentence or a heading."""
    if len(line) > 150:
        return None
    if found := BY_LINE.match(line):
        who = found["who"]
        made = read_byline(line)
        if made.authors or made.credits or ANONYMOUS.match(re.split(r"\s*\|", who)[0].strip()):
            words = [w for w in re.split(r"\W+", who) if w]
            lower = sum(w[:1].islower() for w in words)
            if lower <= len(words) // 3 and not who.rstrip().endswith(("?", "!")):
                return made
        return None
    if found := REVERSED.match(line):
        return read_byline(found["who"])
    if ANONYMOUS.match(line) and len(line) < 60:
        return Byline(line.rstrip(" :"), (), tuple(filter(None, [code_of(line.rstrip(" :"))])))
    if (code := code_of(line)) and len(line) < 40 and not line.startswith(("--", "(")):
        return Byline(line, (), (code,))
    if found := re.match(r"^(?P<who>[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ][\w'’.-]+){1,3})\s+@\w+$", line):
        return read_byline(found["who"])
    if re.match(r"(?i)^(?:reported|written|edited) by:", line):
        return read_byline(line)
    return None
