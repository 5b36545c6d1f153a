"""The language of a story: what the page says, checked against the script of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

SCRIPTS = (
    (re.compile("[\u0900-\u097f]+"), {"hi", "mr", "ne", "sa", "bho", "mai", "kok"}, "hi"),
    (re.compile("[\u0980-\u09ff]+"), {"bn", "as"}, "bn"),
    (re.compile("[\u0a00-\u0a7f]+"), {"pa"}, "pa"),
    (re.compile("[\u0a80-\u0aff]+"), {"gu"}, "gu"),
    (re.compile("[\u0b00-\u0b7f]+"), {"or"}, "or"),
    (re.compile("[\u0b80-\u0bff]+"), {"ta"}, "ta"),
    (re.compile("[\u0c00-\u0c7f]+"), {"te"}, "te"),
    (re.compile("[\u0c80-\u0cff]+"), {"kn"}, "kn"),
    (re.compile("[\u0d00-\u0d7f]+"), {"ml"}, "ml"),
    (re.compile("[\u0e00-\u0e7f]+"), {"th"}, "th"),
    (re.compile("[\u3040-\u30ff]+"), {"ja"}, "ja"),
    (re.compile("[\uac00-\ud7a3]+"), {"ko"}, "ko"),
    (re.compile("[\u4e00-\u9fff]+"), {"zh", "ja", "yue"}, "zh"),
    (re.compile("[\u0600-\u06ff]+"), {"ar", "fa", "ur", "ps", "ku", "ckb", "sd", "ug"}, "ar"),
    (re.compile("[\u0590-\u05ff]+"), {"he", "iw", "yi"}, "he"),
    (re.compile("[\u0370-\u03ff]+"), {"el"}, "el"),
    (
        re.compile("[\u0400-\u04ff]+"),
        {"ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg", "uz", "tt"},
        "ru",
    ),
)

# Of those but Greek and Cyrillic: text in Latin letters is in none of them.
OTHERS = frozenset[str]().union(*(languages for _, languages, _ in SCRIPTS[:15]))
NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
BEYOND_ASCII = re.compile("[^\x00-\x7f]+")


def tag(text: str | None) -> str | None:
    """A BCP 47 tag out of "en_US", "EN-us", "hi_IN"; None for what is none."""
    found = re.match(r"^\s*([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?", text or "")
    if not found:
        return None
    parts = [
        found[1].lower(),
        *([found[2].title()] if found[2] else []),
        *([found[3].upper()] if found[3] else []),
    ]
    return "-".join(parts)


def language_of(told: str | None, body: Sequence[str]) -> str | None:
    """The told language, unless the text is in another script; then the commonest language of that script."""
    claimed = tag(told)
    sample = "".join(body)[:1500]
    plain = len(sample.encode("ascii", "ignore").translate(None, NO_LETTERS))
    letters = plain + sum(map(str.isalpha, "".join(BEYOND_ASCII.findall(sample))))
    if letters < 40:
        return claimed
    latin = plain > letters * 0.7
    for script, languages, usual in SCRIPTS if not latin else ():
        if len("".join(script.findall(sample))) > letters * 0.3:
            return claimed if claimed and claimed.split("-")[0] in languages else usual
    foreign = claimed and claimed.split("-")[0] in OTHERS
    return None if latin and foreign else claimed
