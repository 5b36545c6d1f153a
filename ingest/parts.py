"""How many pages of a visit are committed in one transaction.

This bounds memory, for a visit holds its pages until they are stored, and what a run that is killed has fetched in vain.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.outcome import Item

AT_ONCE = 10  # pages
LARGE = 512 << 10  # packed bytes of pages from which fewer are enough


def full(items: Sequence[Item]) -> bool:
    """Are these to be stored before another page is asked for?"""
    return len(items) >= AT_ONCE or sum(len(item.document.record) for item in items if item.document) >= LARGE
