"""Who answers for what: the cell that holds a thing's centre, there the box that overlaps most."""

from __future__ import annotations

import torch
from torch import Tensor

from skills.detection.boxes import centred, overlap
from skills.detection.loss import Cells
from skills.detection.net import GRID, boxes_of


def assign(said: Cells, boxes: Tensor, kinds: Tensor) -> tuple[Cells, Tensor]:
    """The truth in the shape of what was said, and the responsible predictors (1_obj).

    `boxes`: [batch, most, 4] corners, `kinds`: [batch, most], −1 where there is no thing. Of a
    cell's predictors the one whose box overlaps the thing's most is responsible; where two things
    share a cell, the second takes the best of those left, or is let go. Ĉ is the overlap (paper).
    """
    guesses = boxes_of(said).detach()  # [batch, grid, grid, anchors, 4]
    responsible = torch.zeros_like(said.confidence, dtype=torch.bool)
    true = Cells(*(torch.zeros_like(part) for part in
                   (said.centre, said.size, said.confidence, said.classes)))  # fmt: skip
    for slot in range(boxes.shape[1]):
        who = (kinds[:, slot] >= 0).nonzero().squeeze(1)
        if not len(who):
            continue
        box, kind = boxes[who, slot], kinds[who, slot]
        middle, size = centred(box).split(2, dim=-1)
        place = (middle * GRID).long().clamp(0, GRID - 1)
        column, row = place[:, 0], place[:, 1]
        shares = overlap(guesses[who, row, column], box[:, None])  # [things, anchors]
        best = shares.masked_fill(responsible[who, row, column], -1).max(dim=1)
        free = best.values >= 0
        at = (who[free], row[free], column[free], best.indices[free])
        responsible[at] = True
        true.centre[at] = (middle * GRID - place)[free]
        true.size[at] = size[free]
        true.confidence[at] = best.values[free]
        true.classes[(*at, kind[free])] = 1.0
    return true, responsible
