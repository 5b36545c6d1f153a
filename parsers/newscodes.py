"""IPTC's subject codes and Media Topics by name: the top levels (CC BY 4.0, IPTC), as of 2025-06.

Deeper codes keep the name that the document gives them; where it gives none, that of their top level is no substitute.
"""

from __future__ import annotations

import re

# Media Topics and the older subject codes share their top levels: 01000000 ~ medtop:01000000.
TOP: dict[str, str] = {
    "01000000": "arts, culture, entertainment and media",
    "02000000": "crime, law and justice",
    "03000000": "disaster, accident and emergency incident",
    "04000000": "economy, business and finance",
    "05000000": "education",
    "06000000": "environment",
    "07000000": "health",
    "08000000": "human interest",
    "09000000": "labour",
    "10000000": "lifestyle and leisure",
    "11000000": "politics and government",
    "12000000": "religion",
    "13000000": "science and technology",
    "14000000": "society",
    "15000000": "sport",
    "16000000": "conflict, war and peace",
    "17000000": "weather",
}


# IPTC's vocabularies by the last part of their address, with the prefix that its catalogue gives them.
PREFIXES: dict[str, str] = {
    "mediatopic": "medtop",
    "subjectcode": "subj",
    "genre": "genre",
    "scene": "scene",
    "newsprovider": "nprov",
    "urgency": "urgency",
}
NEWSCODE = re.compile(r"https?://cv\.iptc\.org/newscodes/(\w+)/(\S+)$")


def qcode(code: str) -> str:
    """An IPTC address ("http://cv.iptc.org/newscodes/mediatopic/20000018") as its QCode; other codes as they are."""
    found = NEWSCODE.match(code)
    return f"{PREFIXES.get(found[1], found[1])}:{found[2]}" if found else code


def subject_name(code: str | None) -> str | None:
    """The name of a top-level code ("15000000", "medtop:15000000"); None for others."""
    return TOP.get(qcode(code or "").rsplit(":", 1)[-1])
