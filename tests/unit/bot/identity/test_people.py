"""Who a provider's claims speak for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identity.people import from_claims
from knowledge.errors import NotPermitted
from knowledge.model.students import Principal, Role

CLAIM = "quad_role"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("claims", "principal"),
    [
        ({"sub": "x", "suid": "5990001"}, Principal("05990001", Role.STUDENT)),
        ({"sub": "x", "suid": "05990001", CLAIM: "student"}, Principal("05990001", Role.STUDENT)),
        ({"sub": "ada", CLAIM: "admin"}, Principal("ada", Role.ADMIN)),
        ({"sub": "ada", "suid": "05990001", CLAIM: "admin"}, Principal("ada", Role.ADMIN)),
        ({"sub": "rae", CLAIM: ["faculty", "rater"]}, Principal("rae", Role.RATER)),
        ({"sub": "x", "suid": "05990001", CLAIM: ["alumni"]}, Principal("05990001", Role.STUDENT)),
    ],
)
def test_people_of_ours(claims: dict[str, Any], principal: Principal) -> None:
    assert from_claims(claims, CLAIM).principal == principal


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"sub": "x"},
        {"sub": "x", "suid": 5990001},
        {"sub": "x", "suid": "599000"},
        {"sub": "x", "suid": "٠٥٩٩٠٠٠١"},
        {"sub": "x", "suid": ["05990001"]},
        {"sub": "x", "suid": "05990001", CLAIM: "service"},
        {"sub": "x", "suid": "05990001", CLAIM: "anonymous"},
        {"sub": "x", "suid": "05990001", CLAIM: "Admin"},
        {"sub": "x", "suid": "05990001", CLAIM: ""},
        {"sub": "x", "suid": "05990001", CLAIM: {"admin": True}},
        {"sub": "x", "suid": "05990001", CLAIM: ["admin", 1]},
        {"sub": "x", "suid": "05990001", CLAIM: True},
        {CLAIM: "admin"},
        {"sub": "", CLAIM: "admin"},
        {"sub": "a b", CLAIM: "admin"},
        {"sub": "a\nb", CLAIM: "admin"},
        {"sub": "x" * 81, CLAIM: "admin"},
        {"sub": 7, CLAIM: "admin"},
    ],
)
def test_others_are_refused(claims: dict[str, Any]) -> None:
    with pytest.raises(NotPermitted):
        from_claims(claims, CLAIM)


@given(claims=st.dictionaries(st.sampled_from(["sub", "suid", "name", CLAIM]), JSON))
def test_whatever_is_claimed_only_the_claim_makes_staff(claims: dict[str, Any]) -> None:
    try:
        person = from_claims(claims, CLAIM)
    except NotPermitted:
        return
    role = person.principal.role
    said = claims.get(CLAIM)
    if role is not Role.STUDENT:
        assert role.value == said or role.value in said
    else:
        assert person.suid is not None
        assert len(person.suid) == 8
    assert person.name.isprintable()
