"""What any policy may choose from: the rule's act first, and the record only with a full frame."""

from __future__ import annotations

from dataclasses import replace

from said import after, turn

from bot.dialogue.acts import ON_RECORD, Act
from bot.dialogue.decide import candidates
from bot.dialogue.state import Ask, DialogueState, Filled, Goal, GoalKind, Question
from bot.dialogue.turn import Turn


def heard(text: str, intent: str, sure: float, *spans: str, of_spans: float = 0.9) -> Turn:
    one = turn(text, intent, *spans)
    mentions = tuple(replace(mention, confidence=of_spans) for mention in one.mentions)
    return replace(one, confidence=sure, mentions=mentions, ranking=(intent, "inform", "drop"))


WHOLE = ("enroll me in CS106A for winter 2019", "enroll")
SPANS = ("code=CS106A", "quarter=winter", "year=2019")


def choices(state: DialogueState) -> tuple[Act, ...]:
    return candidates(state, (), state.message_id)


def test_a_whole_frame_may_be_acted_on_confirmed_or_asked_about() -> None:
    state = after(heard(*WHOLE, 0.9, *SPANS))
    assert choices(state)[:2] == (Act.ENROLL, Act.CONFIRM)
    asking = {Act.ASK_CLASS, Act.ASK_QUARTER, Act.ASK_YEAR, Act.ASK_MEANING}
    assert set(choices(state)[2:]) == asking


def test_nothing_is_asked_about_what_is_certain() -> None:
    assert choices(after(heard(*WHOLE, 1.0, *SPANS, of_spans=1.0))) == (Act.ENROLL,)


def test_what_was_guessed_can_only_be_confirmed() -> None:
    state = after(heard(*WHOLE, 0.5, *SPANS))
    assert not ON_RECORD & set(choices(state))
    assert choices(state)[0] is Act.CONFIRM


def test_a_yes_makes_the_frame_certain() -> None:
    asked = replace(
        after(heard(*WHOLE, 0.9, *SPANS)), question=Question(Ask.CONFIRM, topic="guess")
    )
    assert choices(after(turn("yes", "affirm"), state=asked)) == (Act.ENROLL,)


def test_a_no_takes_back_what_was_least_certain() -> None:
    goal = Goal(
        GoalKind.ENROLL,
        "k",
        {
            "code": Filled("CS106A", confidence=0.97),
            "name": Filled("Programming Methodology"),
            "quarter": Filled("Winter", confidence=0.6),
            "year": Filled(2019, confidence=0.9),
        },
        0.95,
    )
    asked = DialogueState(goals=(goal,), question=Question(Ask.CONFIRM, topic="guess"))
    left = after(turn("no", "deny"), state=asked)
    assert left.goal is not None
    assert left.goal.get("quarter") is None
    assert left.goal.get("code") == "CS106A"
    assert choices(left) == (Act.ASK_QUARTER,)


def test_a_no_to_a_wish_that_was_least_certain_gives_it_up() -> None:
    goal = Goal(GoalKind.DROP, "k", {"code": Filled("CS106A", confidence=0.97)}, 0.7)
    asked = DialogueState(goals=(goal,), question=Question(Ask.CONFIRM, topic="guess"))
    left = after(turn("no", "deny"), state=asked)
    assert left.goals == ()
    assert choices(left) == (Act.CANCELLED,)


def test_another_reading_takes_the_first_one_back() -> None:
    doubted = after(heard(*WHOLE, 0.7, *SPANS))
    asked = replace(
        doubted, doubted=doubted.heard, question=Question(Ask.MEANING), message_id="asked"
    )
    left = after(turn("what are the history classes", "inform", "subject=history"), state=asked)
    assert left.goals == ()


def test_what_wonders_about_a_class_is_confirmed_before_it_is_acted_on() -> None:
    spans = ("code=PHYSICS120", "quarter=winter", "year=2019")
    asked = heard("my boss asks when I'd be in PHYSICS120 in winter 2019", "enroll", 0.95, *spans)
    assert choices(after(asked))[0] is Act.CONFIRM


def test_saying_the_same_again_is_a_yes() -> None:
    guessed = after(heard(*WHOLE, 0.5, *SPANS))
    asked = replace(guessed, question=Question(Ask.CONFIRM, topic="guess"))
    again = after(turn("no, I meant winter 2019", "answer", *SPANS[1:]), state=asked)
    assert choices(again) == (Act.ENROLL,)
    other = after(turn("no, spring 2019", "answer", "quarter=spring", "year=2019"), state=asked)
    assert choices(other)[0] is Act.CONFIRM


def test_a_class_that_was_asked_for_is_no_wish_of_another_kind() -> None:
    which = after(turn("swap some class", "swap"))
    asked = replace(which, question=Question(Ask.CLASS))
    told = after(turn("that would be CS105 for me", "enroll", "code=CS105"), state=asked)
    assert [goal.kind for goal in told.goals] == [GoalKind.SWAP]
