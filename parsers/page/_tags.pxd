# cython: language_level=3
# Tags as WHATWG HTML, 13.2.5, reads them, letter by letter: what guard.TAG, ATTRIBUTES and WIDE match.
from libc.string cimport memchr, memcmp, memcpy, memset, strlen

cdef enum:
    LONGEST_NAME = 24
    MOST_NAMES = 96


cdef struct Name:
    char letters[LONGEST_NAME]
    int size
    int kind


cdef struct Names:
    Name all[MOST_NAMES]  # in order; the first place stays empty
    int many
    int first[256]  # by first letter: where its names begin; 0: none has it


cdef inline int fill(Names* names, dict kinds) except -1:
    """Make a table. kinds: name → what it is for the caller. Raises ValueError where there is no room."""
    cdef bytes letters
    memset(names, 0, sizeof(Names))
    for name in sorted(kinds):
        letters = name.encode()
        if names.many == MOST_NAMES - 1 or len(letters) >= LONGEST_NAME:
            raise ValueError(f"no room for {name}")
        names.many += 1
        memcpy(names.all[names.many].letters, <const char*> letters, len(letters))
        names.all[names.many].size = len(letters)
        names.all[names.many].kind = kinds[name]
        if not names.first[<unsigned char> letters[0]]:
            names.first[<unsigned char> letters[0]] = names.many
    return 0


cdef inline int named(const Names* names, const char* at, Py_ssize_t size) noexcept nogil:
    """Which of some names a text is, in whatever case; 0: none."""
    cdef char letter = low(at[0])
    cdef int index = names.first[<unsigned char> letter]
    while index and index <= names.many and names.all[index].letters[0] == letter:
        if names.all[index].size == size and begins(at, at + size, names.all[index].letters, size):
            return index
        index += 1
    return 0


cdef inline bint holds_any(const Names* names, const char* at, const char* end) noexcept nogil:
    """Does one of some names, of two letters or more, stand in a text?"""
    cdef int index
    end -= 1
    while at < end:
        index = names.first[<unsigned char> at[0]]
        while index and index <= names.many and names.all[index].letters[0] == at[0]:
            if (
                at[1] == names.all[index].letters[1]  # nearly all differ there
                and names.all[index].size <= end + 1 - at
                and memcmp(at, names.all[index].letters, names.all[index].size) == 0
            ):
                return True
            index += 1
        at += 1
    return False


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


cdef inline const char* name_end(const char* at, const char* end) noexcept nogil:
    """Where a tag's name ends."""
    while at < end and not is_space(at[0]) and at[0] != b"/" and at[0] != b">":
        at += 1
    return at


cdef inline const char* attribute_at(const char* at, const char* end) noexcept nogil:
    """Where a tag's next attribute or its ">" stands, or the end."""
    while at < end and (is_space(at[0]) or at[0] == b"/"):
        at += 1
    return at


cdef inline const char* attribute_name_end(const char* at, const char* end) noexcept nogil:
    """Where an attribute's name ends, which may begin with "="."""
    at += 1
    while at < end and not is_space(at[0]) and at[0] != b"/" and at[0] != b">" and at[0] != b"=":
        at += 1
    return at


cdef inline const char* value_end(const char* at, const char* end) noexcept nogil:
    """Where an attribute ends, with its value if it has one. at: where its name does."""
    while at < end and is_space(at[0]):
        at += 1
    if at == end or at[0] != b"=":
        return at
    at += 1
    while at < end and is_space(at[0]):
        at += 1
    if at < end and (at[0] == 0x22 or at[0] == 0x27):
        at = find(at[0], at + 1, end)
        return at + (at < end)
    while at < end and not is_space(at[0]) and at[0] != b">":
        at += 1
    return at


cdef inline const char* tag_end(const char* at, const char* end, Py_ssize_t most) noexcept nogil:
    """Where the ">" of a tag stands, or the end; NULL: it has more attributes. at: its name."""
    at = attribute_at(name_end(at, end), end)
    while at < end and at[0] != b">":
        most -= 1
        if most < 0:
            return NULL
        at = attribute_at(value_end(attribute_name_end(at, end), end), end)
    return at
