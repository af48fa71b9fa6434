/** Starts peers of a benchmark: processes that stay, and answer one request at a time. */
import { fork, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

/**
 * @typedef {object} Peer
 * @property {string} name
 * @property {(request: import("./answers.mjs").Request) => Promise<any>} ask
 * @property {() => Promise<void>} close
 * @property {number} [pid] Of its process, whose first thread does all that is timed.
 *
 * @typedef {{ answer?: any, error?: string }} Reply
 */

/**
 * @param {string} name
 * @param {Reply} reply
 */
export function content(name, { answer, error }) {
  if (error) {
    throw new Error(`${name}: ${error}`);
  }
  return answer;
}

/**
 * Turns a stream of replies into one for each question.
 *
 * @param {string} name
 */
function conversation(name) {
  /** @type {{ resolve: (reply: Reply) => void, reject: (error: Error) => void } | undefined} */
  let waiting;
  /** @type {string | undefined} */
  let ended;
  return {
    /** @returns {Promise<Reply>} */
    next: () =>
      new Promise((resolve, reject) => {
        if (ended) {
          reject(new Error(`${name} ${ended}`));
        }
        waiting = { resolve, reject };
      }),
    /** @param {Reply} reply */
    receive: (reply) => waiting?.resolve(reply),
    /** @param {string} how */
    end: (how) => {
      ended = how;
      waiting?.reject(new Error(`${name} ${how}`));
    },
  };
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<void>} when it has ended
 */
function stopped(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
    }
    child.once("exit", () => resolve());
    child.kill();
  });
}

/**
 * Ends the process where its peer cannot be made.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @param {() => Promise<Peer>} make
 */
async function opened(child, make) {
  try {
    return await make();
  } catch (error) {
    await stopped(child);
    throw error;
  }
}

/**
 * A peer in a Node of its own.
 *
 * @param {string} name
 * @param {string} module a file of this folder
 * @param {object} settings its own; paths are to be addresses
 * @returns {Promise<Peer>}
 */
export async function openInNode(name, module, settings) {
  const url = pathToFileURL(join(import.meta.dirname, module)).href;
  const child = fork(join(import.meta.dirname, "in_node.mjs"), [url, JSON.stringify(settings)], {
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const talk = conversation(name);
  child.on("error", (error) => talk.end(`cannot be asked: ${error.message}`));
  child.on("message", (reply) => talk.receive(/** @type {Reply} */ (reply)));
  child.on("exit", (code, signal) => talk.end(`ended: ${signal ?? `status ${code}`}`));
  return opened(child, async () => {
    content(name, await talk.next());
    return {
      name,
      ask: async (request) => {
        const reply = talk.next();
        child.send(request);
        return content(name, await reply);
      },
      close: () => stopped(child),
      pid: child.pid,
    };
  });
}

/**
 * A native peer: a suite in the Python of this machine's platform.
 *
 * @param {string} name
 * @param {object} options
 * @param {string} options.python the program
 * @param {string[]} options.path folders with packages
 * @param {string} options.suites the folder with the suites
 * @param {string} options.suite the suite's module
 * @param {object} [options.settings] its own
 * @returns {Promise<Peer>}
 */
export async function openNative(name, { python, path, suites, suite, settings = {} }) {
  const child = spawn(python, ["-B", "-s", join(suites, "native.py"), suite, JSON.stringify(settings)], {
    env: {
      HOME: tmpdir(),
      LANG: "C.UTF-8",
      // The same kernels on every processor that has AVX2, so that ratios mean the same.
      OPENBLAS_CORETYPE: "Haswell",
      OPENBLAS_NUM_THREADS: "1",
      OMP_NUM_THREADS: "1",
      PYTHONPATH: path.join(delimiter),
    },
    stdio: ["pipe", "pipe", 2],
  });
  const talk = conversation(name);
  child.on("error", (error) => talk.end(`does not start: ${error.message}`));
  child.on("exit", (code, signal) => talk.end(`ended: ${signal ?? `status ${code}`}`));
  child.stdin.on("error", () => {});
  createInterface({ input: child.stdout }).on("line", (line) => talk.receive(JSON.parse(line)));
  const ask = async (/** @type {import("./answers.mjs").Request} */ request) => {
    const reply = talk.next();
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return content(name, await reply);
  };
  return opened(child, async () => {
    await ask({ facts: true });
    return { name, ask, close: () => stopped(child), pid: child.pid };
  });
}
