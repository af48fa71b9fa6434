/** The code in docs/web-developer.md: what runs in Node is run, and prints what the guide says; the rest is parsed. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { files, programs, readGuide } from "./blocks.mjs";

const { GUIDE = "", TERRARIUM_DIST = "" } = process.env;
const dist = resolve(TERRARIUM_DIST);
const sections = readGuide(GUIDE);
const folder = mkdtempSync(join(tmpdir(), "guide-"));
after(() => rmSync(folder, { recursive: true }));

/**
 * Runs a command of Node in `cwd`.
 *
 * @param {string} cwd
 * @param {string[]} args
 */
function node(cwd, ...args) {
  return spawnSync(process.execPath, args, { cwd, encoding: "utf8", env: { ...process.env, NODE_OPTIONS: "" } });
}

/**
 * A folder as the guide has it: the release beside the user's files, and installed as a package.
 *
 * @param {string} name
 * @param {Record<string, string>} content
 */
function layOut(name, content) {
  const place = join(folder, name);
  mkdirSync(join(place, "node_modules"), { recursive: true });
  symlinkSync(dist, join(place, "terrarium"));
  symlinkSync(dist, join(place, "node_modules", "terrarium"));
  for (const [file, text] of Object.entries(content)) {
    writeFileSync(join(place, file), text);
  }
  return place;
}

describe("examples that run in Node", () => {
  for (const [number, section] of sections.entries()) {
    for (const { line, name, text, expected } of programs(section)) {
      test(`${section.title}: line ${line}`, () => {
        const place = layOut(`${number}-${line}`, { ...files(section), [name]: text });
        const { status, stdout, stderr } = node(place, name);
        assert.equal(stderr, "");
        assert.equal(stdout, expected);
        assert.equal(status, 0);
      });
    }
  }

  test("there are some", () => {
    assert.ok(sections.flatMap(programs).length > 5);
  });
});

describe("what is only parsed", () => {
  /** @type {any} */
  let python;
  before(async () => {
    const { loadTerrarium } = await import(pathToFileURL(join(dist, "pyodide.mjs")).href);
    python = await loadTerrarium();
    python.runPython("import ast");
  });

  for (const { title, blocks } of sections) {
    for (const { line, language, text, run, page, file } of blocks) {
      const name = `${title}: ${language} of line ${line}`;
      if (language === "js" && !run) {
        test(name, () => {
          const script = join(folder, `fragment-${line}${file?.endsWith(".js") ? ".cjs" : ".mjs"}`);
          writeFileSync(script, text);
          const { status, stderr } = node(folder, "--check", script);
          assert.equal(status, 0, stderr);
        });
      } else if (language === "python" || language === "py") {
        test(name, () => {
          python.globals.set("source", text);
          python.runPython("compile(source, '<guide>', 'exec', ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)");
        });
      } else if (language === "json") {
        test(name, () => JSON.parse(text));
      } else if (language === "html" && page) {
        test(name, () => assert.match(text, /^<!doctype html>/));
      }
    }
  }
});
