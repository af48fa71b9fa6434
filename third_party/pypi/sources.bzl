"""What is done to the source distributions of the lock, by project: patches, patch_strip, build_file, build_file_content."""

SOURCES = {
    "numpy": {"patches": [Label("//packages/numpy:patches/upstream/subroutines-return-nothing.patch")]},
    "scipy": {"patches": [
        Label("//packages/scipy:patches/no-hidden-lengths.patch"),
        Label("//packages/scipy:patches/upstream/subroutines-return-nothing.patch"),
    ]},
}
