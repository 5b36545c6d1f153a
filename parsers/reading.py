"""Bytes in, stories out: a table of signs chooses the reader; name and header of the document do not.

A new format is one module with a `read` and one line in TABLE. A reader knows nothing of HTTP.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from parsers.errors import ParseError
from parsers.hints import Hints, Reading

HEAD = 4096  # bytes looked at for a sign


class Reader(Protocol):
    """A reader of one format. Raises ParseError for what it cannot read or what holds no story."""

    def __call__(self, body: bytes, hints: Hints) -> Reading: ...


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a document, as the signs look at it."""

    data: bytes  # first HEAD bytes, less BOM and leading white space
    root: str  # local name of the first element, lower case; "" where there is none
    whole: bytes  # the document, for the few signs that stand further on


ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s>/]")


def head_of(body: bytes) -> Head:
    """The Head of a document in any encoding that keeps ASCII apart (UTF-16 is folded first)."""
    start = body[: HEAD * 2]
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start[:4]:
        start = start.replace(b"\x00", b"")[2:] if start[:1] in b"\xff\xfe" else start.replace(b"\x00", b"")
    data = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:HEAD]
    bare = re.sub(rb"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", b"", data, flags=re.S)
    found = ROOT.search(bare)
    return Head(data, found[1].decode("ascii", "replace").lower() if found else "", body)


def root(*names: str) -> Callable[[Head], bool]:
    """A sign: the root element has one of these local names (lower case)."""
    return lambda head: head.root in names


def text(head: Head) -> bool:
    """A sign: no binary file, so a text dump of a page or plain copy."""
    return not any(byte < 9 for byte in head.data[:1000])


# (sign, module with `read`); the first that matches reads. Most exact signs first, the page and the text dump last.
TABLE: Sequence[tuple[Callable[[Head], bool], str]] = (
    (
        root(
            "html",
            "head",
            "body",
            "div",
            "article",
            "p",
            "section",
            "span",
            "meta",
            "title",
            "link",
            "script",
            "table",
        ),
        "parsers.page.article",
    ),
    (text, "parsers.page.dump"),
)


def reader_for(body: bytes, hints: Hints) -> Reader:
    """The reader of these bytes. Raises ParseError where no sign matches."""
    head = head_of(body)
    for sign, module in TABLE:
        if sign(head):
            return cast(Reader, importlib.import_module(module).read)
    raise ParseError("no known format", where=hints.where, do="see parsers/reading.py for what is read")


def read(body: bytes, hints: Hints) -> Reading:
    """The stories of a document. Raises ParseError for what is unreadable or holds no story."""
    if not body.strip():
        raise ParseError("empty document", where=hints.where, do="check that the source delivers")
    return reader_for(body, hints)(body, hints)
