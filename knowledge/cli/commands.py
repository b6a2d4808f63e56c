"""What the commands do; each is one audited transaction on QUAD_DATABASE_URL."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.lexicon import write
from knowledge.cli import exceptions, explorecourses, files, graph, questions
from knowledge.cli.measuring import MEASURING, measure
from knowledge.errors import QuadError
from knowledge.model.codes import CourseCode
from knowledge.model.students import Student, normalise_suid
from knowledge.registrar.administration import Administration
from knowledge.sample.load import prepare
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

Args = argparse.Namespace
ACTOR = exceptions.ACTOR


@dataclass(eq=False)
class InvalidOption(QuadError):
    """An option with a value that cannot be read."""

    problem = "invalid-option"
    option: str
    value: str


def run(args: Args, settings: Settings) -> Iterator[str]:
    """The lines a command prints; raise a QuadError when it is refused."""
    if (args.group, args.command) in _FILE_COMMANDS:
        yield from _FILE_COMMANDS[args.group, args.command](args)
        return
    if args.group in MEASURING:
        yield from measure(args, settings)
        return
    units = UnitOfWork.at(settings.database_url)
    try:
        filled = prepare(units)
        if (args.group, args.command) == ("database", "prepare"):
            yield "filled with the sample catalogue" if filled else "already prepared"
        else:
            yield from _COMMANDS[args.group, args.command](args, settings, units)
    finally:
        units.close()


def _list_students(args: Args, settings: Settings, units: UnitOfWork) -> Iterator[str]:
    with units.read() as work:
        for student in work.students.all():
            holds = f"  holds: {', '.join(student.holds)}" if student.holds else ""
            yield f"{student.suid}  {student.name}  {student.programme}{holds}"


def _add_student(args: Args, settings: Settings, units: UnitOfWork) -> Iterator[str]:
    suid = normalise_suid(args.suid)
    everything = args.completed.strip().lower() == "all"
    named = [] if everything else [code for code in args.completed.split(",") if code.strip()]
    if args.max_units < 0:
        raise InvalidOption("--max-units", str(args.max_units))
    student = Student(
        suid=suid,
        name=f"Student {suid}",
        programme="Undeclared",
        completed=frozenset(CourseCode.parse(code) for code in named),
        completed_all=everything,
        max_units=args.max_units,
        holds=tuple(args.hold),
        window=_window(args.window),
        groups=frozenset(args.groups or ["undergraduate"]),
    )
    with units.write() as work:
        new = Administration(work, settings.clock(), ACTOR).put_student(student)
    yield f"{'added' if new else 'replaced'} {suid}"


def _window(text: str | None) -> tuple[date, date] | None:
    if not text:
        return None
    try:
        opens, closes = (date.fromisoformat(part.strip()) for part in text.split(","))
    except ValueError as error:
        raise InvalidOption("--window", text) from error
    return opens, closes


def _list_sections(args: Args, settings: Settings, units: UnitOfWork) -> Iterator[str]:
    with units.read() as work:
        course = work.catalogue.course(str(CourseCode.parse(args.code)))
        for section in work.catalogue.sections(course.course_id):
            times = "; ".join(meeting.text for meeting in section.meetings)
            seats = f"{section.enrolled}/{section.capacity} enrolled, {section.waitlisted} waiting"
            yield f"{section.class_id}  {section.term}  section {section.number}  {times}  {seats}"


def _set_section(args: Args, settings: Settings, units: UnitOfWork) -> Iterator[str]:
    if args.capacity < 0:
        raise InvalidOption("--capacity", str(args.capacity))
    with units.write() as work:
        administration = Administration(work, settings.clock(), ACTOR)
        promoted = administration.set_capacity(args.class_id, args.capacity)
    yield f"class {args.class_id} now has {args.capacity} seats; {promoted} moved up"


def _export(args: Args, settings: Settings, units: UnitOfWork) -> Iterator[str]:
    write(CatalogueIndex(units).current(), Path(args.path))
    yield f"wrote {args.path}"


_Command = Callable[[Args, Settings, UnitOfWork], Iterator[str]]
_COMMANDS: dict[tuple[str, str], _Command] = {
    ("student", "list"): _list_students,
    ("student", "add"): _add_student,
    ("section", "list"): _list_sections,
    ("section", "set"): _set_section,
    ("export-lexicon", "export"): _export,
    ("graph", "export"): graph.export,
    ("graph", "evaluate"): graph.evaluate,
    ("permission", "give"): exceptions.give_permission,
    ("petition", "list"): exceptions.list_petitions,
    ("petition", "decide"): exceptions.decide_petition,
    ("import", "file"): files.bring,
    ("export", "table"): files.send,
    ("questions", "prune"): questions.remove_old,
}
_FILE_COMMANDS: dict[tuple[str, str], Callable[[Args], Iterator[str]]] = {
    ("explorecourses", "check"): explorecourses.check,
    ("explorecourses", "prose"): explorecourses.prose,
}
