"""ANPA 1312: AP's and Kyodo's typed wire. Caret lines are the head until a body line was seen."""

from __future__ import annotations

import re

from parsers.errors import ParseError
from parsers.formats import typed
from parsers.formats.copy import Copy, story_of, subjects
from parsers.hints import Hints, Reading
from parsers.lead.agencies import code_of
from parsers.story import Story
from parsers.text import tidy

HEADER = re.compile(r"[\x16\x01\s]*(?P<service>[A-Za-z]{1,2})\s?(?P<number>\d{3,4})[^\n]*\n")
START = re.compile(r"\x16+\x01\s*[A-Za-z]{1,2}\s?\d{3,4}")
SECOND = re.compile(
    r"^\s*(?P<priority>[a-z])\s?(?P<category>[a-z])\s*[\x13\x14]+\s*[\x11\x12]*\s*(?P<keyword>[^\n]*?)(?:\s+(?P<md>\d{1,2}-\d{1,2})\s+(?P<words>\d{3,5}))?\s*$",
    re.I,
)
URGENCY = {"f": 1, "b": 2, "u": 3, "r": 4, "d": 5, "a": 4, "s": 5, "h": 5}
STAMP = re.compile(r"(?P<m>\d{2})-(?P<d>\d{2})-(?P<y>\d{2})\s+(?P<H>\d{2})(?P<M>\d{2})\s?(?P<zone>[A-Z]{3})?")
KYODO_STAMP = re.compile(r"(?P<H>\d{2}):(?P<M>\d{2})[-\s](?P<d>\d{2})-(?P<m>\d{2})-(?P<y>\d{2})")
ZONES = {
    "GMT": "Z",
    "UTC": "Z",
    "EST": "-05:00",
    "EDT": "-04:00",
    "CST": "-06:00",
    "CDT": "-05:00",
    "PST": "-08:00",
    "PDT": "-07:00",
}
CODES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]|%0[0-9a-fA-F]")
COLUMNS = re.compile(
    r"(?<=[^\x00-\x20])[\x08\x10\x1e\x1f]+(?=[^\x00-\x20])"
)  # codes that part the columns of a table
SENDER = re.compile(r"^\s*(?P<code>[A-Z]{2,6})-")  # "AP-WF-11-13-13 1509GMT<"
LEFT_OVER = re.compile(r"^[\x02\x00 ^]*\*\d{3,5}<\s*\^")  # a selector number before the first caret
NOTE = re.compile(
    r"(?i)^\(?(?:Eds\b|EDITORS?\b|Editor's note|ADVISORY|With AP |AP Photo|AP Graphic|AP Video|Note\b)"
)


VERSION_MARK = re.compile(
    r",\s*(?=\d|$|(?:MANDATORY )?KILL\b|WITHHOLD|ELIMINATION|ABRIDGED|CORRECTIVE|CORRECTION|ADVISORY|WRITETHRU|ADDS?\b|TAKES?\b)",
    re.I,
)  # in a slug line, behind the name of the story
SAYS_KILL = re.compile(r"\b(?:KILL|ELIMINATION)\b")
TITLE = re.compile(r"(?i)\b(?:writers?|correspondents?|editors?)$")
BELOW_HEADLINE = re.compile(r"(?i)^(?:by\s+\S|(?:The )?Associated Press$|AP [\w ]{3,40} Writers?$)")


def read(body: bytes, hints: Hints) -> Reading:
    """The story of an ANPA 1312 message, or those of several in one file. Raises ParseError without header or text."""
    text = typed.decoded(body)
    if not HEADER.match(text):
        raise ParseError("no ANPA 1312 header", where=hints.where, do="check what was delivered")
    return typed.messages(text, START, lambda one: _message(one, hints), hints, "anpa")


def _message(text: str, hints: Hints) -> Story:
    head = HEADER.match(text)
    if not head:
        raise ParseError("no ANPA 1312 header", where=hints.where, do="check what was delivered")
    return _story(text[head.end() :], hints)


def _line(raw: str) -> str:
    """A line without typesetting codes, caret and end mark."""
    return typed.mended(CODES.sub("", COLUMNS.sub(" ", raw))).replace(" _ ", " — ")


def _story(text: str, hints: Hints) -> Story:
    lines = text.split("\n")
    second = next((found for line in lines[:3] if (found := SECOND.match(line))), None)
    body_text, _, trailer = text.partition("\x03")
    start = body_text.find("\x02")
    lines = (body_text[start + 1 :] if start >= 0 else body_text).split("\n")
    heads: list[str] = []
    body: list[str] = []
    tabular = bool(second and "\x14" in second.group())
    for raw in lines:
        raw = LEFT_OVER.sub("^", raw)
        caret = raw.lstrip("\x02\x00 ").startswith("^")
        clean = _line(raw)
        if caret and not body:
            heads.append(tidy(clean.strip().lstrip("^").rstrip("<=").strip()))
        elif tidy(clean):
            body.append(clean.replace("^", "").rstrip("<=") if caret else clean.rstrip("<"))
        elif body:
            body.append("")
    if start < 0 and not heads:
        body = body[1:] if second and body else body
    heads = [one for one in heads if one]
    if not body and len(heads) > 4:
        return _all_carets(heads, second, trailer, hints)
    slug, headline, byline, credit, notes = _heads(heads)
    if not heads and body:
        slug, headline, body = _kyodo(body)
    paragraphs = _paragraphs(body, tabular)
    while paragraphs and re.match(r"(?i)^(?:AP-[\w-]+.*|==+\s*\w+|___|KWS.*)$", paragraphs[-1]):
        paragraphs.pop()
    return _made(second, slug, headline, byline, credit, notes, paragraphs, trailer or text[-200:], hints)


