/* Qhull: the hull of a cube, the triangles of a square, and points of which there is no hull. */

#include <math.h>

#include <libqhull_r/qhull_ra.h>

#include "packages/testing/check.h"

static int
run(qhT *qh, int dimension, int count, coordT *points, char *command)
{
  qh_zero(qh, stderr);
  return qh_new_qhull(qh, dimension, count, points, False, command, NULL, stderr);
}

static void
end(qhT *qh)
{
  int left, bytes;
  qh_freeqhull(qh, !qh_ALL);
  qh_memfreeshort(qh, &left, &bytes);
  CHECK(left == 0 && bytes == 0);
}

int
main(void)
{
  qhT qh;
  coordT cube[9 * 3] = {0.5, 0.5, 0.5};
  for (int i = 0; i < 8; i++)
    for (int axis = 0; axis < 3; axis++)
      cube[3 * (i + 1) + axis] = (i >> axis) & 1;
  CHECK(run(&qh, 3, 9, cube, "qhull") == 0);
  CHECK(qh.num_vertices == 8 && qh.num_facets == 6);
  qh_getarea(&qh, qh.facet_list);
  CHECK(fabs(qh.totvol - 1) < 1e-12 && fabs(qh.totarea - 6) < 1e-12);
  end(&qh);

  /* Four corners and the middle: four triangles. */
  coordT square[5 * 2] = {0, 0, 1, 0, 1, 1, 0, 1, 0.5, 0.5};
  CHECK(run(&qh, 2, 5, square, "qhull d Qt Qbb Qc Qz") == 0);
  int triangles = 0;
  facetT *facet;
  for (facet = qh.facet_list; facet && facet->next; facet = facet->next)
    triangles += !facet->upperdelaunay;
  CHECK(triangles == 4);
  end(&qh);

  /* All on one line: an error by longjmp, which says so. */
  coordT line[4 * 2] = {0, 0, 1, 1, 2, 2, 3, 3};
  CHECK(run(&qh, 2, 4, line, "qhull") == qh_ERRsingular);
  end(&qh);
  return 0;
}
