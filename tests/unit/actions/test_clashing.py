"""Whether the hours of two classes overlap, read from the words of the catalogue."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.clashing import overlap

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")


def written(days: list[str], first: int, last: int) -> str:
    begins, ends = ("{}:{:02d}".format(*divmod(minutes, 60)) for minutes in (first, last))
    return f"{' '.join(days)} {begins}-{ends}, Elmwood 130"


meetings = st.builds(
    lambda days, first, length: (sorted(days, key=DAYS.index), first, first + length),
    st.sets(st.sampled_from(DAYS), min_size=1),
    st.integers(480, 1200),
    st.integers(1, 180),
)


@pytest.mark.parametrize(
    ("ours", "theirs", "clash"),
    [
        ("Tue Thu 15:00-16:20, Foundry 214", "Tue Thu 15:00-16:20, Elmwood 130", True),
        ("Mon Wed 9:30-10:20, Alder 162", "Fri 9:30-10:20, Alder 162", False),
        ("Mon 9:30-10:30", "Mon 10:30-11:20", False),
        ("Mon 9:30-10:31", "Mon Fri 10:30-11:20", True),
    ],
)
def test_the_same_hours_of_the_same_day(ours: str, theirs: str, clash: bool) -> None:
    assert overlap([ours], [theirs]) is clash


@given(meetings, meetings)
def test_it_agrees_with_a_look_at_every_minute(one, other) -> None:
    shared = set(one[0]) & set(other[0])
    minutes = set(range(one[1], one[2])) & set(range(other[1], other[2]))
    assert overlap([written(*one)], [written(*other)]) is bool(shared and minutes)
    assert overlap([written(*other)], [written(*one)]) is bool(shared and minutes)


def test_what_has_no_hours_clashes_with_nothing() -> None:
    assert not overlap(["by arrangement"], ["Mon 9:30-10:30"])
    assert not overlap([], ["Mon 9:30-10:30"])
