"""Demos in the dialogue: waiting for files, gathering them, the sample, giving up, stopping."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from said import after, turn

from bot.dialogue import demo_cues
from bot.dialogue.acts import Act
from bot.dialogue.demos import MOST_UPLOADS, Demo
from bot.dialogue.state import Ask, DialogueState, Goal, GoalKind, Question
from bot.dialogue.turn import Turn, uploads_of

WAITING = DialogueState(turn=4, demo=Demo("style_transfer", ("a",), 4))
ASKED_WHICH = DialogueState(turn=4, demo=Demo("", ("a",), 4))
RUNNING = DialogueState(turn=4, demo=Demo("style_transfer", (), 4, started=True))
OPEN = Question(Ask.QUARTER)
GOAL = Goal(GoalKind.ENROLL, "m:0")


def files(text: str, intent: str, *uploads: str) -> Turn:
    return replace(turn(text, intent), uploads=uploads)


def ran(state: DialogueState) -> dict[str, Any]:
    assert state.act == Act.SKILL
    return state.args


def test_a_file_runs_what_waits_with_all_that_came() -> None:
    for text, intent in (("", "other"), ("here you go", "thank"), ("and this one", "inform")):
        args = ran(after(files(text, intent, "b"), state=WAITING))
        assert (args["skill"], args["exact"], args["uploads"]) == (
            "style_transfer",
            True,
            ["a", "b"],
        )


def test_a_file_right_after_a_demo_is_another_try() -> None:
    args = ran(after(files("", "other", "b"), state=RUNNING))
    assert (args["skill"], args["uploads"]) == ("style_transfer", ["b"])
    later = ran(after(files("", "other", "b"), state=replace(RUNNING, turn=9)))
    assert (later["skill"], later["uploads"]) == ("", ["b"])


def test_another_demo_named_with_the_file_takes_it() -> None:
    args = ran(after(files("run happy_house", "other", "b"), state=WAITING))
    assert (args["said"], args["uploads"]) == ("run happy_house", ["a", "b"])
    assert "exact" not in args


@pytest.mark.parametrize(
    "text",
    ["use the sample", "with its own sample please", "the example is fine", "just use your own",
     "show me its sample", "I don't have a photo", "sample", "use the sample then"],
)  # fmt: skip
def test_the_sample_is_asked_for_whatever_the_model_reads(text: str) -> None:
    for intent in ("answer", "help", "skill", "deny", "other"):
        args = ran(after(turn(text, intent), state=WAITING))
        assert (args["skill"], args["sample"]) == ("style_transfer", True)


@pytest.mark.parametrize("text", ["just show me", "go ahead", "yes", "ok, do it", "sure", "👍"])
def test_going_on_counts_right_after_it_was_asked(text: str) -> None:
    assert ran(after(turn(text, "affirm"), state=WAITING))["sample"]
    later = replace(WAITING, turn=6)
    assert after(turn(text, "affirm"), state=later).act == Act.NOTHING_OPEN
    between = replace(WAITING, question=OPEN, goals=(GOAL,))
    assert after(turn(text, "affirm"), state=between).act != Act.SKILL


@pytest.mark.parametrize("text", ["why", "maybe", "hm"])
def test_a_hesitation_runs_nothing(text: str) -> None:
    assert after(turn(text, "affirm"), state=WAITING).act != Act.SKILL


def test_never_mind_ends_the_waiting_alone() -> None:
    state = after(turn("never mind", "cancel"), state=WAITING)
    assert (state.act, state.demo) == (Act.CANCELLED, None)
    open_wish = replace(WAITING, question=OPEN, goals=(GOAL,))
    state = after(turn("no thanks", "deny"), state=open_wish)
    assert (state.act, state.demo, state.goals, state.digressed) == (
        Act.CANCELLED,
        None,
        (GOAL,),
        True,
    )
    much_later = replace(open_wish, turn=8)
    assert after(turn("never mind", "cancel"), state=much_later).goals == ()


def test_questions_in_between_leave_it_waiting() -> None:
    asked = after(
        turn("what's backprop?", "lecture_question"), turn("thanks", "thank"), state=WAITING
    )
    assert asked.demo == WAITING.demo
    assert ran(after(files("", "other", "b"), state=asked))["uploads"] == ["a", "b"]


def test_a_wish_ends_the_waiting_and_keeps_the_files() -> None:
    state = after(turn("enroll me in CS106A", "enroll", "code=CS106A"), state=WAITING)
    assert state.act == Act.ASK_QUARTER
    assert state.demo == Demo("", ("a",), 4)
    empty = replace(WAITING, demo=Demo("style_transfer", (), 4))
    assert after(turn("drop CS106A", "drop", "code=CS106A"), state=empty).demo is None


def test_files_without_a_demo_are_kept_until_one_is_named() -> None:
    first = after(files("here is a photo of my cat", "inform", "a"))
    assert ran(first)["uploads"] == ["a"]
    assert not first.args["list"]
    args = ran(after(turn("day or night", "answer"), state=ASKED_WHICH))
    assert (args["said"], args["uploads"]) == ("day or night", ["a"])
    told = after(turn("which courses has CS106A before it?", "inform", "code=CS106A"),
                 state=ASKED_WHICH)  # fmt: skip
    assert told.act == Act.COURSE
    assert told.demo == ASKED_WHICH.demo


def test_a_file_with_a_wish_about_courses_is_only_kept() -> None:
    said = replace(turn("enroll me in CS106A", "enroll", "code=CS106A"), uploads=("x",))
    state = after(said)
    assert (state.act, state.demo and state.demo.uploads) == (Act.ASK_QUARTER, ("x",))


def test_an_order_is_one_whatever_the_model_reads() -> None:
    args = ran(after(turn("run happy_house", "other")))
    assert (args["said"], args["list"], args["uploads"]) == ("run happy_house", False, [])
    assert ran(after(turn("run day_night on its sample", "skill", "skill=day_night")))["sample"]
    assert after(turn("run into CS106A?", "inform", "code=CS106A")).act == Act.COURSE


def test_the_open_question_comes_back() -> None:
    state = after(turn("run happy_house", "other"), state=DialogueState(question=OPEN))
    assert state.digressed
    assert state.question == OPEN


@pytest.mark.parametrize(
    ("text", "lecture"),
    [("what can I try?", None), ("what would I build in CS230?", None), ("lecture 2 demos", 2),
     ("what can I try from lecture two?", 2), ("which demos are in the third lecture?", 3)],
)  # fmt: skip
def test_a_list_is_narrowed_by_a_lecture(text: str, lecture: int | None) -> None:
    args = ran(after(turn(text, "skill")))
    assert args["lecture"] == lecture
    assert args["list"] or lecture


def test_what_runs_is_stopped() -> None:
    for text in (
        "stop",
        "stop it",
        "cancel that please",
        "stop the demo",
        "cancel the running job",
    ):
        state = after(turn(text, "cancel"), state=RUNNING)
        assert ran(state)["do"] == "stop"
        assert state.demo is None
    assert ran(after(turn("cancel the demo", "cancel")))["do"] == "stop"
    assert after(turn("stop the demo", "cancel"), state=WAITING).act == Act.CANCELLED
    busy = replace(RUNNING, goals=(GOAL,), question=OPEN)
    assert after(turn("stop", "cancel"), state=busy).act == Act.CANCELLED
    assert after(turn("stop", "cancel"), state=replace(RUNNING, turn=30)).act != Act.SKILL
    assert not demo_cues.stops("stop sending me notifications")
    assert not demo_cues.stops("cancel my enrollment in CS230")


@given(st.lists(st.sampled_from("abcdefghijklmnop"), max_size=30))
def test_files_are_gathered_in_order_within_bounds(names: list[str]) -> None:
    state = DialogueState()
    for name in names:
        state = after(files("", "other", name), state=state)
    kept = state.demo.uploads if state.demo else ()
    assert len(kept) <= MOST_UPLOADS
    assert kept == tuple(dict.fromkeys(names))[-len(kept) :] if kept else not names
    assert DialogueState.from_json(state.to_json()) == state


def test_what_a_door_tells_of_files() -> None:
    assert uploads_of({"upload": "a", "uploads": ["b", "a", 7, ""]}) == ("b", "a")
    parse = {"text": "", "metadata": {"client": {"uploads": ["b"]}}}
    read = Turn.from_parse(parse, "m", {})
    assert Turn.from_json(read.to_json()).uploads == read.uploads == ("b",)
    assert Turn.from_json({k: v for k, v in read.to_json().items() if k != "uploads"}).uploads == ()
