/** Takes the times of the same call by several peers, in turn. */
import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/**
 * What is measured.
 *
 * @typedef {object} Item
 * @property {string} name
 * @property {number} size
 *
 * @typedef {object} Plan How it is measured.
 * @property {number} rounds How often each peer's time is taken.
 * @property {number} sample Seconds that one of these takes at least.
 * @property {number} warm Seconds of calls before, which are not counted: V8 compiles what is called often once more.
 * @property {boolean} [processorTime] Whether the time that counts is that of the processor, of the peer's thread: what else
 *     the machine does is not in it. Each peer must be a process.
 *
 * @typedef {Record<string, number[]>} Times Peer to the seconds of one call, once for each round.
 */

/** For figures, and to try out whether all works. @type {Record<string, Plan>} */
export const PLANS = {
  full: { rounds: 7, sample: 0.05, warm: 0.5 },
  quick: { rounds: 2, sample: 0.002, warm: 0.002 },
};

/** @param {number} pid @returns {number} seconds that the first thread of a process has run */
function secondsRun(pid) {
  return Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e9;
}

/**
 * @param {import("./peers/peers.mjs").Peer} peer
 * @param {number} count of calls
 * @param {Plan} plan
 * @returns {Promise<number>} the seconds that they take
 */
async function time(peer, count, { processorTime }) {
  if (!processorTime) {
    return peer.ask({ time: count });
  }
  if (!peer.pid) {
    throw new TypeError(`${peer.name} is no process, so that its processor time is not known: measure without it`);
  }
  const before = secondsRun(peer.pid);
  await peer.ask({ time: count });
  return secondsRun(peer.pid) - before;
}

/**
 * @param {import("./peers/peers.mjs").Peer} peer
 * @param {Plan} plan
 * @returns {Promise<number>} how many calls make a sample
 */
async function warmUp(peer, plan) {
  const { sample, warm } = plan;
  let [count, spent] = [1, 0];
  for (;;) {
    const seconds = await time(peer, count, plan);
    spent += seconds;
    if (seconds < sample) {
      // Not more than eightfold: the first calls are slower than those that come.
      count = Math.ceil(count * Math.min(8, Math.max(1.2, (1.2 * sample) / Math.max(seconds, 1e-6))));
    } else if (spent >= warm) {
      return count;
    }
  }
}

/**
 * @param {import("./peers/peers.mjs").Peer[]} peers
 * @param {Item} item
 * @param {Plan} plan
 * @returns {Promise<Times>}
 */
export async function measure(peers, { name, size }, plan) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const peer of peers) {
    await peer.ask({ prepare: name, size });
    counts.set(peer.name, await warmUp(peer, plan));
  }
  /** @type {Times} */
  const times = Object.fromEntries(peers.map((peer) => [peer.name, []]));
  for (let round = 0; round < plan.rounds; round++) {
    // Each round begins with another, so that none always comes after the same.
    for (let turn = 0; turn < peers.length; turn++) {
      const peer = peers[(round + turn) % peers.length];
      const count = counts.get(peer.name) ?? 1;
      times[peer.name].push((await time(peer, count, plan)) / count);
    }
  }
  return times;
}

/**
 * Makes sure that what peers say of their results is the same: what is wrong is not to be measured. They say little, as a
 * mean of sizes, so this finds what is not computed at all or with other operands; that results are right is for tests.
 *
 * @param {import("./peers/peers.mjs").Peer[]} peers for which `item` is prepared
 * @param {Item} item
 * @param {number} tolerance of each number, relative to the larger of the two
 */
export async function compareResults(peers, { name, size }, tolerance) {
  const results = [];
  for (const peer of peers) {
    results.push({ peer, numbers: await peer.ask({ result: true }) });
  }
  const expected = results.at(-1)?.numbers ?? [];
  for (const { peer, numbers } of results) {
    const same =
      numbers.length === expected.length &&
      numbers.every((/** @type {number} */ number, /** @type {number} */ index) => {
        const scale = Math.max(1e-9, Math.abs(number), Math.abs(expected[index]));
        return Math.abs(number - expected[index]) <= tolerance * scale;
      });
    if (!same) {
      throw new Error(
        `${name} of size ${size}: ${peer.name} computes ${numbers}, ${results.at(-1)?.peer.name} ${expected}: ` +
          "find out which of them is wrong",
      );
    }
  }
}

/** @param {number[]} values above 0, at least one */
export function geometricMean(values) {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** @param {Times} times @param {string} peer the best of a peer's times; NaN if it has none */
export function best(times, peer) {
  return times[peer]?.length ? Math.min(...times[peer]) : Number.NaN;
}

/** What this machine is, for people. */
export function machine() {
  const [processor] = cpus();
  return `${cpus().length} × ${processor.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}

/** @param {number} seconds */
function duration(seconds) {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

/**
 * Says on standard error how far a run is: a line for each item.
 *
 * @param {number} count of all items
 * @param {() => number} now milliseconds
 */
export function progress(
  count,
  now = () => performance.now(),
  say = (/** @type {string} */ text) => process.stderr.write(text),
) {
  const start = now();
  let done = 0;
  /** @param {string} text about the item that is done */
  return (text) => {
    done++;
    const left = (((now() - start) / 1000) * (count - done)) / done;
    say(`${done} of ${count}: ${text}${done < count ? `; about ${duration(left)} left` : ""}\n`);
  };
}
