/*
 * The subroutines that BLIS has as functions, as subroutines: see config/f77_names.h. Every argument is an address, so the
 * number of arguments is all that a type says.
 */

#define SUBROUTINE_4(name)                                                                                             \
  int name##_f2c_(const void *, const void *, const void *, const void *);                                             \
  void name##_(const void *a, const void *b, const void *c, const void *d) { name##_f2c_(a, b, c, d); }

#define SUBROUTINE_5(name)                                                                                             \
  int name##_f2c_(const void *, const void *, const void *, const void *, const void *);                               \
  void name##_(const void *a, const void *b, const void *c, const void *d, const void *e)                              \
  {                                                                                                                    \
    name##_f2c_(a, b, c, d, e);                                                                                        \
  }

#define SUBROUTINE_6(name)                                                                                             \
  int name##_f2c_(const void *, const void *, const void *, const void *, const void *, const void *);                 \
  void name##_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f)               \
  {                                                                                                                    \
    name##_f2c_(a, b, c, d, e, f);                                                                                     \
  }

#define SUBROUTINE_7(name)                                                                                             \
  int name##_f2c_(const void *, const void *, const void *, const void *, const void *, const void *, const void *);   \
  void name##_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,               \
               const void *g)                                                                                          \
  {                                                                                                                    \
    name##_f2c_(a, b, c, d, e, f, g);                                                                                  \
  }

#define SUBROUTINE_8(name)                                                                                             \
  int name##_f2c_(const void *, const void *, const void *, const void *, const void *, const void *, const void *,    \
                  const void *);                                                                                       \
  void name##_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,               \
               const void *g, const void *h)                                                                           \
  {                                                                                                                    \
    name##_f2c_(a, b, c, d, e, f, g, h);                                                                               \
  }

#define SUBROUTINE_9(name)                                                                                             \
  int name##_f2c_(const void *, const void *, const void *, const void *, const void *, const void *, const void *,    \
                  const void *, const void *);                                                                         \
  void name##_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,               \
               const void *g, const void *h, const void *i)                                                            \
  {                                                                                                                    \
    name##_f2c_(a, b, c, d, e, f, g, h, i);                                                                            \
  }

#define SUBROUTINE_11(name)                                                                                            \
  int name##_f2c_(const void *, const void *, const void *, const void *, const void *, const void *, const void *,    \
                  const void *, const void *, const void *, const void *);                                             \
  void name##_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,               \
               const void *g, const void *h, const void *i, const void *j, const void *k)                              \
  {                                                                                                                    \
    name##_f2c_(a, b, c, d, e, f, g, h, i, j, k);                                                                      \
  }

#define SUBROUTINE_13(name)                                                                                            \
  int name##_f2c_(const void *, const void *, const void *, const void *, const void *, const void *, const void *,    \
                  const void *, const void *, const void *, const void *, const void *, const void *);                 \
  void name##_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,               \
               const void *g, const void *h, const void *i, const void *j, const void *k, const void *l,               \
               const void *m)                                                                                          \
  {                                                                                                                    \
    name##_f2c_(a, b, c, d, e, f, g, h, i, j, k, l, m);                                                                \
  }

SUBROUTINE_4(crotg)
SUBROUTINE_4(drotg)
SUBROUTINE_4(srotg)
SUBROUTINE_4(zrotg)
SUBROUTINE_5(drotmg)
SUBROUTINE_5(srotmg)
SUBROUTINE_6(chpr)
SUBROUTINE_6(zhpr)
SUBROUTINE_6(drotm)
SUBROUTINE_6(srotm)
SUBROUTINE_6(dspr)
SUBROUTINE_6(sspr)
SUBROUTINE_7(zdrot)
SUBROUTINE_7(drot)
SUBROUTINE_7(srot)
SUBROUTINE_7(csrot)
SUBROUTINE_7(ctpmv)
SUBROUTINE_7(dtpmv)
SUBROUTINE_7(stpmv)
SUBROUTINE_7(ztpmv)
SUBROUTINE_7(ctpsv)
SUBROUTINE_7(dtpsv)
SUBROUTINE_7(stpsv)
SUBROUTINE_7(ztpsv)
SUBROUTINE_8(chpr2)
SUBROUTINE_8(zhpr2)
SUBROUTINE_8(dspr2)
SUBROUTINE_8(sspr2)
SUBROUTINE_9(chpmv)
SUBROUTINE_9(zhpmv)
SUBROUTINE_9(dspmv)
SUBROUTINE_9(sspmv)
SUBROUTINE_9(ctbmv)
SUBROUTINE_9(dtbmv)
SUBROUTINE_9(stbmv)
SUBROUTINE_9(ztbmv)
SUBROUTINE_9(ctbsv)
SUBROUTINE_9(dtbsv)
SUBROUTINE_9(stbsv)
SUBROUTINE_9(ztbsv)
SUBROUTINE_11(chbmv)
SUBROUTINE_11(zhbmv)
SUBROUTINE_11(dsbmv)
SUBROUTINE_11(ssbmv)
SUBROUTINE_13(cgbmv)
SUBROUTINE_13(dgbmv)
SUBROUTINE_13(sgbmv)
SUBROUTINE_13(zgbmv)
