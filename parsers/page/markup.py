"""Tags and attributes as Lexbor writes them: whole, closed and escaped, so that one expression tells them apart."""

from __future__ import annotations

import re
from functools import lru_cache

# What holds no text of a story.
DROPPED = (
    "script style noscript svg template iframe select button video audio object canvas map input textarea math embed dialog "
    "datalist progress meter noembed noframes"
).split()
# The attributes that anything reads; a compiled reader takes the others out beforehand.
READ = frozenset(
    (
        "class id role hidden style itemprop itemtype rel href src srcset data-src data-srcset data-original data-lazy-src alt title "
        "datetime data-timestamp property name content type lang xml:lang data-component data-testid data-qa data-module"
    ).split()
)
# (name, or /name where it ends; attributes; the text up to the next tag)
TAG = re.compile(r"<(?:!--.*?--|([^ >]++)([^>]*+))>([^<]*+)", re.S)
ATTRIBUTE = re.compile(r' ([^ =]+)="([^"]*)"')
ESCAPES = (
    ("&nbsp;", "\u00a0"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", '"'),
    ("&amp;", "&"),
)  # in this order


def unescaped(text: str) -> str:
    """What Lexbor has written, less its few escapes."""
    if "&" not in text:
        return text
    for name, char in ESCAPES:
        text = text.replace(name, char)
    return text


def value(raw: str, name: str) -> str:
    """What an attribute holds of those that are written (' class="a" id="b"'); empty where it is not among them."""
    if f' {name}="' not in raw:
        return ""
    found = _written(name).match(raw)  # what another one holds may look like it
    return unescaped(found[1]) if found else ""


@lru_cache(maxsize=64)
def _written(name: str) -> re.Pattern[str]:
    return re.compile(rf'(?: [^ ][^ =]*+="[^"]*+")*? {name}="([^"]*+)"')


def attributes(raw: str) -> dict[str, str]:
    """The attributes of a tag."""
    return {name: unescaped(text) for name, text in ATTRIBUTE.findall(raw)}
