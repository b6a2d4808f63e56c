"""The form for enrolling: within limits, prefilled, and every answer a sentence or an error."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_limits import check

from bot.channels.slack.blocks import (
    ENROLL,
    MetadataTooLong,
    ModalRefused,
    Prefilled,
    enroll_modal,
    modal_said,
)

TERMS = (("Winter", 2019), ("Spring", 2019))
FIELDS = ("code", "term", "units", "grading")


def filled(**given: Any) -> dict[str, Any]:
    """A view as Slack sends it back: typed values as strings, chosen ones as options."""
    values: dict[str, Any] = {}
    for name in FIELDS:
        value = given.get(name)
        if name in ("term", "grading"):
            option = {"text": {"type": "plain_text", "text": "?"}, "value": value}
            state = {"type": "static_select", "selected_option": option if value else None}
        else:
            state = {"type": "plain_text_input", "value": value}
        values[name] = {"value": state}
    return {"callback_id": ENROLL, "state": {"values": values}}


def opened(prefilled: Prefilled, private: str = "{}") -> dict[str, Any]:
    view = enroll_modal(private, prefilled)
    check("views.open", {"trigger_id": "1.2.abc", "view": view})
    return view


def test_what_is_known_stands_in_the_form() -> None:
    known = Prefilled(TERMS, code="CS106A", term=("Spring", 2019), units=4, grading="credit")
    view = opened(known, private="kept")
    code, term, units, grading = (block["element"] for block in view["blocks"])
    assert (code["initial_value"], units["initial_value"]) == ("CS106A", "4")
    assert term["initial_option"]["value"] == "Spring 2019"
    assert [option["value"] for option in term["options"]] == ["Winter 2019", "Spring 2019"]
    assert grading["initial_option"]["value"] == "credit"
    assert view["private_metadata"] == "kept"
    assert [block["block_id"] for block in view["blocks"]] == list(FIELDS)


def test_with_no_term_open_there_is_nothing_to_send() -> None:
    view = opened(Prefilled())
    assert "submit" not in view
    assert "open for enrollment" in view["blocks"][0]["text"]["text"]


@given(
    st.builds(
        Prefilled,
        terms=st.lists(st.tuples(st.sampled_from(("Autumn", "Winter")), st.integers(1000, 9999)),
                       max_size=150, unique=True).map(tuple),
        code=st.text(max_size=60),
        term=st.none() | st.tuples(st.text(max_size=9), st.integers()),
        units=st.none() | st.integers(),
        grading=st.text(max_size=20),
    )
)  # fmt: skip
def test_whatever_is_prefilled_the_form_opens(prefilled: Prefilled) -> None:
    opened(prefilled)


def test_more_than_slack_keeps_is_an_error() -> None:
    opened(Prefilled(TERMS), private="x" * 3000)
    with pytest.raises(MetadataTooLong) as error:
        enroll_modal("x" * 3001, Prefilled(TERMS))
    assert error.value.letters == 3001


@pytest.mark.parametrize(
    ("given_values", "sentence"),
    [
        ({"code": "cs 106 a", "term": "Winter 2019"}, "enroll me in CS106A for Winter 2019"),
        (
            {"code": "MS&E 120", "term": "Spring 2019", "units": "1", "grading": "letter"},
            "enroll me in MS&E120 for Spring 2019 for 1 unit for a letter grade",
        ),
        (
            {"code": "CS106A", "term": "Winter 2019", "units": "04", "grading": "satisfactory"},
            "enroll me in CS106A for Winter 2019 for 4 units satisfactory/no credit",
        ),
    ],
)
def test_a_sent_form_is_one_sentence(given_values: dict[str, str], sentence: str) -> None:
    assert modal_said(filled(**given_values)) == sentence


@pytest.mark.parametrize(
    ("given_values", "refused"),
    [
        ({}, {"code", "term"}),
        ({"code": "CS", "term": "Winter 2019"}, {"code"}),
        ({"code": "CS106A and CS106B", "term": "Winter 2019"}, {"code"}),
        ({"code": "CS106A", "term": "Someday"}, {"term"}),
        ({"code": "CS106A", "term": "Winter 2019", "units": "0"}, {"units"}),
        ({"code": "CS106A", "term": "Winter 2019", "units": "three"}, {"units"}),
        ({"code": "CS106A", "term": "Winter 2019", "units": "4.5"}, {"units"}),
        ({"code": "CS106A", "term": "Winter 2019", "grading": "gold"}, {"grading"}),
        ({"code": "?", "term": "?", "units": "?", "grading": "?"}, set(FIELDS)),
    ],
)
def test_each_wrong_field_has_its_error(given_values: dict[str, str], refused: set[str]) -> None:
    with pytest.raises(ModalRefused) as error:
        modal_said(filled(**given_values))
    assert set(error.value.errors) == refused
    assert all(error.value.errors.values())


SLACKS = st.none() | st.text(max_size=30)


@given(SLACKS, SLACKS, SLACKS, SLACKS)
def test_anything_typed_is_a_sentence_or_errors_by_field(
    code: str | None, term: str | None, units: str | None, grading: str | None
) -> None:
    assert outcome(filled(code=code, term=term, units=units, grading=grading)) <= set(FIELDS)


def outcome(view: dict[str, Any]) -> set[str]:
    """The fields that are refused; none for a sentence."""
    try:
        said = modal_said(view)
    except ModalRefused as error:
        return set(error.errors)
    return set() if said.startswith("enroll me in ") else {said}


def test_a_view_without_values_is_refused_by_field() -> None:
    with pytest.raises(ModalRefused):
        modal_said({"callback_id": ENROLL})
