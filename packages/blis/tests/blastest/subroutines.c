/* What the test programs call, as functions of the types that they give them: see names.h. */

#define FUNCTION_4_0(name)                                                                                             \
  void name##_(const void *, const void *, const void *, const void *);                                                \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d)                                  \
  {                                                                                                                    \
    name##_(a, b, c, d);                                                                                               \
    return 0;                                                                                                          \
  }

#define FUNCTION_5_0(name)                                                                                             \
  void name##_(const void *, const void *, const void *, const void *, const void *);                                  \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e)                   \
  {                                                                                                                    \
    name##_(a, b, c, d, e);                                                                                            \
    return 0;                                                                                                          \
  }

#define FUNCTION_6_0(name)                                                                                             \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *);                    \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f)    \
  {                                                                                                                    \
    name##_(a, b, c, d, e, f);                                                                                         \
    return 0;                                                                                                          \
  }

#define FUNCTION_6_1(name)                                                                                             \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *);                    \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,    \
                          int la)                                                                                      \
  {                                                                                                                    \
    (void)la;                                                                                                          \
    name##_(a, b, c, d, e, f);                                                                                         \
    return 0;                                                                                                          \
  }

#define FUNCTION_7_0(name)                                                                                             \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *, const void *);      \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,    \
                          const void *g)                                                                               \
  {                                                                                                                    \
    name##_(a, b, c, d, e, f, g);                                                                                      \
    return 0;                                                                                                          \
  }

#define FUNCTION_7_1(name)                                                                                             \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *, const void *);      \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,    \
                          const void *g, int la)                                                                       \
  {                                                                                                                    \
    (void)la;                                                                                                          \
    name##_(a, b, c, d, e, f, g);                                                                                      \
    return 0;                                                                                                          \
  }

#define FUNCTION_7_3(name)                                                                                             \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *, const void *);      \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,    \
                          const void *g, int la, int lb, int lc)                                                       \
  {                                                                                                                    \
    (void)la, (void)lb, (void)lc;                                                                                      \
    name##_(a, b, c, d, e, f, g);                                                                                      \
    return 0;                                                                                                          \
  }

#define FUNCTION_8_1(name)                                                                                             \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *, const void *,       \
               const void *);                                                                                          \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,    \
                          const void *g, const void *h, int la)                                                        \
  {                                                                                                                    \
    (void)la;                                                                                                          \
    name##_(a, b, c, d, e, f, g, h);                                                                                   \
    return 0;                                                                                                          \
  }

#define FUNCTION_8_3(name)                                                                                             \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *, const void *,       \
               const void *);                                                                                          \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,    \
                          const void *g, const void *h, int la, int lb, int lc)                                        \
  {                                                                                                                    \
    (void)la, (void)lb, (void)lc;                                                                                      \
    name##_(a, b, c, d, e, f, g, h);                                                                                   \
    return 0;                                                                                                          \
  }

#define FUNCTION_9_0(name)                                                                                             \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *, const void *,       \
               const void *, const void *);                                                                            \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,    \
                          const void *g, const void *h, const void *i)                                                 \
  {                                                                                                                    \
    name##_(a, b, c, d, e, f, g, h, i);                                                                                \
    return 0;                                                                                                          \
  }

#define FUNCTION_9_1(name)                                                                                             \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *, const void *,       \
               const void *, const void *);                                                                            \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,    \
                          const void *g, const void *h, const void *i, int la)                                         \
  {                                                                                                                    \
    (void)la;                                                                                                          \
    name##_(a, b, c, d, e, f, g, h, i);                                                                                \
    return 0;                                                                                                          \
  }

#define FUNCTION_9_3(name)                                                                                             \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *, const void *,       \
               const void *, const void *);                                                                            \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,    \
                          const void *g, const void *h, const void *i, int la, int lb, int lc)                         \
  {                                                                                                                    \
    (void)la, (void)lb, (void)lc;                                                                                      \
    name##_(a, b, c, d, e, f, g, h, i);                                                                                \
    return 0;                                                                                                          \
  }

#define FUNCTION_10_1(name)                                                                                            \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *, const void *,       \
               const void *, const void *, const void *);                                                              \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,    \
                          const void *g, const void *h, const void *i, const void *j, int la)                          \
  {                                                                                                                    \
    (void)la;                                                                                                          \
    name##_(a, b, c, d, e, f, g, h, i, j);                                                                             \
    return 0;                                                                                                          \
  }

