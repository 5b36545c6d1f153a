"""The end of a story, read upward as one grammar: credit, sign-off, initials, reporting lines, disclaimers, jump lines.

Each rule says where in a paragraph the end matter begins; nothing else is ever cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.lead.agencies import code_of, codes_in
from parsers.lead.endings import (
    AGENCY_LINES,
    DESK_LINES,
    END_MARK,
    INITIALS,
    NOTES,
    TAG,
    TRAILERS,
    WITH_INPUTS,
)

LONGEST = 600  # characters of a line of end matter
WINDOW = 200  # characters at a paragraph's end in which a tail may begin
LEAST = 12  # characters of a paragraph that stay when its tail goes
BRACKETED = re.compile(r"\s*[-–—]?\s*[(\[（【]\s*(?P<in>[^()\[\]（）\n]{1,60})\s*[)\]）】]\s*[.।]?\s*$")
STOPS = ".!?।۔。؟…”\"’'»)]】）"
GLUED = re.compile(
    r"(?<=[.!?।۔。؟…”\"’'»)\]])(?P<gap>\s*(?:[-–—]{1,5}\s*|\.-\s*|/\s*|\|\s*)?)(?P<tail>[^\s.!?।۔。][^.!?।۔。\n]{0,40}?(?:\.[A-Z]\.)*)\.?\s*$"
)
DASHED = re.compile(r"(?<=\w)\s+(?:[-–—]{1,5}|--)\s?(?P<tail>[^\s.!?।۔-][^.!?।۔\n]{0,30}?)\.?\s*$")
SPLIT = re.compile(r"[\s/|]+")
NAME_AND = re.compile(r"^(?P<who>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){1,3}),\s+(?P<agency>[^,]{2,40})$")


@dataclass(frozen=True, slots=True)
class Ending:
    """End matter of a paragraph: it begins at `at` (0: the whole paragraph); rule; agency codes that it credits."""

    at: int
    rule: str
    credits: tuple[str, ...] = ()


def _initialled(text: str) -> str | None:
    """ "PTI SUM ANU", "UNI XC PKS 1412", "भाषा अबक कखग", "APP/rzr": the code of an agency with initials behind it."""
    words = SPLIT.split(text.strip(" .-–—()"))
    if not 2 <= len(words) <= 6 or not (code := code_of(words[0])):
        return None
    for word in words[1:]:
        short = word.isupper() or word.isdigit() or not word.isascii() or ("/" in text and word.islower())
        if len(word) > 4 or not short:
            return None
    return code


def credit_codes(text: str) -> tuple[str, ...]:
    """The agencies of a credit with what desks add to it ("APA, red, 25.7.2015", "©NTB", "mit Material von dpa")."""
    if len(text) > 60:
        return ()
    if codes := codes_in(text.strip(" ©*")):
        return codes
    if found := WITH_INPUTS.match(text):
        return _inputs(found)
    parts = [part.strip(" ©") for part in text.split(",")]
    codes = tuple(code for part in parts if (code := code_of(part)))
    added = all(
        code_of(part) or (len(part) <= 12 and (part.islower() or not part.isalpha())) for part in parts
    )
    return codes if codes and added else ()


def _inputs(found: re.Match[str]) -> tuple[str, ...]:
    named = next((text for text in found.groupdict().values() if text), "")
    codes = codes_in(re.sub(r"(?i)\b(?:news agency|agency|the|from)\b", "", named).strip())
    if codes:
        return codes
    return ("AGENCIES",) if re.search(r"(?i)agen[ctz]|एजेंस|وکالات", found.group()) else ()


def whole_line(line: str) -> Ending | None:
    """The Ending of a paragraph that is nothing but end matter, or None."""
    if len(line) > LONGEST:
        return None
    bare = line.strip(" -–—*•()[]【】（）./|।")
    if len(line) <= 70:
        if len(bare) < 50 and (codes := codes_in(bare)):
            return Ending(0, "credit", codes)
        if code := _initialled(line):
            return Ending(0, "sign-off", (code,))
        if INITIALS.match(line):
            return Ending(0, "initials")
        if END_MARK.match(line):
            return Ending(0, "end mark")
        if (found := NAME_AND.match(bare)) and (code := code_of(found["agency"])):
            return Ending(0, "sign-off", (code,))
    if found := WITH_INPUTS.match(bare) or WITH_INPUTS.match(line):
        return Ending(0, "inputs", _inputs(found))
    if found := AGENCY_LINES.match(line):
        named = next((text for text in found.groupdict().values() if text), "")
        return Ending(0, "desk line", codes_in(named.strip(" .'’")))
    if DESK_LINES.match(line):
        return Ending(0, "desk line")
    return None


def glued(text: str) -> Ending | None:
    """The Ending that stands behind a paragraph's last sentence, or None."""
    base = max(0, len(text) - WINDOW)
    window = text[base:]
    if found := BRACKETED.search(window):
        if made := _bracketed(window, found):
            return Ending(base + found.start(), made[0], made[1])
    elif (found := GLUED.search(window)) or (found := DASHED.search(window)):
        tail = found["tail"].strip(" -–—")
        codes = codes_in(tail) or tuple(filter(None, [_initialled(tail)]))
        if codes and (tail[:1].isupper() or not tail.isascii() or found.re is GLUED):
            return Ending(base + found.start(), "credit", codes)
        if found.re is GLUED and INITIALS.match(tail) and "/" in tail:
            return Ending(base + found.start(), "initials")
    if (found := TRAILERS.search(window)) and found.start():
        return Ending(base + found.start(), "jump", codes_in(found["agency"]) if found["agency"] else ())
    return None


