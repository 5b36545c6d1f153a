"""Embargoes told in words: "Embargoed until 0001 GMT June 3", "Sperrfrist bis 3. Juni, 06.00 Uhr", "Hold for release …"."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from parsers.dates import MONTHS, ZONES, folded, read_time
from parsers.lead.days import nearest
from parsers.story import Story

EMBARGO = re.compile(
    r"(?i)\b(?:embargo(?:ed)?|hold\s+for\s+release|not\s+for\s+(?:publication|use|release)\s+before|not\s+to\s+be\s+(?:published|used)\s+before|for\s+release|sperrfrist|sous\s+embargo|embargado|embargato)\b\s*(?:until|till|to|before|at|for\s+(?:release|publication)(?:\s+(?:at|on|until))?|bis|jusqu'?(?:au|à)?|hasta|fino\s+a[l]?|on|:)*\s*[:,]?\s*(?P<when>[^\n;()]{4,70})"
)
CLOCK_FIRST = re.compile(
    r"(?P<H>\d{1,2})[:.]?(?P<M>\d{2})?\s*(?P<pm>[ap]\.?m\.?)?\s*(?:hrs?|hours|uhr)?\s*(?P<zone>[A-Z]{2,5})?\s*,?\s*(?:on\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?P<rest>(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}|[A-Za-z]{3,9}\.?\s+\d{1,2})(?:,?\s+\d{4})?)"
)


def embargo_of(story: Story, *, now: datetime) -> datetime | None:
    """Until when a story may not be used: its field, else what its head says. A time past counts as none.

    A publication date in the future is a doubtful date, not an embargo (design, section 5).
    """
    if story.embargo is not None:
        return story.embargo if story.embargo > now else None
    for text in (story.ednote, story.headline, story.usage, story.slug, *story.body[:2]):
        if text and (found := EMBARGO.search(text[:300])) and (at := embargo_time(found["when"], now=now)):
            return at if at > now else None
    return None


def embargo_time(text: str, *, now: datetime) -> datetime | None:
    """The time of "0001 GMT June 3", "June 3, 2025 10:00 IST", "03.06.2025 06.00 Uhr"; the year nearest to now."""
    text = folded(text)
    if found := CLOCK_FIRST.match(text.strip()):
        day = _day(found["rest"], now.date())
        hour = int(found["H"])
        minute = int(found["M"] or 0)
        if not found["M"] and len(found["H"]) > 2:
            return None
        if found["pm"]:
            hour = hour % 12 + (12 if found["pm"][0].lower() == "p" else 0)
        zone = ZONES.get((found["zone"] or "gmt").lower(), 0)
        if day and hour < 25 and minute < 60:
            return datetime(
                day.year, day.month, day.day, hour % 24, minute, tzinfo=timezone(timedelta(hours=zone))
            ).astimezone(UTC)
    made = read_time(text)
    if made is None:
        return None
    return (
        made.when
        if isinstance(made.when, datetime)
        else datetime(made.when.year, made.when.month, made.when.day, tzinfo=UTC)
    )


def _day(text: str, near: date) -> date | None:
    found = re.match(
        r"(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m>[A-Za-z]{3,9})|(?P<m2>[A-Za-z]{3,9})\.?\s+(?P<d2>\d{1,2}))(?:,?\s+(?P<y>\d{4}))?",
        text,
    )
    month = MONTHS.get((found["m"] or found["m2"]).lower()) if found else None
    if not found or not month:
        return None
    number = int(found["d"] or found["d2"])
    try:
        return date(int(found["y"]), month, number) if found["y"] else nearest(month, number, near)
    except ValueError:
        return None
