"""The loss of YOLO: what each term punishes, and what it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from skills.detection.loss import Cells, Lambdas, Terms, safe_root, terms

_PARTS = ("centre", "size", "confidence_object", "confidence_no_object", "classes")
_PIXEL = 2 / 128  # the lecture's error of two pixels


def _cells(size: float = 0.3, confidence: float = 1.0) -> Cells:
    """Two predictors; classes one-hot."""
    return Cells(
        torch.full((2, 2), 0.5),
        torch.full((2, 2), size),
        torch.full((2,), confidence),
        torch.tensor([[1.0, 0.0, 0.0]]).repeat(2, 1),
    )


def _values(found: Terms) -> dict[str, float]:
    return {name: float(getattr(found, name)) for name in _PARTS}


BOTH, NEITHER = torch.tensor([True, True]), torch.tensor([False, False])


def test_what_is_said_rightly_costs_nothing() -> None:
    assert set(_values(terms(_cells(), _cells(), BOTH, Lambdas())).values()) == {0.0}


def test_without_an_object_only_the_confidence_counts() -> None:
    said = Cells(torch.rand(2, 2), torch.rand(2, 2), torch.tensor([0.5, 0.2]), torch.rand(2, 3))
    found = _values(terms(said, _cells(confidence=0.0), NEITHER, Lambdas()))
    assert found.pop("confidence_no_object") == pytest.approx(0.29)
    assert set(found.values()) == {0.0}


def test_with_objects_everywhere_there_is_no_term_for_none() -> None:
    said = Cells(torch.rand(2, 2), torch.rand(2, 2), torch.rand(2), torch.rand(2, 3))
    found = _values(terms(said, _cells(), BOTH, Lambdas()))
    assert found.pop("confidence_no_object") == 0.0
    assert all(value > 0 for value in found.values())


@pytest.mark.parametrize(
    ("change", "term", "cost"),
    [
        ({"centre": torch.full((2, 2), 0.7)}, "centre", 4 * 0.04),
        ({"size": torch.full((2, 2), 0.4)}, "size", 4 * (0.4**0.5 - 0.3**0.5) ** 2),
        ({"confidence": torch.zeros(2)}, "confidence_object", 2.0),
        ({"classes": torch.tensor([[0.0, 1.0, 0.0]]).repeat(2, 1)}, "classes", 4.0),
    ],
)
def test_each_error_has_its_own_term(
    change: dict[str, torch.Tensor], term: str, cost: float
) -> None:
    found = _values(terms(replace(_cells(), **change), _cells(), BOTH, Lambdas()))
    assert found.pop(term) == pytest.approx(cost, rel=1e-3)
    assert set(found.values()) == {0.0}


@given(st.floats(0.03, 0.9), st.floats(0.03, 0.9))
def test_the_same_pixels_cost_more_on_the_smaller_box(one: float, other: float) -> None:
    small, large = sorted((one, other))
    if large - small < 0.01:
        large = small + 0.01

    def cost(size: float, roots: bool) -> float:
        said = _cells(size + _PIXEL)
        return float(terms(said, _cells(size), BOTH, Lambdas(roots=roots)).size)

    assert cost(small, True) > cost(large, True)
    assert cost(small, False) == pytest.approx(cost(large, False), rel=1e-3)


def test_slopes_are_finite_where_a_box_has_no_width() -> None:
    size = torch.zeros(2, 2, requires_grad=True)
    terms(replace(_cells(), size=size), _cells(), BOTH, Lambdas()).total(Lambdas()).backward()
    assert size.grad is not None
    assert bool(size.grad.isfinite().all())
    assert bool((size.grad < 0).all())  # it should grow
    assert float(safe_root(torch.tensor(0.0))) == 0.0


def test_the_papers_weights() -> None:
    ones = Terms(*(torch.tensor(1.0) for _ in _PARTS))
    assert float(ones.total(Lambdas())) == 5 + 5 + 1 + 0.5 + 1
