"""Finds a Bazel of the pinned version and becomes it.

In this order, the first that there is:

1. the program that $TERRARIUM_BAZEL names (any version: for trying one out);
2. `bazel`, then `bazelisk`, on PATH, if it is or gives the version in .bazelversion;
3. upstream's binary, pinned in third_party/upstream/lock.json, kept in the cache folder;
4. Debian's packages, the closure `bazel` of third_party/debian/lock.json, put together in the
   cache folder.

The cache folder is ${XDG_CACHE_HOME:-~/.cache}/terrarium/bazel. What is there is used before
anything is fetched. Set TERRARIUM_BAZELW_SOURCE to `path`, `upstream` or `debian` to allow only one
of 2 to 4.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn, Optional

from third_party.private import registry
from tools.bazelw import host
from tools.bazelw.debian import Assembly
from tools.bazelw.progress import say

#: Seconds for a `bazel --version` of a program on PATH; bazelisk may have to fetch its Bazel first.
_VERSION_TIMEOUT = {"bazel": 20, "bazelisk": 180}
#: Seconds to wait for an answer from upstream's address before Debian's packages are taken instead.
_UPSTREAM_TIMEOUT = 6


def main(workspace: str, arguments: Sequence[str]) -> int:
    """Replaces this process by Bazel with `arguments`; returns only when there is none."""
    root = Path(workspace)
    try:
        command = find(root)
    except (registry.FetchError, host.HostError) as error:
        print(f"bazelw: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nbazelw: interrupted; the next start goes on from here", file=sys.stderr)
        return 130
    _become([*command, "--nosystem_rc", *_cache_settings(), *arguments])


def find(root: Path) -> list[str]:
    """The command for the workspace at `root`, with the startup options that its kind needs."""
    chosen = os.environ.get("TERRARIUM_BAZEL")
    if chosen:
        if not shutil.which(chosen):
            raise host.HostError(
                f"TERRARIUM_BAZEL names no program: {chosen}\n  Correct or unset it."
            )
        return [chosen]
    version = (root / ".bazelversion").read_text(encoding="utf-8").strip()
    source = os.environ.get("TERRARIUM_BAZELW_SOURCE", "")
    if source not in ("", "path", "upstream", "debian"):
        raise host.HostError(f"TERRARIUM_BAZELW_SOURCE is '{source}': use path, upstream or debian")
    if source in ("", "path"):
        found = _on_path(root, version)
        if found:
            return [found]
        if source:
            raise host.HostError(f"no bazel or bazelisk on PATH is or gives Bazel {version}")
    upstream = _upstream_pin(root)
    assembly = Assembly(root)
    if source in ("", "upstream") and upstream:
        sha256 = upstream.wanted.sha256
        # Looked at once, when the program is made of it, not at each start.
        program = _program(sha256)
        cached = None if program.exists() else registry.cached(sha256)
        if cached:
            _make_executable(cached, program)
        if program.exists():
            return [str(program)]
        if not source and assembly.is_complete():
            return assembly.command()
        host.check(assembling=False)
        try:
            say(f"bazelw: fetching Bazel {version}")
            fetched = registry.fetch_url(upstream.urls, upstream.wanted, _UPSTREAM_TIMEOUT)
            _make_executable(fetched, program)
            return [str(program)]
        except registry.FetchError:
            if source:
                raise
            say("bazelw: upstream is out of reach; taking Debian's packages")
    if source == "upstream":
        raise host.HostError("third_party/upstream/lock.json pins no Bazel for this machine")
    assembly.ensure()
    return assembly.command()


def _on_path(root: Path, version: str) -> Optional[str]:
    this = os.path.realpath(root / "bazelw")
    for name in ("bazel", "bazelisk"):
        for folder in os.get_exec_path():
            program = os.path.join(folder, name)
            if not os.access(program, os.X_OK) or os.path.realpath(program) == this:
                continue
            try:
                answer = subprocess.run(
                    [program, "--version"],
                    cwd=root,
                    env={
                        **os.environ,
                        "TERRARIUM_BAZELW_SOURCE": "debian",
                        "USE_BAZEL_VERSION": version,
                    },
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    timeout=_VERSION_TIMEOUT[name],
                    text=True,
                )
            except (OSError, subprocess.TimeoutExpired):
                continue
            if answer.returncode == 0 and answer.stdout.split()[:2] == ["bazel", version]:
                return program
    return None


class _UpstreamPin:
    def __init__(self, entry: dict[str, Any]) -> None:
        self.urls = entry["urls"]
        self.wanted = registry.Wanted(
            f"Bazel {entry['version']}", entry["urls"][0], entry["sha256"], entry.get("size", 0)
        )


def _upstream_pin(root: Path) -> Optional[_UpstreamPin]:
    lock = root / "third_party" / "upstream" / "lock.json"
    if not lock.exists():
        return None
    entry = json.loads(lock.read_text(encoding="utf-8")).get("sources", {}).get("bazel")
    return _UpstreamPin(entry) if entry else None


def _program(sha256: str) -> Path:
    """Where upstream's Bazel may be executed: a copy of the file in the cache of downloads."""
    return registry.cache_root() / "bazel" / f"upstream-{sha256[:16]}" / "bazel"


def _make_executable(cached: Path, program: Path) -> None:
    """Copies the cached file to where it may be executed."""
    program.parent.mkdir(parents=True, exist_ok=True)
    staging = program.with_name(f"bazel.{os.getpid()}")
    shutil.copyfile(cached, staging)
    staging.chmod(0o755)
    staging.replace(program)


def _cache_settings() -> list[str]:
    """Says where this user's caches are, if not under ~/.cache/terrarium as .bazelrc has them."""
    usual = Path(os.path.expanduser("~")) / ".cache" / "terrarium"
    if registry.cache_root() == usual and registry.repository_cache() == usual / "repository":
        return []
    settings = registry.cache_root() / "bazel" / "caches.bazelrc"
    content = (
        f"common --repository_cache={registry.repository_cache()}\n"
        f"common --disk_cache={registry.cache_root() / 'disk'}\n"
    )
    if not settings.exists() or settings.read_text(encoding="utf-8") != content:
        settings.parent.mkdir(parents=True, exist_ok=True)
        staging = settings.with_name(f"{settings.name}.{os.getpid()}")
        staging.write_text(content, encoding="utf-8")
        staging.replace(settings)
    return [f"--bazelrc={settings}"]


def _become(command: Sequence[str]) -> NoReturn:
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(command[0], list(command))
