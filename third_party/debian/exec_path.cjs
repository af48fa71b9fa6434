// Loaded before anything else by every start of this Node. Node takes itself for the program that the kernel started,
// and that is the loader of the C library: corrected here, so that what starts Node again (child_process.fork,
// cluster, the test runner) starts the wrapper, whose absolute path the wrapper gives as argv0.
"use strict";

const loader = process.execPath;
process.execPath = process.argv0;
if (process.argv[0] === loader) process.argv[0] = process.argv0;

// The wrapper's own --require, which comes first: a child gets it from its wrapper again.
if (process.execArgv[0] === "--require" && process.execArgv[1].endsWith("/libexec/exec_path.cjs")) {
  process.execArgv.splice(0, 2);
}
