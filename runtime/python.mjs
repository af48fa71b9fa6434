// Starts the command line of the release that TERRARIUM_DIST names.
import { pathToFileURL } from "node:url";

await import(pathToFileURL(`${process.env.TERRARIUM_DIST}/cli.mjs`).href);
