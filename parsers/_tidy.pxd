cpdef bint is_tidy(str text)
