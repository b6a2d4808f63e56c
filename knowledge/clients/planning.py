"""The client of Axess's planner: plans, "why not?", and where timetables are to be fetched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from knowledge.clients.http import Service
from knowledge.model.obstacles import Obstacle, obstacle

Facts = tuple[Obstacle, ...]
Params = list[tuple[str, str]]


@dataclass(frozen=True)
class PlannedView:
    """A planned course; `serves` names requirements, `leads_to` the courses it is needed for."""

    code: str
    title: str
    units: int
    class_id: int
    linked_class_id: int | None
    meetings: tuple[str, ...]
    serves: tuple[str, ...]
    leads_to: tuple[str, ...]
    waitlist: bool
    alternatives: int


@dataclass(frozen=True)
class TermView:
    """A planned term; `taken` are the codes of what the student is in already."""

    quarter: str
    year: int
    units: int
    taken: tuple[str, ...]
    courses: tuple[PlannedView, ...]
    picture: str


@dataclass(frozen=True)
class RequirementView:
    """How a requirement stands after the plan; `unit` is "courses" or "units"."""

    name: str
    unit: str
    needed: int
    done: int

    @property
    def remains(self) -> int:
        """What is still needed."""
        return self.needed - self.done


@dataclass(frozen=True)
class PlanView:
    """A plan; not feasible: each of the reasons is a set of facts that rule it out."""

    programme: str
    known: bool
    feasible: bool
    terms: tuple[TermView, ...]
    requirements: tuple[RequirementView, ...]
    notes: Facts
    reasons: tuple[Facts, ...]
    calendar: str


@dataclass(frozen=True)
class WhyNotView:
    """Why a course cannot be planned; without reasons, where it fits and what it displaces."""

    code: str
    title: str
    reasons: tuple[Facts, ...]
    fits: tuple[str, int] | None
    instead_of: tuple[str, ...]


@dataclass(frozen=True)
class TimetableView:
    """Where the pictures (one a term) and the calendar file of the own classes are."""

    pictures: tuple[str, ...]
    calendar: str


@dataclass(frozen=True)
class PlanningClient:
    """Calls Axess's planning routes with a fresh token each time; all of them only read."""

    service: Service
    token: Callable[[], str]

    async def plan(self, suid: str, params: Params) -> PlanView:
        """A plan under these wishes; raise UnknownCourse, NothingToPlan or a service's error."""
        view: PlanView = await self._get(f"/students/{suid}/plan", params, _plan)
        return view

    async def why_not(self, suid: str, code: str, params: Params) -> WhyNotView:
        """What stands against a course; raise UnknownCourse, NothingToPlan or a service's error."""
        asked = [("code", code), *params]
        view: WhyNotView = await self._get(f"/students/{suid}/plan/why-not", asked, _why_not)
        return view

    async def timetable(self, suid: str) -> TimetableView:
        """Where the student's own timetable is."""
        view: TimetableView = await self._get(f"/students/{suid}/timetable", [], _timetable)
        return view

    async def _get(self, path: str, params: Params, read: Callable[[Any], Any]) -> Any:
        headers = {"Authorization": f"Bearer {self.token()}"}
        return await self.service.call("GET", path, params=params, headers=headers, read=read)


def _plan(data: dict[str, Any]) -> PlanView:
    return PlanView(
        programme=data["programme"],
        known=data["known"],
        feasible=data["feasible"],
        terms=tuple(_term(term) for term in data["terms"]),
        requirements=tuple(_requirement(each) for each in data["requirements"]),
        notes=_facts(data["notes"]),
        reasons=tuple(_facts(reason["facts"]) for reason in data["reasons"]),
        calendar=data["calendar"],
    )


def _term(data: dict[str, Any]) -> TermView:
    return TermView(
        quarter=data["quarter"],
        year=data["year"],
        units=data["units"],
        taken=tuple(taken["code"] for taken in data["taken"]),
        courses=tuple(_planned(course) for course in data["courses"]),
        picture=data["picture"],
    )


def _planned(data: dict[str, Any]) -> PlannedView:
    return PlannedView(
        code=data["code"],
        title=data["title"],
        units=data["units"],
        class_id=data["class_id"],
        linked_class_id=data["linked_class_id"],
        meetings=tuple(data["meetings"]),
        serves=tuple(data["serves"]),
        leads_to=tuple(data["leads_to"]),
        waitlist=data["waitlist"],
        alternatives=len(data["alternatives"]),
    )


def _requirement(data: dict[str, Any]) -> RequirementView:
    return RequirementView(data["name"], data["unit"], data["needed"], data["done"])


def _facts(listed: list[dict[str, Any]]) -> Facts:
    return tuple(obstacle(data) for data in listed)


def _why_not(data: dict[str, Any]) -> WhyNotView:
    fits = data["fits"]
    return WhyNotView(
        code=data["code"],
        title=data["title"],
        reasons=tuple(_facts(reason["facts"]) for reason in data["reasons"]),
        fits=(fits["quarter"], fits["year"]) if fits else None,
        instead_of=tuple(fits["instead_of"]) if fits else (),
    )


def _timetable(data: dict[str, Any]) -> TimetableView:
    return TimetableView(tuple(data["pictures"]), data["calendar"])
