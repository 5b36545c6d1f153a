"""What stands above a story or runs into its first words: headings, bylines, time stamps, editors' notes, bare credits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from parsers.lead.agencies import code_of
from parsers.lead.byline import Byline, read_byline
from parsers.lead.byline_line import (
    ANONYMOUS,
    BARE_NAMES,
    byline_of_line,
    byline_with_place,
    inline_desk,
)
from parsers.lead.dateline import find_dateline
from parsers.lead.places import candidates

STAMP_LINE = re.compile(
    r"(?i)^\W*(?:(?:first |last )?(?:(?:updated|published|posted|modified|edited|filed|created)(?!\s*by\b)|last update|aktualisiert|veröffentlicht|publié|publicado|actualizado|pubblicato|aggiornato|diterbitkan)\b(?:\s+(?:at|on|am|le|el|il))?\s*:?|date\s*:|"
    r"printed from\b|photo\s*(?:credit)?\s*:|image\s*(?:credit)?\s*:|source\s*:|video player close|representational? image|representative image|file (?:photo|image|pic)|\d+ min(?:ute)?s? read|share (?:this|on)|listen to)[^\n]{0,80}$"
)
MAIL_LINE = re.compile(r"^\W*(?:e-?mail\s*:?\s*)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+\W*$", re.I)
DAY_LINE = re.compile(
    r"(?i)^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{1,2}\s+\w{3,9}\.?,?\s+\d{4}|\w{3,9}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d\d-\d\d)(?:[\s,|-]+(?:at )?\d{1,2}[:.]\d\d.{0,16})?$"
)
PIPED = re.compile(
    r"^(?P<who>[^|\n]{2,60}?)\s*(?:\||/(?=\s*(?i:updated|published)))\s*(?P<rest>[^\n]{2,110})$"
)
NOTE_WORDS = (
    r"adds?|adding|updates?|updating|corrects?|correcting|recasts?|refiles?|repeats?|removes?|clarifies|fixes|rewrites|releads|writes through|eds\b|"
    r"in (?:[A-Z]\w+\.? \d{1,2}|\w+ paragraph)[\w ,.]{0,40}(?:story|item)|new throughout|changes|deletes|inserts|restores|with (?:quotes|details|photo|video|graphic)"
)
EDNOTE = re.compile(
    rf"^\s*(?:[(\[](?P<note>(?i:{NOTE_WORDS})[^()\[\]]{{2,300}})[)\]]"
    r"|(?P<eds>(?:Eds|EDS|EDITORS?|Editors?(?:'|’)?s? ?[Nn]otes?|Editor['’]s [Nn]ote|ATTENTION EDITORS?|ADVISORY|EDITORS['’] ADVISORY|NOTE TO EDITORS)\s*[:.—-]+\s*[^\n]{3,400}))\s*"
)
BARE_CREDIT = re.compile(
    r"^\s*(?:[(\[（/]\s*(?P<in>[^()\[\]（）/]{2,30})\s*[)\]）/]\s*\.?\s*(?:[-–—:]{1,3})?|(?P<out>[A-Z][\w.]{1,20}(?: News| Business)?)\s+(?:--|[-–—])(?=\s))\s*"
)
BY = re.compile(r"(?:By|BY)\s*:?\s+(?=[A-Z])")
BY_END = re.compile(
    r"(?P<gap>\s{2,})|(?<![ .(][A-Z])(?<!Jr)(?<!Sr)(?<!Dr)(?<!St)\.\s+(?=[A-Z“\"‘(])|\s+(?=\((?:(?:Reuters|AP|AFP|UPI)\)|Filed\b))"
)
DAY_AFTER = re.compile(r"[A-Z]\w{2,8}\.? \d{1,2}, \d{4}\.?\s+")
FILED = re.compile(r"\(Filed[^)]{0,30}\)\.?\s*")
BY_SMALL = frozenset(
    ("in and at of for from with de la le van von der den del bin al el da do the #39;s &").split()
)
SERVICE_RUN = re.compile(
    r"^((?:[A-Z]\w+ ){1,3}(?:News Service|News Network|Bureau|Correspondent|Reporter))\s+(?=[A-Z][\w ]{2,25}, [A-Z][a-z]{2,8}\.? \d)"
)
DECK_END = re.compile(
    r"[.!?\"“”](?<!\bSt[.!?\"“”])\s+(?=[A-ZÄÖÜ][\w./äöüß-]+(?: [A-ZÄÖÜ][\w./äöüß-]+){0,2}(?: [–—] [A-ZÄÖÜ„\"]| \((?:APA|dpa|sda|AP|AFP|Reuters)[\w/]*\)|, [A-Z]\w{2,8}\.? \d{1,2} \())"
)
NAME_WORD = re.compile(r"[A-ZÀ-Þ][\w'’.-]*")
SENTENCE_END = (".", "।", "。", "۔", "…", ":", ",", ";", ".”", '."', ".’")
SLASHED = re.compile(
    r"^(?P<agency>[^\s/]{2,12}) / (?P<place>[^/\d]{2,30}) / (?P<who>[^/\d]{4,40})$"
)  # "AA / Paris / Anne Roux"
LEAST = 25  # characters of the paragraph under a byline that names a place
HEADING = 170  # characters that a heading has at most
SAYING = re.compile(r"[A-Z]{4,}|Correct|Advis")
KINDS = (
    ("kill", re.compile(r"(?i)\b(?:mandatory kill|story kill|photo kill|kill(?:ed)? (?:the|this|story|notice)|story (?:is |has been )?withdrawn|withdraws?\b|KILL\b:?)")),
    ("correction", re.compile(r"(?i)\b(?:correct(?:s|ed|ion|ing)\b|clarifies|errat(?:um|a)|berichtigung|korrektur|rectificati[fv]|corrección|rettifica)")),
    ("advisory", re.compile(r"(?i)\b(?:advisory|note to editors|attention editors|media advisory|news schedule|coverage plan)")),
)  # fmt: skip


@dataclass(slots=True)
class Above:
    """What has been read above the story so far."""

    bylines: list[Byline] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)


def kind_of(notes: Sequence[str], headings: Sequence[str], headline: str | None) -> str | None:
    """kill, correction or advisory where notes or a heading's first words say so."""
    if not (notes or headings or headline):
        return None
    heads = [text[:30] for text in (*headings, headline or "") if SAYING.match(text)]
    said = " | ".join([*notes, *heads])
    return next((kind for kind, sign in KINDS if sign.search(said)), None) if said else None


