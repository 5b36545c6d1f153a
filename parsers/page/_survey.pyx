# cython: language_level=3
"""Compiled: one look at every "<" of a page, which clears nearly all of what guard.py watches for."""

from libc.string cimport memcpy, memset

from parsers.page._tags cimport begins, find, is_letter, is_space, low, tag_end
from parsers.page import guard
from parsers.page.markup import DROPPED

cdef Py_ssize_t FEW = guard.FEW, MOST_ATTRIBUTES = guard.MOST_ATTRIBUTES, MOST_REOPENED = guard.MOST_REOPENED


cdef enum:
    LONGEST = 16  # letters of a name that is looked for
cdef struct Name:
    char letters[LONGEST]
    int size
    bint dropped
cdef Name NAMES[64]
cdef int names = 0
cdef int FIRST[256]  # by first letter: where its names begin; 0: none has it
for name in sorted([*guard.FORMATTING_NAMES, *DROPPED]):
    letters = name.encode()
    if names == 63 or len(letters) >= LONGEST:
        raise ValueError(f"no room for {name}")
    names += 1  # the first place stays empty
    memcpy(NAMES[names].letters, <const char*> letters, len(letters))
    NAMES[names].size = len(letters)
    NAMES[names].dropped = name in DROPPED
    if not FIRST[<unsigned char> letters[0]]:
        FIRST[<unsigned char> letters[0]] = names


cdef int named(const char* at, const char* end) noexcept nogil:
    """Which of the names a tag has; 0: none."""
    cdef char letter = low(at[0])
    cdef int index = FIRST[<unsigned char> letter]
    cdef const char* behind
    while index and index <= names and NAMES[index].letters[0] == letter:
        if begins(at, end, NAMES[index].letters, NAMES[index].size):
            behind = at + NAMES[index].size
            if behind == end or is_space(behind[0]) or behind[0] == b"/" or behind[0] == b">":
                return index
        index += 1
    return 0


def survey(bytes html):
    """The names of those elements without text that a page may hold, where guarded would return it as it is; or None: it is not
    known."""
    cdef const char* start = html
    cdef const char* end = start + len(html)
    cdef const char* at
    cdef const char* next = find(b"<", start, end)
    cdef const char* close
    cdef Py_ssize_t pieces = 1
    cdef int index
    cdef bint seen[64]
    cdef set again = set()
    memset(seen, 0, sizeof(seen))
    while next < end:
        at = next + 1
        next = find(b"<", at, end)
        close = find(b">", at, next)
        pieces += 1
        if at < end and is_letter(at[0]) and tag_end(at, end, MOST_ATTRIBUTES) == NULL:
            return None
        index = named(at, next) if at < next else 0
        if index:
            if NAMES[index].dropped:
                seen[index] = True
            elif at + NAMES[index].size < next and at[NAMES[index].size] != b">":
                again.add(at[: close - at])
    if pieces > FEW or 3 * pieces * sum([1 + len(tag) for tag in again]) > MOST_REOPENED:
        return None
    return [NAMES[index].letters[: NAMES[index].size].decode() for index in range(1, names + 1) if seen[index]]
