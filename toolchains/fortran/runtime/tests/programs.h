/* The programs of programs.c that have files of their own. */

#ifndef TOOLCHAINS_FORTRAN_RUNTIME_TESTS_PROGRAMS_H
#define TOOLCHAINS_FORTRAN_RUNTIME_TESTS_PROGRAMS_H

/* io.f90. */
void input_and_output(void);

#endif
