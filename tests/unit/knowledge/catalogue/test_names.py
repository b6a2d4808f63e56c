"""Instructors' names as typed."""

from __future__ import annotations

import pytest

from knowledge.catalogue.names import NameIndex

_INDEX = NameIndex.of({"Paloma Szarkowski": 0, "Lars Holloway": 1, "Keiko Holloway": 2})


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("Prof. Szarkowski", {0}),
        ("professor Szarkowsky", {0}),
        ("szarkowski's", {0}),
        ("Dr Holloway", {1, 2}),
        ("lars holloway", {1}),
        ("Lars Holoway", {1}),
        ("Nobody", set()),
        ("", set()),
        ("prof.", set()),
    ],
)
def test_titles_cases_and_slips_are_forgiven(typed: str, numbers: set[int]) -> None:
    assert _INDEX.find(typed) == numbers
    assert _INDEX.find(typed) == numbers  # the second time from memory