def _bracketed(window: str, found: re.Match[str]) -> tuple[str, tuple[str, ...]] | None:
    inner = found["in"].strip()
    before = window[: found.start()].rstrip()
    ended = before[-1:] in STOPS
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
    """How many of the last paragraphs AP's notes take, from the rule "___" on; None where there are none."""
    for count in range(1, min(6, len(lines) - 1) + 1):
        line = lines[-count].strip()
        if len(line) >= 3 and not line.strip("_"):
            notes = lines[len(lines) - count + 1 :]
            return count if all(len(note) <= 400 and NOTES.search(note) for note in notes) else None
    return None


def endings(lines: Sequence[str]) -> list[Ending | None]:
    """What is end matter in each paragraph, read from the last one upward. At least one paragraph keeps its text."""
    found: list[Ending | None] = [None] * len(lines)
    last = len(lines)
    if (count := _noted(lines)) is not None:
        for index in range(last - count, last):
            found[index] = whole_line(lines[index]) or Ending(0, "note")
        last -= count
    while last > 1:
        ending = whole_line(lines[last - 1])
        if ending is None and last > 2:
            # Initials in any script under an end mark or a credit: "س ص ع".
            below, above = lines[last - 1].strip(), whole_line(lines[last - 2])
            if (
                len(below) <= 12
                and above
                and above.rule in ("end mark", "credit")
                and below[-1:] not in STOPS
            ):
                ending = Ending(0, "initials")
        if ending is None:
            break
        last -= 1
        found[last] = ending
    if last:
        found[last - 1] = _all_glued(lines[last - 1])
    return found


def _all_glued(text: str) -> Ending | None:
    """All tails behind the last sentence of a paragraph, the leftmost's place and every credit."""
    end, credits, rule = len(text), [], None
    while len(text[:end].strip()) > LEAST and (ending := glued(text[:end])):
        if len(text[: ending.at].strip()) < LEAST:
            break
        end, rule = ending.at, rule or ending.rule
        credits.append(ending.credits)
    if rule is None:
        return None
    return Ending(end, rule, tuple(dict.fromkeys(code for codes in reversed(credits) for code in codes)))
