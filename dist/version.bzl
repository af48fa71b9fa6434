"""The version of the release: CPython's series as Pyodide counts it, and our own count."""

VERSION = "314.0.0"
