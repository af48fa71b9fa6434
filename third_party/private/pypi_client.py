"""Brings wheels and source distributions to this machine through pip, and unpacks wheels.

Runs on the host's python3 (3.9 or newer, standard library only), from repository rules. The index
is the one that pip is set up for (pip.conf, PIP_INDEX_URL …), or pip's own default: no address is
written here. A machine without pip gets Debian's, from the closure `pip` of the Debian lock,
unpacked under the user's cache folder.

Wheels come by `pip download`. Source distributions cannot: pip runs their build back end to learn
their metadata. Their file is looked up in the index by the Simple API (PEP 503, PEP 691) instead.

Command line:

    pypi_client.py wheel|sdist|file --entry NAME==VERSION --filename F --sha256 HEX [--size N]
    DESTINATION
        fetches the file and unpacks it: a wheel as site-packages/, bin/, …, with wheel.json to say
        what it is; a source distribution without its outermost folder. As `file`, it is put into
        the folder as it is
"""

import argparse
import ast
import base64
import configparser
import contextlib
import email.message
import email.parser
import functools
import hashlib
import html.parser
import json
import netrc
import os
import re
import shutil
import ssl
import subprocess
import sys
import tarfile
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from third_party.private import archive, registry

#: What wheels must suit: this Python, and one of two platforms.
PYTHON_VERSION = "3.14"

#: Tags of wheels for the machines that build: a Linux with at least this glibc. Newest first, as
#: pip ranks wheels by this order. The last three are old names of such versions.
GLIBC = (2, 28)
LINUX = (
    *(f"manylinux_{GLIBC[0]}_{minor}_x86_64" for minor in range(GLIBC[1], 4, -1)),
    "manylinux2014_x86_64",
    "manylinux2010_x86_64",
    "manylinux1_x86_64",
)

#: The tag of wheels for what is built, the Python in WebAssembly (PEP 783).
WASM = ("pyemscripten_2026_0_wasm32",)

_SIMPLE_TYPES = (
    "application/vnd.pypi.simple.v1+json",
    "application/vnd.pypi.simple.v1+html;q=0.2",
    "text/html;q=0.1",
)

#: Files by which Bazel would take a folder of an unpacked package for one of its own.
BAZEL_FILES = ("BUILD", "BUILD.bazel", "MODULE.bazel", "REPO.bazel", "WORKSPACE", "WORKSPACE.bazel")

#: The command that locks this ecosystem anew, as error messages name it.
UPDATE_COMMAND = "./bazelw run //tools/lock:update -- pypi"


