/** loadPackage: the packages of pyodide-lock.json, and wheels at addresses. */

import type { EmscriptenModule } from "./emscripten.js";
import { fetchBytes, fetchFile, fileUrl } from "./environment.js";
import { hasFeature } from "./features.js";
import { forgetLibraries, loadLibrary, settleWeakSymbols, shareLibraries } from "./libraries.js";
import { abiVersion } from "./version.js";

/** A file that takes a package's place in engines that have a feature of WebAssembly. */
export interface PackageVariant {
  /** As WebAssembly's proposals are called: `relaxed-simd`. */
  feature: string;
  file_name: string;
  sha256: string;
}

/** A package in the lock file. */
export interface LockedPackage {
  name: string;
  version: string;
  file_name: string;
  install_dir: string;
  sha256: string;
  package_type: string;
  imports: string[];
  depends: string[];
  /** The first whose feature the engine has is loaded. Loaders that do not know of it load the package's own file. */
  variants?: PackageVariant[];
}

/** pyodide-lock.json. */
export interface Lockfile {
  info: { abi_version: string; arch: string; platform: string; python: string };
  packages: Record<string, LockedPackage>;
}

export interface LoadPackageOptions {
  /** Gets a sentence about what is done; console.log by default. */
  messageCallback?: (message: string) => void;
  errorCallback?: (message: string) => void;
  /** Whether the SHA-256 of the lock file is looked at; true by default. */
  checkIntegrity?: boolean;
}

/** What loadPackage tells of each package. */
export interface PackageData {
  name: string;
  version: string;
  fileName: string;
  packageType: string;
}

/** What is to be fetched. */
interface Task {
  name: string;
  url: string;
  fileName: string;
  version: string;
  packageType: string;
  installDir: string;
  sha256: string | undefined;
  /** What loadedPackages says. */
  channel: string;
}

/** What this needs of Python: functions of `_terrarium/packages.py`. */
export interface PackageHelpers {
  checkTags(fileName: string): void;
  install(data: Uint8Array, fileName: string, sha256: string | undefined, installDir: string): string[];
  keep(): void;
  rollBack(): string[];
  missingImports(code: string): string[];
}

const IS_URL = /^[a-z][a-z\d+.-]*:|^\.{0,2}\/|\.whl$/i;

