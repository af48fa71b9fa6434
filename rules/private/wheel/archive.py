"""The wheel that a back end made, packed anew: in order, without times, the tests by themselves."""

import base64
import email
import email.policy
import hashlib
import json
import re
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from rules.private.wheel.description import BUILD_NAME, Description, WheelError


def tests_in(names: Sequence[str], build: Path) -> list[str]:
    """Gives those files of the wheel that upstream's Meson tags as tests."""
    plan = build / "meson-info" / "intro-install_plan.json"
    if not plan.exists():
        return []
    places = {
        facts["destination"].removeprefix(root)
        for entries in json.loads(plan.read_text(encoding="utf-8")).values()
        for facts in entries.values()
        for root in ("{py_platlib}/", "{py_purelib}/")
        if facts.get("tag") == "tests" and facts["destination"].startswith(root)
    }
    # A place is a file, or a folder that is installed with all that is in it.
    return [
        name
        for name in names
        if name in places or any(str(folder) in places for folder in PurePosixPath(name).parents)
    ]


def normalise(data: bytes, root: Path, work: Path) -> bytes:
    """Replaces the folders of this build in a text by fixed names. Other files are as they are."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    text = text.replace(f"{work}/bin/", "").replace(str(work), BUILD_NAME)
    return text.replace(str(root), BUILD_NAME).encode("utf-8")


def pack(path: Path, dist_info: str, files: dict[str, bytes]) -> None:
    """Writes a wheel: its files in order, without times, its metadata last (PEP 427)."""
    record = f"{dist_info}/RECORD"
    lines = []
    for name, data in sorted(files.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        quoted = f'"{name}"' if "," in name else name
        lines.append(f"{quoted},sha256={digest},{len(data)}\n")
    lines.append(f"{record},,\n")
    content = files | {record: "".join(lines).encode()}
    with zipfile.ZipFile(path, "w") as bundle:
        for name in sorted(content, key=lambda name: (name.startswith(dist_info + "/"), name)):
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o100644 << 16
            bundle.writestr(member, content[name], compresslevel=9)


def tests_metadata(metadata: bytes, name: str, version: str) -> bytes:
    """The metadata of the wheel of tests: it needs the wheel that it tests, and nothing else."""
    stated = email.message_from_bytes(metadata, policy=email.policy.compat32)
    lines = ["Metadata-Version: 2.1", f"Name: {name}-tests", f"Version: {version}"]
    lines.append(f"Summary: The tests of {stated['Name']}, for where it is installed")
    lines += [f"License: {stated['License']}"] if stated["License"] else []
    lines.append(f"Requires-Dist: {name} (=={version})")
    return ("\n".join(lines) + "\n").encode()


def repack(it: Description, made: Path, root: Path, work: Path) -> None:
    """Writes the wheel and, if the target wants one, the wheel of its tests.

    Raises WheelError if a file names a folder of this machine.
    """
    with zipfile.ZipFile(made) as bundle:
        files = {
            name: normalise(bundle.read(name), root, work)
            for name in bundle.namelist()
            if not name.endswith("/")
        }
    dist_info = next(
        name.partition("/")[0] for name in files if name.endswith(".dist-info/METADATA")
    )
    files.pop(f"{dist_info}/RECORD")
    for name, data in files.items():
        # Python finds its own place behind the links of a sandbox.
        for folder in (str(work), str(root), sys.base_prefix):
            if folder.encode() in data:
                raise WheelError(
                    f"{name} in the wheel names the folder that it was built in ({folder}): find "
                    "what writes it there, and give it a relative path"
                )
    tests: dict[str, bytes] = {}
    if it.tests:
        tests = {name: files.pop(name) for name in tests_in(sorted(files), work / "build")}
        if not tests:
            raise WheelError("no file is tagged as a test in Meson's install plan: drop `tests`")
        info = re.sub(r"^[^-]+", lambda match: match[0] + "_tests", dist_info)
        tests[f"{info}/METADATA"] = tests_metadata(
            files[f"{dist_info}/METADATA"], it.name, it.version
        )
        tests[f"{info}/WHEEL"] = files[f"{dist_info}/WHEEL"]
        pack(Path(it.tests), info, tests)
    pack(Path(it.wheel), dist_info, files)
