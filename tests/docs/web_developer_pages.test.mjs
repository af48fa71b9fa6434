/** The pages in docs/web-developer.md: each is opened, and shows what the guide says. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { inPage, LOADING } from "../browser/support.mjs";
import { files, pages, readGuide } from "./blocks.mjs";

const { GUIDE = "", TERRARIUM_DIST = "" } = process.env;
const sections = readGuide(GUIDE);
const folder = mkdtempSync(join(tmpdir(), "guide-"));
after(() => rmSync(folder, { recursive: true }));

for (const [number, section] of sections.entries()) {
  for (const { line, name, text, expected } of pages(section)) {
    // A folder of its own: the same name may stand for another file elsewhere in the guide.
    const place = join(folder, `${number}-${line}`);
    mkdirSync(place);
    symlinkSync(resolve(TERRARIUM_DIST), join(place, "terrarium"));
    for (const [file, content] of Object.entries({ ...files(section), [name]: text })) {
      writeFileSync(join(place, file), content);
    }
    test(
      `${section.title}: ${name}, line ${line}`,
      inPage({ folder: place }, async ({ page, site, messages }) => {
        await page.goto(site.url + name);
        // biome-ignore lint/performance/useDomNodeTextContent: what is to be seen, which scripts are not
        const shown = () => page.locator("body").innerText();
        // What fails is on the console, and the page shows nothing.
        for (const end = Date.now() + LOADING; Date.now() < end && messages.length === 0; ) {
          if ((await shown()).trim() === expected.trim()) {
            break;
          }
          await new Promise((done) => setTimeout(done, 100));
        }
        assert.deepEqual(messages, []);
        assert.equal((await shown()).trim(), expected.trim());
      }),
    );
  }
}

test("there are some", () => {
  assert.ok(sections.flatMap(pages).length > 3);
});
