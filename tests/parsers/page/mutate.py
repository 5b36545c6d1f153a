"""Mutations that only a page can suffer: attributes and end tags broken, blocks of one page in another."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from tests.parsers.formats.mutate import MUTATIONS, Step

OPENING = re.compile(rb"<[a-zA-Z][^<>]{0,300}>")
CLOSING = re.compile(rb"</[a-zA-Z][^<>]{0,40}>")
BLOCK = re.compile(rb"<(div|p|section|article|ul|table|script|h1)\b[^<>]{0,300}>.{0,3000}?</\1>", re.S)
WINDOW = 60_000  # bytes of a page in which places are looked for


def _places(pattern: re.Pattern[bytes], data: bytes, dice: random.Random) -> list[re.Match[bytes]]:
    start = dice.randrange(max(1, len(data) - WINDOW // 2))
    return list(pattern.finditer(data, start, start + WINDOW))


def swapped(data: bytes, dice: random.Random, others: Sequence[bytes]) -> bytes:
    """Blocks of another page in the place of some of this one's."""
    given = _places(BLOCK, dice.choice(others), dice)
    for place in sorted(_places(BLOCK, data, dice), key=lambda one: -one.start())[:6]:
        if given:
            data = data[: place.start()] + dice.choice(given).group() + data[place.end() :]
    return data


def unclosed(data: bytes, dice: random.Random, _others: Sequence[bytes]) -> bytes:
    """End tags lost."""
    share = dice.choice((0.02, 0.3, 1.0))
    start = dice.randrange(len(data) + 1)
    lost = CLOSING.sub(
        lambda tag: b"" if dice.random() < share else tag.group(), data[start : start + WINDOW]
    )
    return data[:start] + lost + data[start + WINDOW :]


def misquoted(data: bytes, dice: random.Random, _others: Sequence[bytes]) -> bytes:
    """Quotation marks, equals signs and ends of tags lost or doubled."""
    places = _places(OPENING, data, dice)
    chosen = dice.sample(places, min(len(places), 12))
    for place in sorted(chosen, key=lambda one: one.start(), reverse=True):
        mark = dice.choice((b'"', b"'", b"=", b">", b" "))
        made = place.group().replace(mark, dice.choice((b"", mark * 2, b"<", b"\x00")), dice.choice((1, -1)))
        data = data[: place.start()] + made + data[place.end() :]
    return data


def widened(data: bytes, dice: random.Random, _others: Sequence[bytes]) -> bytes:
    """Attributes by the thousand in one tag, and a value without end."""
    places = _places(OPENING, data, dice)
    if not places:
        return data
    at = dice.choice(places).end() - 1
    count = dice.choice((50, 3000, 20_000))
    more = (
        b"".join(b" a%d=%d" % (n, n) for n in range(count))
        if dice.random() < 0.5
        else b' class="' + b"x " * count
    )
    return data[:at] + more + data[at:]


def deepened(data: bytes, dice: random.Random, _others: Sequence[bytes]) -> bytes:
    """An element around the rest, thousands of times; its end tags come, or do not, or close nothing."""
    name = dice.choice(
        (b"div", b"ul><li", b"b", b"font color=a%d", b"table><tr><td", b"a href=x", b"section")
    )
    count = dice.choice((20, 700, 5000))
    opened = b"".join(b"<" + (name % n if b"%" in name else name) + b">" for n in range(count))
    at = dice.randrange(len(data) + 1)
    return data[:at] + opened + data[at:] + dice.choice((b"", b"</x>" * count, b"</div>" * count))


PAGES: Sequence[Step] = (*MUTATIONS, swapped, unclosed, misquoted, widened, deepened, swapped, unclosed)
