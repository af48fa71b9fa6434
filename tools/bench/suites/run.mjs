/** Runs a suite in Python, in Terrarium and natively: what numpy.mjs and scipy.mjs have in common. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { setting } from "../command.mjs";
import { best, compareResults, machine, measure, PLANS, progress } from "../compare.mjs";
import { openInNode, openNative } from "../peers/peers.mjs";

export const TERRARIUM = "Terrarium";
export const NATIVE = "native";

/**
 * The names of a suite's kernels, in their order.
 *
 * @param {string} source
 */
export function kernelNames(source) {
  return [...source.matchAll(/^@kernel\ndef (\w+)\(/gm)].map(([, name]) => name);
}

/**
 * The kernels of a suite, as what is to be measured.
 *
 * @param {string} suite
 * @param {import("../command.mjs").Options} options
 */
export function kernels(suite, { quick }) {
  const source = readFileSync(join(dirname(setting("SUITES")), `${suite}.py`), "utf8");
  return kernelNames(source).map((name) => ({ name, size: quick ? 0 : 1 }));
}

/** @param {string} path */
export function address(path) {
  return pathToFileURL(path).href;
}

/**
 * A suite in Terrarium, in Node.
 *
 * @param {string} name of the peer
 * @param {string} suite
 * @param {Omit<import("../peers/python.mjs").Settings, "release" | "suites" | "suite">} packages
 */
export function openTerrarium(name, suite, packages) {
  return openInNode(name, "python.mjs", {
    release: `${address(setting("TERRARIUM_DIST"))}/`,
    suites: `${address(dirname(setting("SUITES")))}/`,
    suite,
    ...packages,
  });
}

/**
 * The same natively, with the packages of some wheels.
 *
 * @param {string} suite
 * @param {string[]} files the __init__.py of each package
 */
export function openMachine(suite, files) {
  return openNative(NATIVE, {
    python: setting("NATIVE_PYTHON"),
    path: files.map((file) => dirname(dirname(file))),
    suites: dirname(setting("SUITES")),
    suite,
  });
}

/**
 * @param {import("../peers/peers.mjs").Peer[]} peers
 * @param {{ item: import("../compare.mjs").Item, peers: import("../peers/peers.mjs").Peer[] }[]} chosen
 * @param {import("../command.mjs").Options} options
 * @returns {Promise<import("./report.mjs").Report>}
 */
export async function runSuite(peers, chosen, { quick, processorTime }) {
  const plan = { ...PLANS[quick ? "quick" : "full"], processorTime };
  const advance = progress(chosen.length);
  const measurements = [];
  for (const { item, peers: present } of chosen) {
    const times = await measure(present, item, plan);
    await compareResults(present, item, 1e-4);
    measurements.push({ ...item, times });
    const shown = present.map(({ name }) => `${name} ${(1e3 * best(times, name)).toPrecision(3)}`);
    advance(`${item.name}${item.size > 1 ? ` ${item.size}` : ""}: ${shown.join(", ")} ms`);
  }
  /** @type {Record<string, string>} */
  const versions = { Node: process.versions.node };
  for (const peer of peers) {
    for (const [name, version] of Object.entries(await peer.ask({ facts: true }))) {
      versions[name] ??= version;
      if (versions[name] !== version) {
        throw new Error(`${peer.name} has ${name} ${version}, another ${versions[name]}: lock the same`);
      }
    }
  }
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    quick,
    processorTime,
    rounds: plan.rounds,
    versions,
    measurements,
  };
}
