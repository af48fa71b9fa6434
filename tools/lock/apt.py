"""A private apt: one suite of the machine's mirror, asked without touching the machine's state."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from third_party.private import registry

ARCHITECTURE = "amd64"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")

_IDENTITY = (
    "Package",
    "Version",
    "Architecture",
    "Multi-Arch",
    "Provides",
    "Maintainer",
    "Description",
)


class AptError(Exception):
    """apt cannot say what it was asked; the message says why and what to change."""


class AptRoot:
    """One suite of the machine's mirror, with its own lists and its own dpkg status."""

    def __init__(self, folder: Path, suite: str, sources: bool = False) -> None:
        """Downloads the suite's index, of packages or of sources, into `folder`, which is empty."""
        self._folder = folder
        self._status = folder / "status"
        for part in (
            "etc/apt.conf.d",
            "etc/preferences.d",
            "lists/partial",
            "state",
            "cache/archives",
        ):
            (folder / part).mkdir(parents=True)
        if not KEYRING.exists():
            raise AptError(f"{KEYRING} is missing: install the package debian-archive-keyring")
        kind = "deb-src" if sources else "deb"
        (folder / "etc/sources.list").write_text(
            f"{kind} [signed-by={KEYRING}] {registry.debian_mirror()} {suite} main\n"
        )
        self._status.write_text("")
        (folder / "apt.conf").write_text(
            # Dir::Etc stays the machine's: its apt.conf.d and auth.conf may hold a proxy or
            # credentials.
            f"""
            Dir::Etc::sourcelist "{folder}/etc/sources.list";
            Dir::Etc::sourceparts "/dev/null";
            Dir::Etc::preferences "/dev/null";
            Dir::Etc::preferencesparts "/dev/null";
            Dir::State "{folder}/state";
            Dir::State::lists "{folder}/lists";
            Dir::State::status "{self._status}";
            Dir::Cache "{folder}/cache";
            APT::Architecture "{ARCHITECTURE}";
            APT::Architectures "{ARCHITECTURE}";
            APT::Install-Recommends "false";
            APT::Sandbox::User "{"root" if os.geteuid() == 0 else ""}";
            Acquire::Languages "none";
            // A pinned suite may be past its Valid-Until; signature and hashes still hold.
            Acquire::Check-Valid-Until "false";
            // An index that cannot be had is an error, and not just a warning.
            APT::Update::Error-Mode "any";
            """
        )
        self._run("apt-get", "-qq", "update")

    def _run(self, *command: str) -> str:
        try:
            result = subprocess.run(
                command,
                capture_output=True,
                text=True,
                env={
                    **registry.outer_environment(),
                    "APT_CONFIG": str(self._folder / "apt.conf"),
                    "LC_ALL": "C",
                },
            )
        except FileNotFoundError as error:
            raise AptError(f"{command[0]} is missing: locking takes a machine with apt") from error
        if result.returncode:
            raise AptError(
                f"{' '.join(command[:6])} … failed:\n{result.stderr or result.stdout}"
                "  Check the network, or set TERRARIUM_DEBIAN_MIRROR to another mirror."
            )
        return result.stdout

    def install(self, packages: tuple[str, ...], installed: dict[str, str]) -> dict[str, str]:
        """What installing `packages` would install, name to version, if `installed` were there."""
        stanzas = []
        if installed:
            for fields in self.show([f"{n}={v}" for n, v in installed.items()]):
                kept = [f"{key}: {fields[key]}" for key in _IDENTITY if key in fields]
                stanzas.append("\n".join([*kept, "Status: hold ok installed", ""]))
        self._status.write_text("\n".join(stanzas))
        out = self._run("apt-get", "-s", "-qq", "install", "--no-install-recommends", *packages)
        chosen = {}
        for line in out.splitlines():
            if line.startswith("Inst "):
                name, version = line.split()[1:3]
                chosen[name] = version.lstrip("([")
        return chosen

    def show(self, pins: list[str]) -> list[dict[str, str]]:
        """The index fields of each `name=version`, as apt-cache prints them."""
        stanzas = []
        for stanza in self._run("apt-cache", "show", "--no-all-versions", *pins).split("\n\n"):
            fields: dict[str, str] = {}
            for line in stanza.splitlines():
                if line[:1].isspace() or ":" not in line:
                    continue
                key, value = line.split(":", 1)
                fields[key] = value.strip()
            if "Filename" in fields:
                stanzas.append(fields)
        if len(stanzas) != len(pins):
            known = {f"{fields['Package']}={fields['Version']}" for fields in stanzas}
            raise AptError(f"apt chose packages that it cannot show: {sorted(set(pins) - known)}")
        return stanzas

    def originals(self, package: str) -> list[registry.Wanted]:
        """The upstream tarballs of a source package, of each version that the suite has."""
        found = []
        for stanza in self._run("apt-cache", "showsrc", "--only-source", package).split("\n\n"):
            folder = re.search(r"^Directory: (.*)$", stanza, re.MULTILINE)
            files = re.findall(
                r"^ ([0-9a-f]{64}) (\d+) (\S+\.orig\.tar\.[a-z0-9]+)$", stanza, re.MULTILINE
            )
            if folder:
                found += [
                    registry.Wanted(package, f"{folder.group(1)}/{name}", sha256, int(size))
                    for sha256, size, name in files
                ]
        return found
