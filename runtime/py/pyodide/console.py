"""What a page needs to be Python's prompt: `console.html` beside pyodide.mjs is one.

console = PyodideConsole()
future = console.push("1 + 1")
future.syntax_check   # "incomplete", "syntax-error" or "complete"
await future          # 2
"""

import asyncio
import builtins
import platform
import sys
import traceback
from codeop import CommandCompiler
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from io import TextIOBase
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, cast

from _terrarium import sources
from _terrarium.code import ALLOW_INCOMPLETE_INPUT, DONT_IMPLY_DEDENT, TOP_LEVEL_AWAIT
from _terrarium.errors import strip_own_frames

from pyodide.code import CodeRunner

if TYPE_CHECKING:
    from rlcompleter import Completer

#: What push() says of code at once.
ConsoleFutureStatus = Literal["incomplete", "syntax-error", "complete"]

BANNER = (
    f"Python {platform.python_version()} ({', '.join(platform.python_build())}) "
    "on WebAssembly/Emscripten\n"
    'Type "help", "copyright", "credits" or "license" for more information.'
)


class _Stream(TextIOBase):
    encoding = "utf-8"
    errors = "strict"

    def __init__(self, name: str) -> None:
        self.name = name

    def isatty(self) -> bool:
        return True


class _Output(_Stream):
    """A text stream whose writes go to a function."""

    def __init__(self, callback: Callable[[str], object], name: str) -> None:
        super().__init__(name)
        self._callback = callback

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._callback(text)
        return len(text)


class _Input(_Stream):
    """A text stream whose lines come from a function."""

    def __init__(self, callback: Callable[[int], str | None], name: str) -> None:
        super().__init__(name)
        self._callback = callback
        self._rest = ""

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> str:
        while size is None or size < 0 or len(self._rest) < size:
            text = self._callback(-1)
            if not text:
                size = len(self._rest)
            self._rest += text or ""
        text, self._rest = self._rest[:size], self._rest[size:]
        return text

    # Type checkers see IOBase's method, which gives bytes, before TextIOBase's.
    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        if "\n" not in self._rest:
            self._rest += self._callback(-1) or ""
        end = self._rest.find("\n") + 1 or len(self._rest)
        if size is not None and size >= 0:
            end = min(end, size)
        line, self._rest = self._rest[:end], self._rest[end:]
        return line


class ConsoleFuture(asyncio.Future[Any]):
    """What push() gives: the value of the code, when it has run.

    It is done at once, with None, for code that is incomplete, and fails at once for code with a
    syntax error.
    """

    def __init__(self, syntax_check: ConsoleFutureStatus) -> None:
        super().__init__()
        #: Whether the code is complete.
        self.syntax_check: ConsoleFutureStatus = syntax_check
        #: The text of the syntax error, or of the exception of code that has failed.
        self.formatted_error: str | None = None
        #: The task that runs the code.
        self.task: asyncio.Task[Any] | None = None

    def cancel(self, msg: Any = None) -> bool:
        """Interrupt the code at the next `await`: the future gets a KeyboardInterrupt."""
        return self.task.cancel(msg) if self.task is not None else super().cancel(msg)


