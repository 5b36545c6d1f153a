"""The end of a story, read upward as one grammar: credit, sign-off, initials, reporting lines, disclaimers, jump lines.

Each rule says where in a paragraph the end matter begins; nothing else is ever cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers.lead.agencies import code_of, codes_in
from parsers.lead.endings import (
    AGENCY_LINES,
    DESK_LINES,
    END_MARK,
    HINDI_INPUTS,
    INITIALS,
    MARKS,
    NOTES,
    TAG,
    TRAILERS,
    WITH_INPUTS,
    could_tell,
)

RULE = "___"  # what AP sets before its notes
MOST_NOTES = 6  # paragraphs of them, with their rule
LONGEST = 600  # characters of a line of end matter
LONGEST_MARK = 24  # characters of an end mark in words
NEAR = 80  # characters in which a short tail may begin
MARKS_BEFORE = 12  # spaces and a dash between a sentence and the bracket behind it
CLOSERS = frozenset(")]）】")
TRAILED = re.compile("Turn to|Continued|Contd|See p|See P|■|►|▶|»|>|Enter your email|words|Words")
DASH = re.compile("[-–—]")
WINDOW = 420  # characters at a paragraph's end in which a tail may begin
LEAST = 12  # characters of a paragraph that stay when its tail goes
BRACKETED = re.compile(r"\s*[-–—]?\s*[(\[（【]\s*(?P<in>[^()\[\]（）\n]{1,320})\s*[)\]）】]\s*[.।]?\s*$")
STOPS = ".!?।۔。؟…”\"’'»)]】）"
GLUED = re.compile(
    r"[.!?।۔。؟…”\"’'»)\]](?P<gap>\s*(?:[-–—]{1,5}\s*|\.-\s*|/\s*|\|\s*)?)(?P<tail>[^\s.!?।۔。](?:[^.!?।۔。\n]|\.(?=[a-z]{2,3}\b)){0,40}?(?:\.[A-Z]\.)*)\.?\s*$"
)
DASHED = re.compile(r"(?<=\w)(?P<gap>\s+(?:[-–—]{1,5}|--)\s?)(?P<tail>[^\s.!?।۔-][^.!?।۔\n]{0,30}?)\.?\s*$")
SAFE = frozenset(
    ("Reuters", "Xinhua", "Bloomberg", "Yonhap", "Kyodo", "Bernama", "Anadolu", "Interfax", "dpa")
)
SPLIT = re.compile(r"[\s/|]+")
NAME_AND = re.compile(r"^(?P<who>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){1,3}),\s+(?P<agency>[^,]{2,40})$")


SIGNED_DAY = re.compile(
    r"^(?P<who>[^()\n]{2,60}?),\s*\d{1,2}\.\s?\d{1,2}\.\s?\d{4}$"
)  # "(red, 2.6.2025)": Austrian papers
CAPITALS = re.compile(r"^[A-Z]{2,4}(?: [A-Z]{2,4}){0,3}$")
INITIALLED = re.compile(r"^(?P<initials>\S{2,24})\s*\((?P<in>[^()\n]{2,40})\)$")  # "mr/gw/ach (dpa, AFP)"
SIGNED_BY = re.compile(r"^\((?P<who>By [A-Z][^()\n]{3,80})\)$")
SIGNED_EAST = re.compile(r"^[\uac00-\ud7a3]{2,4}\s*(?:기자|특파원|인턴기자|선임기자)(?:\s+\S+@\S+)?$")
MENTION = re.compile(
    r"(?:[A-ZÀ-Þ][\w.&-]+|[^\x00-\u024f\s]+)(?: (?:[A-ZÀ-Þ][\w.&-]+|[^\x00-\u024f\s]+)){0,2}"
)
MENTIONING = re.compile(
    r"(?i)contribut|copyright|©|\(c\)|generated|syndicated|sourced|distributed|저작권|riprodu|published from|feed"
)


class Ending(NamedTuple):
    """End matter of a paragraph: it begins at `at` (0: the whole paragraph); rule; agency codes that it credits; a byline that it is."""

    at: int
    rule: str
    credits: tuple[str, ...] = ()
    byline: str | None = None


def _initialled(text: str) -> str | None:
    """ "PTI SUM ANU", "UNI XC PKS 1412", "भाषा अबक कखग", "APP/rzr": the code of an agency with initials behind it."""
    bare = text.strip(" .-–—()")
    if bare[-1:].islower() and bare.isascii() and "/" not in bare:
        return None  # initials are capitals, but behind a stroke
    words = SPLIT.split(bare)
    if not 2 <= len(words) <= 6 or not (code := code_of(words[0])):
        return None
    for word in words[1:]:
        short = word.isupper() or word.isdigit() or not word.isascii() or ("/" in text and word.islower())
        if len(word) > (9 if not word.isascii() else 4) or not short:
            return None
    return code


def mentioned(line: str) -> tuple[str, ...]:
    """The agencies that a disclaimer, a copyright or a "contributed" line names; a word that may be a person's name is none."""
    if not MENTIONING.search(line):
        return ()
    codes: list[str] = []
    for found in MENTION.finditer(line):
        words = found.group().strip(" .").split()
        spans = [words[a:b] for b in range(len(words), 0, -1) for a in range(b)]
        for span in sorted(spans, key=len, reverse=True):
            text = (
                " ".join(span).rstrip(".'’s,")
                if span[-1].endswith(("'s", "’s"))
                else " ".join(span).rstrip(".,")
            )
            if (
                (len(span) > 1 or text.isupper() or not text.isascii() or text in SAFE)
                and (code := code_of(text))
                and code != "AGENCIES"
            ):
                codes.append(code)
                break
    return tuple(dict.fromkeys(codes))


