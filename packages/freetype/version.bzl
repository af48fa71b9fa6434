"""The version of FreeType that pkg-config knows, which is libtool's and not that of the release."""

# When FreeType's release changes, tests/version_test.py says what this has to be.
LIBTOOL_VERSION = "26.6.20"
