"""Whatever a student is refused, the reply says what to do next: in a sentence of its own, and with
buttons that a student could have typed.
"""

from __future__ import annotations

import string
from dataclasses import fields, is_dataclass

import pytest
from test_texts import _ELSEWHERE

from actions.skill_words import failure
from actions.texts import Texts
from knowledge import errors
from skills.errors import SkillError

TEXTS = Texts.read()
# Refusals that other responses tell, whose step is asked for at once (or stands in the response).
ASKED_AT_ONCE = {
    "unknown-course": "utter_did_you_mean",
    "not-signed-in": "utter_sign_in",
    "service-unavailable": "utter_down_axess",
    "service-misbehaved": "utter_down_axess",
}
WITHOUT_BUTTON = {"linked-section-invalid"}  # the question which one follows


def _everything(kind: type[errors.QuadError]) -> list[type[errors.QuadError]]:
    below = [deeper for each in kind.__subclasses__() for deeper in _everything(each)]
    return [*kind.__subclasses__(), *below]


MET = sorted(
    (
        kind
        for kind in _everything(errors.QuadError)
        if kind.__module__.startswith(errors.__name__) and kind.problem not in _ELSEWHERE
    ),
    key=lambda kind: kind.problem,
)


def _known(kind: type[errors.QuadError]) -> set[str]:
    own = {field.name for field in fields(kind)} if is_dataclass(kind) else set()
    return {*own, "code", "title", "problem"}


def _places(text: str) -> set[str]:
    return {place for _, place, _, _ in string.Formatter().parse(text) if place}


def test_students_can_meet_refusals() -> None:
    assert len(MET) > 20
    assert set(ASKED_AT_ONCE) <= {kind.problem for kind in _everything(errors.QuadError)}


@pytest.mark.parametrize("kind", MET, ids=lambda kind: kind.problem)
def test_every_refusal_names_a_next_step(kind: type[errors.QuadError]) -> None:
    name = f"utter_refused_{kind.problem.replace('-', '_')}"
    assert TEXTS.has(name)
    assert TEXTS.has(f"{name}_next")
    known = _known(kind)
    facts = {place: f"<{place}>" for place in known}
    told = TEXTS.render(f"{name}_next", 0, **facts)
    assert told.endswith((".", "?"))
    buttons = TEXTS.buttons(f"{name}_next", **facts)
    assert buttons or kind.problem in WITHOUT_BUTTON
    assert _places(TEXTS._responses[f"{name}_next"][0]) <= known
    assert all(len(said) < 80 and "{" not in said for said in buttons)


@pytest.mark.parametrize("name", sorted(ASKED_AT_ONCE.values()))
def test_what_is_told_otherwise_exists(name: str) -> None:
    assert TEXTS.has(name)


@pytest.mark.parametrize("kind", SkillError.__subclasses__(), ids=lambda kind: kind.slug)
def test_every_failure_of_a_skill_names_a_next_step(kind: type[SkillError]) -> None:
    facts = {field.name: "<fact>" for field in fields(kind)} if is_dataclass(kind) else {}
    text, buttons = failure(TEXTS, "Day or night", "day_night", kind.slug, {**facts, "given": 3})
    assert text.count(".") >= 2
    assert buttons[0] in ("run day_night", "run day_night on its sample")


@pytest.mark.parametrize("name", [name for name in TEXTS._responses if name.startswith("note_")])
def test_every_note_names_a_next_step(name: str) -> None:
    if name.startswith("note_part_") or name.endswith(("_next", "_left")):
        return
    facts = dict.fromkeys(_places(TEXTS._responses[f"{name}_next"][0]), "x")
    assert TEXTS.render(f"{name}_next", 0, **facts)
    assert TEXTS.buttons(f"{name}_next", code="CS229")