def normalise(name: str) -> str:
    """A project's name as the index knows it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def platforms_of(filename: str) -> tuple[str, ...]:
    """LINUX or WASM, whichever a wheel is for. One for any platform is taken as for Linux."""
    tags = filename[: -len(".whl")].rpartition("-")[2].split(".")
    return LINUX if set(tags).isdisjoint(WASM) else WASM


def target_arguments(platforms: Sequence[str]) -> list[str]:
    """The options that make pip choose wheels for LINUX or WASM, whatever it runs on itself."""
    arguments = [
        "--python-version",
        PYTHON_VERSION,
        "--implementation",
        "cp",
        "--only-binary",
        ":all:",
    ]
    for abi in ("cp" + PYTHON_VERSION.replace(".", ""), "abi3", "none"):
        arguments += ["--abi", abi]
    for platform in platforms:
        arguments += ["--platform", platform]
    return arguments


# pip ----------------------------------------------------------------------------------------------


# pip chooses wheels for any platform, but has no option that says what markers are judged by.
_PIP_WITH_MARKERS = """
import json, sys
from pip._vendor.packaging import markers
environment = json.loads(sys.argv.pop(1))
markers.default_environment = lambda: dict(environment)
from pip._internal.cli.main import main
sys.exit(main())
"""


@dataclass(frozen=True)
class Pip:
    """A pip that runs: its command, what to add to its environment, the folder of its package."""

    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    location: str = ""

    def run(
        self,
        *arguments: str,
        cwd: Optional[Path] = None,
        markers: Optional[dict[str, str]] = None,
    ) -> "subprocess.CompletedProcess[str]":
        """Runs pip with short retries (unless the machine says otherwise), and takes its output.

        With `markers`, pip judges environment markers (PEP 508) by these, and not by the Python
        that it runs on.
        """
        command = list(self.command)
        environment = {
            **registry.outer_environment(),
            "PIP_RETRIES": os.environ.get("PIP_RETRIES", "2"),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_INPUT": "1",
            # A progress bar or colours have no place in an error message.
            "PIP_PROGRESS_BAR": "off",
            "PIP_NO_COLOR": "1",
            **self.environment,
        }
        if markers:
            command = [host_python(), "-B", "-c", _PIP_WITH_MARKERS, json.dumps(markers)]
            environment["PYTHONPATH"] = self.location
        return subprocess.run(
            [*command, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=environment,
            cwd=cwd,
        )

    def evaluate(self, code: str, stdin: str = "") -> str:
        """Runs Python code that can import pip's own modules; gives what it prints."""
        result = subprocess.run(
            [host_python(), "-B", "-c", code],
            input=stdin,
            capture_output=True,
            text=True,
            env={**registry.outer_environment(), **self.environment, "PYTHONPATH": self.location},
        )
        if result.returncode:
            raise registry.FetchError(
                f"the pip at {self.location} cannot be asked: {_last_line(result.stderr)}\n"
                "  Install a newer pip, or remove it: Terrarium then brings its own."
            )
        return result.stdout


def host_python() -> str:
    """The machine's own python3, also when this module is run by a Python of ours."""
    return shutil.which("python3") or sys.executable


@functools.cache
def find_pip() -> Pip:
    """The machine's pip, or else Debian's, unpacked under the cache folder."""
    # The machine's pip knows the machine's index, even where that is set for one environment only.
    candidates: list[tuple[str, ...]] = [(host_python(), "-m", "pip")]
    for name in ("pip3", "pip"):
        path = shutil.which(name)
        if path:
            candidates.append((path,))
    for command in candidates:
        found = _probe(command, {})
        if found:
            return found
    folder = _debian_pip()
    found = _probe((host_python(), "-m", "pip"), {"PYTHONPATH": str(folder)})
    if not found:
        raise registry.FetchError(
            f"there is no pip here, and Debian's, at {folder}, does not run with {host_python()}.\n"
            "  Install pip (apt-get install python3-pip), or a newer python3."
        )
    return found


def _probe(command: tuple[str, ...], environment: dict[str, str]) -> Optional[Pip]:
    try:
        result = subprocess.run(
            [*command, "--version"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**registry.outer_environment(), **environment},
        )
    except OSError:
        return None
    match = re.match(r"pip (\S+) from (.+) \(python", result.stdout)
    if result.returncode or not match:
        return None
    return Pip(command, environment, os.path.dirname(match.group(2)))


def _debian_pip() -> Path:
    """Debian's pip, unpacked; gives the folder for PYTHONPATH."""
    where = os.path.join("usr", "lib", "python3", "dist-packages")
    lock_file = Path(__file__).resolve().parents[1] / "debian" / "lock.json"
    try:
        lock = json.loads(lock_file.read_text(encoding="utf-8"))
        wanted = registry.debian_closure(lock, "pip")
    except (OSError, ValueError, registry.FetchError) as error:
        raise registry.FetchError(
            f"there is no pip here, and Debian's cannot be had: {error}\n"
            "  Install pip (apt-get install python3-pip)."
        ) from error
    # Python itself and its libraries are the host's.
    wanted = [file for file in wanted if file.name.startswith("python3-")]

    def fill(folder: Path) -> None:
        keep = archive.Selection(drop=["*"], keep=[where + "/*"])
        archive.unpack_all(registry.fetch_debian(wanted), folder, selection=keep)

    return client_folder("pip", [file.sha256 for file in wanted], fill) / where


