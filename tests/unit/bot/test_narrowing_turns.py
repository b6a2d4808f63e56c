"""What answers the question below a list, what leaves it open, and what is of something else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from said import after, turn

from bot.dialogue.acts import Act
from bot.dialogue.narrowing import Narrowing
from bot.dialogue.state import Ask, DialogueState, Filled, Goal, GoalKind, Mentioned, Question

QUERY = {"topics": ["science"], "quarters": ["Winter"]}
SUBJECTS = (
    {"label": "Management Science and Engineering", "filters": {"subjects": ["MS&E"]}},
    {"label": "Biology", "filters": {"subjects": ["Biology"]}},
)
TOPICS = (
    {"label": "machine learning", "filters": {"tagged": ["machine learning"]}},
    {"label": "something else", "filters": {"not_tagged": ["machine learning"]}, "others": True},
)
TIMES = (
    {"label": "Mon Wed mornings", "filters": {"days": ["Monday", "Wednesday"], "latest": 720}},
    {"label": "Tue Thu mornings", "filters": {"days": ["Tuesday", "Thursday"], "latest": 720}},
)


def _listed(options=SUBJECTS, attribute="subjects", **more) -> DialogueState:
    put = Narrowing(attribute, options, (attribute,), turn=1, query=QUERY, total=20)
    results = tuple(Mentioned(f"CS{n}", f"Course {n}") for n in range(101, 109))
    return DialogueState(
        turn=1, query=QUERY, about="search", results=results, offset=8, narrowing=put.to_json(),
        **more,
    )  # fmt: skip


def _wishing(**slots: object) -> DialogueState:
    filled = {name: Filled(value) for name, value in slots.items()}
    goal = Goal(GoalKind.ENROLL, "m:0", filled)
    return replace(_listed(TIMES, "times"), goals=(goal,), question=Question(Ask.CLASS))


@pytest.mark.parametrize("intent", ["answer", "inform", "enroll", "other", "my_schedule"])
def test_a_label_is_its_option_whatever_it_was_taken_for(intent: str) -> None:
    label = "management science and engineering"
    state = after(turn(label, intent, f"title={label}"), state=_listed())
    assert (state.act, state.offset) == (Act.SEARCH, 0)
    assert state.query == {**QUERY, "subjects": ["MS&E"]}


@pytest.mark.parametrize("text", ["biology please", "the biology one", "I'd like biology"])
def test_an_option_is_told_by_its_words(text: str) -> None:
    assert after(turn(text, "answer"), state=_listed()).query["subjects"] == ["Biology"]


def test_words_of_two_options_pick_none_of_them() -> None:
    state = after(turn("mornings", "answer", "time=mornings"), state=_listed(TIMES, "times"))
    assert state.query == {**QUERY, "earliest": None, "latest": 720}


@pytest.mark.parametrize("text", ["none of these", "something different", "neither", "other"])
def test_none_of_the_topics_shown_is_an_answer_too(text: str) -> None:
    state = after(turn(text, "answer"), state=_listed(TOPICS, "topics"))
    assert state.query == {**QUERY, "not_tagged": ["machine learning"]}


@pytest.mark.parametrize("text", ["any", "doesn't matter", "I don't care", "not sure", "skip"])
def test_no_matter_leaves_the_search_and_moves_on(text: str) -> None:
    state = after(turn(text, "other"), state=replace(_listed(), more=True))
    assert (state.act, state.query, state.offset) == (Act.SEARCH, QUERY, 8)
    put = Narrowing.of(state)
    assert (put.declined, put.attribute, put.asked) == (True, "", ("subjects",))


def test_anything_else_below_a_list_is_read_as_always() -> None:
    state = after(
        turn("history classes", "inform", "subject=history"), state=_listed(TIMES, "times")
    )
    assert state.query == {"subjects": ["history"]}
    assert after(turn("hello", "greet"), state=_listed()).act == Act.GREET
    asked = after(turn("who teaches CS106A?", "inform", "attribute=teaches", "code=CS106A"),
                  state=_listed())  # fmt: skip
    assert asked.act == Act.COURSE


def test_the_others_are_the_next_page() -> None:
    listed = replace(_listed(TOPICS, "topics"), more=True)
    state = after(turn("show me the others", "inform"), state=listed)
    assert (state.act, state.query, state.offset) == (Act.SEARCH, QUERY, 8)
    assert not Narrowing.of(state).declined


def test_a_subject_of_ones_own_answers_which_subject() -> None:
    state = after(turn("chemistry", "answer", "subject=chemistry"), state=_listed())
    assert state.query == {**QUERY, "subjects": ["chemistry"]}


def test_a_condition_of_ones_own_narrows_too() -> None:
    state = after(turn("the easy ones", "inform"), state=_listed())
    assert state.query == {**QUERY, "easy": True}


@pytest.mark.parametrize(
    "text", ["something interesting", "any fun class", "I need a class", "recommend me a course"]
)
def test_who_names_nothing_is_shown_everything(text: str) -> None:
    state = after(turn(text, "other"))
    assert (state.act, state.query) == (Act.SEARCH, {})
    assert after(turn("something easy", "inform")).query == {"easy": True}


@pytest.mark.parametrize("text", ["something is wrong", "can you suggest a restaurant", "anything"])
def test_not_everything_open_is_about_classes(text: str) -> None:
    assert after(turn(text, "other")).act == Act.OTHER


def test_a_question_asked_long_ago_is_closed() -> None:
    state = after(turn("biology", "answer", "subject=biology"), state=replace(_listed(), turn=9))
    assert state.query != {**QUERY, "subjects": ["Biology"]}


def test_a_wish_goes_on_being_narrowed_before_the_class_is_asked_for() -> None:
    state = after(turn("Tue Thu mornings", "answer", "day=Tue Thu"), state=_wishing())
    assert (state.act, state.question) == (Act.SEARCH, None)
    assert state.query == {**QUERY, "days": ["Tuesday", "Thursday"], "latest": 720}
    assert state.goal is not None
    assert state.goal.get("quarter") == "Winter"


def test_a_class_named_in_between_is_the_class_wished_for() -> None:
    state = after(turn("CS106A", "answer", "code=CS106A"), state=_wishing())
    assert state.goal is not None
    assert state.goal.get("code") == "CS106A"
    second = after(turn("the second one", "answer"), state=_wishing())
    assert second.goal is not None
    assert second.goal.get("code") == "CS102"


def test_a_question_about_a_goal_is_never_answered_below_the_list() -> None:
    state = replace(_wishing(code="CS106A"), question=Question(Ask.QUARTER))
    answered = after(turn("Winter", "answer", "quarter=Winter"), state=state)
    assert answered.goal is not None
    assert answered.goal.get("quarter") == "Winter"
    assert answered.query == QUERY


def test_what_still_counts_for_the_next_list() -> None:
    put = Narrowing("level", asked=("topics", "level"), ignored=1, turn=3, query=QUERY)
    assert put.before({**QUERY, "level": "graduate"}, 4) == Narrowing(
        asked=("topics", "level"), ignored=0, turn=3
    )
    assert put.before(QUERY, 4).ignored == 2  # the next page
    assert put.before({"subjects": ["history"]}, 4) == Narrowing(ignored=2, turn=3)
    assert put.before(QUERY, 40).ignored == 1


@given(st.dictionaries(st.sampled_from(["turn", "asked", "ignored", "mood"]), st.just([1])))
def test_a_state_of_another_version_is_read(kept) -> None:
    assert isinstance(Narrowing.of(DialogueState(narrowing=kept)), Narrowing)


def test_it_survives_the_slot() -> None:
    state = DialogueState.from_json(_listed().to_json())
    assert Narrowing.of(state) == Narrowing.of(_listed())
