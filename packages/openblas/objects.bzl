"""What is compiled of OpenBLAS, for gemm, gemv, dot, axpy and trsm of all four kinds of numbers.

OpenBLAS compiles the same sources again and again, with macros that say what they are to become. Which sources and macros
those are for the target WASM128_GENERIC comes from kernel/wasm/KERNEL.WASM128_GENERIC and kernel/wasm/KERNEL, the later of which wins where
it does not ask, and from the Makefiles of interface/, driver/level3/ and kernel/.
"""

_TYPES = {
    "c": ["COMPLEX"],
    "d": ["DOUBLE"],
    "s": [],
    "z": ["DOUBLE", "COMPLEX"],
}

def _macros(conditions):
    return [macro for macro, holds in conditions.items() if holds]

def _objects_of_type(t, base):
    real = "COMPLEX" not in base
    z = "" if real else "z"
    transpositions = ["N", "T"] if real else ["N", "T", "R", "C"]
    objects = []

    def add(name, source, macros = [], kind = base):
        objects.append(struct(macros = kind + macros, name = name, source = source))

    # The functions for C.
    add("cblas_%sgemm" % t, "interface/gemm.c", ["CBLAS"])
    add("cblas_%strsm" % t, "interface/trsm.c", ["CBLAS"])
    add("cblas_%sgemv" % t, "interface/%sgemv.c" % z, ["CBLAS"])
    add("cblas_%saxpy" % t, "interface/%saxpy.c" % z, ["CBLAS"])
    if real:
        add("cblas_%sdot" % t, "interface/dot.c", ["CBLAS"])
    else:
        add("cblas_%sdotu_sub" % t, "interface/zdot.c", ["CBLAS", "FORCE_USE_STACK"])

    # What goes over blocks.
    for a in transpositions:
        for b in transpositions:
            # The two that <sys/*.h> has names like.
            macro = a + b + ("=" + a + b if a + b in ["CR", "RC"] else "")
            add("%sgemm_%s" % (t, (a + b).lower()), "driver/level3/gemm.c", [macro])
    for side in ["L", "R"]:
        for a in transpositions:
            for triangle in ["U", "L"]:
                for diagonal in ["U", "N"]:
                    add("%strsm_%s" % (t, side + a + triangle + diagonal), "driver/level3/trsm_%s.c" % side, _macros({
                        "CONJ": a in "RC",
                        "TRANSA": a in "TC",
                        "UNIT": diagonal == "U",
                        "UPPER": triangle == "U",
                    }))

    # Products of matrices: blocks are packed, then multiplied.
    parts = [macro for macro in base if macro != "COMPLEX"]
    add("%sgemm_beta" % t, "kernel/generic/%sgemm_beta.c" % z)
    add("%sgemm_oncopy" % t, "kernel/generic/%sgemm_ncopy_2.c" % z, kind = parts)
    add("%sgemm_otcopy" % t, "kernel/generic/%sgemm_tcopy_2.c" % z, kind = parts)
    if real:
        add("%sgemm_kernel" % t, "kernel/wasm/gemmkernel_wasm128.c")
    else:
        for letter, macro in {"b": "CC", "l": "CN", "n": "NN", "r": "NC"}.items():
            add("%sgemm_kernel_%s" % (t, letter), "kernel/generic/zgemmkernel_2x2.c", [macro])

    # Triangular systems.
    for side in ["L", "R"]:
        for a, conjugated in {"N": "R", "T": "C"}.items():
            kernel = side + a
            source = "kernel/wasm/trsm_kernel_%s_wasm128.c" if real else "kernel/generic/trsm_kernel_%s.c"
            macros = ["TRSMKERNEL", kernel] + (["UPPER"] if a == "N" else [])
            add("%strsm_kernel_%s" % (t, kernel), source % kernel, macros)
            if not real:
                add("%strsm_kernel_%s" % (t, side + conjugated), source % kernel, macros + ["CONJ"])
    for triangle in ["u", "l"]:
        for a in ["n", "t"]:
            for diagonal in ["u", "n"]:
                add("%strsm_o%s%s%scopy" % (t, triangle, a, diagonal), "kernel/generic/%strsm_%s%scopy_2.c" % (z, triangle, a), _macros({
                    "LOWER": triangle == "l",
                    "OUTER": True,
                    "UNIT": diagonal == "u",
                }))

    # Vectors, and matrix by vector.
    add("%saxpy_k" % t, "kernel/riscv64/%saxpy.c" % z)
    add("%sscal_k" % t, "kernel/riscv64/%sscal.c" % z)
    if real:
        add("%sdot_k" % t, "kernel/riscv64/dot.c")
        add("%sgemv_n" % t, "kernel/riscv64/gemv_n.c")
        add("%sgemv_t" % t, "kernel/riscv64/gemv_t.c", ["TRANS"])
    else:
        add("%sdotu_k" % t, "kernel/riscv64/zdot.c")
        for letters, source, macros in [("nros", "zgemv_n.c", []), ("tcud", "zgemv_t.c", ["TRANS"])]:
            for letter, conj, xconj in zip(letters.elems(), [0, 1, 0, 1], [0, 0, 1, 1]):
                add("%sgemv_%s" % (t, letter), "kernel/riscv64/" + source, macros + _macros({
                    "CONJ": conj,
                    "XCONJ": xconj,
                }))
    return objects

OBJECTS = [
    object
    for t, base in _TYPES.items()
    for object in _objects_of_type(t, base)
] + [
    struct(macros = [], name = name, source = "driver/others/%s.c" % name)
    for name in ["memory", "openblas_env"]
]

# What others call.
FUNCTIONS = [
    "cblas_%s%s" % (t, name)
    for t in ["c", "d", "s", "z"]
    for name in ["axpy", "gemm", "gemv", "trsm"]
] + [
    "cblas_cdotu_sub",
    "cblas_ddot",
    "cblas_sdot",
    "cblas_zdotu_sub",
]
