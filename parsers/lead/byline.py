"""Bylines: the line as printed, the people in it, the agencies it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from parsers.lead.agencies import catalogue, code_of
from parsers.text import tidy

# Lead-ins; a name that begins so ("Abby", "Byrne", "Parker", "Divya") is safe, since white space or a colon must follow.
LEAD_IN = re.compile(
    r"^(?:(?:By|BY|by)(?:\s+(?:By|BY))?(?:\s*:\s*|\s+)|(?i:written by|authored by|reported by|story by|article by|words by|curated by|text by|compiled by|posted by|author|oleh|autore?|auteur|penulis|автор)\s*(?::\s*|\s)"
    r"|(?:Von|VON|von|Par|PAR|par|Por|POR|por|Di|DI|di|Door|door|Av|av|Af|af|От|Автор)(?:\s*:\s*|\s+(?=\S+\s+\S)))(?=\S)"
)
ROLE = re.compile(
    r"(?i)\b(?:correspondents?|reporters?|bureau|desk|staff|editors?|service|network|team|newsroom|writers?|agencies|agency|columnist|contributor|"
    r"producer|photographer|analyst|news|redaktion|rédaction|redacción|redazione|redaksi|redação|onlineredaktion|media|tribune|express|times|"
    r"report|admin|administrator|webdesk|online|digital|feed|editorial|updated|posted|department|university|redakcja|redakce|szerkesztőség)(?![\w-])"
    r"|संवाददाता|ब्यूरो|डेस्क|प्रतिनिधि|एजेंसी|প্রতিবেদক|প্রতিনিধি|ডেস্ক|ڈیسک|نمائندہ|رپورٹر|خبرنگار|مراسل|وكالات|நிருபர்|编辑部|編集部|特派员|통신원"
)
TITLE = re.compile(
    r"^(?:(?:dr|prof|mr|mrs|ms|sir|shri|smt)\.?|(?:rev|capt|col|maj|lt|gen|brig|cdr|adv|er|ing|mag|dipl)\.)\s+(?=\S+\s*\S)",
    re.I,
)
LAST_DOT = re.compile(r"(?:^|\s|\.)(?:[^\W\d_]|[JjSs][Rr]|Ph\.?D|M\.?D)\.$")
SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv)\.?$", re.I)
# Degrees stand after a name and are none of it.
DEGREE = re.compile(
    r"^(?:ph\.?\s?d|m\.?d|m\.?b\.?a|m\.?p\.?h|m\.?sc|b\.?sc|m\.?a|b\.?a|j\.?d|ll\.?[bm]|r\.?n|r\.?d|c\.?p\.?a|cfa|cfp|dds|dvm|mbbs|dipl\.-ing)\.?$",
    re.I,
)
# "Jane Roe in Paris", "Jane Roe for the Daily Star"
PLACE_TAIL = re.compile(
    r"\s+(?:(?:in|at|from|à|aus|en|em|a|pour|für)\s+(?=[A-ZÀ-Þ])|(?:for|For|FOR)\s+(?=(?:[Tt]he\s+)?[A-ZÀ-Þ])).*$"
)
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w+|https?://\S+")
STAMP = re.compile(
    r"(?i)\b(?:updated|published|posted|last modified|edited|first published)?\s*(?:on|at)?:?\s*(?:\w+\s+\d{1,2},?\s*\d{4}|\d{1,2}\s+\w+,?\s+\d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d\d-\d\d).*$"
)
COMMAS = re.compile(
    r"\s*(?:;|\||،|、|\n|\s[·•/]\s|(?<=[^\W\d_])/(?=[^\W\d_]{3})|\s&\s|,?\s+(?:and|AND|And|und|UND|et|og|och|oraz|и|та|और|এবং|اور|و)\s+|,)\s*"
)
LINKS = re.compile(
    r"\s+(?:y|e|i|dan|a|en|ja|és|ve|și)\s+"
)  # between two full names only: "Ortega y Gasset" is one
EAST = re.compile(
    r"^(?:记者|記者|文|編集委員|編輯|기자)?\s*(?P<name>[\u4e00-\u9fff]{2,4}|[\uac00-\ud7a3]{2,4}|[\u4e00-\u9fff\u30a0-\u30ff]{2,8})\s*(?:记者|記者|기자|특파원)?$"
)
PARTICLES = frozenset(
    (
        "de da di van von der den del la le las los bin bint al el ter dos das du do ibn y e i zu af av ten of op het "
        "te vom zum zur dal della dello degli delle lo abu ben ould 't ar e d und na фон де ван дер ди оглы кызы"
    ).split()
)
CASED = re.compile(r"[A-Za-zÀ-ÿĀ-ſΑ-ωА-я]")


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline. text: as printed less "By", None where nothing is left; authors: people; credits: agency codes."""

    text: str | None
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()


ROLED = re.compile(
    r"(?i)^(?:reported|written|compiled|story) by\b.*\b(?:edited|written|reported|photos?) by\b"
)


def less_lead_in(text: str) -> str:
    """The byline without "By", "Von", "Par" …; a name is never harmed."""
    return LEAD_IN.sub("", text, count=1)


