"""Tags and attributes as Lexbor writes them: whole, closed and escaped, so that one expression tells them apart."""

from __future__ import annotations

import re

# What holds no text of a story.
DROPPED = (
    "script style noscript svg template iframe select button video audio object canvas map input textarea math embed dialog "
    "datalist progress meter noembed noframes"
).split()
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


def value(raw: str, mark: str) -> str:
    """What an attribute holds of those that are written (' class="a" id="b"'). mark: as it starts, ' class="'."""
    at = raw.find(mark)
    if at < 0:
        return ""
    # A value that ends like the mark has no quotation mark behind it.
    return unescaped(raw[at + len(mark) :].partition('"')[0])


def attributes(raw: str) -> dict[str, str]:
    """The attributes of a tag."""
    return {name: unescaped(text) for name, text in ATTRIBUTE.findall(raw)}
