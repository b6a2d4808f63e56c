"""What a failing conversation prints, from a tracker store and a bot that are known."""

from __future__ import annotations

import itertools
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from conversation_format import Conversation
from conversing import differences, hold, report
from remembered import goal_name

from bot.dialogue.state import Ask, DialogueState, Filled, Goal, GoalKind, Mentioned, Question
from bot.identity import Gate

ENROLL = Goal(
    GoalKind.ENROLL,
    "k",
    {"code": Filled("CS106A", 1, guessed=True), "quarter": Filled("Winter", 2)},
)
STATE = DialogueState(
    goals=(ENROLL,),
    question=Question(Ask.YEAR, times=2),
    focus=Mentioned("CS106A"),
    results=(Mentioned("CS106A"), Mentioned("CS106B")),
)
CASE = {
    "name": "the year is asked",
    "turns": [
        {"say": "enroll me in CS106A", "acts": ["ask_quarter"], "reply": "quarter"},
        {"say": "winter", "acts": ["search", "ask_year"], "reply": "year"},
    ],
    "state": {"question": "year", "goals": ["enroll CS106A Winter"], "focus": "CS106A"},
}


class KnownBot:
    """Answers always the same, and leaves behind the events that Rasa would."""

    def __init__(self, folder: Path) -> None:
        self.conversations = folder / "conversations.db"
        self.gate = Gate("a secret of more than thirty-two bytes for this")
        self._numbers = itertools.count(1)
        self._events: list[tuple[str, dict]] = []

    def add_student(self, **record: object) -> str:
        return "05970001"

    def enrollments(self, suid: str) -> list[dict]:
        return [{"code": "CS106A", "quarter": "Winter", "year": 2019, "status": "enrolled"}]

    def leave_all(self, suid: str) -> None:
        self.left = suid

    def say(self, message: str, suid: str, sender: str) -> list[dict]:
        turn = next(self._numbers)
        acts = ["utter_greet"] if turn == 1 else ["action_search", "action_ask_year"]
        slot = {"name": "dialogue", "value": STATE.to_json()}
        events = [("user", {}), ("action", {"name": "action_understand"}), ("slot", slot)]
        events += [("action", {"name": act}) for act in [*acts, "action_listen"]]
        principal = SimpleNamespace(role=SimpleNamespace(value="student"), subject=suid)
        self._write(self.gate.conversation(principal, sender), events)  # type: ignore[arg-type]
        return [{"text": f"which year?\n({turn})", "buttons": [{"title": "2019"}]}]

    def _write(self, sender: str, events: list[tuple[str, dict]]) -> None:
        with closing(sqlite3.connect(self.conversations)) as connection, connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS events"
                " (id INTEGER PRIMARY KEY, sender_id TEXT, type_name TEXT, data TEXT)"
            )
            connection.executemany(
                "INSERT INTO events (sender_id, type_name, data) VALUES (?, ?, ?)",
                [(sender, kind, json.dumps(data)) for kind, data in events],
            )


@pytest.fixture
def bot(tmp_path: Path) -> KnownBot:
    return KnownBot(tmp_path)


def test_what_differs_is_named_turn_by_turn(bot: KnownBot) -> None:
    held = hold(bot, Conversation.model_validate(CASE))
    assert differences(held) == [
        "turn 1: acts [greet], wanted [ask_quarter]",
        "turn 1: the reply does not match 'quarter'",
        "Axess in the end: [CS106A Winter 2019 enrolled], wanted []",
    ]
    assert bot.left == "05970001"


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"question": "none"}, "question in the end: year, wanted none"),
        ({"goals": []}, "goals in the end: [enroll CS106A Winter], wanted []"),
        ({"focus": "none"}, "focus in the end: CS106A, wanted none"),
        ({"results": ["CS106B"]}, "results in the end: [CS106A, CS106B], wanted [CS106B]"),
    ],
)
def test_a_state_that_differs_is_named(bot: KnownBot, wanted: dict, told: str) -> None:
    held = hold(bot, Conversation.model_validate({**CASE, "state": wanted}))
    assert told in differences(held)


def test_the_report_has_the_transcript_and_the_state(bot: KnownBot) -> None:
    told = report(hold(bot, Conversation.model_validate(CASE)))
    assert '"the year is asked" went otherwise:' in told
    assert " 2 student: winter\n   acts:    [search, ask_year]\n   Quad:    which year?\n" in told
    assert "            (2)\n            [2019]" in told
    assert "question: year" in told
    assert "asked: 2×" in told
    assert "code: CS106A (turn 1 guessed)" in told
    assert "Axess in the end: [CS106A Winter 2019 enrolled]" in told


def test_goals_are_told_in_one_line() -> None:
    swap = {"drop_code": Filled("CS107"), "code": Filled("CS110"), "year": Filled(2019)}
    assert goal_name(Goal(GoalKind.SWAP, "k", swap)) == "swap CS107 for CS110 2019"
    assert goal_name(Goal(GoalKind.DROP, "k")) == "drop ?"
