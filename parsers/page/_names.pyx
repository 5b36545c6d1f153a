# cython: language_level=3
"""Compiled: the words of a class name, as names.py tells them."""

from parsers.page import names

cdef tuple ABOUT = names.ABOUT


cdef inline bint is_lower(unsigned char sign) noexcept nogil:
    return 0x61 <= sign <= 0x7a


cdef inline bint is_upper(unsigned char sign) noexcept nogil:
    return 0x41 <= sign <= 0x5a


cdef inline bint is_digit(unsigned char sign) noexcept nogil:
    return 0x30 <= sign <= 0x39


def words(str name):
    """names.words"""
    cdef Py_ssize_t size = len(name)
    cdef bytes letters
    cdef const char* at
    cdef const char* end
    cdef const char* start
    cdef char low[60]
    cdef Py_ssize_t index
    cdef list found
    if size >= 60 or name.startswith(ABOUT):
        return ()
    if not name.isascii():
        return names.words(name)
    letters = name.encode("ascii")
    at = letters
    end = at + size
    for index in range(size):
        low[index] = at[index] | 0x20 if is_upper(at[index]) else at[index]
    start = at
    found = [low[:size].decode("ascii")]
    if name.endswith("label-hidden"):
        end -= 12
    while at < end and len(found) < 9:
        start = at
        if is_digit(at[0]):
            while at < end and is_digit(at[0]):
                at += 1
        elif is_lower(at[0]) or (is_upper(at[0]) and at + 1 < end and is_lower(at[1])):
            at += 1
            while at < end and is_lower(at[0]):
                at += 1
        elif is_upper(at[0]):
            while at < end and is_upper(at[0]):
                at += 1
            if at < end and is_lower(at[0]):  # the last begins a word of its own
                at -= 1
        else:
            at += 1
            continue
        if at - start < size:
            index = start - <const char*> letters
            found.append(low[index : index + (at - start)].decode("ascii"))
    return tuple(found)
