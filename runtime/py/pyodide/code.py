"""Running code from strings, and finding out about it."""

import builtins
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from types import CodeType
from typing import TYPE_CHECKING, Any

from _terrarium import code as _code
from _terrarium import sources as _sources
from _terrarium.code import TOP_LEVEL_AWAIT, should_quiet

if TYPE_CHECKING:
    from inspect import Signature


class CodeRunner:
    """Code that is parsed, compiled and run; its syntax tree can be changed before it is compiled.

    >>> CodeRunner("1 + 1").compile().run()
    2
    """

    #: The syntax tree, which compile() compiles.
    ast: Any
    #: What compile() gave for the statements; code_objects has the value of the last one too.
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
    ) -> None:
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
        self._parts: _code.Parts | None = None
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

    @property
    def code_objects(self) -> list[CodeType]:
        """What compile() gave: the code of the statements, and that of the last one's value."""
        return [part for part in self._parts or [] if part is not None]

    def _compiled(self, globals: dict[str, Any] | None) -> tuple[_code.Parts, dict[str, Any]]:
        if self._parts is None:
            raise RuntimeError("Not yet compiled: call compile() first")
        globals = {} if globals is None else globals
        globals.setdefault("__builtins__", builtins)
        return self._parts, globals

    def run(
        self,
        globals: dict[str, Any] | None = None,
        locals: Mapping[str, object] | None = None,
    ) -> Any:
        """Run the code.

        Gives the value of its last statement, or the coroutine of code that awaits.
        """
        parts, globals = self._compiled(globals)
        if _code.is_async(parts):
            return _code.run_parts_async(parts, globals, locals)
        return _code.run_parts(parts, globals, locals)

    async def run_async(
        self,
        globals: dict[str, Any] | None = None,
        locals: Mapping[str, object] | None = None,
    ) -> Any:
        """Run the code, awaiting it if it awaits, as ast.PyCF_ALLOW_TOP_LEVEL_AWAIT allows."""
        parts, globals = self._compiled(globals)
        return await _code.run_parts_async(parts, globals, locals)


def eval_code(
    source: str,
    globals: dict[str, Any] | None = None,
    locals: Mapping[str, object] | None = None,
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

    `return_mode` is "last_expr", "last_expr_or_assign" (the value of a last assignment to a name
    too) or "none". A semicolon at the end of the code makes it None, unless
    `quiet_trailing_semicolon` is false.
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
    globals: dict[str, Any] | None = None,
    locals: Mapping[str, object] | None = None,
    *,
    flags: int = 0,
    **options: Any,
) -> Any:
    """As eval_code(), for code that may await at its top level."""
    runner = CodeRunner(source, flags=flags | TOP_LEVEL_AWAIT, **options)
    return await runner.compile().run_async(globals, locals)


def find_imports(source: str) -> list[str]:
    """The top-level modules that the code imports, sorted; none if it has a syntax error."""
    import ast

    try:
        tree = ast.parse(_code.dedent(source))
    except SyntaxError:
        return []
    found: set[str] = set()
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


def _signature(function: Callable[..., Any]) -> Signature:
    from annotationlib import Format
    from inspect import signature

    # Annotations may name what there is only for type checkers.
    return signature(function, annotation_format=Format.FORWARDREF)


_remembered_signature = lru_cache(_signature)


def _relax(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The arguments that the function has a place for."""
    hashable = getattr(type(function), "__hash__", None) is not None
    try:
        signature = (_remembered_signature if hashable else _signature)(function)
    except TypeError, ValueError:
        # A function that is written in C need not have one.
        return args, kwargs
    parameters = signature.parameters.values()
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


def relaxed_call[T](func: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Call the function without the arguments that it has no place for."""
    args, kwargs = _relax(func, args, kwargs)
    return func(*args, **kwargs)


def relaxed_wrap[T](func: Callable[..., T]) -> Callable[..., T]:
    """A function that calls this one without the arguments that it has no place for."""

    @wraps(func)
    def wrapper(*args: Any, **kwargs: Any) -> T:
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
