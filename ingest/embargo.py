"""Until when a story may not be used, as its own words say ("Embargoed until 0001 GMT June 3", "Sperrfrist: 3. Juni, 6 Uhr"). Pure.

Only what stands where a desk puts an instruction counts: the editor's note, the rights, the head of headline, slug or copy, or
brackets there; a story about an embargo on oil is none.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import timezone as offset
from zoneinfo import ZoneInfo

from parsers.dates import WEEKDAYS, ZONES, zone_named
from parsers.digits import folded
from parsers.lead.days import nearest
from parsers.months import MONTHS
from parsers.story import Story

ENDLESS = datetime(2199, 12, 31, tzinfo=UTC)  # an embargo whose end cannot be read: a person must release it
LOOKED_AT = 120  # characters after the words in which the time is looked for

_USE = (
    r"(?:publication|publish|use|release|broadcast|web|print|posting|transmission|air(?:ing)?|distribution)"
)
_USED = r"(?:published|used|released|broadcast|printed|aired|posted|transmitted|carried)"
_AND = r"(?:\s*(?:,|/|or|and|&)\s*(?:for\s+)?{0})*"
_UNTIL = r"(?:(?:until|untill|till|til|before|prior\s+to|to|for|through|at|as\s+of|from|on)\b|:|-|–|—)"
# Words that hold a story back by themselves; what follows is its time.
_WORDS = re.compile(
    rf"(?:(?:strictly|under(?:\s+strict)?|press|media|news|strict)\s+)?embargo(?:e?d)?(?:\s+(?:for\s+{_USE}|copy|story|release|notice|time|date|lifts?|ends?|expires?))?\s*(?:{_UNTIL}\s*)+"
    rf"|(?:strictly\s+|under\s+strict\s+)?embargo(?:e?d)?\s+(?=\d)"
    rf"|not\s+(?:for|to\s+be)\s+(?:{_USE}{_AND.format(_USE)}|{_USED}{_AND.format(_USED)})\s+(?:before|until|till|prior\s+to)\s*"
    rf"|do\s+not\s+{_USE}(?:\s+this(?:\s+story)?)?\s+(?:before|until|till|prior\s+to)\s*"
    rf"|(?:please\s+)?hold\s+(?:for\s+(?:release|publication)\s*(?:{_UNTIL}\s*)*|(?:this\s+(?:story\s+)?)?(?:until|till)\s+)"
    rf"|for\s+(?:{_USE}{_AND.format(_USE)})\s+(?:only\s+)?(?:after|from|at|on|not\s+before)\s+(?=\S*\d|noon|midnight)"
    r"|sperrfrist\s*(?:bis|:|-|–)*\s*|gesperrt\s+bis\s+|(?:sous\s+)?embargo\s+jusqu['’ ]?(?:au|à|a)\s+|embarg(?:ad|at)[oa]\s+(?:hasta|até|fino\s+a(?:l(?:le)?)?)\s+(?:el\s+|las\s+|le\s+)*"
    r"|embargo\s+(?:hasta|até|fino\s+a(?:l(?:le)?)?|tot|till?s?|do|до|bis)\s+(?:el\s+|las\s+|le\s+)*|(?:onder\s+)?embargo\s+tot\s+|эмбарго\s+до\s+|प्रतिबंधित\s*[:：]\s*"
    r"|ne\s+pas\s+(?:publier|diffuser)\s+avant\s+(?:le\s+)?|no\s+(?:publicar|difundir)\s+antes\s+de(?:l|\s+las)?\s+|não\s+publicar\s+antes\s+d[aeo]s?\s+|nicht\s+(?:zur\s+veröffentlichung\s+)?vor\s+(?:dem\s+)?(?=\d)"
    r"|не\s+(?:публиковать|для\s+публикации)\s+до\s+|(?:محظور|حظر|يحظر)\s+(?:ال)?نشره?\s+(?:حتى|قبل)\s+(?:الساعة\s+)?|(?:報道|記事)?解禁(?:日時?|は)?\s*[:=]?\s*(?=\d)",
    re.I,
)
# "3 जून शाम 6 बजे से पहले प्रकाशित न करें": the time comes first.
_AFTERWARDS = re.compile(
    r"(?:से\s+पहले|तक)\s+(?:प्रकाशन|प्रकाशित|प्रसारण|प्रसारित|उपयोग|प्रयोग|इस्तेमाल)\s*(?:के\s+लिए\s+)?(?:न|नहीं|पर\s+रोक|न\s+करें)|(?:まで|以前)(?:に)?(?:解禁|報道|公開|掲載|使用)(?:禁止|不可|しない)|前(?:不得|请勿|請勿|禁止)(?:发布|發布|发表|刊发|报道|報道|使用)|(?<=[時分日时])(?:以降|から)?(?:報道)?解禁",
)
# Small words round a time; after them, weekdays and months comes the time itself, or it is no instruction but a sentence.
_SMALL = re.compile(
    r"\W|\b(?:at|on|the|of|el|las?|les?|l|am|um|den|der|dem|à|a|au|al|alle|ore|del?|dia|kl|from|after|until|till?|before|time|release|publication|not|в|с|op|om|de|dne|godz|tomorrow|today|tonight|الساعة)\b|के|को",
    re.I,
)
_TIME = re.compile(r"\d|\b(?:noon|midday|midnight|minuit|mitternacht)\b", re.I)
_BARE = re.compile(r"\W*(?:strictly|under)?\W*(?:embargo|embargoed|sperrfrist)\W*", re.I)
_LABEL = r"(?:[\s*#>\[(【\"'“”.:;,\-–—]|\b(?:eds?|editors?|note|attn|attention|all|media|strictly|please|this\s+(?:story|item|copy|report)\s+is|(?:the\s+)?story\s+is|is|urgent)\b)*"
_HEAD = re.compile(_LABEL, re.I)
_CLOCK = re.compile(
    r"(?<![\d.,/\-])(?:(?P<h>\d{1,2})\s*(?::|h|\.(?=\d\d(?:\D|$)))\s*(?P<m>\d{2})(?::\d\d)?\s*(?P<p>[ap]\.?\s?m\b\.?)?|(?P<h2>\d{1,2})\s*(?P<p2>[ap]\.?\s?m\b\.?)"
    r"|(?P<h3>\d{1,2})\s*(?:(?:uhr|h(?:eures?|rs?|ours?)?|часов|बजे)\b|时|時|点)|(?P<h4>[01]\d|2[0-4])(?P<m4>[0-5]\d)(?=\s*(?:hrs?|hours?|h\b|[A-Z]{1,4}\b|[,;.)\]\-–]|\s*on\b|\s*$|\s+[A-Za-z\d])))"
    r"|\b(?P<noon>noon|midday)\b|\b(?P<midnight>midnight|minuit|mitternacht)\b",
    re.I,
)
_HINDI = re.compile(r"(?P<part>सुबह|प्रातः|दोपहर|शाम|रात)\s*(?P<h>\d{1,2})(?::(?P<m>\d\d))?\s*बजे")
_ISO = re.compile(r"(?P<y>20\d\d)-(?P<mo>\d\d)-(?P<d>\d\d)")
_CJK = re.compile(r"(?:(?P<y>20\d\d)\s*年\s*)?(?P<mo>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日")
_NUMERIC = re.compile(r"(?<!\d)(?P<d>\d{1,2})[./](?P<mo>\d{1,2})[./](?P<y>20\d\d|\d\d)(?!\d)")
_YEAR = r"(?:,?\s+(?:de\s+|del\s+)?(?P<y>20\d\d))?"
_DAY_FIRST = re.compile(
    rf"(?<![\d:])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s*(?:of\s+|de\s+|-)?(?P<mo>[^\W\d_][\w\u0900-\u0dff.]{{2,14}}){_YEAR}",
    re.I,
)
_MONTH_FIRST = re.compile(
    rf"(?P<mo>[^\W\d_][\w.]{{2,14}})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]){_YEAR}", re.I
)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+\-−])(\d{1,2}):?(\d{2})?\b|\b(Z)\b|(?<=\d)(Z)\b")
_ZONED = re.compile(r"\b[A-Z]{2,5}\b")
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_PLACES = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles", "bst": "Europe/London", "eastern": "America/New_York", "pacific": "America/Los_Angeles", "central": "America/Chicago"}  # fmt: skip
_NAMED = re.compile(
    r"\b(eastern|pacific|central)\s+(?:standard\s+|daylight\s+)?time\b|\b(london|delhi|new\s+york|paris|geneva|tokyo|beijing|brussels|berlin)\s+time\b|\b(indian\s+standard\s+time)\b",
    re.I,
)
_CITIES = {"london": "Europe/London", "delhi": "Asia/Kolkata", "new york": "America/New_York", "paris": "Europe/Paris", "geneva": "Europe/Zurich", "tokyo": "Asia/Tokyo", "beijing": "Asia/Shanghai", "brussels": "Europe/Brussels", "berlin": "Europe/Berlin"}  # fmt: skip


def embargo_of(story: Story, *, now: datetime, zone: str | None = None) -> datetime | None:
    """Until when a story may not be used: its field, else its words. A time past counts as none.

    zone: IANA name for times told without one, else UTC. ENDLESS where it is told that there is an embargo, and no time can be read.
    A publication date in the future is a doubtful date, not an embargo (design, section 5).
    """
    if story.embargo is not None:
        return story.embargo if story.embargo > now else None
    # told as a label, and no time to it
    loud = any(
        _BARE.fullmatch(text)
        for text in (story.ednote or "", story.usage or "", *story.kickers, *story.body[:1])
    )
    for text, anywhere in [
        (story.ednote, True), (story.usage, True), (story.headline, False), (story.slug, False),
        *((kicker, False) for kicker in story.kickers), *((part, False) for part in story.body[:2]), *((part, False) for part in story.body[-1:]),
    ]:  # fmt: skip
        found = _said(folded(text)[:400], anywhere=anywhere) if text else None
        if found is None:
            continue
        word, said = found
        loud = loud or anywhere or word.lstrip().startswith("EMBARGOED")
        if not anywhere and not _timely(said) and "embargoed" not in word.lower():
            continue
        told = story.updated or story.published
        since = told if isinstance(told, datetime) and told < now else now
        if at := embargo_time(said, now=since, zone=zone):
            return at if at > now else None
    return ENDLESS if loud else None


def _timely(said: str) -> bool:
    """Does a time come at once?"""
    time = _TIME.search(said)
    before = WEEKDAYS.sub(" ", said[: time.start()]) if time else "x"
    words = _SMALL.sub(" ", before).split()
    return all(word.lower() in MONTHS or word.lower() in ZONES for word in words)


def _said(text: str, *, anywhere: bool) -> tuple[str, str] | None:
    """The words of an embargo and those that tell its time, where a text has one; anywhere: also in the midst of it."""
    if found := _within(text) if anywhere else _at_head(text):
        return found[0], re.split(r"[\])】]|\n", text[found.end() : found.end() + LOOKED_AT])[0]
    if not text.isascii() and (after := _AFTERWARDS.search(text)):
        return after[0], text[max(0, after.start() - LOOKED_AT) : after.start()]
    return None


def _within(text: str) -> re.Match[str] | None:
    """In a sentence of its own, or said of the story: "updates with oil embargo until May" is neither."""
    for found in _WORDS.finditer(text):
        before = text[: found.start()]
        bracket = re.search(r"[(\[【][^()\[\]【】]*$", before)
        sentence = re.split(r"[.;:!|\n]\s*", before)[-1]
        if re.match(r"(?i)\S*\s*embargoed|embargoed", found[0]) or _HEAD.fullmatch(sentence):
            return found
        if bracket and _HEAD.fullmatch(bracket[0]):
            return found
    return None


def _at_head(text: str) -> re.Match[str] | None:
    """At the head of the text, or of a bracket in it."""
    for start in (0, *(bracket.start() for bracket in re.finditer(r"[(\[【]", text))):
        head = _HEAD.match(text, start)
        if head and (found := _WORDS.match(text, head.end())):
            return found
    return None


def embargo_time(text: str, *, now: datetime, zone: str | None = None) -> datetime | None:
    """The time of "0001 GMT June 3", "June 3, 2025 10:00 IST", "03.06.2025 06.00 Uhr", in UTC; the year nearest to now, which is
    when the story was told.

    A day alone is its first instant; a clock alone is that day's. None where neither is told.
    """
    text = folded(text)
    where = _zone(text) or zone_named(zone) or UTC
    local = now.astimezone(where)
    day, cut = _day(text, local.date())
    clock = _clock(cut)
    if day is None and clock is None:
        return None
    hour, minute = clock or (0, 0)
    if hour > 24 or minute > 59:
        return None
    made = datetime.combine(day or local.date(), datetime.min.time(), tzinfo=where)
    made = (made + timedelta(hours=hour, minutes=minute)).astimezone(UTC)
    return made + timedelta(days=1) if day is None and hour < 6 and made < now else made


def _clock(text: str) -> tuple[int, int] | None:
    if found := _HINDI.search(text):
        hour = int(found["h"])
        late = found["part"] in ("दोपहर", "शाम") or (found["part"] == "रात" and hour > 5)
        return hour % 12 + 12 * late, int(found["m"] or 0)
    for found in _CLOCK.finditer(text):
        if found["noon"]:
            return 12, 0
        if found["midnight"]:
            return 0, 0
        hour = int(found["h"] or found["h2"] or found["h3"] or found["h4"])
        half = found["p"] or found["p2"]
        if half:
            hour = hour % 12 + 12 * (half[0].lower() == "p")
        return hour, int(found["m"] or found["m4"] or 0)
    return None


def _zone(text: str) -> tzinfo | None:
    if found := _OFFSET.search(re.sub(r"20\d\d-\d\d-\d\d", "", text)):
        if found[1]:
            minutes = int(found[2]) * 60 + int(found[3] or 0)
            return offset(timedelta(minutes=minutes if found[1] == "+" else -minutes))
        return UTC
    if found := _NAMED.search(text):
        name = (found[1] or found[2] or "delhi").lower()
        return ZoneInfo(_PLACES.get(name) or _CITIES[" ".join(name.split())])
    for found in _ZONED.finditer(text.upper()):
        name = found[0].lower()
        if name in _PLACES:
            return ZoneInfo(_PLACES[name])
        if name in ZONES and name not in ("art", "cat", "eat", "wit", "ut"):
            return offset(timedelta(hours=ZONES[name]))
    return None


def _day(text: str, near: date) -> tuple[date | None, str]:
    """The day told, and the text without it."""
    for pattern in (_ISO, _CJK, _NUMERIC, _DAY_FIRST, _MONTH_FIRST):
        for found in pattern.finditer(text):
            name = found["mo"]
            month = (
                int(name)
                if name.isdigit()
                else MONTHS.get(name.lower()) or MONTHS.get(name.lower().rstrip("."))
            )
            if not month or not 1 <= month <= 12:
                continue
            number, year = int(found["d"]), found["y"]
            try:
                day = (
                    date(int(year) + (2000 if int(year) < 100 else 0), month, number)
                    if year
                    else nearest(month, number, near)
                )
            except ValueError:
                continue
            if day is not None:
                return day, text[: found.start()] + " " + text[found.end() :]
    lower = text.lower()
    for word, days in (("tomorrow", 1), ("today", 0), ("tonight", int("midnight" in lower))):
        if word in lower:
            return near + timedelta(days=days), text
    for number, word in enumerate(_WEEKDAYS):
        if re.search(rf"\b{word}\b", lower):
            return near + timedelta(days=(number - near.weekday()) % 7), text
    return None, text
