"""The words of class names and ids: what a site calls a place of its pages."""

from __future__ import annotations

import re
from functools import lru_cache

WORD_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
# What a story is about (WordPress prints categories and tags as classes), and what a place has or has not: no names of the place.
ABOUT = ("category-", "tag-", "post_tag-", "topic-", "has-", "no-", "not-", "with-", "without-")
NAMELESS = frozenset[str]()


def words(name: str) -> tuple[str, ...]:
    """A name, whole and in its words ("td-post-content", "td", "post", "content"), lower case; nothing of one that names no place."""
    if len(name) >= 60 or name.startswith(ABOUT):
        return ()
    named = name.removesuffix("label-hidden")  # Drupal's, of a field whose label alone is hidden
    return (name.lower(), *map(str.lower, WORD_TOKEN.findall(named)[:8]))


try:
    from parsers.page._names import words as quick_words
except ImportError:  # not compiled
    quick_words = words
known = lru_cache(maxsize=16_384)(quick_words)  # the pages of one site share their names


@lru_cache(maxsize=8192)
def words_of(classes: str, name: str) -> frozenset[str]:
    """The words of class names and an id."""
    return NAMELESS.union(*map(known, f"{classes} {name}".split()[:24]))
