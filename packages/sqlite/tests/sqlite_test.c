/* SQLite: what is stored comes back, each promised feature is there, and errors are reported. */

#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "packages/testing/check.h"

static sqlite3 *
open_database(const char *name)
{
  sqlite3 *database;
  CHECK(sqlite3_open(name, &database) == SQLITE_OK);
  return database;
}

static void
run(sqlite3 *database, const char *sql)
{
  char *message = NULL;
  if (sqlite3_exec(database, sql, NULL, NULL, &message) != SQLITE_OK) {
    fprintf(stderr, "%s: %s\n", sql, message);
    exit(1);
  }
}

/* True if the first column of the first row that `sql` gives is `expected`. */
static bool
gives(sqlite3 *database, const char *sql, const char *expected)
{
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK || sqlite3_step(statement) != SQLITE_ROW) {
    fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(database));
    exit(1);
  }
  const char *value = (const char *)sqlite3_column_text(statement, 0);
  bool same = value != NULL && strcmp(value, expected) == 0;
  if (!same)
    fprintf(stderr, "%s: gives %s\n", sql, value ? value : "NULL");
  sqlite3_finalize(statement);
  return same;
}

static void
test_version(void)
{
  CHECK(strcmp(sqlite3_libversion(), SQLITE_VERSION) == 0);
  CHECK(strcmp(sqlite3_sourceid(), SQLITE_SOURCE_ID) == 0);
  /* The identifier of a check-in ends so if a file of the sources is not what was checked in. */
  CHECK(strstr(sqlite3_sourceid(), "alt1") == NULL);
  CHECK(sqlite3_threadsafe() == 0);
}

static void
test_options(void)
{
  static const char *const options[] = {
      "ENABLE_COLUMN_METADATA", "ENABLE_DBSTAT_VTAB",    "ENABLE_FTS3",  "ENABLE_FTS4",         "ENABLE_FTS5",
      "ENABLE_GEOPOLY",         "ENABLE_MATH_FUNCTIONS", "ENABLE_RTREE", "OMIT_LOAD_EXTENSION",
  };
  for (size_t i = 0; i < sizeof options / sizeof *options; i++)
    CHECK(sqlite3_compileoption_used(options[i]));
}

static void
test_types(sqlite3 *database)
{
  sqlite3_stmt *statement;
  static const unsigned char blob[] = {0, 1, 255};
  run(database, "CREATE TABLE t (i INTEGER PRIMARY KEY, r REAL, s TEXT, b BLOB)");
  CHECK(sqlite3_prepare_v2(database, "INSERT INTO t VALUES (?, ?, ?, ?)", -1, &statement, NULL) == SQLITE_OK);
  sqlite3_bind_int64(statement, 1, INT64_MIN);
  sqlite3_bind_double(statement, 2, 0.1);
  sqlite3_bind_text(statement, 3, "gr\xc3\xbc\xc3\x9f", -1, SQLITE_STATIC);
  sqlite3_bind_blob(statement, 4, blob, sizeof blob, SQLITE_STATIC);
  CHECK(sqlite3_step(statement) == SQLITE_DONE);
  sqlite3_finalize(statement);

  CHECK(sqlite3_prepare_v2(database, "SELECT i, r, s, b FROM t", -1, &statement, NULL) == SQLITE_OK);
  CHECK(strcmp(sqlite3_column_table_name(statement, 1), "t") == 0);
  CHECK(sqlite3_step(statement) == SQLITE_ROW);
  CHECK(sqlite3_column_int64(statement, 0) == INT64_MIN);
  CHECK(sqlite3_column_double(statement, 1) == 0.1);
  CHECK(strcmp((const char *)sqlite3_column_text(statement, 2), "gr\xc3\xbc\xc3\x9f") == 0);
  CHECK(sqlite3_column_bytes(statement, 3) == sizeof blob);
  CHECK(memcmp(sqlite3_column_blob(statement, 3), blob, sizeof blob) == 0);
  CHECK(sqlite3_step(statement) == SQLITE_DONE);
  sqlite3_finalize(statement);
}

