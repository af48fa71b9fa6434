/*
 * The tile of C that stays in registers while k runs: its size in real numbers, and the sizes that BLIS calls MR and NR. And
 * how many columns stay there of a matrix that is multiplied by a vector.
 */

#ifndef PACKAGES_BLIS_KERNELS_TILE_H
#define PACKAGES_BLIS_KERNELS_TILE_H

/* Two vectors of rows, and as many columns. Measured; see README.md. */
#ifndef COLUMNS
#define COLUMNS 6
#endif

#define BLIS_MR_s 8
#define BLIS_MR_d 4
#define BLIS_MR_c 4
#define BLIS_MR_z 2

#define BLIS_NR_s COLUMNS
#define BLIS_NR_d COLUMNS
#define BLIS_NR_c (COLUMNS / 2)
#define BLIS_NR_z (COLUMNS / 2)

/* Columns of a matrix that axpyf and dotxf take at once: BLIS calls these sizes AF and DF. */
#define FUSED_AXPY_REAL 8
#define FUSED_DOT_REAL 6
#define FUSED_COMPLEX 4

#endif
