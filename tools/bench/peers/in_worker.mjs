// A peer in a worker of a page: the first message is { module, settings }, each other one a request.
import { answer } from "./answers.mjs";

/** @type {import("./answers.mjs").Suite | undefined} */
let suite;

/** @param {any} message */
async function take(message) {
  if (suite) {
    return answer(suite, message);
  }
  const { openSuite } = await import(message.module);
  suite = await openSuite(message.settings);
  return null;
}

self.onmessage = async ({ data }) => {
  try {
    self.postMessage({ answer: await take(data) });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
