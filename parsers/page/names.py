"""The words of class names and ids: what a site calls a place of its pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

WORD_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
# What a story is about (WordPress prints categories and tags as classes), and what a place has or has not: no names of the place.
# Nor are names with a colon: they say how it looks in print or on a small screen ("print:hidden").
ABOUT = ("category-", "tag-", "post_tag-", "topic-", "has-", "no-", "not-", "with-", "without-")
NAMELESS = frozenset[str]()


@lru_cache(maxsize=8192)  # the pages of one site share their names
def words_of(classes: str, name: str) -> frozenset[str]:
    """Class names and an id, whole and in their words ("td-post-content", "td", "post", "content"), lower case; nothing of those that
    name no place."""
    return NAMELESS.union(*map(_words, f"{classes} {name}".split()[:24]))


@lru_cache(maxsize=16_384)
def _words(name: str) -> frozenset[str]:
    if len(name) >= 60 or ":" in name or name.startswith(ABOUT):
        return NAMELESS
    named = name.removesuffix("label-hidden")  # Drupal's, of a field whose label alone is hidden
    return frozenset([name.lower(), *map(str.lower, WORD_TOKEN.findall(named)[:8])])


def plain_vocabulary(words: Iterable[str]) -> Callable[[str, str], bool]:
    """What tells whether a word of class names or an id is one of these words, a thousand at most."""
    known = frozenset(words)
    return lambda classes, name: not words_of(classes, name).isdisjoint(known)


try:
    from parsers.page._names import vocabulary as vocabulary
except ImportError:  # not compiled
    vocabulary = plain_vocabulary
