"""Source code that was run from a string under a file name of its own, so that tracebacks can show its lines."""

_sources: dict[str, str] = {}


def remember(filename: str, source: str) -> None:
    """Keep the source. Names in angle brackets stand for no file, and are not kept."""
    if not (filename.startswith("<") and filename.endswith(">")):
        _sources[filename] = source


def fill_cache() -> None:
    """Tell linecache, which drops what it cannot find on disk each time that it is checked."""
    if _sources:
        import linecache

        for filename, source in _sources.items():
            lines = source.splitlines(keepends=True)
            linecache.cache[filename] = (len(source), None, lines, filename)
