// Runs the program that is its first argument, with the others.
const path = require("node:path");

const [program, ...rest] = process.argv.slice(2);
process.argv.splice(1, process.argv.length, program, ...rest);
require(path.resolve(program));
