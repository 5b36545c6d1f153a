"""Times as documents write them. What is not understood is None, never a guess that is silently wrong.

Forms: RFC 3339/ISO 8601 and its slips, RFC 822 and its slips, epoch seconds, NewsML basic form (20250602T101500+0530),
prose ("Updated: June 2, 2025 10:15 AM IST"), month names of some eighty languages. Measured faults of other readers that
this one is for: PACKAGES.md (IST and BST read as UTC, PM lost, +5:30 refused …).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from parsers.digits import DIGIT, folded
from parsers.months import MONTHS, PARTED
from parsers.story import When


@dataclass(frozen=True, slots=True)
class ReadTime:
    """A time read: aware, or a bare day. zone_assumed: the text had none and the caller's (or UTC) was taken."""

    when: When
    zone_assumed: bool = False


# Abbreviations as news sites use them. IST is India's here (Israel and Ireland write theirs otherwise in feeds); hours.
ZONES: dict[str, float] = {
    "z": 0, "gmt": 0, "utc": 0, "ut": 0, "wet": 0, "bst": 1, "west": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3,
    "msk": 3, "trt": 3, "ast": -4, "adt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "akst": -9, "akdt": -8, "hst": -10, "nst": -3.5, "ndt": -2.5, "ist": 5.5, "pkt": 5, "npt": 5.75, "bdt": 6, "wib": 7, "wita": 8, "wit": 9,
    "ict": 7, "hkt": 8, "sgt": 8, "myt": 8, "pht": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "acst": 9.5, "acdt": 10.5, "awst": 8,
    "nzst": 12, "nzdt": 13, "gst": 4, "sast": 2, "eat": 3, "wat": 1, "cat": 2, "brt": -3, "art": -3, "clt": -4,
}  # fmt: skip
# American clocks named without their season; "CT" and "PT" are much else besides, so they stand right behind the clock.
SEASONLESS = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
SEASON_AWAY = re.compile(r"\s*\(?([ECMP]T)\b")

# Monday first.
WEEKDAY: dict[str, int] = {}
for number, names in enumerate(
    (
        "mon monday mo montag lundi lunes lunedì segunda-feira maandag poniedziałek понедельник",
        "tue tues tuesday di dienstag mardi martes martedì terça-feira dinsdag wtorek вторник",
        "wed wednes wednesday mi mittwoch mercredi miércoles mercoledì quarta-feira woensdag środa среда",
        "thu thur thurs thursday do donnerstag jeudi jueves giovedì quinta-feira donderdag czwartek четверг",
        "fri friday fr freitag vendredi viernes venerdì sexta-feira vrijdag piątek пятница",
        "sat satur saturday sa samstag sonnabend samedi sábado sabato zaterdag sobota суббота",
        "sun sunday so sonntag dimanche domingo domenica zondag niedziela воскресенье",
    )
):
    WEEKDAY |= dict.fromkeys(names.split(), number)
