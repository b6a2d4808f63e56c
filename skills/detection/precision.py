"""Average precision at an overlap of one half, and its mean over classes (mAP@.5).

All-point interpolation: the area under the precision's upper envelope over the recall (PASCAL VOC
from 2010 on).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from skills.detection.boxes import overlap
from skills.detection.detect import Found

HALF = 0.5
SMALL = 24 / 128  # longer side, as a share of the picture's, below which a thing is small
Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Tally:
    """What one class's boxes came to in one picture."""

    scores: Floats  # [found]
    right: NDArray[np.bool_]  # [found]
    true: int  # things that were there


def tally(
    found: Found, boxes: Tensor, kinds: Tensor, kind: int, largest: float = math.inf
) -> Tally:
    """Match one class's boxes to the true ones [things, 4]: surest first, each truth once.

    With `largest` only things up to that longer side count; boxes on larger things, and boxes on
    nothing that are larger themselves, are neither right nor wrong (as COCO does it).
    """
    truth = boxes[kinds == kind]
    counted = [_longer(box) <= largest for box in truth]
    taken: set[int] = set()
    scores, right = [], []
    for row in (found.kinds == kind).nonzero().flatten().tolist():  # surest first
        box = found.boxes[row]
        best = _match(box, truth, taken)
        if best is not None:
            taken.add(best)
        if counted[best] if best is not None else _longer(box) <= largest:
            scores.append(float(found.scores[row]))
            right.append(best is not None)
    return Tally(np.asarray(scores, dtype=float), np.asarray(right, dtype=bool), sum(counted))


def _match(box: Tensor, truth: Tensor, taken: set[int]) -> int | None:
    """The true box that overlaps most, if by a half and not yet taken."""
    if not len(truth):
        return None
    shares = overlap(box, truth)
    best = int(shares.argmax())
    return best if float(shares[best]) >= HALF and best not in taken else None


def _longer(box: Tensor) -> float:
    return float((box[2:] - box[:2]).max())


class Ranking:
    """One class's boxes over many pictures, surest first."""

    def __init__(self, tallies: Sequence[Tally]) -> None:
        scores = np.concatenate([each.scores for each in tallies])
        order = np.argsort(-scores, kind="stable")
        counts = [len(each.scores) for each in tallies]
        self._picture = np.repeat(np.arange(len(tallies)), counts)[order]
        self._right = np.concatenate([each.right for each in tallies])[order]
        self._true = np.asarray([each.true for each in tallies])

    def average_precision(self, times: NDArray[np.integer] | None = None) -> float:
        """Each picture counts `times` [pictures] (for a bootstrap); nan when nothing was there."""
        weights = np.ones(len(self._true), dtype=int) if times is None else times
        true = int((self._true * weights).sum())
        if not true:
            return math.nan
        weight = weights[self._picture]
        hits = np.cumsum(weight * self._right)
        precision = hits / np.maximum(1, np.cumsum(weight))
        envelope = np.maximum.accumulate(precision[::-1])[::-1]
        return float((envelope * weight * self._right).sum() / true)  # a hit adds 1/true of recall


def average_precision(tallies: Sequence[Tally]) -> float:
    """Of one class over many pictures."""
    return Ranking(tallies).average_precision()


def mean_precision(rankings: Sequence[Ranking], times: NDArray[np.integer] | None = None) -> float:
    """mAP@.5 over the classes that occur."""
    each = [ranking.average_precision(times) for ranking in rankings]
    known = [value for value in each if not math.isnan(value)]
    return sum(known) / len(known) if known else math.nan


def f1(tallies: Sequence[Tally], threshold: float) -> float:
    """The harmonic mean of precision and recall over all of them at a threshold."""
    said = sum(int((each.scores >= threshold).sum()) for each in tallies)
    right = sum(int(each.right[each.scores >= threshold].sum()) for each in tallies)
    return 2 * right / max(1, said + sum(each.true for each in tallies))


def best_threshold(tallies: Sequence[Tally]) -> float:
    """Of 0.05, 0.06 … 0.9 the one with the highest F1."""
    return max((step / 100 for step in range(5, 91)), key=lambda each: f1(tallies, each))


def tallies_of(
    found: Sequence[Found], truth: Sequence[tuple[Tensor, Tensor]], classes: int,
    largest: float = math.inf,
) -> list[list[Tally]]:  # fmt: skip
    """[classes][pictures], from what was found and the true (boxes, kinds) of each picture."""
    pairs = list(zip(found, truth, strict=True))
    return [
        [tally(each, boxes, kinds, kind, largest) for each, (boxes, kinds) in pairs]
        for kind in range(classes)
    ]


def sample_counts(rows: NDArray[np.integer], pictures: int) -> NDArray[np.integer]:
    """How often each picture was drawn."""
    return np.bincount(rows, minlength=pictures)


def truth_of(boxes: Floats, kinds: NDArray[np.integer]) -> tuple[Tensor, Tensor]:
    """As tensors."""
    return torch.from_numpy(boxes), torch.from_numpy(kinds)
