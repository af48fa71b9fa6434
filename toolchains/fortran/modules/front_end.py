"""flang with intrinsic modules of our own."""

from __future__ import annotations

import shutil
from pathlib import Path

_LOADER = Path("usr/lib64/ld-linux-x86-64.so.2")


def install(bin_folder: Path, modules: Path, scratch: Path) -> Path:
    """Gives a flang-new that has `modules` for its intrinsic modules.

    flang looks for those, which a program must not replace, in ../include/flang beside its own
    program and in no other place: -fintrinsic-modules-path adds a folder of ordinary modules. For
    its own program it takes what the kernel says it is, which is the loader that starts it. So this
    makes a copy of the loader, and links beside it.

    bin_folder: `bin` of the closure with flang. scratch: an empty folder for the copy, to be kept
    as long as the result is used.
    """
    closure = bin_folder.absolute().parent
    root = scratch.absolute()
    (root / _LOADER).parent.mkdir(parents=True)
    shutil.copyfile(closure / _LOADER, root / _LOADER)
    (root / _LOADER).chmod(0o755)
    (root / "usr/lib").symlink_to(closure / "usr/lib")
    (root / "usr/include").mkdir()
    (root / "usr/include/flang").symlink_to(modules.absolute())
    # The launcher finds everything from its own place.
    (root / "bin").mkdir()
    shutil.copy(bin_folder / "flang-new", root / "bin/flang-new")
    return root / "bin/flang-new"
