"""The client of the skills' job server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz, process

from knowledge.clients.http import Service
from knowledge.errors import ServiceMisbehaved

_LIKENESS = 75
_PATIENCE_SECONDS = 1.5


@dataclass(frozen=True)
class SkillRefused(Exception):
    """The job server did not take the job; `slug` says why."""

    slug: str


@dataclass(frozen=True)
class SkillCard:
    """What the server tells of a skill."""

    name: str
    title: str
    sentence: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Job:
    """A job as it stands: queued, running, done or failed."""

    state: str
    text: str
    pictures: tuple[str, ...]
    error: str
    usual_seconds: float = 0.0


@dataclass(frozen=True)
class SkillJobs:
    """Starts jobs and waits a moment, so that quick skills answer within the turn."""

    service: Service
    token: Callable[[], str]

    async def listed(self) -> list[SkillCard]:
        """All skills."""
        answer: list[dict[str, Any]] = await self.service.call("GET", "/skills")
        return [
            SkillCard(item["name"], item["title"], item["description"], tuple(item["aliases"]))
            for item in answer
        ]

    def match(self, said: str, listed: list[SkillCard]) -> SkillCard | None:
        """The skill that a student's words mean, or None."""
        names = {
            alias.lower(): card
            for card in listed
            for alias in (card.name.replace("_", " "), card.title, *card.aliases)
        }
        words = said.lower().replace("_", " ")
        best = process.extractOne(words, list(names), scorer=fuzz.token_set_ratio)
        return names[best[0]] if best is not None and best[1] >= _LIKENESS else None

    async def start(self, name: str, upload: str | None, conversation: str) -> Job:
        """Start a job; done already if it was quick, else its result is pushed later."""
        body = {
            "skill": name,
            "upload": upload,
            "conversation": conversation,
        }
        try:
            job: dict[str, Any] = await self.service.call(
                "POST", "/jobs", repeatable=False, json=body
            )
        except ServiceMisbehaved as error:
            raise SkillRefused(_slug(error)) from error
        usual = job.get("usual_seconds", 0.0)
        if job["state"] in ("queued", "running"):
            wait = [("wait", str(_PATIENCE_SECONDS))]
            job = await self.service.call("GET", f"/jobs/{job['id']}", params=wait)
        return replace(self._job(job), usual_seconds=usual)

    def _job(self, data: dict[str, Any]) -> Job:
        result, error = data.get("result") or {}, data.get("error") or {}
        pictures = tuple(self.service.base_url + path for path in result.get("pictures", ()))
        return Job(data["state"], result.get("text", ""), pictures, error.get("slug", ""))


def _slug(error: ServiceMisbehaved) -> str:
    return error.detail.rpartition("problem ")[2].strip("'\"")
