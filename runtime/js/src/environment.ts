/** Where this runs, and how files are fetched there. */

/** What Terrarium uses of Node. */
interface NodeProcess {
  versions?: { node?: string };
  argv: string[];
  env: Record<string, string | undefined>;
  cwd(): string;
  umask?(): number;
  exitCode?: number | string | null | undefined;
}

declare const process: NodeProcess | undefined;
declare const WorkerGlobalScope: (new () => object) | undefined;

/** Node, and what does as Node does. A page of Electron has `process` too, but is a page. */
export const inNode: boolean =
  typeof process === "object" &&
  typeof process.versions?.node === "string" &&
  (process as { type?: string }).type !== "renderer";

export const inWorker: boolean =
  !inNode && typeof WorkerGlobalScope === "function" && globalThis instanceof WorkerGlobalScope;

export const inPage: boolean = !inNode && !inWorker && typeof document === "object";

/** Imports a module of Node, hidden from bundlers for the browser. */
export async function nodeModule<T>(name: string): Promise<T> {
  return (await import(/* webpackIgnore: true */ /* @vite-ignore */ `node:${name}`)) as T;
}

/** Takes back that Emscripten made the exit status of C's program that of the whole Node process. */
export function clearExitCode(status: number | undefined): void {
  if (inNode && process !== undefined && status !== undefined && process.exitCode === status) {
    process.exitCode = undefined;
  }
}

/** What the host takes from the mode of new files, where there is such a thing. */
export function processUmask(): number | undefined {
  return inNode ? process?.umask?.() : undefined;
}

const HAS_SCHEME = /^[a-z][a-z\d+.-]*:/i;

/** The folder as a URL that ends with a slash. In Node a path of the file system is one too. */
export async function folderUrl(folder: string): Promise<string> {
  let url = folder;
  if (inNode && (!HAS_SCHEME.test(folder) || /^[a-z]:[\\/]/i.test(folder))) {
    const { pathToFileURL } = await nodeModule<typeof import("node:url")>("url");
    url = pathToFileURL(folder).href;
  } else if (!HAS_SCHEME.test(folder)) {
    url = new URL(folder, globalThis.location?.href).href;
  }
  return url.endsWith("/") ? url : `${url}/`;
}

/** The file at `url` as a Response. Throws an error that says what to do when it cannot be had. */
export async function fetchFile(
  url: string,
  init?: RequestInit,
  advice = "check that the file is there, and the option indexURL of loadTerrarium()",
): Promise<Response> {
  if (inNode && url.startsWith("file:")) {
    const { readFile } = await nodeModule<typeof import("node:fs/promises")>("fs/promises");
    try {
      return new Response((await readFile(new URL(url))) as Uint8Array<ArrayBuffer>);
    } catch (error) {
      throw new Error(`Cannot read ${url}: ${advice}`, { cause: error });
    }
  }
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    throw new Error(`Cannot fetch ${url}: ${advice}`, { cause: error });
  }
  if (!response.ok) {
    throw new Error(`Cannot fetch ${url}: the server answered ${response.status} ${response.statusText}; ${advice}`);
  }
  return response;
}

export async function fetchBytes(url: string, init?: RequestInit): Promise<Uint8Array> {
  return new Uint8Array(await (await fetchFile(url, init)).arrayBuffer());
}

/** Compiles while the file arrives, where the server says that it is WebAssembly; else when it is there. */
export async function fetchWebAssembly(url: string): Promise<WebAssembly.Module> {
  const response = await fetchFile(url);
  const streaming = typeof WebAssembly.compileStreaming === "function" && response.body !== null;
  if (streaming && response.headers.get("Content-Type")?.split(";")[0]?.trim() === "application/wasm") {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}
