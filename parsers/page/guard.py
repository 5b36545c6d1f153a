"""Pages that would cost Lexbor the square of their length, made harmless before they are parsed.

Three things do: elements open at once, attributes in one tag, and formatting tags left open, each of which every later block
opens again (WHATWG HTML, 13.2.4.3: the list of active formatting elements). A page of some thousand tags can hold little of
any, so a count clears nearly all; the others are read tag by tag.
"""

from __future__ import annotations

import re

from parsers.errors import ParseError

FEW = 12_000  # tags that may be open at once, all of them
DEEPEST = 2000  # elements open at once
MOST_ATTRIBUTES = 400  # in one tag
LEAST_WIDE = 3 * MOST_ATTRIBUTES  # characters of a tag from which its attributes are counted
APART = 1500  # characters between the marks in such a text
LONG = 3000  # characters of text between tags that may be attributes
MOST_REOPENED = 20_000_000  # characters of formatting tags, were all of them opened again at every tag

END = ord(">")  # a byte is found in bytes faster than bytes are
UNSEEN = re.compile(rb"<(?:(script|style|noscript|svg|textarea)\b|!--)", re.I)
NAME = re.compile(rb"<(/?[a-zA-Z][^\s/>]*)([^<>]*)")
TAG = re.compile(rb"[a-zA-Z][^\s/>;(){}=]*[\s/]")
# What stands within a tag: a mark of quotation means something behind "=" alone.
WITHIN = re.compile(rb"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+")
# A comment; an element whose text is no markup; a tag, whatever stands in its values.
TOKEN = re.compile(
    rb"(?is)<!--(?:-?>|.*?(?:--!?>|\Z))|<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b"
    + WITHIN.pattern
    + rb".*?(?:</\1|\Z)|<([a-z][^\s/>]*+)"
    + WITHIN.pattern
)
VALUE = re.compile(rb"=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+)")
ATTRIBUTE = re.compile(rb"[^\s/]+")
UNREAD = (b"script", b"style", b"!--")
PLACE = re.compile(rb"[\s/\"']")  # where a tag may have another attribute
FORMATTING_NAMES = "b big code em font i s small strike strong tt u".split()
# The first letter alone clears most tags.
FORMATTING = re.compile(rf"(?i)<(?=[bcefistuBCEFISTU])(?:{'|'.join(FORMATTING_NAMES)})[\s/][^<>]*".encode())
STRUCTURE = re.compile(rb"</?(?!/?(?:p|br|h[1-6]|title|meta|a)\b)[a-zA-Z][^<>]*>")
# Elements that are never open for long: void ones, and those that the next of their kind closes.
BRIEF = frozenset(
    (
        b"area base br col embed hr img input link meta param source track wbr p li td th tr dd dt option "
        b"tbody thead tfoot rt rp"
    ).split()
)
# Within these an end tag reaches nothing that was opened outside.
SCOPES = frozenset(b"table button object applet marquee template".split())


def survey(html: bytes) -> list[str] | None:  # noqa: ARG001
    """The names of the elements without text that a page may hold, where guarded would return it as it is; or None: it is not
    known. Only the compiled one (`_survey.pyx`) knows of any."""
    return None


def guarded(html: bytes, *, where: str) -> bytes:
    """A page in UTF-8, or a flattened one where it would take Lexbor quadratic time. Raises ParseError for a hopeless one."""
    cut = html.split(b"<")
    pieces = _whole(cut)
    changed, script, seen = False, b"", 0
    for at in [at for at, piece in enumerate(pieces) if len(piece) > LEAST_WIDE and at]:
        made = _harmless(pieces[at])
        if made is pieces[at]:
            continue
        script, seen = _script_of(pieces, seen, at, script), at
        # Of scripts JSON-LD alone is read; the others may only look like scripts.
        if not script or (len(made) < len(pieces[at]) and b"ld+json" not in script):
            pieces[at], changed = made, True
    if changed:
        html = b"<".join(pieces)
    again = FORMATTING.findall(html)
    if again and sum(map(len, set(again))) * 3 * len(pieces) > MOST_REOPENED:
        html = FORMATTING.sub(lambda found: re.split(rb"[\s/]", found[0], maxsplit=1)[0], html)
    if len(cut) <= FEW:
        return html
    html = TOKEN.sub(_narrow, html)
    if _depth(bare := less_unseen(html)) <= DEEPEST:
        return html
    flat = STRUCTURE.sub(b"\n", bare)
    if flat.count(b"<") > 200_000:
        raise ParseError("nested too deep to read", where=where, do="leave this document out")
    return flat


