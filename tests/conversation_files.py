"""Reads the files of tests/conversations, and tells their authors what is wrong, file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from conversation_format import Conversation, Part, Record, State, Turn
from pydantic import ValidationError
from pydantic_core import ErrorDetails

FOLDER = Path(__file__).parent / "conversations"
_PARTS: dict[str, type[Part]] = {"turns": Turn, "state": State, "student": Record}


class BadConversations(Exception):
    """A file that cannot be run: one line for each thing that is wrong in it."""


@dataclass(frozen=True)
class Placed:
    """A conversation and the file it stands in."""

    file: str
    conversation: Conversation

    def __str__(self) -> str:
        return f"{self.file}: {self.conversation.name}"


def all_conversations(folder: Path = FOLDER) -> list[Placed]:
    """Those of every file of the folder; raise BadConversations."""
    files = sorted(folder.glob("*.yml"))
    return [Placed(path.stem, each) for path in files for each in read(path)]


def read(path: Path) -> list[Conversation]:
    """The conversations of a file; raise BadConversations with everything that is wrong in it."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadConversations(f"{path}: this is no YAML: {error}") from error
    if not isinstance(root, yaml.SequenceNode):
        raise BadConversations(f'{path}: a file is a list of conversations, each "- name: ..."')
    if problems := [*_repeated(path, root), *_invalid(path, root), *_namesakes(path, root)]:
        raise BadConversations("\n".join(problems))
    return [Conversation.model_validate(_plain(node)) for node in root.value]


def _invalid(path: Path, root: yaml.SequenceNode) -> Iterator[str]:
    for node in root.value:
        try:
            Conversation.model_validate(_plain(node))
        except ValidationError as error:
            yield from (_problem(path, node, detail) for detail in error.errors())


def _problem(path: Path, node: yaml.Node, detail: ErrorDetails) -> str:
    """Place, case, part of it, and what is the matter there."""
    line, part, case = _line(node), "", _name(node)
    for step in detail["loc"]:
        inner = _inside(node, step)
        if inner is None:
            break
        node, line = inner, _line(inner)
        part += f" {step + 1}" if isinstance(step, int) else f", {step}"
    return f'{path}:{line}: "{case}"{part}: {_said(detail)}'


def _said(detail: ErrorDetails) -> str:
    where = detail["loc"]
    key = where[-1] if where else ""
    if detail["type"] == "extra_forbidden":
        part = _PARTS.get(str(where[0]), Conversation) if len(where) > 1 else Conversation
        return f'unknown key "{key}"; known here: {", ".join(part.model_fields)}'
    if detail["type"] == "missing":
        return f'"{key}" is missing'
    if detail["type"] == "string_type":
        return f"{detail['input']!r} is no text; put it in quotes"
    if detail["type"] == "model_type" and key != "student":
        return 'this should read like {say: "Winter", acts: [ask_year], reply: "which year"}'
    return detail["msg"].removeprefix("Value error, ")


def _namesakes(path: Path, root: yaml.SequenceNode) -> Iterator[str]:
    names: set[str] = set()
    for node in root.value:
        if (name := _name(node)) in names:
            yield f'{path}:{_line(node)}: there is a second "{name}" in this file'
        names.add(name)


def _repeated(path: Path, node: yaml.Node) -> Iterator[str]:
    """YAML itself lets the last of two equal keys win without a word."""
    seen: set[str] = set()
    for key, _ in _pairs(node):
        if key.value in seen:
            yield f'{path}:{_line(key)}: "{key.value}" stands here a second time'
        seen.add(key.value)
    inner = [value for _, value in _pairs(node)]
    for part in node.value if isinstance(node, yaml.SequenceNode) else inner:
        yield from _repeated(path, part)


def _name(node: yaml.Node) -> str:
    return next((str(value.value) for key, value in _pairs(node) if key.value == "name"), "?")


def _inside(node: yaml.Node, step: int | str) -> yaml.Node | None:
    if isinstance(step, int):
        return node.value[step] if isinstance(node, yaml.SequenceNode) else None
    return next((value for key, value in _pairs(node) if key.value == step), None)


def _pairs(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _plain(node: yaml.Node) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()
