# cython: language_level=3
"""Compiled: the walk of walk.py, over the same text in UTF-8 and with the same results."""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.string cimport memcmp, memcpy, memset, strlen

from parsers._tidy cimport plain_line
from parsers.page._slots cimport Slots, empty, put, slots_of
from parsers.page._tags cimport Names, fill, find, holds_any, named
from parsers.page.blocks import Block, Element, Noted
from parsers.page import blocks as _blocks
from parsers.page import walk as _plain
from parsers.text import tidy

cdef extern from "Python.h":
    Py_ssize_t PyUnicode_GET_LENGTH(object)
    int PyUnicode_KIND(object)
    void* PyUnicode_DATA(object)
    Py_UCS4 PyUnicode_READ(int, void*, Py_ssize_t)

# What the walk does at a tag, by its name; those that begin with the same letter stand together.
cdef enum:
    MOST = 256
cdef struct Act:
    const char* name
    Py_ssize_t size
    int do
cdef Act ACTS[MOST]
cdef list NAMES = sorted(_plain.ACTS, key=lambda name: (name.lstrip("/"), name))
cdef list LETTERS = [name.encode() for name in NAMES]  # what the names of the table point into
cdef list KEPT = [_blocks.KEPT_INLINE.get(name) for name in NAMES]
cdef int FIRST[256]  # by first letter, behind the slash of an end tag: where its names begin
cdef int many = len(NAMES)
if many > MOST:
    raise ValueError("no room for the names of tags")
memset(FIRST, 0xff, sizeof(FIRST))
for at, letters in enumerate(LETTERS):
    ACTS[at].name = letters
    ACTS[at].size = len(letters)
    ACTS[at].do = _plain.ACTS[NAMES[at]]
    letter = ord(letters.lstrip(b"/")[:1])
    if FIRST[<unsigned char> letter] < 0:
        FIRST[<unsigned char> letter] = at


cdef int act_of(const char* name, Py_ssize_t size) noexcept nogil:
    """Which act a name asks for: its place in the table, or -1."""
    cdef char letter = name[1] if name[0] == b"/" else name[0]
    cdef int at = FIRST[<unsigned char> letter]
    while 0 <= at < many and (ACTS[at].name[0] == letter or ACTS[at].name[1] == letter):
        if ACTS[at].size == size and memcmp(ACTS[at].name, name, size) == 0:
            return at
        at += 1
    return -1


cdef int DEEPEST = _blocks.DEEPEST
cdef Py_ssize_t NEAREST = _blocks.NEAREST, MOST_OPEN = _blocks.MOST_OPEN
cdef enum:
    OPEN, CLOSE, BREAK, RULE, MARK, UNMARK, PICTURE, STATE


cdef Slots ELEMENT = slots_of(Element), BLOCK = slots_of(Block)


cdef object element(object index, object parent, object tag, object raw, object classes, object first, object last):
    """Element(…)"""
    made = empty(Element)
    put(made, &ELEMENT, 0, index)
    put(made, &ELEMENT, 1, parent)
    put(made, &ELEMENT, 2, tag)
    put(made, &ELEMENT, 3, raw)
    put(made, &ELEMENT, 4, classes)
    put(made, &ELEMENT, 5, first)
    put(made, &ELEMENT, 6, last)
    put(made, &ELEMENT, 7, None)
    return made


cdef object block(
    object index, object parent, object tag, object text, object linked, object size, object links, object opened, object markup
):
    """Block(…)"""
    made = empty(Block)
    put(made, &BLOCK, 0, index)
    put(made, &BLOCK, 1, parent)
    put(made, &BLOCK, 2, tag)
    put(made, &BLOCK, 3, text)
    put(made, &BLOCK, 4, linked)
    put(made, &BLOCK, 5, size)
    put(made, &BLOCK, 6, links)
    put(made, &BLOCK, 7, opened)
    put(made, &BLOCK, 8, markup)
    put(made, &BLOCK, 9, None)
    return made


cdef inline str text_of(const char* start, const char* end):
    return PyUnicode_DecodeUTF8(start, end - start, NULL)


cdef inline bint stands(const char* at, const char* end, const char* letters, Py_ssize_t size) noexcept nogil:
    return end - at >= size and memcmp(at, letters, size) == 0


cdef str read(const char* start, const char* end):
    """A text less Lexbor's escapes (markup.unescaped)."""
    cdef const char* at = find(b"&", start, end)
    cdef bytes made
    cdef char* out
    cdef Py_ssize_t size
    if at == end:
        return text_of(start, end)
    made = PyBytes_FromStringAndSize(NULL, end - start)
    out = PyBytes_AS_STRING(made)
    while True:
        memcpy(out, start, at - start)
        out += at - start
        start = at
        if at == end:
            return text_of(made, out)
        size = 1
        out[0] = b"&"
        if stands(at, end, b"&amp;", 5):
            size = 5
        elif stands(at, end, b"&nbsp;", 6):
            size = 6
            out[0] = 0xc2
            out[1] = 0xa0
            out += 1
        elif stands(at, end, b"&quot;", 6):
            size = 6
            out[0] = b'"'
        elif stands(at, end, b"&lt;", 4):
            size = 4
            out[0] = b"<"
        elif stands(at, end, b"&gt;", 4):
            size = 4
            out[0] = b">"
        out += 1
        start += size
        at = find(b"&", start, end)