def _whole(pieces: list[bytes]) -> list[bytes]:
    """The pieces of a page cut at each "<"; what may be one tag, with "<" in it, is whole where much stands outside of tags."""
    if sum([len(piece) for piece in pieces if END not in piece]) <= LEAST_WIDE:
        return pieces
    whole = pieces[:1]
    begun: list[bytes] = []
    for piece in pieces[1:]:
        begun.append(piece)
        if END in piece:
            whole.append(b"<".join(begun) if len(begun) > 1 else piece)
            begun = []
    return [*whole, b"<".join(begun)] if begun else whole


def _wide(piece: bytes) -> bool:
    """Does a piece start with a tag of too many attributes?"""
    if not TAG.match(piece) or (end := WITHIN.match(piece)) is None or len(end[0]) <= LEAST_WIDE:
        return False
    return len(ATTRIBUTE.findall(VALUE.sub(b" ", end[0]))) > MOST_ATTRIBUTES


def _narrow(token: re.Match[bytes]) -> bytes:
    """A tag less its attributes if these are too many."""
    tag = token[2] and len(token[0]) > LEAST_WIDE and _wide(token[0][1:])
    return b"<" + token[2] if tag else token[0]


def _script_of(pieces: list[bytes], since: int, at: int, before: bytes) -> bytes:
    """How the script begins of which a piece is text, or looks so; empty: of none. before: that of the piece `since`."""
    for index in range(at, since, -1):
        name = pieces[index][:7].lower()
        if name.startswith((b"script", b"/script")):
            return b"" if name.startswith(b"/") else pieces[index][:200]
    return before


def _harmless(piece: bytes) -> bytes:
    """A long piece less its attributes, if these are too many; or with a mark of no meaning (<wbr>) at some places of a long text,
    for what looks like a text may be a tag's attributes, where a value before them holds "<" and ">": the mark ends such a tag."""
    if _wide(piece):
        return _less_attributes(piece)
    if len(piece) <= LONG or piece[:6].lower().startswith(UNREAD):
        return piece
    within = WITHIN.match(piece) if TAG.match(piece) else None
    text = within.end() if within else 0
    parts = [piece[:text]]
    while len(piece) - text > LONG and (place := PLACE.search(piece, text + APART)):
        parts.append(piece[text : place.start()])
        text = place.start()
    if len(parts) == 1:
        return piece
    return b"".join([parts[0], *(part + b"<wbr>" for part in parts[1:]), piece[text:]])


def _less_attributes(piece: bytes) -> bytes:
    within = WITHIN.match(piece)
    tag = ATTRIBUTE.match(piece)
    return (tag[0] if tag else b"") + piece[within.end() if within else 0 :]


def _depth(html: bytes) -> int:
    """The most elements open at once."""
    open_: list[bytes] = []
    places: dict[bytes, list[int]] = {}  # name → where it is open
    floors = [0]  # of the scopes that are open
    deepest = 0
    for name, attributes in NAME.findall(html):
        tag = name.lower()
        if not tag.startswith(b"/"):
            if tag in BRIEF or attributes.endswith(b"/"):
                continue
            if tag in SCOPES:
                floors.append(len(open_))
            places.setdefault(tag, []).append(len(open_))
            open_.append(tag)
            deepest = max(deepest, len(open_))
        elif (where := places.get(tag[1:])) and (where[-1] >= floors[-1] or tag[1:] in SCOPES):
            at = where[-1]
            for closed in open_[at:]:
                places[closed].pop()
            del open_[at:]
            while len(floors) > 1 and floors[-1] >= at:
                floors.pop()
    return deepest


def less_unseen(html: bytes) -> bytes:
    """The page without scripts, styles and comments, in one pass; an opener without its end takes nothing away."""
    out: list[bytes] = []
    at = 0
    missing: set[bytes] = set()
    low = html.lower()
    for found in UNSEEN.finditer(html):
        if found.start() < at:
            continue
        end = b"</" + found[1].lower() if found[1] else b"-->"
        close = -1 if end in missing else low.find(end, found.end())
        if close < 0:
            missing.add(end)
            continue
        out += [html[at : found.start()], b" "]
        at = close + len(end) if not found[1] else (html.find(b">", close) + 1 or len(html))
    return b"".join([*out, html[at:]])
