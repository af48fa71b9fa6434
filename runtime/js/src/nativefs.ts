/**
 * Folders of the File System API: those that a user lets a page see, and the origin's private ones.
 *
 * That API is asynchronous, Python's files are not. So the files are copied to Python's memory when the folder is mounted,
 * and what Python has changed is written back by syncfs().
 */

import type { EmscriptenModule, FileSystem, FsMount } from "./emscripten.js";
import { prepareMountPoint } from "./filesystem.js";

/** What mountNativeFS gives. */
export interface NativeFS {
  /** Writes what Python has changed into the folder, and deletes there what Python has deleted. */
  syncfs(): Promise<void>;
}

/** A file as it was when both sides had the same. */
interface Known {
  isFolder: boolean;
  /** Of Python's file. */
  mtime: number;
  size: number;
  /** Whether a later change would have another time: it would not in the same millisecond. */
  settled: boolean;
  /** Of the file in the folder. */
  lastModified: number;
}

/** Paths in the mounted folder, without a slash at the start; a folder comes before what is in it. */
type Listing<T> = Map<string, T>;

interface LocalEntry {
  isFolder: boolean;
  mtime: number;
  size: number;
}

const NAME = "NATIVEFS_ASYNC";

/** The folder for `path`, and the last part of that. */
function split(path: string): [string, string] {
  const slash = path.lastIndexOf("/");
  return [path.slice(0, Math.max(slash, 0)), path.slice(slash + 1)];
}

/** Keeps one mounted folder and its files in Python's memory alike. */
class Mirror {
  private known: Listing<Known> = new Map();
  /** Calls wait for each other. */
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly FS: FileSystem,
    private readonly root: string,
    private readonly handle: FileSystemDirectoryHandle,
  ) {}

  sync(populate: boolean): Promise<void> {
    const result = this.last.then(() => (populate ? this.pull() : this.push()));
    this.last = result.catch(() => {});
    return result;
  }

  private at(path: string): string {
    return `${this.root}/${path}`;
  }

  /** Makes Python's files those of the folder. */
  private async pull(): Promise<void> {
    const remote = await this.listRemote();
    for (const [path, local] of [...this.listLocal()].reverse()) {
      const there = remote.get(path);
      if (!there || (there.kind === "directory") !== local.isFolder) {
        this.removeLocal(path, local.isFolder);
      }
    }
    for (const [path, there] of remote) {
      if (there.kind === "directory") {
        if (!this.FS.analyzePath(this.at(path)).exists) {
          this.FS.mkdir(this.at(path));
        }
        this.know(path, true, 0);
      } else {
        await this.pullFile(path, there as FileSystemFileHandle);
      }
    }
  }

  private async pullFile(path: string, handle: FileSystemFileHandle): Promise<void> {
    const file = await handle.getFile();
    const known = this.known.get(path);
    if (known && known.lastModified === file.lastModified && known.size === file.size && !this.isChanged(path, known)) {
      return;
    }
    this.FS.writeFile(this.at(path), new Uint8Array(await file.arrayBuffer()), { canOwn: true });
    this.FS.utime(this.at(path), file.lastModified, file.lastModified);
    this.know(path, false, file.lastModified);
  }

  /** Writes what Python has made or changed since, and deletes what it has deleted. What others made in the folder stays. */
  private async push(): Promise<void> {
    const local = this.listLocal();
    for (const [path, known] of [...this.known].reverse()) {
      if (local.get(path)?.isFolder !== known.isFolder) {
        await this.removeRemote(path);
      }
    }
    for (const [path, { isFolder }] of local) {
      const known = this.known.get(path);
      if (isFolder && !known) {
        await this.remoteFolder(path);
        this.know(path, true, 0);
      } else if (!isFolder && (!known || this.isChanged(path, known))) {
        await this.pushFile(path);
      }
    }
  }

  private async pushFile(path: string): Promise<void> {
    const [folder, name] = split(path);
    // Before anything is awaited: Python may go on meanwhile.
    const data = this.FS.readFile(this.at(path)) as Uint8Array<ArrayBuffer>;
    this.know(path, false, 0);
    try {
      const handle = await (await this.remoteFolder(folder)).getFileHandle(name, { create: true });
      const writer = await handle.createWritable();
      try {
        await writer.write(data);
      } catch (error) {
        await writer.abort();
        throw error;
      }
      await writer.close();
      const known = this.known.get(path);
      if (known) {
        known.lastModified = (await handle.getFile()).lastModified;
      }
    } catch (error) {
      this.known.delete(path);
      throw new Error(`Cannot write ${this.at(path)} to the folder that is mounted at ${this.root}: ${error}`, {
        cause: error,
      });
    }
  }

  /** Notes that both sides have the same. */
  private know(path: string, isFolder: boolean, lastModified: number): void {
    const { mtime, size } = this.FS.stat(this.at(path));
    const time = mtime.getTime();
    this.known.set(path, { isFolder, mtime: time, size, settled: time < Date.now(), lastModified });
  }

  private isChanged(path: string, known: Known): boolean {
    if (!known.settled || !this.FS.analyzePath(this.at(path)).exists) {
      return true;
    }
    const { mtime, size } = this.FS.stat(this.at(path));
    return mtime.getTime() !== known.mtime || size !== known.size;
  }

  private listLocal(): Listing<LocalEntry> {
    const entries: Listing<LocalEntry> = new Map();
    const visit = (folder: string): void => {
      for (const name of this.FS.readdir(this.at(folder))) {
        if (name === "." || name === "..") {
          continue;
        }
        const path = folder ? `${folder}/${name}` : name;
        const { mode, mtime, size } = this.FS.lstat(this.at(path));
        const isFolder = this.FS.isDir(mode);
        if (!isFolder && !this.FS.isFile(mode)) {
          throw new Error(`${this.at(path)} is no file and no folder, so it cannot be synchronized: delete it first`);
        }
        entries.set(path, { isFolder, mtime: mtime.getTime(), size });
        if (isFolder) {
          visit(path);
        }
      }
    };
    visit("");
    return entries;
  }

  private removeLocal(path: string, isFolder: boolean): void {
    if (isFolder) {
      this.FS.rmdir(this.at(path));
    } else {
      this.FS.unlink(this.at(path));
    }
    this.known.delete(path);
  }

  private async listRemote(): Promise<Listing<FileSystemHandle>> {
    const entries: Listing<FileSystemHandle> = new Map();
    const visit = async (handle: FileSystemDirectoryHandle, folder: string): Promise<void> => {
      for await (const [name, child] of handle.entries()) {
        const path = folder ? `${folder}/${name}` : name;
        entries.set(path, child);
        if (child.kind === "directory") {
          await visit(child as FileSystemDirectoryHandle, path);
        }
      }
    };
    await visit(this.handle, "");
    return entries;
  }

  /** The handle of a folder, which is made if it is not there. */
  private async remoteFolder(path: string): Promise<FileSystemDirectoryHandle> {
    let handle = this.handle;
    for (const name of path ? path.split("/") : []) {
      handle = await handle.getDirectoryHandle(name, { create: true });
    }
    return handle;
  }

  private async removeRemote(path: string): Promise<void> {
    const [folder, name] = split(path);
    try {
      let handle = this.handle;
      for (const part of folder ? folder.split("/") : []) {
        handle = await handle.getDirectoryHandle(part);
      }
      await handle.removeEntry(name);
    } catch (error) {
      // Somebody else has deleted it; or it is a folder, and somebody else has put something there.
      if (!["NotFoundError", "InvalidModificationError"].includes((error as Error).name)) {
        throw error;
      }
    }
    this.known.delete(path);
  }
}

