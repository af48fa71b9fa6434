"""What retarget makes of each form that it knows, and which forms it refuses.

The modules here are what flang 19 and tco write for a few lines of Fortran, without what does not
matter.
"""

import unittest

from retarget import Indirect, RefusedError, Signature, extent, read_fir, retarget, split

HEADER = (
    'target datalayout = "e-m:e-p:32:32-p270:32:32-p271:32:32-p272:64:64'
    '-i128:128-f64:32:64-f80:32-n8:16:32-S128"\n'
    'target triple = "i686-unknown-linux-gnu"\n'
)


def body(text: str) -> str:
    """A module without its target."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("target ")).strip()


def size_function(block: str, parameters: str) -> str:
    """What tells the linker the size of a common block."""
    name = f"the common block {block}, which must have one size everywhere"
    return f'define weak hidden void @"{name}"({parameters}) {{ ret void }}\n'


class FirTest(unittest.TestCase):
    """Types of procedures and of calls through pointers."""

    def test_signatures(self) -> None:
        """Attributes of arguments are left out; a result comes bare or in brackets."""
        fir = read_fir(
            '  func.func @_QPa(%arg0: !fir.boxchar<1> {fir.bindc_name = "s, t"}, '
            "%arg1: !fir.ref<!fir.array<?x!fir.complex<4>>>) -> !fir.complex<4> {\n"
            "  func.func private @_QPb(!fir.ref<i32>, (!fir.ref<i32>) -> i32) "
            'attributes {fir.bindc_name = "b"}\n'
            "  func.func private @c() -> (f64)\n"
        )
        self.assertEqual(
            fir.signatures,
            {
                "_QPa": Signature(
                    ("!fir.boxchar<1>", "!fir.ref<!fir.array<?x!fir.complex<4>>>"),
                    "!fir.complex<4>",
                ),
                "_QPb": Signature(("!fir.ref<i32>", "(!fir.ref<i32>) -> i32")),
                "c": Signature((), "f64"),
            },
        )

    def test_calls_through_pointers_belong_to_their_function(self) -> None:
        """In the order of the text."""
        fir = read_fir(
            "func.func @_QPa(%arg0: !fir.boxproc<() -> ()>) {\n"
            "  fir.call %1(%2, %3) fastmath<contract> : (!fir.boxchar<1>, !fir.ref<i32>) -> ()\n"
            "  %4 = fir.call %1(%2) : (!fir.ref<i32>) -> !fir.complex<4>\n"
            "}\n"
            "func.func private @_QPb()\n"
        )
        self.assertEqual(
            fir.indirect,
            {
                "_QPa": [
                    Indirect(Signature(("!fir.boxchar<1>", "!fir.ref<i32>"))),
                    Indirect(Signature(("!fir.ref<i32>",), "!fir.complex<4>")),
                ],
                "_QPb": [],
            },
        )

    def test_calls_of_what_is_bound_to_types(self) -> None:
        """With and without arguments and results."""
        fir = read_fir(
            "func.func @_QPa(%arg0: !fir.class<!fir.type<_QMmTt{i:i32}>>) {\n"
            '  %1 = fir.dispatch "n"(%0 : !fir.class<!fir.type<_QMmTt{i:i32}>>) -> i32\n'
            '  fir.dispatch "s"(%0 : !fir.class<!fir.type<_QMmTt{i:i32}>>) (%0, %2 : '
            "!fir.class<!fir.type<_QMmTt{i:i32}>>, !fir.boxchar<1>) {pass_arg_pos = 0 : i32}\n"
        )
        kind = "!fir.class<!fir.type<_QMmTt{i:i32}>>"
        self.assertEqual(
            fir.indirect["_QPa"],
            [
                Indirect(Signature((), "i32"), bound=True),
                Indirect(Signature((kind, "!fir.boxchar<1>")), bound=True),
            ],
        )

    def test_split_minds_brackets_and_strings(self) -> None:
        """Commas within either part nothing."""
        self.assertEqual(
            split('{ ptr, i32 } %1, (i1) -> (), "a, b", [2 x <2 x i8>] zeroinitializer'),
            ["{ ptr, i32 } %1", "(i1) -> ()", '"a, b"', "[2 x <2 x i8>] zeroinitializer"],
        )


class RetargetTest(unittest.TestCase):
    """Whole modules."""

    maxDiff = None

    def check(self, fir: str, ir: str, expected: str, **options: object) -> None:
        """Compares a module without its target with what is expected."""
        self.assertEqual(body(retarget(fir, HEADER + ir, **options)), expected.strip())  # type: ignore[arg-type]

    def test_target(self) -> None:
        """Layout and triple are clang's for wasm32, and no word of x86 is left."""
        text = retarget(
            "", HEADER + 'attributes #0 = { nounwind "target-cpu"="i686" "tune-cpu"="generic" }\n'
        )
        self.assertIn('target triple = "wasm32-unknown-emscripten"', text)
        self.assertIn("p:32:32-p10:8:8", text)
        self.assertIn("attributes #0 = { nounwind }", text)
        self.assertNotIn("686", text)

    def test_hidden_lengths_go(self) -> None:
        """At definitions, declarations and calls; the body asks a function that nothing defines."""
        self.check(
            'func.func @_QPouter(%arg0: !fir.boxchar<1> {fir.bindc_name = "s"}, '
            "%arg1: !fir.ref<i32>) {\n"
            "func.func private @_QPinner(!fir.ref<i32>, !fir.boxchar<1>)\n",
            """
define void @_QPouter(ptr %0, ptr %1, i32 %2) #0 {
  %4 = insertvalue { ptr, i32 } undef, ptr %0, 0
  %5 = insertvalue { ptr, i32 } %4, i32 %2, 1
  call void @_QPinner(ptr %1, ptr %0, i32 %2)
  br label %6

6:                                                ; preds = %3
  %7 = phi i32 [ 0, %3 ]
  ret void
}
declare void @_QPinner(ptr, ptr, i32)
""",
            """
define void @outer_(ptr %v0, ptr %v1) #0 {
v3:
  %v2 = call i32 @terrarium.character_length.outer_.0() nounwind willreturn memory(none)
  %v4 = insertvalue { ptr, i32 } undef, ptr %v0, 0
  %v5 = insertvalue { ptr, i32 } %v4, i32 %v2, 1
  call void @inner_(ptr %v1, ptr %v0)
  br label %v6

v6:
  %v7 = phi i32 [ 0, %v3 ]
  ret void
}
declare void @inner_(ptr, ptr)
declare i32 @terrarium.character_length.outer_.0() nounwind willreturn memory(none)
""",
        )

    def test_lengths_that_are_kept(self) -> None:
        """Fortran callers use another name; C has one that measures its strings."""
        self.check(
            "func.func @_QPxerbla(%arg0: !fir.boxchar<1>, %arg1: !fir.ref<i32>) {\n"
            "func.func @_QPuser(%arg0: !fir.ref<i32>) {\n",
            """
define void @_QPxerbla(ptr %0, ptr %1, i32 %2) {
  ret void
}
define void @_QPuser(ptr %0) {
  call void @_QPxerbla(ptr @name, ptr %0, i32 6)
  ret void
}
""",
            """
define void @xerbla_.lengths(ptr %v0, ptr %v1, i32 %v2) {
v3:
  ret void
}

define void @xerbla_(ptr %v0, ptr %v1) {
  %length.0 = call i32 @strlen(ptr %v0)
  call void @xerbla_.lengths(ptr %v0, ptr %v1, i32 %length.0)
  ret void
}
define void @user_(ptr %v0) {
v1:
  call void @xerbla_.lengths(ptr @name, ptr %v0, i32 6)
  ret void
}
declare i32 @strlen(ptr)
""",
            keep_lengths=["xerbla_"],
        )

    def test_single_complex_results(self) -> None:
        """An i64 on 32-bit x86, a hidden pointer in C on wasm32."""
        self.check(
            "func.func @_QPcdotx(%arg0: !fir.ref<i32>) -> !fir.complex<4> {\n"
            "func.func private @csqrtf(!fir.complex<4>) -> !fir.complex<4>\n",
            """
define i64 @_QPcdotx(ptr %0) {
  %2 = call i64 @csqrtf(ptr %0)
  %3 = call i64 @_QPcdotx(ptr %0)
  ret i64 %3
}
declare i64 @csqrtf(ptr)
""",
            """
define void @cdotx_(ptr sret({ float, float }) align 4 %terrarium.result, ptr %v0) {
v1:
  %terrarium.slot.0 = alloca i64, align 8
  %terrarium.slot.1 = alloca i64, align 8
  call void @csqrtf(ptr sret({ float, float }) align 4 %terrarium.slot.0, ptr %v0)
  %v2 = load i64, ptr %terrarium.slot.0, align 8
  call void @cdotx_(ptr sret({ float, float }) align 4 %terrarium.slot.1, ptr %v0)
  %v3 = load i64, ptr %terrarium.slot.1, align 8
  store i64 %v3, ptr %terrarium.result, align 4
  ret void
}
declare void @csqrtf(ptr sret({ float, float }) align 4, ptr)
""",
        )

    def test_wide_integer_results_stay(self) -> None:
        """INTEGER(8) is an i64 too, and FIR tells the two apart."""
        self.check(
            "func.func @_QPwide(%arg0: !fir.ref<i64>) -> i64 {\n",
            "define i64 @_QPwide(ptr %0) {\n  ret i64 1\n}\n",
            "define i64 @wide_(ptr %v0) {\nv1:\n  ret i64 1\n}",
        )

    def test_character_results(self) -> None:
        """The caller gives the place; its length is the callee's own business."""
        self.check(
            "func.func @_QPletter(%arg0: !fir.ref<!fir.char<1>>, %arg1: index, "
            "%arg2: !fir.ref<i32>) -> !fir.boxchar<1> {\n"
            "func.func @_QPuser(%arg0: !fir.ref<i32>) {\n",
            """
define { ptr, i32 } @_QPletter(ptr %0, i64 %1, ptr %2) {
  %4 = insertvalue { ptr, i32 } undef, ptr %0, 0
  %5 = insertvalue { ptr, i32 } %4, i32 1, 1
  ret { ptr, i32 } %5
}
define void @_QPuser(ptr %0) {
  %2 = alloca [1 x i8], i64 1, align 1
  %3 = call { ptr, i32 } @_QPletter(ptr %2, i64 1, ptr %0)
  ret void
}
""",
            """
define void @letter_(ptr %v0, ptr %v2) {
v3:
  %v1 = call i64 @terrarium.character_length.letter_.0() nounwind willreturn memory(none)
  %v4 = insertvalue { ptr, i32 } undef, ptr %v0, 0
  %v5 = insertvalue { ptr, i32 } %v4, i32 1, 1
  ret void
}
define void @user_(ptr %v0) {
v1:
  %v2 = alloca [1 x i8], i64 1, align 1
  call void @letter_(ptr %v2, ptr %v0)
  %v3.length = trunc i64 1 to i32
  %v3.place = insertvalue { ptr, i32 } undef, ptr %v2, 0
  %v3 = insertvalue { ptr, i32 } %v3.place, i32 %v3.length, 1
  ret void
}
declare i64 @terrarium.character_length.letter_.0() nounwind willreturn memory(none)
""",
        )

    def test_arguments_by_value_in_memory(self) -> None:
        """Calls say so as declarations do: else LLVM leaves out the store."""
        self.check(
            "func.func @_QPouter(%arg0: !fir.ref<!fir.complex<4>>) {\n"
            "func.func private @cabsf(!fir.complex<4>) -> f32\n",
            """
define void @_QPouter(ptr %0) {
  %2 = alloca { float, float }, align 4
  %3 = load { float, float }, ptr %0, align 4
  store { float, float } %3, ptr %2, align 4
  %4 = call float @cabsf(ptr %2)
  ret void
}
declare float @cabsf(ptr byval({ float, float }) align 4)
""",
            """
define void @outer_(ptr %v0) {
v1:
  %v2 = alloca { float, float }, align 4
  %v3 = load { float, float }, ptr %v0, align 4
  store { float, float } %v3, ptr %v2, align 4
  %v4 = call float @cabsf(ptr byval({ float, float }) align 4 %v2)
  ret void
}
declare float @cabsf(ptr byval({ float, float }) align 4)
""",
        )

    def test_calls_through_pointers(self) -> None:
        """As calls by name: FIR gives the type."""
        self.check(
            "func.func @_QPouter(%arg0: !fir.boxproc<() -> ()>) {\n"
            "  fir.call %1(%2) : (!fir.boxchar<1>) -> ()\n"
            "  %4 = fir.call %1(%2) : (!fir.ref<i32>) -> !fir.complex<4>\n",
            """
define void @_QPouter(ptr %0) {
  call void %0(ptr %0, i32 2)
  %2 = call i64 %0(ptr %0)
  ret void
}
""",
            """
define void @outer_(ptr %v0) {
v1:
  %terrarium.slot.0 = alloca i64, align 8
  call void %v0(ptr %v0)
  call void %v0(ptr sret({ float, float }) align 4 %terrarium.slot.0, ptr %v0)
  %v2 = load i64, ptr %terrarium.slot.0, align 8
  ret void
}
""",
        )

    def test_external_procedures_that_are_passed_and_called(self) -> None:
        """Their calls say what arguments they take; the declaration says of none."""
        fir = """
func.func @_QPouter(%arg0: !fir.ref<f32>) {
  %1 = fir.address_of(@_QPselect) : () -> !fir.complex<4>
  %2 = fir.emboxproc %1 : (() -> !fir.complex<4>) -> !fir.boxproc<() -> ()>
  %3 = fir.convert %1 : (() -> !fir.complex<4>) -> ((!fir.ref<f32>) -> !fir.complex<4>)
  %4 = fir.call %3(%arg0, %5) : (!fir.ref<f32>, !fir.boxchar<1>) -> !fir.complex<4>
}
func.func private @_QPselect() -> !fir.complex<4>
func.func private @_QPinner(!fir.boxproc<() -> ()>)
"""
        ir = """
define void @_QPouter(ptr %0) {
  call void @_QPinner(ptr @_QPselect)
  %2 = call i64 @_QPselect(ptr %0, ptr @text, i32 4)
  ret void
}
declare i64 @_QPselect()
declare void @_QPinner(ptr)
"""
        self.check(
            fir,
            ir,
            """
define void @outer_(ptr %v0) {
v1:
  %terrarium.slot.0 = alloca i64, align 8
  call void @inner_(ptr @select_)
  call void @select_(ptr sret({ float, float }) align 4 %terrarium.slot.0, ptr %v0, ptr @text)
  %v2 = load i64, ptr %terrarium.slot.0, align 8
  ret void
}
declare void @select_(ptr sret({ float, float }) align 4, ptr, ptr)
declare void @inner_(ptr)
""",
        )
        other = (
            "  %6 = fir.call %3(%arg0) : (!fir.ref<f32>) -> !fir.complex<4>\n}\nfunc.func private"
        )
        with self.assertRaisesRegex(RefusedError, "select_ is called in unlike ways"):
            retarget(fir.replace("}\nfunc.func private", other, 1), HEADER + ir)

    def test_names(self) -> None:
        """External procedures and common blocks get C's names, where their address is taken too.

        Strings stay.
        """
        self.check(
            "func.func @_QPmain(%arg0: !fir.ref<i32>) {\n"
            "func.func private @_QPother(!fir.ref<i32>)\n",
            """
@_QCshared = common global [8 x i8] zeroinitializer
@_QMmodEcount = internal global i32 0
@text = constant [9 x i8] c"@_QPother"
define void @_QPmain(ptr %0) {
  store ptr @_QPother, ptr @_QCshared, align 4
  ret void
}
declare void @_QPother(ptr)
""",
            """
@shared_ = weak global [8 x i8] zeroinitializer
@_QMmodEcount = internal global i32 0
@text = constant [9 x i8] c"@_QPother"
define void @main_(ptr %v0) {
v1:
  store ptr @other_, ptr @shared_, align 4
  ret void
}
declare void @other_(ptr)
"""
            + size_function("shared_", "i64, i32, i32, i32"),
        )

    def test_common_blocks(self) -> None:
        """Weak where they have no values, and each with a function whose type tells its size."""
        self.check(
            "",
            """
@blank_ = common global [20 x i8] zeroinitializer, align 4
@filled_ = global { i32, [12 x i8], [4 x i8] } { i32 4, [12 x i8] undef, [4 x i8] c"@_QP" }
@_QMmodEkept = global i32 7
@_QFtEsaved = internal global i32 5
""",
            """
@blank_ = weak global [20 x i8] zeroinitializer, align 4
@filled_ = global { i32, [12 x i8], [4 x i8] } { i32 4, [12 x i8] undef, [4 x i8] c"@_QP" }
@_QMmodEkept = global i32 7
@_QFtEsaved = internal global i32 5
"""
            + size_function("blank_", "i64, i32, i64, i32, i32")
            + size_function("filled_", "i64, i32, i64, i32, i32"),
        )

    def test_extents(self) -> None:
        """Members are where C has them; nothing follows the last one."""
        for text, size, alignment in (
            ("i32 5", 4, 4),
            ("i1 true", 1, 1),
            ("ptr null", 4, 4),
            ("[3 x double] zeroinitializer", 24, 8),
            ("[2 x [5 x i8]] zeroinitializer", 10, 1),
            ("{ double, i32 } zeroinitializer", 12, 8),
            ("{ i32, double } zeroinitializer", 16, 8),
            ("{ { double, i8 }, i8 } zeroinitializer", 17, 8),
            ("[2 x { double, i8 }] zeroinitializer", 32, 8),
            ("<{ i8, double }> zeroinitializer", 9, 1),
        ):
            with self.subTest(text):
                self.assertEqual(extent(text), (size, alignment))
        for text in ("ppc_fp128 zeroinitializer", "<4 x i32> zeroinitializer"):
            with self.subTest(text), self.assertRaises(RefusedError):
                extent(text)

    def test_procedures_of_modules_keep_their_lengths(self) -> None:
        """Only Fortran calls them."""
        self.check(
            "func.func @_QMmPup(%arg0: !fir.boxchar<1>) {\n",
            "define void @_QMmPup(ptr %0, i32 %1) {\n  ret void\n}\n",
            "define void @_QMmPup(ptr %v0, i32 %v1) {\nv2:\n  ret void\n}",
        )

    def test_allocation_takes_wide_sizes(self) -> None:
        """malloc(i64) is a function of our run-time library."""
        self.check(
            "",
            """
define void @f() {
  %1 = call ptr @malloc(i64 %0)
  ret void
}
declare ptr @malloc(i64)
""",
            """
define void @f() {
v0:
  %v1 = call ptr @terrarium_fortran_malloc(i64 %v0)
  ret void
}
declare ptr @terrarium_fortran_malloc(i64)
""",
        )

    def test_allocation_as_c_has_it(self) -> None:
        """A program that binds to malloc says that sizes have 32 bits."""
        text = retarget(
            "func.func private @malloc(i32) -> !fir.ref<none>\n",
            HEADER + "declare ptr @malloc(i32)\n",
            types={"malloc": "i32 (i32)"},
        )
        self.assertIn("declare ptr @malloc(i32)", text)

    def test_results_in_memory(self) -> None:
        """Arrays, pointers and derived types; and C's addresses, which are not."""
        for kind in (
            "!fir.array<3xf32>",
            "!fir.box<!fir.heap<!fir.array<?xf32>>>",
            "!fir.type<_QMmTpoint{x:f32,y:f32}>",
        ):
            text = retarget(
                f"func.func private @_QPf(!fir.ref<i32>) -> {kind}\n",
                HEADER + "declare void @_QPf(ptr, ptr)\n",
            )
            self.assertIn("declare void @f_(ptr, ptr)", text)
        text = retarget(
            "func.func private @_QPf() -> "
            "!fir.type<_QM__fortran_builtinsT__builtin_c_ptr{__address:i32}>\n",
            HEADER + "declare ptr @_QPf()\n",
        )
        self.assertIn("declare ptr @f_()", text)

    def test_lengths_beside_a_procedure(self) -> None:
        """A CHARACTER function that is passed has two parameters, and no string."""
        text = retarget(
            "func.func @_QPg(%arg0: tuple<!fir.boxproc<() -> ()>, i64>, "
            "%arg1: !fir.boxchar<1>) {\n",
            HEADER + "define void @_QPg(ptr %0, i64 %1, ptr %2, i32 %3) {\n  ret void\n}\n",
            keep_lengths=["g_"],
        )
        self.assertIn("%length.0 = call i32 @strlen(ptr %v2)", text)

    def test_programs(self) -> None:
        """The start-up code of C gives no environment, and calls another name."""
        self.check(
            "func.func @main(%arg0: i32, %arg1: !llvm.ptr, %arg2: !llvm.ptr) -> i32 {\n"
            "func.func private @_QQmain()\n",
            """
define i32 @main(i32 %0, ptr %1, ptr %2) {
  call void @start(i32 %0, ptr %1, ptr %2)
  call void @_QQmain()
  ret i32 0
}
""",
            """
define i32 @__main_argc_argv(i32 %v0, ptr %v1) {
v3:
  %v2 = getelementptr i8, ptr null, i32 0
  call void @start(i32 %v0, ptr %v1, ptr %v2)
  call void @_QQmain()
  ret i32 0
}
""",
        )

    def test_sizes_of_arrays(self) -> None:
        """Of two dimensions, as one constant."""
        one = "i64 ptrtoint (ptr getelementptr (%t, ptr null, i32 1) to i64)"
        self.check(
            "",
            f"@g = internal global i64 mul ({one}, i64 6)\n",
            "@g = internal global i64 ptrtoint (ptr getelementptr (%t, ptr null, i32 6) to i64)",
        )


