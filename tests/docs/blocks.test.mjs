/** How code is found in a guide. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { files, pages, programs, readGuide } from "./blocks.mjs";

const folder = mkdtempSync(join(tmpdir(), "blocks-"));
after(() => rmSync(folder, { recursive: true }));

/** Reads a guide of these lines, in which ''' stands for the backquotes. */
function read(...lines) {
  const path = join(folder, "guide.md");
  writeFileSync(path, `${lines.join("\n")}\n`.replaceAll("'''", "```"));
  return readGuide(path);
}

test("the blocks of a section that run are one program, with what they print", () => {
  const [before, section] = read(
    "# A",
    "## B",
    "'''js run",
    "one();",
    "'''",
    "'''text",
    "1",
    "'''",
    "'''js run",
    "two();",
    "'''",
    "'''text",
    "2",
    "'''",
  );
  assert.deepEqual(before.blocks, []);
  assert.equal(section.title, "B");
  assert.deepEqual(programs(section), [{ line: 3, name: "example.mjs", text: "one();\ntwo();\n", expected: "1\n2\n" }]);
});

test("a file that runs is a program of its own; other files are beside both", () => {
  const [, section] = read(
    "## B",
    "'''js run file=a.cjs",
    "a",
    "'''",
    "'''text",
    "1",
    "'''",
    "'''js file=b.mjs",
    "b",
    "'''",
  );
  assert.deepEqual(programs(section), [{ line: 2, name: "a.cjs", text: "a\n", expected: "1\n" }]);
  assert.deepEqual(files(section), { "b.mjs": "b\n" });
});

test("a page has the text after it", () => {
  const [, section] = read(
    "## B",
    "'''js run",
    "x",
    "'''",
    "'''html page=p.html",
    "<p>",
    "'''",
    "'''text",
    "shown",
    "'''",
  );
  assert.deepEqual(pages(section), [{ line: 5, name: "p.html", text: "<p>\n", expected: "shown\n" }]);
  assert.equal(programs(section)[0].expected, "");
  assert.throws(() => pages(read("## B", "'''html page=p.html", "'''")[1]), /line 2: no block of text/);
});

test("a block that says not what it is, is indented or has no end is refused", () => {
  for (const info of ["", "js", "js run fast", "ruby", "constructor", "text run", "html"]) {
    assert.throws(() => read(`'''${info}`, "'''"), /line 1: .* is no kind of block/, info);
  }
  assert.throws(() => read("1. x", "   '''js run", "   '''"), /line 2: a block must start at the margin/);
  assert.throws(() => read("'''text"), /line 1: the block has no end/);
});
