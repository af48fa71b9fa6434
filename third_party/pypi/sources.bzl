"""What is done to the source distributions of the lock, by project: patches, patch_strip, build_file, build_file_content."""

SOURCES = {
    "numpy": {"patches": [Label("//packages/numpy:patches/upstream/subroutines-return-nothing.patch")]},
}
