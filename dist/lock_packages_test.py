"""The lock of a release's packages: what they need, what they bring, and what stops it."""

import json
import tempfile
import unittest
import zipfile
from pathlib import Path
from typing import Any

from packaging.markers import default_environment

from dist import lock_packages
from dist.lock_packages import LockError, Package
from toolchains.fortran.private.wasm_types import needed_libraries


def number(value: int) -> bytes:
    """An unsigned LEB128 number of at least two bytes, as compilers write them."""
    result = bytearray()
    while value >= 0x80:
        result.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(result) + bytes([value | 0x80, 0])


def name(text: str) -> bytes:
    """A name with its length."""
    return number(len(text)) + text.encode()


def module(*libraries: str) -> bytes:
    """The beginning of a side module that needs some libraries."""
    memory = bytes([1]) + number(4) + b"\0\0\0\0"
    needed = number(len(libraries)) + b"".join(map(name, libraries))
    content = name("dylink.0") + memory + bytes([2]) + number(len(needed)) + needed
    return b"\0asm\1\0\0\0" + bytes([0]) + number(len(content)) + content + b"\1\1\0"


class ModuleTest(unittest.TestCase):
    """What a side module says that it needs."""

    def test_libraries(self) -> None:
        long = "lib" + "x" * 300 + ".so"
        found = needed_libraries(module("libblas.so", long))
        self.assertEqual(found, ["libblas.so", long])

    def test_no_side_module(self) -> None:
        for data in (b"", b"\x7fELF" + bytes(50), b"\0asm\1\0\0\0" + b"\1\1\0", module()):
            self.assertEqual(needed_libraries(data), [])


#: The head of a lock file.
INFO = {"abi_version": "2026_0", "arch": "wasm32", "python": "3.14.7"}


