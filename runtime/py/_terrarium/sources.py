"""Source code that was run from a string, so that tracebacks can show its lines."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType

_sources: dict[str, str] = {}


def remember(filename: str, source: str) -> None:
    """Keep the source. Names in angle brackets stand for no file, and are not kept."""
    if not (filename.startswith("<") and filename.endswith(">")):
        _sources[filename] = source


def remember_code(code: CodeType, source: str) -> None:
    """Keep the source of one code object: at a prompt, all that is typed is of one file name."""
    import linecache

    # What Python's own prompt calls; it is not in the type checker's picture of linecache.
    linecache._register_code(code, source, code.co_filename)  # type: ignore[attr-defined]


def fill_cache() -> None:
    """Tell linecache, which drops what it cannot find on disk each time that it is checked."""
    if _sources:
        import linecache

        for filename, source in _sources.items():
            lines = source.splitlines(keepends=True)
            linecache.cache[filename] = (len(source), None, lines, filename)
