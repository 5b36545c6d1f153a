"""Is the evidence for a dateline enough? An agency or a day is proof; a bare place must be known and begin a sentence."""

from __future__ import annotations

import re

from parsers.lead.head import Head
from parsers.lead.places import candidates, has_heading_word, is_common_word, misspelt, region_country

SENTENCE = re.compile(r"[\"“”„«‘'(\[¿¡]*\s*(?:[^\W\d_]|\d|[₹$€£#@])")
HERE = re.compile(r"(?:Hier|Here|Ici|Aquí|Qui|Aqui)\b")
TITLE_OF = re.compile(
    r"[A-Z]\w+ (?:of|in|for|on) an? [A-Z]\w+ [A-Z]|(?:[A-Z][\w’'-]+ ){4,}(?:of|and|the) [A-Z]\w+$"
)
APPOSED = re.compile(r"(?P<mid>[^.–—]{1,60}?)\s[–—-]{1,2}\s")
PREPOSITION = re.compile(
    r"(?:Mit|In|Nach|Bei|Am|Im|Auf|Für|Vor|Wegen|Trotz|Zum|Zur|On|After|With|At|For|When|As|While|Amid|Despite|Après|Dans|Avec|Tras|Con|En|Dopo)\b"
)
FIGURES = re.compile(r"[\d.,]+\S*(?: \S+){0,2}[,;] [A-Z]\w+: ?\d")  # "Chennai: 32 C, Mumbai: 30 C"
NEXT_LABEL = re.compile(r"([^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+)?)\s*(?::|\s[–—-])\s")
SPEAKER = re.compile(r"I(?:['’](?:m|ve|d|ll))?\s")  # "Charlotte: I never …"
FOLLOWER = re.compile(r"([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})\s+[a-z]\w+")


def believed(head: Head, sep: str, between: str, rest: str, alone: bool) -> bool:
    """Is the evidence enough? between: what stands between dateline and body; rest: the body."""
    if not head.places:
        return bool(head.agency and head.day)
    if head.agency:
        return _with_agency(head, between, rest)
    if head.day or head.shape:
        return _with_day(head, sep, rest)
    if head.tag:
        return (
            (head.upper or head.known)
            and sep == "close"
            and (not head.tag[0].islower() or (head.upper and head.known))
            and any(c in between for c in "-–—:।۔")
        )
    if sep in ("close", "slash"):
        return False
    return _bare_place(head, sep, rest, alone)


def _with_agency(head: Head, between: str, rest: str) -> bool:
    if head.day:
        return True
    if not rest.strip() and len(head.places[0].split()) > 2:  # a heading in capitals with a credit
        return head.known or bool(head.regions)
    divided = any(c in between for c in "-–—:.=।")
    if divided:
        return head.known or head.upper or bool(head.regions) or len(head.places[0].split()) <= 3
    if rest[:1].islower():
        return False
    return bool(candidates(head.places[0])) or head.upper


def _with_day(head: Head, sep: str, rest: str) -> bool:
    if head.shape:
        return head.upper and bool(candidates(head.places[0]) or head.regions)
    if all(candidates(name) or region_country(name) for name in head.places) or head.regions:
        return not is_common_word(head.places[0]) or bool(head.regions) or head.upper
    if (
        any(map(has_heading_word, head.places))
        or sep in ("close", "slash")
        or (rest[:1].islower() and not head.upper)
        or (sep == "line" and not head.upper)  # "Ended March 31": a table's line
    ):
        return False
    return head.upper or len(head.places[0].split()) <= 2


def _bare_place(head: Head, sep: str, rest: str, alone: bool) -> bool:
    first = head.places[0]
    if not (head.known or (head.regions and head.upper)):
        return False
    if not head.regions and is_common_word(first):
        return False
    if not all(candidates(name) or region_country(name) or misspelt(name) for name in head.places[1:]):
        return False
    if sep == "line":
        return alone and bool(candidates(first))
    if not SENTENCE.match(rest) or rest.lstrip("\"“”„«‘'([¿¡")[:1].islower():
        return False
    if len(head.places) > 1 and not head.upper and not rest[:1].isupper():
        return False
    if not candidates(first) and not head.upper and not head.regions and not misspelt(first):
        return False  # a country or state: "India: …" heads a list or a match
    if HERE.match(rest) or TITLE_OF.match(rest) or FIGURES.match(rest) or _another(first, rest):
        return False
    if not head.upper and SPEAKER.match(rest):
        return False
    if "|" in sep and not head.regions:
        return False  # "Mumbai | Weather": a label of a site
    if head.listed and not head.upper:
        return False  # "Berlin, Hamburg, München: …"
    if ":" in sep or "：" in sep:
        return len(first.split()) <= 4
    # " – " with a second dash close by is an apposition; "Mumbai – Pune travel time" a route.
    apposed = APPOSED.match(rest)
    if apposed and not head.upper and len(apposed["mid"].split()) <= 4 and not PREPOSITION.match(rest):
        return False
    return head.upper or not _place_follows(rest)


def _another(first: str, rest: str) -> bool:
    """Does another place with a mark behind it follow: a list of cities, a route ("Киев — Москва: …")?"""
    found = NEXT_LABEL.match(rest)
    return bool(found and candidates(found[1]) and found[1].casefold() != first.casefold())


def _place_follows(rest: str) -> bool:
    """Does a larger place open the sentence as part of a name: "Mumbai – Pune travel time will …"?"""
    follower = FOLLOWER.match(rest)
    words = follower[1].split() if follower else []
    names = (" ".join(words[:count]) for count in range(1, len(words) + 1))
    return any((near := candidates(name)) and near[0][1] >= 400 for name in names)
