"""No question is put twice in the same words, whatever happens in between."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.context import Exchange
from actions.handing_over import summary
from actions.texts import Texts
from actions.wording import wording
from bot.dialogue.state import Ask, DialogueState, Filled, Goal, GoalKind, Question

TEXTS = Texts.read()
SOURCES = [*(Path(__file__).parents[3] / "actions").glob("*.py")]
KINDS = {"enroll", "drop", "swap", "waitlist", "withdraw", "petition", "move", "retry"}
FACTS = defaultdict(
    lambda: "?",
    course="CS106A Programming", when=" Winter 2019", quarter="Winter", year=2019, said="intro",
    dropped="ECON1", code="CS106A", deadline="2019-03-01", withdraw_by="2019-03-08", units=21,
    waiting=2, list="- CS106A",
)  # fmt: skip


def questions() -> list[str]:
    """Every response with which an action puts a question."""
    named = set()
    for path in SOURCES:
        text = path.read_text()
        named |= set(re.findall(r'"(utter_(?:ask|which|confirm|offer|did|other)_[a-z_]+)"', text))
        for stem in re.findall(r'f"(utter_(?:ask_class|confirm|offer|confirm_undo)_)\{', text):
            named |= {f"{stem}{kind}" for kind in (*KINDS, "swap_drop", "undo_enroll")}
    undone = {f"utter_confirm_undo_{kind}" for kind in ("enroll", "drop", "swap")}
    return sorted(name for name in named | undone if TEXTS.has(name) and "narrow" not in name)


def kind_of(name: str) -> Ask:
    asked = re.match(r"utter_ask_(class|quarter|year|meaning)", name)
    if asked is not None:
        return Ask(asked.group(1))
    return Ask.CONFIRM if name.startswith(("utter_confirm", "utter_offer")) else Ask.CHOICE


@dataclass
class FakeServices:
    texts: Texts = field(default_factory=lambda: TEXTS)


def exchange(state: DialogueState) -> Any:
    services: Any = FakeServices()
    tracker: Any = None
    return Exchange(tracker, CollectingDispatcher(), services, state)


WISH = Goal(GoalKind.ENROLL, "m1:0", {"code": Filled("CS106A"), "name": Filled("Programming")})


def test_there_are_questions_of_every_kind() -> None:
    assert {kind_of(name) for name in questions()} == set(Ask)
    assert len(questions()) >= 25


@pytest.mark.parametrize("name", questions())
@pytest.mark.parametrize("between", list(product(["digression", "failure"], repeat=3)), ids=str)
def test_four_times_running_in_four_wordings(name: str, between: tuple[str, ...]) -> None:
    asking = exchange(DialogueState(goals=(WISH,), turn=3))
    texts = [wording(asking, name, kind_of(name), **FACTS)[0]]
    strikes = 0
    for happened in between:
        strikes = strikes + 1 if happened == "failure" else 0
        state = replace(asking.state, turn=asking.state.turn + 1, strikes=strikes)
        asking = exchange(DialogueState.from_json(state.to_json()))
        texts.append(wording(asking, name, kind_of(name), **FACTS)[0])
    assert len(set(texts)) == 4, texts


@pytest.mark.parametrize("ask", list(Ask))
def test_the_second_way_of_asking_gives_an_example(ask: Ask) -> None:
    variants = [TEXTS.render(f"utter_help_{ask.value}", n, question="?") for n in (0, 1)]
    assert len(set(variants)) == 2
    assert all(len(text) > 20 for text in variants)


def test_another_wish_is_asked_about_from_the_start() -> None:
    first = exchange(DialogueState(goals=(WISH,)))
    once = wording(first, "utter_ask_quarter", Ask.QUARTER, **FACTS)
    other = replace(first.state, goals=(replace(WISH, key="m2:0"),))
    assert wording(exchange(other), "utter_ask_quarter", Ask.QUARTER, **FACTS) == once


def test_what_was_asked_is_forgotten_in_time() -> None:
    asking = exchange(DialogueState())
    for number in range(200):
        wish = replace(WISH, key=f"m{number}:0")
        asking = exchange(replace(asking.state, goals=(wish,)))
        wording(asking, "utter_ask_quarter", Ask.QUARTER, **FACTS)
    assert len(asking.state.asked) <= 25


def test_the_summary_tells_wishes_and_what_is_missing() -> None:
    dated = WISH.having(quarter=Filled("Winter"))
    drop = Goal(GoalKind.DROP, "m1:1", {"code": Filled("ECON1")})
    told = summary(exchange(DialogueState(goals=(dated, drop), question=Question(Ask.YEAR))))
    assert told == (
        "you wanted to enroll in CS106A Programming for Winter and drop ECON1; "
        "I still needed the year."
    )


def test_a_class_that_was_never_named_is_what_was_missing() -> None:
    swap = Goal(GoalKind.SWAP, "m1:0", {})
    told = summary(exchange(DialogueState(goals=(swap,), question=Question(Ask.CLASS))))
    assert told == "you wanted to swap a class for a class; I still needed the class."
