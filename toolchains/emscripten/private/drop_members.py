"""Copies an archive without some of its members.

drop_members.py LLVM_AR ARCHIVE OUT PATTERN..., where each pattern, of the shell's kind, must match
some member.
"""

import fnmatch
import shutil
import subprocess
import sys


def main() -> None:
    """Copies and deletes."""
    program, archive, out, *patterns = sys.argv[1:]
    listed = subprocess.run([program, "t", archive], capture_output=True, text=True, check=True)
    members = listed.stdout.splitlines()
    dropped = []
    for pattern in patterns:
        found = fnmatch.filter(members, pattern)
        if not found:
            sys.exit(f"{archive} has no member {pattern}: correct `drop` of its target")
        dropped += found
    shutil.copyfile(archive, out)
    subprocess.run([program, "dD", out, *dropped], check=True)


if __name__ == "__main__":
    main()
