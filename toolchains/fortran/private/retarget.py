"""Makes LLVM IR for wasm32 out of the IR that flang writes for 32-bit x86.

flang has no WebAssembly target. Its 32-bit x86 one has the same sizes of pointers, integers and
reals, so its IR needs four changes to be right for wasm32, where a call must have exactly the type
of its definition:

  - the data layout and the target triple;
  - the calling convention of what C calls, and what is called through pointers. A CHARACTER
    argument brings a hidden length at the end of the list, which no caller in C gives: it goes. A
    COMPLEX(4) result comes as an i64: it becomes a hidden pointer to the result, as C has it. A
    CHARACTER result becomes the pointer alone. Results that are arrays, pointers or derived types
    are written where a leading pointer says, on both;
  - names: `_QPname`, flang's for an external procedure, becomes `name_`; `_QCname`, a common block,
    too;
  - common blocks. WebAssembly's objects have no common symbols, of which a linker takes the
    largest: they become weak ones, of which it takes the first. So that it does not take one that
    is too small, each brings a function that is named after the block and has a type for each size:
    where two differ, the linker says so.

What a hidden length is, and what a complex result, the IR does not say. The FIR that it was made of
does, so both are read, and every procedure's FIR type must lower to just the type that the IR has.
Whatever has a form that is not known here is refused with its name.

flang says that an argument is passed by value in memory (`byval`, as that of cabsf is) where it
declares a function, and not where it calls it. LLVM then takes the call for one that does not read
the caller's memory, and leaves out what is stored there: calls get the attribute too.

A procedure whose body needs a length that is gone (it has a CHARACTER(*) argument and asks for its
LEN) calls a function that nothing defines, `terrarium.character_length`; the driver refuses an
object that still has such a call after optimisation. For the few procedures of which Fortran
callers must give lengths all the same, `keep_lengths` keeps them under another name, NAME.lengths,
and adds a NAME for C, which takes each length to be that of a C string.

The calling convention of 32-bit x86 is in the psABI's supplement for i386, that of wasm32 in the
tool conventions of WebAssembly (BasicCABI.md); flang's lowering is
lib/Optimizer/CodeGen/Target.cpp.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

#: clang's own for wasm32-unknown-emscripten.
DATA_LAYOUT = "e-m:e-p:32:32-p10:8:8-p20:8:8-i64:64-i128:128-f128:64-n32:64-S128-ni:1:10:20"
TRIPLE = "wasm32-unknown-emscripten"

#: Called where a body asks for a hidden length; one for each procedure and argument.
LENGTH = "terrarium.character_length"

#: Functions of C that flang calls with the sizes of a 64-bit machine, to functions that take those.
RENAMED = {"malloc": "terrarium_fortran_malloc", "realloc": "terrarium_fortran_realloc"}

#: What C's start-up code on wasm calls a `main` that takes arguments.
MAIN = "__main_argc_argv"

#: Results of which AbstractResult, a pass of flang, makes a leading pointer, by how they start:
#: arrays, POINTER and ALLOCATABLE ones, derived types; and those of which it makes an address.
_IN_MEMORY = ("!fir.array<", "!fir.box<", "!fir.class<", "!fir.type<")
_C_ADDRESSES = tuple(
    f"!fir.type<_QM__fortran_builtinsT__builtin_{name}{{" for name in ("c_ptr", "c_funptr")
)

_NAME = r'@(?:[-\w.$]+|"[^"]*")'


class RefusedError(Exception):
    """Something in the program that this tool can't retarget; the message names it."""


@dataclass(frozen=True)
class Signature:
    """The type of a procedure as FIR has it: its arguments, and the result or ""."""

    arguments: tuple[str, ...]
    result: str = ""

    @property
    def lengths(self) -> int:
        """How many hidden lengths the procedure takes."""
        return sum(argument.startswith("!fir.boxchar<") for argument in self.arguments)

    @property
    def complex4(self) -> bool:
        """Whether the result is COMPLEX(4), which 32-bit x86 returns in an i64."""
        return self.result in ("!fir.complex<4>", "complex<f32>")

    @property
    def character(self) -> bool:
        """Whether the result is CHARACTER, a pointer and a length that the caller gives."""
        return self.result.startswith("!fir.boxchar<")

    @property
    def c_address(self) -> bool:
        """Whether the result is TYPE(C_PTR) or TYPE(C_FUNPTR), which is returned as an address."""
        return self.result.startswith(_C_ADDRESSES)

    @property
    def in_memory(self) -> bool:
        """Whether the result is written where the caller says, by a pointer of its own."""
        return self.result in ("!fir.complex<8>", "complex<f64>") or (
            self.result.startswith(_IN_MEMORY) and not self.c_address
        )


