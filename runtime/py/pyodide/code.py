"""Running code from strings, and finding out about it."""

import _ast
import builtins
from functools import lru_cache, wraps
from typing import Any

from _terrarium import code as _code
from _terrarium import sources as _sources
from _terrarium.code import TOP_LEVEL_AWAIT, should_quiet


class CodeRunner:
    """Code that is parsed, then compiled, then run: between the steps its syntax tree can be changed.

    >>> CodeRunner("1 + 1").compile().run()
    2
    """

    #: The syntax tree, which compile() compiles.
    ast: _ast.Module
    #: What compile() gave for the statements; the value of the last one is in a code object of its own.
    code: Any

    def __init__(
        self,
        source: str,
        *,
        return_mode: str = "last_expr",
        mode: str = "exec",
        quiet_trailing_semicolon: bool = True,
        filename: str = "<exec>",
        flags: int = 0,
        dont_inherit: bool = True,
        optimize: int = -1,
        dedent: bool = True,
    ):
        if return_mode not in _code.RETURN_MODES:
            raise ValueError(
                f"Unrecognized return_mode {return_mode!r}: choose from {_code.RETURN_MODES}"
            )
        if dedent:
            source = _code.dedent(source)
        if quiet_trailing_semicolon and should_quiet(source):
            return_mode = "none"
        self.filename = filename
        self.return_mode = return_mode
        self.mode = mode
        self._options = (flags, dont_inherit, optimize)
        self._parts: list | None = None
        self.ast = compile(source, filename, mode, flags | _code.ONLY_AST, dont_inherit, optimize)
        self.code = None
        _sources.remember(filename, source)

    def compile(self) -> CodeRunner:
        """Compile the tree. Gives the object itself."""
        self._parts = _code.compile_tree(
            self.ast, self.return_mode, self.filename, self.mode, *self._options
        )
        self.code = self._parts[0]
        return self

    def _compiled(self, globals) -> tuple[list, dict]:
        if self._parts is None:
            raise RuntimeError("Not yet compiled: call compile() first")
        globals = {} if globals is None else globals
        globals.setdefault("__builtins__", builtins)
        return self._parts, globals

    def run(self, globals: dict | None = None, locals: dict | None = None) -> Any:
        """Run the code. Gives the value of its last statement, or the coroutine of code that awaits."""
        parts, globals = self._compiled(globals)
        if _code.is_async(parts):
            return _code.run_parts_async(parts, globals, locals)
        return _code.run_parts(parts, globals, locals)

    async def run_async(self, globals: dict | None = None, locals: dict | None = None) -> Any:
        """Run the code, awaiting it if it was compiled with ast.PyCF_ALLOW_TOP_LEVEL_AWAIT and awaits."""
        parts, globals = self._compiled(globals)
        return await _code.run_parts_async(parts, globals, locals)


def eval_code(
    source: str,
    globals: dict | None = None,
    locals: dict | None = None,
    *,
    return_mode: str = "last_expr",
    quiet_trailing_semicolon: bool = True,
    filename: str = "<exec>",
    flags: int = 0,
    dont_inherit: bool = True,
    optimize: int = -1,
    dedent: bool = True,
) -> Any:
    """Run code, and give the value of its last statement if that is an expression.

    `return_mode` is "last_expr", "last_expr_or_assign" (the value of a last assignment to a name too) or "none".
    A semicolon at the end of the code makes it None, unless `quiet_trailing_semicolon` is false.
    """
    return (
        CodeRunner(
            source,
            return_mode=return_mode,
            quiet_trailing_semicolon=quiet_trailing_semicolon,
            filename=filename,
            flags=flags,
            dont_inherit=dont_inherit,
            optimize=optimize,
            dedent=dedent,
        )
        .compile()
        .run(globals, locals)
    )


async def eval_code_async(
    source: str,
    globals: dict | None = None,
    locals: dict | None = None,
    *,
    flags: int = 0,
    **options: Any,
) -> Any:
    """As eval_code(), for code that may await at its top level."""
    runner = CodeRunner(source, flags=flags | TOP_LEVEL_AWAIT, **options)
    return await runner.compile().run_async(globals, locals)


def find_imports(source: str) -> list[str]:
    """The top-level modules that the code imports anywhere, sorted; none if it has a syntax error."""
    import ast

    try:
        tree = ast.parse(_code.dedent(source))
    except SyntaxError:
        return []
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.partition(".")[0])
    return sorted(found)


def run_js(code: str, /) -> Any:
    """Run JavaScript code in the global scope, and give the value of its last statement."""
    if not isinstance(code, str):
        raise TypeError(f"argument should have type 'str' not type {type(code).__name__!r}")
    from js import eval

    return eval(code)


@lru_cache
def _signature(function):
    from inspect import signature

    return signature(function)


def _relax(function, args, kwargs) -> tuple[tuple, dict]:
    """The arguments that the function has a place for."""
    try:
        parameters = _signature(function).parameters.values()
    except TypeError, ValueError:
        return args, kwargs
    kinds = [parameter.kind for parameter in parameters]
    kinds = [parameter.kind.name for parameter in parameters]
    if "VAR_POSITIONAL" not in kinds:
        places = sum(kind in ("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD") for kind in kinds)
        args = args[:places]
    if "VAR_KEYWORD" not in kinds:
        names = {
            parameter.name
            for parameter in parameters
            if parameter.kind.name in ("KEYWORD_ONLY", "POSITIONAL_OR_KEYWORD")
        }
        kwargs = {name: value for name, value in kwargs.items() if name in names}
    return args, kwargs


def relaxed_call(func, *args: Any, **kwargs: Any) -> Any:
    """Call the function without the arguments that it has no place for."""
    args, kwargs = _relax(func, args, kwargs)
    return func(*args, **kwargs)


def relaxed_wrap(func):
    """A function that calls this one without the arguments that it has no place for."""

    @wraps(func)
    def wrapper(*args, **kwargs):
        return relaxed_call(func, *args, **kwargs)

    return wrapper


__all__ = [
    "CodeRunner",
    "eval_code",
    "eval_code_async",
    "find_imports",
    "relaxed_call",
    "relaxed_wrap",
    "run_js",
    "should_quiet",
]
