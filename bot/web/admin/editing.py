"""Forms over records: drawn from a version, saved through the audited editor, never over others.

A form carries each field as it was drawn (`was-…`): only what was changed is sent on, so that two
admins who change different fields are told of each other's fields alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi.responses import Response

from bot.web.admin.desk import Visitor
from bot.web.admin.once import once
from bot.web.forms import Form
from knowledge.admin.editing import Editor
from knowledge.admin.facts import State, Table
from knowledge.admin.trail import Trail, Wanted
from knowledge.errors import FieldsRejected, StaleVersion
from knowledge.formats.csv_columns import COLUMNS, read_cells, write_cells
from knowledge.storage.unit_of_work import Work

_WAS = "was-"


@dataclass(frozen=True)
class Drawn:
    """A form as it is shown: texts by field, as they were drawn first, and the faults."""

    table: Table
    key: str
    version: int
    texts: Mapping[str, str]
    was: Mapping[str, str]
    faults: Mapping[str, dict[str, Any]] = field(default_factory=dict)


def draw(state: State) -> Drawn:
    """The form of a record as it stands."""
    texts = write_cells(COLUMNS[state.table], state.facts)
    return Drawn(state.table, state.key, state.version, texts, texts)


def drawn_record(work: Work, admin: Visitor, table: Table, key: str) -> Drawn:
    """The form of a record; raise the error of its kind when there is none."""
    return draw(Editor(work, admin.desk.today, admin.actor).state(table, key))


def save(
    admin: Visitor,
    form: Form,
    table: Table,
    key: str,
    target: str,
    redraw: Callable[[Drawn], Response],
) -> Response:
    """Save what was changed and go to `target`; a stale form gets both versions side by side.

    `redraw` shows the form again with its input and faults.
    """
    sent = _sent(form, table, key)
    changed = {name: text for name, text in sent.texts.items() if text != sent.was[name]}
    facts, faults = read_cells(COLUMNS[table], changed)

    def act(work: Work) -> str:
        editor = Editor(work, admin.desk.today, admin.actor)
        done = editor.change(table, key, sent.version, facts)
        return f"{target}?done={'saved' if done.after else 'same'}&promoted={done.promoted}"

    try:
        if not faults:
            return once(admin, form, act)
    except FieldsRejected as error:
        faults = error.faults
    except StaleVersion as error:
        return _stale(admin, form, error, changed)
    return redraw(replace(sent, faults={fault["field"]: fault for fault in reversed(faults)}))


def _sent(form: Form, table: Table, key: str) -> Drawn:
    names = [column.name for column in COLUMNS[table] if column.name in form.fields]
    texts = {name: form.fields[name] for name in names}
    was = {name: form.text(_WAS + name, "") for name in names}
    return Drawn(table, key, form.number("version"), texts, was)


def _stale(admin: Visitor, form: Form, error: StaleVersion, changed: Mapping[str, str]) -> Response:
    """Both versions, field by field: what is stored now and who wrote it, and what was sent."""
    with admin.units.read() as work:
        found = Trail(work).search(Wanted(table=error.table, key=error.key), size=1)
    columns = COLUMNS[error.table]
    return admin.page(
        "stale.html",
        409,
        table=error.table,
        record=error.key,
        path=form.path,
        version=error.present_version,
        yours=dict(changed),
        theirs=write_cells(columns, error.theirs),
        latest=found.entries[0] if found.entries else None,
    )
