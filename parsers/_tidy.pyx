# cython: language_level=3
"""Compiled: what text.py makes of the lines of plain letters, as nearly all are."""

cdef extern from "Python.h":
    int PyUnicode_KIND(object)
    void* PyUnicode_DATA(object)
    Py_UCS4 PyUnicode_READ(int, void*, Py_ssize_t)
    void PyUnicode_WRITE(int, void*, Py_ssize_t, Py_UCS4)
    Py_ssize_t PyUnicode_GET_LENGTH(object)
    str PyUnicode_New(Py_ssize_t, Py_UCS4)


# Of each block of letters those that are printed, are no space, and that NFC leaves alone whatever stands beside them
# (tests/parsers/test_text.py looks at every one).
cdef inline bint _plain(Py_UCS4 c) noexcept nogil:
    if c < 0x250:
        return 0x20 < c < 0x7f or 0xa0 < c < 0xad or 0xad < c
    if c < 0x2000:
        return (
            0x410 <= c < 0x460
            or 0x5d0 <= c < 0x5eb
            or 0x621 <= c < 0x64b
            or 0x902 <= c < 0x93a
            or 0x93e <= c < 0x94e
            or 0xe01 <= c < 0xe31
        )
    return (
        0x2010 <= c < 0x2028
        or 0x2030 <= c < 0x205f
        or c == 0x20ac
        or 0x3001 <= c < 0x302a
        or 0x3041 <= c < 0x3095
        or 0x30a1 <= c < 0x3100
        or 0x4e00 <= c < 0x9fa6
        or 0xac00 <= c < 0xd7a4
        or 0xff01 <= c < 0xff5f
    )


cdef inline bint _space(Py_UCS4 c) noexcept nogil:
    """str.isspace"""
    if c <= 0x20:
        return c == 0x20 or 0x9 <= c <= 0xd or 0x1c <= c <= 0x1f
    return c == 0xa0 or c == 0x85 or c == 0x3000 or 0x2000 <= c <= 0x200a or c in (0x1680, 0x2028, 0x2029, 0x202f, 0x205f)


ctypedef fused Letter:
    unsigned char
    unsigned short
    unsigned int


cdef Py_ssize_t length_of(const Letter* letters, Py_ssize_t size, Py_UCS4* most, bint* changed) noexcept nogil:
    """How long a line is when its white space is in order; -1: it holds other than plain letters. most: the highest of them."""
    cdef Py_ssize_t at, length = 0
    cdef bint space = True  # at the start, where none may stand
    cdef Letter letter, highest = 0x20
    changed[0] = False
    for at in range(size):
        letter = letters[at]
        if _plain(letter):
            length += 1
            space = False
            if letter > highest:
                highest = letter
        elif _space(letter):
            changed[0] = changed[0] or space or letter != 0x20
            length += not space
            space = True
        else:
            return -1
    if length and space:
        length -= 1
        changed[0] = True
    most[0] = highest
    return length


cpdef str plain_line(object text):
    """What tidy makes of a line; None of one that holds other than plain letters and white space."""
    cdef Py_ssize_t at, size, length
    cdef int kind, narrow
    cdef void* data
    cdef void* made
    cdef Py_UCS4 char, most = 0
    cdef bint space = True, changed = False
    cdef str line
    if type(text) is not str:
        return None
    size = PyUnicode_GET_LENGTH(text)
    kind = PyUnicode_KIND(text)
    data = PyUnicode_DATA(text)
    if kind == 1:
        length = length_of(<const unsigned char*> data, size, &most, &changed)
    elif kind == 2:
        length = length_of(<const unsigned short*> data, size, &most, &changed)
    else:
        length = length_of(<const unsigned int*> data, size, &most, &changed)
    if length < 0:
        return None
    if length == 0:
        return ""
    if not changed:
        return text
    line = PyUnicode_New(length, most)
    narrow = PyUnicode_KIND(line)
    made = PyUnicode_DATA(line)
    length = 0
    for at in range(size):
        char = PyUnicode_READ(kind, data, at)
        if not _space(char):
            PyUnicode_WRITE(narrow, made, length, char)
            length += 1
            space = False
        elif not space and length < PyUnicode_GET_LENGTH(line):
            PyUnicode_WRITE(narrow, made, length, 0x20)
            length += 1
            space = True
    return line


def plain_letters(object text):
    """What bare makes of a text in Western letters; None of others."""
    cdef Py_ssize_t at, size, length = 0
    cdef int kind
    cdef void* data
    cdef unsigned char* made
    cdef Py_UCS4 char, most = 0x7f
    cdef str bare
    if type(text) is not str:
        return None
    size = PyUnicode_GET_LENGTH(text)
    kind = PyUnicode_KIND(text)
    data = PyUnicode_DATA(text)
    for at in range(size):
        char = PyUnicode_READ(kind, data, at)
        if char < 0x80:
            length += 0x30 <= char <= 0x39 or 0x41 <= char <= 0x5a or 0x61 <= char <= 0x7a
        elif 0xc0 <= char <= 0xff and char != 0xdf:
            if char != 0xd7 and char != 0xf7:
                length += 1
                most = 0xff
        elif not 0x2010 <= char < 0x205f:
            return None
    if not length:
        return ""
    bare = PyUnicode_New(length, most)
    made = <unsigned char*> PyUnicode_DATA(bare)
    length = 0
    for at in range(size):
        char = PyUnicode_READ(kind, data, at)
        if 0x30 <= char <= 0x39 or 0x61 <= char <= 0x7a or 0xe0 <= char <= 0xff:
            if char != 0xf7:
                made[length] = <unsigned char> char
                length += 1
        elif 0x41 <= char <= 0x5a or 0xc0 <= char <= 0xde:
            if char != 0xd7:
                made[length] = <unsigned char> (<unsigned int> char + 0x20)
                length += 1
    return bare
