"""The public rules of Terrarium for WebAssembly. `cc_library` and `cc_binary` need none of them."""

load("//rules/private:browser_test.bzl", _browser_test = "browser_test")
load("//rules/private:esbuild.bzl", _esbuild = "esbuild")
load("//rules/private:fortran.bzl", _fortran_library = "fortran_library")
load("//rules/private:link.bzl", _wasm_main_module = "wasm_main_module", _wasm_side_module = "wasm_side_module")
load("//rules/private:node.bzl", _node_binary = "node_binary", _node_test = "node_test", _wasm_test = "wasm_test")
load("//rules/private:wasm_files.bzl", _wasm_files = "wasm_files")
load("//rules/private:wasm_library.bzl", _wasm_library = "wasm_library")
load("//rules/private:wheel.bzl", _WheelInfo = "WheelInfo", _wheel = "wheel")
load("//toolchains/emscripten:flags.bzl", _FENV_DEFINES = "FENV_DEFINES")

# The names of floating-point exceptions, for libraries that raise and test flags: FE_INVALID and the rest.
FENV_DEFINES = _FENV_DEFINES

WheelInfo = _WheelInfo
browser_test = _browser_test
esbuild = _esbuild
fortran_library = _fortran_library
node_binary = _node_binary
node_test = _node_test
wasm_files = _wasm_files
wasm_library = _wasm_library
wasm_main_module = _wasm_main_module
wasm_side_module = _wasm_side_module
wasm_test = _wasm_test
wheel = _wheel
