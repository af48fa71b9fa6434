"""Tests of registry and fetch: what a Debian mirror and plain addresses give, good or bad."""

from __future__ import annotations

import collections
import contextlib
import fcntl
import hashlib
import io
import json
import os
import tarfile
import tempfile
import unittest
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from third_party.private import fetch, loopback, registry

# Stands for apt's downloader: takes URI, file and check sum in threes. Like the real one it leaves
# what has another check sum under the name FILE.FAILED.
_HELPER = """#!/bin/sh
while [ "$1" = -o ] || [ "$1" = download-file ]; do
    [ "$1" = download-file ] && shift || shift 2
done
while [ $# -gt 0 ]; do
    echo "$1" >>"$ASKED"
    case $1 in
    */bad.deb) echo other >"$2.FAILED"; echo "E: Hash Sum mismatch" ;;
    */gone.deb) echo "E: 404 Not Found" ;;
    *) echo good >"$2" ;;
    esac
    shift 3
done
"""


def sha256(data: bytes) -> str:
    """As locks have it."""
    return hashlib.sha256(data).hexdigest()


def source(name: str = "demo-1.0/file") -> bytes:
    """A source archive."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as bundle:
        bundle.addfile(tarfile.TarInfo(name))
    return buffer.getvalue()


class Machine(unittest.TestCase):
    """A machine without apt, with an empty cache, and a site that has `files`."""

    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.cache = self.folder / "cache"
        self.files: dict[str, bytes] = {}
        self.asked: collections.Counter[str] = collections.Counter()
        settings = {"TERRARIUM_REPOSITORY_CACHE": str(self.cache), "no_proxy": "127.0.0.1"}
        self.enterContext(mock.patch.dict(os.environ, settings))
        os.environ.pop("TERRARIUM_DEBIAN_MIRROR", None)
        self.use_helper(self.folder / "absent")

    def use_helper(self, path: Path) -> None:
        self.enterContext(mock.patch.object(registry, "APT_HELPER", path))

    def executable(self, name: str, script: str) -> Path:
        path = self.folder / name
        path.write_text(script)
        path.chmod(0o755)
        return path

    @contextlib.contextmanager
    def site(self) -> Iterator[str]:
        def answer(path: str, _accept: str, _address: str) -> loopback.Answer | None:
            self.asked[path] += 1
            return loopback.Answer(self.files[path]) if path in self.files else None

        with loopback.serve(answer) as address:
            os.environ["TERRARIUM_DEBIAN_MIRROR"] = address
            yield address

    def kept(self) -> list[str]:
        """The files of the cache, by their hash; nothing else may be there."""
        files = [path.relative_to(self.cache) for path in self.cache.rglob("*") if path.is_file()]
        self.assertEqual(
            {path.parts[:2] for path in files} - {("content_addressable", "sha256")}, set()
        )
        return [path.parts[2] for path in files]

    def assert_says(self, error: BaseException, *parts: str) -> None:
        for part in parts:
            self.assertIn(part, str(error))


class DebianTest(Machine):
    def test_lands_in_the_cache_and_is_not_asked_for_again(self) -> None:
        self.files["/pool/a.deb"] = b"good\n"
        wanted = registry.Wanted("a=1", "pool/a.deb", sha256(b"good\n"), 5)
        progress: list[tuple[int, int, int, int]] = []
        with self.site():
            for _ in range(2):
                (path,) = registry.fetch_debian([wanted], lambda *state: progress.append(state))
                self.assertEqual(path.read_bytes(), b"good\n")
        self.assertEqual(self.asked, {"/pool/a.deb": 1})
        self.assertEqual(self.kept(), [wanted.sha256])
        self.assertEqual(progress, [(0, 1, 0, 5), (1, 1, 5, 5), (1, 1, 5, 5)])

    def test_other_bytes_in_the_cache_are_fetched_anew(self) -> None:
        self.files["/pool/a.deb"] = b"good\n"
        wanted = registry.Wanted("a=1", "pool/a.deb", sha256(b"good\n"), 5)
        with self.site():
            (path,) = registry.fetch_debian([wanted])
            # A page of an error put there by hand, a file that a crash has left empty.
            for wrong in (b"<html>", b""):
                path.write_bytes(wrong)
                self.assertIsNone(registry.cached(wanted.sha256))
                self.assertEqual(registry.fetch_debian([wanted])[0].read_bytes(), b"good\n")
        self.assertEqual(self.asked, {"/pool/a.deb": 3})

    def test_wrong_hash_in_the_lock(self) -> None:
        self.files["/pool/a.deb"] = b"other"
        wanted = registry.Wanted("a=1", "pool/a.deb", "0" * 64, 7)
        with self.site(), self.assertRaises(registry.FetchError) as caught:
            registry.fetch_debian([wanted])
        self.assert_says(
            caught.exception,
            "a=1",
            f"expected sha256 {'0' * 64} (7 bytes)",
            f"found    sha256 {sha256(b'other')} (5 bytes)",
            "pool/a.deb",
            "tools/lock:update",
        )
        self.assertEqual(self.kept(), [])

    def test_mirror_that_does_not_answer(self) -> None:
        os.environ["TERRARIUM_DEBIAN_MIRROR"] = address = loopback.closed_address()
        with self.assertRaises(registry.FetchError) as caught:
            registry.fetch_debian([registry.Wanted("a=1", "pool/a.deb", "0" * 64)])
        self.assert_says(
            caught.exception,
            "a=1",
            f"the Debian mirror {address} does not give",
            "pool/a.deb",
            "refused",
            "TERRARIUM_DEBIAN_MIRROR",
        )
        self.assertEqual(self.kept(), [])

    def test_package_that_the_mirror_no_longer_has(self) -> None:
        with self.site(), self.assertRaises(registry.FetchError) as caught:
            registry.fetch_debian([registry.Wanted("a=1", "pool/a.deb", "0" * 64)])
        self.assert_says(caught.exception, "404", "./bazelw run //tools/lock:update -- debian")

    def test_escapes_in_pool_paths_arrive(self) -> None:
        self.files["/pool/a_1%253a2.deb"] = b"good"
        with self.site():
            registry.fetch_debian([registry.Wanted("a", "pool/a_1%3a2.deb", sha256(b"good"))])

    def test_what_killed_processes_left_is_removed(self) -> None:
        for name in ("staging-dead", "staging-alive"):
            (self.cache / name).mkdir(parents=True)
        handle = os.open(self.cache / "staging-alive", os.O_RDONLY)
        self.addCleanup(os.close, handle)
        fcntl.flock(handle, fcntl.LOCK_EX)
        self.files["/pool/a.deb"] = b"good"
        with self.site():
            registry.fetch_debian([registry.Wanted("a", "pool/a.deb", sha256(b"good"))])
        self.assertEqual([path.name for path in self.cache.glob("staging-*")], ["staging-alive"])


class AptTest(Machine):
    def setUp(self) -> None:
        super().setUp()
        self.use_helper(self.executable("helper", _HELPER))
        os.environ["ASKED"] = str(self.folder / "asked")
        os.environ["TERRARIUM_DEBIAN_MIRROR"] = "http://mirror.invalid/debian/"

    def fetch(self, *names: str) -> list[Path]:
        return registry.fetch_debian(
            [
                registry.Wanted(
                    f"{name}=1", f"pool/{name}.deb", sha256(b"good\n") if i == 0 else "1" * 64
                )
                for i, name in enumerate(names)
            ]
        )

    def test_apts_downloader_is_given_the_mirrors_address(self) -> None:
        self.assertEqual(self.fetch("a")[0].read_bytes(), b"good\n")
        asked = (self.folder / "asked").read_text()
        self.assertEqual(asked, "http://mirror.invalid/debian/pool/a.deb\n")

    def test_wrong_hash_in_the_lock(self) -> None:
        with self.assertRaises(registry.FetchError) as caught:
            self.fetch("a", "bad")
        self.assert_says(caught.exception, "bad=1", "1" * 64, sha256(b"other\n"))
        self.assertEqual(self.kept(), [sha256(b"good\n")])

    def test_package_that_the_mirror_no_longer_has(self) -> None:
        with self.assertRaises(registry.FetchError) as caught:
            self.fetch("a", "gone")
        self.assert_says(caught.exception, "gone=1", "E: 404 Not Found")


class MirrorTest(Machine):
    def mirror(self, listing: str, addresses: str = "") -> str:
        """The mirror found where apt-get lists these targets, or else prints these addresses."""
        (self.folder / "indextargets").write_text(f"{listing}\n" if listing else "")
        (self.folder / "update").write_text(f"{addresses}\n")
        self.executable(
            "apt-get",
            f'#!/bin/sh\nwhile read line; do printf "%s\\n" "$line"; done <"{self.folder}/$1"\n',
        )
        with mock.patch.dict(os.environ, {"PATH": str(self.folder)}):
            return registry.debian_mirror()

    def test_the_first_of_debians_own(self) -> None:
        listing = (
            "http://security.invalid/ bookworm-security Debian\n"
            "http://other.invalid/ stable Somebody\n"
            "http://one.invalid/debian/ bookworm Debian\n"
            "http://two.invalid/debian/ bookworm-updates Debian"
        )
        self.assertEqual(self.mirror(listing), "http://one.invalid/debian")

    def test_before_apt_get_update(self) -> None:
        self.assertEqual(self.mirror("http://one.invalid bookworm $(ORIGIN)"), "http://one.invalid")

    def test_where_apt_has_no_lists(self) -> None:
        addresses = (
            "'http://one.invalid/security/dists/bookworm-security/InRelease' one_InRelease 0 \n"
            "'http://one.invalid/debian/dists/bookworm/InRelease' one_InRelease 0 \n"
            "'http://one.invalid/debian/dists/bookworm/main/i18n/Translation-en.xz' one_en 0 "
        )
        self.assertEqual(self.mirror("", addresses), "http://one.invalid/debian")

    def test_none(self) -> None:
        with self.assertRaises(registry.FetchError) as caught:
            self.mirror("http://other.invalid stable Somebody")
        self.assert_says(caught.exception, "no Debian mirror", "TERRARIUM_DEBIAN_MIRROR")

    def test_no_apt(self) -> None:
        with (
            mock.patch.dict(os.environ, {"PATH": str(self.folder)}),
            self.assertRaises(registry.FetchError) as caught,
        ):
            registry.debian_mirror()
        self.assert_says(caught.exception, "no apt", "TERRARIUM_DEBIAN_MIRROR")


class AddressTest(Machine):
    def test_first_address_that_gives_it(self) -> None:
        self.files["/second"] = b"good"
        with self.site() as address:
            urls = [f"{address}/first", f"{address}/second"]
            path = registry.fetch_url(urls, registry.Wanted("demo", "", sha256(b"good")))
        self.assertEqual(path.read_bytes(), b"good")

    def test_none_of_them(self) -> None:
        closed = loopback.closed_address()
        with self.site() as address, self.assertRaises(registry.FetchError) as caught:
            registry.fetch_url(
                [f"{address}/first", f"{closed}/second"], registry.Wanted("demo", "", "0" * 64)
            )
        self.assert_says(caught.exception, "demo", f"{address}/first", "404", closed, "0" * 64)

    def test_wrong_hash_in_the_lock(self) -> None:
        self.files["/first"] = b"other"
        with self.site() as address, self.assertRaises(registry.FetchError) as caught:
            registry.fetch_url([f"{address}/first"], registry.Wanted("demo", "", "0" * 64))
        self.assert_says(caught.exception, "demo", "expected", "found", f"{address}/first")
        self.assertEqual(self.kept(), [])


class SourceTest(Machine):
    """fetch.py, as repository rules start it."""

    def run_fetch(self, entry: dict[str, object]) -> tuple[int, str]:
        listing = self.folder / "files.json"
        listing.write_text(json.dumps([entry]))
        arguments = ["upstream", str(listing), str(self.folder / "out")]
        with mock.patch("sys.stderr", io.StringIO()) as said:
            status = fetch.main([*arguments, "--strip-prefix", "demo-1.0"])
        return status, said.getvalue()

    def entry(self, address: str, data: bytes) -> dict[str, object]:
        return {
            "name": "demo",
            "sha256": sha256(data),
            "urls": [f"{address}/release"],
            "debian_pool": "pool/orig",
        }

    def test_debians_pool_comes_first(self) -> None:
        self.files["/pool/orig"] = source()
        with self.site() as address:
            self.assertEqual(self.run_fetch(self.entry(address, source())), (0, ""))
        self.assertEqual(self.asked, {"/pool/orig": 1})
        self.assertTrue((self.folder / "out/file").is_file())

    def test_upstream_comes_second(self) -> None:
        self.files["/release"] = source()
        with self.site() as address:
            self.assertEqual(self.run_fetch(self.entry(address, source())), (0, ""))

    def test_neither_has_it(self) -> None:
        with self.site() as address:
            status, said = self.run_fetch(self.entry(address, b""))
        self.assertEqual(status, 1)
        for part in ("demo", f"{address}/release", "pool/orig", "TERRARIUM_DEBIAN_MIRROR"):
            self.assertIn(part, said)

    def test_wrong_hash_writes_nothing(self) -> None:
        self.files["/pool/orig"] = self.files["/release"] = source("demo-1.0/other")
        with self.site() as address:
            status, said = self.run_fetch(self.entry(address, source()))
        self.assertEqual(status, 1)
        self.assertIn("expected sha256", said)
        self.assertFalse((self.folder / "out").exists())
        self.assertEqual(self.kept(), [])

    def test_damaged_archive_writes_nothing(self) -> None:
        data = source()[:-12]
        self.files["/pool/orig"] = data
        with self.site() as address:
            status, said = self.run_fetch(self.entry(address, data))
        self.assertEqual(status, 1)
        self.assertIn("damaged", said)
        self.assertFalse((self.folder / "out").exists())


class PruneTest(Machine):
    def test_removes_what_bazel_stumbles_over(self) -> None:
        root = self.folder / "root"
        for name in ("BUILD", "sub/BUILD", "sub/BUILD.bazel", "sub/WORKSPACE", "sub/file"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).touch()
        for name, target in {"good": "file", "dangling": "nowhere", "circle": ".."}.items():
            (root / "sub" / name).symlink_to(target)
        fetch.prune(root)
        left = {str(path.relative_to(root)) for path in root.rglob("*")}
        self.assertEqual(left, {"BUILD", "sub", "sub/file", "sub/good"})


if __name__ == "__main__":
    unittest.main()
