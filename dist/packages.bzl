"""Which packages the release has. //dist:all holds them, and pyodide-lock.json names them."""

# Wheels: built here, or, if they are of pure Python, as PyPI has them: @pypi_NAME_wasm//:files is one with those that it needs.
WHEELS = [
    "//packages/kiwisolver",
    "//packages/numpy",
    "//packages/pywavelets",
    "//packages/scipy",
]

# Shared libraries that wheels need: the library's name, to the side module and the source in third_party/upstream/lock.json
# that has its version.
LIBRARIES = {
    "libblas": struct(module = "//packages/blis:libblas", source = "blis"),
    "liblapack": struct(module = "//packages/lapack:liblapack", source = "lapack"),
}

# The same for engines that have a feature: what is loaded there in the library's stead, under its file name.
VARIANTS = {
    "libblas": {"relaxed-simd": "//packages/blis:libblas-relaxed"},
}
