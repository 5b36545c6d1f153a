"""Raw copy → dateline, byline, authors, credits, editor's note, and the body without any of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from parsers.lead.agencies import agency_of_url, catalogue, code_of, original
from parsers.lead.byline import Byline, byline_of_line, read_byline
from parsers.lead.dateline import Found, find_dateline
from parsers.lead.signoff import read_tail
from parsers.story import Dateline, Removed

HEAD_LINES = 6  # paragraphs in which matter above the story is looked for
STAMP_LINE = re.compile(
    r"(?i)^\W*(?:(?:first |last )?(?:updated|published|posted|modified|edited|filed|created)\b(?:\s+(?:at|on))?\s*:?|date\s*:|printed from\b|photo\s*:|image\s*:|source\s*:|"
    r"video player close|representational image|file photo)[^\n]{0,80}$"
)
DAY_LINE = re.compile(
    r"(?i)^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{1,2}\s+\w{3,9}\.?,?\s+\d{4}|\w{3,9}\.?\s+\d{1,2},?\s+\d{4})(?:[\s,|-]+\d{1,2}[:.]\d\d.{0,12})?$"
)
PIPED = re.compile(r"^(?P<who>[^|\n]{2,60}?)\s*\|\s*(?P<rest>[^\n]{2,110})$")
EDNOTE = re.compile(
    r"^\s*(?:\((?P<note>(?:adds?|updates?|updating|corrects?|recasts?|refiles?|repeats?|removes?|clarifies|fixes|rewrites|releads|writes through|eds\b|in [A-Z][\w. ]{2,30}story|with )[^()]{2,300})\)"
    r"|(?P<eds>(?:Eds|EDS|EDITORS?|Editors?(?:'|’)? ?notes?|ATTENTION EDITORS?|ADVISORY)\s*[:.—-]+\s*[^\n]{3,400}))\s*",
    re.I,
)
BARE_CREDIT = re.compile(
    r"^\s*(?:[(\[]\s*(?P<in>[^()\[\]]{2,30})\s*[)\]]\s*(?:[-–—:]{1,3})?|(?P<out>[A-Z][\w.]{1,20}(?: News| Business)?)\s+(?:--|[-–—])(?=\s))\s*"
)
INLINE_BY = re.compile(
    r"^(?:By|BY)\s+(?P<who>(?:[A-Z][\w.'’-]*(?:\s(?!\s)|(?=\s{2,})|(?=[.,(]))){2,5}(?:(?:and|&|,)\s+(?:[A-Z][\w.'’-]*\s?){2,4})*"
    r"(?:,?\s*(?:Globe|HealthDay|AP|Reuters|Associated Press|[A-Z]\w+)?\s*(?:Staff|Reporter|Correspondent|Writer|Editor|Economics|Political|and|Globe|Press|News|\s)+)?(?:\([^)]{3,60}\))?)"
    r"(?P<end>\s{2,}|\.\s+|\s+(?=\(Reuters\)|\(AP\))|\s+(?=\(Filed))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What head and end of a story say, and the body without it."""

    dateline: Dateline | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    credit: str | None = None
    credits: tuple[str, ...] = ()
    ednote: str | None = None
    body: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()


def day_of(when: date | datetime | None) -> date | None:
    """The day of a time in its own zone."""
    return when.date() if isinstance(when, datetime) else when


def read_lead(
    paragraphs: Sequence[str],
    *,
    published: date | datetime | None = None,
    headline: str | None = None,
    byline: str | None = None,
    country: str | None = None,
    agency: str | None = None,
    url: str | None = None,
) -> Lead:
    """Read head and end of a story's copy.

    paragraphs: plain text in order. published: infers the dateline's year. headline: dropped where the copy repeats it.
    byline: one found elsewhere (a page's, a wire's element); agency, country: of the source, for namesakes and credits.
    """
    left = [text for text in paragraphs if text.strip()]
    removed: list[Removed] = []
    lines: list[Byline] = []
    notes: list[str] = []
    day = day_of(published)
    agency = agency or agency_of_url(url)
    prefer = (country, catalogue()[agency].country if agency in catalogue() else None)
    found: Found | None = None
    # Matter above the story, line by line; never so much that nothing is left.
    looked = 0
    while len(left) > 1 and looked < HEAD_LINES:
        looked += 1
        line = left[0].strip()
        if (taken := _line_above(line, lines, notes, headline)) is None:
            break
        place, rule = taken
        removed.append(Removed(text=left.pop(0), rule=f"lead:{rule}"))
        if place and (made := find_dateline(place, published=day, prefer=prefer, alone=True)):
            found = found or made
    if left:
        left[0] = _inline(left[0], lines, notes, removed)
    if left and found is None:
        found = _dateline(left, day, prefer, removed)
    if (
        left
        and found is None
        and (bare := BARE_CREDIT.match(left[0]))
        and (code := code_of(bare["in"] or bare["out"]))
        and left[0][bare.end() :].strip()
    ):
        lines.append(Byline(None, (), (code,)))
        removed.append(Removed(text=left[0][: bare.end()], rule="lead:credit"))
        left[0] = left[0][bare.end() :]
    tail = read_tail(tuple(text for text in left if text.strip()))
    removed += tail.removed
    named = read_byline(byline, sure=True) if byline else None
    own = [*([named] if named else []), *lines]
    place_line = found.dateline if found else None
    codes = [
        *([place_line.agency] if place_line and place_line.agency else []),
        *(code for one in own for code in one.credits),
        *tail.credits,
    ]
    credits = tuple(dict.fromkeys(codes))
    authors = tuple(
        dict.fromkeys([*(name for one in own for name in one.authors), *(found.authors if found else ())])
    )
    shown = next((one.text for one in own if one.text), None) or (found.byline if found else None)
    return Lead(
        dateline=place_line, byline=shown, authors=authors, credit=original(credits), credits=credits,
        ednote=" | ".join(notes) or None, body=tail.body, removed=tuple(removed),
    )  # fmt: skip


