"""Tests that actions and tests have no network: no way out, and no loopback but their own."""

from __future__ import annotations

import json
import os
import socket
import unittest
from pathlib import Path
from typing import Any

from tests.hermetic import probe


class NetworkTest(unittest.TestCase):
    def check(self, seen: dict[str, Any]) -> None:
        for attempt, outcome in seen["connections"].items():
            with self.subTest(attempt):
                # A kernel without IPv6 knows no such address.
                self.assertIn(outcome, ("ENETUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT"))
        self.assertEqual(seen["listening"], [])

    def test_in_an_action(self) -> None:
        self.check(json.loads(Path(os.environ["ACTION_VIEW"]).read_text(encoding="utf-8")))

    def test_in_a_test(self) -> None:
        self.check(probe.view())

    def test_probe_finds_who_listens(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.assertIn(f"0100007F:{server.getsockname()[1]:04X}", probe.listening())


if __name__ == "__main__":
    unittest.main()