def split(text: str) -> list[str]:
    """Splits at the commas that are in no bracket and no string."""
    parts: list[str] = []
    depth, start, position = 0, 0, 0
    while position < len(text):
        character = text[position]
        if character == '"':
            position = text.index('"', position + 1)
        elif text.startswith("->", position):
            position += 1
        elif character in "([{<":
            depth += 1
        elif character in ")]}>":
            depth -= 1
        elif character == "," and not depth:
            parts.append(text[start:position].strip())
            start = position + 1
        position += 1
    if last := text[start:].strip():
        parts.append(last)
    return parts


def closing(text: str, opening: int) -> int:
    """The place of the bracket that closes the one at `opening`."""
    depth, position = 0, opening
    while position < len(text):
        character = text[position]
        if character == '"':
            position = text.index('"', position + 1)
        elif text.startswith("->", position):
            position += 1
        elif character in "([{<":
            depth += 1
        elif character in ")]}>":
            depth -= 1
            if not depth:
                return position
        position += 1
    raise RefusedError(f"a bracket is not closed: {text[opening : opening + 80]}")


def plain(name: str) -> str:
    """A name without its @ and quotes."""
    return name[1:].strip('"')


def quoted(name: str) -> str:
    """A name as IR writes it."""
    return f"@{name}" if re.fullmatch(r"[-\w.$]+", name) else f'@"{name}"'


# --- FIR ---


@dataclass(frozen=True)
class Indirect:
    """A call through a pointer: its type, and whether the pointer is from a table of bindings.

    Those are of modules' procedures, which keep their lengths; what is passed is anybody's.
    """

    signature: Signature
    bound: bool = False


@dataclass
class Fir:
    """What FIR says of procedures.

    signatures: their types. indirect: calls through pointers, by the procedure that calls, in
    order. addressed: those of calls through a pointer that is known to be a procedure's address,
    by that procedure. Where it is declared EXTERNAL and passed on, its own type has no arguments.
    """

    signatures: dict[str, Signature] = field(default_factory=dict)
    indirect: dict[str, list[Indirect]] = field(default_factory=dict)
    addressed: dict[str, set[Signature]] = field(default_factory=dict)


def _fir_type(text: str) -> str:
    """A FIR type without the attributes that may follow it."""
    return re.sub(r"\s*\{[^{}]*\}$", "", text.strip())


def _fir_signature(arguments: str, rest: str) -> Signature:
    """The signature from the text between the brackets and what follows the arrow, if any does."""
    result = ""
    if found := re.match(r"\s*->\s*", rest):
        rest = rest[found.end() :]
        if rest.startswith("("):
            results = split(rest[1 : closing(rest, 0)])
            if len(results) > 1:
                raise RefusedError(f"a procedure has {len(results)} results: {rest}")
            result = _fir_type(results[0]) if results else ""
        else:
            result = _fir_type(re.split(r"\s+(?:attributes\b|loc\(|\{)", rest, maxsplit=1)[0])
    types = [_fir_type(re.sub(r"^%[\w#]+:\s*", "", argument)) for argument in split(arguments)]
    return Signature(tuple(types), result)


def _refuse_procedure_pointers(text: str) -> None:
    """Refuses a derived type with a component that is a procedure pointer."""
    seen: set[str] = set()
    for found in re.finditer(r"!fir\.type<(\w+)(?=\{)", text):
        if found[1] in seen:
            continue
        seen.add(found[1])
        components = split(text[found.end() + 1 : closing(text, found.end())])
        if any(one.partition(":")[2].startswith("!fir.boxproc<") for one in components):
            raise RefusedError(
                f"the derived type {found[1]} has a procedure pointer: flang counts eight bytes "
                "for it, and on this platform it has four. Make it a TYPE(C_FUNPTR), and a "
                "procedure of it by C_F_PROCPOINTER"
            )