class RefusalTest(unittest.TestCase):
    """What stops with the name of the thing."""

    def refused(self, fir: str, ir: str, message: str, **options: object) -> None:
        """Requires a refusal that matches `message`."""
        with self.assertRaisesRegex(RefusedError, message):
            retarget(fir, HEADER + ir, **options)  # type: ignore[arg-type]

    def test_a_type_that_does_not_match_its_fir(self) -> None:
        """Were it let through, the wrong parameters would go."""
        self.refused(
            "func.func private @_QPf(!fir.ref<i32>)\n",
            "declare void @_QPf(ptr, i32)\n",
            r"f_ has the type void \(ptr, i32\), but its FIR lowers to void \(ptr\)",
        )

    def test_unknown_types(self) -> None:
        """Real(10), and a derived type by value."""
        self.refused(
            "func.func private @_QPf(f80)\n", "declare void @_QPf(x86_fp80)\n", "f_ takes f80"
        )
        self.refused(
            "func.func private @_QPf() -> f80\n", "declare x86_fp80 @_QPf()\n", "f_ returns f80"
        )
        self.refused(
            "func.func private @_QPf(!fir.type<_QMmTt{i:i32}>)\n",
            "declare void @_QPf(i32)\n",
            "f_ takes !fir.type",
        )

    def test_derived_types_that_c_returns(self) -> None:
        """One of a single member is returned as that member."""
        self.refused(
            "func.func private @make() -> !fir.type<_QMmTt{i:i32}>\n",
            "declare void @make(ptr)\n",
            r"make is bind\(c\) and returns a derived type",
        )

    def test_procedure_pointers_in_types(self) -> None:
        """What comes after one would be read from the wrong place."""
        self.refused(
            "func.func @_QPf(%arg0: !fir.ref<!fir.type<_QMmTt{i:i32,p:!fir.boxproc<() -> ()>}>>) {"
            "\n",
            "",
            "the derived type _QMmTt has a procedure pointer",
        )
        self.refused(
            "func.func @_QPf(%arg0: !fir.ref<!fir.type<_QMmTt{data:!fir.type<_QMmTu{a:i32}>,"
            "p:!fir.boxproc<() -> ()>,n:i32}>>) {\n",
            "",
            "the derived type _QMmTt has a procedure pointer",
        )
        self.refused(
            "func.func @_QPf(%arg0: !fir.ref<!fir.type<_QMmTt{a:i32,"
            "b:!fir.type<_QMmTu{p:!fir.boxproc<() -> ()>}>}>>) {\n",
            "",
            "the derived type _QMmTu has a procedure pointer",
        )

    def test_a_procedure_that_fir_does_not_have(self) -> None:
        """Nothing would say which of its parameters are lengths."""
        self.refused(
            "", "define void @_QPf(ptr %0) {\n  ret void\n}\n", "f_ is in the IR but not in the FIR"
        )

    def test_run_time_functions(self) -> None:
        """One that is not there, one of another type, and a 64-bit size for a 32-bit function."""
        fir = "func.func private @_FortranAsomething(i32) -> none\n"
        ir = "declare {} @_FortranAsomething(i32)\n"
        self.refused(fir, ir, "calls _FortranAsomething, which neither", types={})
        self.refused(
            fir,
            ir,
            r"calls _FortranAsomething as void \(i32\), but it is void \(f64\)",
            types={"_FortranAsomething": "void (f64)"},
        )
        self.refused(
            "",
            "declare ptr @calloc(i64, i64)\n",
            r"calls calloc as i32 \(i64, i64\), but it is i32 \(i32, i32\) \(a 64-bit size",
            types={"calloc": "i32 (i32, i32)"},
        )
        retarget(fir, HEADER + ir, types={"_FortranAsomething": "void (i32)"})

    def test_trampolines(self) -> None:
        """Code made at run time is not to be had."""
        self.refused(
            "",
            "declare void @llvm.init.trampoline("
            "ptr nocapture, ptr nocapture readnone, ptr nocapture readnone)\n",
            "internal procedure that uses variables of its host",
        )

    def test_the_address_of_what_needs_lengths(self) -> None:
        """It will be called without."""
        self.refused(
            "func.func @_QPf() {\nfunc.func private @_QMmPup(!fir.boxchar<1>)\n",
            "define void @_QPf() {\n  call void @_QPg(ptr @_QMmPup)\n  ret void\n}\n",
            "f_ takes the address of _QMmPup, which has a CHARACTER argument or result",
        )
        self.refused(
            "func.func @_QPf() {\n"
            "func.func private @_QMmPname(!fir.ref<!fir.char<1,3>>, index, !fir.ref<i32>)"
            " -> !fir.boxchar<1>\n",
            "define void @_QPf() {\n  call void @_QPg(ptr @_QMmPname)\n  ret void\n}\n",
            "f_ takes the address of _QMmPname, which has a CHARACTER argument or result",
        )

    def test_procedures_that_are_bound_to_types(self) -> None:
        """Tables have those of modules, which keep their lengths; others have lost them."""
        table = "@_QMmE.v.t = linkonce_odr constant [1 x i32] [i32 ptrtoint (ptr {} to i32)]\n"
        text = retarget(
            "func.func private @_QMmPs(!fir.boxchar<1>)\n", HEADER + table.format("@_QMmPs")
        )
        self.assertIn("ptrtoint (ptr @_QMmPs to i32)", text)
        self.refused(
            "func.func private @_QPs(!fir.boxchar<1>)\n",
            table.format("@_QPs"),
            "s_ is bound to a type and has a CHARACTER argument",
        )

    def test_calls_in_unlike_ways(self) -> None:
        """FORTRAN 77 declares nothing: FIR has the type of the first call."""
        self.refused(
            "func.func @_QPf(%arg0: !fir.ref<i32>) {\nfunc.func private @_QPg(!fir.ref<i32>)\n",
            "define void @_QPf(ptr %0) {\n  call void @_QPg(ptr %0, ptr %0)\n  ret void\n}\n",
            "Is it called in unlike ways",
        )

    def test_calls_through_pointers_that_fir_does_not_have(self) -> None:
        """One more, one less, one of another type."""
        definition = "define void @_QPf(ptr %0) {\n  call void %0(ptr %0)\n  ret void\n}\n"
        fir = "func.func @_QPf(%arg0: !fir.boxproc<() -> ()>) {\n"
        call = "  fir.call %1(%2) : (!fir.ref<i32>) -> ()\n"
        self.refused(fir, definition, "f_ calls more procedures through pointers in IR")
        self.refused(fir + 2 * call, definition, "f_ calls fewer procedures through pointers in IR")
        self.refused(
            fir + call.replace("!fir.ref<i32>", "!fir.boxchar<1>"),
            definition,
            "a procedure that f_ is given has the type void",
        )

    def test_an_unknown_form_of_call(self) -> None:
        """invoke, say."""
        self.refused(
            "func.func @_QPf() {\n",
            "define void @_QPf() {\n  invoke void @g() to label %1 unwind label %2\n}\n",
            "f_: a call of an unknown form: invoke",
        )


if __name__ == "__main__":
    unittest.main()
