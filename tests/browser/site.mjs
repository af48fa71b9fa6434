/** A web server on loopback for one folder, which remembers what it was asked for. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
// What `./bazelw run //dist:serve` sends too. With these headers a page may share memory with its workers.
import serving from "../../dist/serving.json" with { type: "json" };

/** @type {Record<string, string>} */
const MEDIA_TYPES = serving.mediaTypes;

/**
 * @typedef {object} SiteOptions
 * @property {string} [folder] The folder to serve.
 * @property {Record<string, string>} [pages] Further files, name to text, which come before those of the folder.
 * @property {string[]} [missing] Names of files that are answered with 404 although they are there.
 * @property {string} [cacheControl] The header Cache-Control of all answers; "no-store" by default.
 *
 * @typedef {object} Request
 * @property {string} name The file's name, from the root of the site.
 * @property {number} status The status of the answer: 200, 304 when the browser had it, or 404.
 * @property {Buffer} body The file.
 *
 * @typedef {object} Site
 * @property {string} url Its address, with a slash at the end.
 * @property {Request[]} requests What it was asked for so far, in order.
 * @property {() => Promise<void>} close Stops it.
 */

/**
 * Starts a server on a free port of 127.0.0.1.
 *
 * @param {SiteOptions} options
 * @returns {Promise<Site>}
 */
export async function startSite({ folder, pages = {}, missing = [], cacheControl = "no-store" }) {
  /** @type {Request[]} */
  const requests = [];

  /** @param {string} name @returns {Promise<Buffer | undefined>} */
  async function find(name) {
    if (missing.includes(name)) {
      return undefined;
    }
    if (Object.hasOwn(pages, name)) {
      return Buffer.from(pages[name]);
    }
    const path = folder && join(folder, name);
    if (!path?.startsWith(folder + sep)) {
      return undefined;
    }
    return readFile(path).catch(() => undefined);
  }

  const server = createServer(async (request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? "/", "http://site").pathname).slice(1);
    // Browsers ask for it of their own accord.
    if (name === "favicon.ico") {
      response.writeHead(204).end();
      return;
    }
    const body = await find(name);
    for (const [header, value] of Object.entries(serving.headers)) {
      response.setHeader(header, value);
    }
    response.setHeader("Cache-Control", cacheControl);
    if (!body) {
      requests.push({ name, status: 404, body: Buffer.alloc(0) });
      response.writeHead(404, { "Content-Type": "text/plain" }).end(`There is no ${name} here.\n`);
      return;
    }
    const tag = `"${createHash("sha256").update(body).digest("base64url")}"`;
    const status = request.headers["if-none-match"] === tag ? 304 : 200;
    requests.push({ name, status, body });
    response.setHeader("ETag", tag);
    if (status === 304) {
      response.writeHead(304).end();
      return;
    }
    response.writeHead(200, {
      "Content-Type": MEDIA_TYPES[extname(name)] ?? "application/octet-stream",
      "Content-Length": body.length,
    });
    response.end(request.method === "HEAD" ? undefined : body);
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(undefined));
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