#define FUNCTION_10_2(name)                                                                                            \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *, const void *,       \
               const void *, const void *, const void *);                                                              \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,    \
                          const void *g, const void *h, const void *i, const void *j, int la, int lb)                  \
  {                                                                                                                    \
    (void)la, (void)lb;                                                                                                \
    name##_(a, b, c, d, e, f, g, h, i, j);                                                                             \
    return 0;                                                                                                          \
  }

#define FUNCTION_11_1(name)                                                                                            \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *, const void *,       \
               const void *, const void *, const void *, const void *);                                                \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,    \
                          const void *g, const void *h, const void *i, const void *j, const void *k, int la)           \
  {                                                                                                                    \
    (void)la;                                                                                                          \
    name##_(a, b, c, d, e, f, g, h, i, j, k);                                                                          \
    return 0;                                                                                                          \
  }

#define FUNCTION_11_4(name)                                                                                            \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *, const void *,       \
               const void *, const void *, const void *, const void *);                                                \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,    \
                          const void *g, const void *h, const void *i, const void *j, const void *k, int la, int lb,   \
                          int lc, int ld)                                                                              \
  {                                                                                                                    \
    (void)la, (void)lb, (void)lc, (void)ld;                                                                            \
    name##_(a, b, c, d, e, f, g, h, i, j, k);                                                                          \
    return 0;                                                                                                          \
  }

#define FUNCTION_12_2(name)                                                                                            \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *, const void *,       \
               const void *, const void *, const void *, const void *, const void *);                                  \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,    \
                          const void *g, const void *h, const void *i, const void *j, const void *k, const void *l,    \
                          int la, int lb)                                                                              \
  {                                                                                                                    \
    (void)la, (void)lb;                                                                                                \
    name##_(a, b, c, d, e, f, g, h, i, j, k, l);                                                                       \
    return 0;                                                                                                          \
  }

#define FUNCTION_13_1(name)                                                                                            \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *, const void *,       \
               const void *, const void *, const void *, const void *, const void *, const void *);                    \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,    \
                          const void *g, const void *h, const void *i, const void *j, const void *k, const void *l,    \
                          const void *m, int la)                                                                       \
  {                                                                                                                    \
    (void)la;                                                                                                          \
    name##_(a, b, c, d, e, f, g, h, i, j, k, l, m);                                                                    \
    return 0;                                                                                                          \
  }

#define FUNCTION_13_2(name)                                                                                            \
  void name##_(const void *, const void *, const void *, const void *, const void *, const void *, const void *,       \
               const void *, const void *, const void *, const void *, const void *, const void *);                    \
  int name##_as_function_(const void *a, const void *b, const void *c, const void *d, const void *e, const void *f,    \
                          const void *g, const void *h, const void *i, const void *j, const void *k, const void *l,    \
                          const void *m, int la, int lb)                                                               \
  {                                                                                                                    \
    (void)la, (void)lb;                                                                                                \
    name##_(a, b, c, d, e, f, g, h, i, j, k, l, m);                                                                    \
    return 0;                                                                                                          \
  }

