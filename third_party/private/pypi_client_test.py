"""Tests of pypi_client: what a good index gives, and what a bad one gets."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
import time
import unittest
import zipfile
from pathlib import Path
from unittest import mock

from third_party.private import archive, locked_clients, loopback, pypi_client, registry

WHEEL = "demo_thing-1.0-py3-none-any.whl"
LINUX_WHEEL = "demo_thing-1.0-cp314-cp314-manylinux2014_x86_64.manylinux_2_17_x86_64.whl"
WASM_WHEEL = "demo_thing-1.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl"
SDIST = "demo_thing-1.0.tar.gz"


def make_wheel(members: dict[str, str] | None = None) -> bytes:
    """A wheel of demo-thing 1.0, with more members if need be."""
    files = {
        "demo_thing/__init__.py": "def main():\n    return 0\n",
        "demo_thing-1.0.dist-info/METADATA": (
            "Metadata-Version: 2.1\nName: demo-thing\nVersion: 1.0\n"
        ),
        "demo_thing-1.0.dist-info/WHEEL": (
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        ),
        "demo_thing-1.0.dist-info/RECORD": "",
        # Enough that a download can be cut in the middle.
        "demo_thing/data.bin": "0123456789abcdef" * 4096,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        for name, text in {**files, **(members or {})}.items():
            bundle.writestr(name, text)
    return buffer.getvalue()


def make_sdist() -> bytes:
    """A source distribution of demo-thing 1.0."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as bundle:
        for name, text in {
            "pyproject.toml": "[project]\n",
            "src/BUILD": "# for another build tool\n",
        }.items():
            member = tarfile.TarInfo(f"demo_thing-1.0/{name}")
            member.size = len(text)
            bundle.addfile(member, io.BytesIO(text.encode()))
    return buffer.getvalue()


def index(
    files: dict[str, bytes], as_json: bool = True, cut_at: int | None = None
) -> loopback.Site:
    """An index that has demo-thing, with these files."""

    def site(path: str, accept: str, address: str) -> loopback.Answer | None:
        if path == "/simple/demo-thing/":
            if as_json and "application/vnd.pypi.simple.v1+json" in accept:
                page = {
                    "meta": {"api-version": "1.0"},
                    "name": "demo-thing",
                    "files": [
                        {
                            "filename": name,
                            "url": f"{address}/files/{name}",
                            "hashes": {"sha256": hashlib.sha256(data).hexdigest()},
                        }
                        for name, data in files.items()
                    ],
                }
                return loopback.Answer(
                    json.dumps(page).encode(), "application/vnd.pypi.simple.v1+json"
                )
            links = "".join(f'<a href="../../files/{name}">{name}</a>\n' for name in files)
            return loopback.Answer(
                f"<!DOCTYPE html><html><body>{links}</body></html>".encode(), "text/html"
            )
        data = files.get(path.removeprefix("/files/"))
        return None if data is None else loopback.Answer(data, cut_at=cut_at)

    return site


def setUpModule() -> None:
    locked_clients.use_under_bazel()