def read_fir(text: str) -> Fir:
    """Reads the functions of a FIR module, as `flang -fc1 -emit-fir` prints them."""
    fir = Fir()
    function = ""
    addresses: dict[str, str] = {}
    _refuse_procedure_pointers(text)
    for line in text.splitlines():
        if found := re.match(rf"\s*func\.func (?:private )?({_NAME})\(", line):
            end = closing(line, found.end() - 1)
            function = plain(found[1])
            signature = _fir_signature(line[found.end() : end], line[end + 1 :])
            fir.signatures[function] = signature
            fir.indirect.setdefault(function, [])
            addresses = {}
        elif found := re.match(rf"\s*(%[\w#]+) = fir\.address_of\(({_NAME})\) : \(", line):
            addresses[found[1]] = plain(found[2])
        elif found := re.match(r"\s*(%[\w#]+) = fir\.convert (%[\w#]+) : ", line):
            if found[2] in addresses:
                addresses[found[1]] = addresses[found[2]]
        elif found := re.search(r"\bfir\.call (%[\w#]+)\(", line):
            end = closing(line, found.end() - 1)
            types = re.search(r" : (?=\()", line[end:])
            if not types:
                raise RefusedError(f"{function}: a call without a type: {line.strip()}")
            start = end + types.end()
            last = closing(line, start)
            signature = _fir_signature(line[start + 1 : last], line[last + 1 :])
            if found[1] in addresses:
                fir.addressed.setdefault(addresses[found[1]], set()).add(signature)
            else:
                fir.indirect[function].append(Indirect(signature))
        elif found := re.search(r'\bfir\.dispatch "[^"]*"\(', line):
            fir.indirect[function].append(Indirect(_dispatched(line, found.end() - 1), bound=True))
    return fir


def _dispatched(line: str, opening: int) -> Signature:
    """The type of `fir.dispatch "name"(%object : type) (%a, %b : type, type) -> type {…}`."""
    rest = line[closing(line, opening) + 1 :]
    arguments = ""
    if found := re.match(r"\s*\(", rest):
        last = closing(rest, found.end() - 1)
        arguments, rest = rest[found.end() : last].partition(" : ")[2], rest[last + 1 :]
    return _fir_signature(arguments, rest)


# --- How FIR types become IR types on 32-bit x86 ---

_SCALARS = {
    "i1": "i1",
    "i8": "i8",
    "i16": "i16",
    "i32": "i32",
    "i64": "i64",
    "index": "i64",
    "f32": "float",
    "f64": "double",
    "!fir.logical<1>": "i8",
    "!fir.logical<2>": "i16",
    "!fir.logical<4>": "i32",
    "!fir.logical<8>": "i64",
    "!fir.real<4>": "float",
    "!fir.real<8>": "double",
}

_POINTERS = (
    "!fir.ref<",
    "!fir.ptr<",
    "!fir.heap<",
    "!fir.llvm_ptr<",
    "!fir.box<",
    "!fir.class<",
    "!fir.boxproc<",
    "!llvm.ptr",
    "(",
)

#: A CHARACTER function as an argument.
_CHARACTER_FUNCTION = "tuple<!fir.boxproc<"


def lowered(name: str, signature: Signature) -> tuple[str, list[str]]:
    """The result and the parameters that flang's IR for 32-bit x86 has for a signature."""
    leading: list[str] = []
    parameters: list[str] = []
    result = "void"
    if signature.complex4:
        result = "i64"
    elif signature.in_memory:
        leading.append("ptr")
    elif signature.character:
        result = "{ ptr, i32 }"
    elif signature.c_address or signature.result.startswith(_POINTERS):
        result = "ptr"
    elif signature.result == "none":
        result = "{}"
    elif signature.result:
        if signature.result not in _SCALARS:
            raise RefusedError(f"{name} returns {signature.result}, which has no known form")
        result = _SCALARS[signature.result]
    for argument in signature.arguments:
        if argument.startswith("!fir.boxchar<") or argument.startswith(_POINTERS):
            parameters.append("ptr")
        elif argument in ("!fir.complex<4>", "!fir.complex<8>", "complex<f32>", "complex<f64>"):
            # By value, in memory: byval, as C on wasm32 has it.
            parameters.append("ptr")
        elif argument.startswith(_CHARACTER_FUNCTION):
            # Its address, and the length of its result.
            parameters += ["ptr", "i64"]
        elif argument in _SCALARS:
            parameters.append(_SCALARS[argument])
        else:
            raise RefusedError(f"{name} takes {argument}, which has no known form")
    return result, leading + parameters + ["i32"] * signature.lengths


# --- IR ---

