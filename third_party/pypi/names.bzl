"""How repositories of PyPI's files are called."""

load("//third_party/private:names.bzl", "mangle")

def repository_of(project):
    """The repository of a project's wheel; that of its source distribution ends with `_sdist`, a wheel for WebAssembly with `_wasm`.

    Args:
      project: a project's name, or the lock's name of it: name==version
    """
    return "pypi_" + mangle(project.split("==")[0])
