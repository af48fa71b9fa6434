"""Which packages the release has. //dist:all holds them, and pyodide-lock.json names them."""

# Wheels: built here, or, if they are of pure Python, as PyPI has them: @pypi_NAME_wasm//:files is one with those that it needs.
WHEELS = [
    "//packages/contourpy",
    "//packages/kiwisolver",
    "//packages/matplotlib",
    "//packages/numpy",
    "//packages/pandas",
    "//packages/pillow",
    "//packages/pywavelets",
    "//packages/scikit-learn",
    "//packages/scipy",
    "//packages/shapely",
    "//packages/statsmodels",
    "@pypi_cycler_wasm//:files",
    "@pypi_fonttools_wasm//:files",
    "@pypi_formulaic_wasm//:files",
    "@pypi_joblib_wasm//:files",
    "@pypi_narwhals_wasm//:files",
    "@pypi_packaging_wasm//:files",
    "@pypi_patsy_wasm//:files",
    "@pypi_pyparsing_wasm//:files",
    "@pypi_python_dateutil_wasm//:files",
    "@pypi_threadpoolctl_wasm//:files",
    "@pypi_tzdata_wasm//:files",
]

# Shared libraries that wheels need: the library's name, to the side module and the source in third_party/upstream/lock.json
# that has its version.
LIBRARIES = {
    "libblas": struct(module = "//packages/blis:libblas", source = "blis"),
    "libgeos": struct(module = "//packages/geos:libgeos", source = "geos"),
    "liblapack": struct(module = "//packages/lapack:liblapack", source = "lapack"),
}

# The same for engines that have a feature: what is loaded there in the library's stead, under its file name.
VARIANTS = {
    "libblas": {"relaxed-simd": "//packages/blis:libblas-relaxed"},
}
