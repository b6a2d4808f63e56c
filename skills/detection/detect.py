"""From a picture of any size to named boxes, in one look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from skills.detection.boxes import suppress
from skills.detection.net import SIZE, Detector, boxes_of

_FAINT = 0.02  # what is less sure is not even listed
_SAME = 0.45  # overlap above which two boxes of a class are one thing
_MOST = 60  # boxes a picture
_GREY = (127, 127, 127)


@dataclass(frozen=True)
class Found:
    """What was found in a picture, surest first."""

    boxes: Tensor  # [found, 4] left, top, right, bottom in shares of the picture
    scores: Tensor  # [found]
    kinds: Tensor  # [found]

    def above(self, threshold: float) -> Found:
        """Only what is as sure as that."""
        keep = self.scores >= threshold
        return Found(self.boxes[keep], self.scores[keep], self.kinds[keep])


@torch.no_grad()
def detect(net: Detector, pictures: Tensor) -> list[Found]:
    """`pictures`: [n, 3, 128, 128] uint8. Score: confidence times the class's share."""
    answers = []
    for batch in pictures.split(64):
        cells = net.cells(net(batch.float() / 255))
        boxes = boxes_of(cells).flatten(1, 3).clamp(0, 1)  # [batch, predictors, 4]
        shares, kinds = cells.classes.flatten(1, 3).max(dim=2)
        scores = cells.confidence.flatten(1) * shares
        answers += [_found(*each) for each in zip(boxes, scores, kinds, strict=True)]
    return answers


def _found(boxes: Tensor, scores: Tensor, kinds: Tensor) -> Found:
    top = scores.topk(min(_MOST, len(scores)))
    rows = top.indices[top.values >= _FAINT]
    if not len(rows):
        rows = top.indices[:1]  # the best guess, however faint
    rows = rows[suppress(boxes[rows], scores[rows], kinds[rows], _SAME)]
    return Found(boxes[rows], scores[rows], kinds[rows])


@dataclass(frozen=True)
class Letterboxed:
    """A picture of any shape in a grey square, and how to come back."""

    pixels: Tensor  # [3, 128, 128] uint8
    shift: tuple[float, float]  # of the picture in the square, in shares of it
    share: tuple[float, float]  # of the square that the picture fills, across and down

    def back(self, boxes: Tensor) -> Tensor:
        """Boxes of the square as shares of the picture itself."""
        shift, share = torch.tensor(self.shift * 2), torch.tensor(self.share * 2)
        return ((boxes - shift) / share).clamp(0, 1)

    def into(self, boxes: Tensor) -> Tensor:
        """Boxes of the picture as shares of the square."""
        return boxes * torch.tensor(self.share * 2) + torch.tensor(self.shift * 2)


def letterbox(image: Image.Image) -> Letterboxed:
    """The whole picture, its shape kept."""
    scale = SIZE / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    left, top = (SIZE - size[0]) // 2, (SIZE - size[1]) // 2
    square = Image.new("RGB", (SIZE, SIZE), _GREY)
    square.paste(image.convert("RGB").resize(size, Image.Resampling.BOX), (left, top))
    pixels = torch.from_numpy(np.asarray(square).transpose(2, 0, 1).copy())
    return Letterboxed(pixels, (left / SIZE, top / SIZE), (size[0] / SIZE, size[1] / SIZE))


def batch_of(pictures: Sequence[Letterboxed]) -> Tensor:
    """[n, 3, 128, 128] uint8."""
    return torch.stack([each.pixels for each in pictures])
