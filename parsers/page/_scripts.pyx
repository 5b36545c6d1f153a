# cython: language_level=3
"""Compiled: scripts, styles and drawings, on average more than half of a page, taken out before Lexbor sees them, where it is certain what
they are."""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from libc.string cimport memchr, memcpy

from parsers.page._tags cimport begins, find, is_letter, is_named, is_space, tag_end

cdef enum:
    MOST_JSON = 40
    NO_LIMIT = 1 << 30

# Elements whose text is no markup, unless they stand in SVG or where Lexbor passes over them; the first two are taken out.
cdef const char** TEXTS = [b"script", b"style", b"textarea", b"xmp", b"iframe", b"noembed", b"noframes", b"title"]
# What changes how the tags behind it are read.
cdef const char** ODD = [b"frameset", b"plaintext", b"math", b"foreignobject"]


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


cdef bint is_nested(const char* at, const char* end) noexcept nogil:
    """May a script's text hold an end tag of its own, behind "<!--" and "<script" (13.2.5.20)?"""
    cdef bint hidden = False
    at = find(b"<", at, end)
    while at < end:
        if begins(at + 1, end, b"!--", 3):
            hidden = True
        elif hidden and begins(at + 1, end, b"script", 6):
            return True
        at = find(b"<", at + 1, end)
    return False


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


cdef object type_of(const char* at, const char* close):
    """The type that a tag states, as it is written. at: its name."""
    cdef const char* name
    cdef const char* value
    cdef Py_ssize_t size
    cdef char quote
    while at < close and not is_space(at[0]) and at[0] != b"/":
        at += 1
    while True:
        while at < close and (is_space(at[0]) or at[0] == b"/"):
            at += 1
        if at == close:
            return b""
        name = at
        at += 1
        while at < close and not is_space(at[0]) and at[0] != b"/" and at[0] != b"=":
            at += 1
        size = at - name
        while at < close and is_space(at[0]):
            at += 1
        if at == close or at[0] != b"=":
            continue
        at += 1
        while at < close and is_space(at[0]):
            at += 1
        if at < close and (at[0] == 0x22 or at[0] == 0x27):
            quote = at[0]
            value = at + 1
            at = find(quote, value, close)
        else:
            quote = 0
            value = at
            while at < close and not is_space(at[0]):
                at += 1
        if size == 4 and begins(name, close, b"type", 4):
            return value[: at - value]
        at += quote != 0 and at < close


cdef object json_of(const char* tag, const char* close, const char* stop):
    """The text of a script of JSON-LD; None: it is another; False: that is not certain."""
    cdef bytes kind = type_of(tag, close)
    if kind == b"application/ld+json":
        return "" if stop == close else (close + 1)[: stop - close - 1].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return False if b"&" in kind or b"ld+json" in kind.lower() else None


cdef inline bint begins_any(char letter) noexcept nogil:
    """Is it the first letter of an element that matters here?"""
    return memchr(b"sdftxinpmSDFTXINPM", letter, 18) != NULL


def less_scripts(bytes html):
    """(a page without its scripts, styles and drawings, the texts of its JSON-LD), or None where it is not certain what is text of them."""
    cdef const char* start = html
    cdef const char* end = start + len(html)
    cdef const char* at = find(b"<", start, end)
    cdef const char* kept = start  # from where nothing is written yet
    cdef const char* tag
    cdef const char* close
    cdef const char* stop
    cdef bytes made
    cdef char* out
    cdef int index, foreign = 0, templates = 0
    cdef bint choosing = False
    cdef list found = [], parts = []  # (where a part begins that is kept, its size)
    while at < end:
        tag = at
        at += 1
        if begins(at, end, b"!--", 3):
            at = comment_end(at + 3, end)
        elif at < end and at[0] == b"!" and foreign:
            return None
        elif at < end and (at[0] == b"!" or at[0] == b"?" or (at[0] == b"/" and not is_letter(at[1]))):  # bytes end with a zero
            at = find(b">", at, end)
        elif at + 1 < end and at[0] == b"/" and is_letter(at[1]):
            if is_named(at + 1, end, b"svg"):
                foreign -= foreign > 0
            elif is_named(at + 1, end, b"select"):
                choosing = False
            elif is_named(at + 1, end, b"template"):
                templates -= templates > 0
            at = tag_end(at + 1, end, NO_LIMIT)
        elif at < end and is_letter(at[0]):
            close = tag_end(at, end, NO_LIMIT)
            if close == end:
                break
            if not begins_any(at[0]):
                at = find(b"<", close, end)
                continue
            for index in range(4):
                if is_named(at, end, ODD[index]):
                    return None
            if is_named(at, end, b"svg"):
                if close[-1] == b"/":
                    return None
                stop = drawing_end(close, end) if not foreign and not choosing else NULL
                if stop != NULL:
                    parts.append((kept - start, tag - kept))
                    kept = stop
                    at = find(b"<", stop, end)
                    continue
                foreign += 1
            elif is_named(at, end, b"select"):
                choosing = True
            elif is_named(at, end, b"template"):
                templates += 1
            elif foreign and is_named(at, end, b"desc") and not is_plain(close, end, b"desc"):
                return None
            for index in range(8):
                if is_named(at, end, TEXTS[index]):
                    break
            else:
                at = find(b"<", close, end)
                continue
            if foreign or (choosing and index > 0):
                if not is_plain(close, end, TEXTS[index]) or (index == 0 and json_of(tag + 1, close, close) is not None):
                    return None
                at = find(b"<", close, end)
                continue
            stop = text_end(close, end, TEXTS[index])
            if index == 0 and is_nested(close, stop):
                return None
            at = tag_end(stop + 2, end, NO_LIMIT) if stop < end else end
            at += at < end
            if index > 1:
                continue
            if index == 0 and len(found) < MOST_JSON and not templates:  # what stands in a template is not there yet
                text = json_of(tag + 1, close, stop)
                if text is False:
                    return None
                if text is not None:
                    found.append(text)
            parts.append((kept - start, tag - kept))
            kept = at
        at = find(b"<", at, end)
    parts.append((kept - start, end - kept))
    made = PyBytes_FromStringAndSize(NULL, sum([size for _, size in parts]))
    out = PyBytes_AS_STRING(made)
    for place, size in parts:
        memcpy(out, start + <Py_ssize_t> place, <Py_ssize_t> size)
        out += <Py_ssize_t> size
    return made, found
