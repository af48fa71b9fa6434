"""A common block has one size in all that is linked: the linker takes the first that it meets."""

import json
import sys
import unittest
from pathlib import Path


class SizesTest(unittest.TestCase):
    """What the linker did."""

    def test_unlike_sizes_are_refused_by_name(self) -> None:
        """Like ones link without a word; others stop the link and name the block."""
        outcomes = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
        self.assertEqual(outcomes["same"], {"status": 0, "stderr": ""})
        self.assertNotEqual(outcomes["other"]["status"], 0)
        self.assertIn(
            "the common block shared_, which must have one size everywhere",
            outcomes["other"]["stderr"],
        )


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
