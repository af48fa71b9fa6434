/* Included before every reference kernel: the sizes of tiles, for what is not written by hand (packing, trsm). */

#include "packages/blis/kernels/tile.h"
