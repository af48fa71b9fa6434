"""Running code from strings: the part of pyodide.code that every runPython() needs, kept small."""

import _ast
import builtins
import sys

from _terrarium import sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import CodeType
    from typing import Any

    from _terrarium_core import JsProxy

    #: The code object of the statements, and that of the last one's value, if it has one.
    type Parts = list[CodeType | None]

TOP_LEVEL_AWAIT = 0x2000  # ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, without the import
ONLY_AST = 0x0400  # ast.PyCF_ONLY_AST
DONT_IMPLY_DEDENT = 0x0200  # codeop.PyCF_DONT_IMPLY_DEDENT
ALLOW_INCOMPLETE_INPUT = 0x4000  # codeop.PyCF_ALLOW_INCOMPLETE_INPUT
CO_COROUTINE = 0x0080  # inspect.CO_COROUTINE

CO_FUTURES = 0x1FE0000  # what `from __future__ import …` sets in a code object

RETURN_MODES = ("last_expr", "last_expr_or_assign", "none")


def dedent(source: str) -> str:
    """Take away the white space that all lines start with."""
    for line in source.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            if not line[0].isspace():
                return source
            break
    import textwrap

    return textwrap.dedent(source)


def should_quiet(source: str) -> bool:
    """Whether the code ends with a semicolon, comments and white space apart."""
    last_line = source.rstrip().rpartition("\n")[2]
    if "#" not in last_line and not last_line.endswith(";"):
        # No comment: what is seen is what there is, and nothing need be imported.
        return False
    import io
    import tokenize

    last = None
    ignored = {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.ENDMARKER,
        tokenize.INDENT,
        tokenize.DEDENT,
    }
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type not in ignored:
                last = token
    except tokenize.TokenError, SyntaxError:
        return False
    return last is not None and last.string == ";"


def _name_again(name: _ast.Name) -> _ast.Name:
    """An expression of the name that was assigned to."""
    node = _ast.Name(name.id, _ast.Load())
    for field in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
        setattr(node, field, getattr(name, field))
    return node


def _last_value(body: list[_ast.stmt], mode: str) -> tuple[list[_ast.stmt], _ast.expr | None]:
    """Split the value of the last statement off: (statements, expression node or None)."""
    if not body or mode == "none":
        return body, None
    last = body[-1]
    if isinstance(last, _ast.Expr):
        return body[:-1], last.value
    if mode == "last_expr_or_assign" and isinstance(
        last, (_ast.Assign, _ast.AnnAssign, _ast.AugAssign)
    ):
        target = last.targets[0] if isinstance(last, _ast.Assign) else last.target
        # `x: int` assigns nothing.
        if isinstance(target, _ast.Name) and last.value is not None:
            return body, _name_again(target)
    return body, None


def compile_parts(
    source: str,
    *,
    return_mode: str = "last_expr",
    quiet_trailing_semicolon: bool = True,
    filename: str = "<exec>",
    flags: int = 0,
    dont_inherit: bool = True,
    optimize: int = -1,
    mode: str = "exec",
) -> Parts:
    """Compile to one code object for the statements, and one for the value of the last, if any.

    Either can be a coroutine's when `flags` allow top-level await.
    """
    if return_mode not in RETURN_MODES:
        raise ValueError(f"Unrecognized return_mode {return_mode!r}: choose from {RETURN_MODES}")
    tree = compile(source, filename, mode, flags | ONLY_AST, dont_inherit, optimize)
    if quiet_trailing_semicolon and return_mode != "none" and should_quiet(source):
        return_mode = "none"
    return compile_tree(tree, return_mode, filename, mode, flags, dont_inherit, optimize)


def compile_tree(
    tree: _ast.Module | _ast.Expression | _ast.Interactive,
    return_mode: str,
    filename: str,
    mode: str,
    flags: int,
    dont_inherit: bool,
    optimize: int,
) -> Parts:
    """Compile a syntax tree as compile_parts does."""
    if not isinstance(tree, _ast.Module):
        return [compile(tree, filename, mode, flags, dont_inherit, optimize)]
    statements, value = _last_value(tree.body, return_mode)
    parts: Parts = []
    if statements or value is None:
        module = _ast.Module(statements, tree.type_ignores)
        code: CodeType = compile(module, filename, "exec", flags, dont_inherit, optimize)
        parts.append(code)
        flags |= code.co_flags & CO_FUTURES
    if value is not None:
        expression = _ast.Expression(value)
        parts.append(compile(expression, filename, "eval", flags, dont_inherit, optimize))
    else:
        parts.append(None)
    return parts


def run_parts(
    parts: Parts, globals: dict[str, Any], locals: Mapping[str, object] | None = None
) -> Any:
    """Run what compile_parts gave, and give the value of the last statement."""
    *statements, value = parts
    for part in statements:
        if part is not None:
            eval(part, globals, locals)
    return None if value is None else eval(value, globals, locals)


async def run_parts_async(
    parts: Parts, globals: dict[str, Any], locals: Mapping[str, object] | None = None
) -> Any:
    """The same, awaiting what is a coroutine."""
    result: Any = None
    for part in parts:
        result = None
        if part is not None:
            result = eval(part, globals, locals)
            if part.co_flags & CO_COROUTINE:
                result = await result
    return result


def is_async(parts: Parts) -> bool:
    """Whether the code awaits at its top level."""
    return any(part is not None and part.co_flags & CO_COROUTINE for part in parts)


def _prepare(
    source: str, globals: dict[str, Any] | None, options: dict[str, Any], flags: int = 0
) -> tuple[Parts, dict[str, Any]]:
    if not isinstance(source, str):
        raise TypeError(f"The code must be a string, not {type(source).__name__}")
    if options.pop("dedent", True):
        source = dedent(source)
    filename = options.get("filename", "<exec>")
    parts = compile_parts(source, flags=options.pop("flags", 0) | flags, **options)
    sources.remember(filename, source)
    globals = {} if globals is None else globals
    globals.setdefault("__builtins__", builtins)
    return parts, globals


def eval_code(
    source: str, globals: dict[str, Any] | None = None, options: JsProxy | None = None, /
) -> Any:
    """Run code for runPython. `options` is its JavaScript object of options."""
    settings = _from_js(options)
    locals = settings.pop("locals", None)
    parts, globals = _prepare(source, globals, settings)
    return run_parts(parts, globals, locals)


def eval_code_async(
    source: str, globals: dict[str, Any] | None = None, options: JsProxy | None = None, /
) -> Any:
    """Run code for runPythonAsync: gives an awaitable when the code awaits, else its value."""
    settings = _from_js(options)
    locals = settings.pop("locals", None)
    parts, globals = _prepare(source, globals, settings, TOP_LEVEL_AWAIT)
    if is_async(parts):
        return run_parts_async(parts, globals, locals)
    return run_parts(parts, globals, locals)


def _from_js(options: JsProxy | None) -> dict[str, Any]:
    if options is None:
        return {}
    return {key: getattr(options, key) for key in options.object_keys()}


def import_from(module: str, name: str) -> Any:
    """`from module import name`."""
    found = __import__(module, fromlist=[name])
    try:
        return getattr(found, name)
    except AttributeError:
        submodule = sys.modules.get(f"{module}.{name}")
        if submodule is None:
            raise ImportError(f"cannot import name {name!r} from {module!r}", name=name) from None
        return submodule