_TYPE = (
    r"(?:void|ptr|float|double|half|bfloat|x86_fp80|fp128|i\d+"
    r"|\{[^{}]*\}|\[[^\]]*\]|<[^>]*>|%[\w.\"$]+)"
)
_TYPE_START = r"(?:i\d|ptr|float|double|half|x86_fp80|fp128|\[|\{|<\{)"
_PARAMETER_ATTRIBUTES = (
    r"(?:\s+(?:\w+\((?:[^()]|\([^()]*\))*\)|align \d+|(?!(?:ptr|void|float|double)\b)[a-z_]+\b))*"
)
_DEFINITION = re.compile(
    r"(?P<head>(?:define|declare)(?: [a-z_]+(?:\([^()]*\))?)*?)"
    rf" (?P<result>{_TYPE}) (?P<name>{_NAME})\("
)
_CALL = re.compile(
    r"(?P<indent>\s*)(?:(?P<target>%[\w.]+) = )?"
    r"(?P<head>(?:tail |musttail |notail )?call(?: [a-z]+(?:\([^()]*\))?)*?)"
    rf" (?P<result>{_TYPE}) (?P<callee>{_NAME}|%[\w.]+)\("
)
_PARAMETER = re.compile(
    rf"(?P<type>{_TYPE})(?P<attributes>{_PARAMETER_ATTRIBUTES})(?:\s+(?P<value>.+))?$"
)


@dataclass
class Parameter:
    """A parameter or an argument: its type, attributes, and value (or "" in a declaration)."""

    type: str
    attributes: str
    value: str

    @classmethod
    def parse(cls, text: str) -> Parameter:
        """Reads one as IR writes it."""
        found = _PARAMETER.match(text)
        if not found:
            raise RefusedError(f"a parameter of an unknown form: {text}")
        return cls(found["type"], found["attributes"] or "", found["value"] or "")

    def __str__(self) -> str:
        return f"{self.type}{self.attributes}{' ' + self.value if self.value else ''}"


def _parameters(text: str) -> list[Parameter]:
    return [Parameter.parse(part) for part in split(text)]


def _named_values(lines: Sequence[str], parameters: int) -> list[str]:
    """Gives every numbered value and block of a body a name, so that values may come and go."""
    named = [f"v{parameters}:"]
    for line in lines:
        if found := re.match(r"(\d+):(.*)", line):
            # The comment that lists a block's predecessors is dropped.
            named.append(f"v{found[1]}:")
        else:
            named.append(_numbered(line))
    return named


def _numbered(text: str) -> str:
    """`%7` becomes `%v7`, except in strings."""
    if '"' not in text:
        return re.sub(r"%(\d+)\b", r"%v\1", text)
    pieces = re.split(r'("[^"]*")', text)
    return "".join(
        piece if piece.startswith('"') else re.sub(r"%(\d+)\b", r"%v\1", piece) for piece in pieces
    )