FUNCTION_4_0(srotg)
FUNCTION_4_0(sscal)
FUNCTION_4_0(drotg)
FUNCTION_4_0(dscal)
FUNCTION_4_0(cscal)
FUNCTION_4_0(zscal)
FUNCTION_4_0(csscal)
FUNCTION_4_0(zdscal)
FUNCTION_5_0(srotmg)
FUNCTION_5_0(sswap)
FUNCTION_5_0(scopy)
FUNCTION_5_0(drotmg)
FUNCTION_5_0(dswap)
FUNCTION_5_0(dcopy)
FUNCTION_5_0(cswap)
FUNCTION_5_0(ccopy)
FUNCTION_5_0(zswap)
FUNCTION_5_0(zcopy)
FUNCTION_6_0(srotm)
FUNCTION_6_0(saxpy)
FUNCTION_6_0(drotm)
FUNCTION_6_0(daxpy)
FUNCTION_6_0(caxpy)
FUNCTION_6_0(zaxpy)
FUNCTION_6_1(sspr)
FUNCTION_6_1(dspr)
FUNCTION_6_1(chpr)
FUNCTION_6_1(zhpr)
FUNCTION_7_0(srot)
FUNCTION_7_0(drot)
FUNCTION_7_1(ssyr)
FUNCTION_7_1(dsyr)
FUNCTION_7_1(cher)
FUNCTION_7_1(zher)
FUNCTION_7_3(stpmv)
FUNCTION_7_3(stpsv)
FUNCTION_7_3(dtpmv)
FUNCTION_7_3(dtpsv)
FUNCTION_7_3(ctpmv)
FUNCTION_7_3(ctpsv)
FUNCTION_7_3(ztpmv)
FUNCTION_7_3(ztpsv)
FUNCTION_8_1(sspr2)
FUNCTION_8_1(dspr2)
FUNCTION_8_1(chpr2)
FUNCTION_8_1(zhpr2)
FUNCTION_8_3(strmv)
FUNCTION_8_3(strsv)
FUNCTION_8_3(dtrmv)
FUNCTION_8_3(dtrsv)
FUNCTION_8_3(ctrmv)
FUNCTION_8_3(ctrsv)
FUNCTION_8_3(ztrmv)
FUNCTION_8_3(ztrsv)
FUNCTION_9_0(sger)
FUNCTION_9_0(dger)
FUNCTION_9_0(cgeru)
FUNCTION_9_0(cgerc)
FUNCTION_9_0(zgeru)
FUNCTION_9_0(zgerc)
FUNCTION_9_1(sspmv)
FUNCTION_9_1(ssyr2)
FUNCTION_9_1(dspmv)
FUNCTION_9_1(dsyr2)
FUNCTION_9_1(chpmv)
FUNCTION_9_1(cher2)
FUNCTION_9_1(zhpmv)
FUNCTION_9_1(zher2)
FUNCTION_9_3(stbmv)
FUNCTION_9_3(stbsv)
FUNCTION_9_3(dtbmv)
FUNCTION_9_3(dtbsv)
FUNCTION_9_3(ctbmv)
FUNCTION_9_3(ctbsv)
FUNCTION_9_3(ztbmv)
FUNCTION_9_3(ztbsv)
FUNCTION_10_1(ssymv)
FUNCTION_10_1(dsymv)
FUNCTION_10_1(chemv)
FUNCTION_10_1(zhemv)
FUNCTION_10_2(ssyrk)
FUNCTION_10_2(dsyrk)
FUNCTION_10_2(csyrk)
FUNCTION_10_2(cherk)
FUNCTION_10_2(zsyrk)
FUNCTION_10_2(zherk)
FUNCTION_11_1(sgemv)
FUNCTION_11_1(ssbmv)
FUNCTION_11_1(dgemv)
FUNCTION_11_1(dsbmv)
FUNCTION_11_1(cgemv)
FUNCTION_11_1(chbmv)
FUNCTION_11_1(zgemv)
FUNCTION_11_1(zhbmv)
FUNCTION_11_4(strmm)
FUNCTION_11_4(strsm)
FUNCTION_11_4(dtrmm)
FUNCTION_11_4(dtrsm)
FUNCTION_11_4(ctrmm)
FUNCTION_11_4(ctrsm)
FUNCTION_11_4(ztrmm)
FUNCTION_11_4(ztrsm)
FUNCTION_12_2(ssymm)
FUNCTION_12_2(ssyr2k)
FUNCTION_12_2(dsymm)
FUNCTION_12_2(dsyr2k)
FUNCTION_12_2(csymm)
FUNCTION_12_2(chemm)
FUNCTION_12_2(csyr2k)
FUNCTION_12_2(cher2k)
FUNCTION_12_2(zsymm)
FUNCTION_12_2(zhemm)
FUNCTION_12_2(zsyr2k)
FUNCTION_12_2(zher2k)
FUNCTION_13_1(sgbmv)
FUNCTION_13_1(dgbmv)
FUNCTION_13_1(cgbmv)
FUNCTION_13_1(zgbmv)
FUNCTION_13_2(sgemm)
FUNCTION_13_2(dgemm)
FUNCTION_13_2(cgemm)
FUNCTION_13_2(zgemm)

/* The programs check what BLAS says of wrong arguments: theirs takes the place of BLAS's own. */
int xerbla_of_test_(const char *name, const int *info, int length);

void
xerbla_(const char *name, const int *info)
{
  xerbla_of_test_(name, info, 6);
}
