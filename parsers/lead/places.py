"""Is this a place, and in which country: a table of names, of regions and of countries.

The table is built by scripts/build_places.py. A name is looked up by bisection in the unpacked text's lines, so that
loading costs a decompression and a split.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache
from importlib.resources import files

JOINTS = re.compile(r"[\s\-‐‑'’.`´]+")


def fold(name: str) -> str:
    """A place's name as looked up: no case, no Latin accents, no dots, hyphens as spaces."""
    if name.isascii():
        return JOINTS.sub(" ", name.lower()).strip()
    text = unicodedata.normalize("NFKD", name)
    text = (
        "".join(c for c in text if not "\u0300" <= c <= "\u036f")
        .casefold()
        .replace("ß", "ss")
        .replace("ø", "o")
        .replace("ł", "l")
    )
    return JOINTS.sub(" ", unicodedata.normalize("NFC", text)).strip()


@lru_cache(maxsize=1)
def _lines() -> list[str]:
    packed = files("parsers").joinpath("data/places.txt.gz").read_bytes()
    return gzip.decompress(packed).decode("utf-8").split("\n")


@lru_cache(maxsize=4096)
def candidates(name: str) -> tuple[tuple[str, int], ...]:
    """(country, thousands of people) of every country with a place of this name, most populous first; () unknown."""
    key = fold(name)
    if len(key) < 2:
        return ()
    lines = _lines()
    at = bisect_left(lines, key + "\t")
    if at == len(lines) or not lines[at].startswith(key + "\t"):
        return ()
    pairs = (item.split(":") for item in lines[at].split("\t")[1].split(","))
    return tuple((country, int(thousands)) for country, thousands in pairs)


@lru_cache(maxsize=1)
def _regions() -> dict[str, str]:
    """Folded name or abbreviation of a region or country → ISO country."""
    table: dict[str, str] = {}
    for line in files("parsers").joinpath("data/regions.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, names = line.partition("\t")
            for name in names.split(";"):
                table.setdefault(fold(name), country)
    return table


def region_country(name: str) -> str | None:
    """ISO country of a state, province or country as wires write it ("Ore.", "Rajasthan", "Philippines"); None unknown."""
    return _regions().get(fold(name))


def country_of(
    place: str, *, regions: tuple[str, ...] = (), prefer: tuple[str | None, ...] = ()
) -> str | None:
    """ISO country of a place: the region named, then the preferred countries (agency's, paper's), then population.

    A preferred country wins over a far larger namesake only if the place is not the larger by a factor of 50.
    """
    for region in reversed(regions):
        if country := region_country(region):
            return country
    found = candidates(place)
    if not found:
        return region_country(place)
    biggest = found[0][1]
    for country in prefer:
        for name, thousands in found:
            if name == country and (
                thousands * 50 >= biggest or (biggest < 9000 and thousands >= 20 and biggest < 1500)
            ):
                return name
    return found[0][0]