def credit_codes(text: str) -> tuple[str, ...]:
    """The agencies of a credit with what desks add to it ("APA, red, 25.7.2015", "©NTB", "mit Material von dpa")."""
    if len(text) > 60:
        return ()
    if codes := codes_in(text.strip(" ©*")):
        return codes
    if codes := _slashed(text):
        return codes
    if found := WITH_INPUTS.match(text):
        return _inputs(found)
    parts = [part.strip(" ©") for part in text.split(",")]
    codes = tuple(code for part in parts if (code := code_of(part)))
    added = all(
        code_of(part) or (len(part) <= 12 and (part.islower() or not part.isalpha())) for part in parts
    )
    return codes if codes and added else ()


def _slashed(text: str) -> tuple[str, ...]:
    """The agencies of "am/dpa", "mst/dpa/AFP": a desk's initials before or behind them."""
    if "/" not in text:
        return ()
    parts = text.strip(" ()").split("/")
    codes = [code_of(part) for part in parts]
    short = all(code or (part.isalpha() and len(part) <= 4) for code, part in zip(codes, parts, strict=True))
    return tuple(dict.fromkeys(filter(None, codes))) if 2 <= len(parts) <= 4 and short else ()


def _inputs(found: re.Match[str]) -> tuple[str, ...]:
    named = next((text for text in found.groupdict().values() if text), "")
    if codes := tuple(dict.fromkeys(code for part in named.split(",") for code in _slashed(part))):
        return codes
    codes = codes_in(re.sub(r"(?i)\b(?:news agency|agency|the|from)\b", "", named).strip())
    if codes:
        return codes
    return ("AGENCIES",) if re.search(r"(?i)agen[ctz]|एजेंस|وکالات", found.group()) else ()


def _with_inputs(line: str) -> re.Match[str] | None:
    if "इनपुट" in line:
        return HINDI_INPUTS.match(line)
    return WITH_INPUTS.match(line) if len(line) <= 150 else None


def whole_line(line: str) -> Ending | None:
    """The Ending of a paragraph that is nothing but end matter, or None."""
    if len(line) > LONGEST:
        return None
    bare = line.strip(" -–—*•()[]【】（）./|।")
    if len(line) <= 70:
        if len(bare) < 50 and (codes := codes_in(bare) or _slashed(bare)):
            return Ending(0, "credit", codes)
        if code := _initialled(line):
            return Ending(0, "sign-off", (code,))
        if INITIALS.match(line):
            return Ending(0, "initials")
        if (
            (found := INITIALLED.match(line))
            and (codes := credit_codes(found["in"]))
            and INITIALS.match(found["initials"])
        ):
            return Ending(0, "sign-off", codes)
        if (len(bare) <= LONGEST_MARK or not bare[0].isalnum()) and END_MARK.match(line):
            return Ending(0, "end mark")
        if SIGNED_EAST.match(line):
            return Ending(0, "byline", byline=line)
    if found := SIGNED_BY.match(line):
        return Ending(0, "byline", byline=found["who"])
    told = could_tell(line)
    if told and (found := _with_inputs(bare) or _with_inputs(line)):
        return Ending(0, "inputs", _inputs(found))
    if len(line) <= 70 and (found := NAME_AND.match(bare)) and (code := code_of(found["agency"])):
        return Ending(0, "sign-off", (code,))
    if not told:
        return None
    if found := AGENCY_LINES.match(line):
        named = next((text for text in found.groupdict().values() if text), "")
        return Ending(0, "desk line", codes_in(named.strip(" .'’")) or mentioned(line))
    if DESK_LINES.match(line):
        return Ending(0, "desk line", mentioned(line))
    return None