static void
test_features(sqlite3 *database)
{
  run(database, "CREATE VIRTUAL TABLE f3 USING fts3(body); INSERT INTO f3 VALUES ('a quick fox')");
  CHECK(gives(database, "SELECT count(*) FROM f3 WHERE f3 MATCH 'quick'", "1"));
  run(database, "CREATE VIRTUAL TABLE f4 USING fts4(body); INSERT INTO f4 VALUES ('a lazy dog')");
  CHECK(gives(database, "SELECT snippet(f4, '[', ']') FROM f4 WHERE f4 MATCH 'lazy'", "a [lazy] dog"));
  run(database, "CREATE VIRTUAL TABLE f5 USING fts5(body); INSERT INTO f5 VALUES ('one'), ('one two')");
  CHECK(gives(database, "SELECT body FROM f5('two OR one') ORDER BY rank", "one two"));
  run(database, "CREATE VIRTUAL TABLE box USING rtree(id, x0, x1, y0, y1); INSERT INTO box VALUES (7, 0, 1, 0, 1)");
  CHECK(gives(database, "SELECT id FROM box WHERE x1 > 0.5 AND y0 < 0.5", "7"));
  run(database, "CREATE VIRTUAL TABLE shape USING geopoly()");
  CHECK(gives(database, "SELECT geopoly_area('[[0,0],[2,0],[2,3],[0,3],[0,0]]')", "6.0"));
  CHECK(gives(database, "SELECT '{\"a\": [1, 2, {\"b\": 3}]}' ->> '$.a[2].b'", "3"));
  CHECK(gives(database, "SELECT printf('%.3f %.1f %d', sin(1), log2(8), ceil(2.5))", "0.841 3.0 3"));
  CHECK(gives(database, "SELECT sum(i) OVER (ORDER BY i) FROM (SELECT 1 AS i UNION SELECT 2) ORDER BY i DESC", "3"));
  CHECK(gives(database, "SELECT datetime(1e9, 'unixepoch')", "2001-09-09 01:46:40"));
  CHECK(gives(database, "SELECT name FROM dbstat WHERE name = 't'", "t"));
}

static void
test_serialize(sqlite3 *database)
{
  sqlite3_int64 size;
  unsigned char *image = sqlite3_serialize(database, "main", &size, 0);
  CHECK(image != NULL && size > 0);
  sqlite3 *copy = open_database(":memory:");
  CHECK(sqlite3_deserialize(copy, "main", image, size, size, SQLITE_DESERIALIZE_FREEONCLOSE) == SQLITE_OK);
  CHECK(gives(copy, "SELECT i FROM t", "-9223372036854775808"));
  sqlite3_close(copy);
}

static void
test_file(void)
{
  static const char name[] = "/tmp/sqlite_test.db";
  unlink(name);
  sqlite3 *database = open_database(name);
  run(database, "CREATE TABLE n (i); WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c LIMIT 20000)"
                " INSERT INTO n SELECT i FROM c");
  run(database, "BEGIN; DELETE FROM n; ROLLBACK");
  CHECK(sqlite3_close(database) == SQLITE_OK);

  database = open_database(name);
  CHECK(gives(database, "SELECT sum(i) FROM n", "200010000"));
  CHECK(gives(database, "PRAGMA integrity_check", "ok"));
  run(database, "VACUUM");
  CHECK(sqlite3_close(database) == SQLITE_OK);
  CHECK(unlink(name) == 0);

  CHECK(sqlite3_open_v2(name, &database, SQLITE_OPEN_READWRITE, NULL) == SQLITE_CANTOPEN);
  sqlite3_close(database);
}

static void
test_errors(sqlite3 *database)
{
  CHECK(sqlite3_exec(database, "SELEC 1", NULL, NULL, NULL) == SQLITE_ERROR);
  CHECK(strcmp(sqlite3_errmsg(database), "near \"SELEC\": syntax error") == 0);
  CHECK(sqlite3_exec(database, "INSERT INTO t (i) SELECT i FROM t", NULL, NULL, NULL) == SQLITE_CONSTRAINT);
  CHECK(sqlite3_extended_errcode(database) == SQLITE_CONSTRAINT_PRIMARYKEY);
  CHECK(sqlite3_exec(database, "SELECT load_extension('x')", NULL, NULL, NULL) == SQLITE_ERROR);
}

int
main(void)
{
  test_version();
  test_options();
  sqlite3 *database = open_database(":memory:");
  test_types(database);
  test_features(database);
  test_serialize(database);
  test_errors(database);
  CHECK(sqlite3_close(database) == SQLITE_OK);
  test_file();
  return 0;
}
