"""The record as it was before a wish was acted upon."""

from __future__ import annotations

from actions.before import without
from knowledge.clients.values import ActView, EnrollmentView


def _held(class_id: int, lab: int | None = None) -> EnrollmentView:
    return EnrollmentView(
        class_id, f"C{class_id}", "", "Winter", 2019, 3, "letter", "enrolled", None, "01", (), lab
    )


ONE, TWO, THREE = _held(1), _held(2), _held(3)


def test_a_swap_is_turned_back() -> None:
    assert without([TWO, THREE], [ActView("k:2", TWO, ONE)]) == [THREE, ONE]


def test_what_was_dropped_is_there_and_what_was_added_is_not() -> None:
    assert without([TWO], [ActView("k:1", None, ONE)]) == [TWO, ONE]
    assert without([ONE, TWO], [ActView("k:1", ONE, None)]) == [TWO]


def test_several_acts_are_turned_back_the_latest_first() -> None:
    done = [ActView("k/drop:1", None, ONE), ActView("k/enroll:2", TWO, None)]
    assert without([TWO, THREE], done) == [THREE, ONE]


def test_a_changed_lab_is_the_old_one() -> None:
    assert without([_held(1, 12)], [ActView("k:1", _held(1, 12), _held(1, 11))]) == [_held(1, 11)]


def test_nothing_done_changes_nothing() -> None:
    assert without([ONE, TWO], []) == [ONE, TWO]
