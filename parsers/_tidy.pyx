# cython: language_level=3
"""Compiled: the lines of plain letters, as nearly all are, with their white space put in order."""

cdef extern from "Python.h":
    int PyUnicode_KIND(object)
    void* PyUnicode_DATA(object)
    Py_UCS4 PyUnicode_READ(int, void*, Py_ssize_t)
    void PyUnicode_WRITE(int, void*, Py_ssize_t, Py_UCS4)
    Py_ssize_t PyUnicode_GET_LENGTH(object)
    Py_UCS4 PyUnicode_MAX_CHAR_VALUE(object)
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


cpdef str plain_line(object text):
    """What tidy makes of a line; None of one that holds other than plain letters and ASCII's white space."""
    cdef Py_ssize_t at, size, length = 0
    cdef int kind, narrow
    cdef void* data
    cdef void* made
    cdef Py_UCS4 char
    cdef bint space = True  # at the start, where none may stand
    cdef bint changed = False
    cdef str line
    if type(text) is not str:
        return None
    size = PyUnicode_GET_LENGTH(text)
    kind = PyUnicode_KIND(text)
    data = PyUnicode_DATA(text)
    for at in range(size):
        char = PyUnicode_READ(kind, data, at)
        if char == 0x20 or 0x9 <= char <= 0xd:
            changed = changed or space or char != 0x20
            length += not space
            space = True
        elif _plain(char):
            length += 1
            space = False
        else:
            return None
    if length and space:
        length -= 1
        changed = True
    if not changed:
        return text
    if not length:
        return ""
    line = PyUnicode_New(length, PyUnicode_MAX_CHAR_VALUE(text))
    narrow = PyUnicode_KIND(line)
    made = PyUnicode_DATA(line)
    length = 0
    space = True
    for at in range(size):
        char = PyUnicode_READ(kind, data, at)
        if char == 0x20 or 0x9 <= char <= 0xd:
            if not space and length < PyUnicode_GET_LENGTH(line):
                PyUnicode_WRITE(narrow, made, length, 0x20)
                length += 1
            space = True
        else:
            PyUnicode_WRITE(narrow, made, length, char)
            length += 1
            space = False
    return line