def same(one: str, other: str) -> bool:
    """Are two lines the same words?"""
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()


def ednote_of(line: str) -> str | None:
    """The editors' note that a whole line is, or None."""
    found = EDNOTE.match(line)
    return (found["note"] or found["eds"]).strip() if found and found.end() == len(line) else None


def line_above(
    line: str, above: Above, headline: str | None, below: Sequence[str]
) -> tuple[str | None, str] | None:
    """(a place it names, rule) where a line stands above the story; None where the story or a heading begins."""
    if len(line) > 430:
        return None
    if headline and (
        same(line, headline) or same(line.partition(" | ")[0], headline)
    ):  # "… | Europe | The Paper"
        return None, "headline"
    if len(line) < 130 and (STAMP_LINE.match(line) or DAY_LINE.match(line) or MAIL_LINE.match(line)):
        return None, "stamp"
    if note := ednote_of(line):
        above.notes.append(note)
        return None, "ednote"
    if len(line) > 170:
        return None
    if (piped := PIPED.match(line)) and (taken := _piped(piped, above)):
        return taken
    if slashed := _slashed(line):
        above.bylines.append(slashed[0])
        return slashed[1], "byline"
    if made := byline_of_line(line):
        above.bylines.append(made)
        return None, "byline"
    if (
        below
        and len(below[0]) > LEAST
        and not byline_with_place(below[0])
        and (placed := byline_with_place(line))
    ):
        above.bylines.append(placed[0])
        return placed[1], "byline"
    if len(line) < 70 and below and BARE_NAMES.match(line) and _byline_follows(line, below):
        above.bylines.append(Byline(line, read_byline(line).authors))
        return None, "byline"
    return None


def _slashed(line: str) -> tuple[Byline, str] | None:
    """(byline, agency and place) of "AA / Paris / Anne Roux"; None for others."""
    found = SLASHED.match(line)
    if not found or not code_of(found["agency"]) or not candidates(found["place"]):
        return None
    who = read_byline(found["who"])
    return (who, f"{found['agency']} / {found['place']}") if who.authors else None


def _piped(piped: re.Match[str], above: Above) -> tuple[str | None, str] | None:
    who, rest = piped["who"].strip(), piped["rest"].strip()
    if re.match(r"(?i)source:\s*", who) and re.search(r"\d{4}", rest):
        if code_of(who.split(":", 1)[1]):
            above.bylines.append(read_byline(who.split(":", 1)[1]))
        return None, "stamp"
    made = byline_of_line(who) or byline_of_line("By " + who)
    if made and code_of(rest):  # "Asha Rao | TNN"
        above.bylines.append(read_byline(piped.group()))
        return None, "byline"
    if made and (re.search(r"\d{4}", rest) or find_dateline(rest, alone=True)):
        above.bylines.append(made)
        return rest.split("|")[0].strip(), "byline"
    return None


