# cython: language_level=3
# Instances of Python classes with __slots__, made by writing the slots: a sixth of the instructions that a call of the class takes.

cdef extern from *:
    """
    #include <structmember.h>
    """
    ctypedef struct PyObject
    ctypedef struct PyTypeObject
    ctypedef struct PyMemberDef:
        Py_ssize_t offset
    ctypedef struct PyMemberDescrObject:
        PyMemberDef* d_member
    object PyType_GenericAlloc(PyTypeObject*, Py_ssize_t)
    void Py_INCREF(object)

cdef enum:
    MOST_SLOTS = 12

cdef struct Slots:
    Py_ssize_t at[MOST_SLOTS]  # bytes from an instance's start, in the order of its class's __slots__


cdef inline Slots slots_of(cls) except *:
    """Where a class keeps its slots. Raises ValueError for one with too many."""
    cdef Slots slots
    if len(cls.__slots__) > MOST_SLOTS:
        raise ValueError(f"too many slots in {cls}")
    for index, name in enumerate(cls.__slots__):
        slots.at[<int> index] = (<PyMemberDescrObject*> <PyObject*> cls.__dict__[name]).d_member.offset
    return slots


cdef inline object empty(cls):
    """An instance of whose slots none is written yet."""
    return PyType_GenericAlloc(<PyTypeObject*> <PyObject*> cls, 0)


cdef inline void put(object made, const Slots* slots, int index, object value) noexcept:
    """Write a slot for the first time."""
    Py_INCREF(value)
    (<PyObject**> (<char*> <PyObject*> made + slots.at[index]))[0] = <PyObject*> value
