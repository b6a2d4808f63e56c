"""Axess's timetables as pictures and calendar files.

Browsers fetch them without a header, by a ticket in the address (`knowledge.tickets`).
"""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Path, Query, Response

from knowledge import tickets, yaml_files
from knowledge.errors import InvalidSuid, NotPermitted
from knowledge.model.students import normalise_suid
from knowledge.registrar.cases import Cases
from knowledge.registrar.planning.timetable import Standing, Timetable, timetable
from knowledge.storage.unit_of_work import UnitOfWork
from knowledge.tickets import Shown

_WORDS: dict[str, str] = yaml_files.read(FilePath(__file__).with_name("timetable.yml"))
_PRIVATE = {"Cache-Control": "private, max-age=600", "Referrer-Policy": "no-referrer"}
_PICTURE: dict[int | str, dict[str, Any]] = {200: {"content": {"image/png": {}}}}
_CALENDAR: dict[int | str, dict[str, Any]] = {200: {"content": {"text/calendar": {}}}}


def address(shown: Shown, kind: str, secret: str) -> str:
    """The address of a "png" or "ics" below Axess's own, with its ticket."""
    return f"/students/{shown.suid}/timetable.{kind}?ticket={tickets.issue(shown, secret)}"


def add_timetables(app: FastAPI, units: UnitOfWork, clock: Callable[[], date], secret: str) -> None:
    """Add the two routes that a ticket opens."""

    def opened(
        suid: Annotated[str, Path()], ticket: Annotated[str, Query(max_length=4000)]
    ) -> Shown:
        shown = tickets.verify(ticket, secret)
        try:
            number = normalise_suid(suid)
        except InvalidSuid as error:
            raise NotPermitted from error
        if number != shown.suid:
            raise NotPermitted
        return shown

    What = Annotated[Shown, Depends(opened)]  # noqa: N806 - a type

    @app.get("/students/{suid}/timetable.png", response_class=Response, responses=_PICTURE)
    def picture(what: What) -> Response:
        """A term's week as a picture."""
        # Pillow is loaded when the first picture is asked for.
        from knowledge.registrar.planning.timetable_picture import picture

        weeks = _weeks(units, clock(), what)
        if not weeks:  # an admin has removed the term since
            raise HTTPException(404)
        week = weeks[0]
        drawn = picture(week, _title(week), _foot(week))
        return Response(drawn, media_type="image/png", headers=_PRIVATE)

    @app.get("/students/{suid}/timetable.ics", response_class=Response, responses=_CALENDAR)
    def calendar(what: What) -> Response:
        """The terms as a calendar file."""
        from knowledge.registrar.planning.calendar_file import MEDIA_TYPE, calendar_file

        written = calendar_file(_owner(what.suid, secret), _weeks(units, clock(), what), clock())
        named = {"Content-Disposition": 'attachment; filename="timetable.ics"'}
        return Response(written, media_type=MEDIA_TYPE, headers={**_PRIVATE, **named})


def _owner(suid: str, secret: str) -> str:
    """A name for the student in files that are passed on: always the same, and not the number."""
    key = hashlib.sha256(secret.encode()).digest()
    return hashlib.blake2b(suid.encode(), key=key, digest_size=12).hexdigest()


def _weeks(units: UnitOfWork, today: date, what: Shown) -> list[Timetable]:
    """The terms of a ticket as they stand now; classes that are gone since are left out."""
    with units.read() as work:
        work.students.get(what.suid)
        taken = Cases(work, today).taken(what.suid)
        planned = (
            [
                (section, work.catalogue.course_of(section))
                for section in work.catalogue.sections()
                if section.class_id in what.planned and not section.cancelled
            ]
            if what.planned
            else []
        )
        known = work.catalogue.calendar().terms
        terms = [dates for dates in known if dates.term.term_id in what.term_ids]
    return [timetable(dates, taken, planned) for dates in terms]


def _title(week: Timetable) -> str:
    key = "title_one" if week.units == 1 else "title"
    return _WORDS[key].format(term=week.dates.term, units=week.units)


def _foot(week: Timetable) -> str:
    standings = {entry.standing for entry in week.entries}
    without = [entry.label for entry in week.entries if not entry.meetings]
    parts = [
        _WORDS["nothing"] if not week.entries else "",
        _WORDS["planned"] if Standing.PLANNED in standings else "",
        _WORDS["waiting"] if Standing.WAITLISTED in standings else "",
        _WORDS["no_hours"].format(classes=", ".join(without)) if without else "",
    ]
    return " · ".join(part for part in parts if part)
