"""Every refusal the business knows crosses HTTP and comes out as the same fact."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import errors
from knowledge.clients.http import Service, revive
from knowledge.errors import QuadError, ServiceMisbehaved, by_problem
from knowledge.mocks.problems import document

_VALUES: dict[str, Any] = {
    "str": "CS106A",
    "int": 12345,
    "bool": True,
    "list[int]": [1, 2],
    "list[str]": ["undergraduate"],
    "list[dict[str, Any]]": [{"row": 2, "column": "capacity"}],
    "dict[str, Any]": {"capacity": 20},
}
_ALL = sorted(
    (kind for kind in QuadError.__subclasses__() if kind.__module__.startswith(errors.__name__)),
    key=lambda kind: kind.problem,
)
# These name the client's own trouble and are told by statuses 502 and 503, which mean "again".
_REFUSALS = [kind for kind in _ALL if kind.status not in (502, 503)]


def _example(kind: type[QuadError]) -> QuadError:
    return kind(**{field.name: _VALUES[str(field.type)] for field in fields(kind)})  # type: ignore[arg-type]


async def _cross(body: Any, status: int) -> QuadError:
    transport = httpx.MockTransport(lambda request: httpx.Response(status, json=body))
    async with httpx.AsyncClient(transport=transport) as shared:
        with pytest.raises(QuadError) as told:
            await Service("axess", "http://test", shared).call("GET", "/x")
    return told.value


@pytest.mark.parametrize("kind", _REFUSALS, ids=lambda kind: kind.problem)
async def test_a_refusal_comes_out_as_it_went_in(kind: type[QuadError]) -> None:
    refusal = _example(kind)
    told = await _cross(json.loads(json.dumps(document(refusal))), kind.status)
    assert type(told) is kind
    assert told.data() == refusal.data()


def test_slugs_are_unique_and_lead_back() -> None:
    slugs = [kind.problem for kind in _ALL]
    assert len(set(slugs)) == len(slugs) >= 25
    assert all(by_problem(kind.problem) is kind for kind in _ALL)
    assert by_problem("") is None
    assert by_problem("never-heard-of") is None


@pytest.mark.parametrize("kind", _ALL, ids=lambda kind: kind.problem)
def test_a_document_has_the_standard_members(kind: type[QuadError]) -> None:
    body = document(_example(kind))
    assert body["type"] == f"https://quad.example/problems/{kind.problem}"
    assert body["status"] == kind.status
    assert 400 <= body["status"] < 600
    assert body["title"]
    assert body["detail"].endswith(".")


@pytest.mark.parametrize("kind", _REFUSALS, ids=lambda kind: kind.problem)
async def test_a_document_that_lacks_a_fact_is_misbehaviour(kind: type[QuadError]) -> None:
    needed = [field.name for field in fields(kind) if kind is not errors.NotSignedIn]  # type: ignore[arg-type]
    for name in needed:
        body = {key: value for key, value in document(_example(kind)).items() if key != name}
        assert isinstance(await _cross(body, kind.status), ServiceMisbehaved)


async def test_further_members_are_ignored() -> None:
    body = {**document(errors.SectionFull(7, "CS106A", True, 3)), "seen": ["by", "nobody"]}
    told = await _cross(body, 409)
    assert isinstance(told, errors.SectionFull)
    assert (told.class_id, told.waitlist_open, told.waitlist_length) == (7, True, 3)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["code", "class_id", "missing", "type"]), _json))
def test_reviving_never_fails_otherwise(body: dict[str, Any]) -> None:
    revived = revive(errors.PrerequisiteMissing, body)
    assert (revived is not None) == ({"code", "missing"} <= set(body))
