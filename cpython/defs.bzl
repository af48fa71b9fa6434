"""What other folders load of cpython/."""

load("//cpython/private:stdlib.bzl", _python_zip = "python_zip")

# Where the interpreter looks for its library first: the zip file that upstream's getpath.py knows.
STDLIB_PATH = "/lib/python314.zip"

python_zip = _python_zip