def client_folder(name: str, hashes: Sequence[str], fill: Any) -> Path:
    """A folder under the cache that `fill(folder)` has filled from files of these hashes, once."""
    key = hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest()[:16]
    place = registry.cache_root() / "clients" / f"{name}-{key}"
    if place.is_dir():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=place.parent, prefix=f"{name}-new-"))
    try:
        fill(staging)
        staging.chmod(0o755)
        with contextlib.suppress(OSError):
            # Another process may have been quicker; what it made is the same.
            os.rename(staging, place)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    if not place.is_dir():
        raise registry.FetchError(
            f"{place} cannot be made. Check the rights and room of its parent folder."
        )
    return place


# Fetching -----------------------------------------------------------------------------------------


def fetch(entry: str, filename: str, sha256: str, size: int = 0) -> Path:
    """Brings the file of one lock entry into the repository cache; gives its path there."""
    hit = registry.cached(sha256)
    if hit:
        return hit
    wanted = registry.Wanted(f"{filename} (PyPI, {entry})", "pip's index", sha256, size)
    with registry.staging() as folder:
        if filename.endswith(".whl"):
            path = _download_wheel(entry, filename, sha256, folder)
        else:
            path = _download_by_simple_api(entry, filename, sha256, folder)
        return registry.store(path, wanted)


def _download_wheel(entry: str, filename: str, sha256: str, folder: Path) -> Path:
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{entry} --hash=sha256:{sha256}\n")
    files = folder / "files"
    result = find_pip().run(
        "download",
        "--no-deps",
        "--require-hashes",
        "--no-cache-dir",
        "--dest",
        str(files),
        *target_arguments(platforms_of(filename)),
        "--requirement",
        str(requirements),
    )
    path = files / filename
    if result.returncode == 0 and path.is_file():
        return path
    got = re.search(r"^\s*Got\s+([0-9a-f]{64})\s*$", result.stderr + result.stdout, re.MULTILINE)
    if got:
        raise registry.FetchError(
            f"{filename} (PyPI, {entry}): its bytes are not those that the lock names\n"
            f"  expected sha256 {sha256}\n"
            f"  found    sha256 {got.group(1)}\n"
            "  Nothing was kept. If the file was replaced on purpose, lock it anew\n"
            f"  ({UPDATE_COMMAND}); else try again (it may have been cut off), or another index:\n"
            + _settings()
        )
    raise _unavailable(entry, filename, sha256, explain(result))


def _unavailable(entry: str, filename: str, sha256: str, reason: str) -> registry.FetchError:
    slot = registry.repository_cache() / "content_addressable" / "sha256" / sha256 / "file"
    return registry.FetchError(
        f"{filename} (PyPI, {entry}): pip's index does not give it\n  {reason}\n"
        "  Check the network, or use another index:\n" + _settings() + "\n"
        f"  Or put the file by hand at {slot}"
    )


def _settings() -> str:
    return (
        "  PIP_INDEX_URL=ADDRESS in the environment, or: "
        "python3 -m pip config set global.index-url ADDRESS"
    )


def explain(result: "subprocess.CompletedProcess[str]") -> str:
    """The lines of pip's output that say what went wrong."""
    lines = [line.strip() for line in (result.stderr + "\n" + result.stdout).splitlines()]
    errors = [line for line in lines if line.startswith("ERROR")]
    # pip reports a refused connection as a warning for each try, and then says "no matching
    # distribution".
    broken = [re.search(r"connection broken by '(.*)': (\S+)$", line) for line in lines]
    tries = [
        f"{match.group(2)}: {re.sub('<[^<>]*>: ', '', match.group(1))}" for match in broken if match
    ]
    said = tries[-1:] + errors[-3:] or [line for line in lines if line][-3:]
    return "\n  ".join(said) or f"pip ended with status {result.returncode}"


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "it said nothing"


