"""The form for enrolling, and what it says to the bot when it is sent.

The form only gathers: course, quarter, units and grading become one sentence, which goes the way
of every other message, with every check and refusal of the conversation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.slack.blocks import limits
from bot.channels.slack.blocks.elements import Block, menu, option, plain, sections
from bot.channels.slack.blocks.words import word
from knowledge.errors import InvalidCode
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Grading
from knowledge.model.terms import Quarter

ENROLL = "enroll"  # the form's callback id
_VALUE = "value"  # the action id of every field: its block names it
_LEAST_UNITS, _MOST_UNITS = 1, 25
_CODE_LETTERS = 20
# As the bot understands them behind "for 4 units".
_SPOKEN = {
    Grading.LETTER: "for a letter grade",
    Grading.CREDIT: "credit/no credit",
    Grading.SATISFACTORY: "satisfactory/no credit",
}


@dataclass(eq=False)
class ModalRefused(Exception):
    """A form that cannot be sent so; `errors`: field (block id) → what is wrong with it."""

    errors: dict[str, str]


@dataclass(eq=False)
class MetadataTooLong(ValueError):
    """What the door wants to keep in a form is longer than Slack keeps."""

    letters: int


@dataclass(frozen=True)
class Prefilled:
    """What is known before the form opens; `terms` are those open for enrollment, in order."""

    terms: tuple[tuple[str, int], ...] = ()  # ("Winter", 2019), …
    code: str = ""
    term: tuple[str, int] | None = None
    units: int | None = None
    grading: str = ""


def enroll_modal(private: str, prefilled: Prefilled) -> dict[str, Any]:
    """The form; `private` comes back with it. Raise MetadataTooLong."""
    if limits.size(private) > limits.METADATA:
        raise MetadataTooLong(limits.size(private))
    view: dict[str, Any] = {
        "type": "modal",
        "callback_id": ENROLL,
        "private_metadata": private,
        "title": plain(word("enroll_head"), limits.VIEW_TITLE),
        "close": plain(word("enroll_close"), limits.VIEW_TITLE),
    }
    if not prefilled.terms:
        return {**view, "blocks": sections(word("no_term_open"))}
    submit = plain(word("enroll_submit"), limits.VIEW_TITLE)
    fields = [_code(prefilled), _term(prefilled), _units(prefilled), _grading(prefilled)]
    return {**view, "submit": submit, "blocks": fields}


def modal_said(view: Mapping[str, Any]) -> str:
    """The sentence that a sent form says to the bot; raise ModalRefused."""
    values = (view.get("state") or {}).get("values") or {}
    errors: dict[str, str] = {}
    code, term = _read_code(values, errors), _read_term(values, errors)
    units, grading = _read_units(values, errors), _read_grading(values, errors)
    if errors:
        raise ModalRefused(errors)
    return " ".join(part for part in (f"enroll me in {code} for {term}", units, grading) if part)


def _code(prefilled: Prefilled) -> Block:
    element = {
        "type": "plain_text_input",
        "action_id": _VALUE,
        "max_length": _CODE_LETTERS,
        "placeholder": plain(word("code_placeholder"), limits.PLACEHOLDER),
    }
    if prefilled.code and limits.size(prefilled.code) <= _CODE_LETTERS:
        element["initial_value"] = prefilled.code
    return _input("code", element, hint=word("code_hint"))


def _term(prefilled: Prefilled) -> Block:
    lines = {term: _plain_option(f"{term[0]} {term[1]}") for term in prefilled.terms}
    options = list(lines.values())[: limits.OPTIONS]
    initial = lines.get(prefilled.term) if prefilled.term else None
    initial = initial if initial in options else None
    return _input("term", menu(word("term_placeholder"), _VALUE, options, initial))


def _units(prefilled: Prefilled) -> Block:
    element: Block = {
        "type": "number_input",
        "action_id": _VALUE,
        "is_decimal_allowed": False,
        "min_value": str(_LEAST_UNITS),
        "max_value": str(_MOST_UNITS),
    }
    if prefilled.units and _LEAST_UNITS <= prefilled.units <= _MOST_UNITS:
        element["initial_value"] = str(prefilled.units)
    return _input("units", element, hint=word("units_hint"), optional=True)


def _grading(prefilled: Prefilled) -> Block:
    options = {basis: option(word(f"grading_{basis}"), basis.value) for basis in Grading}
    initial = next((o for basis, o in options.items() if basis == prefilled.grading), None)
    element = menu(word("grading_placeholder"), _VALUE, list(options.values()), initial)
    return _input("grading", element, optional=True)


def _input(name: str, element: Block, hint: str = "", *, optional: bool = False) -> Block:
    below = {"hint": plain(hint, limits.LABEL)} if hint else {}
    label = plain(word(f"{name}_label"), limits.LABEL)
    return {
        "type": "input",
        "block_id": name,
        "label": label,
        "element": element,
        "optional": optional,
        **below,
    }


def _plain_option(text: str) -> Block:
    return option(text, text)


def _given(values: Mapping[str, Any], name: str) -> str:
    """What a field holds: typed, or chosen."""
    state = (values.get(name) or {}).get(_VALUE) or {}
    chosen = state.get("selected_option") or {}
    return str(state.get("value") or chosen.get("value") or "").strip()


def _read_code(values: Mapping[str, Any], errors: dict[str, str]) -> str:
    try:
        return str(CourseCode.parse(_given(values, "code")))
    except InvalidCode:
        errors["code"] = word("code_refused")
        return ""


def _read_term(values: Mapping[str, Any], errors: dict[str, str]) -> str:
    quarter, _, year = _given(values, "term").partition(" ")
    if quarter not in set(Quarter) or re.fullmatch(r"[0-9]{4}", year) is None:
        errors["term"] = word("term_refused")
    return f"{quarter} {year}"


def _read_units(values: Mapping[str, Any], errors: dict[str, str]) -> str:
    given = _given(values, "units")
    if not given:
        return ""
    number = int(given) if re.fullmatch(r"[0-9]{1,3}", given) else 0
    if not _LEAST_UNITS <= number <= _MOST_UNITS:
        errors["units"] = word("units_refused", least=_LEAST_UNITS, most=_MOST_UNITS)
    return f"for {number} unit" if number == 1 else f"for {number} units"


def _read_grading(values: Mapping[str, Any], errors: dict[str, str]) -> str:
    given = _given(values, "grading")
    if given and given not in set(Grading):
        errors["grading"] = word("grading_refused")
    return _SPOKEN[Grading(given)] if given in set(Grading) else ""
