/* How deep Python may recurse in C before it raises RecursionError. */
#ifndef TERRARIUM_RECURSION_H
#define TERRARIUM_RECURSION_H

void recursion_limits_set(void);

#endif
