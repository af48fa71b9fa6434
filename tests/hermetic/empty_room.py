"""Runs the README's commands on a bare Debian 12, as an ordinary user of it.

    ./bazelw test //tests/hermetic:empty_room

The room is a folder that mmdebstrap fills with a minimal Debian 12, python3 and CA certificates,
and nothing of the machine's but the kernel, its network and its settings for that: apt's mirror,
proxies, authorities, the indexes of pip and npm. A clone of the workspace is put into the home of
its user, and everything is downloaded anew. Takes 10 GB of disk under /var/tmp while it runs.

As an ordinary user, this needs a range of ids in /etc/subuid and /etc/subgid, as useradd gives one
to every new user, and newuidmap (apt install uidmap). As root it needs neither.

Options go behind --test_arg=:

    --keep               leave the room when done, and print how to enter it
    --share-downloads    copy the machine's cache of downloads into the room first
    --command=COMMAND    run this in place of the README's commands; may be repeated
"""

from __future__ import annotations

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.private import machine
from third_party.private import registry

SUITE = "bookworm"
#: What the README asks of a machine. apt is part of the smallest Debian that mmdebstrap makes.
PACKAGES = ("ca-certificates", "python3")
#: The README's commands.
COMMANDS = ("./bazelw run //dist:demo", "./bazelw test //...")

_HOME = "/home/guest"
_WORKSPACE = f"{_HOME}/terrarium"
_BUNDLE = "/etc/ssl/certs/ca-certificates.crt"

#: Settings of apt that say how to reach a mirror, and what to make of its dates.
_APT_SETTING = re.compile(r"Acquire::(https?|Check-[\w-]+|Retries)\b")
#: Settings of pip, under their names in its configuration, that say where packages come from.
_PIP_SETTING = re.compile(r"global\.(extra-index-url|index-url|proxy|trusted-host)='")
_NPM_SETTINGS = ("registry", "proxy", "https-proxy", "noproxy")

#: Run first: ends with what is in the room and should not be.
_EMPTINESS = """
set -eu
[ "$(id -u)" != 0 ]
for program in bazel bazelisk c++ cc clang cmake curl emcc gcc gfortran git java ld make node npm \\
        pip pip3 wget; do
    ! command -v "$program" || exit 1
done
echo "$(dpkg-query --show | wc -l) packages, $(python3 --version), user $(id -un); home:" $(ls -A ~)
"""


