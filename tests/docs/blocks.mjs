/**
 * The code in a guide: fenced blocks, whose first line says what is to be done with each.
 *
 *     ```js run             part of its section's program, an ES module that runs in Node
 *     ```js fragment        what only has to be JavaScript
 *     ```js file=NAME       a file that other blocks of the section use; also ```html and ```py
 *     ```js run file=NAME   a file that is run in Node by itself
 *     ```html page=NAME     a page to open in a browser
 *     ```python             what only has to be Python, with `await` at the top level if need be
 *     ```text               what the program or page before it prints or shows
 *     ```json               what only has to be JSON
 *     ```sh, ```http        for readers alone
 *
 * A section reaches from one heading of the second level to the next.
 */
import { readFileSync } from "node:fs";

/**
 * @typedef {object} Block
 * @property {number} line Of the fence, from 1.
 * @property {string} language
 * @property {boolean} run
 * @property {string} [file]
 * @property {string} [page]
 * @property {string} text
 *
 * @typedef {object} Section
 * @property {string} title
 * @property {Block[]} blocks
 */

/** What may stand in the first line, by language. */
const WORDS = {
  html: /^(file|page)=\S+$/,
  http: /^$/,
  js: /^(run|fragment|(run )?file=\S+)$/,
  json: /^$/,
  py: /^file=\S+$/,
  python: /^$/,
  sh: /^$/,
  text: /^$/,
};

/**
 * Reads a guide.
 *
 * @param {string} path
 * @returns {Section[]}
 * @throws {Error} when a block does not say what it is, or has no end
 */
export function readGuide(path) {
  const sections = [{ title: "", blocks: /** @type {Block[]} */ ([]) }];
  /** @type {Block | undefined} */
  let open;
  for (const [index, line] of readFileSync(path, "utf8").split("\n").entries()) {
    if (open) {
      if (line === "```") {
        open = undefined;
      } else {
        open.text += `${line}\n`;
      }
    } else if (line.startsWith("## ")) {
      sections.push({ title: line.slice(3), blocks: [] });
    } else if (line.startsWith("```")) {
      open = readFence(line.slice(3), index + 1);
      sections[sections.length - 1].blocks.push(open);
    } else if (/^\s+```/.test(line)) {
      throw new Error(`line ${index + 1}: a block must start at the margin, or no test finds it`);
    }
  }
  if (open) {
    throw new Error(`line ${open.line}: the block has no end`);
  }
  return sections;
}

/**
 * @param {string} info what follows the three backquotes
 * @param {number} line
 * @returns {Block}
 */
function readFence(info, line) {
  const [language, ...words] = info.split(" ");
  const allowed = new Map(Object.entries(WORDS)).get(language);
  if (!allowed?.test(words.join(" "))) {
    throw new Error(`line ${line}: '${info}' is no kind of block: tests/docs/blocks.mjs has the kinds`);
  }
  const named = Object.fromEntries(words.filter((word) => word.includes("=")).map((word) => word.split("=")));
  return { line, language, run: words.includes("run"), ...named, text: "" };
}

/**
 * A program or page of a section, and what it is to print or show.
 *
 * @typedef {object} Example
 * @property {number} line
 * @property {string} name Of its file.
 * @property {string} text
 * @property {string} expected
 */

/**
 * The programs of a section: its `js run` blocks as one, and each that is a file and run by itself. The blocks of text
 * belong to the block that was run before them.
 *
 * @param {Section} section
 * @returns {Example[]}
 */
export function programs({ blocks }) {
  /** @type {Example | undefined} */
  let shared;
  /** @type {Example[]} */
  const found = [];
  /** @type {Example | undefined} */
  let last;
  for (const block of blocks) {
    if (block.run && block.file) {
      last = { line: block.line, name: block.file, text: block.text, expected: "" };
      found.push(last);
    } else if (block.run) {
      if (!shared) {
        shared = { line: block.line, name: "example.mjs", text: "", expected: "" };
        found.push(shared);
      }
      shared.text += block.text;
      last = shared;
    } else if (block.page) {
      last = undefined;
    } else if (block.language === "text" && last) {
      last.expected += block.text;
    }
  }
  return found;
}

/**
 * The pages of a section. The next block of text is what a page shows in the end.
 *
 * @param {Section} section
 * @returns {Example[]}
 */
export function pages({ blocks }) {
  return blocks.flatMap((block, index) => {
    if (!block.page) {
      return [];
    }
    const shown = blocks.slice(index + 1).find(({ language }) => language === "text");
    if (!shown) {
      throw new Error(`line ${block.line}: no block of text says what the page ${block.page} shows`);
    }
    return [{ line: block.line, name: block.page, text: block.text, expected: shown.text }];
  });
}

/**
 * The files that the examples of a section use, by name.
 *
 * @param {Section} section
 * @returns {Record<string, string>}
 */
export function files({ blocks }) {
  return Object.fromEntries(blocks.flatMap(({ file, run, text }) => (file && !run ? [[file, text]] : [])));
}
