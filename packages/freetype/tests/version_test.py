"""The version that pkg-config states is libtool's, as FreeType's ChangeLog has it."""

import re
import sys
import unittest
from pathlib import Path

CHANGE_LOG, VERSION = Path(sys.argv[1]), sys.argv[2]

#: The last change of the release comes first.
SET = re.compile(r"\(version_info\): Set to (\d+):(\d+):(\d+)\.")


class VersionTest(unittest.TestCase):
    """packages/freetype/version.bzl, and upstream's ChangeLog."""

    def test_the_version_is_that_of_the_change_log(self) -> None:
        found = SET.search(CHANGE_LOG.read_text(encoding="utf-8", errors="replace"))
        assert found, "the ChangeLog has another form: look for libtool's version"
        self.assertEqual(VERSION, ".".join(found.groups()), "correct LIBTOOL_VERSION")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