class Retargeter:
    """Rewrites one module.

    fir: what FIR says of it. keep_lengths: public names (`xerbla_`) of procedures whose Fortran
    callers give hidden lengths. types: the types that the run-time library and C have on
    WebAssembly, by name, as `Retargeter.wasm_type` writes them; None leaves calls of those
    unchecked.
    """

    def __init__(
        self,
        fir: Fir,
        keep_lengths: Sequence[str] = (),
        types: Mapping[str, str] | None = None,
    ) -> None:
        self.fir = fir
        self.keep_lengths = frozenset(keep_lengths)
        self.types = types
        self.by_value: dict[str, dict[int, str]] = {}
        self.renamed: dict[str, str] = {}
        self.wanted: dict[str, str] = {}

    # Names and conventions.

    def public(self, name: str) -> str:
        """The name that the linker sees."""
        if found := re.fullmatch(r"_Q([PC])(.*)", name):
            if found[2]:
                return found[2] + "_"
            return "__BLNK__" if found[1] == "C" else name
        return self.renamed.get(name, name)

    def linked(self, name: str) -> str:
        """The name by which Fortran calls a procedure: `.lengths` is added if it gives lengths."""
        public = self.public(name)
        return public + ".lengths" if public in self.keep_lengths else public

    def internal(self, name: str) -> bool:
        """Whether a procedure is Fortran's alone: in a module or in another procedure."""
        return name.startswith(("_QM", "_QF", "_QS"))

    def drops_lengths(self, name: str) -> bool:
        """Whether callers leave out the hidden lengths."""
        return not self.internal(name) and self.public(name) not in self.keep_lengths

    def signature(self, name: str) -> Signature | None:
        """What FIR says of a function, if it says anything."""
        signature = self.fir.signatures.get(name)
        calls = self.fir.addressed.get(name)
        if not signature or signature.arguments or not calls:
            return signature
        if len(calls) > 1:
            raise RefusedError(
                f"{self.public(name)} is called in unlike ways: give it an interface"
            )
        return next(iter(calls))

    def _check(
        self,
        name: str,
        signature: Signature,
        result: str,
        types: Sequence[str],
        advice: str = "",
    ) -> None:
        expected = lowered(self.public(name), signature)
        if (result, list(types)) != expected:
            raise RefusedError(
                f"{self.public(name)} has the type {result} ({', '.join(types)}), "
                f"but its FIR lowers to {expected[0]} ({', '.join(expected[1])}){advice}"
            )

    # The module.

    def module(self, text: str) -> str:
        """Gives the module for wasm32."""
        lines = _folded(text).splitlines()
        self.by_value = dict(map(_by_value, filter(_DEFINITION.match, lines)))
        # A program may bind to C's own, which has sizes of 32 bits here.
        self.renamed = {
            name: new
            for name, new in RENAMED.items()
            if any(re.match(rf"declare .*@{name}\(.*\bi64\b", line) for line in lines)
        }
        output: list[str] = []
        iterator = iter(lines)
        for line in iterator:
            if line.startswith("target datalayout"):
                output.append(f'target datalayout = "{DATA_LAYOUT}"')
            elif line.startswith("target triple"):
                output.append(f'target triple = "{TRIPLE}"')
            elif line.startswith("define"):
                output += self._function(line, iterator)
            elif line.startswith("declare"):
                output += self._declaration(line)
            elif line.startswith("attributes #"):
                output.append(_attributes(line))
            elif found := re.match(rf"({_NAME}) = (common )?global ({_TYPE_START}.*)", line):
                output.append(self._variable(plain(found[1]), bool(found[2]), found[3]))
            else:
                output.append(self._renamed(line, "the module"))
        declared = {
            found[1] for line in output if (found := re.match(rf"declare .*?({_NAME})\(", line))
        }
        output += [
            declaration
            for name, declaration in sorted(self.wanted.items())
            if quoted(name) not in declared
        ]
        return "\n".join(output) + "\n"

    def _variable(self, name: str, common: bool, rest: str) -> str:
        """A common block, or another variable that the linker sees."""
        public = self.public(name)
        if not self.internal(name):
            size, _ = extent(rest)
            bits = ", ".join("i64" if bit == "1" else "i32" for bit in f"{size:b}")
            marker = f"the common block {public}, which must have one size everywhere"
            self.wanted[marker] = f"define weak hidden void {quoted(marker)}({bits}) {{ ret void }}"
        linkage = "weak global" if common else "global"
        return f"{quoted(public)} = {linkage} {self._renamed(rest, 'the module')}"

    def _renamed(self, line: str, place: str) -> str:
        """A line with the public names of what it takes the address of, or declares.

        Tables of what is bound to types (E.v., E.s.) have procedures of modules, which are called
        with their lengths.
        """
        bindings = re.match(r"@_Q\w*E\.[sv]\.", line) is not None

        def rename(found: re.Match[str]) -> str:
            name = plain(found[0])
            signature = self.signature(name)
            hidden = signature and (signature.lengths or signature.character)
            if hidden and bindings and self.drops_lengths(name):
                raise RefusedError(
                    f"{self.public(name)} is bound to a type and has a CHARACTER argument or "
                    "result, without lengths as it is no module's: put it into a module"
                )
            if hidden and not bindings and not self.drops_lengths(name):
                raise RefusedError(
                    f"{place} takes the address of {self.public(name)}, which has a CHARACTER "
                    "argument or result and so needs hidden lengths: what is called through a "
                    "pointer must do without. Make it an external procedure"
                )
            return quoted(self.public(name))

        return _outside_strings(line, lambda text: re.sub(_NAME, rename, text))

    def _declaration(self, line: str) -> list[str]:
        found = _DEFINITION.match(line)
        if not found:
            raise RefusedError(f"a declaration of an unknown form: {line}")
        name = plain(found["name"])
        end = closing(line, found.end() - 1)
        parameters = _parameters(line[found.end() : end])
        if name.startswith("llvm."):
            if "trampoline" in name:
                raise RefusedError(
                    "an internal procedure that uses variables of its host is passed as an "
                    "argument: that takes code made at run time, which WebAssembly does not have"
                )
            return [line]
        signature, result = self.signature(name), found["result"]
        if signature and signature != self.fir.signatures[name]:
            result, types = lowered(self.public(name), signature)
            parameters = [Parameter(kind, "", "") for kind in types]
        elif signature:
            self._check(name, signature, result, [item.type for item in parameters])
        result, parameters = self._convention(name, signature, result, parameters)
        head = (
            re.sub(r" (?:noundef|zeroext|signext)\b", r"", found["head"])
            if name in self.renamed
            else found["head"]
        )
        self._known(name, signature, result, parameters)
        return [
            f"{head} {result} {quoted(self.linked(name))}({', '.join(map(str, parameters))})"
            f"{line[end + 1 :]}"
        ]

    def _known(
        self, name: str, signature: Signature | None, result: str, parameters: Sequence[Parameter]
    ) -> None:
        """Refuses a function of the run-time library or C that is not there, or of another type."""
        if self.types is None or name.startswith(("_QP", "_QM", "_QF", "_QS", "_QQ")):
            return
        linked = self.linked(name)
        declared = self.types.get(linked)
        runtime = linked.startswith("_Fortran")
        if declared is None:
            if runtime or signature is None:
                raise RefusedError(
                    f"calls {linked}, which neither the Fortran run-time library nor C has"
                )
            return
        wanted = self.wasm_type(result, [parameter.type for parameter in parameters])
        if wanted != declared:
            wide = " (a 64-bit size for a 32-bit function?)" if "i64" in wanted else ""
            raise RefusedError(f"calls {linked} as {wanted}, but it is {declared}{wide}")

    @staticmethod
    def wasm_type(result: str, parameters: Sequence[str]) -> str:
        """The WebAssembly type of an IR type: `i32 (i32, f64)`, or `void (…)`."""

        def value(kind: str) -> str:
            if kind in ("ptr", "i1", "i8", "i16", "i32"):
                return "i32"
            known = {"i64": "i64", "float": "f32", "double": "f64", "void": "void", "{}": "void"}
            if kind not in known:
                raise RefusedError(f"a value of type {kind} is passed, which has no known form")
            return known[kind]

        return f"{value(result)} ({', '.join(map(value, parameters))})"

    def _convention(
        self,
        name: str,
        signature: Signature | None,
        result: str,
        parameters: list[Parameter],
    ) -> tuple[str, list[Parameter]]:
        """The result and the parameters of a function on wasm32."""
        if not signature:
            if result == "i64" and name.startswith("_QP"):
                raise RefusedError(f"{self.public(name)} is in the IR but not in the FIR")
            return result, parameters
        derived = signature.result.startswith("!fir.type<") and signature.in_memory
        if derived and not name.startswith("_Q"):
            raise RefusedError(
                f"{name} is bind(c) and returns a derived type, which C may do in other ways: "
                "make it a subroutine that is given the place of the result"
            )
        parameters = list(parameters)
        if signature.lengths and self.drops_lengths(name):
            del parameters[-signature.lengths :]
        if signature.complex4:
            parameters.insert(0, Parameter("ptr", " sret({ float, float }) align 4", ""))
            result = "void"
        elif signature.character and self.drops_lengths(name):
            result = "void"
            del parameters[1]
        return result, parameters

    def _function(self, line: str, rest: Iterator[str]) -> list[str]:
        found = _DEFINITION.match(line)
        if not found:
            raise RefusedError(f"a definition of an unknown form: {line}")
        name = plain(found["name"])
        end = closing(line, found.end() - 1)
        parameters = _parameters(_numbered(line[found.end() : end]))
        body: list[str] = []
        for text in rest:
            if text == "}":
                break
            body.append(text)
        count = sum(bool(re.fullmatch(r"%v\d+", item.value)) for item in parameters)
        body = _named_values(body, count)
        signature = self.signature(name)
        result = found["result"]
        if signature:
            self._check(name, signature, result, [item.type for item in parameters])
        elif name.startswith("_QP"):
            raise RefusedError(f"{self.public(name)} is in the IR but not in the FIR")
        new_result, kept = self._convention(name, signature, result, parameters)
        opening: list[str] = []
        if name == "main" and len(kept) == 3:
            # C's start-up code on wasm calls it by another name and gives no environment.
            opening.append(f"  {kept.pop().value} = getelementptr i8, ptr null, i32 0")
        if signature and signature.complex4:
            kept[0].value = "%terrarium.result"
        gone = [item for item in parameters if item not in kept and name != "main"]
        for number, item in enumerate(gone):
            opening.append(self._length(name, item, number))
        indirect = iter(self.fir.indirect.get(name, ()))
        slots: list[str] = []
        new_body: list[str] = []
        for text in body[1:]:
            new_body += self._line(name, signature, text, indirect, slots)
        if next(indirect, None):
            raise RefusedError(
                f"{self.public(name)} calls fewer procedures through pointers in IR than in FIR"
            )
        linked = self.linked(name)
        if name == "main":
            linked = MAIN
        output = [
            f"{found['head']} {new_result} {quoted(linked)}({', '.join(map(str, kept))})"
            f"{line[end + 1 :]}",
            body[0],
            *slots,
            *opening,
            *new_body,
            "}",
        ]
        if linked.endswith(".lengths") and signature:
            output += ["", *self._for_c(name, signature, new_result, kept)]
        return output

    def _length(self, name: str, item: Parameter, number: int) -> str:
        """The call that stands for a hidden length."""
        marker = f"{LENGTH}.{self.public(name)}.{number}"
        attributes = "nounwind willreturn memory(none)"
        self.wanted[marker] = f"declare {item.type} {quoted(marker)}() {attributes}"
        return f"  {item.value} = call {item.type} {quoted(marker)}() {attributes}"

    def _for_c(
        self, name: str, signature: Signature, result: str, parameters: Sequence[Parameter]
    ) -> list[str]:
        """A procedure that takes no lengths and passes those of its C strings on."""
        if signature.character:
            raise RefusedError(
                f"{self.public(name)} has a CHARACTER result, and C could not say how long: "
                "give the result a constant length, or make it an argument of a subroutine"
            )
        lengths = signature.lengths
        public = parameters[: len(parameters) - lengths]
        strings = []
        place = int(signature.complex4 or signature.in_memory)
        for argument in signature.arguments:
            if argument.startswith("!fir.boxchar<"):
                strings.append(public[place])
            place += 2 if argument.startswith(_CHARACTER_FUNCTION) else 1
        self.wanted["strlen"] = "declare i32 @strlen(ptr)"
        calls = [
            f"  %length.{place} = call i32 @strlen(ptr {string.value})"
            for place, string in enumerate(strings)
        ]
        arguments = [f"{item.type}{item.attributes} {item.value}" for item in public]
        arguments += [f"i32 %length.{place}" for place in range(lengths)]
        target = "" if result == "void" else "%result = "
        return [
            f"define {result} {quoted(self.public(name))}({', '.join(map(str, public))}) {{",
            *calls,
            f"  {target}call {result} {quoted(self.linked(name))}({', '.join(arguments)})",
            "  ret void" if result == "void" else f"  ret {result} %result",
            "}",
        ]

    def _line(
        self,
        name: str,
        signature: Signature | None,
        line: str,
        indirect: Iterator[Indirect],
        slots: list[str],
    ) -> list[str]:
        """One line of a body."""
        if signature and signature.complex4 and (found := re.match(r"  ret i64 (\S+)(.*)", line)):
            value, rest = found[1], found[2]
            return [
                f"  store i64 {value}, ptr %terrarium.result, align 4",
                f"  ret void{rest}",
            ]
        if (
            signature
            and signature.character
            and self.drops_lengths(name)
            and re.match(r"  ret \{ ptr, i32 \}", line)
        ):
            return ["  ret void"]
        if re.match(r"\s*(?:%[\w.]+ = )?(?:tail |musttail |notail )?(?:call|invoke)\b", line):
            return self._call(name, line, indirect, slots)
        return [self._renamed(line, self.public(name))]

    def _call(
        self, function: str, line: str, indirect: Iterator[Indirect], slots: list[str]
    ) -> list[str]:
        found = _CALL.match(line)
        if not found:
            raise RefusedError(
                f"{self.public(function)}: a call of an unknown form: {line.strip()}"
            )
        callee = found["callee"]
        end = closing(line, found.end() - 1)
        arguments = _parameters(line[found.end() : end])
        types = [item.type for item in arguments]
        result, target = found["result"], found["target"]
        if callee.startswith("%"):
            through = next(indirect, None)
            if through is None:
                raise RefusedError(
                    f"{self.public(function)} calls more procedures through pointers in IR "
                    "than in FIR"
                )
            signature: Signature | None = through.signature
            self._check(
                f"a procedure that {self.public(function)} is given",
                through.signature,
                result,
                types,
            )
            name, drops, linked = "", not through.bound, callee
        else:
            name = plain(callee)
            if name.startswith("llvm."):
                return [self._renamed(line, self.public(function))]
            for position, attributes in self.by_value.get(name, {}).items():
                if "byval(" not in arguments[position].attributes:
                    arguments[position].attributes += attributes
            signature = self.signature(name)
            drops, linked = self.drops_lengths(name), quoted(self.linked(name))
            if signature:
                advice = ". Is it called in unlike ways? Give it an interface"
                self._check(name, signature, result, types, advice)
        arguments = [
            Parameter(item.type, item.attributes, self._renamed(item.value, self.public(function)))
            for item in arguments
        ]
        after: list[str] = []
        start = f"{found['indent']}{target + ' = ' if target else ''}"
        if signature and signature.lengths and drops:
            del arguments[-signature.lengths :]
        if signature and signature.complex4:
            slot = f"%terrarium.slot.{len(slots)}"
            slots.append(f"  {slot} = alloca i64, align 8")
            arguments.insert(0, Parameter("ptr", " sret({ float, float }) align 4", slot))
            start, result = found["indent"], "void"
            if target:
                after.append(f"  {target} = load i64, ptr {slot}, align 8")
        elif signature and signature.character and drops:
            place, length = arguments[0], arguments[1]
            del arguments[1]
            start, result = found["indent"], "void"
            if target:
                short = f"{target}.length"
                after += [
                    f"  {short} = trunc i64 {length.value} to i32",
                    f"  {target}.place = insertvalue {{ ptr, i32 }} undef, ptr {place.value}, 0",
                    f"  {target} = insertvalue {{ ptr, i32 }} {target}.place, i32 {short}, 1",
                ]
        head = found["head"]
        call = f"{start}{head} {result} {linked}({', '.join(map(str, arguments))}){line[end + 1 :]}"
        return [call, *after]


