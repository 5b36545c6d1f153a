"""Bytes in, stories out: a table of signs chooses the reader; name and header of the document do not.

A new format is one module with a `read` and one line in TABLE. A reader knows nothing of HTTP.
"""

from __future__ import annotations

import importlib
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from parsers.errors import ParseError
from parsers.hints import Hints, Reading

HEAD = 4096  # bytes looked at for a sign
LOOKED_AT = 200_000  # bytes looked at for the few signs of JSON that stand further on
UNPACKED = 64 << 20  # bytes that an undeclared gzip may hold


class Reader(Protocol):
    """A reader of one format. Raises ParseError for what it cannot read or what holds no story."""

    def __call__(self, body: bytes, hints: Hints) -> Reading: ...


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a document, as the signs look at it."""

    data: bytes  # first HEAD bytes, less BOM and leading white space
    root: str  # local name of the first element, lower case; "" where there is none
    whole: bytes  # the document, or of UTF-16 its beginning without zero bytes, for the few signs that stand further on


JSON_START = re.compile(rb"\{\s*[\"}]|\[\s*[\[{\]]")
MAIL_START = re.compile(
    rb"(?:From \S+ [^\n]*\d{4}[^\n]*\n)?(?:(?:Received|From|Return-Path|MIME-Version|Delivered-To|Message-ID|Date|Subject|To|Cc|X-[\w-]+|DKIM-Signature"
    rb"|Content-[\w-]+|Reply-To|Sender|List-[\w-]+|ARC-[\w-]+|Authentication-Results|In-Reply-To|References)"
    rb": ?[^\n]*\n(?:[ \t][^\n]*\n)*){2}",
    re.I,
)
WIRE_ROOT = re.compile(
    rb"<(?:[A-Za-z_][\w.-]*:)?(rss|feed|RDF|urlset|sitemapindex|nitf|NewsML|newsMessage|newsItem|packageItem)[\s>]"
)
ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s>/]")


def head_of(body: bytes) -> Head:
    """The Head of a document in any encoding that keeps ASCII apart (UTF-16 is folded first)."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in body[:4]:
        body = body[: LOOKED_AT * 2].replace(b"\x00", b"")
        body = body[2:] if body[:1] in b"\xff\xfe" else body
    start = body[: HEAD * 2]
    data = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:HEAD]
    if JSON_START.match(data) or MAIL_START.match(data):
        return Head(data, "", body)  # XML inside is somebody else's
    bare = re.sub(rb"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", b"", data, flags=re.S)
    found = ROOT.search(bare)
    if (
        found
        and found[1].lower() != b"html"
        and (later := WIRE_ROOT.search(bare))
        and b"<html" not in bare[: later.start()].lower()
    ):
        found = later  # warnings of the server's own stand before it, or an envelope round it
    return Head(data, found[1].decode("ascii", "replace").lower() if found else "", body)


def root(*names: str) -> Callable[[Head], bool]:
    """A sign: the root element has one of these local names (lower case)."""
    return lambda head: head.root in names


def has(start: bytes, sign: bytes) -> Callable[[Head], bool]:
    """A sign: the document begins so, and this stands in its head (or, for JSON, anywhere in its first 200 kB)."""
    begins, holds = re.compile(start), re.compile(sign)
    return lambda head: bool(begins.match(head.data)) and bool(holds.search(head.whole[:LOOKED_AT]))


WORDPRESS = re.compile(rb"<wp:(?:wxr_version|post_type|post_id)\b")


def wxr(head: Head) -> bool:
    """A sign: an RSS document of WordPress's export."""
    return head.root == "rss" and bool(WORDPRESS.search(head.whole[:60_000]))


def text(head: Head) -> bool:
    """A sign: no binary file, so a text dump of a page or plain copy."""
    return not any(byte < 9 for byte in head.data[:1000])


PAGE_LATER = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.I)


def page_later(head: Head) -> bool:
    """A sign: a page before which the server printed warnings, or a style sheet stands."""
    return head.data[:1] == b"<" and bool(PAGE_LATER.search(head.whole[:60_000]))


# (sign, module with `read`); the first that matches reads. Most exact signs first, the page and the text dump last.
TABLE: Sequence[tuple[Callable[[Head], bool], str]] = (
    (wxr, "parsers.formats.wxr"),
    (root("rss", "rdf", "feed"), "parsers.formats.feed"),
    (root("urlset", "sitemapindex"), "parsers.formats.sitemap"),
    (root("nitf"), "parsers.formats.nitf"),
    (root("newsml"), "parsers.formats.newsml_1"),
    (
        root(
            "newsmessage",
            "newsitem",
            "packageitem",
            "conceptitem",
            "planningitem",
            "knowledgeitem",
            "catalogitem",
        ),
        "parsers.formats.newsml_g2",
    ),
    (has(rb"[\[{]", rb"\"version\"\s*:\s*\"https?:\\?/\\?/jsonfeed\.org"), "parsers.formats.jsonfeed"),
    (has(rb"[\[{]", rb"\"rendered\"|\"rest_\w+\""), "parsers.formats.wordpress"),
    (has(JSON_START.pattern, rb""), "parsers.formats.ninjs"),
    (
        has(
            rb"(?:ZCZC[^\n]*\s+)?\x16*\x01?[\s\x16\x01]*[A-Za-z]{1,2}\s?\d{3,4}[^\n]{0,60}\x1f",
            rb"[\x13\x14]|\^",
        ),
        "parsers.formats.anpa",
    ),
    (
        has(rb"(?:ZCZC[^\n]*\s+)?[\x7f\s]*\x01?[A-Za-z]{2,4}\d{3,5} [1-9] [A-Za-z]{1,3}\s+\d+ ", rb""),
        "parsers.formats.iptc7901",
    ),
    (lambda head: bool(MAIL_START.match(head.data)), "parsers.formats.mail"),
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
            "h1",
            "main",
            "header",
        ),
        "parsers.page.article",
    ),
    (page_later, "parsers.page.article"),
    (text, "parsers.page.dump"),
)


def reader_for(body: bytes, hints: Hints) -> Reader:
    """The reader of these bytes. Raises ParseError where no sign matches."""
    head = head_of(body)
    for sign, module in TABLE:
        if sign(head):
            return cast(Reader, importlib.import_module(module).read)
    raise ParseError("no known format", where=hints.where, do="see parsers/reading.py for what is read")


def unpacked(body: bytes, hints: Hints) -> bytes:
    """A gzip file that nobody declared, unpacked under a cap. Raises ParseError for a bomb or a cut one."""
    if body[:2] != b"\x1f\x8b":
        return body
    stream = zlib.decompressobj(31)
    try:
        made = stream.decompress(body, UNPACKED)
    except zlib.error as error:
        raise ParseError(f"broken gzip ({error})", where=hints.where, do="ask for it again") from None
    if stream.unconsumed_tail or len(made) >= UNPACKED:
        raise ParseError(f"unpacks to more than {UNPACKED >> 20} MB", where=hints.where, do="leave it out")
    if not stream.eof:
        raise ParseError("gzip breaks off", where=hints.where, do="ask for it again")
    return made


def read(body: bytes, hints: Hints) -> Reading:
    """The stories of a document. Raises ParseError for what is unreadable or holds no story."""
    body = unpacked(body, hints)
    if not body.strip():
        raise ParseError("empty document", where=hints.where, do="check that the source delivers")
    return reader_for(body, hints)(body, hints)
