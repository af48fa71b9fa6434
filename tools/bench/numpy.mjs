/**
 * Measures numpy in Terrarium beside native numpy and, for products of matrices, beside the build without BLAS.
 *
 *     ./bazelw run //tools/bench:numpy [-- --quick --only WORD --json FILE --svg FILE --page FILE]
 *
 * Prints tables in Markdown. See docs/numpy.md.
 */
import { choose, publish, readOptions, setting } from "./command.mjs";
import { MATMUL, markdown, plot, WITHOUT } from "./numpy_report.mjs";
import { address, kernels, openMachine, openTerrarium, runSuite, TERRARIUM } from "./suites/run.mjs";

const SUITE = "numpy_kernels";

const SIZES = [64, 128, 256, 512, 1024];

async function main() {
  const options = readOptions("numpy", "Measures numpy in Terrarium and natively, on one core.");
  const items = [
    ...kernels(SUITE, options),
    ...(options.quick ? SIZES.slice(0, 2) : SIZES).map((size) => ({ name: MATMUL, size })),
  ];
  const chosen = choose(items, options.only);
  /** @type {import("./peers/peers.mjs").Peer[]} */
  const peers = [];
  try {
    peers.push(await openTerrarium(TERRARIUM, SUITE, { packages: ["numpy"] }));
    peers.push(await openTerrarium(WITHOUT, SUITE, { packages: [address(setting("NUMPY_WITHOUT_BLAS"))] }));
    peers.push(await openMachine(SUITE, [setting("NATIVE_NUMPY")]));
    const report = await runSuite(
      peers,
      chosen.map((item) => ({ item, peers: peers.filter(({ name }) => item.name === MATMUL || name !== WITHOUT) })),
      options,
    );
    publish("numpy", options, report, markdown(report), plot(report));
  } finally {
    await Promise.all(peers.map((peer) => peer.close()));
  }
}

await main().catch((error) => {
  process.stderr.write(`numpy: ${error.message}\n`);
  process.exitCode = 1;
});
