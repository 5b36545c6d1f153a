"""The end of a story, read upward as one grammar: credit, sign-off, initials, reporting lines, disclaimers, jump lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.lead.agencies import code_of, codes_in
from parsers.story import Removed

INITIALS = re.compile(
    r"^\W{0,3}(?:[a-zäöüß]{1,4}(?:\s?[/-]\s?[a-zäöü]{1,4}){1,4}/?|[a-z]{2,3}/)\W{0,2}$|^[A-Z]{2,4}(?:\s?/\s?[A-Z]{2,4})+$"
)
END_MARK = re.compile(
    r"(?i)^\W*(?:end(?:item|s)?|fin|ende|끝|完|النهاية|lusa/fim|more|ends?\s*-*|news\s*ends|bottomlife|###+|30)\W*$|^[（(]\s*[完끝]\s*[）)]$|^_{3,}$|^\*{3,}$|^-{3,}$|^#{2,}$"
)
# Whole lines that belong to the desk or the site, never to the story.
LINES = tuple(
    re.compile(pattern, re.I | re.S)
    for pattern in (
        r"^\(?\s*(?:additional\s+)?(?:reporting|writing|editing|compiled|edited|reported|written|graphic|photo editing|production)\s+(?:and\s+\w+\s+)?by\b[^\n]{3,260}$",
        r"^\(?\s*(?:\w+\s+){0,3}contributed (?:to )?(?:this|the) (?:report|story|article)\.?\)?$",
        r"^\(?\s*(?:with|written with|with the)\s+(?:additional\s+)?(?:\w+[,&]?\s+){0,5}inputs?\b[^\n]{0,80}\)?\.?$",
        r"^\(?\s*with\s+[A-Z]{2,8}(?:\s+(?:and|&)\s+[A-Z]{2,8})?\s+(?:inputs?|feed)\b.*$",
        r"^\W*(?:this|the)\s+(?:story|report|article|copy|news)\s+(?:has|is|was)\s+(?:not\s+been\s+|been\s+|being\s+)?(?:edited|published|auto|generated|sourced|taken|from|unedited|reproduced|first|produced|syndicated)\b[^\n]{0,260}$",
        r"^\W*(?:except for the headline|barring the headline|this (?:is published )?unedited|this is published unedited|disclaimer)\b[^\n]{0,400}$",
        r"^\(?(?:this|the) [^\n]{0,60}(?:syndicated feed|auto-?generated|auto-?feed|wire feed|agency feed)[^\n]{0,160}$",
        r"^(?:turn|continued|contd\.?|cont'd|see)\s+(?:to|on)\s+p(?:age|\.)?\s*\w{1,4}\b.{0,20}$",
        r"^\(?\s*\d{2,5}\s+words?\s*\)?(?:\s+\d.*)?$",
        r"^(?:©|\(c\)|copyright\b|all rights reserved)[^\n]{0,220}$",
        r"^(?:pewarta|editor|redaktur|reporter|penulis)\s*:\s*[^\n]{2,80}$",
        r"^\(?\s*[\w.+-]+@[\w-]+(?:\.[\w-]+)+\s*\)?$",
        r"^(?:enter your email|subscribe to|sign up (?:for|to)|follow us|download the|click here|join our|for more (?:news|such)|more stories like this|to get (?:more|the latest))[^\n]{0,240}$",
        r"^(?:our standards|what are our policies)[^\n]{0,120}$",
        r"^published (?:in|by|on)\s+[^\n]{2,80}$",
        r"^(?:first|last)\s+(?:published|updated|modified)[^\n]{2,80}$",
        r"^source\s*:\s*[^\n]{2,40}$",
        r"^(?:associated press|ap|reuters|afp|bloomberg)\s+(?:[\w-]+\s+){0,3}(?:writers?|journalists?|reporters?|correspondents?)\b[^\n]{3,200}(?:contributed|reported)[^\n]{0,80}$",
        r"^[（(]\s*(?:編輯|编辑|責任編輯|责编|编译)[：:][^\n]{1,60}$",
    )
)
INPUTS = re.compile(
    r"(?i)\(?\s*(?:with|written with)\s+(?:additional\s+)?(?P<who>[^()\n]{0,60}?)\s*(?:inputs?|reports?|feed)(?:\s+from\s+(?P<from>[^()\n]{2,60}))?\s*\.?\)?$"
)
# Tails glued to the last sentence: ". PTI ABC XYZ", "(IANS)", "- AFP", "—PTI".
GLUED = re.compile(
    r"(?s)^(?P<body>.*[.!?।。”\"’'»)\]])\s*(?:[-–—]{1,3}\s*|\.-\s*|/)?\s*(?P<tail>\S[^.!?।。\n]{0,40}?)\.?\s*$"
)
BRACKETED = re.compile(
    r"(?s)^(?P<body>.*?[\w.!?।。”\"’',])\s*[.]?\s*[(\[（]\s*(?P<tail>[^()\[\]（）\n]{1,60})\s*[)\]）]\.?\s*$"
)
MORE = re.compile(
    r"(?s)^(?P<body>.*?[.!?”\"’])\s*(?P<tail>(?:Turn to page|Continued on page|Contd\.? on|See page)\s+\w+.*|Enter your email .*|\(?[Ww]ith (?:inputs|agency|agencies).{0,60})$"
)


@dataclass(frozen=True, slots=True)
class Tail:
    """What is left of the body, the agencies that the end names, and what was removed (last line first)."""

    body: tuple[str, ...]
    credits: tuple[str, ...]
    removed: tuple[Removed, ...]


def _pti_initials(line: str) -> str | None:
    """ "PTI SUM ANU", "UNI XC PKS 1412", "भाषा अबक कखग", "APP/rzr": an agency and initials behind it."""
    words = re.split(r"[\s/]+", line.strip(" .-–—()"))
    if not 2 <= len(words) <= 6 or not (code := code_of(words[0])):
        return None
    rest = words[1:]
    if all(
        len(word) <= 4
        and (word.isupper() or word.isdigit() or not word.isascii() or ("/" in line and word.islower()))
        for word in rest
    ):
        return code
    return None


def _line(line: str) -> tuple[str, tuple[str, ...]] | None:
    """(rule, credits) where a whole line is end matter."""
    if len(line) > 420:
        return None
    if len(line) <= 60:
        bare = line.strip(" -–—*•()[]./")
        if codes := (codes_in(bare) if len(bare) < 50 else ()):
            return "credit", codes
        if code := _pti_initials(line):
            return "sign-off", (code,)
        if INITIALS.match(line):
            return "initials", ()
        if END_MARK.match(line):
            return "end mark", ()
    if found := INPUTS.match(line):
        names = found["from"] or found["who"] or ""
        return "inputs", codes_in(re.sub(r"(?i)\b(?:agency|the)\b", "", names)) or (
            ("AGENCIES",) if re.search(r"(?i)agenc", line) else ()
        )
    for pattern in LINES:
        if pattern.match(line):
            return "desk line", ()
    return None


def _glued(text: str) -> tuple[str, str, str, tuple[str, ...]] | None:
    """(body, tail, rule, credits) where the last paragraph's end is a credit."""
    if found := BRACKETED.match(text):
        tail = found["tail"]
        inner = re.split(r"\s*,\s*", re.sub(r"^©", "", tail))
        codes = codes_in(tail) or tuple(code for part in inner if (code := code_of(part)))
        if codes and (len(inner) == 1 or re.search(r"\d{4}|red|dpa|APA", tail)):
            return found["body"], text[found.end("body") :].strip(), "credit", codes
        if INITIALS.match(tail) or (
            re.match(r"^(?:[a-z]{2,3}|[A-Z]{1,2}-\d|[A-Z]{2,3})$", tail)
            and text[: found.start("tail")].rstrip(" (").endswith((".", "!", "?", "”", '"', "“"))
        ):
            return found["body"], text[found.end("body") :].strip(), "initials", ()
        if (rule := _line(f"({tail})")) and rule[0] in ("inputs", "desk line"):
            return found["body"], text[found.end("body") :].strip(), rule[0], rule[1]
    if found := MORE.match(text):
        return (
            found["body"],
            found["tail"].strip(),
            "jump",
            codes_in(found["tail"]) if "nput" in found["tail"] else (),
        )
    if found := re.match(
        r"(?s)^(?P<body>.*?\w)\s+(?P<tail>(?:Turn|Continued) (?:to|on) [Pp]age \w+)\.?$", text
    ):
        return found["body"], found["tail"], "jump", ()
    if found := GLUED.match(text):
        tail = found["tail"].strip(" -–—")
        codes = codes_in(tail) or tuple(filter(None, [_pti_initials(tail)]))
        if codes and (tail.upper() == tail or tail[:1].isupper() or not tail.isascii()):
            return found["body"], text[found.end("body") :].strip(), "credit", codes
    return None


def read_tail(body: tuple[str, ...]) -> Tail:
    """Strip the end matter of a story. At least one paragraph stays."""
    left = list(body)
    credits: list[str] = []
    removed: list[Removed] = []
    while len(left) > 1:
        found = _line(left[-1])
        if found is None:
            # Initials in any script under an end mark or a credit: "س ص ع".
            below = left[-1]
            if (
                len(below) <= 8
                and len(left) > 2
                and not below.isascii()
                and (above := _line(left[-2]))
                and above[0] in ("end mark", "credit")
            ):
                found = ("initials", ())
            else:
                break
        removed.append(Removed(text=left.pop(), rule=f"signoff:{found[0]}"))
        credits += found[1]
    while left and len(left[-1]) > 12 and (cut := _glued(left[-1])):
        kept, tail, rule, codes = cut
        if len(kept.strip()) < 12:
            break
        left[-1] = kept.rstrip()
        if left[-1][-1:] not in ".!?।。”\"’'»)" and "." in tail[:1]:
            left[-1] += "."
        removed.append(Removed(text=tail, rule=f"signoff:{rule}"))
        credits += codes
    return Tail(tuple(left), tuple(dict.fromkeys(reversed(credits))), tuple(removed))
