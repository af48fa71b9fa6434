"""Tests of what bazelw says of machines that lack something, and of which Bazel it takes."""

from __future__ import annotations

import ast
import os
import runpy
import shutil
import ssl
import sys
import tempfile
import unittest
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from third_party.private import registry
from tools.bazelw import host, start

_ROOT = Path(__file__).parents[2]


class _Usage(NamedTuple):
    """As shutil.disk_usage gives it."""

    free: int


class _Paths(NamedTuple):
    """As ssl.get_default_verify_paths gives it."""

    cafile: str
    capath: str = ""


class Machine(unittest.TestCase):
    """A machine that has everything, in a folder of its own."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.program("bash")
        environment = {
            "PATH": str(self.folder / "bin"),
            "HOME": str(self.folder),
            "TERRARIUM_DEBIAN_MIRROR": "http://mirror.invalid",
        }
        self.enterContext(mock.patch.dict(os.environ, environment))
        for name in ("TERRARIUM_BAZEL", "TERRARIUM_BAZELW_SOURCE", "XDG_CACHE_HOME"):
            os.environ.pop(name, None)
        self.enterContext(mock.patch.object(shutil, "disk_usage", lambda _: _Usage(10**12)))
        self.enterContext(mock.patch.object(ssl, "get_default_verify_paths", lambda: _Paths("x")))

    def program(self, name: str, script: str = "") -> None:
        path = self.folder / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)


class RequirementTest(Machine):
    def complaint(self, assembling: bool = True) -> str:
        with self.assertRaises(host.HostError) as caught:
            host.check(assembling)
        return str(caught.exception)

    def test_machine_that_has_everything(self) -> None:
        host.check(assembling=True)
        host.check(assembling=False)

    def test_another_system(self) -> None:
        self.enterContext(mock.patch("platform.machine", lambda: "aarch64"))
        self.assertRegex(self.complaint(), "aarch64.*TERRARIUM_BAZEL")

    def test_no_bash(self) -> None:
        (self.folder / "bin/bash").unlink()
        self.assertRegex(self.complaint(), "bash.*install")

    def test_full_disk(self) -> None:
        self.enterContext(mock.patch.object(shutil, "disk_usage", lambda _: _Usage(10**9)))
        self.assertRegex(self.complaint(), "4 GB.*1.0.*XDG_CACHE_HOME")

    def test_cache_that_cannot_be_written_to(self) -> None:
        self.enterContext(mock.patch("os.access", lambda path, mode: mode != os.W_OK))
        self.assertRegex(self.complaint(), f"{self.folder} cannot.*XDG_CACHE_HOME")

    def test_no_user_namespaces(self) -> None:
        self.program("unshare", "echo 'not permitted' >&2; exit 1")
        self.assertRegex(self.complaint(), r"namespaces.*\(not permitted\): .")

    def test_no_apt(self) -> None:
        del os.environ["TERRARIUM_DEBIAN_MIRROR"]
        self.enterContext(mock.patch.object(registry, "APT_HELPER", self.folder / "absent"))
        self.assertRegex(self.complaint(), "install the package apt.*TERRARIUM_DEBIAN_MIRROR")

    def test_apt_that_knows_no_mirror(self) -> None:
        del os.environ["TERRARIUM_DEBIAN_MIRROR"]
        self.program("apt-get")
        self.enterContext(mock.patch.object(registry, "APT_HELPER", self.folder / "bin/apt-get"))
        self.assertIn("no Debian mirror", self.complaint())

    def test_no_certificates(self) -> None:
        self.enterContext(mock.patch.object(ssl, "get_default_verify_paths", lambda: _Paths("")))
        self.assertRegex(self.complaint(assembling=False), "ca-certificates.*SSL_CERT_FILE")
        # Debian's packages come through apt, which has means of its own.
        host.check(assembling=True)

    def test_everything_that_is_missing_is_told_at_once(self) -> None:
        (self.folder / "bin/bash").unlink()
        self.enterContext(mock.patch("platform.system", lambda: "Plan9"))
        said = self.complaint()
        self.assertIn("Plan9", said)
        self.assertIn("bash", said)


class PythonTest(unittest.TestCase):
    def test_python_that_is_too_old(self) -> None:
        with (
            mock.patch.object(sys, "version_info", (3, 8, 1, "final", 0)),
            self.assertRaises(SystemExit) as caught,
        ):
            runpy.run_path(str(_ROOT / "bazelw"))
        self.assertRegex(str(caught.exception), "3.9 or newer; this one is 3.8")

    def test_old_pythons_can_read_how_they_are_refused(self) -> None:
        ast.parse((_ROOT / "bazelw").read_text(), feature_version=(3, 4))

    def test_the_oldest_python_can_read_the_rest(self) -> None:
        for folder in ("tools/bazelw", "third_party/private"):
            for path in (_ROOT / folder).glob("*.py"):
                ast.parse(path.read_text(), str(path), feature_version=(3, 9))


class ChoiceTest(Machine):
    def setUp(self) -> None:
        super().setUp()
        (self.folder / ".bazelversion").write_text("7.7.1\n")
        os.environ["TERRARIUM_BAZELW_SOURCE"] = "path"

    def test_bazel_of_the_pinned_version(self) -> None:
        self.program("bazel", "echo bazel 7.7.1")
        self.assertEqual(start.find(self.folder), [str(self.folder / "bin/bazel")])

    def test_bazel_of_another_version(self) -> None:
        self.program("bazel", "echo bazel 8.0.0")
        with self.assertRaisesRegex(host.HostError, "no bazel or bazelisk.*7.7.1"):
            start.find(self.folder)

    def test_bazelisk_is_asked_for_the_pinned_version(self) -> None:
        self.program("bazel", "exit 1")
        self.program("bazelisk", 'echo "bazel $USE_BAZEL_VERSION"')
        self.assertEqual(start.find(self.folder), [str(self.folder / "bin/bazelisk")])

    def test_bazel_of_the_users_choice(self) -> None:
        self.program("mine")
        os.environ["TERRARIUM_BAZEL"] = str(self.folder / "bin/mine")
        self.assertEqual(start.find(self.folder), [str(self.folder / "bin/mine")])

    def test_choice_that_is_no_program(self) -> None:
        os.environ["TERRARIUM_BAZEL"] = "absent"
        with self.assertRaisesRegex(host.HostError, "absent"):
            start.find(self.folder)

    def test_source_that_is_none(self) -> None:
        os.environ["TERRARIUM_BAZELW_SOURCE"] = "elsewhere"
        with self.assertRaisesRegex(host.HostError, "path, upstream or debian"):
            start.find(self.folder)


if __name__ == "__main__":
    unittest.main()
