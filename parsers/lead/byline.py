"""Bylines: the line as printed, the people in it, the agencies it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from parsers.lead.agencies import catalogue, code_of
from parsers.lead.places import candidates
from parsers.text import tidy

# Lead-ins; a name that begins so ("Abby", "Byrne", "Parker", "Divya") is safe, since white space or a colon must follow.
VERBS = r"written|reported|edited|curated|authored|compiled|posted|filed|published|produced|translated|told|reporting|report|story|article|text|words|analysis|interview"
EASTERN_BY = (
    r"(?:بقلم|إعداد|كتب(?:ت)?)\s*[:：]?\s*|(?:लेखक|लेखिका|প্রতিবেদক|記者|记者|作者|撰文|文|기자)\s*[:：]\s*"
)
LEAD_IN = re.compile(
    rf"^(?:(?:By|BY|by)(?:\s+(?:By|BY))?(?:\s*:\s*|\s+)|(?i:(?:{VERBS})\s+by)\s*(?::\s*|\s)|(?i:author|oleh|autor[ea]?|auteur|penulis|pewarta|reporter|autorius|автор|текст|от)\s*(?::\s*|\s(?=\S+\s))"
    rf"|{EASTERN_BY}|(?:Von|VON|von|Par|PAR|par|Por|POR|por|Di|DI|di|Door|door|DOOR|Av|AV|av|Af|AF|af)(?:\s*:\s*|\s+(?=\S+\s+\S)))(?=\S)"
)
BARE_BY = re.compile(
    r"^(?:(?:By|BY|by)(?:\s+(?:By|BY))?(?:\s*:\s*|\s+)|(?i:author|autor[ea]?|auteur|penulis|oleh|автор)\s*(?::\s*|\s)"
    rf"|{EASTERN_BY}|(?:Von|VON|von|Par|PAR|par|Por|POR|por|Di|DI|di|Door|door|DOOR|Av|AV|av|Af|AF|af)(?:\s*:\s*|\s+(?=\S+\s+\S)))(?=\S)"
)  # the lead-ins that are no part of what is shown
ROLE = re.compile(
    r"(?i)\b(?:correspondents?|reporters?|bureau|desk|staff|editors?|service|network|team|newsroom|writers?|agencies|agency|columnist|contributor|"
    r"producer|photographer|analyst|news|redaktion|rédaction|redacción|redazione|redaksi|redação|onlineredaktion|media|tribune|express|times|"
    r"report|admin|administrator|webdesk|online|digital|feed|editorial|updated|posted|department|university|redakcja|redakce|szerkesztőség)(?![\w-])"
    r"|संवाददाता|संवाद|ब्यूरो|डेस्क|प्रतिनिधि|एजेंसी|प्रतिनिधी|नेटवर्क|वृत्तसेवा|वार्ताहर|न्यूज़?|टीम|समाचार|প্রতিবেদক|প্রতিনিধি|সংবাদদাতা|রিপোর্টার|সংবাদ|ডেস্ক|ڈیسک|نمائندہ|رپورٹر|خبرنگار|مراسل|وكالات|நிருபர்|编辑部|編集部|特派员|통신원"
)
TITLE = re.compile(
    r"^(?:(?:dr|prof|professor|mr|mrs|ms|sir|shri|smt|lt[. ]+(?:gen|col|cdr)|maj[. ]+gen|air (?:vice[- ])?(?:marshal|commodore)|brigadier)\.?|(?:rev|capt|col|maj|lt|gen|brig|cdr|adv|er|ing|mag|dipl|fr|hon)\.)"
    r"\s+(?:\(?retd?\.?\)?\s+)?(?=\S+\s*\S)",
    re.I,
)
RETIRED = re.compile(r"(?i)\s*\((?:retd?|retired|dr|mrs?|smt)\.?\)\s*")
FOR_WHOM = re.compile(r"\s+(?:[Ff]or|FOR|[Oo]f|[Ff]rom)\s+(?=(?:[Tt]he|THE)\s+\S|[A-Z])(?P<whom>.+)$")
POST = re.compile(  # "Ann Bell Political Editor": a post right behind the name
    r"(?i)\s+(?:(?:political|sports?|senior|chief|staff|economics?|business|deputy|assistant|associate|national|foreign|health|science|technology|tech|city|legal|crime|education|special|principal|managing|executive|"
    r"investigative|markets?|diplomatic|defen[cs]e|environment|features?|entertainment|religion|royal|showbiz|consumer|money|home affairs|world|news|data|digital|video|audience|night|local government|washington|bureau|europe|asia|africa|us|uk)\s+)*"
    r"(?:correspondents?|reporters?|editors?|writers?|columnists?|contributors?|bureau chief|photographers?|producers?|analysts?|critics?)$"
)
PAPER = re.compile(r"(?:The|Le|La|El|Die|Der|Das|Il)\s\S+$")
OUTLET = re.compile(
    r"^(?:The|Le|La|El|Die|Der|Das|Il)\s|\b(?:TODAY|Today|Times|Herald|Tribune|Journal|Gazette|Magazine|Chronicle|Guardian|Network|TV|Radio|Channel|Weekly|Daily|University|Institute|College|Studio|Group|Inc|Ltd|Foundation|Council|Wire|Observer|Bulletin)\b"
)
# A post or a desk that names nobody: "Our Special Correspondent", "HT Bureau".
ANONYMOUS = re.compile(
    r"^(?:(?:from|by|por|par|di|door|von|da)\s+)?(?:(?:our|a|an|the|staff|special|sports?|chief|senior|legal|political|city|HT|ET|TNN|TOI|IE|PTI|UNI|DC|EOI|onze|la|la nostra)\s+)*(?:[A-Z][\w&]*\s+){0,3}"
    r"(?:correspondents?|reporters?|bureau|news service|news network|web ?desk|news ?desk|staff|desk|editorial board|online|redacción|redação|redazione|redaktion|rédaction|redactie|redaksi|redakcja|redakce|redaktionen)\s*:?$",
    re.I,
)
LAST_DOT = re.compile(r"(?:^|\s|\.)(?:[^\W\d_]|[JjSs][Rr]|Ph\.?D|M\.?D)\.$")
SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv)\.?$", re.I)
# Degrees stand after a name and are none of it.
DEGREE = re.compile(
    r"^(?:ph\.?\s?d|m\.?d|m\.?b\.?a|m\.?p\.?h|m\.?sc|b\.?sc|m\.?a|b\.?a|j\.?d|ll\.?[bm]|r\.?n|r\.?d|c\.?p\.?a|cfa|cfp|dds|esq|obe|mbe|dvm|mbbs|dipl\.-ing)\.?$",
    re.I,
)
# "Jane Roe in Paris", "Jane Roe for the Daily Star"
PLACE_TAIL = re.compile(
    r"\s+(?:(?:in|at|from|à|aus|en|em|a|pour|für)\s+(?=[A-ZÀ-Þ])|(?:for|For|FOR)\s+(?=(?:[Tt]he\s+)?[A-ZÀ-Þ])).*$"
)
# "Ann Bell (with Carl Dorn)", "Text: Ann Bell; Fotos: Carl Dorn"
WITH = re.compile(r"\s*\((?:with|avec|mit|con|com|met|med)\s+([^()]+)\)")
BRACKETED = re.compile(r"\(([^)]*)\)")
ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]?\s*")
MADE_BY = re.compile(r"(?i)^(?:photo(?:graph)?s?|illustrations?|videos?|graphics?) (?:and \w+ )?by\s+")
PICTURES_BY = re.compile(
    r"(?i)(?:^|[;,|/]|\s[-–—])\s*(?:photo(?:graph)?s?|fotos?|bild(?:er)?|illustrations?|infographics?|grafik|video|photographer|fotograf(?:ie)?|imágenes|images?)\s*:[^;|]*"
)
WIRE = re.compile(r"(.+?)\s+(?:news)?wires?$", re.I)  # "CNN Newswire"
LABEL = re.compile(
    r"(?:text|words|story|interview|texte|texto|testo|tekst|bericht|reportage|analyse|kommentar)\s*:\s*", re.I
)
SOURCE = re.compile(r"^(?:来源|來源|출처|source|quelle|fuente|fonte|источник)\s*[:：]\s*", re.I)
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w+|https?://\S+")
STAMP = re.compile(
    r"(?i)\b(?:updated|published|posted|last modified|edited|first published)?\s*(?:on|at)?:?\s*(?:\w+\s+\d{1,2},?\s*\d{4}|\d{1,2}\s+\w+,?\s+\d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d\d-\d\d).*$"
)
UPDATED = re.compile(r"\s*\|\s*(?:updated|published|posted|last)\b.*$", re.I)
ALSO_BY = re.compile(rf"([,;|]\s*|\s+(?:and|&)\s+)(?:{VERBS})\s+by:?\s*", re.I)
COMMAS = re.compile(
    r"\s*(?:;|\||،|、|\n|\s[·•/]\s|(?<=[^\W\d_]{2})/(?=[^\W\d_]{2})|\s(?:[Ww]ith|WITH|avec|mit|met)\s+|\.\s+(?=(?:[Pp]hoto|[Ii]llustrat|[Vv]ideo|[Gg]raphic)\w*)|\s&\s|,?\s+(?:and|AND|And|und|UND|et|og|och|oraz|и|та|और|এবং|اور|و)\s+|,)\s*"
)
LINKS = re.compile(
    r"\s+(?:y|e|i|dan|a|en|ja|és|ve|și)\s+"
)  # between two full names only: "Ortega y Gasset" is one
EAST = re.compile(
    r"^(?:(?:本报|本報|本社|特约|实习|见习)?(?:记者|記者|通讯员|特派员)|文|編集委員|編輯|기자)?\s*[：:]?\s*(?P<name>[\u4e00-\u9fff]{2,4}|[\uac00-\ud7a3]{2,4}|[\u4e00-\u9fff\u30a0-\u30ff]{2,8})\s*(?:记者|記者|기자|특파원)?$"
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


def less_lead_in(text: str) -> str:
    """The byline without "By", "Von", "Par" …; a name is never harmed."""
    return LEAD_IN.sub("", text, count=1)


def person(part: str, *, sure: bool) -> str | None:
    """The name of a person in one part of a byline, or None. sure: the field says that it is a person."""
    name = tidy(MAIL.sub(" ", part) if "@" in part or "://" in part else part)
    name = ASIDE.sub(" ", name).strip(" ,:;-–—|")
    name = MADE_BY.sub("", name)
    name = LABEL.sub("", name, count=1) if LABEL.match(name) else name
    if not LAST_DOT.search(name):
        name = name.rstrip(" .")
    while (less := TITLE.sub("", name)) != name:
        name = less
    name = PLACE_TAIL.sub("", name).strip()
    name = FOR_WHOM.sub("", name).strip()
    if (post := POST.search(name)) and post.start() and " " in name[: post.start()].strip():
        name = name[: post.start()].strip(" ,")
    if not name or len(name) > 60 or (any(c.isdigit() for c in name) and not ROLE.search(name)):
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
            r"\b(?i:correspondent|reporter|editor|writer)s?\s+((?:[A-ZÀ-Þ][\w'’.-]+\s?){2,4})$", name
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
            if code and (
                (size > 1 and not tail.islower())
                or (not catalogue()[code].word and tail in catalogue()[code].aliases)
            ):
                return " ".join(words[:-size]), [code]
    return part, []


def read_byline(text: str | None, *, sure: bool = False) -> Byline:
    """A byline got from a page, a feed or a wire's own element.

    text: as printed. sure: it comes from a field for authors, so that a single word may be a name.
    """
    line = tidy(text).strip(" |•·-–—")
    return _read(line, sure) if line else Byline(None)


@lru_cache(maxsize=1024)  # a page tells its writers several times
def _read(line: str, sure: bool) -> Byline:
    shown = BARE_BY.sub("", line, count=1).strip(" |•·-–—:")
    shown = UPDATED.sub("", shown).strip() if "|" in shown else shown
    timed = any(map(str.isdigit, shown))
    dated = STAMP.search(shown) if timed else None
    if dated and shown[: dated.start()].rstrip().endswith((",", "|", "-", "–", "—")):
        shown = shown[: dated.start()].rstrip(" ,|-–—")
    bare = ALSO_BY.sub(r"\1", shown) if "by" in shown.lower() else shown
    bare = LEAD_IN.sub("", bare, count=1)
    if source := SOURCE.match(bare):
        code = code_of(bare[source.end() :])
        return Byline(shown, (), (code,) if code else ())
    bare = (STAMP.sub("", bare) if timed else bare).strip(" |,;-–—")
    if not bare:
        return Byline(None)
    authors: list[str] = []
    credits: list[str] = []
    if (whole := code_of(bare)) and not (sure and _name_too(bare)):
        return Byline(shown, (), (whole,))
    if "(" in bare:
        bare = BRACKETED.sub(r", \1", WITH.sub(r", \1", RETIRED.sub(" ", bare)))
    for part in _parts(PICTURES_BY.sub("", bare) if ":" in bare else bare):
        if (service_of := WIRE.match(part)) and code_of(service_of[1]):
            part = service_of[1]
        if authors and (SUFFIX.match(part) or DEGREE.match(part)):
            if SUFFIX.match(part):
                authors[-1] = f"{authors[-1]}, {part}"
            continue
        if not FOR_WHOM.search(part):
            part, service = _service_after(part)
            credits += service
        if code := _agency_in(part, sure=sure):
            credits.append(code)
        if code and code_of(part):
            continue
        if authors and (OUTLET.search(part) or (part.isupper() and not authors[0].isupper())):
            continue  # "By Ann Bell, USA TODAY"
        if authors and " " in part and candidates(part):
            continue  # "By Ann Bell | New Delhi"
        if not sure and PAPER.match(part):
            continue
        if (name := person(part, sure=sure)) and not (name.isupper() and candidates(name)):
            authors.append(name)  # no place behind a post ("Special Correspondent CHANDIGARH")
    return Byline(shown or None, tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(credits)))


def _agency_in(part: str, *, sure: bool) -> str | None:
    """The agency that a part is or names: "AP Sports Writers", "of The Associated Press", "da Agência Brasil"."""
    if sure and _name_too(part):
        return None
    if code := code_of(part):
        return code
    if whom := FOR_WHOM.search(part):
        return code_of(whom["whom"])
    if (post := POST.search(part)) and (code := code_of(part[: post.start()])):
        return code
    bare = re.sub(r"^(?:of|from|for|da|do|de|della|von|der)\s+", "", part)
    bare = re.sub(r"(?i)\s+(?:staff|writer|reporter|correspondent|news)+\b.*$", "", bare)
    return code_of(bare) if bare != part else None