cdef inline const char* next_attribute(const char* at, const char* end) noexcept nogil:
    """at: the space before one."""
    at = find(b"=", at + 2, end) if end - at > 2 else end  # a name may begin with one
    return find(b'"', at + 2, end) + 1 if end - at > 2 else end


cdef str value(const char* at, const char* end, const char* mark):
    """What an attribute holds of those that are written. mark: as it starts."""
    cdef Py_ssize_t size = strlen(mark)
    while end - at > size:
        if stands(at, end, mark, size):
            return read(at + size, find(b'"', at + size, end))
        at = next_attribute(at, end)
    return ""


cdef enum:
    LOOKED_INTO, TIMED
cdef Names NOTABLE, SIGNS
fill(&NOTABLE, dict.fromkeys(_plain.NOTABLE, LOOKED_INTO) | dict.fromkeys(_plain.TIMED, TIMED))
fill(&SIGNS, dict.fromkeys(_plain.SIGNS, 0))
cdef Py_ssize_t MOST_NOTED = _plain.MOST_NOTED, MOST_TAGS = _plain.MOST_TAGS, MOST_LETTERS = _plain.MOST_LETTERS


cdef bint is_notable(const char* at, const char* end) noexcept nogil:
    """May the attributes of a tag say who wrote a story or when?"""
    cdef const char* stop
    cdef int index
    while end - at > 4:
        stop = find(b"=", at + 2, end)
        index = named(&NOTABLE, at + 1, stop - at - 1)
        if index and (
            NOTABLE.all[index].kind == TIMED or (end - stop > 2 and holds_any(&SIGNS, stop + 2, find(b'"', stop + 2, end)))
        ):
            return True
        at = next_attribute(at, end)
    return False


cdef object markup(const char* start, const char* end, const char* name, Py_ssize_t size):
    """What stands in an element; None: it never ends, or holds more than a line does. start: behind its start tag."""
    cdef const char* at = start
    cdef const char* tag
    cdef int depth = 1, tags
    cdef str text
    for tags in range(MOST_TAGS):
        tag = find(b"<", at, end)
        if tag == end:
            break
        at = tag + 1
        at += at < end and at[0] == b"/"
        if end - at > size and memcmp(at, name, size) == 0 and (at[size] == b" " or at[size] == b">"):
            depth += -1 if tag[1] == b"/" else 1
            if depth == 0:
                if tag - start > 4 * MOST_LETTERS:  # bytes of a letter
                    return None
                text = text_of(start, tag)
                return text if len(text) <= MOST_LETTERS else None
    return None


cdef bint blank(const char* at, const char* end):
    """Is a text nothing but white space?"""
    cdef const char* start = at
    while at < end and (at[0] == 0x20 or 0x9 <= at[0] <= 0xd or 0x1c <= at[0] <= 0x1f):
        at += 1
    if at < end and <unsigned char> at[0] >= 0x80:
        return text_of(start, end).isspace()
    return at == end


cdef Py_ssize_t weight(str line):
    """blocks.weight"""
    cdef Py_ssize_t at, size = PyUnicode_GET_LENGTH(line), more = 0
    cdef int kind = PyUnicode_KIND(line)
    cdef void* data = PyUnicode_DATA(line)
    cdef Py_UCS4 char
    for at in range(size if kind > 1 else 0):
        char = PyUnicode_READ(kind, data, at)
        if char >= 0xe00:
            more += (
                char < 0xe80 or 0x3040 <= char < 0x3100 or 0x3400 <= char < 0xa000 or 0xac00 <= char < 0xd7a4
            )
    return size + 2 * more


cdef enum:
    RUN = 32  # letters that are looked at at once, and copied so where all are ASCII


ctypedef fused Letter:
    unsigned char
    unsigned short
    unsigned int


cdef char* encoded_as(const Letter* letters, Py_ssize_t size, char* out) noexcept nogil:
    cdef Py_ssize_t at = 0, next = 0
    cdef Py_ssize_t index
    cdef unsigned int char
    while at < size:
        if at >= next and size - at >= RUN:
            char = 0
            for index in range(RUN):
                char |= letters[at + index]
            if char < 0x80:
                for index in range(RUN):
                    out[index] = letters[at + index]
                out += RUN
                at += RUN
                continue
            next = at + RUN
        char = letters[at]
        at += 1
        if char < 0x80:
            out[0] = char
            out += 1
        elif char < 0x800:
            out[0] = 0xc0 | char >> 6
            out[1] = 0x80 | char & 0x3f
            out += 2
        elif char < 0x10000:
            out[0] = 0xe0 | char >> 12
            out[1] = 0x80 | char >> 6 & 0x3f
            out[2] = 0x80 | char & 0x3f
            out += 3
        else:
            out[0] = 0xf0 | char >> 18
            out[1] = 0x80 | char >> 12 & 0x3f
            out[2] = 0x80 | char >> 6 & 0x3f
            out[3] = 0x80 | char & 0x3f
            out += 4
    return out


