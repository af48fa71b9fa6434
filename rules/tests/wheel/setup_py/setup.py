"""A project as old ones are: no pyproject.toml, modules in C++ and Cython, headers of numpy."""

import numpy
from Cython.Build import cythonize
from setuptools import Extension, setup

setup(
    name="legacy",
    version="1.0",
    packages=["legacy"],
    package_dir={"legacy": "."},
    ext_modules=[
        Extension(
            "legacy._count",
            ["count.cpp"],
            include_dirs=[numpy.get_include()],
            libraries=["counter"],
        ),
        *cythonize([Extension("legacy._total", ["total.pyx"])]),
    ],
)