# The Simple API -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class IndexFile:
    """A file that an index offers; sha256 is "" if it does not say, yanked means withdrawn."""

    filename: str
    address: str
    sha256: str = ""
    yanked: bool = False


class Settings:
    """What pip is set up for, as far as looking up a file needs it."""

    def __init__(self, pip: Pip) -> None:
        """Asks `pip` for its configuration and, where that names no index, for its own default."""
        listing = pip.run("config", "list")
        if listing.returncode:
            raise registry.FetchError(
                f"pip's settings cannot be read: {_last_line(listing.stderr)}\n"
                "  Correct what `python3 -m pip config debug` shows."
            )
        self._values = parse_config(listing.stdout)
        no_index = self._values.get("no-index", "").lower() in ("1", "true", "yes", "on")
        self.indexes: list[str] = []
        if not no_index:
            main = self._values.get("index-url") or pip.evaluate(
                "from pip._internal.models.index import PyPI; print(PyPI.simple_url)"
            )
            self.indexes = [main.strip(), *self._values.get("extra-index-url", "").split()]
        self.pages = self._values.get("find-links", "").split()
        self._opener = self._make_opener()

    def _make_opener(self) -> urllib.request.OpenerDirector:
        context = ssl.create_default_context()
        certificates = self._values.get("cert")
        if certificates and os.path.isdir(certificates):
            context.load_verify_locations(capath=certificates)
        elif certificates:
            context.load_verify_locations(cafile=certificates)
        client = self._values.get("client-cert")
        if client:
            context.load_cert_chain(client)
        handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPSHandler(context=context)]
        proxy = self._values.get("proxy")
        if proxy:
            handlers.append(urllib.request.ProxyHandler({"http": proxy, "https": proxy}))
        return urllib.request.build_opener(*handlers)

    def open(self, address: str, accept: str = "*/*") -> Any:
        """Opens an address, with the name and password that it or ~/.netrc holds."""
        parts = urllib.parse.urlsplit(address)
        user, password = parts.username, parts.password
        host = parts.hostname or ""
        if user is None and host:
            with contextlib.suppress(OSError, netrc.NetrcParseError):
                known = netrc.netrc().authenticators(host)
                if known:
                    user, password = known[0], known[2]
        location = f"{host}:{parts.port}" if parts.port else host
        request = urllib.request.Request(
            urllib.parse.urlunsplit((parts.scheme, location, parts.path, parts.query, "")),
            headers={"Accept": accept},
        )
        if user is not None:
            pair = f"{urllib.parse.unquote(user)}:{urllib.parse.unquote(password or '')}"
            token = base64.b64encode(pair.encode()).decode()
            request.add_unredirected_header("Authorization", f"Basic {token}")
        seconds = float(self._values.get("default-timeout") or self._values.get("timeout") or 20)
        return self._opener.open(request, timeout=seconds)


def parse_config(listing: str) -> dict[str, str]:
    """`pip config list` as a dictionary: environment before [download] before [global]."""
    ranks = {"global": 0, "download": 1, ":env:": 2}
    values: dict[str, tuple[int, str]] = {}
    for line in listing.splitlines():
        key, separator, value = line.partition("=")
        section, _, name = key.strip().rpartition(".")
        if not separator or section not in ranks:
            continue
        text = value.strip()
        with contextlib.suppress(ValueError, SyntaxError):
            text = str(ast.literal_eval(text))
        if ranks[section] >= values.get(name, (-1, ""))[0]:
            values[name] = (ranks[section], text)
    return {name: value for name, (_, value) in values.items()}


class _Links(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[dict[str, Optional[str]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, Optional[str]]]) -> None:
        if tag == "a":
            self.links.append(dict(attributes))


