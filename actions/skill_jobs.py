"""The client of the skills' job server."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from actions.skill_matching import Phrases, matches, named
from knowledge.clients.http import Service
from knowledge.errors import ServiceMisbehaved

_PATIENCE_SECONDS = 1.5


@dataclass(frozen=True)
class SkillRefused(Exception):
    """The job server did not take the job; `slug` says why."""

    slug: str


@dataclass(frozen=True)
class SkillCard:
    """What the server tells of a skill. `takes`: it looks at pictures of the student's."""

    name: str
    title: str
    sentence: str
    aliases: tuple[str, ...]
    lecture: int = 0
    takes: bool = False
    at_least: int = 1
    at_most: int = 1
    asks: str = ""


@dataclass(frozen=True)
class Job:
    """A job as it stands: queued, running, done or failed (`facts` are the error's)."""

    id: str
    name: str  # of its skill
    state: str
    text: str
    pictures: tuple[str, ...]
    error: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    usual_seconds: float = 0.0


@dataclass(frozen=True)
class SkillJobs:
    """Starts jobs and waits a moment, so that quick skills answer within the turn."""

    service: Service
    token: Callable[[], str]
    pictures: str  # the job server's address as browsers reach it, which their policy permits

    async def listed(self) -> list[SkillCard]:
        """All skills, in the order of the lectures."""
        cards: list[SkillCard] = await self.service.call("GET", "/skills", read=_cards)
        return cards

    def match(self, said: str, listed: Sequence[SkillCard]) -> list[SkillCard]:
        """The skills that a student's words mean: one, several alike, or none."""
        names = matches(said, _phrases(listed))
        return [card for card in listed if card.name in names]

    def named(self, said: str, listed: Sequence[SkillCard]) -> list[SkillCard]:
        """The skills whose name or other name is all that was said."""
        names = named(said, _phrases(listed))
        return [card for card in listed if card.name in names]

    async def start(self, name: str, uploads: Sequence[str], conversation: str, key: str) -> Job:
        """Start a job; done already if it was quick, else its result is pushed later.

        The same `key` again is the same job. Raise SkillRefused.
        """
        body = {
            "skill": name,
            "uploads": list(uploads),
            "conversation": conversation,
            "key": key,
        }
        headers = self._headers()
        try:
            job: dict[str, Any] = await self.service.call(
                "POST", "/jobs", json=body, headers=headers
            )
        except ServiceMisbehaved as error:
            raise SkillRefused(_slug(error)) from error
        usual = job.get("usual_seconds", 0.0)
        wait = [("wait", str(_PATIENCE_SECONDS))]
        job = await self.service.call("GET", f"/jobs/{job['id']}", params=wait, headers=headers)
        return replace(self._job(job), usual_seconds=usual)

    async def running(self, conversation: str) -> list[Job]:
        """The jobs of a conversation that wait or run."""
        asked = [("conversation", conversation)]
        jobs: list[dict[str, Any]] = await self.service.call(
            "GET", "/jobs", params=asked, headers=self._headers()
        )
        return [self._job(job) for job in jobs]

    async def stop(self, job: Job) -> None:
        """Stop a job; one that has ended meanwhile stays as it is."""
        await self.service.call("DELETE", f"/jobs/{job.id}", headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token()}"}

    def _job(self, data: dict[str, Any]) -> Job:
        result, error = data.get("result") or {}, data.get("error") or {}
        pictures = tuple(self.pictures + path for path in result.get("pictures", ()))
        slug, facts = error.get("slug", ""), {k: v for k, v in error.items() if k != "slug"}
        text = result.get("text", "")
        return Job(data["id"], data["skill"], data["state"], text, pictures, slug, facts)


def _phrases(listed: Sequence[SkillCard]) -> Phrases:
    return {card.name: ((card.name, card.title, *card.aliases), card.sentence) for card in listed}


def _cards(answer: Any) -> list[SkillCard]:
    return [
        SkillCard(
            item["name"],
            item["title"],
            item["description"],
            tuple(item["aliases"]),
            item["lecture"],
            item["input"] != "none",
            item["at_least"],
            item["at_most"],
            item["asks"],
        )
        for item in answer
    ]


def _slug(error: ServiceMisbehaved) -> str:
    return error.detail.rpartition("problem ")[2].strip("'\"")
