"""Reads the synthetic programmes; a fault names file, requirement and key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import InvalidCode, QuadError
from knowledge.model.codes import CourseCode
from knowledge.model.programmes import Carrying, Listed, Programme, Requirement, Rule, UnitsIn

FOLDER = Path(__file__).parent / "programmes"
_KEYS = frozenset({"programme", "also", "sample", "requirements"})
_RULES = frozenset({"all", "some", "of", "units", "subjects", "numbers", "attribute"})


@dataclass(eq=False)
class ProgrammeInvalid(QuadError):
    """A fault in a programme file."""

    problem = "programme-invalid"
    file: str
    requirement: str
    key: str


@cache
def programmes(folder: Path = FOLDER) -> dict[str, Programme]:
    """All programmes by name; raise ProgrammeInvalid."""
    files = {path.name: _file(path) for path in sorted(folder.glob("*.yml"))}
    own = {data["programme"]: (name, _own(name, data)) for name, data in files.items()}
    found: dict[str, Programme] = {}
    for name, data in files.items():
        base = data.get("also")
        if base is not None and base not in own:
            raise ProgrammeInvalid(name, "", "also")
        inherited = own[base][1] if base is not None else ()
        title = data["programme"]
        found[title] = Programme(title, (*own[title][1], *inherited))
    return found


def _file(path: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ProgrammeInvalid(path.name, "", "yaml") from error
    if not isinstance(data, dict) or not isinstance(data.get("programme"), str):
        raise ProgrammeInvalid(path.name, "", "programme")
    for key in data:
        if key not in _KEYS:
            raise ProgrammeInvalid(path.name, "", str(key))
    if not isinstance(data.get("requirements"), list) or not data["requirements"]:
        raise ProgrammeInvalid(path.name, "", "requirements")
    return data


def _own(file: str, data: dict[str, Any]) -> tuple[Requirement, ...]:
    read = tuple(_requirement(file, entry) for entry in data["requirements"])
    names = [requirement.name for requirement in read]
    for name in names:
        if names.count(name) > 1:
            raise ProgrammeInvalid(file, name, "name")
    return read


def _requirement(file: str, entry: Any) -> Requirement:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise ProgrammeInvalid(file, "", "name")
    name = entry["name"]
    given = {key: value for key, value in entry.items() if key != "name"}
    for key in given:
        if key not in _RULES:
            raise ProgrammeInvalid(file, name, str(key))
    for kind, read in _READERS.items():
        if kind in given:
            rule = read(_Entry(file, name, given))
            return Requirement(name, rule, overlaps=isinstance(rule, Carrying))
    raise ProgrammeInvalid(file, name, "rule")


@dataclass(frozen=True)
class _Entry:
    """One requirement's entry, whose faults name their place."""

    file: str
    name: str
    given: dict[str, Any]

    def number(self, key: str, default: int | None = None) -> int:
        value = self.given.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ProgrammeInvalid(self.file, self.name, key)
        return value

    def words(self, key: str) -> list[str]:
        value = self.given.get(key)
        words = value.split() if isinstance(value, str) else []
        if not words:
            raise ProgrammeInvalid(self.file, self.name, key)
        return words

    def codes(self, key: str) -> frozenset[CourseCode]:
        try:
            return frozenset(CourseCode.parse(word) for word in self.words(key))
        except InvalidCode as error:
            raise ProgrammeInvalid(self.file, self.name, key) from error

    def only(self, *keys: str) -> None:
        for key in self.given:
            if key not in keys:
                raise ProgrammeInvalid(self.file, self.name, key)


def _all(entry: _Entry) -> Rule:
    entry.only("all")
    codes = entry.codes("all")
    return Listed(len(codes), codes)


def _some(entry: _Entry) -> Rule:
    entry.only("some", "of")
    count, codes = entry.number("some"), entry.codes("of")
    if count > len(codes):
        raise ProgrammeInvalid(entry.file, entry.name, "some")
    return Listed(count, codes)


def _units(entry: _Entry) -> Rule:
    entry.only("units", "subjects", "numbers")
    low, dash, high = str(entry.given.get("numbers", "1-999")).partition("-")
    if not (dash and low.isdigit() and high.isdigit() and int(low) <= int(high)):
        raise ProgrammeInvalid(entry.file, entry.name, "numbers")
    subjects = frozenset(entry.words("subjects"))
    return UnitsIn(entry.number("units"), subjects, int(low), int(high))


def _attribute(entry: _Entry) -> Rule:
    entry.only("attribute", "some")
    return Carrying(entry.number("some", 1), " ".join(entry.words("attribute")))


# `some` goes with `of` or with `attribute`, so the attribute is looked for first.
_READERS: dict[str, Callable[[_Entry], Rule]] = {
    "attribute": _attribute,
    "all": _all,
    "some": _some,
    "units": _units,
}
