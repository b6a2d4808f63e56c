"""The prerequisites of a course as a text and as a tree: two forms of one thing.

Nothing of a draft is kept here: its text goes to and fro with the page, so it works without
script, and saving goes through the same versioned form as every other field.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from bot.web.admin.courses import CourseId
from bot.web.admin.desk import Admin, Filled, Visitor
from bot.web.admin.editing import Drawn, drawn_record, save
from bot.web.forms import Form, FormIncomplete
from knowledge.admin.facts import Table
from knowledge.errors import InvalidCode, InvalidPrerequisite, UnknownCourse
from knowledge.model import prerequisite_edits as edits
from knowledge.model.codes import CourseCode
from knowledge.model.prerequisites import Both, Consent, Either, Prerequisite, Requires, parse
from knowledge.storage.unit_of_work import Work

routes = APIRouter(prefix="/courses/{course_id}/prerequisites")
_LONGEST = 2000


@dataclass(frozen=True)
class Node:
    """A part of the tree for the page: `kind` is "all", "one", "course" or "consent"."""

    path: str
    kind: str
    label: str
    title: str = ""
    known: bool = True
    concurrently: bool = False
    parts: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A text as it is being written: its tree, or where its fault stands."""

    text: str
    tree: Prerequisite | None = None
    fault_at: int | None = None
    code_fault: tuple[str, str] | None = None  # the path of the group, and what was typed there


def read(text: str) -> Draft:
    """The draft of a text; an empty one asks for nothing."""
    if not text.strip():
        return Draft(text)
    try:
        if len(text) > _LONGEST:
            raise InvalidPrerequisite(text, _LONGEST)
        return Draft(text, parse(text))
    except InvalidPrerequisite as error:
        return Draft(text, fault_at=error.position)


@routes.get("")
def one(admin: Admin, course_id: CourseId) -> Response:
    """The editor on what is stored."""
    with admin.units.read() as work:
        drawn = drawn_record(work, admin, Table.COURSES, str(course_id))
    return _page(admin, course_id, drawn, read(drawn.texts["prerequisites"]))


@routes.post("/draft")
def draft(admin: Admin, form: Filled, course_id: CourseId) -> Response:
    """Check the text, or do one act on the tree; nothing is saved."""
    text, was = form.text("prerequisites"), form.text("was-prerequisites")
    drawn = Drawn(
        Table.COURSES,
        str(course_id),
        form.number("version"),
        {"prerequisites": text},
        {"prerequisites": was},
    )
    return _page(admin, course_id, drawn, _acted(form, read(text)))


@routes.post("")
def change(admin: Admin, form: Filled, course_id: CourseId) -> Response:
    """Save; a text with a fault is shown again with the fault marked."""
    return save(
        admin,
        form,
        Table.COURSES,
        str(course_id),
        f"/admin/courses/{course_id}",
        lambda drawn: _refused(admin, course_id, drawn),
    )


def _refused(admin: Visitor, course_id: int, drawn: Drawn) -> Response:
    return _page(admin, course_id, drawn, read(drawn.texts["prerequisites"]), 422)


def _acted(form: Form, before: Draft) -> Draft:
    """The draft after the act that a button of the tree names: "remove:0.1"."""
    verb, _, place = form.text("act", "").partition(":")
    if not verb or before.fault_at is not None:
        return before
    try:
        path = tuple(int(step) for step in place.split(".") if step)
        if verb in (edits.Join.AND, edits.Join.OR):
            return _joined(form, before, path, edits.Join(verb))
        act = {
            "remove": edits.remove,
            "turn": edits.turn,
            "concurrent": edits.toggle_concurrent,
        }[verb]
        tree = act(before.tree, path)
    except (LookupError, ValueError) as error:
        raise FormIncomplete("act") from error
    return Draft(str(tree) if tree is not None else "", tree)


def _joined(form: Form, before: Draft, path: edits.Path, how: edits.Join) -> Draft:
    typed = form.text("code", "").strip()
    try:
        leaf = Consent() if typed.lower() == "consent" else Requires(CourseCode.parse(typed))
    except InvalidCode:
        return Draft(before.text, before.tree, code_fault=(".".join(map(str, path)), typed))
    tree = edits.join(before.tree, path, how, leaf)
    return Draft(str(tree), tree)


def _page(
    admin: Visitor, course_id: int, drawn: Drawn, shown: Draft, status: int = 200
) -> Response:
    with admin.units.read() as work:
        present = drawn_record(work, admin, Table.COURSES, str(course_id))
        root = _node(work, shown.tree, "") if shown.tree is not None else None
    facts: dict[str, Any] = {"drawn": drawn, "draft": shown, "root": root, "present": present}
    unknown = sorted({node.label for node in _all(root) if not node.known})
    return admin.page("prerequisites.html", status, **facts, unknown=unknown)


def _node(work: Work, tree: Prerequisite, path: str) -> Node:
    if isinstance(tree, Both | Either):
        kind = "all" if isinstance(tree, Both) else "one"
        steps = [f"{path}.{at}" if path else str(at) for at in range(len(tree.parts))]
        parts = (_node(work, part, step) for part, step in zip(tree.parts, steps, strict=True))
        return Node(path, kind, kind, parts=tuple(parts))
    if isinstance(tree, Consent):
        return Node(path, "consent", "consent")
    code = str(tree.code)
    try:
        title, known = work.catalogue.course(code).title, True
    except UnknownCourse:
        title, known = "", False
    return Node(path, "course", code, title, known, tree.concurrently)


def _all(node: Node | None) -> Iterator[Node]:
    if node is not None:
        yield node
        for part in node.parts:
            yield from _all(part)
