# cython: language_level=3


def total(double[:] values):
    """Gives the sum."""
    cdef double result = 0
    for i in range(values.shape[0]):
        result += values[i]
    return result
