"""Days as datelines write them, in any language of the agencies; the year inferred from the day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from parsers.digits import folded
from parsers.months import MONTHS, PARTED

# Hindi numerals that PTI-Bhasha writes as words, 1 to 31.
NUMERALS = {
    word: number
    for number, word in enumerate(
        [
            "एक",
            "दो",
            "तीन",
            "चार",
            "पांच",
            "छह",
            "सात",
            "आठ",
            "नौ",
            "दस",
            "ग्यारह",
            "बारह",
            "तेरह",
            "चौदह",
            "पंद्रह",
            "सोलह",
            "सत्रह",
            "अठारह",
            "उन्नीस",
            "बीस",
            "इक्कीस",
            "बाईस",
            "तेईस",
            "चौबीस",
            "पच्चीस",
            "छब्बीस",
            "सत्ताईस",
            "अट्ठाईस",
            "उनतीस",
            "तीस",
            "इकतीस",
        ],
        1,
    )
}
SPELT = {
    "पाँच": 5,
    "छः": 6,
    "छ:": 6,
    "पन्द्रह": 15,
    "सत्तरह": 17,
    "अट्ठारह": 18,
    "इक्तीस": 31,
    "उनत्तीस": 29,
    "अठाईस": 28,
}
W = rf"""(?:{PARTED}|[^\s\d.,،;:/()\[\]|_+"'–—।۔-]{{2,12}})"""
ENGLISH_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
WEEKDAY = (
    rf"(?:,?\s+(?:{ENGLISH_DAY}|hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\.?)?"
)
BEFORE = rf"(?:(?<!\w){ENGLISH_DAY}\.?,?\s+|(?<=,\s)(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),?\s+)?"
# One day at the END of a head; tried in this order.
FORMS = tuple(
    re.compile(form.replace("{W}", W) + r"\s*[.,]?\s*$", re.I)
    for form in (
        r"(?P<y>\d{4})\.\s*(?P<m>{W})\s+(?P<d>\d{1,2})\.?" + WEEKDAY,  # 2025. június 2., hétfő
        r"(?P<y>\d{4})年(?P<mn>\d{1,2})月(?P<d>\d{1,2})日?",
        r"(?P<mn>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日?",
        r"(?P<mn>\d{1,2})월\s*(?P<d>\d{1,2})일(?:발)?",
        r"(?P<y>\d{4})\s+оны\s+(?P<mn>\d{1,2})\s+(?:дугаар|дүгээр)?\s*сарын\s+(?P<d>\d{1,2})",
        r"(?<!\d)(?P<d>\d{1,2})日",
        r"(?<!\d)(?P<d>\d{1,2})\s+(?:tháng|เดือน)\s+(?P<mn>\d{1,2})(?:(?:,?\s+năm)?\s+(?P<y>\d{4}))?",
        BEFORE
        + r"(?<!\w)(?P<m>{W})\.?\s*[.-]?(?P<d>\d{1,2})(?:st|nd|rd|th|\s?d\b\.?)?(?:\s*[,/]?\s*(?P<y>\d{4}))?"
        + WEEKDAY,
        BEFORE
        + r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?[\s-]*(?:de\s+|of\s+)?(?P<m>{W})\.?,?(?:\s+(?!del?\s)(?P<m2>{W})(?=\s|$))?(?:[\s-]*(?:de\s+|del\s+|[,،])?\s*(?P<y>\d{4}))?\.?(?:\s*(?:г|року|р|года|m|م)\.?)?"
        + WEEKDAY,
        r"(?<![^\W\d_])(?P<dw>" + "|".join([*NUMERALS, *SPELT]) + r")\s+(?P<m>{W})(?:\s*,?\s*(?P<y>\d{4}))?",
        r"(?<!\d)(?P<d>\d{1,2})[./-](?P<mn>\d{1,2})[./-](?P<y>\d{4})\.?",
        r"(?<!\d)(?P<d>\d{1,2})[./](?P<mn>\d{1,2})\.?",
        r"(?<!\d)(?P<d>\d{1,2})\s+-\s+(?P<mn>\d{1,2})",  # KUNA's Arabic: day - month
        r"(?<!\w)(?:दि|दिनांक|ता)[.:]?\s*(?P<d>\d{1,2})",  # Marathi: the day alone
    )
)
# Months of other calendars: Nepal's and Bengal's (from mid-April), Iran's (from 21 March). Their days are read, not reckoned.
ELSEWHERE = (
    "बैशाख वैशाख जेठ जेष्ठ असार आषाढ साउन श्रावण भदौ भाद्र असोज आश्विन कात्तिक कार्तिक मंसिर मङ्सिर पुस पौष माघ फागुन फाल्गुन चैत चैत्र "
    "বৈশাখ জ্যৈষ্ঠ আষাঢ় শ্রাবণ ভাদ্র আশ্বিন কার্তিক অগ্রহায়ণ পৌষ মাঘ ফাল্গুন চৈত্র "
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
).split()
DAY_ELSEWHERE = re.compile(
    rf"(?<!\w)(?:\d{{1,2}}\s+(?:गते\s+)?(?:{'|'.join(ELSEWHERE)})|(?:{'|'.join(ELSEWHERE)})\s+\d{{1,2}}(?:\s+गते)?)(?:[,،]?\s+\d{{4}})?\s*[.,،]?\s*$"
)
# The plainest form, asked first: most heads end so ("CHICAGO, March 24", "AKRON, Ohio., March 24"). A weekday before the month is the other forms' matter.
AFTER_PLACE = re.compile(
    ", (?:"
    + "|".join(
        rf"(?<=[^\W\d_]{mark} )(?<!(?:day|Mon|Tue|Wed|Thu|Fri|Sat|Sun){mark} )" for mark in (",", r"\.,")
    )
    + r")(?P<m>[A-Z]{3,9})\.? (?P<d>\d{1,2})$",
    re.I,
)
DIGIT = re.compile(r"\d")
WORD = re.compile(r"[A-Za-z]{3,}")
PLAIN = FORMS[7:9]  # a month in words, and figures
FIGURES = FORMS[10:13]
UNDOTTED = PLAIN + FIGURES
DOTTED = FORMS[:1] + UNDOTTED
LONGEST = 64  # characters that a day takes at most, with its weekday
# A month misspelt ("Narch 2", "APri 7") or a day misprinted ("March 119", "March 2O") or left out ("April"): a day's shape that is none.
SHAPE = re.compile(
    r"[, ]\s*(?P<m>[A-Z][A-Za-z]{2,8})\.?\s*(?:\d{1,3}|\d[OolI]|[lI]\d)\s*$"
    r"|,\s*(?:January|February|March|April|June|July|August|September|October|November|December)\s*$"
)


# Months that are another month in a neighbour's language: Polish November, Croatian October. The nearer one is meant.
TWICE = {"listopada": (11, 10)}


class Day(NamedTuple):
    """A day found at the end of a head. iso: None where no year is to be had, the day is misprinted or of another calendar."""

    start: int  # where it begins in the head
    iso: str | None


def nearest(month: int, day: int, published: date) -> date | None:
    """The date of that month and day nearest to the publication; None where there is no such day."""
    found = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return min(found, key=lambda made: abs(made - published), default=None)


def nearest_day(day: int, published: date) -> date | None:
    """The date with that day of the month nearest to the publication (Japanese and Taiwanese copy names no month)."""
    span = (published + timedelta(days=offset) for offset in sorted(range(-20, 12), key=abs))
    return next((made for made in span if made.day == day), None)


@lru_cache(maxsize=1024)
def month_of(word: str) -> int | None:
    """1-12 for a month's name or abbreviation in any language of the agencies; None for other words."""
    return MONTHS.get(word.lower().rstrip("."))


def _forms(text: str) -> tuple[re.Pattern[str], ...]:
    """The forms that a day at the end of this text may have, most likely first."""
    if not text.isascii():
        return FORMS
    named = any(map(month_of, WORD.findall(text)))
    if not text[-1:].isdigit() and "-" not in text:
        return (DOTTED[:3] if "." in text else PLAIN) if named else ()
    return (DOTTED if "." in text else UNDOTTED) if named else FIGURES


def day_at_end(head: str, published: date | None) -> Day | None:
    """The day that ends a head ("Moscow, June 2"), or None."""
    text = folded(head) if not head.isascii() else head
    if len(text) != len(head):
        text = head
    if not DIGIT.search(text, max(0, len(text) - 24)) and (
        text.isascii() or not any(word in NUMERALS or word in SPELT for word in text.split())
    ):
        return None
    base = max(0, len(text) - LONGEST)
    text = text[base:]
    if (plain := AFTER_PLACE.search(text)) and (month := month_of(plain["m"])):
        return Day(base + plain.start("m"), _resolved(month, int(plain["d"]), None, published))
    for form in _forms(text):
        found = form.search(text)
        if not found:
            continue
        parts = found.groupdict()
        month = int(parts["mn"]) if parts.get("mn") else month_of(parts.get("m") or "")
        if parts.get("m") and month is None:
            continue
        if parts.get("m2") and month_of(parts["m2"]) is None:  # Arabic gives a month both its names
            continue
        word = parts.get("dw")
        day = int(parts["d"]) if parts.get("d") else NUMERALS.get(word or "") or SPELT[word or ""]
        if month is not None and not 1 <= month <= 12:
            continue
        if parts.get("mn") and not 1 <= day <= 31:
            continue
        if both := TWICE.get((parts.get("m") or "").lower()):
            near = (nearest(one, day, published) for one in both) if published else ()
            made = min(filter(None, near), key=lambda one: abs(one - published), default=None)  # type: ignore[operator]
            month = made.month if made else month
        return Day(base + found.start(), _resolved(month, day, parts.get("y"), published))
    other = None if text.isascii() else DAY_ELSEWHERE.search(text)
    return Day(base + other.start(), None) if other else None


def _resolved(month: int | None, day: int, year: str | None, published: date | None) -> str | None:
    made: date | None = None
    try:
        if month is None:
            made = nearest_day(day, published) if published else None
        elif year:
            made = date(int(year), month, day)
        elif published:
            made = nearest(month, day, published)
    except ValueError:
        return None
    return made.isoformat() if made else None