def _by_value(line: str) -> tuple[str, dict[int, str]]:
    """The name of a function, and the attributes of its parameters in memory by their places."""
    found = _DEFINITION.match(line)
    if not found:
        raise RefusedError(f"a function of an unknown form: {line}")
    parameters = _parameters(line[found.end() : closing(line, found.end() - 1)])
    return plain(found["name"]), {
        place: item.attributes
        for place, item in enumerate(parameters)
        if "byval(" in item.attributes
    }


def _outside_strings(line: str, change: Callable[[str], str]) -> str:
    """Applies `change` to the parts of a line that are in no string of characters (c"…")."""
    pieces = re.split(r'(c"[^"]*"|!"[^"]*")', line)
    return "".join(piece if piece.startswith(('c"', '!"')) else change(piece) for piece in pieces)


def extent(text: str) -> tuple[int, int]:
    """Size and alignment of the type at the start of a text, in bytes.

    A structure ends with its last member, as a common block does.
    """
    sizes = {"ptr": 4, "half": 2, "float": 4, "double": 8, "x86_fp80": 16, "fp128": 16}
    if found := re.match(r"i(\d+)\b", text):
        size = (int(found[1]) + 7) // 8
        return size, min(size, 16)
    if found := re.match(r"\w+", text):
        if found[0] not in sizes:
            raise RefusedError(f"a variable has the type {found[0]}, whose size is not known")
        return sizes[found[0]], sizes[found[0]]
    if found := re.match(r"\[(\d+) x ", text):
        size, alignment = extent(text[found.end() :])
        return int(found[1]) * -(-size // alignment) * alignment, alignment
    packed = text.startswith("<{")
    start = 1 if packed else 0
    if not text.startswith("{", start):
        raise RefusedError(f"a variable has a type of an unknown form: {text[:80]}")
    size, largest, last = 0, 1, 1
    for member in split(text[start + 1 : closing(text, start)]):
        one, alignment = extent(member)
        alignment = 1 if packed else alignment
        size = -(-size // last) * last
        size = -(-size // alignment) * alignment + one
        largest, last = max(largest, alignment), alignment
    return size, largest


def _folded(text: str) -> str:
    """Sizes of arrays as one constant each: clang no longer knows constants that multiply."""
    pattern = re.compile(
        r"mul \(i64 ptrtoint \(ptr getelementptr \(([^()]*), ptr null, i32 (\d+)\) to i64\), "
        r"i64 (\d+)\)"
    )
    found = 1
    while found:
        text, found = pattern.subn(
            lambda size: (
                f"ptrtoint (ptr getelementptr ({size[1]}, ptr null, "
                f"i32 {int(size[2]) * int(size[3])}) to i64)"
            ),
            text,
        )
    return text


def _attributes(line: str) -> str:
    """An attribute group without what is said of an x86 processor."""
    return re.sub(r' "(?:target-cpu|target-features|tune-cpu)"="[^"]*"', "", line)


def retarget(
    fir: str,
    ir: str,
    keep_lengths: Sequence[str] = (),
    types: Mapping[str, str] | None = None,
) -> str:
    """Gives the LLVM IR for wasm32 of a module, from its FIR and its IR for 32-bit x86.

    keep_lengths: procedures (`xerbla_`) whose Fortran callers give hidden lengths. types:
    WebAssembly types of the functions of the run-time library and of C, by name. Raises
    RefusedError.
    """
    return Retargeter(read_fir(fir), keep_lengths, types).module(ir)
