"""The manifest of PyPI's lock: what is added to it, as few edits as can be; comments stay."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import tomlkit
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.lock import pypi
from tools.package.projects import PackageError

#: The groups that are added to, and their key.
SOURCES = ("sources", "sdists")
BUILD = ("build", "wheels")
RUN_TIME = ("run_time", "wasm_wheels")


@dataclass
class Manifest:
    """manifest.toml and lock.json as they are to become."""

    text: str
    lock: dict[str, Any]

    def __post_init__(self) -> None:
        self._document: Any = tomlkit.parse(self.text)
        #: Projects that are in the lock in a version that does not suit any more, by table.
        self._moving: dict[str, dict[str, Requirement]] = {}
        #: What was added or changed, for the user to read.
        self.edits: list[str] = []

    def serialise(self) -> str:
        """Gives the manifest's text: what was not touched is as it was."""
        return str(tomlkit.dumps(self._document))

    def held(self) -> dict[str, Any]:
        """Gives the lock that what is new is resolved beside: without what must move."""
        held = dict(self.lock)
        for table, projects in self._moving.items():
            held[table] = {
                pin: facts
                for pin, facts in self.lock.get(table, {}).items()
                if pin.partition("==")[0] not in projects
            }
        return held

    def asked(self, key: str) -> list[tuple[str, Requirement]]:
        """Gives what the groups ask for under a key, with the group's name."""
        return [
            (group, Requirement(text))
            for group, entry in self._document.get("groups", {}).items()
            for text in entry.get(key, [])
        ]

    def pinned_sdist(self, project: str) -> str:
        """Gives the version of a source distribution that a group names, or ""."""
        for _, requirement in self.asked(SOURCES[1]):
            if canonicalize_name(requirement.name) == project:
                return str(requirement.specifier).removeprefix("==")
        return ""

    def add_sdist(self, pin: str) -> None:
        """Names a source distribution, as NAME==VERSION."""
        if not self.pinned_sdist(pin.partition("==")[0]):
            self._insert(SOURCES, pin)

    def add_requirements(
        self, requirements: Sequence[Requirement], place: tuple[str, str], who: str
    ) -> None:
        """Asks for what the lock lacks or has in another version, in the group and key of `place`.

        Requirements of one project are taken together. Raises PackageError, naming both, where a
        group asks for exactly one version and it is another.
        """
        table = pypi.LINUX.table if place == BUILD else pypi.WASM.table
        locked = dict(pin.split("==", 1) for pin in self.lock.get(table, {}))
        for requirement in merge(requirements):
            name = canonicalize_name(requirement.name)
            same = [
                (group, other)
                for group, other in self.asked(place[1])
                if canonicalize_name(other.name) == name
            ]
            extras = set().union(*(other.extras for _, other in same))
            suits = name in locked and requirement.specifier.contains(
                locked[name], prereleases=True
            )
            if suits and requirement.extras <= extras:
                continue
            for group, other in same:
                exact = [part for part in other.specifier if part.operator == "=="]
                if exact and not suits:
                    raise PackageError(
                        f"{who} needs {requirement}, and group '{group}' of "
                        f"third_party/pypi/manifest.toml asks for {other}: they do not go together"
                    )
            if name in locked and not suits:
                self._moving.setdefault(table, {})[name] = requirement
            own = [other for group, other in same if group == place[0]]
            if own:
                self._replace(place, own[0], merge([own[0], requirement])[0])
            else:
                self._insert(place, str(requirement))

    def blame(self) -> list[str]:
        """Gives what else asks for the projects that must move, to explain why pip finds none."""
        lines = []
        for table, moving in self._moving.items():
            key = BUILD[1] if table == pypi.LINUX.table else RUN_TIME[1]
            for name, requirement in sorted(moving.items()):
                askers = [
                    f"group '{group}' asks for {text}"
                    for group, entry in tomllib.loads(self.text).get("groups", {}).items()
                    for text in entry.get(key, [])
                    if canonicalize_name(Requirement(text).name) == name
                ]
                pin = next(pin for pin in self.lock[table] if pin.partition("==")[0] == name)
                askers += [
                    f"{other} needs it"
                    for other, facts in self.lock[table].items()
                    if pin in facts.get("requires", [])
                ]
                lines.append(f"it needs {requirement}; the lock has {pin} ({', '.join(askers)})")
        return lines

    def _array(self, place: tuple[str, str]) -> Any:
        groups = self._document.setdefault("groups", tomlkit.table(is_super_table=True))
        group, key = place
        if group not in groups:
            groups[group] = tomlkit.table()
        if key not in groups[group]:
            groups[group][key] = tomlkit.array()
        return groups[group][key]

    def _insert(self, place: tuple[str, str], text: str) -> None:
        array = self._array(place)
        # In order, where they are in order.
        names = [canonicalize_name(Requirement(str(other)).name) for other in array]
        name = canonicalize_name(Requirement(text).name)
        index = sum(other < name for other in names) if names == sorted(names) else len(names)
        if "\n" in array.as_string():
            array.insert(index, text)
        else:
            # Written anew, so that there is a space after each comma.
            texts = [str(other) for other in array]
            texts.insert(index, text)
            array.clear()
            array.extend(texts)
        self.edits.append(f"group '{place[0]}': + {text}")

    def _replace(self, place: tuple[str, str], old: Requirement, new: Requirement) -> None:
        array = self._array(place)
        index = next(i for i, other in enumerate(array) if Requirement(str(other)) == old)
        self.edits.append(f"group '{place[0]}': {array[index]} -> {new}")
        array[index] = str(new)


def merge(requirements: Sequence[Requirement]) -> list[Requirement]:
    """Gives one requirement for each project, without markers, in the order of their names."""
    found: dict[str, Requirement] = {}
    for requirement in requirements:
        name = canonicalize_name(requirement.name)
        extras, specifier = set(requirement.extras), requirement.specifier
        if name in found:
            extras |= found[name].extras
            specifier &= found[name].specifier
        text = f"[{','.join(sorted(extras))}]" if extras else ""
        found[name] = Requirement(f"{name}{text}{specifier}")
    return [found[name] for name in sorted(found)]


def applying(
    requirements: Sequence[Requirement], *environments: dict[str, str]
) -> list[Requirement]:
    """Gives the requirements whose markers hold in one of the environments, without extras."""
    return [
        requirement
        for requirement in requirements
        if not requirement.marker
        or any(requirement.marker.evaluate({**it, "extra": ""}) for it in environments)
    ]
