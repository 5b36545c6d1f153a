# cython: language_level=3
"""Compiled: which lines are tidy already, for most are."""

cdef extern from "Python.h":
    int PyUnicode_KIND(object)
    void* PyUnicode_DATA(object)
    Py_UCS4 PyUnicode_READ(int, void*, Py_ssize_t)
    Py_ssize_t PyUnicode_GET_LENGTH(object)


# Of each block of letters those that are printed, are no space, and that NFC leaves alone whatever stands beside them
# (tests/parsers/test_text.py looks at every one).
cdef inline bint _plain(Py_UCS4 c) noexcept nogil:
    if c < 0x250:
        return 0x20 < c < 0x7f or 0xa0 < c < 0xad or 0xad < c
    if c < 0x2000:
        return 0x410 <= c < 0x460 or 0x5d0 <= c < 0x5eb or 0x621 <= c < 0x64b or 0x904 <= c < 0x93a or 0x93e <= c < 0x94e
    return 0x2010 <= c < 0x2028 or 0x2030 <= c < 0x205f or c == 0x20ac or 0x3041 <= c < 0x3095 or 0x30a1 <= c < 0x30fb or 0x4e00 <= c < 0x9fa6


cpdef bint is_tidy(str text):
    """Would tidy leave a line as it is? False may be said of some that it would."""
    cdef Py_ssize_t at
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_UCS4 char
    cdef bint space = True  # at the start, where none may stand
    for at in range(PyUnicode_GET_LENGTH(text)):
        char = PyUnicode_READ(kind, data, at)
        if char == 0x20:
            if space:
                return False
            space = True
        elif _plain(char):
            space = False
        else:
            return False
    return not space
