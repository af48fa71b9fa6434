"""A tiny Debian with a Bazel in it, for tests of ./bazelw."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile
from pathlib import Path

#: Prints the arguments that it is started with.
_BAZEL = '#!/bin/sh\nprintf "%s\\n" "$@"\n'
_CLASS_PATH = "usr/share/bazel/bazel_classpath_debian_depends.txt"
_JAVA = "usr/lib/jvm/java-25-openjdk-amd64"


def tar_gz(members: dict[str, bytes]) -> bytes:
    """A compressed tar archive of executable files."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as bundle:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            member.mode = 0o755
            bundle.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def deb(members: dict[str, bytes]) -> bytes:
    """A Debian package: an `ar` archive of a version, control data and files."""
    parts = {
        "debian-binary": b"2.0\n",
        "control.tar.gz": tar_gz({}),
        "data.tar.gz": tar_gz(members),
    }
    data = b"!<arch>\n"
    for name, content in parts.items():
        data += f"{name:<16}{0:<12}{0:<6}{0:<6}{0o100644:<8o}{len(content):<10}`\n".encode()
        data += content + b"\n" * (len(content) % 2)
    return data


def jar(class_path: str = "") -> bytes:
    """A Java archive whose manifest names others."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        bundle.writestr(
            "META-INF/MANIFEST.MF", f"Manifest-Version: 1.0\nClass-Path: {class_path}\n"
        )
    return buffer.getvalue()


def packages() -> dict[str, bytes]:
    """Packages, by file name, that make what bazelw takes for Debian's Bazel."""
    return {
        "bazel_1.deb": deb(
            {
                "usr/bin/bazel": _BAZEL.encode(),
                _CLASS_PATH: b"/usr/share/java/first.jar /usr/share/java/absent.jar\n",
            }
        ),
        "jars_1.deb": deb(
            {
                "usr/share/java/first.jar": jar("file:///usr/share/java/second.jar"),
                "usr/share/java/second.jar": jar(),
            }
        ),
        "java_1.deb": deb({f"{_JAVA}/bin/java": b"#!/bin/sh\n", f"{_JAVA}/lib/jspawnhelper": b""}),
    }


def write_workspace(root: Path, debs: dict[str, bytes]) -> None:
    """A workspace that locks these packages, as far as bazelw looks at one."""
    lock = {
        "closures": {"bazel": [name.partition("_")[0] + "=1" for name in debs]},
        "packages": {
            name.partition("_")[0] + "=1": {
                "filename": f"pool/{name}",
                "sha256": hashlib.sha256(data).hexdigest(),
                "size": len(data),
            }
            for name, data in debs.items()
        },
    }
    path = root / "third_party/debian/lock.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(lock), encoding="utf-8")
    (root / ".bazelversion").write_text("7.7.1\n", encoding="utf-8")
