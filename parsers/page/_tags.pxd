# cython: language_level=3
# Tags as WHATWG HTML, 13.2.5, reads them, letter by letter: what guard.TAG, ATTRIBUTES and WIDE match.
from libc.string cimport memchr, strlen


cdef inline bint is_space(char sign) noexcept nogil:
    return sign == 0x20 or 0x9 <= sign <= 0xa or 0xc <= sign <= 0xd


cdef inline char low(char sign) noexcept nogil:
    return sign | 0x20 if 0x41 <= sign <= 0x5a else sign


cdef inline bint is_letter(char sign) noexcept nogil:
    return 0x61 <= low(sign) <= 0x7a


cdef inline const char* find(char sign, const char* start, const char* end) noexcept nogil:
    """Where a sign stands, or the end."""
    cdef const char* found = <const char*> memchr(start, sign, end - start)
    return end if found == NULL else found


cdef inline bint begins(const char* at, const char* end, const char* name, Py_ssize_t size) noexcept nogil:
    """Does a text begin with a name in lower case, in whatever case?"""
    cdef Py_ssize_t index
    if end - at < size:
        return False
    for index in range(size):
        if low(at[index]) != name[index]:
            return False
    return True


cdef inline bint is_named(const char* at, const char* end, const char* name) noexcept nogil:
    """Has a tag this name? at: its name."""
    cdef Py_ssize_t size = strlen(name)
    return begins(at, end, name, size) and (
        at + size == end or is_space(at[size]) or at[size] == b"/" or at[size] == b">"
    )


cdef inline const char* tag_end(const char* at, const char* end, Py_ssize_t most) noexcept nogil:
    """Where the ">" of a tag stands, or the end; NULL: it has more attributes. at: its name."""
    while at < end and not is_space(at[0]) and at[0] != b"/" and at[0] != b">":
        at += 1
    while True:
        while at < end and (is_space(at[0]) or at[0] == b"/"):
            at += 1
        if at == end or at[0] == b">":
            return at
        most -= 1
        if most < 0:
            return NULL
        at += 1  # "=" begins a name too
        while at < end and not is_space(at[0]) and at[0] != b"/" and at[0] != b">" and at[0] != b"=":
            at += 1
        while at < end and is_space(at[0]):
            at += 1
        if at == end or at[0] != b"=":
            continue
        at += 1
        while at < end and is_space(at[0]):
            at += 1
        if at < end and (at[0] == 0x22 or at[0] == 0x27):
            at = find(at[0], at + 1, end)
            at += at < end
        else:
            while at < end and not is_space(at[0]) and at[0] != b">":
                at += 1
