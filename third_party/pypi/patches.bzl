"""What is done to files of the lock after they are unpacked, by project: arguments of the rules in defs.bzl."""

# Source distributions: patches, patch_strip, build_file, build_file_content.
SOURCES = {
    "numpy": {"patches": [Label("//packages/numpy:patches/upstream/subroutines-return-nothing.patch")]},
    "pillow": {"patches": [Label("//packages/pillow:patches/upstream/exec-slot-takes-its-module.patch")]},
    "scipy": {"patches": [
        Label("//packages/scipy:patches/no-hidden-lengths.patch"),
        Label("//packages/scipy:patches/upstream/no-threads-on-emscripten.patch"),
        Label("//packages/scipy:patches/upstream/subroutines-return-nothing.patch"),
    ]},
}

# Wheels of this machine's Python, what builds the packages: patches, patch_strip.
WHEELS = {
    "cython": {"patches": [Label("//third_party/pypi:patches/upstream/shared-utilities-are-the-same-twice.patch")]},
}
