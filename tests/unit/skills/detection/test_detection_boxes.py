"""Overlaps, one box a thing, typical sizes, who is responsible."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from skills.detection.anchors import find_anchors, size_overlap
from skills.detection.boxes import centred, corners, overlap, suppress
from skills.detection.loss import Cells
from skills.detection.net import ANCHORS, GRID, Detector, boxes_of
from skills.detection.targets import assign

_BOX = st.tuples(*(st.floats(0, 0.5),) * 2, *(st.floats(0.01, 0.5),) * 2).map(
    lambda each: torch.tensor([each[0], each[1], each[0] + each[2], each[1] + each[3]])
)


def test_overlaps_by_hand() -> None:
    one = torch.tensor([0.0, 0.0, 2.0, 2.0])
    others = torch.tensor([[0.0, 0, 2, 2], [1, 1, 3, 3], [2, 2, 3, 3], [0, 0, 1, 2], [1, 1, 1, 1]])
    assert overlap(one, others).tolist() == pytest.approx([1, 1 / 7, 0, 0.5, 0])


@given(_BOX, _BOX)
def test_an_overlap_is_a_share_and_symmetric(one: torch.Tensor, other: torch.Tensor) -> None:
    share = float(overlap(one, other))
    assert 0 <= share <= 1 + 1e-5
    assert share == pytest.approx(float(overlap(other, one)), abs=1e-5)
    assert torch.allclose(corners(centred(one)), one, atol=1e-6)


def test_of_boxes_of_a_class_on_one_thing_the_surest_stays() -> None:
    boxes = torch.tensor([[0, 0, 1, 1], [0, 0, 1, 0.9], [0, 0, 1, 0.95], [0.5, 0.5, 1.5, 1.5]])
    scores, kinds = torch.tensor([0.5, 0.9, 0.7, 0.6]), torch.tensor([0, 0, 1, 0])
    assert suppress(boxes, scores, kinds, 0.5).tolist() == [1, 2, 3]
    assert suppress(boxes[:0], scores[:0], kinds[:0], 0.5).tolist() == []


def test_typical_sizes_of_two_heaps() -> None:
    chance = np.random.default_rng(0)
    heaps = [chance.normal(size, 0.01, (50, 2)) for size in ((0.1, 0.3), (0.6, 0.4))]
    anchors = find_anchors(np.concatenate(heaps), 2, 0)
    assert anchors == pytest.approx(np.array([[0.1, 0.3], [0.6, 0.4]]), abs=0.02)
    assert size_overlap(anchors, anchors).diagonal() == pytest.approx([1, 1])


def _said(size: float = 0.2) -> Cells:
    shape = (1, GRID, GRID, ANCHORS)
    sizes = torch.full((*shape, 2), 0.05)
    sizes[..., 2, :] = size
    return Cells(torch.full((*shape, 2), 0.5), sizes, torch.zeros(shape), torch.zeros(*shape, 3))


def test_the_cell_of_the_centre_and_the_best_box_are_responsible() -> None:
    box = torch.tensor([[[0.5, 0.25, 0.7, 0.45], [0.0, 0.0, 0.0, 0.0]]])
    true, responsible = assign(_said(), box, torch.tensor([[1, -1]]))
    assert responsible.nonzero().tolist() == [[0, 5, 9, 2]]  # 0.35 · 16 = 5.6, 0.6 · 16 = 9.6
    assert true.centre[0, 5, 9, 2].tolist() == pytest.approx([0.6, 0.6], abs=1e-5)
    assert true.size[0, 5, 9, 2].tolist() == pytest.approx([0.2, 0.2])
    assert true.classes[0, 5, 9, 2].tolist() == [0, 1, 0]
    share = float(overlap(boxes_of(_said())[0, 5, 9, 2], box[0, 0]))
    assert float(true.confidence[0, 5, 9, 2]) == pytest.approx(share)


def test_things_that_share_a_cell_have_predictors_of_their_own() -> None:
    boxes = torch.tensor([[0.5, 0.25, 0.7, 0.45]]).repeat(1, ANCHORS + 2, 1)
    _, responsible = assign(_said(), boxes, torch.zeros(1, ANCHORS + 2, dtype=torch.long))
    assert int(responsible.sum()) == int(responsible[0, 5, 9].sum()) == ANCHORS


def test_an_answer_has_the_shape_that_the_loss_needs() -> None:
    net = Detector(3).eval()
    cells = net.cells(net(torch.zeros(2, 3, 128, 128)))
    assert boxes_of(cells).shape == (2, GRID, GRID, ANCHORS, 4)
    assert cells.classes.sum(dim=-1).detach() == pytest.approx(torch.ones(2, GRID, GRID, ANCHORS))