def main() -> None:
    """Makes the room, runs the commands, and writes room.log to the test's outputs."""
    parser = machine.parser(__doc__)
    parser.add_argument("--command", action="append", help="in place of the README's commands")
    parser.add_argument("--enter", type=Path, required=True, help="enter_room.sh")
    parser.add_argument("--keep", action="store_true", help="leave the room when done")
    parser.add_argument(
        "--share-downloads", action="store_true", help="copy the machine's cache of downloads in"
    )
    arguments = parser.parse_args()
    workspace = machine.workspace(arguments)
    readme = (workspace / "README.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        if f"\n    {command}\n" not in readme:
            sys.exit(f"the README does not say `{command}`: bring COMMANDS in line with it")
    tool = shutil.which("mmdebstrap", path=machine.path())
    if not tool:
        sys.exit("mmdebstrap is not on PATH. It makes the room: apt install mmdebstrap uidmap")

    log = machine.output("room.log")
    with machine.scratch("room-", keep=arguments.keep) as scratch:
        room = Room(scratch, tool, arguments.enter.resolve(), log)
        try:
            room.make(workspace, arguments.share_downloads)
            print(room.run("look around", _EMPTINESS).strip(), flush=True)
            for command in arguments.command or COMMANDS:
                printed = room.run(command, f"cd {_WORKSPACE} && {command}")
                # The session, or the count of tests.
                print("".join(f"    {line}\n" for line in printed.splitlines()[-8:]), flush=True)
        finally:
            if arguments.keep:
                print(f"to enter: {shlex.join(room.command('bash'))}", flush=True)
            else:
                room.remove()


class Room:
    """A Debian of its own in a folder, which is entered as the root of all files.

    Takes a folder for it, the path of mmdebstrap, that of enter_room.sh, and the file that gets
    what commands print.
    """

    def __init__(self, scratch: Path, tool: str, enter: Path, log: Path) -> None:
        self._scratch = scratch
        self._tool = tool
        self._enter = scratch / "enter_room.sh"
        self._log = log
        # An ordinary user's name space has a root who is nobody in particular outside of it.
        scratch.chmod(0o711)
        place = scratch / "files"
        place.mkdir()
        place.chmod(0o777)
        self._files = place / "room"
        shutil.copyfile(enter, self._enter)
        self._enter.chmod(0o644)
        #: Starts a command as the root of the machine, or of a user name space.
        self._root = [] if os.geteuid() == 0 else [tool, "--unshare-helper"]

    def make(self, workspace: Path, share_downloads: bool) -> None:
        """Fills the folder."""
        clone = self._scratch / "terrarium"
        machine.clone(workspace, clone)
        settings = self._scratch / "apt.conf"
        settings.write_text(_apt_settings(), encoding="utf-8")
        hooks = [
            f'chroot "$1" useradd --create-home --shell /bin/bash --uid 1000 {Path(_HOME).name}',
            f"copy-in {shlex.quote(str(clone))} {_HOME}",
            "upload /etc/hosts /etc/hosts",
        ]
        bundle = machine.settings("certificates").get("SSL_CERT_FILE", _BUNDLE)
        if Path(bundle).is_file():
            hooks.append(f"upload {shlex.quote(bundle)} {_BUNDLE}")
        if share_downloads:
            downloads = registry.repository_cache() / "content_addressable"
            place = f"{_HOME}/.cache/terrarium/repository"
            hooks += [
                f'mkdir -p "$1{place}"',
                f"copy-in {shlex.quote(str(downloads))} {place}",
            ]
        hooks.append(f'chroot "$1" chown -R guest:guest {_HOME}')
        archive = self._scratch / "room.tar"
        machine.run(
            f"make a room: Debian {SUITE} with {', '.join(PACKAGES)}",
            [
                self._tool,
                "--variant=minbase",
                f"--include={','.join(PACKAGES)}",
                f"--aptopt={settings}",
                *(f"--customize-hook={hook}" for hook in hooks),
                SUITE,
                archive,
                f"deb {registry.debian_mirror()} {SUITE} main",
            ],
            {
                "HOME": machine.home(),
                "PATH": machine.path(),
                "TMPDIR": str(self._scratch.parent),
                **machine.settings("proxies"),
            },
            self._scratch,
            self._log,
        )
        archive.chmod(0o644)
        # Devices cannot be made in a user name space; enter_room.sh brings the machine's.
        self._as_root("mkdir", self._files)
        self._as_root(
            *("tar", "--extract", "--preserve-permissions", "--numeric-owner"),
            *("--exclude=./dev/*", f"--file={archive}", f"--directory={self._files}"),
        )
        archive.unlink()

    def run(self, title: str, script: str) -> str:
        """Runs a shell script in the room as its user; gives what it prints."""
        return machine.run(
            title, self.command("sh", "-c", script), _environment(), self._scratch, self._log
        )

    def command(self, *command: str) -> list[str]:
        """The machine's command that runs one in the room."""
        return [
            *self._root,
            *("unshare", "--mount", "--pid", "--fork", "--kill-child"),
            *("sh", str(self._enter), str(self._files), *command),
        ]

    def remove(self) -> None:
        """Removes the files, of which an ordinary user of the machine owns none."""
        self._as_root("sh", "-c", '! [ -e "$1" ] || chmod -R u+w "$1"', "sh", self._files)
        self._as_root("rm", "-r", "-f", self._files)

    def _as_root(self, *command: str | Path) -> None:
        subprocess.run([*self._root, *command], check=True)


def _environment() -> Mapping[str, str]:
    """The environment in the room: a user's, and the machine's settings for its network."""
    settings = {
        **_client_settings(),
        **machine.settings("proxies", "registries"),
        # The machine's authorities are where a Debian has its own.
        **dict.fromkeys(machine.settings("certificates"), _BUNDLE),
    }
    for name in ("PIP_CONFIG_FILE", "SSL_CERT_DIR"):
        settings.pop(name, None)
    return {
        "HOME": _HOME,
        "LANG": "C.UTF-8",
        "LOGNAME": "guest",
        "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        "SHELL": "/bin/bash",
        "USER": "guest",
        **{name: _elsewhere(value) for name, value in settings.items() if _elsewhere(value)},
    }


def _elsewhere(value: str) -> str:
    """A list of addresses without those that are folders of the machine: the room has none."""
    return " ".join(item for item in value.split() if not item.startswith("file:"))


def _client_settings() -> Mapping[str, str]:
    """What the machine's pip and npm are set up with in files, as variables for the room's."""
    settings = {}
    for line in _printed("python3", "-m", "pip", "config", "list").splitlines():
        if _PIP_SETTING.match(line):
            name, _, value = line.partition("=")
            name = name.removeprefix("global.").replace("-", "_").upper()
            settings[f"PIP_{name}"] = str(ast.literal_eval(value))
    for name in _NPM_SETTINGS:
        value = _printed("npm", "config", "get", name).strip()
        if value not in ("", "null", "undefined"):
            settings["npm_config_" + name.replace("-", "_")] = value
    return settings


def _apt_settings() -> str:
    dump = _printed("apt-config", "dump")
    return "".join(line + "\n" for line in dump.splitlines() if _APT_SETTING.match(line))


def _printed(*command: str) -> str:
    """What a program of the machine prints, or nothing where there is none such."""
    environment: dict[str, str] = {
        "HOME": machine.home(),
        "PATH": machine.path(),
        **machine.settings("certificates", "proxies", "registries"),
    }
    program = shutil.which(command[0], path=environment["PATH"])
    if not program:
        return ""
    done: subprocess.CompletedProcess[str] = subprocess.run(
        [program, *command[1:]],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    return done.stdout if done.returncode == 0 else ""


if __name__ == "__main__":
    main()
