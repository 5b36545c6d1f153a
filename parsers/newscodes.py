"""IPTC's subject codes and Media Topics by name: data/newscodes.txt, which is dated (CC BY 4.0, IPTC).

An older subject code has the name of the Media Topic that IPTC maps to it, where there is exactly one. A document's own name comes first.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

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


@cache
def names() -> dict[str, str]:
    """Names in English by code: Media Topics, and the subject codes before them (their numbers do not meet but in the top levels, which agree)."""
    lines = files("parsers").joinpath("data/newscodes.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {older: name for _, older, name in rows if older != "-"} | {code: name for code, _, name in rows}


def subject_name(code: str | None) -> str | None:
    """The name of an IPTC code ("15000000", "medtop:20000822", its address); None for others."""
    scheme, _, bare = qcode(code or "").rpartition(":")
    return names().get(bare) if scheme in ("", "medtop", "subj") else None
