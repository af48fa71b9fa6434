"""Tests of npm_client: what a good registry gives, and what a bad one gets."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import tarfile
import tempfile
import time
import unittest
from pathlib import Path
from unittest import mock

from third_party.private import archive, locked_clients, loopback, npm_client, registry

ENTRY = "demo-thing@1.0.0"


def make_tarball(members: dict[str, str] | None = None, top: str = "package") -> bytes:
    """The tarball of demo-thing 1.0.0, with more members if need be."""
    files = {
        f"{top}/package.json": json.dumps(
            {"name": "demo-thing", "version": "1.0.0", "bin": "./cli.js"}
        ),
        f"{top}/cli.js": "#!/usr/bin/env node\n",
        f"{top}/noise.txt": hashlib.sha512(b"seed").hexdigest() * 64,
    }
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as bundle:
        for name, text in {**files, **(members or {})}.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            bundle.addfile(member, io.BytesIO(text.encode()))
    return buffer.getvalue()


def npm_registry(data: bytes, cut_at: int | None = None) -> loopback.Site:
    """A registry that has demo-thing 1.0.0, with this tarball."""

    def site(path: str, accept: str, address: str) -> loopback.Answer | None:
        if path == "/demo-thing":
            integrity = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
            dist = {"tarball": f"{address}/files/demo-thing.tgz", "integrity": integrity}
            version = {"name": "demo-thing", "version": "1.0.0", "dist": dist}
            page = {
                "name": "demo-thing",
                "dist-tags": {"latest": "1.0.0"},
                "versions": {"1.0.0": version},
            }
            return loopback.Answer(json.dumps(page).encode(), "application/json")
        return loopback.Answer(data, cut_at=cut_at) if path == "/files/demo-thing.tgz" else None

    return site


def setUpModule() -> None:
    locked_clients.use_under_bazel()


class Machine(unittest.TestCase):
    """A test with caches and npm settings of its own."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        settings = {
            key: value for key, value in os.environ.items() if not key.startswith("npm_config_")
        }
        settings.update(
            TERRARIUM_REPOSITORY_CACHE=str(self.folder / "cache"),
            npm_config_cache=str(self.folder / "npm"),
            npm_config_userconfig=str(self.folder / "npmrc"),
            npm_config_noproxy="127.0.0.1",
        )
        patch = mock.patch.dict(os.environ, settings, clear=True)
        patch.start()
        self.addCleanup(patch.stop)

    def fetch(self, address: str, sha256: str) -> Path:
        os.environ["npm_config_registry"] = address
        return npm_client.fetch(ENTRY, sha256)

    def assert_nothing_kept(self) -> None:
        kept = [path for path in (self.folder / "cache").rglob("*") if path.is_file()]
        self.assertEqual(kept, [])


class FetchTest(Machine):
    def test_tarball_lands_in_the_repository_cache(self) -> None:
        data = make_tarball()
        sha256 = hashlib.sha256(data).hexdigest()
        with loopback.serve(npm_registry(data)) as address:
            path = self.fetch(address, sha256)
        self.assertEqual(path.read_bytes(), data)
        # The second time, nobody is asked.
        self.assertEqual(npm_client.fetch(ENTRY, sha256), path)

    def test_wrong_hash_in_the_lock(self) -> None:
        data = make_tarball()
        with (
            loopback.serve(npm_registry(data)) as address,
            self.assertRaises(registry.FetchError) as caught,
        ):
            self.fetch(address, "0" * 64)
        for part in (ENTRY, "npm", "0" * 64, hashlib.sha256(data).hexdigest(), "tools/lock"):
            self.assertIn(part, str(caught.exception))
        self.assert_nothing_kept()

    def test_truncated_download(self) -> None:
        data = make_tarball()
        site = npm_registry(data, cut_at=len(data) // 2)
        with loopback.serve(site) as address, self.assertRaises(registry.FetchError) as caught:
            self.fetch(address, hashlib.sha256(data).hexdigest())
        self.assertIn(ENTRY, str(caught.exception))
        self.assert_nothing_kept()

    def test_registry_that_does_not_answer(self) -> None:
        start = time.monotonic()
        with self.assertRaises(registry.FetchError) as caught:
            self.fetch(loopback.closed_address(), "0" * 64)
        self.assertLess(time.monotonic() - start, 20)
        for part in (ENTRY, "npm", "npm_config_registry", "npm config set registry"):
            self.assertIn(part, str(caught.exception))
        self.assert_nothing_kept()

    def test_package_that_the_registry_no_longer_has(self) -> None:
        with (
            loopback.serve(lambda *_: None) as address,
            self.assertRaises(registry.FetchError) as caught,
        ):
            self.fetch(address, "0" * 64)
        self.assertIn("404", str(caught.exception))


class AuthoritiesTest(Machine):
    def test_a_node_of_ours_trusts_the_machines_bundle(self) -> None:
        os.environ.pop("NODE_EXTRA_CA_CERTS", None)
        os.environ["SSL_CERT_FILE"] = "/bundle.pem"
        self.assertEqual(npm_client.authorities(), {"NODE_EXTRA_CA_CERTS": "/bundle.pem"})

    def test_what_the_machine_says_of_node_stands(self) -> None:
        os.environ["NODE_EXTRA_CA_CERTS"] = "/other.pem"
        self.assertEqual(npm_client.authorities(), {})


class UnpackTest(Machine):
    def unpack(self, data: bytes) -> Path:
        tarball = self.folder / "demo.tgz"
        tarball.write_bytes(data)
        npm_client.unpack(tarball, self.folder / "out" / "package")
        return self.folder / "out" / "package"

    def test_outermost_folder_of_any_name(self) -> None:
        out = self.unpack(make_tarball(top="node"))
        self.assertTrue((out / "package.json").is_file())
        self.assertTrue(os.access(out / "cli.js", os.X_OK))

    def test_paths_outside(self) -> None:
        for name in ("package/../../escaped", "/escaped", "../escaped"):
            with self.subTest(name), self.assertRaises(archive.ArchiveError):
                self.unpack(make_tarball({name: "x"}))
            self.assertEqual(list(self.folder.rglob("escaped")), [])

    def test_truncated_tarball(self) -> None:
        with self.assertRaises(archive.ArchiveError):
            self.unpack(make_tarball()[:-40])


if __name__ == "__main__":
    unittest.main()
