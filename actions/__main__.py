"""Composition root of the action server: `python -m actions`."""

from __future__ import annotations

import asyncio
import logging
import sys
from datetime import timedelta

import httpx
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions import (
    advising,
    asking,
    dates,
    enrolling,
    handing_over,
    informing,
    listing,
    planning,
    scheduling,
    swapping,
    teaching,
    undoing,
)
from actions.base import Handler, QuadAction
from actions.context import Services
from actions.reporting import QuestionReporter
from actions.skill_jobs import SkillJobs
from actions.texts import Texts
from actions.understand import ActionUnderstand
from bot.dialogue.acts import Act
from knowledge import tokens
from knowledge.clients.advising import AdvisingClient
from knowledge.clients.axess import AxessClient
from knowledge.clients.explorecourses import ExploreCoursesClient
from knowledge.clients.http import Service
from knowledge.errors import NotSignedIn
from knowledge.lectures.finder import LectureFinder
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings

logger = logging.getLogger(__name__)
_TOKEN_LIFETIME = timedelta(minutes=10)
_HANDLERS: dict[Act, Handler] = {
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
    Act.SKILL: teaching.skill,
    Act.HAND_OVER: handing_over.hand_over,
}


def make_services(settings: Settings, http: httpx.AsyncClient) -> Services:
    """Wire the clients to one connection pool."""

    def token() -> str:
        service = Principal("actions", Role.SERVICE)
        return tokens.issue(service, settings.secret, _TOKEN_LIFETIME)

    skills_url = f"http://127.0.0.1:{settings.skills_port}"
    explorecourses = Service("explorecourses", settings.explorecourses_url, http)
    return Services(
        axess=AxessClient(Service("axess", settings.axess_url, http), token),
        catalogue=ExploreCoursesClient(explorecourses),
        advising=AdvisingClient(explorecourses),
        lectures=LectureFinder.open(settings.var),
        skills=SkillJobs(Service("skills", skills_url, http), token),
        texts=Texts.read(),
        clock=settings.clock,
        questions=QuestionReporter(explorecourses, token),
    )


def register(executor: ActionExecutor, services: Services) -> None:
    """Give the executor every action."""
    executor.register_action(ActionUnderstand(services))
    for act, handler in _HANDLERS.items():
        executor.register_action(QuadAction(act, handler, services))


def create_app(settings: Settings) -> Sanic:
    """The action server's protocol (rasa_sdk), open to our own bot alone."""
    app = Sanic("quad_actions", configure_logging=False)
    executor = ActionExecutor()

    @app.listener("before_server_start")
    async def begin(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        app.ctx.http = httpx.AsyncClient(limits=httpx.Limits(max_keepalive_connections=50))
        register(executor, make_services(settings, app.ctx.http))
        logger.info("actions: ready on port %d", settings.actions_port)

    @app.listener("after_server_stop")
    async def end(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        await app.ctx.http.aclose()

    @app.get("/health")
    async def health(request: Request) -> HTTPResponse:
        return json({"status": "ok"})

    @app.post("/webhook")
    async def webhook(request: Request) -> HTTPResponse:
        if not _is_ours(request, settings.secret):
            return json({"error": "not-permitted", "action_name": ""}, status=403)
        return json(await executor.run(request.json))

    return app


def _is_ours(request: Request, secret: str) -> bool:
    """A caller names the student it speaks for, so it must be our own bot."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    try:
        return scheme == "Bearer" and tokens.verify(token, secret).role is Role.SERVICE
    except NotSignedIn:
        return False


def main() -> int:
    """Serve until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    for noisy in ("rasa_sdk", "sanic", "httpx"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    settings = Settings.from_env()
    app = create_app(settings)
    app.run(host="127.0.0.1", port=settings.actions_port, access_log=False, motd=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