cdef char* encode(str text, char* out) noexcept:
    """Write a text in UTF-8; where it ends. (CPython's own takes about twice as many instructions.)"""
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
    cdef void* data = PyUnicode_DATA(text)
    if PyUnicode_KIND(text) == 1:
        return encoded_as(<const unsigned char*> data, size, out)
    if PyUnicode_KIND(text) == 2:
        return encoded_as(<const unsigned short*> data, size, out)
    return encoded_as(<const unsigned int*> data, size, out)


def walk(page, str html):
    """Fill a page. False: an element stands in it of which Lexbor writes without escapes what it holds."""
    cdef bytes encoded = PyBytes_FromStringAndSize(NULL, len(html) * (PyUnicode_KIND(html) + 1 if PyUnicode_KIND(html) < 4 else 4))
    cdef const char* at = PyBytes_AS_STRING(encoded)
    cdef const char* end = encode(html, <char*> at)
    cdef const char* start = at
    cdef const char* tag
    cdef const char* raw
    cdef const char* stop
    cdef const char* next
    cdef list blocks = page.blocks, elements = page.elements, titled = page.titled, texts = [], inline = []
    cdef tuple opened = ()
    cdef str line, name, text, classes
    cdef Py_ssize_t linked = 0, length, current = -1
    cdef int links = 0, depth = 0, act, do
    tag = find(b"<", at, end)
    while tag < end:
        at = tag + 1
        if end - at > 3 and memcmp(at, b"!--", 3) == 0:
            stop = find(b">", at + 3, end)
            while stop < end and (stop - at < 5 or memcmp(stop - 2, b"--", 2) != 0):
                stop = find(b">", stop + 1, end)
            act, raw = -1, stop
        else:
            stop = find(b">", at, end)
            raw = find(b" ", at, stop)
            act = act_of(at, raw - at)
        if stop == end:
            break
        if stop - raw > 4 and len(<list> page.noted) < MOST_NOTED and is_notable(raw, stop):
            page.noted.append(
                Noted(text_of(at, raw), text_of(raw, stop), current, tuple(inline[-NEAREST:]), markup(stop + 1, end, at, raw - at))
            )
        next = find(b"<", stop, end)
        if act >= 0:
            do = ACTS[act].do
            name = <str> NAMES[act]
            if do <= RULE:
                if texts:
                    text = <str> texts[0] if len(texts) == 1 else "".join(texts)
                    line = plain_line(text)
                    if line is None:
                        line = tidy(text)
                    if line:
                        length = len(line)
                        linked = min(linked, length)
                        blocks.append(
                            block(
                                len(blocks),
                                current,
                                elements[current].tag,
                                line,
                                linked,
                                weight(line),
                                linked / <double> length,
                                opened,
                                text_of(start, tag),
                            )
                        )
                    texts = []
                    linked = 0
                start = stop + 1
                opened = tuple(inline[-MOST_OPEN:]) if inline else ()
                if do == OPEN:
                    depth += 1
                    if depth <= DEEPEST:
                        classes = value(raw, stop, b' class="')
                        made = element(len(elements), current, name, text_of(raw, stop), classes, len(blocks), 0)
                        elements.append(made)
                        current = len(elements) - 1
                        if name == "h1" or (classes and ("itle" in classes or "eadline" in classes)):
                            titled.append(made)
                elif do == CLOSE:
                    depth -= 1
                    if depth < DEEPEST:
                        closed = elements[current]
                        closed.last = len(blocks)
                        current = closed.parent
                elif do == RULE:
                    length = len(blocks)
                    elements.append(element(len(elements), current, name, text_of(raw, stop), "", length, length))
            elif do == MARK:
                inline.append(("open", KEPT[act], text_of(raw, stop)))
                links += name == "a"
            elif do == UNMARK:
                inline.pop()
                links -= name == "/a"
            elif do == PICTURE:
                page.images.append((current, text_of(raw, stop)))
                shows = value(raw, stop, b' alt="')
                if shows:
                    page.shows.append((len(blocks), shows))
            elif do == STATE:
                page.stated.append((name, text_of(raw, stop), text_of(stop + 1, next)))
            else:
                return False
        if next - stop > 1 and (texts or not blank(stop + 1, next)):
            text = read(stop + 1, next)
            texts.append(text)
            if links:
                linked += len(text.strip())
        tag = next
    return True
