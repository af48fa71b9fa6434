/**
 * What every peer in JavaScript does: answers requests about calls to be timed.
 *
 * Requests and answers are those of suites/suite.py: {prepare, size}, then {time: COUNT} gives seconds, {result: true}
 * numbers that tell what was computed, {facts: true} versions.
 *
 * @typedef {{ prepare: string, size: number } | { time: number } | { result: true } | { facts: true }} Request
 *
 * @typedef {object} Suite
 * @property {(name: string, size: number) => unknown} prepare
 * @property {(count: number) => number | Promise<number>} time
 * @property {() => number[] | Promise<number[]>} result
 * @property {() => Record<string, string>} facts
 */

/**
 * @param {Suite} suite
 * @param {Request} request
 * @returns {Promise<unknown>}
 */
export async function answer(suite, request) {
  if ("prepare" in request) {
    return (await suite.prepare(request.prepare, request.size)) ?? null;
  }
  if ("time" in request) {
    return suite.time(request.time);
  }
  return "result" in request ? suite.result() : suite.facts();
}

/**
 * The bytes at an address, in Node and in a browser.
 *
 * @param {string} url
 * @returns {Promise<Uint8Array>}
 */
export async function readBytes(url) {
  if (url.startsWith("file:")) {
    const { readFile } = await import("node:fs/promises");
    return readFile(new URL(url));
  }
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url}: ${response.status}`);
  }
  return new Uint8Array(await response.arrayBuffer());
}
