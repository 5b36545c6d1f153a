# cython: language_level=3
"""Compiled: which bytes are UTF-8 already, for most documents are."""

from libc.string cimport memcpy


cdef inline bint goes_on(const unsigned char* at, Py_ssize_t many) noexcept nogil:
    cdef Py_ssize_t index
    for index in range(many):
        if at[index] & 0xc0 != 0x80:
            return False
    return True


def is_utf8(body):
    """Are bytes UTF-8, and nothing in them that looks like UTF-8 encoded twice (text.MOJIBAKE)? False may be said of some that are."""
    cdef const unsigned char* at
    cdef const unsigned char* end
    cdef unsigned long long eight
    cdef unsigned int first, second
    if type(body) is not bytes:
        return False
    at = <bytes> body
    end = at + len(<bytes> body)
    while at < end:
        if at[0] < 0x80:
            at += 1
            while end - at >= 8:
                memcpy(&eight, at, 8)
                if eight & <unsigned long long> 0x8080808080808080:
                    break
                at += 8
            continue
        first = at[0]
        second = at[1]  # bytes end with a zero of their own
        if 0xc2 <= first < 0xe0:
            if not goes_on(at + 1, 1):
                return False
            if first == 0xc3 and (second in (0x82, 0x83)):  # Ã, Â
                return False
            if first == 0xc3 and second in (0xa0, 0xa2) and at[2] in (0xc2, 0xe2):  # à or â before what may be "¤" or "€"
                return False
            at += 2
        elif 0xe0 <= first < 0xf0:
            if not goes_on(at + 1, 2):
                return False
            if (first == 0xe0 and second < 0xa0) or (first == 0xed and second >= 0xa0):
                return False
            at += 3
        elif 0xf0 <= first < 0xf5:
            if not goes_on(at + 1, 3):
                return False
            if (first == 0xf0 and second < 0x90) or (first == 0xf4 and second >= 0x90):
                return False
            at += 4
        else:
            return False
    return True