def _byline_follows(line: str, below: Sequence[str]) -> bool:
    """A bare name is a byline above a service ("Tribune News Service"), or right above a dateline that is sure."""
    if candidates(line) or code_of(line):
        return False
    following = next((text for text in below if not MAIL_LINE.match(text)), "")
    if ANONYMOUS.match(following) and len(following) < 60:
        return True
    found = find_dateline(following, alone=len(following) < 70 and len(below) > 1)
    return bool(found and read_byline(line).authors)


def only_heads(line: str, below: Sequence[str], day: date | None) -> bool:
    """Is this a heading above the story: a dateline follows, with nothing but headings and bylines between?"""
    if not _head_like(line) or find_dateline(line, published=day, alone=True):
        return False
    for at, text in enumerate(below):
        found = find_dateline(text, published=day, alone=len(text) < 70 and at + 1 < len(below))
        if found:
            rest = below[at + 1] if at + 1 < len(below) else ""
            again = find_dateline(rest, published=day) if rest else None
            # A list of cities ("Mumbai: Rs 9,000" / "Delhi: Rs 8,990") is the story, not the copy under a heading.
            return (
                len(text) > 90
                or (found.sure and again is None)
                or (not text[found.body :].strip() and again is None)
            )
        if not (_head_like(text) or line_above(text, Above(), None, below[at + 1 :])):
            return False
    return False


def _head_like(text: str) -> bool:
    return len(text) <= HEADING and not text.endswith(SENTENCE_END)


def inline_matter(text: str, above: Above) -> Iterator[tuple[int, str]]:
    """(characters, rule) of notes and bylines that run straight into the first paragraph, in order."""
    for _ in range(3):
        if text[:1] in "([EAN" and (note := EDNOTE.match(text)) and text[note.end() :].strip():
            above.notes.append((note["note"] or note["eds"]).strip())
            cut, rule = note.end(), "ednote"
        elif text[:2] in ("By", "BY") and (end := _inline_byline(text, above)):
            cut, rule = end, "byline"
        elif (desk := inline_desk(text[:120])) and text[desk[1] :].strip():
            above.bylines.append(desk[0])
            cut, rule = desk[1], "byline"
        elif text[:1].isupper() and (service := SERVICE_RUN.match(text)):
            above.bylines.append(Byline(service[1]))
            cut, rule = service.end(), "byline"
        else:
            return
        yield cut, f"lead:{rule}"
        text = text[cut:]


def _inline_byline(text: str, above: Above) -> int | None:
    """Where a byline ends that runs into the story: "By JANE SAMPLE     PARIS (AP) -- "; None for a sentence."""
    by = BY.match(text)
    if not by:
        return None
    end = BY_END.search(text, by.end(), 170)
    unsure = not end or (end["gap"] is None and not text.startswith(".", end.start()))
    if unsure and (run := _run_into_dateline(text, by.end(), above)):
        return run
    if not end:
        return None
    who = text[by.end() : end.start()]
    if any(word[:1].islower() and word not in BY_SMALL for word in re.sub(r"\([^)]*\)", "", who).split()):
        return None
    if any(map(str.isdigit, who.replace("#39;", ""))) or candidates(who):
        return None
    made = read_byline(who.replace(" #39;", "'"))
    if not made.authors and not made.credits:
        return None
    stop = end.end()
    if dated := DAY_AFTER.match(text, stop):
        who, stop = text[by.end() : dated.end()].strip(), dated.end()
    if filed := FILED.match(text, stop):
        stop = filed.end()
    if not text[stop:].strip():
        return None
    above.bylines.append(Byline(who, made.authors, made.credits))
    return stop


def _run_into_dateline(text: str, start: int, above: Above) -> int | None:
    """Where a byline ends that a dateline follows with nothing between: "By JANE SAMPLE PARIS (AP) -- "."""
    words = list(NAME_WORD.finditer(text, start, start + 90))
    for before, after in pairwise(words[1:5]):
        if before.end() + 1 != after.start():
            return None
        found = find_dateline(text[after.start() : after.start() + 200])
        place = found.dateline.place if found and found.sure else None
        if not found or not place or not (candidates(place) or found.dateline.region):
            continue
        made = read_byline(text[start : before.end()])
        if made.authors:
            above.bylines.append(made)
            return after.start()
    return None


def bare_credit(text: str) -> tuple[int, str] | None:
    """(characters, code) of an agency at the head without place and day: "(Reuters) - ", "AP - "."""
    found = BARE_CREDIT.match(text)
    code = code_of(found["in"] or found["out"]) if found else None
    rest = text[found.end() :] if found else ""
    if not found or not code or not rest.strip() or (found["out"] and rest[:1].islower()):
        return None
    return found.end(), code