interface MirrorType {
  mount(mount: FsMount): unknown;
  syncfs(mount: FsMount, populate: boolean, done: (error: unknown) => void): void;
}

/** The type of such mounts, for FS.mount(): files in memory, and a way to synchronize them, which FS.syncfs() uses too. */
function makeType(FS: FileSystem): MirrorType {
  const mirrors = new WeakMap<FsMount, Mirror>();
  return {
    mount: (FS.filesystems.MEMFS as MirrorType).mount,
    syncfs(mount, populate, done) {
      let mirror = mirrors.get(mount);
      if (!mirror) {
        mirror = new Mirror(FS, mount.mountpoint, mount.opts.fileSystemHandle as FileSystemDirectoryHandle);
        mirrors.set(mount, mirror);
      }
      mirror.sync(populate).then(() => done(null), done);
    },
  };
}

/**
 * Mounts a folder, and copies its files to Python's memory.
 *
 * @param path where Python sees it: absolute; made if it is not there, else it must be an empty folder
 * @param handle what showDirectoryPicker({ mode: "readwrite" }) or navigator.storage.getDirectory() give
 */
export async function mountNativeFS(
  { FS }: EmscriptenModule,
  path: string,
  handle: FileSystemDirectoryHandle,
): Promise<NativeFS> {
  if (handle?.kind !== "directory") {
    throw new TypeError("Expected argument 'fileSystemHandle' to be a FileSystemDirectoryHandle");
  }
  prepareMountPoint(FS, path);
  FS.filesystems[NAME] ??= makeType(FS);
  const type = FS.filesystems[NAME] as MirrorType;
  const { mount } = FS.mount(type, { fileSystemHandle: handle }, path);
  const sync = (populate: boolean): Promise<void> =>
    new Promise((resolve, reject) => type.syncfs(mount, populate, (error) => (error ? reject(error) : resolve())));
  try {
    await sync(true);
  } catch (error) {
    FS.unmount(path);
    throw error;
  }
  return { syncfs: () => sync(false) };
}
