# cython: language_level=3
"""Compiled: whether class names hold certain words, as names.py tells them."""

from libc.string cimport memchr, memcmp, memset, strlen

from parsers.page import names

cdef extern from "Python.h":
    void* PyUnicode_DATA(object)

cdef enum:
    LONGEST = 60
    MOST_WORDS = 8
    MOST_NAMES = 24
    PLACES = 4096  # of a vocabulary's table, at least four times as many as words

cdef list ABOUT = [prefix.encode() for prefix in names.ABOUT]


cdef inline bint is_lower(char sign) noexcept nogil:
    return 0x61 <= sign <= 0x7a


cdef inline bint is_upper(char sign) noexcept nogil:
    return 0x41 <= sign <= 0x5a


cdef inline bint is_digit(char sign) noexcept nogil:
    return 0x30 <= sign <= 0x39


cdef inline bint is_space(char sign) noexcept nogil:
    return sign == 0x20 or 0x9 <= sign <= 0xd or 0x1c <= sign <= 0x1f


cdef bint starts(const char* at, Py_ssize_t size, const char* with_) noexcept nogil:
    cdef Py_ssize_t length = strlen(with_)
    return size >= length and memcmp(at, with_, length) == 0


cdef bint is_place(const char* at, Py_ssize_t size):
    """Does a name say anything of its place?"""
    cdef bytes prefix
    if size >= LONGEST or memchr(at, b":", size) != NULL:
        return False
    for prefix in ABOUT:
        if starts(at, size, prefix):
            return False
    return True


cdef const char* next_word(const char* at, const char* end, const char** stop) noexcept nogil:
    """Where the next word starts, and where it stops; the end where there is none. What names.WORD_TOKEN finds."""
    cdef const char* start
    while at < end and not (is_lower(at[0]) or is_upper(at[0]) or is_digit(at[0])):
        at += 1
    start = at
    if at == end:
        pass
    elif is_digit(at[0]):
        while at < end and is_digit(at[0]):
            at += 1
    elif is_lower(at[0]) or (at + 1 < end and is_lower(at[1])):
        at += 1
        while at < end and is_lower(at[0]):
            at += 1
    else:
        while at < end and is_upper(at[0]):
            at += 1
        if at < end and is_lower(at[0]):  # the last begins a word of its own
            at -= 1
    stop[0] = at
    return start


cdef Py_ssize_t told(const char* at, Py_ssize_t size) noexcept nogil:
    """How much of a name its words are looked for in."""
    cdef const char* label = b"label-hidden"
    return size - 12 if size >= 12 and memcmp(at + size - 12, label, 12) == 0 else size


cdef void lowered(const char* at, Py_ssize_t size, char* low) noexcept nogil:
    cdef Py_ssize_t index
    for index in range(size):
        low[index] = at[index] | 0x20 if is_upper(at[index]) else at[index]


cdef struct Word:
    const char* letters
    Py_ssize_t size


cdef unsigned int place_of(const char* at, Py_ssize_t size) noexcept nogil:
    """FNV-1a"""
    cdef unsigned int hash = 2166136261u
    cdef Py_ssize_t index
    for index in range(size):
        hash = (hash ^ <unsigned char> at[index]) * 16777619u
    return hash


cdef class Vocabulary:
    """A set of words, found by their letters."""

    cdef Word table[PLACES]
    cdef object words
    cdef list letters  # what the table points into

    def __init__(self, words):
        cdef unsigned int place
        cdef bytes word
        self.words = frozenset(words)
        self.letters = [one.encode() for one in self.words]
        if len(self.letters) * 4 > PLACES:
            raise ValueError("too many words")
        memset(self.table, 0, sizeof(self.table))
        for word in self.letters:
            place = place_of(word, len(word))
            while self.table[place % PLACES].letters != NULL:
                place += 1
            self.table[place % PLACES].letters = word
            self.table[place % PLACES].size = len(word)

    cdef bint has(self, const char* at, Py_ssize_t size) noexcept nogil:
        cdef unsigned int place = place_of(at, size)
        while self.table[place % PLACES].letters != NULL:
            if self.table[place % PLACES].size == size and memcmp(self.table[place % PLACES].letters, at, size) == 0:
                return True
            place += 1
        return False

    cdef bint has_word_of(self, const char* first, Py_ssize_t size):
        """Is the name, or a word of it, one of them?"""
        cdef const char* start
        cdef const char* stop = first
        cdef char low[LONGEST]
        cdef int many
        if not is_place(first, size):
            return False
        lowered(first, size, low)
        if self.has(low, size):
            return True
        size = told(first, size)
        for many in range(MOST_WORDS):
            start = next_word(stop, first + size, &stop)
            if start == stop:
                return False
            if self.has(low + (start - first), stop - start):
                return True
        return False

    def holds(self, str classes, str name):
        """Is a word of class names or an id one of them?"""
        cdef const char* at
        cdef const char* end
        cdef const char* start
        cdef int many = 0
        if not classes.isascii() or not name.isascii():
            return not names.words_of(classes, name).isdisjoint(self.words)
        for text in (classes, name):
            at = <const char*> PyUnicode_DATA(text)
            end = at + len(<str> text)
            while True:
                while at < end and is_space(at[0]):
                    at += 1
                start = at
                while at < end and not is_space(at[0]):
                    at += 1
                if start == at or many == MOST_NAMES:
                    break
                many += 1
                if self.has_word_of(start, at - start):
                    return True
        return False


def vocabulary(words):
    """names.plain_vocabulary"""
    return Vocabulary(words).holds
