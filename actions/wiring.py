"""Which handler performs which act, and the clients that all of them share."""

from __future__ import annotations

from datetime import timedelta

import httpx

from actions import (
    advising,
    asking,
    dates,
    demonstrating,
    enrolling,
    handing_over,
    informing,
    listing,
    noting,
    planning,
    scheduling,
    swapping,
    teaching,
    undoing,
)
from actions.base import Handler
from actions.context import Services
from actions.reporting import QuestionReporter
from actions.skill_jobs import SkillJobs
from actions.texts import Texts
from bot.dialogue.acts import Act
from knowledge import tokens
from knowledge.clients.advising import AdvisingClient
from knowledge.clients.axess import AxessClient
from knowledge.clients.explorecourses import ExploreCoursesClient
from knowledge.clients.http import Service
from knowledge.clients.notes import NotesClient
from knowledge.lectures.finder import LectureFinder
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings

_TOKEN_LIFETIME = timedelta(minutes=10)
HANDLERS: dict[Act, Handler] = {
    Act.ASK_CLASS: asking.ask_class,
    Act.ASK_QUARTER: asking.ask_quarter,
    Act.ASK_YEAR: asking.ask_year,
    Act.ASK_CHOICE: asking.ask_choice,
    Act.CONFIRM: asking.confirm,
    Act.ASK_MEANING: asking.ask_meaning,
    Act.ENROLL: enrolling.enroll,
    Act.DROP: enrolling.drop,
    Act.SWAP: swapping.swap,
    Act.UNDO: undoing.undo,
    Act.SEARCH: listing.search,
    Act.COURSE: informing.course,
    Act.ADVISE: advising.advise,
    Act.SCHEDULE: scheduling.schedule,
    Act.DATES: dates.dates,
    Act.PLAN: planning.plan,
    Act.WHY_NOT: planning.why_not,
    Act.TIMETABLE: planning.timetable,
    Act.LECTURE: teaching.lecture,
    Act.SKILL: demonstrating.skill,
    Act.NOTES: noting.notes,
    Act.HAND_OVER: handing_over.hand_over,
}


def make_services(settings: Settings, http: httpx.AsyncClient) -> Services:
    """Wire the clients to one connection pool."""

    service = Principal("actions", Role.SERVICE)

    def token() -> str:
        return tokens.issue(service, settings.secret, _TOKEN_LIFETIME)

    skills_url = f"http://127.0.0.1:{settings.skills_port}"
    explorecourses = Service("explorecourses", settings.explorecourses_url, http)
    return Services(
        axess=AxessClient(Service("axess", settings.axess_url, http), token),
        catalogue=ExploreCoursesClient(explorecourses),
        advising=AdvisingClient(explorecourses),
        lectures=LectureFinder.open(settings.var),
        skills=SkillJobs(Service("skills", skills_url, http), token, settings.skills_url),
        texts=Texts.read(),
        clock=settings.clock,
        questions=QuestionReporter(explorecourses, token),
        notes=NotesClient(Service("notes", f"http://127.0.0.1:{settings.site_port}", http), token),
        site_url=settings.site_url,
    )