class Machine(unittest.TestCase):
    """A test with a cache and pip settings of its own."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        settings = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
        settings.update(
            TERRARIUM_REPOSITORY_CACHE=str(self.folder / "cache"),
            PIP_CONFIG_FILE=os.devnull,
            PIP_CACHE_DIR=str(self.folder / "pip"),
            NO_PROXY="127.0.0.1",
        )
        patch = mock.patch.dict(os.environ, settings, clear=True)
        patch.start()
        self.addCleanup(patch.stop)

    def use(self, address: str) -> None:
        os.environ["PIP_INDEX_URL"] = f"{address}/simple"

    def assert_nothing_kept(self) -> None:
        kept = [path for path in (self.folder / "cache").rglob("*") if path.is_file()]
        self.assertEqual(kept, [])


class FetchTest(Machine):
    def fetch(self, filename: str, data: bytes) -> Path:
        return pypi_client.fetch("demo-thing==1.0", filename, hashlib.sha256(data).hexdigest())

    def test_wheel_lands_in_the_repository_cache(self) -> None:
        data = make_wheel()
        with loopback.serve(index({WHEEL: data})) as address:
            self.use(address)
            path = self.fetch(WHEEL, data)
        self.assertEqual(path.read_bytes(), data)
        # The second time, nobody is asked.
        self.assertEqual(self.fetch(WHEEL, data), path)

    def test_each_platform_gets_its_own_wheel(self) -> None:
        files = {
            LINUX_WHEEL: make_wheel({"demo_thing/for": "Linux"}),
            WASM_WHEEL: make_wheel({"demo_thing/for": "WebAssembly"}),
        }
        with loopback.serve(index(files)) as address:
            self.use(address)
            for filename, data in files.items():
                with self.subTest(filename):
                    self.assertEqual(self.fetch(filename, data).read_bytes(), data)

    def test_sdist_by_both_forms_of_the_simple_api(self) -> None:
        data = make_sdist()
        for as_json in (True, False):
            os.environ["TERRARIUM_REPOSITORY_CACHE"] = str(self.folder / f"cache-{as_json}")
            with (
                self.subTest(as_json=as_json),
                loopback.serve(index({SDIST: data}, as_json)) as address,
            ):
                self.use(address)
                self.assertEqual(self.fetch(SDIST, data).read_bytes(), data)

    def test_sdist_from_a_local_folder(self) -> None:
        data = make_sdist()
        links = self.folder / "links"
        links.mkdir()
        (links / SDIST).write_bytes(data)
        os.environ["PIP_FIND_LINKS"] = str(links)
        os.environ["PIP_NO_INDEX"] = "1"
        self.assertEqual(self.fetch(SDIST, data).read_bytes(), data)

    def test_wrong_hash_in_the_lock(self) -> None:
        for filename, data in ((WHEEL, make_wheel()), (SDIST, make_sdist())):
            wrong = "0" * 64
            with self.subTest(filename), loopback.serve(index({filename: data})) as address:
                self.use(address)
                with self.assertRaises(registry.FetchError) as caught:
                    pypi_client.fetch("demo-thing==1.0", filename, wrong)
                message = str(caught.exception)
                for part in (
                    filename,
                    "demo-thing==1.0",
                    wrong,
                    hashlib.sha256(data).hexdigest(),
                    "tools/lock",
                ):
                    self.assertIn(part, message)
                self.assert_nothing_kept()

    def test_truncated_download(self) -> None:
        for filename, data in ((WHEEL, make_wheel()), (SDIST, make_sdist())):
            site = index({filename: data}, cut_at=len(data) // 2)
            with self.subTest(filename), loopback.serve(site) as address:
                self.use(address)
                with self.assertRaises(registry.FetchError) as caught:
                    self.fetch(filename, data)
                self.assertIn(filename, str(caught.exception))
                self.assert_nothing_kept()

    def test_index_that_does_not_answer(self) -> None:
        self.use(loopback.closed_address())
        for filename in (WHEEL, SDIST):
            with self.subTest(filename):
                start = time.monotonic()
                with self.assertRaises(registry.FetchError) as caught:
                    self.fetch(filename, b"")
                self.assertLess(time.monotonic() - start, 20)
                for part in (filename, "PyPI", "PIP_INDEX_URL", "pip config set"):
                    self.assertIn(part, str(caught.exception))
                self.assert_nothing_kept()

    def test_file_that_the_index_no_longer_has(self) -> None:
        for filename in (WHEEL, SDIST):
            with (
                self.subTest(filename),
                loopback.serve(index({"demo_thing-0.9.tar.gz": b""})) as address,
            ):
                self.use(address)
                with self.assertRaises(registry.FetchError) as caught:
                    self.fetch(filename, b"")
                self.assertIn(filename, str(caught.exception))

    def test_password_is_not_shown(self) -> None:
        address = loopback.closed_address().replace("//", "//user:secret@")
        os.environ["PIP_INDEX_URL"] = f"{address}/simple"
        for filename in (WHEEL, SDIST):
            with self.subTest(filename), self.assertRaises(registry.FetchError) as caught:
                self.fetch(filename, b"")
            self.assertNotIn("secret", str(caught.exception))


class UnpackTest(Machine):
    def unpack(self, members: dict[str, str]) -> Path:
        wheel = self.folder / WHEEL
        wheel.write_bytes(make_wheel(members))
        destination = self.folder / "out" / "wheel"
        pypi_client.unpack_wheel(wheel, destination)
        return destination

    def test_layout(self) -> None:
        out = self.unpack(
            {
                "demo_thing-1.0.data/scripts/tool": "#!/bin/sh\n",
                "demo_thing-1.0.data/data/share/notes": "n",
                "demo_thing-1.0.data/purelib/demo_more.py": "",
                "demo_thing-1.0.dist-info/entry_points.txt": (
                    "[console_scripts]\nDemo = demo_thing:main [x]\n"
                ),
            }
        )
        self.assertTrue(os.access(out / "bin/tool", os.X_OK))
        self.assertTrue((out / "share/notes").is_file())
        self.assertTrue((out / "site-packages/demo_more.py").is_file())
        self.assertIn("from demo_thing import main", (out / "bin/Demo-script.py").read_text())
        self.assertEqual(json.loads((out / "wheel.json").read_text())["scripts"], ["Demo"])

    def test_paths_outside(self) -> None:
        for name in (
            "../escaped",
            "/escaped",
            "demo_thing/../../../escaped",
            "demo_thing-1.0.data/data/../../../escaped",
        ):
            with self.subTest(name), self.assertRaises(archive.ArchiveError):
                self.unpack({name: "x"})
            self.assertEqual(list(self.folder.rglob("escaped")), [])
        self.assertFalse(Path("/escaped").exists())

    def test_truncated_wheel(self) -> None:
        wheel = self.folder / WHEEL
        wheel.write_bytes(make_wheel()[:-2000])
        with self.assertRaises(archive.ArchiveError):
            pypi_client.unpack_wheel(wheel, self.folder / "out")

    def test_sdist(self) -> None:
        file = self.folder / SDIST
        file.write_bytes(make_sdist())
        pypi_client.unpack_inner(file, self.folder / "out")
        self.assertTrue((self.folder / "out/pyproject.toml").is_file())
        pypi_client.remove_files(self.folder / "out", pypi_client.BAZEL_FILES)
        self.assertFalse((self.folder / "out/src/BUILD").exists())

    def test_file_stays_packed(self) -> None:
        data = make_wheel()
        with loopback.serve(index({WASM_WHEEL: data})) as address:
            self.use(address)
            status = pypi_client.main(
                [
                    "file",
                    "--entry",
                    "demo-thing==1.0",
                    "--filename",
                    WASM_WHEEL,
                    "--sha256",
                    hashlib.sha256(data).hexdigest(),
                    str(self.folder / "o"),
                ]
            )
        self.assertEqual(status, 0)
        self.assertEqual([path.name for path in (self.folder / "o").iterdir()], [WASM_WHEEL])
        self.assertEqual((self.folder / "o" / WASM_WHEEL).read_bytes(), data)

    def test_command_names_the_entry(self) -> None:
        data = make_wheel({"../escaped": "x"})
        sha256 = hashlib.sha256(data).hexdigest()
        with (
            loopback.serve(index({WHEEL: data})) as address,
            mock.patch("sys.stderr", io.StringIO()) as said,
        ):
            self.use(address)
            status = pypi_client.main(
                [
                    "wheel",
                    "--entry",
                    "demo-thing==1.0",
                    "--filename",
                    WHEEL,
                    "--sha256",
                    sha256,
                    str(self.folder / "o"),
                ]
            )
        self.assertEqual(status, 1)
        self.assertIn("demo-thing==1.0", said.getvalue())


class PlatformTest(unittest.TestCase):
    def test_platform_is_what_the_name_says(self) -> None:
        for filename, platforms in (
            (WHEEL, pypi_client.LINUX),
            (LINUX_WHEEL, pypi_client.LINUX),
            (WASM_WHEEL, pypi_client.WASM),
            ("demo_thing-1.0-py3-none-any.pyemscripten_2026_0_wasm32.whl", pypi_client.WASM),
        ):
            with self.subTest(filename):
                self.assertEqual(pypi_client.platforms_of(filename), platforms)

    def test_pip_is_asked_for_no_other_platform(self) -> None:
        arguments = pypi_client.target_arguments(pypi_client.WASM)
        self.assertEqual(arguments.count("--platform"), 1)
        self.assertEqual(arguments[-2:], ["--platform", "pyemscripten_2026_0_wasm32"])


class SettingsTest(unittest.TestCase):
    def test_environment_wins_over_section_over_global(self) -> None:
        listing = (
            ":env:.index-url='http://env.invalid/'\n"
            "global.index-url='http://global.invalid/'\n"
            "download.timeout='3'\nglobal.timeout='9'\n"
            "install.timeout='4'\n"
        )
        values = pypi_client.parse_config(listing)
        self.assertEqual(values, {"index-url": "http://env.invalid/", "timeout": "3"})

    def test_redact(self) -> None:
        self.assertEqual(
            pypi_client.redact("http://u:p@h.invalid:1/x"), "http://****@h.invalid:1/x"
        )
        self.assertEqual(pypi_client.redact("http://h.invalid/x"), "http://h.invalid/x")


if __name__ == "__main__":
    unittest.main()
