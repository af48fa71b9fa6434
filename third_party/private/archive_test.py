"""Tests of archive: what it unpacks, and what it refuses without leaving a trace."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import random
import stat
import tarfile
import tempfile
import unittest
import zipfile
from collections.abc import Callable
from pathlib import Path

from third_party.private import archive

#: Text that hardly shrinks.
NOISE = random.Random(0).randbytes(50_000).hex()


def tar(*members: tarfile.TarInfo | tuple[str, str]) -> bytes:
    """An archive of files, given by name and content, and of other members."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as bundle:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                bundle.addfile(member)
            else:
                info = tarfile.TarInfo(member[0])
                info.size = len(member[1])
                bundle.addfile(info, io.BytesIO(member[1].encode()))
    return buffer.getvalue()


def special(kind: bytes, name: str, target: str = "") -> tarfile.TarInfo:
    """A member that is no file: tarfile.SYMTYPE, LNKTYPE, DIRTYPE, FIFOTYPE."""
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = target
    return info


def symlink(name: str, target: str) -> tarfile.TarInfo:
    """A symbolic link."""
    return special(tarfile.SYMTYPE, name, target)


def archived(*members: tuple[str, str], links: dict[str, str] | None = None) -> bytes:
    """A zip file of files and symbolic links."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        for name, content in members:
            bundle.writestr(name, content)
        for name, target in (links or {}).items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            bundle.writestr(info, target)
    return buffer.getvalue()


def deb(data: bytes, name: str = "data.tar.xz") -> bytes:
    """A Debian package with these bytes as its files."""
    result = b"!<arch>\n"
    for part, content in (("debian-binary", b"2.0\n"), (name, data)):
        result += f"{part:<16}{0:<12}{0:<6}{0:<6}{0o100644:<8o}{len(content):<10}`\n".encode()
        result += content + b"\n" * (len(content) % 2)
    return result


class Folder(unittest.TestCase):
    """A folder to unpack into, with a neighbour that nothing may touch."""

    def setUp(self) -> None:
        self.base = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.out = self.base / "out"
        self.out.mkdir()

    def unpack(
        self, data: bytes, prefix: str = "", selection: archive.Selection | None = None
    ) -> None:
        path = self.base / "archive"
        path.write_bytes(data)
        archive.unpack(path, self.out, prefix, selection)

    def tree(self) -> list[str]:
        """Everything in the folder, by path."""
        return sorted(str(path.relative_to(self.out)) for path in self.out.rglob("*"))


class UnpackTest(Folder):
    def test_every_compression(self) -> None:
        plain = tar(("a/b", "content"))
        packers: list[Callable[[bytes], bytes]] = [
            bytes,
            gzip.compress,
            bz2.compress,
            lzma.compress,
        ]
        for pack in packers:
            for data in (pack(plain), deb(pack(plain))):
                with self.subTest(pack):
                    self.unpack(data)
                    self.assertEqual((self.out / "a/b").read_text(), "content")

    def test_zip(self) -> None:
        self.unpack(archived(("a/b", "content"), links={"a/c": "b"}))
        self.assertEqual((self.out / "a/c").read_text(), "content")

    def test_prefix(self) -> None:
        self.unpack(tar(("top/a", "1"), ("other/b", "2")), prefix="top")
        self.assertEqual(self.tree(), ["a"])

    def test_selection(self) -> None:
        selection = archive.Selection(drop=["usr/*"], keep=["usr/bin/*"])
        self.unpack(tar(("usr/doc/x", ""), ("usr/bin/y", ""), ("z", "")), selection=selection)
        self.assertEqual(self.tree(), ["usr", "usr/bin", "usr/bin/y", "z"])

    def test_only_what_may_be_executed_is(self) -> None:
        program = tarfile.TarInfo("program")
        program.mode = 0o4755
        self.unpack(tar(program, ("data", "")))
        self.assertEqual(stat.S_IMODE((self.out / "program").stat().st_mode), 0o755)
        self.assertEqual(stat.S_IMODE((self.out / "data").stat().st_mode), 0o644)

    def test_absolute_link_stays_inside(self) -> None:
        self.unpack(tar(("etc/file", "ours"), symlink("usr/link", "/etc/file")))
        self.assertEqual(os.readlink(self.out / "usr/link"), "../etc/file")
        self.assertEqual((self.out / "usr/link").read_text(), "ours")

    def test_hard_link_becomes_a_copy(self) -> None:
        self.unpack(tar(("a", "content"), special(tarfile.LNKTYPE, "b", "a")))
        self.assertEqual((self.out / "b").read_text(), "content")

    def test_folder_that_an_earlier_archive_made_a_link(self) -> None:
        self.unpack(tar(special(tarfile.DIRTYPE, "usr/lib"), symlink("lib", "usr/lib")))
        self.unpack(tar(special(tarfile.DIRTYPE, "lib"), ("lib/x", "")))
        self.assertTrue((self.out / "usr/lib/x").is_file())

    def test_file_that_an_earlier_archive_brought(self) -> None:
        self.unpack(tar(("a", "old")))
        self.unpack(tar(("a", "new")))
        self.assertEqual((self.out / "a").read_text(), "new")


class RefusalTest(Folder):
    def assert_refused(self, data: bytes, words: str, prefix: str = "") -> None:
        """Unpacking must fail with these words, and leave everything as it was."""
        (self.base / "secret").write_text("untouched")
        before = self.tree()
        with self.assertRaisesRegex(archive.ArchiveError, words):
            self.unpack(data, prefix)
        self.assertEqual(self.tree(), before)
        self.assertEqual((self.base / "secret").read_text(), "untouched")
        self.assertEqual({path.name for path in self.base.iterdir()}, {"archive", "out", "secret"})

    def test_paths_outside(self) -> None:
        for name in ("../secret", "/secret", "a/../../secret"):
            with self.subTest(name):
                self.assert_refused(tar(("good/file", ""), (name, "x")), "outside its folder")
                self.assert_refused(archived(("good/file", ""), (name, "x")), "outside its folder")

    def test_links_outside(self) -> None:
        for target in ("../secret", "a/../../secret", ".."):
            with self.subTest(target):
                self.assert_refused(tar(("good", ""), symlink("link", target)), "links outside")
                self.assert_refused(archived(links={"link": target}), "links outside")

    def test_links_outside_by_way_of_another_link(self) -> None:
        up = symlink("a/b/up", "../../")
        self.assert_refused(tar(up, symlink("link", "a/b/up/../secret")), "links outside")
        # The other link comes later.
        (self.out.parent / "secret").write_text("x")
        late = symlink("a/late", ".")
        link = symlink("link", "a/late/../../secret")
        self.assert_refused(tar(link, late, special(tarfile.LNKTYPE, "c", "link")), "links outside")

    def test_hard_link_to_a_file_outside(self) -> None:
        self.assert_refused(tar(special(tarfile.LNKTYPE, "a", "../secret")), "outside its folder")

    def test_hard_link_to_what_is_not_there(self) -> None:
        self.assert_refused(tar(special(tarfile.LNKTYPE, "a", "b")), "not here")

    def test_writing_through_a_link_that_was_there(self) -> None:
        (self.out / "door").symlink_to("..")
        self.assert_refused(tar(("door/secret", "x")), "through a link")

    def test_devices(self) -> None:
        for kind in (tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE):
            self.assert_refused(tar(("good", ""), special(kind, "a")), "device or pipe")

    def test_truncated(self) -> None:
        plain = tar(("a", "1"), ("b", NOISE))
        archives = {
            "tar": plain,
            "gzip": gzip.compress(plain),
            "bzip2": bz2.compress(plain),
            "xz": lzma.compress(plain),
            "deb": deb(lzma.compress(plain)),
            "zip": archived(("a", "1"), ("b", NOISE)),
        }
        for name, data in archives.items():
            for share in (0.3, 0.9):
                with self.subTest(name, share=share):
                    self.assert_refused(data[: int(len(data) * share)], "damaged|truncated")

    def test_altered(self) -> None:
        plain = tar(("a", NOISE))
        zipped = archived(("a", "b" * 1000))
        for data in (gzip.compress(plain), bz2.compress(plain), lzma.compress(plain), zipped):
            middle = len(data) // 2
            altered = data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1 :]
            self.assert_refused(altered, "damaged")

    def test_no_archive(self) -> None:
        for data in (b"", b"<html>not found</html>", b"!<arch>\n", b"PK\x03\x04"):
            with self.subTest(data):
                self.assert_refused(data, "damaged|truncated")

    def test_package_with_a_damaged_header(self) -> None:
        package = bytearray(deb(tar(("a", ""))))
        package[8 + 48 : 8 + 58] = b"not a size"
        self.assert_refused(bytes(package), "damaged")

    def test_compression_that_python_lacks(self) -> None:
        self.assert_refused(deb(b"\x28\xb5\x2f\xfd", "data.tar.zst"), "zstd")

    def test_prefix_that_nothing_has(self) -> None:
        self.assert_refused(tar(("top/a", "")), "nothing in archive is under 'other'", "other")

    def test_what_was_there_stays(self) -> None:
        (self.out / "mine").mkdir()
        (self.out / "mine/file").write_text("kept")
        self.assert_refused(tar(("mine/new", ""), ("../x", "")), "outside")
        self.assertEqual((self.out / "mine/file").read_text(), "kept")


class CommandTest(Folder):
    def test_names_what_it_refuses(self) -> None:
        path = self.base / "bad.tar"
        path.write_bytes(tar(("../x", "")))
        self.assertEqual(archive.main([str(self.out), str(path)]), 1)

    def test_unpacks_several_over_each_other(self) -> None:
        for name in ("one", "two"):
            (self.base / name).write_bytes(tar((f"top/{name}", "")))
        arguments = [str(self.out), "--strip-prefix", "top", "--drop", "two"]
        self.assertEqual(
            archive.main([*arguments, str(self.base / "one"), str(self.base / "two")]), 0
        )
        self.assertEqual(self.tree(), ["one"])


if __name__ == "__main__":
    unittest.main()
