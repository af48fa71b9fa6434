"""Days in files: what a build wrote down of when it was made.

Files of a release hold days of all kinds: of upstream's changes, of holidays, in data. One that a
build put there stands in no input. So a day counts if what is around it is not in any file that the
build was given.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

#: How days are written.
_FORMS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d %b %Y",
    "%b %d %Y",
    "%b %e %Y",
    "%d %B %Y",
    "%m/%d/%y",
)

#: How many bytes on either side of a day an input must have, too.
_AROUND = 8


@dataclass(frozen=True, order=True)
class Day:
    """A day that was found: in which file, of which member, how written, with what around it."""

    file: str
    member: str
    text: str
    context: bytes

    def __str__(self) -> str:
        return f"{self.file}{', ' if self.member else ''}{self.member}: {self.text}"


def days_around(day: date) -> list[date]:
    """A day and its neighbours: somewhere it is another one already, or still."""
    return [day + timedelta(days=shift) for shift in (-1, 0, 1)]


def contents(path: Path) -> Iterator[tuple[str, date | None, bytes]]:
    """A file's content; or that of a zip's members, each after its name and the day of it."""
    if not zipfile.is_zipfile(path):
        yield "", None, path.read_bytes()
        return
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            yield member.filename, date(*member.date_time[:3]), archive.read(member)


def find(folder: Path, days: Iterable[date]) -> list[Day]:
    """The days that files in a folder hold, and those at which members of zips were changed."""
    days = list(days)
    written = sorted({day.strftime(form) for day in days for form in _FORMS})
    pattern = re.compile(
        rb"(?<![0-9])(?:" + b"|".join(re.escape(text.encode()) for text in written) + rb")(?![0-9])"
    )
    found: list[Day] = []
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        for member, changed, data in contents(path):
            if changed in days:
                found.append(Day(name, member, "the member's time", b""))
            for match in pattern.finditer(data):
                around = data[max(0, match.start() - _AROUND) : match.end() + _AROUND]
                found.append(Day(name, member, match[0].decode(), around))
    return found


def unexplained(folder: Path, found: Iterable[Day], inputs: Path) -> list[Day]:
    """Those of the days found in `folder` that were not in what the build was given.

    That is a file that `inputs` has as it is, or one that has a day with the same around it.
    """
    left = set(found)
    for path in _files(inputs) if left else ():
        same = {day.file for day in left if Path(day.file).name == path.name}
        same = {name for name in same if (folder / name).read_bytes() == path.read_bytes()}
        left = {day for day in left if day.file not in same}
        contexts = {day.context for day in left} - {b""}
        if contexts:
            for _, _, data in contents(path):
                contexts = {context for context in contexts if context not in data}
            left = {day for day in left if not day.context or day.context in contexts}
        if not left:
            break
    return sorted(left)


def _files(folder: Path) -> list[Path]:
    """Regular files below a folder, in order, without what links lead to."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
