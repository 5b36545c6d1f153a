# cython: language_level=3
"""Compiled: one look at every "<" of a page, which clears nearly all of what guard.py watches for."""

from libc.string cimport memchr, memcpy, memset

from parsers.page import guard
from parsers.page.markup import DROPPED

cdef Py_ssize_t FEW = guard.FEW, LEAST_WIDE = guard.LEAST_WIDE, LONG = guard.LONG
cdef Py_ssize_t MOST_ATTRIBUTES = guard.MOST_ATTRIBUTES, MOST_REOPENED = guard.MOST_REOPENED


cdef inline bint is_space(char sign) noexcept nogil:
    return sign == 0x20 or 0x9 <= sign <= 0xd


cdef inline char low(char sign) noexcept nogil:
    return sign | 0x20 if 0x41 <= sign <= 0x5a else sign


cdef inline const char* find(char sign, const char* start, const char* end) noexcept nogil:
    """Where a sign stands, or the end."""
    cdef const char* found = <const char*> memchr(start, sign, end - start)
    return end if found == NULL else found


cdef inline bint begins(const char* at, const char* end, const char* name, Py_ssize_t size) noexcept nogil:
    cdef Py_ssize_t index
    if end - at < size:
        return False
    for index in range(size):
        if low(at[index]) != name[index]:
            return False
    return True


cdef bint is_tag(const char* at, const char* end) noexcept nogil:
    """guard.TAG"""
    if at == end or not 0x61 <= low(at[0]) <= 0x7a:
        return False
    while at < end and not is_space(at[0]) and at[0] != b"/":
        if at[0] in (b">", b";", b"(", b")", b"{", b"}", b"="):
            return False
        at += 1
    return at < end


cdef const char* within(const char* at, const char* end) noexcept nogil:
    """Where the text that guard.WITHIN matches ends."""
    cdef const char* close
    while at < end and at[0] != b">":
        if at[0] != b"=":
            at += 1
            continue
        at += 1
        while at < end and is_space(at[0]):
            at += 1
        if at < end and (at[0] == 0x22 or at[0] == 0x27):
            close = find(at[0], at + 1, end)
            if close < end:
                at = close + 1
    return at


cdef enum:
    LONGEST = 16  # letters of a name that is looked for
cdef struct Name:
    char letters[LONGEST]
    int size
    bint dropped
    bint seen
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


cdef Py_ssize_t attributes(const char* at, const char* end) noexcept nogil:
    """How many attributes stand in what `within` ends; the tag's name counts as one."""
    cdef Py_ssize_t many = 0
    cdef bint inside = False
    cdef const char* close
    while at < end:
        if at[0] != b"=":
            if is_space(at[0]) or at[0] == b"/":
                inside = False
            elif not inside:
                inside = True
                many += 1
            at += 1
            continue
        inside = False
        at += 1
        while at < end and is_space(at[0]):
            at += 1
        close = find(at[0], at + 1, end) if at < end and (at[0] == 0x22 or at[0] == 0x27) else end
        if close < end:
            at = close + 1
        else:
            while at < end and not is_space(at[0]) and at[0] != b">":
                at += 1
    return many


cdef bint is_wide(const char* at, const char* end, bint whole) noexcept nogil:
    """May a page hold a tag of too many attributes? whole: a "<" that no ">" follows does not end a tag (guard._whole)."""
    cdef const char* next = find(b"<", at, end)
    cdef const char* text
    cdef bint script = False
    while next < end:
        at = next + 1
        next = find(b"<", find(b">", at, end) if whole else at, end)
        if begins(at, next, b"script", 6):
            script = True
        elif begins(at, next, b"/script", 7):
            script = False
        if next - at > LEAST_WIDE:
            text = within(at, next) if is_tag(at, next) else at
            if text - at > LEAST_WIDE and attributes(at, text) > MOST_ATTRIBUTES:
                return True
            if next - text > LONG and not script and not begins(at, next, b"style", 5) and not begins(at, next, b"!--", 3):
                return True
    return False


def survey(bytes html):
    """The names of those elements without text that a page may hold, where guarded would return it as it is; or None: it is not
    known."""
    cdef const char* start = html
    cdef const char* end = start + len(html)
    cdef const char* at
    cdef const char* next = find(b"<", start, end)
    cdef const char* close
    cdef Py_ssize_t pieces = 1, unclosed = 0
    cdef int index
    cdef bint seen[64]
    cdef set again = set()
    memset(seen, 0, sizeof(seen))
    if memchr(start, b">", next - start) == NULL:
        unclosed = next - start
    while next < end:
        at = next + 1
        next = find(b"<", at, end)
        close = find(b">", at, next)
        pieces += 1
        if close == next:
            unclosed += next - at
        index = named(at, next) if at < next else 0
        if index:
            if NAMES[index].dropped:
                seen[index] = True
            elif at + NAMES[index].size < next and at[NAMES[index].size] != b">":
                again.add(at[: close - at])
    if (
        pieces > FEW
        or 3 * pieces * sum([1 + len(tag) for tag in again]) > MOST_REOPENED
        or is_wide(start, end, unclosed > LEAST_WIDE)
    ):
        return None
    return [NAMES[index].letters[: NAMES[index].size].decode() for index in range(1, names + 1) if seen[index]]
