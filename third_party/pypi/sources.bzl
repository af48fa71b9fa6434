"""What is done to the source distributions of the lock, by project: patches, patch_strip, build_file, build_file_content."""

SOURCES = {
    "numpy": {"patches": [Label("//packages/numpy:patches/upstream/subroutines-return-nothing.patch")]},
    "pillow": {"patches": [Label("//packages/pillow:patches/upstream/exec-slot-takes-its-module.patch")]},
    "scipy": {"patches": [
        Label("//packages/scipy:patches/no-hidden-lengths.patch"),
        Label("//packages/scipy:patches/upstream/no-threads-on-emscripten.patch"),
        Label("//packages/scipy:patches/upstream/subroutines-return-nothing.patch"),
    ]},
}