def _paragraphs(body: list[str], tabular: bool) -> list[str]:
    """One line a paragraph where lines begin with a tab or blanks or are long; else unwrapped."""
    filled = [line for line in body if line.strip()]
    if tabular or sum(len(line) > 90 for line in filled) * 2 > len(filled):
        return [tidy(line) for line in filled if tidy(line) != "___"]
    return [one for one in typed.unwrapped(body) if one != "___"]


def _heads(heads: list[str]) -> tuple[str | None, str | None, str | None, str | None, list[str]]:
    """(slug, headline, byline, credit, notes) of the caret lines."""
    slug = heads[0] if heads else None
    headline: str | None = None
    byline: str | None = None
    credit: str | None = None
    notes: list[str] = []
    for line in heads[1:]:
        if NOTE.match(line):
            if not re.match(r"(?i)^AP (?:Photo|Graphic|Video)", line):
                notes.append(line)
        elif re.match(r"(?i)^by\s+\S", line):
            byline = line
        elif code_of(line) or (byline and re.match(r"(?i)^(?:The )?(?:Associated Press|AP\b)", line)):
            credit = credit or ("AP" if TITLE.search(line) else line)
        elif headline is None:
            headline = line
        elif notes and not byline:
            notes[-1] += f" {line}"
        elif SAYS_KILL.search(f"{slug} {headline}"):
            notes.append(line)  # what is killed, and why
    return slug, headline, byline, credit, notes


def _kyodo(body: list[str]) -> tuple[str | None, str | None, list[str]]:
    """Kyodo: a slug line, a headline that ends in "+", indented text."""
    filled = [index for index, line in enumerate(body) if line.strip()]
    for place, index in enumerate(filled[:6]):
        if body[index].rstrip().endswith("+"):
            slug = tidy(body[filled[0]]) if place else None
            headline = tidy(" ".join(body[i].rstrip("+ ") for i in filled[1 if place else 0 : place + 1]))
            return slug, headline, body[index + 1 :]
    return None, tidy(body[filled[0]]) if filled else None, body[filled[0] + 1 :] if filled else []


def _all_carets(heads: list[str], second: re.Match[str] | None, trailer: str, hints: Hints) -> Story:
    """A story all of whose lines are caret lines: the head ends where the lines grow long."""
    cut = next(
        (
            index
            for index, line in enumerate(heads)
            if index > 1 and not NOTE.match(line) and not BELOW_HEADLINE.match(line)
        ),
        len(heads),
    )
    slug, headline, byline, credit, notes = _heads(heads[:cut])
    return _made(second, slug, headline, byline, credit, notes, heads[cut:], trailer, hints)


def _published(trailer: str, hints: Hints) -> str | None:
    found = STAMP.search(trailer)
    zone = ZONES.get((found["zone"] or "") if found else "", "")
    if not found and (found := KYODO_STAMP.search(trailer)):
        zone = "+09:00"  # Kyodo's clock is Japan's
    if not found:
        return None
    return f"{typed.full_year(int(found['y']), hints.seen):04d}-{found['m']}-{found['d']}T{found['H']}:{found['M']}:00{zone}"


def _sender(trailer: str, paragraphs: list[str]) -> str | None:
    """The agency whose code the trailer begins with; Kyodo's signs. None where the copy itself must tell."""
    if "Kyodo" in trailer or any(
        "==Kyodo" in one or re.search(r"\d Kyodo\b", one) for one in paragraphs[:1] + paragraphs[-1:]
    ):
        return "Kyodo"
    found = SENDER.match(trailer)
    return found["code"] if found and code_of(found["code"]) else None


def _made(
    second: re.Match[str] | None,
    slug: str | None,
    headline: str | None,
    byline: str | None,
    credit: str | None,
    notes: list[str],
    paragraphs: list[str],
    trailer: str,
    hints: Hints,
) -> Story:
    if not headline and not paragraphs and not notes:
        raise ParseError("ANPA without headline and text", where=hints.where, do="check what was delivered")
    name = VERSION_MARK.split(slug or "")[0].strip(" ,") or (
        tidy(CODES.sub("", second["keyword"])) if second else None
    )
    marks = f"{slug or ''} {headline or ''}"
    kind = (
        "kill"
        if SAYS_KILL.search(marks)
        else "advisory"
        if re.search(r"(?i)\badvisory\b", marks)
        else "correction"
        if re.search(r"(?i)\bcorrective\b", marks)
        else "alert"
        if "APNewsAlert" in marks
        else "story"
    )
    if kind == "alert" and headline and not paragraphs:
        paragraphs, headline = [headline], None
    version = re.search(
        r"(?i)\b(?:\d+(?:st|nd|rd|th) Ld(?:-Writethru)?|Writethru|ABRIDGED|CORRECTIVE)\b", slug or ""
    )
    letter = (second["priority"] if second else "").lower()
    copy = Copy(
        paragraphs=tuple(paragraphs),
        headline=headline,
        byline=byline,
        published=_published(trailer, hints),
        credit=credit or _sender(trailer, paragraphs),
        fields={
            "slug": name or None, "version": version.group() if version else None, "ednote": " | ".join(notes) or None, "kind": kind, "urgency": URGENCY.get(letter) if letter != "f" or kind == "alert" else None,  # features go with f too
            "status": "canceled" if kind == "kill" else "usable", "subjects": subjects([(second["category"], None)] if second else [], "anpa"),
        },
    )  # fmt: skip
    return story_of(copy, hints)