def parse_page(text: str, content_type: str, address: str) -> list[IndexFile]:
    """The files that a page of the Simple API lists, in its JSON or its HTML form."""
    if content_type.startswith("application/vnd.pypi.simple.v1+json"):
        return [
            IndexFile(
                entry["filename"],
                urllib.parse.urljoin(address, entry["url"]),
                entry.get("hashes", {}).get("sha256", ""),
                bool(entry.get("yanked")),
            )
            for entry in json.loads(text).get("files", [])
        ]
    parser = _Links()
    parser.feed(text)
    files = []
    for link in parser.links:
        target, fragment = urllib.parse.urldefrag(
            urllib.parse.urljoin(address, link.get("href") or "")
        )
        name = urllib.parse.unquote(urllib.parse.urlsplit(target).path.rsplit("/", 1)[-1])
        sha256 = fragment[len("sha256=") :] if fragment.startswith("sha256=") else ""
        if name:
            files.append(IndexFile(name, target, sha256, "data-yanked" in link))
    return files


def list_files(project: str, settings: Settings) -> tuple[list[IndexFile], list[str]]:
    """The files of a project at every index that pip is set up for, and what went wrong."""
    files: list[IndexFile] = []
    problems: list[str] = []
    pages = [
        f"{index.rstrip('/')}/{normalise(project)}/" for index in settings.indexes
    ] + settings.pages
    for page in pages:
        if "://" not in page:
            page = Path(os.path.abspath(os.path.expanduser(page))).as_uri()
        local = _local_path(page)
        if local and local.is_dir() and not (local / "index.html").is_file():
            files += [IndexFile(path.name, path.as_uri()) for path in sorted(local.iterdir())]
            continue
        if local and local.is_dir():
            page = (local / "index.html").as_uri()
        try:
            with settings.open(page, ", ".join(_SIMPLE_TYPES)) as response:
                kind = response.headers.get("Content-Type", "text/html")
                files += parse_page(response.read().decode("utf-8"), kind, response.geturl())
        except registry.DOWNLOAD_ERRORS as error:
            # An index that does not have the project is no problem as long as another has.
            problems.append(f"{redact(page)}: {error}")
    return files, problems


def _local_path(address: str) -> Optional[Path]:
    parts = urllib.parse.urlsplit(address)
    return Path(urllib.request.url2pathname(parts.path)) if parts.scheme == "file" else None


def redact(address: str) -> str:
    """An address without a name and password in it."""
    parts = urllib.parse.urlsplit(address)
    if parts.username is None:
        return address
    return urllib.parse.urlunsplit(parts._replace(netloc="****@" + parts.netloc.rpartition("@")[2]))


def _download_by_simple_api(entry: str, filename: str, sha256: str, folder: Path) -> Path:
    project = entry.partition("==")[0]
    settings = Settings(find_pip())
    files, problems = list_files(project, settings)
    path = folder / filename
    for file in files:
        if file.filename != filename:
            continue
        try:
            with settings.open(file.address) as response, path.open("wb") as out:
                shutil.copyfileobj(response, out, 1 << 18)
            return path
        except registry.DOWNLOAD_ERRORS as error:
            problems.append(f"{redact(file.address)}: {error}")
    if not problems:
        problems.append(f"it lists {len(files)} files of '{project}', and no {filename}")
    raise _unavailable(entry, filename, sha256, "\n  ".join(problems))


# Unpacking ----------------------------------------------------------------------------------------


def unpack_inner(tarball: Path, destination: Path) -> None:
    """Unpacks a tarball without its outermost folder, whatever that is called."""
    try:
        with tarfile.open(tarball) as tar:
            first = tar.next()
    except (tarfile.TarError, OSError, EOFError) as error:
        raise archive.ArchiveError(
            f"it is damaged ({error}). Delete {tarball} and try again."
        ) from error
    if first is None:
        raise archive.ArchiveError(f"{tarball.name} is empty")
    archive.unpack(tarball, destination, strip_prefix=first.name.split("/")[0])


def remove_files(folder: Path, names: Sequence[str]) -> None:
    """Removes every file of one of these names under `folder`."""
    for place, _, files in os.walk(folder):
        for name in set(files) & set(names):
            os.unlink(os.path.join(place, name))


