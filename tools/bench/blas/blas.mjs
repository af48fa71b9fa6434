/**
 * Measures BLAS and LAPACK: ours, the native one, and others.
 *
 *     ./bazelw run //tools/bench:blas [-- --quick --only WORD --json FILE --svg FILE --page FILE]
 *
 * Prints tables in Markdown. See docs/blas.md.
 */
import { basename, dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { choose, publish, readOptions, setting } from "../command.mjs";
import { best, compareResults, machine, measure, PLANS, progress } from "../compare.mjs";
import { openBrowser } from "../peers/browser.mjs";
import { openInNode, openNative } from "../peers/peers.mjs";
import { items, rate } from "./operations.mjs";
import { markdown, plot } from "./report.mjs";

const NATIVE = "native OpenBLAS";
const WITHOUT = "numpy without BLAS";

/** Seconds: what takes a peer longer, by its last rate at the same operation, is left out. */
const PATIENCE = 20;

/** The builds of the BLAS in WebAssembly: name to the variable that has its path. */
const BUILDS = { SIMD128: "BLAS_SIMD128", relaxed: "BLAS_RELAXED", OpenBLAS: "BLAS_OPENBLAS" };

/** @param {string} path */
function address(path) {
  return pathToFileURL(path).href;
}

/** @param {string} file of a wheel's repository @returns {string} its site-packages */
function sitePackages(file) {
  return dirname(dirname(file));
}

/**
 * Starts all peers; gives them, their versions, and what ends them.
 *
 * @param {boolean} inBrowser whether there are peers in the browser too
 */
async function openPeers(inBrowser) {
  const [program, lapack] = [setting("PROGRAM"), setting("LAPACK")];
  const builds = Object.entries(BUILDS).flatMap(([name, variable]) => {
    const path = process.env[variable];
    return path ? [{ name, path }] : [];
  });
  const [numpy, scipy] = [sitePackages(setting("NATIVE_NUMPY")), sitePackages(setting("NATIVE_SCIPY"))];
  const suites = dirname(setting("SUITES"));
  const browser = inBrowser
    ? await openBrowser([program, program.replace(/\.mjs$/, ".wasm"), lapack, ...builds.map(({ path }) => path)])
    : undefined;
  /** @type {import("../peers/peers.mjs").Peer[]} */
  const peers = [];
  const close = async () => {
    await Promise.all(peers.map((peer) => peer.close()));
    await browser?.close();
  };
  try {
    for (const { name, path } of builds) {
      // LAPACK is linked to our BLAS; OpenBLAS lacks what it would need.
      const withLapack = name !== "OpenBLAS";
      peers.push(
        await openInNode(`${name}, Node`, "blas.mjs", {
          program: address(program),
          blas: address(path),
          lapack: withLapack ? address(lapack) : undefined,
        }),
      );
      if (browser) {
        peers.push(
          await browser.open(`${name}, Chromium`, "blas.mjs", {
            program: `./${basename(program)}`,
            blas: `./${basename(path)}`,
            lapack: withLapack ? `./${basename(lapack)}` : undefined,
          }),
        );
      }
    }
    peers.push(
      await openInNode(WITHOUT, "python.mjs", {
        release: `${address(setting("TERRARIUM_DIST"))}/`,
        packages: [address(setting("NUMPY_WITHOUT_BLAS"))],
        suites: `${address(suites)}/`,
        suite: "numpy_blas",
      }),
      await openNative(NATIVE, {
        python: setting("NATIVE_PYTHON"),
        path: [numpy, scipy],
        suites,
        suite: "native_blas",
        settings: { calls: setting("NATIVE_CALLS"), site_packages: scipy },
      }),
    );
    const facts = await /** @type {import("../peers/peers.mjs").Peer} */ (peers.at(-1)).ask({ facts: true });
    return {
      peers,
      close,
      versions: { Node: process.versions.node, ...(browser && { Browser: browser.name }), ...facts },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * @param {string} name a peer's
 * @param {import("../compare.mjs").Item} item
 * @param {import("./report.mjs").Measurement[]} measurements so far
 */
function takesPart(name, item, measurements) {
  const kind = item.name.slice(1);
  if (name.startsWith("OpenBLAS") && /^(ge(sv|sdd|ev)|potrf)$/.test(kind)) {
    return false;
  }
  // numpy has the one under no name of its own, makes no triangular systems, and of eigenvectors the right ones alone.
  if (name === WITHOUT && ["axpy", "geev", "trsm"].includes(kind)) {
    return false;
  }
  const before = measurements.findLast((one) => one.name === item.name);
  const growth = before ? rate(item.name, item.size, 1) / rate(item.name, before.size, 1) : 0;
  // What was left out stays so.
  return !before || best(before.times, name) * growth < PATIENCE;
}

async function main() {
  const options = readOptions("blas", "Measures BLAS and LAPACK in WebAssembly and natively, on one core.");
  const plan = { ...PLANS[options.quick ? "quick" : "full"], processorTime: options.processorTime };
  const chosen = choose(items(options.quick), options.only);
  const { peers, close, versions } = await openPeers(!options.processorTime);
  try {
    const advance = progress(chosen.length);
    /** @type {import("./report.mjs").Measurement[]} */
    const measurements = [];
    for (const item of chosen) {
      const present = peers.filter(({ name }) => takesPart(name, item, measurements));
      const times = await measure(present, item, plan);
      measurements.push({ ...item, times });
      await compareResults(
        // It has other numbers.
        present.filter(({ name }) => name !== WITHOUT),
        item,
        /^[sc]/.test(item.name) ? 1e-3 : 1e-8,
      );
      const rates = present.map(({ name }) => rate(item.name, item.size, best(times, name)).toFixed(1));
      advance(`${item.name} ${item.size}: ${rates.join(", ")} GFLOP/s`);
    }
    const report = {
      date: new Date().toISOString().slice(0, 10),
      machine: machine(),
      quick: options.quick,
      processorTime: options.processorTime,
      rounds: plan.rounds,
      versions,
      peers: peers.map(({ name }) => name),
      native: NATIVE,
      measurements,
    };
    publish("blas", options, report, markdown(report), plot(report));
  } finally {
    await close();
  }
}

await main().catch((error) => {
  process.stderr.write(`blas: ${error.message}\n`);
  process.exitCode = 1;
});
