# cython: language_level=3
"""Compiled: what nobody reads, on average more than half of a page, taken out before Lexbor sees it, where it is certain what it is; and
in the same pass a look at every tag, which clears nearly all that guard.py watches for."""

from html import unescape

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from libc.string cimport memcpy, memset, strlen

from parsers.page._tags cimport (
    MOST_NAMES, Names, attribute_at, attribute_name_end, begins, fill, find, is_letter, is_named, is_space, name_end, named, tag_end, value_end
)
from parsers.page import guard, meta
from parsers.page.markup import DROPPED, READ

cdef enum:
    MOST_JSON = 40
    NO_LIMIT = 1 << 30

cdef Py_ssize_t FEW = guard.FEW, MOST_ATTRIBUTES = guard.MOST_ATTRIBUTES, MOST_REOPENED = guard.MOST_REOPENED

# What an element means here, by its name.
cdef enum:
    NOTHING
    TEXT  # what it holds is no markup, unless it stands in SVG or where Lexbor passes over it, as of the next two
    CHOICE  # what stands in it is passed over
    TEMPLATE
    DESCRIPTION
    ODD  # changes how the tags behind it are read
    # Those behind it go, or stay with all their attributes.
    SCRIPT
    STYLE
    DRAWING
    META
    LINK
    FORMATTING  # its attributes tell whether it is opened again
KINDS = {
    "script": SCRIPT,
    "style": STYLE,
    "textarea xmp iframe noembed noframes title": TEXT,
    "frameset plaintext math foreignobject": ODD,
    "svg": DRAWING,
    "select": CHOICE,
    "template": TEMPLATE,
    "desc": DESCRIPTION,
    "meta": META,
    "link": LINK,
    " ".join(guard.FORMATTING_NAMES): FORMATTING,
}

cdef Names ELEMENTS, ATTRIBUTES
fill(&ELEMENTS, dict.fromkeys(DROPPED, NOTHING) | {name: kind for names, kind in KINDS.items() for name in names.split()})
fill(&ATTRIBUTES, dict.fromkeys(READ, NOTHING))


cdef const char* comment_end(const char* at, const char* end) noexcept nogil:
    """at: behind its "<!--"."""
    cdef const char* start = at - 2
    if at < end and at[0] == b">":
        return at + 1
    at = find(b">", at, end)
    while at < end:
        if at[-1] == b"-" and at[-2] == b"-" and at - 2 >= start:
            return at + 1
        if at[-1] == b"!" and at[-2] == b"-" and at[-3] == b"-" and at - 3 >= start + 2:
            return at + 1
        at = find(b">", at + 1, end)
    return end


cdef const char* text_end(const char* at, const char* end, const char* name) noexcept nogil:
    """Where the end tag of an element stands whose text is no markup, or the end. at: its text."""
    at = find(b"<", at, end)
    while at < end and not (at + 1 < end and at[1] == b"/" and is_named(at + 2, end, name)):
        at = find(b"<", at + 1, end)
    return at


cdef bint is_plain(const char* at, const char* end, const char* name) noexcept nogil:
    """Is there nothing but text before an element's end tag, so that it is no matter how it is read?"""
    at = find(b"<", at, end)
    return at + 1 < end and at[1] == b"/" and is_named(at + 2, end, name)


cdef const char* script_end(const char* at, const char* end) noexcept nogil:
    """text_end of a script, which may hold end tags of its own behind "<!--" and "<script" (13.2.5.15 to 13.2.5.31)."""
    cdef bint escaped = False, nested = False
    at = find(b"<", at, end)
    while at < end:
        if at[0] == b">":
            if at[-1] == b"-" and at[-2] == b"-":
                escaped = nested = False
        elif at + 1 < end and at[1] == b"/" and is_named(at + 2, end, b"script"):
            if not nested:
                return at
            nested = False
        elif begins(at + 1, end, b"!--", 3) and not escaped:
            escaped = True
            at += 3
        elif escaped and is_named(at + 1, end, b"script"):
            nested = True
        at += 1
        if escaped:
            while at < end and at[0] != b"<" and at[0] != b">":
                at += 1
        else:
            at = find(b"<", at, end)
    return at


# What a drawing may hold that changes nothing of how its end is found.
cdef const char** DRAWN = [
    b"path", b"g", b"circle", b"rect", b"use", b"defs", b"symbol", b"polygon", b"polyline", b"line", b"ellipse", b"lineargradient",
    b"radialgradient", b"stop", b"clippath", b"mask", b"pattern", b"animate", b"animatetransform", b"title", b"desc", b"style",
]


