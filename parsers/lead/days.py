"""Days as datelines write them, in any language of the agencies; the year inferred from the day of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from parsers.dates import MONTHS, folded

NUMERALS = {  # Hindi numerals that PTI-Bhasha writes as words
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
W = r"""[^\s\d.,;:/()\[\]|_+"'–—।۔-]{2,12}"""
WEEKDAY = r"(?:,?\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap))?"
# One day at the END of a head; tried in this order.
FORMS = tuple(
    re.compile(form.replace("{W}", W) + r"\s*[.,]?\s*$", re.I)
    for form in (
        r"(?P<y>\d{4})\.\s*(?P<m>{W})\s+(?P<d>\d{1,2})\." + WEEKDAY,  # 2025. június 2., hétfő
        r"(?P<y>\d{4})年(?P<mn>\d{1,2})月(?P<d>\d{1,2})日?",
        r"(?P<mn>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日?",
        r"(?P<mn>\d{1,2})월\s*(?P<d>\d{1,2})일",
        r"(?<!\d)(?P<d>\d{1,2})日",
        r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?<!\w)(?P<m>{W})\.?\s*(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s*,?\s*(?P<y>\d{4}))?",
        r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s*(?:de\s+|of\s+|-)?(?P<m>{W})\.?,?(?:\s*(?:de\s+|del\s+|,)?\s*(?P<y>\d{4}))?(?:\s*(?:г|року|г\.))?",
        r"(?<![^\W\d_])(?P<dw>" + "|".join(NUMERALS) + r")\s+(?P<m>{W})(?:\s*,?\s*(?P<y>\d{4}))?",
        r"(?<!\d)(?P<d>\d{1,2})[./](?P<mn>\d{1,2})[./](?P<y>\d{4})",
        r"(?<!\d)(?P<d>\d{1,2})\.(?P<mn>\d{1,2})\.?",
        r"(?<!\d)(?P<d>\d{1,2})\s+-\s+(?P<mn>\d{1,2})",  # KUNA's Arabic: day - month
    )
)
# A month misspelt ("Narch 2") or a day misprinted ("March 119"): a day's shape that is none.
SHAPE = re.compile(r"[, ]\s*(?P<m>[A-Z][a-z]{2,8})\.?\s*\d{1,3}\s*$")


@dataclass(frozen=True, slots=True)
class Day:
    """A day found at the end of a head. iso: None where no year is to be had or the day is misprinted."""

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


def day_at_end(head: str, published: date | None) -> Day | None:
    """The day that ends a head ("Moscow, June 2"), or None."""
    text = folded(head)
    if len(text) != len(head):
        text = head
    if not any(c.isdigit() for c in text[-24:]) and not any(word in text for word in NUMERALS):
        return None
    for form in FORMS:
        found = form.search(text)
        if not found:
            continue
        parts = found.groupdict()
        month = (
            int(parts["mn"]) if parts.get("mn") else MONTHS.get((parts.get("m") or "").lower().rstrip("."))
        )
        if parts.get("m") and month is None:
            continue
        day = int(parts["d"]) if parts.get("d") else NUMERALS[parts["dw"]]
        if month is not None and not 1 <= month <= 12:
            continue
        return Day(found.start(), _resolved(month, day, parts.get("y"), published))
    return None


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
