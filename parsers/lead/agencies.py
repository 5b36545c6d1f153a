"""The catalogue of agencies (parsers/data/agencies.json): codes by alias, by domain; their countries and zones.

To add an agency, add a line to the file: code, name, aliases (every spelling seen as a credit, all scripts), country,
languages, domains, zone (IANA), credit (what stories are credited to, where that is not the code), word (is the alias also a word or another's name, so that it counts in a credit's place only), feeds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from parsers.url import host


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed's address as the catalogue knows it; verified: somebody has fetched it."""

    url: str
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """One agency or service."""

    code: str  # "IANS"
    name: str
    aliases: tuple[str, ...]
    country: str | None  # ISO 3166-1 alpha-2
    languages: tuple[str, ...]
    domains: tuple[str, ...]
    zone: str | None  # IANA; times without a zone are read in it
    word: bool  # aliases are also words or other names: a credit only in a credit's position
    feeds: tuple[Feed, ...]
    credit: str | None = None  # as stories are credited to it, where that is no code

    @property
    def credited(self) -> str:
        """What stands in a story's credit: the code where it is a spelling of the agency, not one of our own making."""
        ours = all(key(self.code) != key(alias) for alias in self.aliases)
        return self.credit or (self.aliases[0] if ours else self.code)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way in which a credit names it."""
        return (self.code, self.name, *self.aliases)


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Agency]:
    """Code → Agency, in the file's order."""
    rows = json.loads(files("parsers").joinpath("data/agencies.json").read_text(encoding="utf-8"))
    made = {}
    for row in rows:
        lists = {name: tuple(row[name]) for name in ("aliases", "languages", "domains")}
        feeds = tuple(Feed(**feed) for feed in row["feeds"])
        made[row["code"]] = Agency(**{**row, **lists, "feeds": feeds})
    return made


DROPPED = {code: None for code in range(128) if not chr(code).isalnum()}
MARKS = frozenset("।，。、（）【】／｜・—–‐‑“”‘’")


def key(text: str) -> str:
    """Letters and digits only, case folded: the form in which aliases are compared."""
    low = text.casefold().translate(DROPPED)
    if low.isascii():
        return low
    return "".join(c for c in low if c.isalnum() or (c > "\u02ff" and not c.isspace() and c not in MARKS))


@lru_cache(maxsize=1)
def _by_alias() -> dict[str, str]:
    table: dict[str, str] = {}
    for agency in catalogue().values():
        for alias in (agency.code, agency.name, *agency.aliases):
            table.setdefault(key(alias), agency.code)
    return table


@lru_cache(maxsize=1)
def _namesakes() -> dict[str, tuple[str, ...]]:
    """Code → the codes of other agencies that share an alias with it ("BNA" of Kabul and of Manama)."""
    shared: dict[str, set[str]] = {}
    for agency in catalogue().values():
        for alias in agency.aliases:
            shared.setdefault(key(alias), set()).add(agency.code)
    table: dict[str, set[str]] = {}
    for codes in shared.values():
        for code in codes if len(codes) > 1 else ():
            table.setdefault(code, set()).update(codes - {code})
    return {code: tuple(sorted(others)) for code, others in table.items()}


def at_home(code: str, countries: Sequence[str | None]) -> str:
    """Of agencies that share an alias, the one of the first of these countries that has any; else the code given."""
    others = _namesakes().get(code)
    if not others:
        return code
    for country in countries:
        for one in (code, *others):
            if country and catalogue()[one].country == country:
                return one
    return code


TRAILING = "news agency|news service|newswire|news|agency|inputs|input|feed|bureau|live|desk|staff|newsroom"
SPACED = TRAILING.replace(" ", r"\s+")
STEM = re.compile(rf"(?i)^(?:the|korr\.|корр\.|кор\.)\s+|\s+(?:{SPACED})$")


@lru_cache(maxsize=4096)
def code_of(text: str) -> str | None:
    """The code of an agency written as a credit ("IANS", "/TASS/", "The Associated Press", "dpa/lno"); None unknown."""
    bare = text.strip(" \t-–—.,;:()[]/|©*")
    if not bare or len(bare) > 60:
        return None
    table = _by_alias()
    if found := table.get(key(bare)):
        return found
    if " " in bare:  # "The Associated Press", "AFP news agency"
        stem = STEM.sub("", bare)
        if stem != bare and (found := table.get(key(stem))):
            return found
    # "dpa/lno", "ANI/PNN", "REUTERS/Jane Roe"
    first = re.split(r"[/|]", bare, maxsplit=1)[0] if "/" in bare or "|" in bare else bare
    return table.get(key(first)) if first != bare and len(first) <= 24 else None


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """The first three letters of every alias (two, where it has no more); and those of words that may stand before one."""
    return frozenset(alias[:3] for alias in _by_alias()) | {"the", "kor", "кор"}


def could_name(folded: str) -> bool:
    """A cheap look at a credit's key: may its first part name an agency?"""
    return folded[:3] in _beginnings() or folded[:2] in _beginnings()


def names_none(begins: str) -> bool:
    """The cheapest look, at a text's first three characters: True where they are letters with which no agency's name begins."""
    return begins.isascii() and begins.isalnum() and not could_name(begins.lower())


PIECES = re.compile(r"[\s,.;:۔–—/|()-]+")


@lru_cache(maxsize=1)
def _endings() -> frozenset[str]:
    """The last word of every spelling of every agency, as a key; and the words that may follow a name."""
    spelt = (one for agency in catalogue().values() for one in (agency.code, agency.name, *agency.aliases))
    lasts = ([part for part in PIECES.split(one) if part][-1:] for one in spelt)
    following = (words.split()[-1] for words in TRAILING.split("|"))
    return frozenset([*(key(last[0]) for last in lasts if last), *following])


def could_end(word: str) -> bool:
    """A cheap look at a head's last word: may an agency's name end with it?"""
    return key(word) in _endings()


SPLIT = re.compile(r"\s*(?:[,;&/+|、-]|، |\b(?:and|und|et|y|e)\b)\s*")


def codes_in(text: str) -> tuple[str, ...]:
    """The codes of a credit that may name several ("PTI & UNI", "AP, Reuters", "PTI-Reuter"); () unless all are known."""
    if names_none(text[:3]):
        return ()
    folded = key(text)
    if alias := _by_alias().get(folded):
        return (alias,)
    if not could_name(folded):
        return ()
    if whole := code_of(text):
        parts = [code_of(part) for part in SPLIT.split(text) if part.strip()]
        return tuple(dict.fromkeys([whole, *(part for part in parts if part)]))
    codes = [code_of(part) for part in SPLIT.split(text.strip(" ()[].-–—")) if part.strip()]
    return tuple(dict.fromkeys(code for code in codes if code)) if codes and all(codes) else ()


@lru_cache(maxsize=1)
def _by_domain() -> dict[str, str]:
    return {domain: agency.code for agency in reversed(catalogue().values()) for domain in agency.domains}


def agency_of_url(url: str | None) -> str | None:
    """The code of the agency whose own site an address is on; None for others."""
    name = host(url) or ""
    while "." in name:
        if found := _by_domain().get(name):
            return found
        name = name.partition(".")[2]
    return None


GROUPS = frozenset({"AGENCIES"})


@lru_cache(maxsize=1024)
def original(codes: tuple[str, ...]) -> str | None:
    """Of several credited agencies the one the story is credited to, as credits name it: the first; None for a mere "Agencies"."""
    code = next((code for code in codes if code not in GROUPS), None)
    agency = catalogue().get(code) if code else None
    return agency.credited if agency else code