def glued(text: str) -> Ending | None:
    """The Ending that stands behind a paragraph's last sentence, or None."""
    near = max(0, len(text) - NEAR)
    window = text[near:]
    if found := MARKS.search(window):
        named = found["slashed"] or found["owner"] or found["named"]
        codes = codes_in(named) if named else ()
        if not named or codes:
            return Ending(near + found.start("gap"), "end mark", codes)
    if text.rstrip(" .।")[-1:] in CLOSERS:
        base = max(0, len(text) - WINDOW)
        wide = text[base:]
        opened = max(map(wide.rfind, "([（"))
        opened = opened if opened >= 0 else wide.find("【")
        bracket = BRACKETED.search(wide, max(0, opened - MARKS_BEFORE)) if opened >= 0 else None
        if bracket and (made := _bracketed(wide, bracket)):
            return Ending(base + bracket.start(), made[0], made[1])
    elif (found := GLUED.search(window)) or (found := DASHED.search(window) if DASH.search(window) else None):
        tail = found["tail"].strip(" -–—")
        codes = codes_in(tail) or tuple(filter(None, [_initialled(tail)]))
        if codes and (tail[:1].isupper() or not tail.isascii() or found.re is GLUED):
            return Ending(near + found.start("gap"), "credit", codes)
        if found.re is GLUED and "/" in tail and INITIALS.match(tail):
            return Ending(near + found.start("gap"), "initials")
    base = max(0, len(text) - WINDOW)
    if TRAILED.search(text, base) and (found := TRAILERS.search(text, base)) and found.start() > base:
        return Ending(found.start(), "jump", codes_in(found["agency"]) if found["agency"] else ())
    return None


def _bracketed(window: str, found: re.Match[str]) -> tuple[str, tuple[str, ...]] | None:
    inner = found["in"].strip()
    before = window[: found.start()].rstrip()
    ended = before[-1:] in STOPS
    if ended and (signed := SIGNED_DAY.match(inner)):
        return "sign-off", tuple(code for part in signed["who"].split(",") for code in codes_in(part.strip()))
    if codes := credit_codes(inner):
        # "… the Press Trust of India (PTI)." explains a name; a credit stands behind a sentence's end or its last word.
        if not ended and _explains(before, inner):
            return None
        return "credit", codes
    if END_MARK.match(f"({inner})"):
        return "end mark", ()
    if ended and (INITIALS.match(inner) or TAG.match(inner)):
        return "initials", ()
    if ending := whole_line(inner):
        return ending.rule, ending.credits
    return None


def _explains(before: str, inner: str) -> bool:
    """Do the words before a bracket spell the abbreviation in it ("Agence France-Presse (AFP)")?"""
    words = re.findall(r"[^\W\d_]+", before)[-6:]
    letters = "".join(word[0] for word in words if word[:1].isupper())
    return inner.isupper() and 2 <= len(inner) <= 5 and inner in letters


def _noted(lines: Sequence[str]) -> int | None:
    """How many of the last paragraphs AP's notes take, from their rule on; None where there are none."""
    for count, line in enumerate(reversed(lines[max(1, len(lines) - MOST_NOTES) :]), 1):
        if line.startswith(RULE) and not line.strip("_"):
            notes = lines[len(lines) - count + 1 :]
            return count if all(len(note) <= 400 and NOTES.search(note) for note in notes) else None
    return None


def endings(lines: Sequence[str]) -> list[Ending | None]:
    """What is end matter in each paragraph, read from the last one upward. At least one paragraph keeps its text."""
    found: list[Ending | None] = [None] * len(lines)
    last = len(lines)
    if (count := _noted(lines)) is not None:
        for index in range(last - count, last):
            found[index] = whole_line(lines[index]) or Ending(0, "note", mentioned(lines[index]))
        last -= count
    for index in _initials_under(lines[:last]):
        found[index] = Ending(0, "initials")
        last = index
    while last > 1:
        ending = whole_line(lines[last - 1])
        if ending is None and last > 2:
            # Initials in any script under an end mark or a credit: "س ص ع".
            below = lines[last - 1].strip()
            above = whole_line(lines[last - 2]) if len(below) <= 12 and below[-1:] not in STOPS else None
            if above and above.rule in ("end mark", "credit", "sign-off"):
                ending = Ending(0, "initials")
        if ending is None:
            break
        last -= 1
        found[last] = ending
    if last:
        found[last - 1] = _all_glued(lines[last - 1])
    return found


def _initials_under(lines: Sequence[str]) -> list[int]:
    """The last lines that are nothing but initials in capitals, under an agency's sign-off: "… PTI KVB" / "KVB KVB"."""
    count = 0
    while (
        count < min(3, len(lines) - 1)
        and CAPITALS.match(lines[-1 - count].strip())
        and not code_of(lines[-1 - count])
    ):
        count += 1
    if not count:
        return []
    above = lines[-1 - count].strip()
    ending = whole_line(above) or glued(above)
    return list(range(len(lines) - 1, len(lines) - 1 - count, -1)) if ending and ending.credits else []


def _least(text: str) -> bool:
    """Is there enough of a sentence left when a tail goes?"""
    kept = text.strip()
    return len(kept) >= LEAST or (not kept.isascii() and len(kept) >= LEAST // 3)


def _all_glued(text: str) -> Ending | None:
    """All tails behind the last sentence of a paragraph, the leftmost's place and every credit."""
    end, credits, rule = len(text), [], None
    while _least(text[:end]) and (ending := glued(text[:end])):
        if not _least(text[: ending.at]):
            break
        end, rule = ending.at, rule or ending.rule
        credits.append(ending.credits)
    if rule is None:
        return None
    return Ending(end, rule, tuple(dict.fromkeys(code for codes in reversed(credits) for code in codes)))
