# cython: language_level=3
"""Compiled: one look at every "<" of a page, which clears nearly all of what guard.py watches for."""

from libc.string cimport memchr, memcpy, memset, strlen

from parsers.page import guard
from parsers.page.markup import DROPPED

cdef Py_ssize_t FEW = guard.FEW, MOST_ATTRIBUTES = guard.MOST_ATTRIBUTES, MOST_REOPENED = guard.MOST_REOPENED


cdef inline bint is_space(char sign) noexcept nogil:
    return sign == 0x20 or 0x9 <= sign <= 0xa or 0xc <= sign <= 0xd


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


cdef inline bint is_letter(char sign) noexcept nogil:
    return 0x61 <= low(sign) <= 0x7a


cdef enum:
    SPACE = 1
    SLASH = 2
    CLOSE = 4
    EQUALS = 8
cdef unsigned char KINDS[256]
memset(KINDS, 0, sizeof(KINDS))
for signs, kind in ((" \t\n\f\r", SPACE), ("/", SLASH), (">", CLOSE), ("=", EQUALS)):
    for code in signs.encode():
        KINDS[<unsigned char> code] = kind


cdef inline const char* until(int kinds, const char* at, const char* end) noexcept nogil:
    """Where a sign of such kinds stands, or the end."""
    while at < end and not KINDS[<unsigned char> at[0]] & kinds:
        at += 1
    return at


cdef inline const char* past(int kinds, const char* at, const char* end) noexcept nogil:
    """Where another sign stands, or the end."""
    while at < end and KINDS[<unsigned char> at[0]] & kinds:
        at += 1
    return at


cdef const char* tag_end(const char* at, const char* end) noexcept nogil:
    """Where the ">" of a tag stands, or the end; NULL: it has too many attributes. at: its name. What guard.TAG, ATTRIBUTES and WIDE
    match."""
    cdef Py_ssize_t many = 0
    at = until(SPACE | SLASH | CLOSE, at, end)
    while True:
        at = past(SPACE | SLASH, at, end)
        if at == end or at[0] == b">":
            return at
        many += 1
        if many > MOST_ATTRIBUTES:
            return NULL
        at = until(SPACE | SLASH | CLOSE | EQUALS, at + 1, end)  # "=" begins a name too
        at = past(SPACE, at, end)
        if at == end or at[0] != b"=":
            continue
        at = past(SPACE, at + 1, end)
        if at < end and (at[0] == 0x22 or at[0] == 0x27):
            at = find(at[0], at + 1, end)
            at += at < end
        else:
            at = until(SPACE | CLOSE, at, end)


cdef inline bint is_named(const char* at, const char* end, const char* name) noexcept nogil:
    """Has a tag this name? at: its name."""
    cdef Py_ssize_t size = strlen(name)
    return begins(at, end, name, size) and (
        at + size == end or is_space(at[size]) or at[size] == b"/" or at[size] == b">"
    )


cdef const char* text_end(const char* at, const char* end, const char* name) noexcept nogil:
    """Where the end tag of an element stands whose text is no markup, or the end. at: its text."""
    at = find(b"<", at, end)
    while at < end and not (at + 1 < end and at[1] == b"/" and is_named(at + 2, end, name)):
        at = find(b"<", at + 1, end)
    return at


# Elements whose text is no markup, unless they stand in SVG or where Lexbor passes over them.
cdef const char** TEXTS = [b"script", b"style", b"textarea", b"xmp", b"iframe", b"noembed", b"noframes", b"title"]
# Places in which Lexbor passes over tags, and other ways of reading them.
cdef const char** ODD = [b"select", b"frameset", b"plaintext", b"template", b"math", b"foreignobject", b"desc"]


cdef const char* script_end(const char* at, const char* end, const char* place) noexcept nogil:
    """Where the script ends that a place is certainly text of; NULL: it may be of none. at: the start of the page, which is read tag by
    tag up to there."""
    cdef const char* close
    cdef const char* behind
    cdef int index, foreign = 0
    at = find(b"<", at, end)
    while at < place:
        at += 1
        if begins(at, end, b"!--", 3):
            at += 3
            while at < end and not (at[0] == b">" and at[-1] == b"-" and (at[-2] == b"-" or at[-2] == b"!")):
                at = find(b">", at + 1, end)
        elif at < end and at[0] == b"!" and foreign:
            return NULL
        elif at < end and (is_letter(at[0]) or (at[0] == b"/" and at + 1 < end and is_letter(at[1]))):
            close = tag_end(at + (at[0] == b"/"), end)
            if close == NULL or close >= place:
                return NULL
            for index in range(7):
                if is_named(at, end, ODD[index]):
                    return NULL
            if is_named(at, end, b"svg"):
                foreign += 1
            elif foreign and is_named(at, end, b"/svg"):
                foreign -= 1
            for index in range(8):
                if is_named(at, end, TEXTS[index]):
                    behind = text_end(close, end, TEXTS[index])
                    if foreign and find(b"<", close, end) != behind:
                        return NULL
                    if index == 0 and behind > place:
                        return behind
                    close = behind
                    break
            at = close
        at = find(b"<", at, end)
    return NULL


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


def survey(bytes html):
    """The names of those elements without text that a page may hold, where guarded would return it as it is; or None: it is not
    known."""
    cdef const char* start = html
    cdef const char* end = start + len(html)
    cdef const char* at
    cdef const char* next = find(b"<", start, end)
    cdef const char* close
    cdef const char* scripted = start  # up to where all is text of a script
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
        if at >= scripted and at < end and is_letter(at[0]) and tag_end(at, end) == NULL:
            scripted = script_end(start, end, at)
            if scripted == NULL:
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
