"""Edits of a prerequisite tree: always in normal form, and the same tree when read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import InvalidPrerequisite
from knowledge.model import prerequisite_edits as edits
from knowledge.model.codes import CourseCode
from knowledge.model.prerequisites import Both, Consent, Either, Prerequisite, Requires, parse

A, B, C = (Requires(CourseCode("CS", number)) for number in (1, 2, 3))
LEAVES = st.builds(
    Requires, st.builds(CourseCode, st.sampled_from(["CS", "MATH"]), st.integers(1, 99)),
    st.booleans(),
) | st.just(Consent())  # fmt: skip
TREES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda kind, parts: kind(tuple(parts)),
        st.sampled_from([Both, Either]),
        st.lists(inner, min_size=2, max_size=4),
    ),
    max_leaves=10,
).map(edits.normal)


def _paths(tree: Prerequisite, path: edits.Path = ()) -> list[edits.Path]:
    parts = tree.parts if isinstance(tree, Both | Either) else ()
    below = [p for at, part in enumerate(parts) for p in _paths(part, (*path, at))]
    return [path, *below]


def test_a_leaf_joins_its_group_or_makes_a_new_one() -> None:
    assert edits.join(None, (), edits.Join.AND, A) == A
    assert edits.join(A, (), edits.Join.AND, B) == Both((A, B))
    assert edits.join(Both((A, B)), (), edits.Join.AND, C) == Both((A, B, C))
    assert edits.join(Both((A, B)), (1,), edits.Join.OR, C) == Both((A, Either((B, C))))


def test_removing_leaves_no_group_of_one() -> None:
    assert edits.remove(Both((A, Either((B, C)))), (1, 0)) == Both((A, C))
    assert edits.remove(Both((A, B)), (0,)) == B
    assert edits.remove(A, ()) is None


def test_turning_a_group_merges_it_with_its_like() -> None:
    assert edits.turn(Both((A, Either((B, C)))), (1,)) == Both((A, B, C))
    assert edits.turn(A, ()) == A
    assert edits.toggle_concurrent(Both((A, B)), (0,)) == Both((Requires(A.code, True), B))


@pytest.mark.parametrize("path", [(0,), (5,), (-1,), (0, 0)])
def test_a_path_that_leads_nowhere_is_told(path: edits.Path) -> None:
    with pytest.raises(LookupError):
        edits.remove(A, path)


@given(TREES, LEAVES, st.sampled_from(edits.Join), st.data())
def test_every_edit_can_be_written_down_and_read_again(
    tree: Prerequisite, leaf: Requires | Consent, how: edits.Join, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(_paths(tree)))
    edited = [
        edits.join(tree, path, how, leaf),
        edits.remove(tree, path),
        edits.turn(tree, path),
        edits.toggle_concurrent(tree, path),
    ]
    for each in edited:
        assert each is None or parse(str(each)) == each


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("CS106A and and CS1", 11),
        ("CS106A or (CS1", 14),
        ("CS106A ??", 7),
        ("", 0),
        ("(CS1 or CS2) and CS3 )", 21),
        ("(" * 5000, 40),
    ],
)
def test_a_fault_is_told_where_it_stands(text: str, position: int) -> None:
    with pytest.raises(InvalidPrerequisite) as fault:
        parse(text)
    assert fault.value.position == position