def _line_above(
    line: str, lines: list[Byline], notes: list[str], headline: str | None
) -> tuple[str | None, str] | None:
    """(a place it names, rule) where a line stands above the story; None where the story begins."""
    if headline and _same(line, headline):
        return None, "headline"
    if STAMP_LINE.match(line) or DAY_LINE.match(line):
        return None, "stamp"
    if (note := EDNOTE.match(line)) and note.end() == len(line):
        notes.append((note["note"] or note["eds"]).strip())
        return None, "ednote"
    if piped := PIPED.match(line):
        who, rest = piped["who"].strip(), piped["rest"].strip()
        made = byline_of_line(who) or byline_of_line("By " + who)
        if made and (re.search(r"\d{4}", rest) or find_dateline(rest, alone=True)):
            source = re.match(r"(?i)source:\s*(.+)", who)
            lines.append(read_byline(source[1]) if source else made)
            return rest.split("|")[0].strip(), "byline"
        if re.match(r"(?i)source:\s*", who) and re.search(r"\d{4}", rest):
            return None, "stamp"
        return None
    if made := byline_of_line(line):
        lines.append(made)
        return None, "byline"
    return None


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()


def _inline(text: str, lines: list[Byline], notes: list[str], removed: list[Removed]) -> str:
    """Notes and bylines that run straight into the first paragraph are taken off it."""
    for _ in range(3):
        if (note := EDNOTE.match(text)) and text[note.end() :].strip():
            notes.append((note["note"] or note["eds"]).strip())
            cut, rule = note.end(), "ednote"
        elif (by := INLINE_BY.match(text)) and text[by.end() :].strip():
            made = read_byline(by["who"])
            if not made.authors and not made.credits:
                return text
            lines.append(made)
            cut, rule = by.end(), "byline"
        elif service := re.match(
            r"^((?:[A-Z]\w+ ){1,3}(?:News Service|News Network|Bureau))\s+(?=[A-Z][\w ]{2,25}, [A-Z][a-z]{2,8}\.? \d)",
            text,
        ):
            lines.append(Byline(service[1]))
            cut, rule = service.end(), "byline"
        else:
            return text
        removed.append(Removed(text=text[:cut], rule=f"lead:{rule}"))
        text = text[cut:]
    return text


def _dateline(
    left: list[str], day: date | None, prefer: tuple[str | None, ...], removed: list[Removed]
) -> Found | None:
    """The dateline of the first paragraph (or on a line of its own above it), taken off."""
    text = left[0]
    short = len(left) > 1 and len(text) < 70
    found = find_dateline(text, published=day, prefer=prefer, alone=short)
    if found is None and not short:
        found = _after_deck(text, day, prefer)
    if found is None:
        return None
    if not text[found.body :].strip():
        if len(left) < 2:
            return None
        removed.append(Removed(text=left.pop(0), rule="lead:dateline"))
        return found
    removed.append(Removed(text=text[: found.body], rule="lead:dateline"))
    left[0] = text[found.body :].lstrip()
    return found


DECK_END = re.compile(r"[.!?\"“”]\s+(?=([A-ZÄÖÜ][\w./äöüß-]+(?: [A-ZÄÖÜ][\w.äöüß-]+){0,2}) [–—] [A-ZÄÖÜ„\"])")


def _after_deck(text: str, day: date | None, prefer: tuple[str | None, ...]) -> Found | None:
    """A dateline behind a deck that stuck to the text: "Tat geklärt. Wien – Die Polizei …"."""
    marks = list(DECK_END.finditer(text[:400]))
    if len(marks) != 1:
        return None
    at = marks[0].end()
    found = find_dateline(text[at:], published=day, prefer=prefer)
    if not found:
        return None
    return Found(found.dateline, at + found.start, at + found.end, at + found.body)