def person(part: str, *, sure: bool) -> str | None:
    """The name of a person in one part of a byline, or None. sure: the field says that it is a person."""
    name = tidy(MAIL.sub(" ", part))
    name = re.sub(r"\s*[(\[][^)\]]*[)\]]?\s*", " ", name).strip(" ,:;-–—|")
    if not LAST_DOT.search(name):
        name = name.rstrip(" .")
    name = TITLE.sub("", name)
    name = PLACE_TAIL.sub("", name).strip()
    if not name or len(name) > 60 or any(c.isdigit() for c in name):
        return None
    if code_of(name) and not (sure and _name_too(name)):
        return None
    if east := EAST.match(name):
        return east["name"]
    while len(words := name.split()) > 2 and DEGREE.match(words[-1]):
        name = " ".join(words[:-1]).rstrip(",")
    if ROLE.search(name):
        # "Economics Correspondent Melissa Goh": a role before the name.
        tail = re.search(
            r"(?i)\b(?:correspondent|reporter|editor|writer)\s+((?:[A-ZÀ-Þ][\w'’.-]+\s?){2,4})$", name
        )
        return tail[1].strip() if tail and not ROLE.search(tail[1]) else None
    if len(words) > 7 or (len(words) == 1 and not sure):
        return None
    if (
        CASED.search(name)
        and any(
            word[:1].islower()
            and word.lower() not in PARTICLES
            and not word.startswith(("d'", "d’", "al-", "el-"))
            for word in words
        )
        and not (sure and (name.islower() or (len(words) == 2 and words[0][0].isupper())))
    ):
        return None
    return name


def _name_too(word: str) -> bool:
    """Is an agency's alias a given name as well ("Petra", "Mia")? The catalogue marks such; a name is not in capitals."""
    code = code_of(word)
    return " " not in word and word.istitle() and code is not None and catalogue()[code].word


def _parts(text: str) -> list[str]:
    """The people and posts that a byline lists."""
    found = []
    for part in COMMAS.split(text):
        both = LINKS.split(part, maxsplit=1)
        whole = (
            len(both) == 2 and min(sum(not SUFFIX.match(word) for word in side.split()) for side in both) >= 2
        )
        found += both if whole else [part]
    return [part for part in found if part]


def _service_after(part: str) -> tuple[str, list[str]]:
    """(name, codes) of a name that a service follows with nothing between: "Jane Roe Reuters", "Staff The Associated Press"."""
    words = part.split()
    for size in (3, 2, 1):
        if len(words) - size >= (2 if size == 1 else 1) and not code_of(part):
            tail = " ".join(words[-size:])
            code = code_of(tail)
            if code and (size > 1 or (not catalogue()[code].word and (tail.isupper() or len(tail) > 3))):
                return " ".join(words[:-size]), [code]
    return part, []


def read_byline(text: str | None, *, sure: bool = False) -> Byline:
    """A byline got from a page, a feed or a wire's own element.

    text: as printed. sure: it comes from a field for authors, so that a single word may be a name.
    """
    line = tidy(text).strip(" |•·-–—")
    if not line:
        return Byline(None)
    shown = (line if ROLED.match(line) else less_lead_in(line)).strip(" |•·-–—:")
    shown = re.sub(r"\s*\|\s*(?:updated|published|posted|last)\b.*$", "", shown, flags=re.I).strip()
    bare = STAMP.sub("", re.sub(r"(?i)\b(?:reported|edited|written|compiled)\s+by:?\s*", "", shown)).strip(
        " |,;"
    )
    if not bare:
        return Byline(None)
    authors: list[str] = []
    credits: list[str] = []
    if (whole := code_of(bare)) and not (sure and _name_too(bare)):
        return Byline(shown, (), (whole,))
    for part in _parts(re.sub(r"\(([^)]*)\)", r", \1", bare)):
        if SUFFIX.match(part) and authors:
            authors[-1] = f"{authors[-1]}, {part}"
            continue
        if DEGREE.match(part) and authors:
            continue
        part, service = _service_after(part)
        credits += service
        code = (None if sure and _name_too(part) else code_of(part)) or code_of(
            re.sub(r"(?i)\s+(?:staff|writer|reporter|correspondent|news)+\b.*$", "", part)
        )
        if code:
            credits.append(code)
        elif name := person(part, sure=sure):
            authors.append(name)
    return Byline(shown or None, tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(credits)))


NAME = r"(?:[A-ZÀ-ÞĀ-Ž][\w'’.\-]*)"
BY_LINE = re.compile(
    r"^(?:By|BY|by|Von|VON|Par|PAR|Por|POR|Di|di|Oleh|Door|Av|Af|Written by|Reported by|Story by|Edited by|Compiled by|Автор|Penulis)\s*:?\s+(?P<who>\S.{1,140})$"
)
ANONYMOUS = re.compile(
    r"^(?:from\s+)?(?:(?:our|a|an|the|staff|special|sports?|chief|senior|legal|political|city|HT|ET|TNN|TOI|IE|PTI|UNI|DC|EOI)\s+)*(?:[A-Z][\w&]*\s+){0,3}"
    r"(?:correspondents?|reporters?|bureau|news service|news network|web ?desk|news ?desk|staff|desk)\s*:?$",
    re.I,
)
REVERSED = re.compile(rf"^(?P<who>{NAME}(?: {NAME}){{1,3}}) By$")


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
        return replace(read_byline(found["who"]), text=line)
    if re.match(r"(?i)^(?:reported|written|edited) by:", line):
        return read_byline(line)
    return None
