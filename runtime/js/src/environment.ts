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

/** The file as an absolute URL. In Node a path of the file system is one too; elsewhere the page or worker is the base. */
export async function fileUrl(file: string): Promise<string> {
  if (inNode && (!HAS_SCHEME.test(file) || /^[a-z]:[\\/]/i.test(file))) {
    const { pathToFileURL } = await nodeModule<typeof import("node:url")>("url");
    return pathToFileURL(file).href;
  }
  return HAS_SCHEME.test(file) ? file : new URL(file, globalThis.location?.href).href;
}

/** The same of a folder, with a slash at its end. */
export async function folderUrl(folder: string): Promise<string> {
  const url = await fileUrl(folder);
  return url.endsWith("/") ? url : `${url}/`;
}

const ADVICE = "check that the file is there, and the option indexURL of loadTerrarium()";

/** The file at `url` as a Response. Throws an error that says what to do when it cannot be had. */
export async function fetchFile(url: string, init?: RequestInit, advice = ADVICE): Promise<Response> {
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

export async function fetchBytes(url: string, init?: RequestInit, advice = ADVICE): Promise<Uint8Array> {
  const response = await fetchFile(url, init, advice);
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new Error(`Cannot fetch ${url}: it broke off; ${advice}`, { cause: error });
  }
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
