/* What blis.h takes in for the whole configuration. */

/* Room for temporary tiles on the stack is made of these, 512 bytes: the largest tile has 192, twice that for methods that
 * make complex products of real ones. */
#define BLIS_SIMD_MAX_NUM_REGISTERS 16
#define BLIS_SIMD_MAX_SIZE 16
