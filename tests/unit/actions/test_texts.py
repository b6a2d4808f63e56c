"""Every text that the code names exists, and every problem has its sentence."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
import yaml

from actions.texts import DOMAIN, RepeatedText, Texts, UnknownText
from bot.dialogue.acts import Act
from knowledge import errors

ROOT = Path(__file__).parents[3]
TEXTS = Texts.read()
# Not refusals of the registrar: they are told in other words or never reach a student.
_ELSEWHERE = {
    "internal", "invalid-code", "invalid-suid", "invalid-prerequisite", "invalid-setting",
    "not-signed-in", "not-permitted", "unknown-course", "idempotency-key-reused",
    "idempotency-key-missing", "unknown-petition", "service-unavailable", "service-misbehaved",
    "stale-version", "fields-rejected", "key-taken", "still-referred", "unknown-term",
    "unknown-entry", "unknown-import", "not-undoable", "undo-conflict", "import-refused",
    "file-changed", "catalogue-moved",
    "service-busy",
    # Told on the page where the registrar's staff label utterances.
    "unknown-utterance", "not-given", "label-refused", "conversations-unreadable",
    "export-refused",
}  # fmt: skip


def test_every_named_response_exists() -> None:
    named = {
        name
        for path in (ROOT / "actions").glob("*.py")
        for name in re.findall(r'"(utter_[a-z_]+)"', path.read_text())
    }
    assert named
    assert sorted(name for name in named if not TEXTS.has(name)) == []


def test_every_act_is_in_the_domain() -> None:
    actions = {
        action
        for path in DOMAIN.glob("*.yml")
        for action in yaml.safe_load(path.read_text()).get("actions", [])
    }
    for act in Act:
        assert act == Act.LISTEN or act in actions or TEXTS.has(act)


def test_every_refusal_has_a_sentence_with_its_facts() -> None:
    for kind in errors.QuadError.__subclasses__():
        if kind.problem in _ELSEWHERE or not kind.__module__.startswith(errors.__name__):
            continue
        name = f"utter_refused_{kind.problem.replace('-', '_')}"
        assert TEXTS.has(name), name
        known = {*getattr(kind, "__dataclass_fields__", {}), "code", "title", "problem"}
        for variant in TEXTS._responses[name]:
            places = {field for _, field, _, _ in string.Formatter().parse(variant) if field}
            assert places <= known, name


def test_an_unknown_text_is_an_error() -> None:
    with pytest.raises(UnknownText):
        TEXTS.render("utter_nothing_of_the_kind", 0)


def test_wordings_take_turns() -> None:
    assert TEXTS.render("utter_greet", 0) != TEXTS.render("utter_greet", 1)


def test_a_response_in_two_files_is_refused(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yml").write_text("responses:\n  utter_and:\n  - text: and\n")
    with pytest.raises(RepeatedText, match=r"two\.yml: utter_and"):
        Texts.read(tmp_path)
