/**
 * Measures SciPy in Terrarium beside native SciPy.
 *
 *     ./bazelw run //tools/bench:scipy [-- --quick --only WORD --json FILE --svg FILE --page FILE]
 *
 * Prints a table in Markdown. See docs/scipy.md.
 */
import { choose, publish, readOptions, setting } from "./command.mjs";
import { heading, picture, ratioPanel, ratioTable } from "./suites/report.mjs";
import { kernels, NATIVE, openMachine, openTerrarium, runSuite, TERRARIUM } from "./suites/run.mjs";

const SUITE = "scipy_workloads";

async function main() {
  const options = readOptions("scipy", "Measures SciPy in Terrarium and natively, on one core.");
  const chosen = choose(kernels(SUITE, options), options.only);
  /** @type {import("./peers/peers.mjs").Peer[]} */
  const peers = [];
  try {
    peers.push(await openTerrarium(TERRARIUM, SUITE, { packages: ["scipy"] }));
    peers.push(await openMachine(SUITE, [setting("NATIVE_NUMPY"), setting("NATIVE_SCIPY")]));
    const report = await runSuite(
      peers,
      chosen.map((item) => ({ item, peers })),
      options,
    );
    publish(
      "scipy",
      options,
      report,
      `${heading(report)}\n\n${ratioTable(report.measurements, TERRARIUM, NATIVE)}\n`,
      picture(report, [ratioPanel("Times over native SciPy's", report.measurements, TERRARIUM, NATIVE)], [TERRARIUM]),
    );
  } finally {
    await Promise.all(peers.map((peer) => peer.close()));
  }
}

await main().catch((error) => {
  process.stderr.write(`scipy: ${error.message}\n`);
  process.exitCode = 1;
});