cdef const char* drawing_end(const char* at, const char* end) noexcept nogil:
    """Behind the end tag of an SVG element of shapes alone; NULL: of another. at: behind its start tag."""
    cdef int index
    cdef bint opens
    at = find(b"<", at, end)
    while at + 1 < end:
        opens = at[1] != b"/"
        at += 1 if opens else 2
        if not opens and is_named(at, end, b"svg"):
            at = tag_end(at, end, NO_LIMIT)
            return at + 1 if at < end else NULL
        for index in range(22):
            if is_named(at, end, DRAWN[index]):
                break
        else:
            return NULL
        at = tag_end(at, end, NO_LIMIT)
        if opens and index > 18 and not is_plain(at, end, DRAWN[index]):  # title, desc, style
            return NULL
        at = find(b"<", at, end)
    return NULL


cdef bytes told(const char* at, const char* close, const char* name):
    """What an attribute of a tag holds, as it is written. at: the tag's name."""
    cdef Py_ssize_t size = strlen(name)
    cdef const char* start
    cdef const char* stop
    at = attribute_at(name_end(at, close), close)
    while at < close:
        start = at
        stop = attribute_name_end(start, close)
        at = value_end(stop, close)
        if stop - start == size and begins(start, close, name, size):
            while stop < at and is_space(stop[0]):
                stop += 1
            stop += stop < at  # "="
            while stop < at and is_space(stop[0]):
                stop += 1
            if stop < at and (stop[0] == 0x22 or stop[0] == 0x27):
                return stop[1 : at - stop - 1]
            return stop[: at - stop]
        at = attribute_at(at, close)
    return b""


cdef object json_of(const char* tag, const char* close, const char* stop):
    """The text of a script of JSON-LD; None: it is another; False: that is not certain."""
    cdef str kind = told(tag, close, b"type").decode("utf-8", "replace")
    if "&" in kind:
        kind = unescape(kind)
    if kind == "application/ld+json":
        return "" if stop == close else (close + 1)[: stop - close - 1].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return False if "ld+json" in kind.lower() else None


cdef frozenset KEYS = frozenset([key.encode() for key in meta.KEYS]), RELATIONS = frozenset([name.encode() for name in meta.RELATIONS])


cdef bint is_statement(const char* tag, const char* close, int kind):
    """May a meta or link element state what anything reads? tag: its name."""
    cdef bytes said
    if kind == LINK:
        said = told(tag, close, b"rel").lower()
        return b"&" in said or said in RELATIONS
    for name in (b"property", b"name", b"itemprop"):
        said = told(tag, close, <bytes> name)
        if said and (b"&" in said or said.strip().lower() in KEYS):
            return True
    return False


cdef bint is_beside_text(const char* start, const char* tag, const char* close, const char* end) noexcept nogil:
    """Does an element without an end tag part one text from another?"""
    cdef const char* at = tag
    while at > start and is_space(at[-1]):
        at -= 1
    if at > start and at[-1] != b">":
        return True
    at = close + 1
    while at < end and is_space(at[0]):
        at += 1
    return at < end and at[0] != b"<"


cdef struct Copy:
    char* at  # where it goes on
    const char* done  # up to where of the page it is decided what stays


cdef inline void keep(Copy* copy, const char* upto, const char* behind) noexcept nogil:
    """Copy what is not decided yet up to a place; what stands between that and behind goes."""
    memcpy(copy.at, copy.done, upto - copy.done)
    copy.at += upto - copy.done
    copy.done = behind


cdef const char* less_attributes(const char* at, const char* end, Copy* copy, Py_ssize_t* many) noexcept nogil:
    """tag_end, with a copy less the attributes that nobody reads. many: of those that stay."""
    cdef const char* start
    cdef const char* stop
    at = attribute_at(at, end)
    while at < end and at[0] != b">":
        start = at
        stop = attribute_name_end(start, end)
        at = value_end(stop, end)
        if named(&ATTRIBUTES, start, stop - start):
            many[0] += 1
        else:
            while at < end and is_space(at[0]):
                at += 1
            keep(copy, start, at)
        at = attribute_at(at, end)
    return at


