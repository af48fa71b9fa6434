"""What other folders load of cpython/."""

load("//cpython/private:stdlib.bzl", _python_zip = "python_zip")

python_zip = _python_zip
