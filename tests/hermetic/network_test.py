"""Tests that actions and tests have no network: no way out, and no loopback but their own.

What an action saw is of the build that ran it: Bazel does not run it again for other flags.
closed_build.py has one that is run anew each time.
"""

from __future__ import annotations

import json
import os
import socket
import unittest
from pathlib import Path

from tests.hermetic import probe


class NetworkTest(unittest.TestCase):
    def test_in_an_action(self) -> None:
        seen = json.loads(Path(os.environ["ACTION_VIEW"]).read_text(encoding="utf-8"))
        self.assertEqual(probe.ways_out(seen), [])

    def test_in_a_test(self) -> None:
        self.assertEqual(probe.ways_out(probe.view()), [])

    def test_what_is_a_way_out(self) -> None:
        connections = {"192.0.2.1": "connected", "192.0.2.2": "ETIMEDOUT", "::1": "ENETUNREACH"}
        seen = {"connections": connections, "listening": ["0100007F:1F90"]}
        self.assertEqual(
            probe.ways_out(seen),
            ["192.0.2.1: connected", "192.0.2.2: ETIMEDOUT", "a server at 0100007F:1F90"],
        )

    def test_probe_finds_who_listens(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.assertIn(f"0100007F:{server.getsockname()[1]:04X}", probe.listening())


if __name__ == "__main__":
    unittest.main()
