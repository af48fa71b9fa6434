// A peer in a process of its own: in_node.mjs MODULE SETTINGS. MODULE's `openSuite(settings)` gives what is measured.
import { answer } from "./answers.mjs";

const [module, settings] = process.argv.slice(2);

/** @param {() => Promise<unknown>} make */
async function reply(make) {
  try {
    process.send?.({ answer: await make() });
  } catch (error) {
    process.send?.({ error: error instanceof Error ? error.message : String(error) });
  }
}

/** @type {import("./answers.mjs").Suite} */
let suite;
await reply(async () => {
  const { openSuite } = await import(module);
  suite = await openSuite(JSON.parse(settings));
  return null;
});
process.on("message", (request) => reply(() => answer(suite, /** @type {any} */ (request))));
