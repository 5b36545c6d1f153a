"""Is this a place, and in which country: a table of names, of regions and of countries.

The table is built by scripts/build_places.py. A name is looked up by bisection in the unpacked text's lines, so that
loading costs a decompression and a split.
"""

from __future__ import annotations

import lzma
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files

JOINTS = re.compile(r"[\s\-‐‑'’.`´]+")
SIZES = (0, 1, 5, 20, 60, 150, 400, 1000, 4000, 9000)  # thousands of people, from which on a letter stands
LETTERS = str.maketrans(
    {
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ہ": "ه",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
    }
)
NAMED = re.compile(r"[A-Z][\w.&]+(?: [A-Z][\w.&]+){0,2}")


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """A place's name as looked up: no case, no Latin accents, no dots, hyphens as spaces."""
    if name.isascii():
        return JOINTS.sub(" ", name.lower()).strip()
    text = unicodedata.normalize("NFKD", name)
    text = (
        "".join(c for c in text if not ("\u0300" <= c <= "\u036f" or "\u064b" <= c <= "\u0655"))
        .casefold()
        .translate(LETTERS)
    )
    return JOINTS.sub(" ", unicodedata.normalize("NFC", text)).strip()


@lru_cache(maxsize=1)
def _lines() -> list[str]:
    packed = files("parsers").joinpath("data/places.txt.xz").read_bytes()
    return lzma.decompress(packed).decode("utf-8").split("\n")


@lru_cache(maxsize=8192)
def candidates(name: str) -> tuple[tuple[str, int], ...]:
    """(country, thousands of people at least) of every country with a place of this name, largest first; () unknown."""
    key = fold(name)
    if len(key) < 2:
        return ()
    lines = _lines()
    at = bisect_left(lines, key + "\t")
    if at == len(lines) or not lines[at].startswith(key + "\t"):
        return ()
    packed = lines[at][len(key) + 1 :]
    return tuple((packed[i : i + 2], SIZES[ord(packed[i + 2]) - 97]) for i in range(0, len(packed), 3))


@lru_cache(maxsize=1)
def _word_lists() -> tuple[frozenset[str], frozenset[str]]:
    text = files("parsers").joinpath("data/not_places.txt").read_text(encoding="utf-8")
    names, _, words = text.partition("# Words")
    lists = [
        [fold(line) for line in part.splitlines()[1:] if line and not line.startswith("#")]
        for part in (names, words)
    ]
    return frozenset(lists[0] + lists[1]), frozenset(lists[1])


def is_common_word(name: str) -> bool:
    """Is this name of a place a word, a person or a heading first (data/not_places.txt)?"""
    return fold(name) in _word_lists()[0]


def has_heading_word(name: str) -> bool:
    """Does a name hold a word that no place's name has ("Horoscope Today", "On")?"""
    words = _word_lists()[1]
    return any(word in words for word in fold(name).split())


def misspelt(name: str) -> str | None:
    """The large city whose name this is with two neighbouring letters exchanged ("Brussles"); None for others."""
    key = name.lower()
    if len(key) < 7 or not key.isalpha() or not key.isascii():
        return None
    for i in range(1, len(key) - 1):
        swapped = key[:i] + key[i + 1] + key[i] + key[i + 2 :]
        if swapped != key and (found := candidates(swapped)) and found[0][1] >= 400:
            return swapped
    return None


@lru_cache(maxsize=1)
def _regions() -> dict[str, tuple[str, ...]]:
    """Folded name or abbreviation of a region or country → ISO countries, the likelier first."""
    table: dict[str, tuple[str, ...]] = {}
    data = files("parsers").joinpath("data")
    for line in data.joinpath("regions.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, names = line.partition("\t")
            for name in names.split(";"):
                key = fold(name)
                table[key] = tuple(dict.fromkeys([*table.get(key, ()), country]))
    for line in data.joinpath("countries.txt").read_text(encoding="utf-8").splitlines():
        country, _, names = line.partition("\t")
        for key in names.split(";"):  # folded already
            table.setdefault(key, (country,))
    return table


@lru_cache(maxsize=2048)
def region_countries(name: str) -> tuple[str, ...]:
    """ISO countries that have a state or province of that name or abbreviation, or that bear it; () unknown."""
    return _regions().get(fold(name), ())


def region_country(name: str) -> str | None:
    """ISO country of a state, province or country as wires write it ("Ore.", "Rajasthan", "Philippines"); None unknown."""
    return next(iter(region_countries(name)), None)


def at_sea(place: str) -> bool:
    """Is this a ship, an aeroplane or a stretch of sea: no country's?"""
    return fold(place).startswith(
        ("aboard ", "on board ", "a bord ", "an bord ", "a bordo ", "off the ", "at sea")
    )


def country_of(
    place: str,
    *,
    regions: tuple[str, ...] = (),
    prefer: tuple[str | None, ...] = (),
    text: Callable[[], Sequence[str]] = tuple,
) -> str | None:
    """ISO country of a place: the region named, then the preferred countries (agency's, paper's), then population.

    A preferred country wins over a larger namesake unless that is larger by a factor of 50. A place that is in no table
    is in the country that the story's text names most, then in the first preferred one.
    """
    found = candidates(place)
    for region in reversed(regions):
        if named := region_countries(region):  # "Georgia", "Punjab": the one that has such a place
            homes = dict(found)
            return next((country for country in named if country in homes), named[0])
    for region in regions:  # "PATHRI KALAN (Amritsar)"
        if near := candidates(region):
            return next((name for name, _ in near if name in dict(found)), near[0][0])
    if not found:
        if at_sea(place):
            return None
        wrong = misspelt(place)
        return (
            region_country(place)
            or (candidates(wrong)[0][0] if wrong else None)
            or _named_most(text())
            or next(filter(None, prefer), None)
        )
    biggest = found[0][1]
    for country in prefer:
        for name, thousands in found:
            if name == country and thousands * 50 >= biggest:
                return name
    return found[0][0]


def _named_most(text: Sequence[str]) -> str | None:
    """The country whose regions and larger cities a text names most; None where it names none."""
    counts: Counter[str] = Counter()
    for found in NAMED.findall("\n".join(text)[:3000]):
        words = found.split()
        for size in range(min(3, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                name = " ".join(words[start : start + size])
                if len(name) > 4 and (country := region_country(name)):
                    counts[country] += 3
                elif len(name) > 4 and (near := candidates(name)) and near[0][1] >= 150:
                    counts[near[0][0]] += 1
    return max(counts, key=lambda country: counts[country], default=None)
