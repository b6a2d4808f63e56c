"""Axess's planning routes: plans, "why not?", and where the student's timetables are."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import Depends, FastAPI, Query

from knowledge.mocks.axess import Verify, permission
from knowledge.mocks.axess_plan_parameters import PlanParameters, WhyNotParameters
from knowledge.mocks.axess_plan_schema import (
    PlanBody,
    TimetableBody,
    WhyNotBody,
)
from knowledge.mocks.axess_timetable import add_timetables, address
from knowledge.mocks.planning import Planning
from knowledge.model.students import Principal
from knowledge.registrar.cases import Cases
from knowledge.storage.unit_of_work import UnitOfWork
from knowledge.tickets import Shown


def add_planning(
    app: FastAPI, units: UnitOfWork, verify: Verify, clock: Callable[[], date], secret: str
) -> None:
    """Add the routes to Axess; `secret` signs the tickets of pictures and calendar files."""
    Who = Annotated[tuple[str, Principal], Depends(permission(verify))]  # noqa: N806 - a type
    planning = Planning(units, clock, secret)

    @app.get("/students/{suid}/plan", response_model=PlanBody)
    def plan(who: Who, asked: Annotated[PlanParameters, Query()]) -> PlanBody:
        """The best next terms for the student's programme, or why there are none."""
        return planning.plan(who[0], asked)

    @app.get("/students/{suid}/plan/why-not", response_model=WhyNotBody)
    def why_not(who: Who, asked: Annotated[WhyNotParameters, Query()]) -> WhyNotBody:
        """What stands against a course in those terms, or where it fits."""
        return planning.why_not(who[0], asked)

    @app.get("/students/{suid}/timetable", response_model=TimetableBody)
    def links(who: Who) -> TimetableBody:
        """Where the pictures and the calendar file of the student's own classes are."""
        with units.read() as work:
            work.students.get(who[0])
            held = {taken.section.term for taken in Cases(work, clock()).taken(who[0])}
            known = [dates for dates in work.catalogue.calendar().terms if dates.term in held]
        ids = [dates.term.term_id for dates in known if not dates.is_over(clock())]
        pictures = [address(Shown(who[0], (each,)), "png", secret) for each in ids]
        calendar = address(Shown(who[0], tuple(ids)), "ics", secret) if ids else ""
        return TimetableBody(pictures=pictures, calendar=calendar)

    add_timetables(app, units, clock, secret)
