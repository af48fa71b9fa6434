/** What is taken from the mode of new files and folders: Python's os.umask(). */

import type { EmscriptenModule, FileSystem, FsNode, NodeOps } from "./emscripten.js";
import { processUmask } from "./environment.js";

export class Umask {
  private mask = 0;

  /** @param tell gives the mask to Emscripten, which takes it from the modes that C asks for */
  constructor(private readonly tell: (mask: number) => void) {}

  /** Sets the mask, and gives what it was. */
  set(mask: number): number {
    const before = this.mask;
    this.mask = mask & 0o777;
    this.tell(this.mask);
    return before;
  }

  /** Starts with the mask of the process, and lets it count where Emscripten does not look at one. */
  start({ FS }: EmscriptenModule): void {
    this.set(processUmask() ?? 0o022);
    this.maskDefaults(FS);
    keepFolderModes(FS, FS.filesystems.NODEFS as { node_ops: NodeOps });
  }

  /** JavaScript makes files and folders without saying a mode. C always says one, which has been masked already. */
  private maskDefaults(FS: FileSystem): void {
    const { open, mkdir } = FS;
    FS.open = (path, flags, mode) => open(path, flags, mode ?? 0o666 & ~this.mask);
    FS.mkdir = (path, mode) => mkdir(path, mode ?? 0o777 & ~this.mask);
  }
}

/**
 * The host's system takes the process's own mask from the mode of a folder that is made in NODEFS, whatever Python has set
 * since. Emscripten mends that for files alone.
 */
function keepFolderModes(FS: FileSystem, { node_ops }: { node_ops: NodeOps }): void {
  const { mknod } = node_ops;
  node_ops.mknod = (parent, name, mode, device): FsNode => {
    const node = mknod(parent, name, mode, device);
    if (FS.isDir(mode)) {
      const made = node_ops.getattr(node).mode;
      if ((made & 0o777) !== (mode & 0o777)) {
        // The rest is what the folder has from the one that it is in.
        node_ops.setattr(node, { mode: mode | (made & 0o7000) });
      }
    }
    return node;
  };
}