class WheelTest(unittest.TestCase):
    """What is read from wheels."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def read(
        self, files: dict[str, bytes], name: str = "a_b-1-py3-none-any.whl", **facts: Any
    ) -> Package:
        path = self.folder / name
        with zipfile.ZipFile(path, "w") as wheel:
            for member, data in files.items():
                wheel.writestr(member, data)
        target = str(self.folder / "out" / path.name)
        Path(target).parent.mkdir(exist_ok=True)
        return lock_packages.read_wheel(
            {"kind": "wheel", "source": str(path), "target": target} | facts,
            lock_packages.supported_tags(INFO),
        )

    METADATA = b"Name: A.B\nVersion: 1\nRequires-Dist: c>2\nRequires-Dist: d\n\nText\n"

    def test_what_a_wheel_says(self) -> None:
        package = self.read(
            {
                "a_b/__init__.py": b"",
                "a_b/_x.so": module("liby.so", "libown.so"),
                "a_b.libs/libown.so": module(),
                "one.py": b"",
                "_two.cpython-314.so": module(),
                "space/inner/__init__.py": b"",
                "a_b-1.dist-info/METADATA": self.METADATA,
            },
            tests=True,
        )
        self.assertEqual(package.entry["name"], "a-b")
        self.assertEqual(package.entry["imports"], ["_two", "a_b", "one"])
        self.assertTrue(package.entry["unvendored_tests"])
        self.assertEqual(package.needs, {"liby.so"})
        self.assertEqual(package.requires, ["c>2", "d"])
        self.assertEqual(package.namespaces, {"space"})
        copied = self.folder / "out" / "a_b-1-py3-none-any.whl"
        self.assertEqual(package.entry["sha256"], lock_packages.sha256_of(copied))

    def test_tests_bring_nothing_to_import(self) -> None:
        files = {"a/tests/__init__.py": b"", "a_b-1.dist-info/METADATA": self.METADATA}
        package = self.read(files, kind="tests")
        self.assertEqual((package.entry["imports"], package.namespaces), ([], set()))

    def test_no_wheel(self) -> None:
        with self.assertRaisesRegex(LockError, "has no METADATA"):
            self.read({"a.py": b""})
        with self.assertRaisesRegex(LockError, "a-b.whl is no name of a wheel"):
            self.read({"a.py": b""}, "a-b.whl")

    def test_wheels_that_this_python_runs(self) -> None:
        files = {"a_b-1.dist-info/METADATA": self.METADATA}
        for tags in (
            "cp314-cp314-pyemscripten_2026_0_wasm32",
            "cp312-abi3-pyemscripten_2026_0_wasm32",
            "py2.py3-none-any",
        ):
            name = f"a_b-1-{tags}.whl"
            self.assertEqual(self.read(files, name).entry["file_name"], name)

    def test_wheels_for_others_are_refused_and_not_copied(self) -> None:
        files = {"a_b-1.dist-info/METADATA": self.METADATA}
        for tags in (
            "cp314-cp314-manylinux_2_17_x86_64",
            "cp313-cp313-pyemscripten_2026_0_wasm32",
            "cp314-cp314t-pyemscripten_2026_0_wasm32",
            "cp314-cp314-pyemscripten_2025_0_wasm32",
            "py2-none-any",
        ):
            name = f"a_b-1-{tags}.whl"
            with self.assertRaisesRegex(LockError, f"{name} is .* than pyemscripten_2026_0_wasm32"):
                self.read(files, name)
            self.assertFalse((self.folder / "out" / name).exists())


def package(name: str, version: str = "1", **facts: Any) -> Package:
    """A package of which only this is known."""
    return Package({"name": name, "version": version, "imports": [], "depends": []}, **facts)


class ResolveTest(unittest.TestCase):
    """What packages depend on."""

    def resolve(self, *packages: Package) -> dict[str, Any]:
        return {entry["name"]: entry for entry in lock_packages.resolve(packages, "3.14.7")}

    def test_requirements_of_this_platform_and_libraries(self) -> None:
        user = package(
            "user",
            requires=[
                "B_c>=2",
                'windows; sys_platform == "win32"',
                'old; python_version < "3.14"',
                'more; extra == "more"',
                'wasm; platform_machine == "wasm32" and python_full_version >= "3.14.7"',
            ],
            needs={"libx.so"},
        )
        entries = self.resolve(
            user, package("b-c", "2.1"), package("wasm"), package("libx", provides="libx.so")
        )
        self.assertEqual(entries["user"]["depends"], ["b-c", "libx", "wasm"])

    def test_no_marker_is_the_machines(self) -> None:
        environment = lock_packages.markers("3.14.7")
        self.assertLessEqual(default_environment().keys(), environment.keys())
        self.assertEqual(environment["python_version"], "3.14")

    def test_what_nothing_meets_is_named(self) -> None:
        with self.assertRaisesRegex(LockError, "user needs b>2, and the release has none of that"):
            self.resolve(package("user", requires=["b>2"]))
        with self.assertRaisesRegex(LockError, "user needs b>2, and the release has b 1: add it"):
            self.resolve(package("user", requires=["b>2"]), package("b"))
        with self.assertRaisesRegex(LockError, r"a module of user needs libx\.so"):
            self.resolve(package("user", needs={"libx.so"}))

    def test_an_extra_of_another_package(self) -> None:
        other = package("b", requires=["c", 'd; extra == "more"', 'e[deep]; extra == "Mo_re"'])
        deep = package("e", requires=['f; extra == "deep"', 'b[more]; extra == "deep"'])
        rest = [package("c"), package("d"), deep, package("f")]
        entries = self.resolve(package("user", requires=["b[more,mo-re]"]), other, *rest)
        self.assertEqual(entries["user"]["depends"], ["b", "d", "e", "f"])
        self.assertEqual(entries["b"]["depends"], ["c"])

    def test_an_extra_that_nothing_meets_is_named(self) -> None:
        other = package("b", requires=['d<2; extra == "more"'])
        user = package("user", requires=["b[more]"])
        expected = r"b\[more\], which user needs, needs d<2; .*, and the release has d 2"
        with self.assertRaisesRegex(LockError, expected):
            self.resolve(user, other, package("d", "2"))

    def test_an_extra_of_its_own(self) -> None:
        user = package("user", requires=["user[more]", 'c; extra == "more"'])
        self.assertEqual(self.resolve(user, package("c"))["user"]["depends"], ["c"])

    def test_no_package_twice(self) -> None:
        with self.assertRaisesRegex(LockError, "b is in the release twice"):
            self.resolve(package("b"), package("b", "2"))

    def test_a_namespace_is_imported_from_where_nobody_else_has_the_name(self) -> None:
        first, second = package("a", namespaces={"x", "y"}), package("b")
        second.entry["imports"] = ["y"]
        self.assertEqual(self.resolve(first, second)["a"]["imports"], ["x"])


class LibraryTest(unittest.TestCase):
    """Shared libraries, and their builds for engines with more."""

    def test_all_have_the_same_name_inside(self) -> None:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            (folder / "libx.so").write_bytes(module("liby.so"))
            (folder / "libx-fast.so").write_bytes(module("liby.so") + b"fast")
            facts = [
                {
                    "kind": "library",
                    "name": "libx",
                    "version": "1",
                    "feature": feature,
                    "source": str(folder / source),
                    "target": str(folder / target),
                }
                for feature, source, target in (
                    ("", "libx.so", "libx-1.zip"),
                    ("relaxed-simd", "libx-fast.so", "libx-relaxed-simd-1.zip"),
                )
            ]
            library = lock_packages.read_library(facts[0], facts[1:])
            self.assertEqual((library.provides, library.needs), ("libx.so", {"liby.so"}))
            variant = library.entry["variants"][0]
            self.assertEqual(variant["feature"], "relaxed-simd")
            for entry, source in ((library.entry, "libx.so"), (variant, "libx-fast.so")):
                path = folder / entry["file_name"]
                self.assertEqual(lock_packages.sha256_of(path), entry["sha256"])
                with zipfile.ZipFile(path) as bundle:
                    self.assertEqual(bundle.namelist(), ["libx.so"])
                    self.assertEqual(bundle.read("libx.so"), (folder / source).read_bytes())
            self.assertTrue(json.dumps(library.entry))


if __name__ == "__main__":
    unittest.main()
