# cython: language_level=3
"""Compiled: the walk of walk.py, over the same text in UTF-8 and with the same results."""

from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.string cimport memchr, memcmp, strlen

from parsers._tidy cimport is_tidy
from parsers.page.blocks import Block, Element
from parsers.page.blocks import DEEPEST as _DEEPEST
from parsers.page.blocks import KEPT_INLINE as _KEPT_INLINE
from parsers.page.blocks import weight
from parsers.page.markup import unescaped
from parsers.page import walk as _plain
from parsers.text import tidy

cdef extern from "Python.h":
    const char* PyUnicode_AsUTF8AndSize(object, Py_ssize_t*) except NULL

# name → (act, name, what it is kept as)
cdef dict ACTS = {
    name.encode(): (act, name, _KEPT_INLINE.get(name, "")) for name, act in _plain.ACTS.items()
}
cdef int DEEPEST = _DEEPEST
cdef enum:
    OPEN, CLOSE, BREAK, RULE, MARK, UNMARK, PICTURE, STATE


cdef inline str text_of(const char* start, const char* end):
    return PyUnicode_DecodeUTF8(start, end - start, NULL)


cdef inline const char* find(char sign, const char* start, const char* end) noexcept nogil:
    """Where a sign stands, or the end."""
    cdef const char* found = <const char*> memchr(start, sign, end - start)
    return end if found == NULL else found


cdef str value(const char* at, const char* end, const char* mark):
    """What an attribute holds of those that are written. mark: as it starts."""
    cdef Py_ssize_t size = strlen(mark)
    cdef const char* start
    while end - at > size:
        if memcmp(at, mark, size) == 0:
            start = at + size
            return unescaped(text_of(start, find(b'"', start, end)))
        at = find(mark[0], at + 1, end)
    return ""


cdef bint blank(const char* at, const char* end):
    """Is a text nothing but white space?"""
    cdef const char* start = at
    while at < end and (at[0] == 0x20 or 0x9 <= at[0] <= 0xd or 0x1c <= at[0] <= 0x1f):
        at += 1
    if at < end and <unsigned char> at[0] >= 0x80:
        return text_of(start, end).isspace()
    return at == end


def walk(page, str html):
    """Fill a page. False: an element stands in it of which Lexbor writes without escapes what it holds."""
    cdef Py_ssize_t size
    cdef const char* at = PyUnicode_AsUTF8AndSize(html, &size)
    cdef const char* end = at + size
    cdef const char* start = at
    cdef const char* tag
    cdef const char* raw
    cdef const char* stop
    cdef const char* next
    cdef list blocks = page.blocks, elements = page.elements, texts = [], inline = []
    cdef tuple opened = (), act
    cdef str line, name, text
    cdef Py_ssize_t linked = 0, length, current = -1
    cdef int links = 0, depth = 0, do
    tag = find(b"<", at, end)
    while tag < end:
        at = tag + 1
        if end - at > 3 and memcmp(at, b"!--", 3) == 0:
            stop = find(b">", at + 3, end)
            while stop < end and (stop - at < 5 or memcmp(stop - 2, b"--", 2) != 0):
                stop = find(b">", stop + 1, end)
            act = None
        else:
            stop = find(b">", at, end)
            raw = find(b" ", at, stop)
            act = <tuple> ACTS.get(at[: raw - at])
        if stop == end:
            break
        next = find(b"<", stop, end)
        if act is not None:
            do = act[0]
            name = <str> act[1]
            if do <= RULE:
                if texts:
                    line = <str> texts[0] if len(texts) == 1 else "".join(texts)
                    if not is_tidy(line):
                        line = tidy(line)
                    if line:
                        length = len(line)
                        linked = min(linked, length)
                        blocks.append(
                            Block(
                                len(blocks),
                                current,
                                elements[current].tag,
                                line,
                                linked,
                                length if line.isascii() else weight(line),
                                linked / <double> length,
                                opened,
                                text_of(start, tag),
                            )
                        )
                    texts = []
                    linked = 0
                start = stop + 1
                opened = tuple(inline) if inline else ()
                if do == OPEN:
                    depth += 1
                    if depth <= DEEPEST:
                        classes = value(raw, stop, b' class="')
                        elements.append(
                            Element(len(elements), current, name, text_of(raw, stop), classes, len(blocks))
                        )
                        current = len(elements) - 1
                elif do == CLOSE:
                    depth -= 1
                    if depth < DEEPEST:
                        closed = elements[current]
                        closed.last = len(blocks)
                        current = closed.parent
                elif do == RULE:
                    length = len(blocks)
                    elements.append(Element(len(elements), current, name, text_of(raw, stop), "", length, length))
            elif do == MARK:
                inline.append(("open", act[2], text_of(raw, stop)))
                links += name == "a"
            elif do == UNMARK:
                inline.pop()
                links -= name == "/a"
            elif do == PICTURE:
                page.pictures.add(current)
                shows = value(raw, stop, b' alt="')
                if shows:
                    page.shows.append((len(blocks), shows))
            elif do == STATE:
                page.stated.append((name, text_of(raw, stop), text_of(stop + 1, next)))
            else:
                return False
        if next - stop > 1 and (texts or not blank(stop + 1, next)):
            text = text_of(stop + 1, next)
            if find(b"&", stop, next) < next:
                text = unescaped(text)
            texts.append(text)
            if links:
                linked += len(text.strip())
        tag = next
    return True
