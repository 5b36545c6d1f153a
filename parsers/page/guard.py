"""Pages that would cost Lexbor the square of their length, made harmless before they are parsed.

Three things do: elements open at once, attributes in one tag, and formatting tags left open, each of which every later block
opens again (WHATWG HTML, 13.2.4.3: the list of active formatting elements). A page of some thousand tags can hold little of
any, so a count clears nearly all; the others are read tag by tag.
"""

from __future__ import annotations

import re
from itertools import accumulate

from parsers.errors import ParseError

FEW = 12_000  # tags that may be open at once, all of them
DEEPEST = 2000  # elements open at once
MOST_ATTRIBUTES = 400  # in one tag
LEAST_WIDE = 3 * MOST_ATTRIBUTES  # characters of a tag from which its attributes are counted
MOST_REOPENED = 20_000_000  # characters of formatting tags, were all of them opened again at every tag

END = ord(">")  # a byte is found in bytes faster than bytes are
UNSEEN = re.compile(rb"<(?:(script|style|noscript|svg|textarea)\b|!--)", re.I)
NAME = re.compile(rb"<(/?[a-zA-Z][^\s/>]*)([^<>]*)")
# Tags as WHATWG HTML, 13.2.5, reads them: "=" begins a name or, behind one, a value; in quotation marks anything may stand.
NEXT = (
    rb"(?:[ \t\n\f\r/]*+(?:=[^ \t\n\f\r/>=]*+|[^ \t\n\f\r/>=]++)"
    rb"(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:\"[^\"]*+\"?+|'[^']*+'?+|[^ \t\n\f\r>]*+))?+)"
)
TAG = re.compile(rb"<[a-zA-Z][^ \t\n\f\r/>]*+")
ATTRIBUTES = re.compile(NEXT + rb"*+")
WIDE = re.compile(NEXT + b"{%d}+" % (MOST_ATTRIBUTES + 1))
# A value in which a tag may seem to start or to end.
HOLDS = re.compile(rb"=[ \t\n\f\r]*+(?:\"[^\"<>]*+[<>]|'[^'<>]*+[<>])")
# A comment; what is taken for one; an element whose text is no markup; a tag.
TOKEN = re.compile(
    rb"(?is)<!--(?:-?>|.*?(?:--!?>|\Z))"
    rb"|<(?:!(?!doctype)|\?|/(?![a-z]))[^>]*+>?"
    rb"|<(script|style|textarea|title|xmp|iframe|noembed|noframes)(?![^ \t\n\f\r/>])("
    + NEXT
    + rb"*+)[ \t\n\f\r/]*+>(.*?)(?=</\1|\Z)"
    rb"|<[a-z][^ \t\n\f\r/>]*+" + NEXT + rb"*+"
)
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


def less_unread(html: bytes) -> tuple[bytes, list[str], list[str] | None] | None:  # noqa: ARG001
    """(a page without scripts, styles, drawings, and the attributes, meta and link elements that nobody reads; the texts of its JSON-LD; the names of those DROPPED
    elements that it may hold, where guarded would return it as it is, else None), or None where it is not certain what is text of
    scripts. Only the compiled one (`_unread.pyx`) is certain of any."""
    return None


def guarded(html: bytes, *, where: str) -> bytes:
    """A page in UTF-8, or a flattened one where it would take Lexbor quadratic time. Raises ParseError for a hopeless one."""
    cut = html.split(b"<")
    if _wide(html, cut):
        html = _narrowed(TOKEN.sub(_less_text, html))
    again = FORMATTING.findall(html)
    if again and sum(map(len, set(again))) * 3 * len(cut) > MOST_REOPENED:
        html = FORMATTING.sub(lambda found: re.split(rb"[\s/]", found[0], maxsplit=1)[0], html)
    if len(cut) <= FEW or _depth(bare := less_unseen(html)) <= DEEPEST:
        return html
    flat = STRUCTURE.sub(b"\n", bare)
    if flat.count(b"<") > 200_000:
        raise ParseError("nested too deep to read", where=where, do="leave this document out")
    return flat


def _wide(html: bytes, pieces: list[bytes]) -> list[int]:
    """Where tags of too many attributes start, whatever they stand in. pieces: the page, cut at each "<"."""
    # Such a tag is long, or holds "<": in a value, or before any ">".
    starts = {html.rfind(b"<", 0, found.start()) for found in HOLDS.finditer(html)}
    if long := [at for at, piece in enumerate(pieces) if len(piece) > LEAST_WIDE or END not in piece]:
        ends = list(accumulate(map(len, pieces)))
        starts |= {ends[at] + at - len(pieces[at]) - 1 for at in long}
    return [
        start
        for start in sorted(starts)
        if start >= 0 and (tag := TAG.match(html, start)) and WIDE.match(html, tag.end())
    ]


def _narrowed(html: bytes) -> bytes:
    """A page whose tags of too many attributes have none."""
    out: list[bytes] = []
    at = 0
    for start in _wide(html, html.split(b"<")):
        if start >= at and (tag := TAG.match(html, start)):
            out.append(html[at : tag.end()])
            rest = ATTRIBUTES.match(html, tag.end())
            at = rest.end() if rest else tag.end()
    return b"".join([*out, html[at:]])


def _less_text(token: re.Match[bytes]) -> bytes:
    """A token in which no tag may seem to start but its own. Of scripts JSON-LD alone is read, where "<" may be written in figures."""
    whole, text = token[0], token[3]
    if text is None:
        return b"" if whole.startswith((b"<!", b"<?", b"</")) else whole
    kept = text.replace(b"<", rb"\u003c") if b"ld+json" in token[2] else b""
    if token[1].lower() in (b"textarea", b"title"):
        kept = text.replace(b"<", b"&lt;")
    return whole.removesuffix(text) + kept if text else whole


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