class Console:
    """A prompt: lines go in, and statements are run when they are complete.

    `stdin_callback`, given a size, gives a line; `stdout_callback` and `stderr_callback` get text.
    They have an effect while code runs, or from now on if `persistent_stream_redirection` is true.
    """

    def __init__(
        self,
        globals: dict[str, Any] | None = None,
        *,
        stdin_callback: Callable[[int], str | None] | None = None,
        stdout_callback: Callable[[str], object] | None = None,
        stderr_callback: Callable[[str], object] | None = None,
        persistent_stream_redirection: bool = False,
        filename: str = "<console>",
        dont_inherit: bool = True,
        optimize: int = -1,
    ) -> None:
        self.globals: dict[str, Any] = {"__name__": "__console__"} if globals is None else globals
        self.globals.setdefault("__builtins__", builtins)
        self.filename = filename
        self.buffer: list[str] = []
        self.completer_word_break_characters = " \t\n`~!@#$%^&*()-=+[{]}\\|;:'\",<>/?"
        self._stdin_callback = stdin_callback
        self._stdout_callback = stdout_callback
        self._stderr_callback = stderr_callback
        self._dont_inherit = dont_inherit
        self._optimize = optimize
        self._compile = CommandCompiler()
        self._compile.compiler.flags |= TOP_LEVEL_AWAIT
        self._lock = asyncio.Lock()
        self._persistent: ExitStack | None = None
        self._completer: Completer | None = None
        if persistent_stream_redirection:
            self.persistent_redirect_streams()

    # -- streams --

    @contextmanager
    def redirect_streams(self) -> Iterator[None]:
        """Send the standard streams to the callbacks for as long as the context lasts."""
        if self._persistent is not None:
            yield
            return
        with self._redirections():
            yield

    def _redirections(self) -> ExitStack:
        stack = ExitStack()
        if self._stdin_callback is not None:
            old = sys.stdin
            stack.callback(setattr, sys, "stdin", old)
            # It is no TextIO by its class, as few are that stand for one.
            sys.stdin = cast(Any, _Input(self._stdin_callback, "<stdin>"))
        if self._stdout_callback is not None:
            stack.enter_context(redirect_stdout(_Output(self._stdout_callback, "<stdout>")))
        if self._stderr_callback is not None:
            stack.enter_context(redirect_stderr(_Output(self._stderr_callback, "<stderr>")))
        return stack

    def persistent_redirect_streams(self) -> None:
        """Send the standard streams to the callbacks from now on."""
        if self._persistent is None:
            self._persistent = self._redirections()

    def persistent_restore_streams(self) -> None:
        """Take back persistent_redirect_streams()."""
        if self._persistent is not None:
            self._persistent.close()
            self._persistent = None

    # -- running --

    def push(self, line: str) -> ConsoleFuture:
        """Add a line, or several, to the code; run it if that makes it complete.

        Several lines that end with a line break are complete.
        """
        self.buffer.append(line)
        future = self.runsource("\n".join(self.buffer), self.filename)
        if future.syntax_check != "incomplete":
            self.buffer = []
        return future

    def runsource(self, source: str, filename: str = "<console>") -> ConsoleFuture:
        """Run the code if it is complete."""
        try:
            code = self._compile(source, filename, "exec")
        except (OverflowError, SyntaxError, ValueError) as error:
            future = ConsoleFuture("syntax-error")
            future.formatted_error = self.formatsyntaxerror(error)
            future.set_exception(error)
            future.exception()  # whether or not it is asked for
            return future
        if code is None:
            return self._incomplete()
        runner = CodeRunner(
            source,
            mode="exec",
            filename=filename,
            flags=self._compile.compiler.flags & ~DONT_IMPLY_DEDENT & ~ALLOW_INCOMPLETE_INPUT,
            dont_inherit=self._dont_inherit,
            optimize=self._optimize,
            dedent=False,
        )
        last = runner.ast.body[-1] if runner.ast.body else None
        if (hasattr(last, "body") or hasattr(last, "cases")) and not source.endswith("\n"):
            # An empty line ends a block.
            return self._incomplete()
        for code_object in runner.compile().code_objects:
            sources.remember_code(code_object, source)
        future = ConsoleFuture("complete")
        task = asyncio.ensure_future(self.runcode(source, runner))
        task.add_done_callback(lambda task: self._settle(future, task))
        future.task = task
        return future

    def _incomplete(self) -> ConsoleFuture:
        future = ConsoleFuture("incomplete")
        future.set_result(None)
        return future

    def _settle(self, future: ConsoleFuture, task: asyncio.Task[Any]) -> None:
        if task.cancelled():
            error: BaseException | None = KeyboardInterrupt()
        else:
            error = task.exception()
        if isinstance(error, _Ended):
            error = error.error
        if future.done():
            return
        if error is None:
            future.set_result(task.result())
            return
        future.formatted_error = self.formattraceback(error)
        if isinstance(error, StopIteration):
            # A future cannot raise it.
            error = RuntimeError(error)
        future.set_exception(error)
        future.exception()  # whether or not it is asked for

    async def prepare(self, source: str) -> None:
        """What is done before the code is run: here, nothing."""

    async def runcode(self, source: str, code: CodeRunner) -> Any:
        """Run compiled code, one after the other."""
        async with self._lock:
            with self.redirect_streams():
                await self.prepare(source)
                try:
                    return await code.run_async(self.globals)
                except (SystemExit, KeyboardInterrupt) as error:
                    # The event loop would take these for its own.
                    raise _Ended(error) from None
                finally:
                    sys.stdout.flush()
                    sys.stderr.flush()

    # -- errors --

    def formatsyntaxerror(self, error: BaseException) -> str:
        """The text that Python's prompt shows for a syntax error."""
        sys.last_exc = error
        return "".join(traceback.format_exception_only(error))

    def num_frames_to_keep(self, tb: TracebackType | None) -> int:
        """How many frames of a traceback, from the innermost, are the user's."""
        count = 0
        tb = strip_own_frames(tb)
        while tb is not None:
            count += 1
            tb = tb.tb_next
        return count

    def formattraceback(self, error: BaseException) -> str:
        """The text that Python's prompt shows for an exception."""
        sys.last_exc = error
        error.__traceback__ = strip_own_frames(error.__traceback__)
        sources.fill_cache()
        return "".join(traceback.format_exception(error))

    # -- completion --

    def complete(self, source: str) -> tuple[list[str], int]:
        """What the last word of the code could become, sorted, and where that word starts."""
        if self._completer is None:
            import rlcompleter

            self._completer = rlcompleter.Completer(self.globals)
        start = max(map(source.rfind, self.completer_word_break_characters)) + 1
        word = source[start:]
        if not word:
            return [], start
        try:
            if "." in word:
                matches = self._completer.attr_matches(word)
            else:
                matches = self._completer.global_matches(word)
        except Exception:
            # A property of the user's raised.
            matches = []
        return sorted(set(matches)), start


class _Ended(Exception):
    """SystemExit or KeyboardInterrupt on its way through the event loop."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(error)
        self.error = error


class PyodideConsole(Console):
    """A Console that first loads the packages that the code imports, if the lock file has them."""

    async def prepare(self, source: str) -> None:
        """Load the packages."""
        from _terrarium_core import runtime

        load = getattr(runtime().api, "loadPackagesFromImports", None)
        if load is not None and "import" in source:
            try:
                await load(source)
            except Exception as error:
                # Then the import says so in its own words.
                print(
                    f"Packages that the code imports could not be loaded: {error}", file=sys.stderr
                )


def repr_shorten(
    value: Any, limit: int = 1000, split: int | None = None, separator: str = "..."
) -> str:
    """The repr of a value, with its middle left out when it is longer than `limit`."""
    if limit < 4:
        raise ValueError("limit must be 4 or more")
    split = limit // 2 if split is None else split
    text = repr(value)
    if len(text) > limit:
        text = f"{text[:split]}{separator}{text[-split:]}"
    return text


__all__ = [
    "BANNER",
    "Console",
    "ConsoleFuture",
    "ConsoleFutureStatus",
    "PyodideConsole",
    "repr_shorten",
]
