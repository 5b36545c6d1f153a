# cython: language_level=3
"""Compiled: which of many short texts stand in a long one, in one look at it."""

from libc.string cimport memset

cdef extern from "Python.h":
    int PyUnicode_KIND(object)
    void* PyUnicode_DATA(object)
    Py_UCS4 PyUnicode_READ(int, void*, Py_ssize_t)
    Py_ssize_t PyUnicode_GET_LENGTH(object)

cdef enum:
    BUCKETS = 4096
    MOST = 250


cdef inline int bucket(Py_UCS4 first, Py_UCS4 second) noexcept nogil:
    return (<unsigned int> first * 31 + <unsigned int> second) & (BUCKETS - 1)


cdef bint matches(str sign, int kind, void* data, Py_ssize_t at, Py_ssize_t size):
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(sign), index
    cdef int own = PyUnicode_KIND(sign)
    cdef void* letters = PyUnicode_DATA(sign)
    if at + length > size:
        return False
    for index in range(length):
        if PyUnicode_READ(own, letters, index) != PyUnicode_READ(kind, data, at + index):
            return False
    return True


def standing(tuple signs, str text):
    """signs.each, of 250 signs at most."""
    cdef unsigned char first[BUCKETS]
    cdef unsigned char after[MOST + 1]
    cdef bint found[MOST + 1]
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at
    cdef Py_UCS4 last, next
    cdef int index, place
    cdef str sign
    if len(signs) > MOST:
        raise ValueError("too many signs")
    memset(first, 0, sizeof(first))
    memset(found, 0, sizeof(found))
    for index in range(len(signs), 0, -1):
        sign = signs[index - 1]
        place = bucket(ord(sign[0]), ord(sign[1]))
        after[index] = first[place]
        first[place] = index
    if not size:
        return []
    last = PyUnicode_READ(kind, data, 0)
    for at in range(1, size):
        next = PyUnicode_READ(kind, data, at)
        index = first[bucket(last, next)]
        while index:
            if not found[index] and matches(signs[index - 1], kind, data, at - 1, size):
                found[index] = True
            index = after[index]
        last = next
    return [signs[index - 1] for index in range(1, len(signs) + 1) if found[index]]
