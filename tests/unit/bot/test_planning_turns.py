"""What a turn about plans does to the state: new plans, changes to them, "why not?", enrolling."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from said import CLOCK, after, turn

from bot.dialogue import plan_cues
from bot.dialogue.acts import Act
from bot.dialogue.decide import follow_up, goal_act, permitted
from bot.dialogue.plan_wishes import terms_of
from bot.dialogue.state import Ask, DialogueState, Mentioned, Question
from nlu.normalise import times

TERMS: list[dict[str, Any]] = [
    {
        "quarter": "Winter",
        "year": 2019,
        "classes": [
            {"code": "CS161", "title": "Algorithms", "class_id": 1, "linked_class_id": None},
            {"code": "CHEM33", "title": "Structure", "class_id": 2, "linked_class_id": 3},
        ],
    },
    {
        "quarter": "Spring",
        "year": 2019,
        "classes": [{"code": "CS181", "title": "Ethics", "class_id": 4, "linked_class_id": None}],
    },
]
PLANNED = DialogueState(
    turn=4, plan={"wishes": {"terms": 2, "day_off": ["Friday"]}, "turn": 4, "terms": TERMS}
)


def wishes(state: DialogueState) -> dict[str, Any]:
    assert state.act == Act.PLAN
    found: dict[str, Any] = state.args["wishes"]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "plan my next two quarters",
        "can you plan winter and spring for me?",
        "what should I take next quarter for my major",
        "Help me plan my degree",
        "put together a study plan",
        "build me a schedule for next quarter",
        "which requirements do I have left?",
        "what courses do I still need to graduate",
        "map out my next year",
        "I need a plan for the rest of the year",
        "what should I take next?",
        "help me pick my classes",
    ],
)
def test_plans_are_asked_for_in_many_words(text: str) -> None:
    assert after(turn(text, "other")).act == Act.PLAN


@pytest.mark.parametrize(
    ("text", "intent", "spans"),
    [
        ("classes about motion planning", "inform", ["topic=motion planning"]),
        ("I plan to take CS229 in winter", "enroll", ["code=CS229", "quarter=winter"]),
        ("what is my schedule for winter", "my_schedule", ["quarter=winter"]),
        ("show my schedule", "my_schedule", []),
        ("which history classes should I take", "inform", ["subject=history"]),
        ("what do I need before CS229?", "inform", ["code=CS229"]),
        ("why can't I drop CS106A?", "drop", ["code=CS106A"]),
        ("what's plan b", "other", []),
        ("which requirements am I missing for CS229?", "inform", ["code=CS229"]),
        ("what should I take after CS106B for my major?", "inform", ["code=CS106B"]),
    ],
)
def test_other_questions_are_left_alone(text: str, intent: str, spans: list[str]) -> None:
    acts = (Act.PLAN, Act.WHY_NOT, Act.TIMETABLE)
    assert after(turn(text, intent, *spans)).act not in acts


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("plan my next two quarters", {"terms": 2, "term": []}),
        ("plan the next 3 terms for me", {"terms": 3, "term": []}),
        ("what should I take next quarter", {"terms": 1, "term": []}),
        ("plan winter and spring 2020", {"term": ["Winter 2019", "Spring 2020"]}),
        ("plan the rest of the year for me", {"terms": 3, "term": []}),
        ("plan something", {}),
    ],
)
def test_terms_are_read_by_name_or_number(text: str, terms: dict[str, Any]) -> None:
    assert terms_of(text, CLOCK) == terms


def test_wishes_are_read_with_the_plan() -> None:
    said = turn(
        "plan winter with CS229 but without CS161, at most 12 units, not on Fridays, nothing "
        "before 10, waitlists are fine",
        "enroll",
        "quarter=winter", "code=CS229", "code=CS161", "units=12 units", "day=Fridays",
        "time=before 10",
    )  # fmt: skip
    assert wishes(after(said)) == {
        "terms": 2,
        "term": ["Winter 2019"],
        "max_units": 12,
        "target": 12,
        "day_off": ["Friday"],
        "earliest": "10:00",
        "include": ["CS229"],
        "exclude": ["CS161"],
        "waitlists": True,
    }


@pytest.mark.parametrize(
    ("said", "change"),
    [
        (turn("make it lighter", "other"), {"target": 12, "max_units": 12}),
        (turn("fewer units please", "inform", "attribute=units"), {"target": 12, "max_units": 12}),
        (turn("more courses", "inform"), {"target": 18}),
        (
            turn("not on Mondays either", "inform", "day=Mondays"),
            {"day_off": ["Monday", "Friday"]},
        ),
        (turn("no mornings", "answer", "time=mornings"), {"earliest": "12:00"}),
        (turn("could it start later", "other"), {"earliest": "10:00"}),
        (
            turn("add CS229 to the plan", "enroll", "code=CS229"),
            {"include": ["CS229"], "exclude": []},
        ),
        (
            turn("leave CS161 out of the plan", "drop", "code=CS161"),
            {"exclude": ["CS161"], "include": []},
        ),
        (
            turn("only on Tuesdays", "inform", "day=Tuesdays"),
            {"day_off": [day for day in times.DAYS if day != "Tuesday"]},
        ),
    ],
)
def test_the_last_plan_is_changed(said: Any, change: dict[str, Any]) -> None:
    assert wishes(after(said, state=PLANNED)) == {**PLANNED.plan["wishes"], **change}


def test_a_plan_is_forgotten_after_a_few_turns_and_does_not_capture_searches() -> None:
    later = replace(PLANNED, turn=9)
    assert after(turn("not on Mondays", "inform", "day=Mondays"), state=later).act == Act.SEARCH
    asked = turn("any classes on Fridays?", "inform", "day=Fridays")
    assert after(asked, state=PLANNED).act == Act.SEARCH
    search = turn("history classes not on Fridays", "inform", "subject=history", "day=Fridays")
    assert after(search, state=PLANNED).act == Act.SEARCH


def test_why_not_by_name_or_by_pointing_and_for_the_terms_of_the_plan() -> None:
    asked = after(turn("why not CS229 in spring?", "inform", "code=CS229"), state=PLANNED)
    assert asked.act == Act.WHY_NOT
    assert asked.args["code"] == "CS229"
    assert asked.args["wishes"]["term"] == ["Spring 2019"]
    assert asked.args["wishes"]["day_off"] == ["Friday"]
    pointing = replace(PLANNED, focus=Mentioned("CS124"))
    assert after(turn("why can't I take it?", "inform"), state=pointing).args["code"] == "CS124"


def test_visitors_sign_in_for_plans_and_get_prerequisites_for_why_not() -> None:
    assert after(turn("plan my next two quarters", "other", suid=None)).act == Act.SIGN_IN
    visitor = after(turn("why can't I take CS229?", "inform", "code=CS229", suid=None))
    assert visitor.act == Act.COURSE


def test_the_open_question_comes_back_after_a_plan() -> None:
    wanted = after(turn("enroll me in CS229", "enroll", "code=CS229"))
    asked = replace(wanted, question=Question(Ask.QUARTER))
    state = after(turn("plan my next two quarters", "other"), state=asked)
    assert (state.act, state.digressed) == (Act.PLAN, True)
    assert follow_up(state) == Act.ASK_QUARTER


def test_enrolling_in_a_plan_is_confirmed_once_and_makes_a_goal_for_each_class() -> None:
    said = turn("Enroll me in the Winter 2019 plan", "enroll", "quarter=Winter")
    state = after(said, state=PLANNED)
    assert [(g.get("code"), g.get("class_id"), g.get("linked_class_id")) for g in state.goals] == [
        ("CS161", 1, None),
        ("CHEM33", 2, 3),
    ]
    assert len({goal.key for goal in state.goals}) == 2
    assert [goal_act(goal) for goal in state.goals] == [Act.CONFIRM, Act.ENROLL]
    assert not permitted(Act.ENROLL, state)
    assert "CHEM33" in state.goals[0].get("plan")


def test_no_to_a_plan_takes_all_of_its_goals_back() -> None:
    state = after(turn("enroll me in all of them", "enroll"), state=PLANNED)
    assert len(state.goals) == 3
    asked = replace(state, question=Question(Ask.CONFIRM, topic="plan"))
    refused = after(turn("no", "deny"), state=asked)
    assert (refused.goals, refused.question, refused.act) == ((), None, Act.CANCELLED)


def test_yes_to_a_plan_enrolls_in_the_first_and_goes_on() -> None:
    state = after(turn("enroll me in all of them", "enroll"), state=PLANNED)
    asked = replace(state, question=Question(Ask.CONFIRM, topic="plan"))
    agreed = after(turn("yes", "affirm"), state=asked)
    assert agreed.act == Act.ENROLL
    assert permitted(Act.ENROLL, agreed)
    assert all(goal_act(goal) == Act.ENROLL for goal in agreed.goals)


@pytest.mark.parametrize(
    "text",
    ["show my timetable", "a picture of my week", "calendar file of my classes",
     "export my schedule to my calendar", "can I get an .ics?"],
)  # fmt: skip
def test_the_week_as_a_picture_or_a_file(text: str) -> None:
    assert plan_cues.asks_timetable(text)
    assert after(turn(text, "my_schedule")).act == Act.TIMETABLE


def test_a_planned_state_survives_json() -> None:
    assert DialogueState.from_json(PLANNED.to_json()) == PLANNED
