"""Notices told in words: kills and withdrawals of many languages, and what they mean; embargoes ("Sperrfrist bis 3. Juni, 06.00 Uhr")."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from ingest.notice_words import COMMANDS, LABELS, STRONG, WEAK
from parsers.dates import MONTHS, ZONES, folded, read_time
from parsers.lead.days import nearest
from parsers.story import Story

EMBARGO = re.compile(
    r"(?i)\b(?:embargo(?:ed)?|hold\s+for\s+release|not\s+for\s+(?:publication|use|release)\s+before|not\s+to\s+be\s+(?:published|used)\s+before|for\s+release|sperrfrist|sous\s+embargo|embargado|embargato)\b\s*(?:until|till|to|before|at|for\s+(?:release|publication)(?:\s+(?:at|on|until))?|bis|jusqu'?(?:au|à)?|hasta|fino\s+a[l]?|on|:)*\s*[:,]?\s*(?P<when>[^\n;()]{4,70})"
)
CLOCK_FIRST = re.compile(
    r"(?P<H>\d{1,2})[:.]?(?P<M>\d{2})?\s*(?P<pm>[ap]\.?m\.?)?\s*(?:hrs?|hours|uhr)?\s*(?P<zone>[A-Z]{2,5})?\s*,?\s*(?:on\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?P<rest>(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}|[A-Za-z]{3,9}\.?\s+\d{1,2})(?:,?\s+\d{4})?)"
)


NOTICE_LENGTH = 1500  # characters of text above which it is a story, not a notice
_DELIMITER = re.compile(r"\s*[:：|–—\])】）*/]|\s*\.(?:\s|$)|\s*-{1,3}(?=\s|\w|$)|\s*$")
_SET_OFF = re.compile(r"\s*[:：|–—\])】）]|\s+-{1,3}\s")
_BETWEEN = re.compile(r"[\s\-_.,!*'’()\[\]【】（）।:：|–—/]*")
_TAIL = re.compile(r"[\[(【（]([^\[\]()【】（）]{2,40})[\])】）]\s*$")
_QUOTED = re.compile(r"[\"“„«「『‘]([^\"“”»」』’]{6,200})[\"”»」』’]")
_SLUGGED = re.compile(
    r"(?i)\bslug(?:ged|line|s)?\s*[:\-]?\s*([\w][\w/&.\-]{3,60}(?:\s*-{1,2}\s*[\w/&.\-]+)*)|\b(BC-[\w/&.\-]{3,60})"
)
_ADDRESS = re.compile(r"https?://[^\s\"'<>)\]]+")
_HEADLINED = re.compile(
    r"(?i)\b(?:headlined?|titled|entitled|शीर्षक|intitulée?|titulada|mit dem titel)\s*[:,\-]?\s*([^\"“”\n]{8,200}?)(?:[.।](?:\s|$)|$)"
)
_TOKEN = re.compile(r"[\w][\w:/.\-]{4,80}[\w]")


def _normal(text: str) -> str:
    return " ".join(re.sub(r"[\s'’]+", " ", unicodedata.normalize("NFC", text).casefold()).split())


_KINDS = {_normal(word): "label" for word in LABELS}
_KINDS |= {_normal(word): "weak" for word in WEAK}
_KINDS |= {_normal(word): "strong" for words in STRONG.values() for word in words}
_HEADS = re.compile(
    "(?:" + "|".join(re.escape(w).replace(r"\ ", r"[\s'’\-]+") for w in sorted(_KINDS, key=len, reverse=True)) + r")(?![^\W_])", re.I
)  # fmt: skip
_COMMANDS = re.compile("|".join(re.escape(_normal(word)) for word in COMMANDS))


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a notice: is there one, and where does what follows it begin?"""

    kills: bool
    labels: bool  # nothing but labels: "EDITORS:", "ADVISORY"
    end: int


def head_of(text: str) -> Head:
    """Read labels and words of withdrawal at the head of a headline or slug; they must be set off from what follows."""
    text = unicodedata.normalize("NFC", text)
    at = len(text) - len(text.lstrip(" \t*([【（\"'-"))
    end, kinds, loud = at, [], False
    while found := _HEADS.match(text, at):
        kind = _KINDS.get(_normal(found[0].replace("-", " ")).replace("i\u0307", "i"), "label")
        kinds.append(kind)
        loud = loud or (kind == "strong" and found[0].isupper())
        end = found.end()
        if ("strong" in kinds or ("weak" in kinds and "label" in kinds)) and _SET_OFF.match(text, end):
            at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]
            break
        at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]
    labelled = "label" in kinds
    strong = "strong" in kinds or ("weak" in kinds and labelled)
    apart = bool(_DELIMITER.match(text, end))
    rest = text[end:]
    set_off = apart or (labelled and kinds[0] == "label" and len(kinds) > 1) or (loud and not rest.isupper())
    start = max(at, end)
    return Head(strong and set_off, bool(kinds) and set(kinds) == {"label"} and apart, start)


def bare_headline(text: str) -> str:
    """A headline or slug without the words of a notice at its head or in brackets at its tail."""
    head = head_of(text)
    text = text[head.end :] if head.kills else text
    tail = _TAIL.search(text)
    return text[: tail.start()] if tail and head_of(tail[1]).kills else text


def kills(story: Story) -> bool:
    """Does it take another story back? Only what stands where a notice has it, so that no report of a killing is one."""
    if story.kind == "kill":
        return True
    short = sum(map(len, story.body)) < NOTICE_LENGTH
    heads = [head_of(text) for text in (story.headline, story.slug) if text]
    if short and any(head.kills for head in heads):
        return True
    tail = _TAIL.search(story.headline or "")
    if short and tail and head_of(tail[1]).kills:
        return True
    if story.ednote and head_of(story.ednote).kills:
        return True
    notice = story.kind == "advisory" or not story.headline or any(head.labels for head in heads)
    said = _normal(" ".join(text for text in (story.headline, story.ednote, *story.body[:2]) if text))
    return short and notice and bool(_COMMANDS.search(said))


def meant(story: Story) -> tuple[list[str], list[str], list[str], list[str]]:
    """What a kill notice may refer to: (headlines, slugs, addresses, ids) that its head and text name."""
    texts = [text for text in (story.headline, story.ednote, *story.body[:6]) if text]
    whole = "\n".join(texts)
    headlines = list(_QUOTED.findall(whole)) + _HEADLINED.findall(whole)
    slugs = [(one or other).strip(" .,-") for one, other in _SLUGGED.findall(whole)]
    if story.headline:
        headlines.append(story.headline[head_of(story.headline).end :])
    if story.slug:
        slugs.append(story.slug[head_of(story.slug).end :])
    ids = [token for token in _TOKEN.findall(whole) if any(c.isdigit() for c in token)]
    return headlines, slugs, [address.rstrip(".,;") for address in _ADDRESS.findall(whole)], ids[:40]


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
