"""IPTC 7901: the European agencies' typed wire (dpa, ats …). Control characters may be stripped."""

from __future__ import annotations

import re

from parsers.errors import ParseError
from parsers.formats import typed
from parsers.formats.copy import Copy, story_of, subjects
from parsers.hints import Hints, Reading
from parsers.lead.agencies import code_of
from parsers.story import Story
from parsers.text import tidy

HEADER = re.compile(
    r"[\x7f\s\x16]*\x01?\s*(?P<service>[a-z]{2,4})(?P<number>\d{3,5}) (?P<priority>[1-9]) (?P<category>[a-z]{1,3})\s+(?P<words>\d+)(?P<rest>[^\n]*)\n",
    re.I,
)
START = re.compile(r"\x01\s*[A-Za-z]{2,4}\d{3,5} [1-9] ")
SIGNED = re.compile(r"\n[ \t]*(?P<who>[a-z]{2,5})(?: [a-z]{2,3}){1,6}[\s\x7f]*\Z")  # "dpa wsz jln npr"
UPDATE = re.compile(
    r"(?i)^\W*(?:EXTRA|REFILE|REPEAT|RPT|CORRECTION|CORRECTED|KILL|WITHDRAWN|ADVISORY|URGENT|FLASH|SNAP|EIL|\(?\w+\)?|(?:\d+(?:ST|ND|RD|TH)|FIRST|SECOND|THIRD|LAST)\s+(?:LEAD|NET|LD|UPDATE|VERSION)|LEAD \d*|.*\b(?:lead|net|roundup|summary)\)?)\W*$"
)
STAMP = re.compile(
    r"(?P<d>\d{2})(?P<H>\d{2})(?P<M>\d{2})\s+(?:(?P<zone>[A-Z]{3,4})\s+)?(?P<m>[A-Za-zäÄéû]{3,4})\.?\s+(?P<y>\d{2,4})"
)
NOTEBOOK = re.compile(
    r"(?m)^\s*#\s*(?:\w+[ -]){0,2}(?:Note(?:book|s)?|Notizblock|Notizen)\b|^\s*\* \* \* \*\s*$", re.I
)
SLUG = re.compile(
    r"\s*([^\n]*/)[ \t]*\n"
)  # without control characters: the first line, if it ends with a slash


def read(body: bytes, hints: Hints) -> Reading:
    """The story of a 7901 message, or those of several in one file. Raises ParseError without its header line or without text."""
    text = typed.decoded(body)
    if not HEADER.match(text):
        raise ParseError("no IPTC 7901 header", where=hints.where, do="check what was delivered")
    return typed.messages(text, START, lambda one: _message(one, hints), hints, "iptc7901")


def _message(text: str, hints: Hints) -> Story:
    head = HEADER.match(text)
    if not head:
        raise ParseError("no IPTC 7901 header", where=hints.where, do="check what was delivered")
    rest = text[head.end() :]
    body_text, _, trailer = rest.partition("\x03")
    if not trailer and (
        found := re.search(
            r"\n\s*(?P<all>\d{6}\s+(?:[A-Z]{3,4}\s+)?[A-Za-z]{3}\.?\s+\d{2,4})\s*[\x00\x7f\x04\s]*$", rest
        )
    ):
        body_text, trailer = rest[: found.start()], found["all"]
    keywords, _, copy_text = body_text.partition("\x02")
    if not copy_text:
        found = SLUG.match(body_text)
        keywords, copy_text = (found[1], body_text[found.end() :]) if found else ("", body_text)
    return _story(head, tidy(keywords).rstrip("/ "), copy_text, trailer, hints)


def _head_and_body(text: str) -> tuple[list[str], str]:
    """The lines of the head (the last ends in "=") and the body below them."""
    lines = text.strip("\n").split("\n")
    for index, line in enumerate(lines[:10]):
        if line.rstrip().endswith("="):
            heads = [tidy(one) for one in lines[: index + 1]]
            heads[-1] = heads[-1].rstrip("= ").strip()
            return [one for one in heads if one], "\n".join(lines[index + 1 :])
    parts = re.split(r"\n\s*\n", text.strip("\n"), maxsplit=1)
    return [tidy(line) for line in parts[0].split("\n") if tidy(line)], parts[1] if len(parts) == 2 else ""


def _published(trailer: str, hints: Hints) -> str | None:
    found = STAMP.search(trailer)
    if not found or not (month := typed.month_number(found["m"])):
        return None
    year = int(found["y"])
    year = year if year > 99 else typed.full_year(year, hints.seen)
    zone = {
        "GMT": "Z",
        "UTC": "Z",
        "CET": "+01:00",
        "MEZ": "+01:00",
        "CEST": "+02:00",
        "MESZ": "+02:00",
        "MES": "+02:00",
    }.get(found["zone"] or "", "")
    return f"{year:04d}-{month:02d}-{found['d']}T{found['H']}:{found['M']}:00{zone}"


def _story(head: re.Match[str], slug: str, text: str, trailer: str, hints: Hints) -> Story:
    heads, body = _head_and_body(text)
    bylines = [line for line in heads if re.match(r"(?i)^(?:by|von|par|por)\s+\S", line)]
    rest = [line for line in heads if line not in bylines]
    candidates = [line for line in rest if not UPDATE.match(line)] or rest
    headline = candidates[-1] if candidates else None
    # A headline may run over two lines: the second goes on in lower case.
    if (
        headline
        and len(candidates) > 1
        and (
            headline[:1].islower()
            or candidates[-2].endswith((":", ",", " -"))
            or (not re.search(r"[.!?\")]$", candidates[-2]) and len(candidates[-2]) > 45)
        )
    ):
        headline = f"{candidates[-2]} {headline}"
    notes: str | None = None
    if cut := NOTEBOOK.search(body):
        notes, body = tidy(body[cut.start() :]), body[: cut.start()]
    if (signed := SIGNED.search(body)) and code_of(signed["who"]):
        body = body[: signed.start()]
    paragraphs = [typed.mended(one) for one in typed.unwrapped(body.split("\n"))]
    if not headline and not paragraphs:
        raise ParseError("7901 without headline and text", where=hints.where, do="check what was delivered")
    routing = head["rest"].split()
    agency = next((word for word in routing if code_of(word)), None)
    marks = " ".join(line for line in rest if line != headline)
    kind = (
        "kill"
        if re.search(r"(?i)\b(?:kill|withdrawn)\b", marks)
        else "correction"
        if re.search(r"(?i)\bcorrect", marks)
        else "story"
    )
    copy = Copy(
        paragraphs=tuple(paragraphs),
        headline=headline,
        byline=bylines[0] if bylines else None,
        published=_published(trailer, hints),
        credit=agency,
        fields={
            "guid": None, "version": marks or None, "slug": slug or None, "urgency": int(head["priority"]), "kind": kind, "ednote": notes,
            "status": "canceled" if kind == "kill" else "usable", "subjects": subjects([(head["category"], None)], "iptc7901"),
        },
    )  # fmt: skip
    return story_of(copy, hints)
