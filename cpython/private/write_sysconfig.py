"""Writes what sysconfig knows of CPython's build, by upstream's own parser of the Makefile.

Upstream's `python -m sysconfig --generate-posix-vars` would bring in the folders of the Python
that runs it.
"""

import argparse
import importlib.util
import io
import json
import re
import sysconfig
from pathlib import Path
from types import ModuleType


def load(path: Path) -> ModuleType:
    """Imports a file of the source as a module."""
    spec = importlib.util.spec_from_file_location("upstream_sysconfig", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Parses the command line and writes the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--makefile", type=Path, required=True)
    parser.add_argument("--header", type=Path, required=True, help="pyconfig.h")
    parser.add_argument("--version-header", type=Path, required=True, help="patchlevel.h")
    parser.add_argument("--upstream", type=Path, required=True, help="Lib/sysconfig/__main__.py")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--variables", type=Path, required=True)
    arguments = parser.parse_args()

    upstream = load(arguments.upstream)
    values: dict[str, object] = {}
    upstream._parse_makefile(str(arguments.makefile), values)
    with arguments.header.open() as header:
        sysconfig.parse_config_h(header, values)
    # As upstream does for a Python that is not installed.
    values["BLDSHARED"] = values["LDSHARED"]
    text = io.StringIO()
    text.write(
        "# system configuration generated and used by the sysconfig module\nbuild_time_vars = "
    )
    upstream._print_config_dict(values, text)
    arguments.data.write_text(text.getvalue())

    # What sysconfig.get_config_vars() adds to them, in the Python that is built.
    match = re.search(
        r'^#define PY_VERSION\s+"([^"]+)"', arguments.version_header.read_text(), re.MULTILINE
    )
    assert match
    version = match.group(1)
    prefix = str(values["prefix"])
    short = str(values["VERSION"])
    installed = {
        "abiflags": values["ABIFLAGS"],
        "base": prefix,
        "exec_prefix": prefix,
        "implementation": "Python",
        "implementation_lower": "python",
        "installed_base": prefix,
        "installed_platbase": prefix,
        "platbase": prefix,
        "platlibdir": values["PLATLIBDIR"],
        "prefix": prefix,
        "projectbase": values["BINDIR"],
        "py_version": version,
        "py_version_nodot": short.replace(".", ""),
        "py_version_nodot_plat": "",
        "py_version_short": short,
        "srcdir": values["LIBPL"],
    }
    arguments.variables.write_text(json.dumps(values | installed, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
