"""Mutations of documents: cut, flipped, spliced, nested, wrapped, in the wrong encoding. Deterministic for a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

TAG = re.compile(rb"<[^<>]{1,200}>")
Step = Callable[[bytes, random.Random, Sequence[bytes]], bytes]


def cut(data: bytes, dice: random.Random, _others: Sequence[bytes]) -> bytes:
    """What a broken connection leaves."""
    return data[: dice.randrange(len(data) + 1)]


def cut_head(data: bytes, dice: random.Random, _others: Sequence[bytes]) -> bytes:
    return data[dice.randrange(min(len(data), 400) + 1) :]


def flipped(data: bytes, dice: random.Random, _others: Sequence[bytes]) -> bytes:
    made = bytearray(data)
    for _ in range(dice.choice((1, 3, 30, 300))):
        if made:
            made[dice.randrange(len(made))] = dice.randrange(256)
    return bytes(made)


def recoded(data: bytes, dice: random.Random, _others: Sequence[bytes]) -> bytes:
    """Read in one encoding and written in another."""
    read, write = (
        dice.choice(("utf-8", "cp1252", "utf-16", "utf-16-be", "cp1251", "utf-7")) for _ in range(2)
    )
    return data.decode(read, "ignore").encode(write, "ignore")


def dropped(data: bytes, dice: random.Random, _others: Sequence[bytes]) -> bytes:
    """A stretch lost from the middle."""
    first = dice.randrange(len(data) + 1)
    return data[:first] + data[first + dice.choice((1, 20, 500)) :]


def doubled(data: bytes, dice: random.Random, _others: Sequence[bytes]) -> bytes:
    first = dice.randrange(len(data) + 1)
    piece = data[first : first + dice.choice((10, 200, 2000))]
    return data[:first] + piece * dice.choice((2, 5, 40)) + data[first:]


def nested(data: bytes, dice: random.Random, _others: Sequence[bytes]) -> bytes:
    """An element or a bracket of its own, repeated without its end."""
    tags = TAG.findall(data[:20_000]) or [b"[", b'{"a":', b"<p>"]
    first = dice.randrange(len(data) + 1)
    return data[:first] + dice.choice(tags) * dice.choice((30, 300, 3000)) + data[first:]


def spliced(data: bytes, dice: random.Random, others: Sequence[bytes]) -> bytes:
    """Half of one document, half of another."""
    other = dice.choice(others)
    return data[: dice.randrange(len(data) + 1)] + other[dice.randrange(len(other) + 1) :]


def retagged(data: bytes, dice: random.Random, _others: Sequence[bytes]) -> bytes:
    """One tag in another's place."""
    tags = list(TAG.finditer(data[:50_000]))
    if not tags:
        return data
    place, other = dice.choice(tags), dice.choice(tags)
    return data[: place.start()] + other.group() + data[place.end() :]


def emptied(data: bytes, dice: random.Random, _others: Sequence[bytes]) -> bytes:
    """Values gone, or replaced by what they never are."""
    value = dice.choice((b'""', b'"0"', b'"-1"', b'"' + b"9" * 400 + b'"', b'"\xff"', b'"NaN"'))
    found = list(re.finditer(rb'"[^"\n]{0,200}"', data[:50_000]))
    for place in reversed(dice.sample(found, min(len(found), 3))):
        data = data[: place.start()] + value + data[place.end() :]
    return data


MUTATIONS: Sequence[Step] = (
    cut, cut_head, flipped, recoded, dropped, doubled, nested, spliced, retagged, emptied,
)  # fmt: skip


def mutated(seeds: Sequence[bytes], number: int, steps: Sequence[Step] = MUTATIONS) -> tuple[str, bytes]:
    """The mutation of this number: its name and bytes; one to three steps on one of the seeds."""
    dice = random.Random(number)
    data, names = dice.choice(seeds), []
    for step in dice.choices(steps, k=dice.choice((1, 1, 2, 3))):
        data = step(data, dice, seeds)
        names.append(step.__name__)
    return "+".join(names), data