def less_unread(bytes html):
    """(a page without scripts, styles, drawings, and the attributes, meta and link elements that nobody reads; the texts of its JSON-LD; the names of those DROPPED
    elements that it may hold, where guarded would return it as it is, else None), or None where it is not certain what is text of scripts."""
    cdef const char* start = html
    cdef const char* end = start + len(html)
    cdef const char* at = find(b"<", start, end)
    cdef const char* tag
    cdef const char* stop
    cdef const char* close
    cdef bytes made = PyBytes_FromStringAndSize(NULL, len(html))
    cdef Copy copy = Copy(PyBytes_AS_STRING(made), start)
    cdef Py_ssize_t tags = 0, attributes
    cdef int index, kind, foreign = 0, templates = 0
    cdef bint choosing = False, wide = False
    cdef bint seen[MOST_NAMES]
    cdef list found = []
    cdef set again = set()
    memset(seen, 0, sizeof(seen))
    while at < end:
        tag = at
        at += 1
        tags += 1
        if begins(at, end, b"!--", 3):
            at = comment_end(at + 3, end)
        elif at < end and at[0] == b"!" and foreign:
            return None
        elif at < end and (at[0] == b"!" or at[0] == b"?" or (at[0] == b"/" and not is_letter(at[1]))):  # bytes end with a zero
            at = find(b">", at, end)
        elif at + 1 < end and at[0] == b"/" and is_letter(at[1]):
            at += 1
            stop = name_end(at, end)
            kind = ELEMENTS.all[named(&ELEMENTS, at, stop - at)].kind
            if kind == DRAWING:
                foreign -= foreign > 0
            elif kind == CHOICE:
                choosing = False
            elif kind == TEMPLATE:
                templates -= templates > 0
            at = tag_end(stop, end, NO_LIMIT)
        elif at < end and is_letter(at[0]):
            stop = name_end(at, end)
            index = named(&ELEMENTS, at, stop - at)
            kind = ELEMENTS.all[index].kind
            attributes = 0
            if kind == ODD:
                return None
            if foreign or kind > ODD:
                close = tag_end(stop, end, MOST_ATTRIBUTES)
                if close == NULL:
                    wide = True
                    close = tag_end(stop, end, NO_LIMIT)
            else:
                close = less_attributes(stop, end, &copy, &attributes)
                wide |= attributes > MOST_ATTRIBUTES
            if close == end:
                break
            at = close
            if kind == FORMATTING:
                if stop < close:
                    again.add(tag[1 : close - tag])
            elif kind == META or kind == LINK:
                if not foreign and not is_beside_text(start, tag, close, end) and not is_statement(tag + 1, close, kind):
                    keep(&copy, tag, close + 1)
            elif kind == DRAWING:
                if close[-1] == b"/":
                    return None
                stop = drawing_end(close, end) if not foreign and not choosing else NULL
                if stop != NULL:
                    keep(&copy, tag, stop)
                    at = find(b"<", stop, end)
                    continue
                foreign += 1
            elif kind == CHOICE:
                choosing = True
            elif kind == TEMPLATE:
                templates += 1
            elif kind == DESCRIPTION:
                if foreign and not is_plain(close, end, b"desc"):
                    return None
            elif (kind == SCRIPT or kind == STYLE or kind == TEXT) and (foreign or (choosing and kind != SCRIPT)):
                if not is_plain(close, end, ELEMENTS.all[index].letters) or (
                    kind == SCRIPT and json_of(tag + 1, close, close) is not None
                ):
                    return None
            elif kind == SCRIPT or kind == STYLE or kind == TEXT:
                stop = script_end(close, end) if kind == SCRIPT else text_end(close, end, ELEMENTS.all[index].letters)
                at = tag_end(stop + 2, end, NO_LIMIT) if stop < end else end
                at += at < end
                if kind == SCRIPT and len(found) < MOST_JSON and not templates:  # what stands in a template is not there yet
                    text = json_of(tag + 1, close, stop)
                    if text is False:
                        return None
                    if text is not None:
                        found.append(text)
                if kind != TEXT:
                    keep(&copy, tag, at)
                    at = find(b"<", at, end)
                    continue
            seen[index] = True
        at = find(b"<", at, end)
    keep(&copy, end, end)
    made = made[: copy.at - PyBytes_AS_STRING(made)]
    if wide or tags > FEW or 3 * tags * sum([2 + len(name) for name in again]) > MOST_REOPENED:
        return made, found, None
    present = [
        ELEMENTS.all[index].letters[: ELEMENTS.all[index].size].decode()
        for index in range(1, ELEMENTS.many + 1)
        if seen[index]
    ]
    return made, found, [name for name in present if name in DROPPED]
