"""Numbers that come late are read when they come, and only once, in whatever order they commit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.notes.gaps import Gap, missed, still_open

NOW = datetime(2018, 11, 15, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def test_what_is_passed_over_is_a_gap() -> None:
    assert [(gap.first, gap.last) for gap in missed(3, [4, 7, 8, 10], 50, NOW)] == [(5, 6), (9, 9)]
    assert missed(3, [], 50, NOW) == []
    assert missed(3, [4, 5], 50, NOW) == []


def test_a_gap_shrinks_by_what_comes() -> None:
    gap = Gap(5, 9, 50, NOW)
    left = still_open([gap], [6, 9], 10, NOW)
    assert [(each.first, each.last) for each in left] == [(5, 5), (7, 8)]
    assert still_open(left, [5, 7, 8], 10, NOW) == []


def test_a_gap_closes_when_nobody_can_fill_it_any_more() -> None:
    gap = Gap(5, 9, 50, NOW)
    assert still_open([gap], [], 49, LATER) == [gap]  # a transaction from before still runs
    assert still_open([gap], [], 50, NOW) == [gap]  # just now: its id may not be taken yet
    assert still_open([gap], [], 50, LATER) == []
    assert Gap.read(gap.plain()) == gap


@given(st.permutations(range(1, 25)), st.lists(st.integers(1, 6), min_size=1, max_size=12))
def test_every_number_is_read_once_in_any_order_of_commits(
    order: list[int], steps: list[int]
) -> None:
    committed: set[int] = set()
    mark, gaps, read = 0, list[Gap](), list[int]()
    waiting = list(order)
    while waiting:
        step = steps[len(read) % len(steps)]
        committed |= set(waiting[:step])
        waiting = waiting[step:]
        unread = sorted(
            n for n in committed if n > mark or any(g.first <= n <= g.last for g in gaps)
        )
        gaps = [*still_open(gaps, unread, 0, NOW), *missed(mark, unread, 99, NOW)]
        mark = max([mark, *unread])
        read += unread
    assert sorted(read) == list(range(1, 25))
