"""Demos as a student meets them: dialogue, action and job server together, over real HTTP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from rasa_sdk.executor import CollectingDispatcher
from skills_server import Server

from actions.context import Exchange
from actions.demonstrating import demo_named, skill
from actions.skill_jobs import SkillCard, SkillJobs
from actions.skill_listing import MOST_BUTTONS, tell_list
from actions.texts import Texts
from bot.dialogue.acts import Act
from bot.dialogue.filling import Clock
from bot.dialogue.state import DialogueState
from bot.dialogue.track import track
from bot.dialogue.turn import Turn
from knowledge.clients.http import Service
from knowledge.model.terms import AcademicCalendar
from skills.protocol import InputKind

TEXTS = Texts.read()
PICTURES = "https://skills.quad.example"
CLOCK = Clock(AcademicCalendar(()), None)  # type: ignore[arg-type]


@dataclass
class Student:
    """One conversation; its state goes through JSON between two turns, as over a restart."""

    services: Any
    state: DialogueState
    conversation: str = "c"
    number: int = 0

    async def say(self, text: str, intent: str = "skill", *uploads: str) -> list[dict[str, Any]]:
        self.number += 1
        turn = Turn(text, intent, 1.0, (), f"m{self.number}", None, uploads=uploads)
        kept = DialogueState.from_json(self.state.to_json())
        state = await demo_named(track(kept, turn, CLOCK), text, self.services.skills)
        assert state.act == Act.SKILL
        dispatcher = CollectingDispatcher()
        tracker: Any = SimpleNamespace(sender_id=self.conversation)
        exchange = Exchange(tracker, dispatcher, self.services, state)
        await skill(exchange)
        self.state = exchange.state
        return dispatcher.messages


@pytest.fixture
def server(serve: Callable[[Any], str], tmp_path: Path) -> Server:
    return Server(tmp_path).start(serve)


@pytest.fixture
async def student(server: Server) -> Any:
    async with httpx.AsyncClient() as http:
        service = Service("skills", str(server.http.base_url).rstrip("/"), http)
        services = SimpleNamespace(
            skills=SkillJobs(service, lambda: "service", PICTURES), texts=TEXTS
        )
        yield Student(services, DialogueState())


def _payloads(message: dict[str, Any]) -> list[str]:
    return [button["payload"] for button in message["buttons"]]


async def test_two_files_come_one_by_one(student: Student, server: Server) -> None:
    (asked,) = await student.say("run pair")
    assert "takes two" in asked["text"]
    assert _payloads(asked) == ["run pair on its sample"]
    (more,) = await student.say("", "other", server.upload(b"1", "1" * 32))
    assert "one more is missing" in more["text"]
    done, *pictures = await student.say("", "other", server.upload(b"2", "2" * 32))
    assert done["text"] == "It is done."
    assert [each["image"].rpartition("/")[2] for each in pictures] == ["0", "1"]
    assert all(each["image"].startswith(f"{PICTURES}/jobs/") for each in pictures)
    assert student.state.demo is None


async def test_too_many_files_are_refused_with_the_numbers(
    student: Student, server: Server
) -> None:
    files = [server.upload(b"x", str(number) * 32) for number in range(4)]
    (told,) = await student.say("run pair", "skill", *files)
    assert "takes 2 to 3 pictures" in told["text"]
    assert "You gave me 4" in told["text"]
    done, *_ = await student.say("these then", "answer", *files[:2])  # it still waits
    assert done["text"] == "It is done."


async def test_one_picture_is_said_as_one(student: Student, server: Server) -> None:
    files = [server.upload(b"x", str(number) * 32) for number in range(2)]
    (told,) = await student.say("run day_night", "skill", *files)
    assert "takes one picture at a time. You gave me 2" in told["text"]


async def test_files_without_a_demo_are_offered_to_those_that_take_them(
    student: Student, server: Server
) -> None:
    (asked,) = await student.say("here you are", "other", server.upload(b"x"))
    cards = server.runner.cards.values()
    taking = [f"run {card.name}" for card in cards if card.input is InputKind.IMAGE]
    assert len(taking) >= 2
    assert set(_payloads(asked)) == set(taking[:MOST_BUTTONS])
    (more,) = await student.say("run pair")
    assert "one more is missing" in more["text"]


async def test_another_file_after_one_that_is_no_picture(student: Student, server: Server) -> None:
    server.finish("day_night")  # its worker has loaded what it needs
    (told,) = await student.say("run day_night", "skill", server.upload(b"words"))
    assert "isn't one I can read" in told["text"]
    assert _payloads(told) == ["run day_night on its sample"]
    gone, *_ = await student.say("", "other", "f" * 32)
    assert "can't find it any more" in gone["text"]
    assert student.state.demo is not None
    assert student.state.demo.name == "day_night"


async def test_what_takes_no_files_runs_at_once_and_twice_alike(
    student: Student, server: Server
) -> None:
    assert (await student.say("run quick"))[0]["text"] == "It is done."
    student.number -= 1  # the same message again, after a crash
    assert (await student.say("run quick"))[0]["text"] == "It is done."
    assert len(server.runner._jobs) == 1


async def test_what_runs_is_stopped(student: Student, server: Server) -> None:
    for skill_name in ("quick", "slow"):
        server.begin(skill_name, "c", options={"seconds": 30})
    (stopped,) = await student.say("stop the demo", "cancel")
    assert stopped["text"] == "I've stopped Quick, Slow."
    (nothing,) = await student.say("stop the demo", "cancel")
    assert "No demo is running" in nothing["text"]


async def test_a_student_with_many_demos_waiting_is_told_to_wait(
    student: Student, server: Server
) -> None:
    for _ in range(4):
        server.begin("quick", "c", options={"seconds": 30})
    (told,) = await student.say("run quick")
    assert "Many demos are running" in told["text"]
    assert server.told == []


async def test_a_worker_that_dies_leaves_a_button(student: Student, server: Server) -> None:
    server.runner.cards["quick"] = replace(server.runner.cards["quick"], most_seconds=0.0)
    (told,) = await student.say("run quick")
    assert "took too long" in told["text"]
    assert _payloads(told)


def _many() -> list[SkillCard]:
    return [
        SkillCard(f"skill_{number}", f"Skill {number}", "tells one thing", (), 1 + number // 9)
        for number in range(20)
    ]


def _listed(lecture: int | None) -> dict[str, Any]:
    dispatcher = CollectingDispatcher()
    services: Any = SimpleNamespace(texts=TEXTS)
    tracker: Any = None
    tell_list(Exchange(tracker, dispatcher, services, DialogueState()), _many(), lecture)
    (message,) = dispatcher.messages
    return message


def test_a_long_list_is_grouped_and_has_few_buttons() -> None:
    everything = _listed(None)
    assert all(f"**Lecture {number}**" in everything["text"] for number in (1, 2, 3))
    assert len(everything["buttons"]) == MOST_BUTTONS
    assert _payloads(everything)[0] == "what can I try from lecture 1?"
    one = _listed(2)
    assert "Lecture 1" not in one["text"]
    assert set(_payloads(one)) <= {f"run skill_{number}" for number in range(9, 18)}
    assert "nothing to try from lecture 7" in _listed(7)["text"]
    assert max(map(len, everything["text"].split("\n"))) < 100


async def test_what_is_meant_by_several_is_asked(student: Student) -> None:
    listed = await student.services.skills.listed()
    named = {card.name for card in student.services.skills.match("short quick", listed)}
    assert named <= {"quick", "short"}
    assert len(named) == 2
    (asked,) = await student.say("run the short quick demo")
    assert set(_payloads(asked)) == {"run quick", "run short"}


async def test_a_bare_name_that_nothing_else_made_sense_of_is_a_wish(student: Student) -> None:
    (asked,) = await student.say("Pair, please", "other")
    assert "takes two" in asked["text"]
    (asked,) = await replace(student, state=DialogueState()).say("pair", "deny")  # misread
    assert "takes two" in asked["text"]
    other = DialogueState(act=Act.OTHER, strikes=1)
    for text in ("pair programming", "quick question", "", "a " * 7 + "pair"):
        assert await demo_named(other, text, student.services.skills) == other
    busy = replace(other, act=Act.UNCLEAR)
    assert await demo_named(busy, "pair", student.services.skills) == busy


async def test_a_bare_name_is_not_understood_while_the_skills_are_down() -> None:
    async with httpx.AsyncClient() as http:
        down = SkillJobs(Service("skills", "http://127.0.0.1:9", http), lambda: "service", PICTURES)
        other = DialogueState(act=Act.OTHER)
        assert await demo_named(other, "pair", down) == other
