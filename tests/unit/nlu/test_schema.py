"""The label space of the contract."""

from __future__ import annotations

from nlu.schema import INTENTS, ROLE_SLOTS, ROLES, SLOTS, SPAN_LABELS, TAGS, split_label


def test_the_contract_s_labels() -> None:
    assert len(INTENTS) == len(set(INTENTS)) == 17
    assert len(SLOTS) == len(set(SLOTS)) == 16


def test_every_label_has_both_tags_and_o_comes_first() -> None:
    assert TAGS[0] == "O"
    assert set(TAGS[1:]) == {f"{prefix}-{label}" for prefix in "BI" for label in SPAN_LABELS}


def test_only_classes_take_roles() -> None:
    with_role = {label for label in SPAN_LABELS if ":" in label}
    assert with_role == {f"{slot}:{role}" for slot in ROLE_SLOTS for role in ROLES}


def test_labels_come_apart() -> None:
    assert split_label("code:drop") == ("code", "drop")
    assert split_label("quarter") == ("quarter", None)
