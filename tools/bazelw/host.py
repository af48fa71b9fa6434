"""What the machine must have, checked before anything is fetched, and how to get what it lacks."""

import os
import platform
import shutil
import ssl
import subprocess
from pathlib import Path

from third_party.private import registry

#: Bytes that an assembled Bazel, its packages and a first build's tools take in the cache folder.
_DISK = 4 * 10**9


class HostError(Exception):
    """The machine cannot run the build; the message says what to change."""


def check(assembling: bool) -> None:
    """Raises HostError with all that is missing; `assembling` adds what Debian's packages need."""
    problems = [*_machine(), *_shell(), *_disk(), *_sandbox()]
    if assembling:
        problems += _apt()
    else:
        problems += _certificates()
    if problems:
        raise HostError(
            "this machine lacks what a build needs:\n"
            + "\n".join(f"  - {problem}" for problem in problems)
        )


def _machine() -> list[str]:
    if platform.system() != "Linux" or platform.machine() not in ("x86_64", "amd64"):
        return [
            f"a Linux kernel on x86-64: this is {platform.system()} on {platform.machine()}. "
            "Use such a machine, or name a Bazel of your own with TERRARIUM_BAZEL"
        ]
    return []


def _shell() -> list[str]:
    if shutil.which("bash"):
        return []
    return [
        "bash, the shell that Bazel itself starts actions and tests with: install the package bash"
    ]


def _disk() -> list[str]:
    folder = registry.cache_root()
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK):
        return [
            f"a cache folder that can be written to: {folder} cannot. "
            "Set XDG_CACHE_HOME to one that can"
        ]
    free = shutil.disk_usage(folder).free
    if free < _DISK:
        return [
            f"{_DISK / 1e9:.0f} GB of free disk under {folder}: there are {free / 1e9:.1f}. "
            "Make room, or set XDG_CACHE_HOME to a folder on another disk"
        ]
    return []


def _sandbox() -> list[str]:
    """Bazel's linux-sandbox makes a user namespace; a program that fails to says why."""
    tried = (
        subprocess.run(
            ["unshare", "--user", "--map-root-user", "true"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if shutil.which("unshare")
        else None
    )
    if tried is None or tried.returncode == 0:
        return []
    setting = Path("/proc/sys/kernel/unprivileged_userns_clone")
    apparmor = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
    advice = "start the container with --security-opt seccomp=unconfined, or use another machine"
    if setting.exists() and setting.read_text().strip() == "0":
        advice = "run: sysctl kernel.unprivileged_userns_clone=1 (as root)"
    elif apparmor.exists() and apparmor.read_text().strip() == "1":
        advice = "run: sysctl kernel.apparmor_restrict_unprivileged_userns=0 (as root)"
    return [f"user namespaces for the sandbox ({tried.stderr.strip()}): {advice}"]


def _apt() -> list[str]:
    if os.environ.get("TERRARIUM_DEBIAN_MIRROR"):
        return []
    if not registry.APT_HELPER.exists() or not shutil.which("apt-get"):
        return [
            f"apt's downloader ({registry.APT_HELPER}): install the package apt, set "
            "TERRARIUM_DEBIAN_MIRROR to the address of a mirror, or install Bazel or bazelisk"
        ]
    try:
        registry.debian_mirror()
    except registry.FetchError as error:
        return [str(error)]
    return []


def _certificates() -> list[str]:
    paths = ssl.get_default_verify_paths()
    if paths.cafile or (paths.capath and any(Path(paths.capath).iterdir())):
        return []
    return [
        "certificates of authorities: install the package ca-certificates, or set SSL_CERT_FILE"
    ]
