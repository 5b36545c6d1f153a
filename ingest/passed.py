"""Addresses that hold no story, remembered in a source's cursor so that they are not asked for at each visit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from parsers.url import canonical

# What a page's failure says that is so for good; after any other it is asked for again.
FOR_GOOD = ("missing", "refused", "forbidden", "too-large", "bad-address")


class Passed:
    """The last so many of them, as marks of a few bytes."""

    def __init__(self, kept: object, *, most: int) -> None:
        """kept: what `told` gave at the last visit."""
        self._marks = dict.fromkeys(str(mark) for mark in kept) if isinstance(kept, list) else {}
        self.most = most

    def others(self, addresses: Iterable[str]) -> list[str]:
        """Those of the addresses that are not among them, in order."""
        return [address for address in addresses if _mark(address) not in self._marks]

    def add(self, address: str) -> None:
        """One more."""
        self._marks[_mark(address)] = None

    def told(self) -> list[str]:
        """For the cursor."""
        return list(self._marks)[-self.most :]


def _mark(url: str) -> str:
    return hashlib.blake2b(canonical(url).encode(), digest_size=6).hexdigest()
