cpdef str plain_line(object text)
