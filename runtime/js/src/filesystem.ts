/** Python's file system: where things are, and mounting the host's. */

import type { EmscriptenModule, FileSystem } from "./emscripten.js";
import { inNode } from "./environment.js";

export const STDLIB_ZIP = "/lib/python314.zip";
export const SITE_PACKAGES = "/lib/python3.14/site-packages";

/** Makes the folders, and puts the standard library in its place. */
export function layOut(module: EmscriptenModule, stdlib: Uint8Array, home: string): void {
  const { FS } = module;
  for (const folder of [SITE_PACKAGES, "/lib/python3.14/lib-dynload", home]) {
    FS.mkdirTree(folder);
  }
  FS.writeFile(STDLIB_ZIP, stdlib, { canOwn: true });
}

function isFolder(FS: FileSystem, path: string): boolean {
  return FS.isDir(FS.stat(path).mode);
}

/**
 * Mounts a folder of the host, in Node.
 *
 * @param emscriptenPath where Python sees it: absolute; made if it is not there, else it must be an empty folder
 * @param hostPath the folder of the host
 */
export function mountNodeFS(module: EmscriptenModule, emscriptenPath: string, hostPath: string): void {
  if (!inNode) {
    throw new Error("mountNodeFS only works in Node: in a browser mount FS.filesystems.IDBFS or use mountNativeFS");
  }
  const { FS } = module;
  prepareMountPoint(FS, emscriptenPath);
  try {
    FS.mount(FS.filesystems.NODEFS, { root: hostPath }, emscriptenPath);
  } catch (error) {
    throw new Error(`Cannot mount '${hostPath}': there is no such folder, or it may not be read`, { cause: error });
  }
  if (!isFolder(FS, emscriptenPath)) {
    FS.unmount(emscriptenPath);
    throw new Error(`Cannot mount '${hostPath}': it is a file, not a folder`);
  }
}

/** Makes the folder for a mount if it is not there; refuses a path that cannot be one. */
export function prepareMountPoint(FS: FileSystem, path: string): void {
  if (!path.startsWith("/")) {
    throw new Error(`Cannot mount at '${path}': the path must be absolute`);
  }
  if (!FS.analyzePath(path).exists) {
    FS.mkdirTree(path);
    return;
  }
  if (!isFolder(FS, path)) {
    throw new Error(`Cannot mount at '${path}': it is a file, not a folder`);
  }
  if (FS.isMountpoint(FS.lookupPath(path, { follow_mount: false }).node)) {
    throw new Error(`Cannot mount at '${path}': something is mounted there; FS.unmount() ends that`);
  }
  if (FS.readdir(path).length > 2) {
    throw new Error(`Cannot mount at '${path}': the folder is not empty`);
  }
}
