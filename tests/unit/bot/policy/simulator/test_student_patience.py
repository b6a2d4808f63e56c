"""Whatever a bot says, a simulated student has an answer or goes: nothing makes it stumble."""

from __future__ import annotations

from string import Formatter

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.policy.simulator.goals.catalogue import Catalogue
from bot.policy.simulator.goals.draw import draw
from bot.policy.simulator.student.reading import responses_of
from bot.policy.simulator.values import Reply

PATIENCE = 20
SAID = [text for texts in responses_of().values() for text in texts]
FACTS = {
    "quarter": ("Winter", "Spring", "Autumn"),
    "year": ("2019", "2020"),
    "course": ("CS106A Programming Methodology", "MATH51 Linear Algebra", "EE42 Waves"),
    "dropped": ("CS106A Programming Methodology", "MATH51 Linear Algebra"),
    "code": ("CS106A", "MATH51"),
    "when": ("", " Winter 2019"),
    "list": ("1. CS106A Programming Methodology (5 units)\n   Winter 2019, section 01: Mon",),
}
BUTTONS = (
    "yes", "no", "undo", "Winter 2019", "2019", "CS106A Programming Methodology",
    "CS106A, Winter 2019", "Section 01, Tue 9:00-10:20, Ada (full)", "Lab section 12, Mon, Ada",
    "Enroll in a class", "Something else",
)  # fmt: skip


@st.composite
def replies(draws: st.DrawFn) -> Reply:
    text = draws(st.sampled_from(SAID))
    names = {name for _, name, _, _ in Formatter().parse(text) if name}
    facts = {name: draws(st.sampled_from(FACTS.get(name, ("3", "x")))) for name in sorted(names)}
    return Reply(text.format(**facts), tuple(draws(st.lists(st.sampled_from(BUTTONS), max_size=4))))


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 5_000), st.lists(st.lists(replies(), max_size=3), min_size=1, max_size=25))
def test_a_student_never_stumbles(
    offerings: Catalogue, seed: int, conversation: list[list[Reply]]
) -> None:
    student = draw(seed, offerings)
    said, turns = student.speak([]), 0
    assert said is not None
    for heard in conversation:
        if said is None:
            break
        turns += 1
        assert said.text
        assert all(said.text[m.start : m.start + len(m.text)] == m.text for m in said.mentions)
        said = student.speak(heard)
    assert turns <= PATIENCE
    assert isinstance(student.content(frozenset()), bool)
