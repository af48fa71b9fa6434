"""Tests of the lock of source archives: its manifest, and how Debian's index is read."""

from __future__ import annotations

import hashlib
import io
import tarfile
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

from third_party.private import registry
from tools.lock import upstream
from tools.lock.reading import LockError

MANIFEST = """
[sources.demo]
version = "1.2"
urls = ["https://upstream.invalid/demo-{version}.tar.gz"]
debian = { suite = "s", source = "libdemo", version = "1.2+dfsg" }

[sources.tool]
version = "3"
urls = ["https://upstream.invalid/tool"]
sha256 = "f"
"""


def tarball(*names: str) -> bytes:
    """A tar archive with empty files of these names."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name in names:
            tar.addfile(tarfile.TarInfo(name))
    return buffer.getvalue()


class Apt:
    """An index that lists two versions of libdemo."""

    def __init__(self, folder: Path, suite: str, sources: bool) -> None:
        assert sources

    def originals(self, package: str) -> list[registry.Wanted]:
        return [
            registry.Wanted(package, f"pool/{package}_{version}.orig.tar.gz", "a", 7)
            for version in ("1.1", "1.2+dfsg")
        ]


class LockTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.archive = self.folder / "archive"
        self.archive.write_bytes(tarball("demo-1.2/a", "demo-1.2/b"))
        for patch in (
            mock.patch.object(upstream, "AptRoot", Apt),
            mock.patch.object(registry, "fetch_debian", lambda wanted: [self.archive]),
        ):
            patch.start()
            self.addCleanup(patch.stop)

    def lock(self, text: str, previous: dict[str, Any] | None = None, entry: str = "") -> Any:
        manifest = self.folder / upstream.MANIFEST
        manifest.write_text(text)
        return upstream.lock(manifest, previous, entry or None)[0]

    def test_entries(self) -> None:
        content = self.lock(MANIFEST)
        self.assertEqual(
            content["sources"],
            {
                "demo": {
                    "version": "1.2",
                    "sha256": "a",
                    "size": self.archive.stat().st_size,
                    "urls": ["https://upstream.invalid/demo-1.2.tar.gz"],
                    "debian_pool": "pool/libdemo_1.2+dfsg.orig.tar.gz",
                    "strip_prefix": "demo-1.2",
                },
                "tool": {"version": "3", "sha256": "f", "urls": ["https://upstream.invalid/tool"]},
            },
        )
        self.assertEqual(content["manifest_sha256"], hashlib.sha256(MANIFEST.encode()).hexdigest())

    def test_archive_without_an_outermost_folder(self) -> None:
        self.archive.write_bytes(tarball("a", "b/c"))
        self.assertEqual(self.lock(MANIFEST)["sources"]["demo"]["strip_prefix"], "")

    def test_damaged_archive(self) -> None:
        self.archive.write_bytes(b"<html>")
        with self.assertRaisesRegex(LockError, "demo: .* is no tar archive"):
            self.lock(MANIFEST)

    def test_version_that_the_suite_does_not_list(self) -> None:
        with self.assertRaisesRegex(LockError, r"(?s)no libdemo 1.3 .*_1\.1\.orig.*pool"):
            self.lock(MANIFEST.replace("1.2+dfsg", "1.3"))

    def test_one_source_alone(self) -> None:
        content = self.lock(MANIFEST)
        with mock.patch.object(upstream, "AptRoot", None):
            self.assertEqual(self.lock(MANIFEST, content, "tool"), content)

    def test_unknown_source(self) -> None:
        with self.assertRaisesRegex(LockError, "'x'; it has demo, tool"):
            self.lock(MANIFEST, {}, "x")


class ManifestTest(unittest.TestCase):
    def test_refusals(self) -> None:
        for text in (
            'version = "1"\nurls = ["u"]\n',
            'version = "1"\nsha256 = "f"\n',
            'version = "1"\nurls = "u"\nsha256 = "f"\n',
            'version = "1"\nsha256 = "f"\ndebian = { suite = "s" }\n',
            'version = "1"\ndebian = { suite = "s", pool = "p" }\n',
            'version = "1"\ndebian = { pool = "p" }\n',
            'urls = ["u"]\nsha256 = "f"\n',
            'version = "1"\nurl = "u"\nsha256 = "f"\n',
        ):
            with self.subTest(text), self.assertRaises(LockError):
                upstream.read_manifest(f"[sources.a]\n{text}")


class ChangesTest(unittest.TestCase):
    def test_all_kinds(self) -> None:
        def content(**sources: tuple[str, str]) -> dict[str, Any]:
            return {"sources": {n: {"version": v, "sha256": s} for n, (v, s) in sources.items()}}

        self.assertEqual(
            upstream.describe_changes(
                content(a=("1", "0"), b=("1", "0"), c=("1", "0")),
                content(a=("2", "1"), c=("1", "1"), d=("1", "0")),
            ),
            ["a 1 -> 2", "- b 1", "c 1 has other bytes under the same version", "+ d 1"],
        )


if __name__ == "__main__":
    unittest.main()