def wheel_metadata(wheel: Path) -> "email.message.Message":
    """The METADATA of a wheel that is still packed."""
    with zipfile.ZipFile(wheel) as bundle:
        names = [
            name for name in bundle.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name)
        ]
        return email.parser.Parser().parsestr(bundle.read(names[0]).decode("utf-8"))


_SCRIPT = '''\
"""Starts {name}."""

import sys

from {module} import {first}

if __name__ == "__main__":
    sys.argv[0] = "{name}"
    sys.exit({attribute}())
'''


def unpack_wheel(wheel: Path, destination: Path) -> dict[str, Any]:
    """Lays a wheel out in `destination` (PEP 427): site-packages/, bin/, include/, share/ ….

    Each console script becomes bin/NAME-script.py; the hyphen keeps it from hiding the module that
    it imports. Gives (and writes to wheel.json) name, version and the console scripts' names.
    """
    site = destination / "site-packages"
    archive.unpack(wheel, site)
    infos = list(site.glob("*.dist-info"))
    if len(infos) != 1:
        raise archive.ArchiveError(
            f"{wheel.name} is no wheel: it has {len(infos)} dist-info folders"
        )
    metadata = email.parser.Parser().parsestr((infos[0] / "METADATA").read_text(encoding="utf-8"))
    for data in list(site.glob("*.data")):
        for part in sorted(data.iterdir()):
            place = {
                "purelib": site,
                "platlib": site,
                "scripts": destination / "bin",
                "headers": destination / "include" / metadata["Name"],
                "data": destination,
            }.get(part.name)
            if place is None:
                raise archive.ArchiveError(f"{wheel.name} has an unknown data folder '{part.name}'")
            _merge(part, place, executable=part.name == "scripts")
        shutil.rmtree(data)
    scripts = _console_scripts(infos[0] / "entry_points.txt")
    for name, (module, attribute) in scripts.items():
        script = destination / "bin" / f"{name}-script.py"
        script.parent.mkdir(exist_ok=True)
        script.write_text(
            _SCRIPT.format(
                name=name, module=module, attribute=attribute, first=attribute.split(".")[0]
            ),
            encoding="utf-8",
        )
    facts = {"name": metadata["Name"], "version": metadata["Version"], "scripts": sorted(scripts)}
    (destination / "wheel.json").write_text(json.dumps(facts), encoding="utf-8")
    return facts


def _merge(source: Path, place: Path, executable: bool) -> None:
    for path in sorted(source.rglob("*")):
        target = place / path.relative_to(source)
        if path.is_dir() and not path.is_symlink():
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, target)
        if executable:
            target.chmod(0o755)


def _console_scripts(file: Path) -> dict[str, tuple[str, str]]:
    if not file.is_file():
        return {}
    parser = configparser.ConfigParser(delimiters=("=",), interpolation=None)
    # Names are case-sensitive.
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(file.read_text(encoding="utf-8"))
    scripts = {}
    if parser.has_section("console_scripts"):
        for name, value in parser.items("console_scripts"):
            module, _, attribute = value.split("[")[0].strip().partition(":")
            if re.fullmatch(r"[\w.]+", module.strip()) and re.fullmatch(
                r"[\w.]+", attribute.strip()
            ):
                scripts[name] = (module.strip(), attribute.strip())
    return scripts


def main(arguments: list[str]) -> int:
    """The command line described in the module's docstring."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("kind", choices=["wheel", "sdist", "file"])
    parser.add_argument("--entry", required=True)
    parser.add_argument("--filename", required=True)
    parser.add_argument("--sha256", required=True)
    parser.add_argument("--size", type=int, default=0)
    parser.add_argument("destination", type=Path)
    options = parser.parse_args(arguments)
    try:
        path = fetch(options.entry, options.filename, options.sha256, options.size)
        if options.kind == "wheel":
            unpack_wheel(path, options.destination)
        elif options.kind == "sdist":
            unpack_inner(path, options.destination)
        else:
            options.destination.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, options.destination / options.filename)
        remove_files(options.destination, BAZEL_FILES)
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
