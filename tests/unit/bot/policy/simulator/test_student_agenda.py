"""How simulated students take what a bot says: handwritten replies, no bot."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.policy.simulator.goals.goal import Question, Saying, Seat, Step, Twist
from bot.policy.simulator.student.agenda import Student
from bot.policy.simulator.student.reading import responses_of
from bot.policy.simulator.values import Beginning, Held, Reply, Trait, Utterance
from knowledge.model.terms import Quarter, Term

WINTER, SPRING = Term(Quarter.WINTER, 2019), Term(Quarter.SPRING, 2019)
CLASS = {"class": ("code", "CS106B")}
QUARTER = Reply("For which quarter would you like to enroll in CS106B Programming Abstractions?")
ENROLLED = Reply(
    "Done: you're enrolled in CS106B Programming Abstractions, Winter 2019, section 01, for 5 units"
    ' (Mon 9:00-9:50). Say "undo" to take it back.',
    ("undo",),
)
WRONG = Reply(ENROLLED.text.replace("CS106B Programming Abstractions", "CS107 Systems"))
LOST = Reply("Sorry, I didn't follow that.")
Make = Callable[..., Student]


def spans(said: Utterance | None) -> dict[str, str]:
    assert said is not None
    return {mention.slot: mention.text.lower() for mention in said.mentions}


def record_of(seat: Seat) -> frozenset[Held]:
    section = seat.sections[0]
    term = (seat.term.quarter.value, seat.term.year)
    return frozenset({Held(seat.code, *term, "enrolled", section.class_id)})


def test_it_says_its_wish_answers_and_goes_content(student: Make, seat) -> None:
    one = student()
    first = one.speak([])
    assert first is not None
    assert first.intent == "enroll"
    assert "code" in spans(first)
    second = one.speak([QUARTER])
    assert second is not None
    assert second.intent == "answer"
    assert spans(second)["quarter"].startswith("w")
    assert not one.content(frozenset())
    last = one.speak([ENROLLED])
    assert last is None or last.intent == "thank"
    assert one.content(record_of(seat("CS106B", WINTER)))


def test_it_corrects_what_is_confirmed_wrongly(student: Make) -> None:
    one = student()
    one.speak([])
    shall_i = "Just to be sure: enroll you in {}?"
    term = one.speak([Reply(shall_i.format("CS106B Programming Abstractions Spring 2019"))])
    assert spans(term)["quarter"].startswith("w")
    other = one.speak([Reply(shall_i.format("CS107 Systems Winter 2019"))])
    assert spans(other)["code"].replace(" ", "").replace("-", "") == "cs106b"
    right = one.speak([Reply(shall_i.format("CS106B Programming Abstractions Winter 2019"))])
    assert right is not None
    assert right.intent == "affirm"


def test_it_picks_its_course_among_the_choices(student: Make) -> None:
    asks = '"programming" could be one of these. Which one do you mean?'
    labels = ("CS106A Programming Methodology", "CS106B Programming Abstractions")
    for seed in range(12):
        one = student(seed)
        one.speak([])
        said = one.speak([Reply(asks, labels)])
        assert said is not None
        assert spans(said) or "second" in said.text.lower() or "2nd" in said.text
        missing = one.speak([Reply(asks, labels[:1])])
        assert spans(missing)["code"][-4:] == "106b"


def test_it_asks_to_undo_what_it_never_wanted_and_says_its_wish_again(student: Make) -> None:
    one = student()
    one.speak([])
    complaint = one.speak([WRONG])
    assert complaint is not None
    assert complaint.intent == "cancel"
    assert "undo" in complaint.text.lower()
    again = one.speak([Reply("Undone: you're no longer in CS107 Systems, Winter 2019.")])
    assert again is not None
    assert again.intent == "enroll"
    assert spans(again)["quarter"]


def test_it_says_it_in_other_words_and_loses_patience(student: Make) -> None:
    one = student()
    said = [one.speak([])]
    while (message := one.speak([LOST])) is not None:
        said.append(message)
    assert 2 <= len(said) <= 4
    assert len({each.text for each in said if each}) == len(said)


def test_the_same_answer_over_and_over_ends_the_conversation(student: Make) -> None:
    one = student()
    one.speak([])
    turns = 0
    while one.speak([QUARTER]) is not None:
        turns += 1
    assert turns < 6


def test_an_unknown_response_brings_the_wish_again(student: Make) -> None:
    one = student()
    one.speak([])
    again = one.speak([Reply("Beep, something nobody has written yet.")])
    assert again is not None
    assert again.intent == "enroll"
    assert {"code", "quarter", "year"} <= set(spans(again))


@pytest.mark.parametrize("takes", [True, False])
def test_what_is_not_offered_is_taken_otherwise_or_given_up(
    student: Make, seat, takes: bool
) -> None:
    other = seat("CS106B", SPRING)
    one = student(
        trait=Trait.IMPOSSIBLE,
        twist=Twist.NOT_OFFERED,
        instead=Step(add=other) if takes else None,
        honest=frozenset({"utter_not_offered"}),
    )
    one.speak([])
    assert not one.content(frozenset())  # nobody has said why
    said = one.speak(
        [Reply("CS106B Programming Abstractions isn't offered in Winter 2019."), QUARTER]
    )
    assert said is not None
    assert said.intent == ("answer" if takes else "cancel")
    assert one.content(record_of(other)) is takes
    assert one.content(frozenset()) is not takes


@pytest.mark.parametrize("takes", [True, False])
def test_a_place_on_the_waitlist_is_a_matter_of_the_goal(student: Make, seat, takes: bool) -> None:
    wished = seat("CS106B", WINTER)
    waiting = Seat(wished.course, wished.term, wished.sections, waitlist=True)
    one = student(
        trait=Trait.IMPOSSIBLE,
        twist=Twist.FULL,
        instead=Step(add=waiting) if takes else None,
        honest=frozenset({"utter_offer_waitlist"}),
    )
    one.speak([])
    offer = "CS106B Programming Abstractions is full; 3 on the waitlist so far. Shall I put you on"
    said = one.speak([Reply(f"{offer} it? You would move up automatically.", ("yes", "no"))])
    assert said is not None
    assert said.intent == ("affirm" if takes else "deny")


def test_a_changed_mind_is_spoken_once_it_was_understood(student: Make, seat) -> None:
    later = seat("CS106B", SPRING)
    change = Saying("change_quarter", later.named)
    one = student(
        trait=Trait.CHANGED, twist=Twist.OTHER_QUARTER, later=(Step(add=later),), change=change
    )
    one.speak([])
    unheard = one.speak([LOST])
    assert unheard is not None
    assert unheard.intent == "enroll"
    changed = one.speak([QUARTER])
    assert spans(changed)["quarter"].startswith("s")
    assert one.content(record_of(later))
    assert not one.content(record_of(seat("CS106B", WINTER)))


def test_a_change_that_was_not_heard_is_said_again(student: Make, seat) -> None:
    later = seat("CS106B", SPRING)
    change = Saying("change_quarter", later.named)
    one = student(
        trait=Trait.CHANGED, twist=Twist.OTHER_QUARTER, later=(Step(add=later),), change=change
    )
    one.speak([])
    labels = ("Section 01, Mon 9:00-9:50, Ada", "Section 02, Tue 9:00-9:50, Alan")
    course = "CS106B Programming Abstractions"
    asks = Reply(f"{course} has several sections. Which one would you like?", labels)
    assert spans(one.speak([asks]))["quarter"].startswith("s")
    elsewhere = Reply("You aren't enrolled in anything for Spring 2019.")
    back = Reply(f"Back to {course}: which section?", labels)
    assert spans(one.speak([elsewhere, back]))["quarter"].startswith("s")
    others = Reply(asks.text, tuple(label.replace("Mon", "Wed") for label in labels))
    assert "quarter" not in spans(one.speak([others]))


def test_a_digression_comes_back_to_the_wish(student: Make, seat) -> None:
    question = Question(Saying("ask_units", CLASS), ("5 units",), ("CS106B",))
    one = student(
        trait=Trait.CHANGED, twist=Twist.DIGRESSION, question=question,
        later=(Step(add=seat("CS106B", WINTER)),),
    )  # fmt: skip
    one.speak([])
    asked = one.speak([QUARTER])
    assert asked is not None
    assert asked.intent == "inform"
    told = Reply("CS106B Programming Abstractions is worth 5 units (usually 5).")
    back = one.speak([told, Reply("Back to CS106B: which quarter shall it be?")])
    assert spans(back)["quarter"].startswith("w")


def test_a_drop_that_was_regretted_is_undone(student: Make, seat) -> None:
    held = seat("CS106B", WINTER)
    one = student(
        kind="drop", trait=Trait.CHANGED, twist=Twist.DROP_REGRETTED,
        opening=Saying("drop", CLASS), steps=(Step(remove=held),), later=(),
        change=Saying("retract"), beginning=Beginning(held=(held.sections[0].class_id,)),
    )  # fmt: skip
    one.speak([])
    dropped = 'I dropped CS106B Programming Abstractions, Winter 2019, for you. Say "undo" to get '
    said = one.speak([Reply(f"{dropped}it back while there's a seat.", ("undo",))])
    assert said is not None
    assert "undo" in said.text.lower()
    assert one.content(record_of(held))
    assert not one.content(frozenset())


@pytest.mark.parametrize(
    ("what", "pressed"), [("CS106B", 1), ("a class", 1), ("CS107", 2)], ids=["it", "any", "another"]
)
def test_an_asked_meaning_is_answered_by_the_button(student: Make, what: str, pressed: int) -> None:
    one = student()
    one.speak([])
    texts = responses_of()
    labels = tuple(
        texts[name][0].format(what=what)
        for name in ("reading_inform", "reading_enroll", "reading_other")
    )
    said = one.speak([Reply(texts["utter_ask_meaning"][0], labels)])
    assert said is not None
    assert said.text == labels[pressed]
