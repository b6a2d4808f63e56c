"""The Home tab in all its states, within limits."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_limits import check

from bot.channels.slack.blocks import (
    NOTES_OFF,
    NOTES_ON,
    OPEN_FORM,
    UNLINK,
    HomeTab,
    home,
    said,
)


def published(tab: HomeTab) -> list[dict[str, Any]]:
    view = home(tab)
    check("views.publish", {"user_id": "U1", "view": view})
    blocks: list[dict[str, Any]] = view["blocks"]
    return blocks


def enrolled(code: str = "CS106A", quarter: str = "Winter", year: int = 2019, **more: Any) -> dict:
    return {
        "class_id": 1, "code": code, "title": "A & B", "quarter": quarter, "year": year,
        "units": 5, "grading": "letter", "status": "enrolled", **more,
    }  # fmt: skip


def read(blocks: list[dict[str, Any]]) -> str:
    return "\n".join(b["text"]["text"] for b in blocks if "text" in b)


def ids(blocks: list[dict[str, Any]]) -> set[str]:
    return {e["action_id"] for b in blocks if b["type"] == "actions" for e in b["elements"]}


def test_who_is_not_known_is_shown_the_way_in() -> None:
    blocks = published(HomeTab(linked=False, sign_in_address="https://quad.example/slack/link?c=1"))
    assert blocks[-1]["elements"][0]["url"] == "https://quad.example/slack/link?c=1"
    assert OPEN_FORM not in ids(blocks)
    assert "Sign in once" in read(blocks)


def test_without_classes_there_is_a_way_to_begin() -> None:
    blocks = published(HomeTab(linked=True, name="Ann"))
    assert "not enrolled" in read(blocks)
    assert ids(blocks) == {OPEN_FORM, UNLINK}


def test_when_axess_is_away_nothing_is_claimed() -> None:
    blocks = published(HomeTab(linked=True, enrollments=None))
    assert "does not answer" in read(blocks)
    assert "not enrolled" not in read(blocks)


def test_classes_stand_by_term_in_the_order_of_time() -> None:
    held = [
        enrolled("HISTORY1B", "Spring"),
        enrolled("CS106A", "Winter"),
        enrolled("MATH20", "Autumn", 2018),
        enrolled("CS229", "Winter", status="waitlisted", position=3, grading="credit"),
    ]
    blocks = published(HomeTab(linked=True, enrollments=held))
    heads = [b["text"]["text"] for b in blocks if b["type"] == "header"][1:]
    assert heads == ["Autumn 2018: 5 units", "Winter 2019: 5 units", "Spring 2019: 5 units"]
    waiting = next(b for b in blocks if "CS229" in str(b))
    assert "number 3 on the waitlist" in waiting["text"]["text"]
    assert said(waiting["accessory"]) == "drop CS229 in Winter 2019"
    assert "A &amp; B" in waiting["text"]["text"]


@pytest.mark.parametrize(("on", "switch"), [(True, NOTES_OFF), (False, NOTES_ON)])
def test_notes_can_be_switched(on: bool, switch: str) -> None:
    assert switch in ids(published(HomeTab(linked=True, notes=on)))


def test_the_timetable_is_a_link() -> None:
    blocks = published(HomeTab(linked=True, timetable_address="https://quad.example/timetable"))
    assert "https://quad.example/timetable" in str(blocks)


ENROLLMENT = st.builds(
    enrolled,
    code=st.text(max_size=30),
    quarter=st.sampled_from(("Autumn", "Winter", "Spring", "Summer", "Intersession")),
    year=st.integers(1900, 2100),
    title=st.text(max_size=900),
    status=st.sampled_from(("enrolled", "waitlisted")),
    position=st.none() | st.integers(1, 99),
    grading=st.text(max_size=20) | st.just("letter"),
)


@given(st.lists(ENROLLMENT, max_size=90), st.text(max_size=5000))
@settings(max_examples=40, deadline=None)
def test_any_record_keeps_slacks_limits(held: list[dict[str, Any]], name: str) -> None:
    published(HomeTab(linked=True, enrollments=held, name=name, notes=True))


def test_a_record_too_long_for_the_tab_says_so() -> None:
    held = [enrolled(f"CS{n}", "Winter", 1900 + n) for n in range(100)]
    blocks = published(HomeTab(linked=True, enrollments=held))
    assert "more: ask me" in read(blocks)
    one_term = [enrolled(f"CS{n}") for n in range(100)]
    assert "and 20 more" in read(published(HomeTab(linked=True, enrollments=one_term)))
