"""What may be asked of Axess's planner, as query parameters."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from knowledge.errors import InvalidCode
from knowledge.model.codes import CourseCode
from knowledge.model.schedule import Day
from knowledge.model.terms import Quarter, Term
from knowledge.registrar.planning.case import Wishes

_DAYS = {day.full_name: day for day in Day}


def _code(text: str) -> str:
    try:
        return str(CourseCode.parse(text))
    except InvalidCode as error:
        raise ValueError("not a course code") from error


def _term(text: str) -> str:
    quarter, _, year = text.partition(" ")
    if quarter not in tuple(Quarter) or not (year.isascii() and year.isdigit() and len(year) == 4):
        raise ValueError("not a term such as Winter 2019")
    return text


def _day(text: str) -> str:
    if text not in _DAYS:
        raise ValueError("not a day such as Friday")
    return text


Code = Annotated[str, Field(max_length=20), AfterValidator(_code)]
TermName = Annotated[str, Field(max_length=11), AfterValidator(_term)]
DayName = Annotated[str, Field(max_length=9), AfterValidator(_day)]
UnitCount = Annotated[int, Field(ge=1, le=30)]


class PlanParameters(BaseModel):
    """What is asked of a plan: the next `terms`, or the named ones; units are for each term."""

    model_config = ConfigDict(extra="forbid")
    terms: Annotated[int, Field(ge=1, le=4)] = 2
    term: Annotated[list[TermName], Field(max_length=4)] = []
    include: Annotated[list[Code], Field(max_length=12)] = []
    exclude: Annotated[list[Code], Field(max_length=40)] = []
    day_off: Annotated[list[DayName], Field(max_length=7)] = []
    earliest: time | None = None
    latest: time | None = None
    target: UnitCount = 15
    max_units: UnitCount | None = None
    waitlists: bool = False

    @property
    def wishes(self) -> Wishes:
        """The same as the planner reads it."""
        return Wishes(
            earliest=self.earliest,
            latest=self.latest,
            days_off=frozenset(_DAYS[name] for name in self.day_off),
            include=frozenset(CourseCode.parse(code) for code in self.include),
            exclude=frozenset(CourseCode.parse(code) for code in self.exclude),
            minimum=min(12, self.target),
            target=self.target,
            maximum=self.max_units,
            waitlists=self.waitlists,
        )

    @property
    def named(self) -> frozenset[Term]:
        """The terms that were named."""
        parts = (name.split() for name in self.term)
        return frozenset(Term(Quarter(quarter), int(year)) for quarter, year in parts)


class WhyNotParameters(PlanParameters):
    """The same for one course."""

    code: Code