INITIALS = "".join({name[0] for name in WEEKDAY})  # which alone clear most letters of a text
WEEKDAYS = re.compile(
    rf"(?i)(?<!\w)(?=[{INITIALS}])(?P<name>{'|'.join(sorted(WEEKDAY, key=len, reverse=True))})(?!\w)\.?,?"
)
EARLIEST, LATEST = 1900, 2200
BUDDHIST = range(EARLIEST + 543, LATEST + 543)  # years of Thailand's calendar that are no others
LAST_EPOCH = 4_102_444_800  # 2100: the numbers of books (978…) are later
EPOCH = re.compile(r"^\d{10}(?:\d{3})?(?:\.\d+)?$")
ISO = re.compile(
    r"(?<!\d)(?P<y>\d{4})(?P<s>[-/.]?)(?P<m>\d{2}|(?<=[-/.])\d)(?P=s)(?P<d>\d{2}|(?<=[-/.])\d)(?!\d)"
    r"(?:(?:[T\s,]|\s+at\s+)\s*(?P<H>\d{1,2})[:.]?(?P<M>\d{2})(?:[:.]?(?P<S>\d{2})(?:[.,:](?P<f>\d+))?)?)?",
    re.I,
)
# Days in figures with words or spaces between them.
SPELT = (
    re.compile(r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]?"),
    re.compile(r"(?<!\d)(?P<y>\d{4})\.\s(?P<m>\d{1,2})\.\s(?P<d>\d{1,2})(?!\d)\.?"),  # Korean, Hungarian
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\s+(?:tháng|thg)\s+(?P<m>\d{1,2})(?:,|\s+năm)?\s+(?P<y>\d{4})"),
    re.compile(
        r"(?P<y>\d{4})\s+оны\s+(?P<m>\d{1,2})(?:\s*-?\s*(?:р|дугаар|дүгээр))?\s+сарын\s+(?P<d>\d{1,2})"
    ),
)
CLOCK = re.compile(
    r"(?<![\d:.+-])(?P<H>\d{1,2})(?:(?:[:.時点시]|\s?h)\s?(?P<M>\d{1,2})(?:[:.分분]\s?(?P<S>\d{1,2})(?:[.,]\d+)?)?)(?:(?:\s*(?=[ap]\.?\s?m\b)|(?=[ap]\b))(?P<pm>[ap])(?:\.?\s?m\b\.?)?)?"
    r"|(?<![\d:.+-])(?P<H2>\d{1,2})\s*(?P<pm2>[ap])\.?m\b\.?",
    re.I,
)
# Halves of the day beside "AM" and "PM": before the clock, and behind it; the first group is the second half.
HALF_BEFORE = re.compile(r"(?:(下午|午後|晚上|晚間|中午|오후|\bPM)|上午|午前|早上|清晨|凌晨|오전|\bAM)\s*$")
HALF_BEHIND = re.compile(
    r"\s?(?:(م(?:ساء)?|μ\.?μ|m\.d|PTG|ptg|ਬਾ\.ਦੁ|CH)|ص(?:باح)?|π\.?μ|p\.d|PG|pg|ਪੂ\.ਦੁ|SA)(?=[\W_]|اً|$)"
)
OFFSET = re.compile(
    r"(?:\b(?:GMT|UTC)\s*)?(?P<sign>[+\u2212-])(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?(?:(?![\d:-])|(?=\d{4}-\d\d-\d\d))"
)
ZONE_NEAR = 16  # characters behind a clock in which its zone stands, before any other day
ZONE_WORD = re.compile(r"(?<![A-Za-z])([A-Za-z]{1,5})(?![A-Za-z])")
NUMERIC = re.compile(
    r"(?<!\d)(?P<a>\d{1,2})\s?(?P<s>[-/.|])\s?(?P<b>\d{1,2})\s?(?P=s)\s?(?P<y>\d{4}|\d{2})(?!\d)"
)
# A month: not \w, for vowel signs of Indic scripts are marks, not letters.
WORD = rf"""(?:{PARTED}|[^\s\d.,،;:/()\[\]|_+"'’–—-]{{2,14}})"""
ASCTIME = re.compile(r"([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d)(?: ([A-Z]{1,5}))? (\d{4})$")
YEAR = r"(?:\d{4}|'?\d{2}(?!\s*[:.h]\d))"
DAY_MONTH = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|[.,])?[\s.\-/]*(?:(?:de|of)\s+|d['’])?(?P<m>{WORD})\.?[,،]?(?:\s+del?|\s+[คพ]\.ศ\.)?[\s\-/]*,?\s*(?P<y>{YEAR})(?![\d:])"
)
MONTH_DAY = re.compile(
    rf"(?P<m>{WORD})\.?\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s*[,،]?\s*(?P<y>\d{{4}})(?![\d:])"
)
# The year first, with what a language puts behind it ("2025. június 2.", "2025 m. birželio 2 d.", "2025. gada 2. jūnijs").
BEHIND_YEAR = r"(?<!\d)(?P<y>\d{4})(?!\d)\S{0,5}\s+(?:\S{1,4}\s+)?"
NO_YEAR = r"(?![\d:]|[^\W\d_]|\.?,?\s*\d{4})"  # another year behind the day is its year
WHOLE_YEAR = re.compile(r"\d{4}")  # which all but NUMERIC and DAY_MONTH want
YEAR_FIRST = (
    re.compile(rf"{BEHIND_YEAR}(?P<m>{WORD})\.?\s+(?P<d>\d{{1,2}}){NO_YEAR}"),
    re.compile(rf"{BEHIND_YEAR}(?P<d>\d{{1,2}})[.-]?\s*(?P<m>{WORD}){NO_YEAR}"),
)


def _wordy(text: str) -> Iterator[re.Match[str]]:
    """Days with the name of a month ("2 June 2025", "June 2, 2025", "2025. június 2."), in order of kind."""
    for pattern in (DAY_MONTH, MONTH_DAY, *YEAR_FIRST) if WHOLE_YEAR.search(text) else (DAY_MONTH,):
        yield from (found for found in pattern.finditer(text) if found["m"].lower() in MONTHS)


@lru_cache(maxsize=64)
def zone_named(name: str | None) -> tzinfo | None:
    """An IANA zone; None for no or an unknown name."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def _offset(text: str) -> tzinfo | None:
    found = OFFSET.search(text)
    if found:
        minutes = int(found["h"]) * 60 + int(found["m"] or 0)
        if int(found["h"]) > 14 and not found["m"]:  # "+530"
            minutes = int(found["h"][0]) * 60 + int(found["h"][1:] or 0)
        if minutes <= 14 * 60 + 45:
            return timezone(timedelta(minutes=minutes if found["sign"] == "+" else -minutes))
        return None
    if american := SEASON_AWAY.match(text):
        return zone_named(SEASONLESS[american[1]])
    for word in ZONE_WORD.findall(text):
        low = word.lower()
        if low in ZONES and (word.isupper() or low in ("gmt", "utc")):
            return timezone(timedelta(hours=ZONES[low])) if ZONES[low] else UTC
    return None


def _year(text: str) -> int:
    value = int(text.lstrip("'"))
    if value in BUDDHIST:
        return value - 543
    return value if value > 99 else value + (2000 if value < 70 else 1900)


def _day(text: str) -> tuple[int, int, int, int] | None:
    """(year, month, day, where it ends) of the first day written in a text."""
    whole = WHOLE_YEAR.search(text)
    for pattern in SPELT if whole else ():
        if found := pattern.search(text):
            return _year(found["y"]), int(found["m"]), int(found["d"]), found.end()
    if whole and (found := ISO.search(text)):
        return int(found["y"]), int(found["m"]), int(found["d"]), found.end("d")
    if found := min(_wordy(text), key=lambda match: match.start(), default=None):
        return _year(found["y"]), MONTHS[found["m"].lower()], int(found["d"]), found.end()
    if found := NUMERIC.search(text):
        a, b = int(found["a"]), int(found["b"])
        year = _year(found["y"])
        if found["s"] == "/" and a <= 12 and (b > 12 or _american(text, year, a, b)):
            a, b = b, a
        return year, b, a, found.end()
    return None


def _american(text: str, year: int, a: int, b: int) -> bool:
    """Is "06/03/2025" June 3? The weekday beside it tells ("Tue, 06/03/2025"), else a clock of twelve hours."""
    told = WEEKDAYS.search(text)
    days = [date(year, month, day).weekday() for month, day in ((a, b), (b, a))] if told else []
    if told and days.count(number := WEEKDAY[told["name"].lower()]) == 1:
        return days[0] == number
    return re.search(r"[AP]M\b", text) is not None


ZONED = re.compile(
    r"(?<!\w)(?:GMT|UTC|[A-Z]{2,4}T|MEZ|MESZ|IST|WIB|Uhr|uhr|Hrs|hrs|h|Z)(?!\w)(?:\s*[+-]\s*\d{1,2}:?\d{0,2})?"
)


@lru_cache(maxsize=1024)
def less_time(text: str) -> str:
    """A line without the days, clocks, weekdays and zones in it: what is left of a stamp is a verb, a name, a place."""
    flat = folded(text)
    if DIGIT.search(flat) is None:
        return text
    found = 0
    for pattern in (*SPELT, ISO, NUMERIC) if WHOLE_YEAR.search(flat) else (NUMERIC,):
        flat, cut = pattern.subn(" ", flat)
        found += cut
    for match in sorted(_wordy(flat), key=lambda match: match.start(), reverse=True):
        flat = f"{flat[: match.start()]} {flat[match.end() :]}"
        found += 1
    flat, clocks = CLOCK.subn(" ", flat)
    if not found and not clocks:
        return text
    return " ".join(WEEKDAYS.sub(" ", ZONED.sub(" ", flat)).split())


def read_time(text: str | None, *, zone: str | None = None) -> ReadTime | None:
    """The time that a text states, or None where it states none that is certain.

    text: a field or a line of prose, any script. zone: IANA name for times without one (else UTC); zone_assumed tells.
    A day without a clock stays a bare day. Years outside 1900-2200 are refused.
    """
    return _read(text[:300], zone) if text else None


@lru_cache(
    maxsize=1024
)  # a page states its times several times, and its lines are read for more than one purpose
def _read(text: str, zone: str | None) -> ReadTime | None:
    text = folded(text).strip()
    if DIGIT.search(text) is None:
        return None
    fallback = zone_named(zone) or UTC
    try:
        if EPOCH.match(text):
            seconds = float(text) / (1000 if len(text.split(".")[0]) == 13 else 1)
            return ReadTime(datetime.fromtimestamp(seconds, UTC)) if seconds < LAST_EPOCH else None
        found = ISO.match(text)
        if found and found["H"]:
            return _iso(found, text[found.end() :], fallback)
        if found and re.match(r"^\d{4}-\d\d-\d\d(?:Z|[+-]\d\d:?\d\d)?$", text):
            return ReadTime(_checked_day(int(found["y"]), int(found["m"]), int(found["d"])))
        return _prose(text, fallback)
    except (ValueError, OverflowError, OSError):
        return None


def _iso(found: re.Match[str], rest: str, fallback: tzinfo) -> ReadTime:
    hour = int(found["H"])
    if pm := re.match(r"\s*([ap])\.?m", rest, re.I):
        hour = hour % 12 + (12 if pm[1].lower() == "p" else 0)
    day = _checked_day(int(found["y"]), int(found["m"]), int(found["d"]))
    micro = int((found["f"] or "0")[:6].ljust(6, "0"))
    return _aware(day, hour, int(found["M"]), int(found["S"] or 0), micro, _offset(rest), fallback)


def _checked_day(year: int, month: int, day: int) -> date:
    if not EARLIEST <= year <= LATEST:
        raise ValueError(year)
    return date(year, month, day)


def _aware(
    day: date, hour: int, minute: int, second: int, micro: int, zone: tzinfo | None, fallback: tzinfo
) -> ReadTime:
    extra = timedelta(days=1) if hour == 24 and minute == 0 else timedelta()
    naive = datetime(
        day.year,
        day.month,
        day.day,
        0 if extra else hour,
        minute,
        min(second, 59),
        micro,
        tzinfo=zone or fallback,
    )
    return ReadTime(naive + extra, zone is None)


def _prose(text: str, fallback: tzinfo) -> ReadTime | None:
    if swapped := ASCTIME.search(text):
        text = f"{swapped[2]} {swapped[1]} {swapped[5]} {swapped[3]} {swapped[4] or ''}"
    found = _day(text)
    if not found:
        return None
    year, month, number, end = found
    day = _checked_day(year, month, number)
    rest = text[end:]
    clock = CLOCK.search(rest)
    if clock is None and (clock := CLOCK.search(text[:end])) is not None:
        rest = text  # "10:15 AM, June 2, 2025 IST"
        if clock.end() > end - 4:
            clock = None
    if clock is None:
        return ReadTime(day)
    hour = int(clock["H"] or clock["H2"])
    pm, behind = (clock["pm"] or clock["pm2"] or "").lower(), rest[clock.end() :]
    half = HALF_BEFORE.search(rest[: clock.start()]) or HALF_BEHIND.match(behind)
    if (pm or half) and hour <= 12:
        hour = hour % 12 + (12 if pm == "p" or (half and half[1]) else 0)
    zone = _offset(behind[:ZONE_NEAR]) or _offset(behind) or (_offset(text[end:]) if rest is text else None)
    return _aware(day, hour, int(clock["M"] or 0), int(clock["S"] or 0), 0, zone, fallback)
