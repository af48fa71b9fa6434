/*
 * BLIS's Fortran interfaces that are not of the types Fortran gives them, under names of our own.
 *
 * In WebAssembly a caller and a callee must be of one type, or the call traps. What was once translated from Fortran by f2c
 * returns an int here, where a SUBROUTINE and everybody's prototypes say void; compat/subroutines.c has those. The others
 * are LAPACK's own to define: lsame_, crot_, zrot_, xerbla_array_ and xerbla_, which BLIS calls with a length
 * (compat/xerbla.c).
 *
 * Those for which kernels/small.c comes first have names of their own too, but not where CBLAS calls them.
 */

#ifndef TERRARIUM_CBLAS
#define sgemm_ sgemm_blis_
#define dgemm_ dgemm_blis_
#define cgemm_ cgemm_blis_
#define zgemm_ zgemm_blis_
#define ssyrk_ ssyrk_blis_
#define dsyrk_ dsyrk_blis_
#define strmm_ strmm_blis_
#define dtrmm_ dtrmm_blis_
#define ctrmm_ ctrmm_blis_
#define ztrmm_ ztrmm_blis_
#define strsm_ strsm_blis_
#define dtrsm_ dtrsm_blis_
#endif

#define zdrot_ zdrot_f2c_
#define cgbmv_ cgbmv_f2c_
#define dgbmv_ dgbmv_f2c_
#define sgbmv_ sgbmv_f2c_
#define zgbmv_ zgbmv_f2c_
#define chbmv_ chbmv_f2c_
#define zhbmv_ zhbmv_f2c_
#define chpmv_ chpmv_f2c_
#define zhpmv_ zhpmv_f2c_
#define chpr_ chpr_f2c_
#define zhpr_ zhpr_f2c_
#define chpr2_ chpr2_f2c_
#define zhpr2_ zhpr2_f2c_
#define crot_ crot_f2c_
#define drot_ drot_f2c_
#define srot_ srot_f2c_
#define zrot_ zrot_f2c_
#define crotg_ crotg_f2c_
#define drotg_ drotg_f2c_
#define srotg_ srotg_f2c_
#define zrotg_ zrotg_f2c_
#define drotm_ drotm_f2c_
#define srotm_ srotm_f2c_
#define drotmg_ drotmg_f2c_
#define srotmg_ srotmg_f2c_
#define dsbmv_ dsbmv_f2c_
#define ssbmv_ ssbmv_f2c_
#define dspmv_ dspmv_f2c_
#define sspmv_ sspmv_f2c_
#define dspr_ dspr_f2c_
#define sspr_ sspr_f2c_
#define dspr2_ dspr2_f2c_
#define sspr2_ sspr2_f2c_
#define csrot_ csrot_f2c_
#define ctbmv_ ctbmv_f2c_
#define dtbmv_ dtbmv_f2c_
#define stbmv_ stbmv_f2c_
#define ztbmv_ ztbmv_f2c_
#define ctbsv_ ctbsv_f2c_
#define dtbsv_ dtbsv_f2c_
#define stbsv_ stbsv_f2c_
#define ztbsv_ ztbsv_f2c_
#define ctpmv_ ctpmv_f2c_
#define dtpmv_ dtpmv_f2c_
#define stpmv_ stpmv_f2c_
#define ztpmv_ ztpmv_f2c_
#define ctpsv_ ctpsv_f2c_
#define dtpsv_ dtpsv_f2c_
#define stpsv_ stpsv_f2c_
#define ztpsv_ ztpsv_f2c_
#define lsame_ lsame_f2c_
#define xerbla_ xerbla_f2c_
#define xerbla_array_ xerbla_array_f2c_