/** The name as the lock file's keys have it. */
function normalize(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

export class Packages {
  readonly loaded: Record<string, string> = {};
  lockfile: Lockfile | undefined;
  private readonly lock: Promise<Lockfile>;
  /** Calls wait for each other: two that need the same package must not both fetch it. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly module: EmscriptenModule,
    private readonly helpers: PackageHelpers,
    lockfile: Promise<Lockfile>,
    readonly baseUrl: string,
  ) {
    shareLibraries(module);
    this.lock = lockfile.then((lock) => {
      this.lockfile = lock;
      return lock;
    });
    // Who loads no package needs no lock file.
    this.lock.catch(() => {});
  }

  load(names: string[], options: LoadPackageOptions): Promise<PackageData[]> {
    const result = this.last.then(() => this.loadNow(names, options));
    this.last = result.catch(() => {});
    return result;
  }

  async loadImports(code: string, options: LoadPackageOptions): Promise<PackageData[]> {
    const missing = this.helpers.missingImports(code);
    if (missing.length === 0) {
      return [];
    }
    const byImport = new Map<string, string>();
    for (const [name, { imports }] of Object.entries((await this.lock).packages)) {
      for (const module of imports) {
        byImport.set(module.split(".")[0] as string, name);
      }
    }
    const names = missing.map((module) => byImport.get(module)).filter((name) => name !== undefined);
    return names.length === 0 ? [] : this.load([...new Set(names)], options);
  }

  private async loadNow(names: string[], options: LoadPackageOptions): Promise<PackageData[]> {
    const { messageCallback = console.log, errorCallback = console.error, checkIntegrity = true } = options;
    const tasks = await this.plan(names, errorCallback);
    if (tasks.length === 0) {
      messageCallback("No new packages to load");
      return [];
    }
    const list = (some: { name: string }[]): string => some.map(({ name }) => name).join(", ");
    messageCallback(`Loading ${list(tasks)}`);
    // Fetched all at once, installed one after the other in the order of what needs what.
    const fetched = tasks.map((task) => this.fetch(task));
    for (const each of fetched) {
      each.catch(() => {});
    }
    const done: Task[] = [];
    try {
      for (const [index, task] of tasks.entries()) {
        await this.install(task, (await fetched[index]) as Uint8Array, checkIntegrity);
        this.loaded[task.name] = task.channel;
        done.push(task);
      }
    } catch (error) {
      errorCallback(`Loading ${tasks[done.length]?.name} failed: ${(error as Error).message}`);
      throw error;
    } finally {
      if (done.length > 0) {
        messageCallback(`Loaded ${list(done)}`);
      }
    }
    return done.map(({ name, version, fileName, packageType }) => ({ name, version, fileName, packageType }));
  }

  /** Unpacks a package and loads its libraries. When one of them cannot be loaded, nothing of the package stays. */
  private async install(task: Task, data: Uint8Array, checkIntegrity: boolean): Promise<void> {
    const { fileName, installDir, packageType } = task;
    const libraries = this.helpers.install(data, fileName, checkIntegrity ? task.sha256 : undefined, installDir);
    try {
      for (const library of libraries) {
        await loadLibrary(this.module, library, packageType === "shared_library");
      }
      if (libraries.length > 0) {
        settleWeakSymbols(this.module);
      }
      this.helpers.keep();
    } catch (error) {
      try {
        forgetLibraries(this.module, this.helpers.rollBack());
      } catch {
        // Python itself is gone, and its files with it: `error` says why.
      }
      throw error;
    }
  }

  /**
   * What has to be fetched, what is needed before what needs it. Addresses come first, and so in the place of what the
   * lock file has by the same name. A package is loaded once: its modules cannot be taken out of Python again.
   */
  private async plan(names: string[], errorCallback: (message: string) => void): Promise<Task[]> {
    const tasks = new Map<string, Task>();
    for (const address of names.filter((name) => IS_URL.test(name))) {
      const task = await this.wheelTask(address);
      const from = Object.hasOwn(this.loaded, task.name) ? this.loaded[task.name] : tasks.get(task.name)?.channel;
      if (from === undefined) {
        tasks.set(task.name, task);
      } else if (from !== task.channel) {
        errorCallback(
          `${address} is not loaded: ${task.name} comes from ${from}; ask for this one first, in another interpreter`,
        );
      }
    }
    for (const name of names.filter((name) => !IS_URL.test(name))) {
      this.addLocked(tasks, await this.lock, name, undefined, new Set());
    }
    return [...tasks.values()];
  }

  private addLocked(
    tasks: Map<string, Task>,
    lock: Lockfile,
    name: string,
    user: string | undefined,
    seen: Set<string>,
  ): void {
    const key = normalize(name);
    if (Object.hasOwn(this.loaded, key) || tasks.has(key) || seen.has(key)) {
      return;
    }
    const locked = Object.hasOwn(lock.packages, key) ? lock.packages[key] : undefined;
    if (!locked) {
      const why = user === undefined ? "" : `, which ${user} needs`;
      throw new Error(`No known package with name '${name}'${why}: pyodide-lock.json does not have it`);
    }
    seen.add(key);
    for (const needed of locked.depends) {
      this.addLocked(tasks, lock, needed, key, seen);
    }
    const file = locked.variants?.find(({ feature }) => hasFeature(feature)) ?? locked;
    tasks.set(key, {
      name: key,
      url: new URL(file.file_name, this.baseUrl).href,
      fileName: file.file_name.split("/").pop() as string,
      version: locked.version,
      packageType: locked.package_type,
      installDir: locked.install_dir,
      // Without one, no file is the right one.
      sha256: file.sha256 ?? "",
      channel: "default channel",
    });
  }

  private async wheelTask(address: string): Promise<Task> {
    const url = await fileUrl(address);
    const fileName = decodeURIComponent(new URL(url).pathname.split("/").pop() as string);
    this.helpers.checkTags(fileName);
    const [name, version] = fileName.split("-") as [string, string];
    return {
      name: normalize(name),
      url,
      fileName,
      version,
      packageType: "package",
      installDir: "site",
      sha256: undefined,
      channel: address,
    };
  }

  private fetch({ url }: Task): Promise<Uint8Array> {
    return fetchBytes(url, {}, "check the address, and the options lockFileURL and packageBaseUrl of loadTerrarium()");
  }
}

/** Fetches the lock file, and looks whether it is for this runtime. */
export async function fetchLock(url: string): Promise<Lockfile> {
  const response = await fetchFile(url, {}, "check the option lockFileURL of loadTerrarium()");
  return readLock(await response.text(), url, "lockFileURL");
}

/** The lock file, given as its text or as an object, by the option of loadTerrarium() that is named. */
export function readLock(contents: string | object, where: string, option: string): Lockfile {
  let lock = contents;
  if (typeof contents === "string") {
    try {
      lock = JSON.parse(contents) as object;
    } catch (error) {
      throw new Error(`${where} is not JSON: check the option ${option} of loadTerrarium()`, { cause: error });
    }
  }
  checkLock(lock as Partial<Lockfile>, where);
  return lock as Lockfile;
}

function checkLock(lock: Partial<Lockfile> | null, where: string): void {
  const abi = lock?.info?.abi_version;
  if (abi !== abiVersion) {
    throw new Error(`${where} is for the ABI ${abi}, this is ${abiVersion}: use the lock file of this release`);
  }
  if (typeof lock?.packages !== "object" || lock.packages === null) {
    throw new Error(`${where} has no packages: an object with an entry for each is missing, which may be empty`);
  }
  for (const [name, entry] of Object.entries(lock.packages as Record<string, Partial<LockedPackage>>)) {
    const wrong = [
      ...["file_name", "version"].filter((field) => typeof entry?.[field as "version"] !== "string"),
      ...["depends", "imports"].filter((field) => !Array.isArray(entry?.[field as "imports"])),
    ];
    if (wrong.length > 0) {
      throw new Error(
        `${where}: the entry '${name}' lacks ${wrong.join(", ")}: texts file_name and version, lists depends and imports`,
      );
    }
  }
}
