"""What rules have in common whose actions run clang and emcc from a program of their own, as a build system does."""

# The compilers, each by its path, and in `_emscripten` and `_emscripten_system` what they need to run.
EMCC_ATTRS = {
    "_cache": attr.label(default = "//toolchains/emscripten:cache", cfg = "exec"),
    "_clang": attr.label(default = "@debian_emscripten//:bin/clang", allow_single_file = True, cfg = "exec"),
    "_emcc": attr.label(
        default = "@debian_emscripten//:usr/share/emscripten/emcc",
        allow_single_file = True,
        cfg = "exec",
    ),
    "_emscripten": attr.label(default = "//toolchains/emscripten:driver_files", cfg = "exec"),
    "_emscripten_config": attr.label(
        default = "//toolchains/emscripten:emscripten.config",
        allow_single_file = True,
        cfg = "exec",
    ),
    "_emscripten_system": attr.label(default = "@debian_emscripten//:emscripten_system", cfg = "exec"),
}
