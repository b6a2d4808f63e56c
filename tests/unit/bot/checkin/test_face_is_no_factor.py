"""Nothing but the check-in's own page knows of faces: read from the source, so new code counts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).parents[4]
_PARTS = ("bot", "actions", "knowledge", "nlu", "skills")
_TABLES = {"FaceTemplateRow", "CheckInRow"}
_NAMES = {"face_templates", "check_ins"}


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for part in _PARTS:
        for path in sorted((_ROOT / part).rglob("*.py")):
            if "node_modules" not in path.parts:
                name = path.relative_to(_ROOT).as_posix()
                yield name, ast.parse(path.read_text(encoding="utf-8"))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{each.name}" for each in node.names)


def _named(tree: ast.Module) -> set[str]:
    """Names, attributes and texts."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found


def test_the_page_alone_imports_the_check_in() -> None:
    using = {
        name
        for name, tree in _modules()
        if any(each.startswith("bot.checkin") for each in _imported(tree))
    }
    assert {name for name in using if not name.startswith("bot/checkin/")} == {
        "bot/web/check_in.py"
    }


def test_the_site_alone_imports_the_page() -> None:
    using = {name for name, tree in _modules() if "bot.web.check_in" in {*_imported(tree)}}
    assert using == {"bot/site.py"}


def test_only_the_check_in_and_privacy_read_the_tables() -> None:
    using = {name for name, tree in _modules() if _named(tree) & (_TABLES | _NAMES)}
    allowed = ("bot/checkin/", "bot/storage/", "bot/privacy/held.py")
    assert {name for name in using if not name.startswith(allowed)} == set()
    assert {"bot/checkin/faces.py", "bot/checkin/visits.py", "bot/privacy/held.py"} <= using
