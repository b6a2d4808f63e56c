"""Questions to the knowledge graph: which is asked, about which course."""

from __future__ import annotations

import pytest
from said import after, turn

from bot.dialogue.acts import Act
from bot.dialogue.advice import Advice, advice
from bot.dialogue.state import DialogueState, Mentioned

BEFORE, AFTER, NEXT = Advice


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("what do I need before CS229?", BEFORE),
        ("which courses do I have to complete before machine learning?", BEFORE),
        ("what am I missing for CS229?", BEFORE),
        ("what's the shortest way to CS231N?", BEFORE),
        ("what's the whole prerequisite chain for CS229?", BEFORE),
        ("how many courses until I can take CS231N", BEFORE),
        ("is CS106A required for CS106B", BEFORE),
        ("what can I take after CS106B?", AFTER),
        ("what can i take once i've finished cs106b", AFTER),
        ("what can I take after 106B", AFTER),
        ("does CS103 unlock anything", AFTER),
        ("what is CS106B a prerequisite for?", AFTER),
        ("which courses require CS106B?", AFTER),
        ("I have taken CS106A and CS106B what can I take now", AFTER),
        ("what next after CS230?", NEXT),
        ("I finished CS230, what should I take next?", NEXT),
        ("what's a good follow-up to CS230?", NEXT),
        ("I just took CS106A, what now?", NEXT),
        ("where do I go from CS229", NEXT),
        ("can I take CS229 after CS106B?", None),
        ("do I have the prereqs for CS229", None),
        ("what are the prerequisites of CS229", None),
        ("history classes after 2pm", None),
        ("something before noon", None),
        ("is there anything after lunch", None),
        ("who teaches CS106A next quarter?", None),
        ("tell me about CS229", None),
    ],
)
def test_cues(text: str, asked: Advice | None) -> None:
    assert advice(text) is asked


def _asked(state: DialogueState) -> tuple[str, str, list[str]]:
    assert state.act == Act.ADVISE
    (about,) = state.args["courses"]
    return state.args["advice"], about["code"], [each["code"] for each in state.args["others"]]


def test_the_course_behind_before_is_meant() -> None:
    text = "must I take CS103 before CS161?"
    state = after(turn(text, "inform", "code=CS103", "code=CS161"))
    assert _asked(state) == (BEFORE, "CS161", ["CS103"])
    text = "before CS161 do I have to take CS103?"
    state = after(turn(text, "inform", "code=CS161", "code=CS103"))
    assert _asked(state) == (BEFORE, "CS161", ["CS103"])


def test_what_one_has_counts_beside_the_last() -> None:
    text = "I have taken CS106A and CS106B what can I take now"
    state = after(turn(text, "inform", "code=CS106A", "code=CS106B"))
    assert _asked(state) == (AFTER, "CS106B", ["CS106A"])


def test_a_follow_up_repeats_the_question() -> None:
    first = turn("does CS103 unlock anything", "inform", "code=CS103")
    state = after(first, turn("what about CS107?", "inform", "code=CS107"))
    assert _asked(state) == (AFTER, "CS107", [])
    state = after(first, turn("and before CS161?", "inform", "code=CS161"))
    assert _asked(state) == (BEFORE, "CS161", [])


def test_a_follow_up_about_a_term_or_an_attribute_is_another_question() -> None:
    first = turn("what next after CS230?", "inform", "code=CS230")
    state = after(first, turn("and who teaches CS229", "inform", "attribute=who", "code=CS229"))
    assert (state.act, state.args["attributes"]) == (Act.COURSE, ["instructor"])


def test_the_course_just_talked_about() -> None:
    state = DialogueState(focus=Mentioned("CS221", "AI"), about="course")
    assert _asked(after(turn("what next?", "inform"), state=state)) == (NEXT, "CS221", [])
    assert _asked(after(turn("what do I need before it?", "inform"), state=state))[1] == "CS221"


def test_prerequisites_alone_stay_an_attribute() -> None:
    text = "what are the prerequisites of CS229"
    state = after(turn(text, "inform", "attribute=prerequisites", "code=CS229"))
    assert (state.act, state.args["attributes"]) == (Act.COURSE, ["prerequisites"])
    text = "which prerequisites am I missing for CS229"
    state = after(turn(text, "inform", "attribute=prerequisites", "code=CS229"))
    assert _asked(state) == (BEFORE, "CS229", [])


def test_a_follow_up_class_is_no_question_about_the_lectures() -> None:
    state = after(turn("what's a good follow-up to CS230?", "lecture_question", "code=CS230"))
    assert _asked(state) == (NEXT, "CS230", [])
    text = "what comes after the midterm in CS230?"
    assert after(turn(text, "lecture_question", "code=CS230")).act == Act.LECTURE


def test_without_a_course_nothing_is_guessed() -> None:
    assert after(turn("what next?", "inform")).act != Act.ADVISE
