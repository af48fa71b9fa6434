"""No link lets a call pass whose type differs from its definition: it would trap at run time."""

import json
import sys
import unittest
from pathlib import Path


class MismatchTest(unittest.TestCase):
    """What emcc did with each kind of link."""

    def test_unlike_types_are_refused_by_name(self) -> None:
        """Types that agree link without a word; others stop the link and name the function."""
        kinds = json.loads(Path(sys.argv[1]).read_text())
        self.assertEqual({"main module", "program", "side module"}, kinds.keys())
        for kind, outcome in kinds.items():
            with self.subTest(kind):
                self.assertEqual((0, ""), (outcome["same"]["status"], outcome["same"]["stderr"]))
                self.assertNotEqual(0, outcome["other"]["status"])
                self.assertIn("function signature mismatch: shared", outcome["other"]["stderr"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
