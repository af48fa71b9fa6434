"""Tests of ./bazelw where there is no Bazel: it puts one together from a mirror on loopback."""

from __future__ import annotations

import collections
import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from collections.abc import Iterator
from pathlib import Path

from tests.entrance import fakes
from third_party.private import loopback

_DRIVER = Path(__file__).with_name("start_bazelw.py")
_PATIENCE = 30.0


class Machine(unittest.TestCase):
    """A machine with a workspace, an empty cache folder, and a mirror."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        self.workspace = self.folder / "workspace"
        self.debs = fakes.packages()
        fakes.write_workspace(self.workspace, self.debs)
        # What bazelw looks for on PATH, and nothing else: no Bazel, no apt.
        (self.folder / "bin").mkdir()
        (self.folder / "bin/bash").write_text("#!/bin/sh\n")
        (self.folder / "bin/bash").chmod(0o755)
        self.cache = self.folder / "cache"
        #: How often each file was asked for.
        self.asked: collections.Counter[str] = collections.Counter()
        #: Files that the mirror gives only once `opened` is set, after `waiting` was.
        self.held: set[str] = set()
        self.waiting, self.opened = threading.Event(), threading.Event()
        self.cut_at: int | None = None

    @contextlib.contextmanager
    def mirror(self) -> Iterator[str]:
        def site(path: str, _accept: str, _address: str) -> loopback.Answer | None:
            name = path.rpartition("/")[2]
            self.asked[name] += 1
            if name in self.held:
                self.waiting.set()
                self.opened.wait(_PATIENCE)
            return loopback.Answer(self.debs[name], cut_at=self.cut_at)

        with loopback.serve(site) as address:
            try:
                yield address
            finally:
                self.opened.set()

    def start(self, mirror: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-P", str(_DRIVER), str(self.workspace), "build", "//:x"],
            env={
                **os.environ,
                "HOME": str(self.folder / "home"),
                "PATH": str(self.folder / "bin"),
                "TERRARIUM_DEBIAN_MIRROR": mirror,
                "XDG_CACHE_HOME": str(self.cache),
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(self, process: subprocess.Popen[str]) -> tuple[int, str, str]:
        out, err = process.communicate(timeout=_PATIENCE)
        return process.returncode, out, err

    def assert_starts(self, mirror: str) -> None:
        """A start gets as far as Bazel, and leaves nothing behind that is not whole."""
        status, out, err = self.finish(self.start(mirror))
        self.assertEqual(status, 0, err)
        self.assertEqual(out.splitlines()[-2:], ["build", "//:x"])
        self.assertEqual(self.unfinished(), [])

    def assemblies(self) -> list[Path]:
        """Where bazelw would find a Bazel that it takes for whole."""
        stamps = self.cache.glob("terrarium/bazel/*/assembled-at")
        return [path.parent for path in stamps if not path.parent.name.startswith("partial-")]

    def unfinished(self) -> list[Path]:
        return [
            *self.cache.glob("terrarium/bazel/partial-*"),
            *self.cache.glob("terrarium/repository/staging-*"),
        ]


class StartTest(Machine):
    def test_first_start_fetches_each_file_once_and_the_next_ones_none(self) -> None:
        with self.mirror() as address:
            self.assert_starts(address)
        self.assertEqual(self.asked, dict.fromkeys(self.debs, 1))
        self.assert_starts(loopback.closed_address())

    def test_bazel_gets_its_install_base_and_the_callers_caches(self) -> None:
        with self.mirror() as address:
            _, out, _ = self.finish(self.start(address))
        (assembly,) = self.assemblies()
        self.assertIn(f"--install_base={assembly}/usr/share/bazel", out.splitlines())
        (settings,) = [
            line.partition("=")[2] for line in out.splitlines() if line.startswith("--bazelrc=")
        ]
        self.assertIn(f"--disk_cache={self.cache}/terrarium/disk", Path(settings).read_text())

    def test_class_path_holds_the_jars_that_there_are(self) -> None:
        with self.mirror() as address:
            self.assert_starts(address)
        (assembly,) = self.assemblies()
        listing = assembly / "usr/share/bazel/bazel_classpath_debian_depends.txt"
        self.assertEqual(
            listing.read_text().split(),
            [f"{assembly}/usr/share/java/first.jar", f"{assembly}/usr/share/java/second.jar"],
        )

    def test_cache_folder_that_was_moved(self) -> None:
        with self.mirror() as address:
            self.assert_starts(address)
        self.cache = self.cache.rename(self.folder / "moved")
        self.assert_starts(loopback.closed_address())

    def test_two_at_once(self) -> None:
        self.held = {"bazel_1.deb"}
        with self.mirror() as address:
            first = self.start(address)
            self.assertTrue(self.waiting.wait(_PATIENCE))
            second = self.start(address)
            assert second.stderr is not None
            # It says so at once.
            self.assertIn("another process is getting Bazel", second.stderr.readline())
            self.opened.set()
            self.assertEqual(self.finish(first)[0], 0)
            self.assertEqual(self.finish(second)[0], 0)
        self.assertEqual(self.asked, dict.fromkeys(self.debs, 1))


class InterruptionTest(Machine):
    def kill(self, process: subprocess.Popen[str]) -> None:
        process.kill()
        self.finish(process)
        self.assertEqual(self.assemblies(), [])

    def test_killed_while_fetching(self) -> None:
        self.held = {"jars_1.deb"}
        with self.mirror() as address:
            process = self.start(address)
            self.assertTrue(self.waiting.wait(_PATIENCE))
            self.kill(process)
            self.opened.set()
            self.assert_starts(address)
        # What had come was kept.
        self.assertEqual(self.asked["bazel_1.deb"], 1)

    def test_killed_while_putting_together(self) -> None:
        for function in (
            "third_party.private.archive:_unpack_tar",
            "tools.bazelw.debian:_relocate_jars",
            "os:rename",
        ):
            with self.subTest(function), self.mirror() as address:
                mark = self.folder / function
                process = self.start(address, STOP_IN=function, STOP_MARK=str(mark))
                deadline = time.monotonic() + _PATIENCE
                while not mark.exists() and time.monotonic() < deadline:
                    time.sleep(0.02)
                self.assertTrue(mark.exists())
                self.kill(process)
        with self.mirror() as address:
            self.assert_starts(address)


class RefusalTest(Machine):
    def refusal(self, mirror: str) -> str:
        """What a start says that gets nowhere; it must leave nothing half-written."""
        status, out, err = self.finish(self.start(mirror))
        self.assertEqual((status, out), (1, ""), err)
        self.assertEqual(self.assemblies() + self.unfinished(), [])
        return err

    def test_bytes_that_the_lock_does_not_name(self) -> None:
        good = self.debs["jars_1.deb"]
        self.debs["jars_1.deb"] = good[:-1] + b"x"
        with self.mirror() as address:
            said = self.refusal(address)
        for part in ("jars=1", "expected sha256", "found    sha256", "tools/lock:update"):
            self.assertIn(part, said)
        self.debs["jars_1.deb"] = good
        with self.mirror() as address:
            self.assert_starts(address)

    def test_download_that_breaks_off(self) -> None:
        self.cut_at = 100
        with self.mirror() as address:
            said = self.refusal(address)
        self.assertIn("bazel=1", said)

    def test_mirror_that_does_not_answer(self) -> None:
        said = self.refusal(loopback.closed_address())
        for part in ("bazel=1", "Debian mirror", "pool/bazel_1.deb", "TERRARIUM_DEBIAN_MIRROR"):
            self.assertIn(part, said)

    def test_package_that_wants_to_write_elsewhere(self) -> None:
        self.debs["zzz_1.deb"] = fakes.deb({"usr/share/x": b"", "../../escaped": b""})
        fakes.write_workspace(self.workspace, self.debs)
        with self.mirror() as address:
            self.assertIn("escaped", self.refusal(address))
        self.assertEqual(list(self.folder.rglob("escaped")), [])


if __name__ == "__main__":
    unittest.main()
