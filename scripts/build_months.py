"""Make parsers/data/months.txt: the names of the months in the languages of the world's papers, from babel (Unicode CLDR).

    python scripts/build_months.py

Lines "1<tab>jan january …": wide and abbreviated names, as they stand in a date and alone, lower case, less the full stop of an
abbreviation, accented and plain where the script is Latin or Greek. Names of more than one word stand in the code that reads them.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from babel import Locale

DATA = Path(__file__).resolve().parents[1] / "parsers/data/months.txt"
TONGUES = (
    "af am ar ar_EG ar_MA ar_SY ar_TN as az be bg bn bs ca cs cy da de de_AT el en es es_MX et eu fa fi fil fr fr_CA ga gl gu ha he "
    "hi hr hu hy id ig is it ka kk km kn ky lo lt lv mk ml mr ms my nb ne nl nn om or pa pl ps pt ro ru rw si sk sl so sq sr sr_Latn "
    "sv sw ta te tg th ti tk tr uk ur uz uz_Cyrl yo zu"
).split()
LEAST = {
    True: 4,
    False: 2,
}  # letters of a name, ASCII or not: three are words of other languages too ("few", "out")
PLAIN = re.compile(r"[a-zα-ω]")


def names(tongue: str) -> dict[int, set[str]]:
    """Month → its names in a language."""
    found: dict[int, set[str]] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in Locale.parse(tongue).months[context][width].items():
                found.setdefault(number, set()).add(name.lower().strip(". \u200e\u200f"))
    return found


def unaccented(name: str) -> str:
    """A Latin or Greek name without its accents; one of another script as it is."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return bare if PLAIN.match(bare) else name


def main() -> None:
    table: dict[int, set[str]] = {number: set() for number in range(1, 13)}
    for tongue in TONGUES:
        for number, some in names(tongue).items():
            for name in some:
                if LEAST[name.isascii()] <= len(name) and not re.search(r"[\s\d]", name):
                    table[number] |= {
                        form for form in (name, unaccented(name)) if LEAST[form.isascii()] <= len(form)
                    }
    text = "".join(f"{number}\t{' '.join(sorted(table[number]))}\n" for number in table)
    DATA.write_text(text, encoding="utf-8")
    print(f"{sum(map(len, table.values()))} names, {len(text.encode())} bytes")


if __name__ == "__main__":
    main()
