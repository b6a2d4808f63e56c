"""Logged searches come back as the filters by which habits are counted."""

from __future__ import annotations

from knowledge.catalogue.graph.habits import Asked, Attribute, Habits
from knowledge.insights.logged import logged_filters
from knowledge.insights.questions import QuestionRecorder
from knowledge.insights.searches import searched
from knowledge.storage.unit_of_work import UnitOfWork


def test_what_students_constrain_is_counted(units: UnitOfWork) -> None:
    recorder = QuestionRecorder(units)
    searches = (
        [("subject", "history"), ("quarter", "Spring"), ("level", "undergraduate")],
        [("topic", "robots"), ("units_min", "3"), ("units_max", "4")],
        [("topic", "robots"), ("day", "Monday"), ("latest", "720")],
        [("q", "something nice")],
    )
    for pairs in searches:
        recorder.note(searched(pairs, 4))
    assert recorder.flush() == 4
    habits = Habits.of(map(Asked, logged_filters(units)))
    assert habits.searches == 4
    assert habits.count(Attribute.QUARTER, "Spring") == 1
    assert [habits.count(Attribute.UNITS, number) for number in ("3", "4", "5")] == [1, 1, 0]
    assert habits.count(Attribute.TIMES, "Monday:-720") == 1
    assert (habits.named[Attribute.SUBJECT], habits.named[Attribute.TOPIC]) == (1, 2)
