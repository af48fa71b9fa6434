/** What a page fetches, in bytes. */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/**
 * @typedef {object} FileSize
 * @property {string} name
 * @property {number} raw Bytes.
 * @property {number} gzip Bytes after gzip at its highest level.
 * @property {number} brotli Bytes after Brotli at its highest level, which is what a server can send.
 */

/**
 * @param {{ name: string, body: Buffer }[]} requests
 * @returns {Promise<FileSize[]>} each file once, the largest first
 */
export async function measureSizes(requests) {
  const files = new Map(requests.map(({ name, body }) => [name, body]));
  const sizes = await Promise.all(
    [...files].map(async ([name, body]) => {
      const [zipped, packed] = await Promise.all([
        promisify(gzip)(body, { level: constants.Z_BEST_COMPRESSION }),
        promisify(brotliCompress)(body, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
            [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
          },
        }),
      ]);
      return { name, raw: body.length, gzip: zipped.length, brotli: packed.length };
    }),
  );
  return sizes.sort((a, b) => b.raw - a.raw || a.name.localeCompare(b.name));
}
