"""The detector: a picture goes through once, every cell of a 16 × 16 grid says what it holds."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from skills.detection.boxes import corners
from skills.detection.loss import Cells

SIZE = 128  # pixels of the picture that it looks at
GRID = 16  # cells a side
ANCHORS = 4  # predictors a cell
_STRETCH = 3.0  # a box is at most e³ times its anchor, and at least e⁻³ times


class _Residual(nn.Module):
    """x + two convolutions of it (He et al. 2016)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.body = nn.Sequential(_conv(width, width), _conv(width, width))

    def forward(self, x: Tensor) -> Tensor:
        """[batch, width, h, w] → the same shape."""
        out: Tensor = x + self.body(x)
        return out


class Detector(nn.Module):
    """Residual blocks down to 8 × 8 cells for the context, back up to 16 × 16 for the answer."""

    anchors: Tensor  # [anchors, 2] typical widths and heights, shares of the picture
    threshold: Tensor  # the score from which on a box is shown

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.classes = classes
        self.fine = nn.Sequential(
            _conv(3, 16, 2, kernel=5),  # [.., 16, 64, 64]
            _conv(16, 32, 2),  # [.., 32, 32, 32]
            _Residual(32),
            _conv(32, 64, 2),  # [.., 64, 16, 16]
            _Residual(64),
        )
        self.coarse = nn.Sequential(
            _conv(64, 96, 2),  # [.., 96, 8, 8]
            _Residual(96),
            _Residual(96),
            _conv(96, 64, 1, 1),
        )
        self.join = nn.Sequential(_Residual(64), nn.Conv2d(64, ANCHORS * (5 + classes), 1))
        bias = self.join[1].bias
        if isinstance(bias, Tensor):
            with torch.no_grad():  # most predictors hold nothing: begin with a low confidence
                bias.view(ANCHORS, -1)[:, 4] = -2.5
        self.register_buffer("anchors", torch.full((ANCHORS, 2), 0.25))  # w, h in shares
        self.register_buffer("threshold", torch.tensor(0.5))  # chosen on the development scenes

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, 3, 128, 128] in 0..1 → raw answers [batch, 16, 16, anchors, 5 + classes]."""
        fine = self.fine(x * 2 - 1)  # [batch, 64, 16, 16]
        wide = nn.functional.interpolate(self.coarse(fine), scale_factor=2.0)
        raw = self.join(fine + wide)  # [batch, anchors·(5 + classes), 16, 16]
        shaped = raw.view(len(x), ANCHORS, 5 + self.classes, GRID, GRID)
        answer: Tensor = shaped.permute(0, 3, 4, 1, 2)
        return answer

    def cells(self, raw: Tensor) -> Cells:
        """The raw answers as centres in the cell, sizes, confidences and class shares."""
        return Cells(
            centre=torch.sigmoid(raw[..., :2]),
            size=self.anchors * raw[..., 2:4].clamp(-_STRETCH, _STRETCH).exp(),
            confidence=torch.sigmoid(raw[..., 4]),
            classes=torch.softmax(raw[..., 5:], dim=-1),
        )


def boxes_of(cells: Cells) -> Tensor:
    """Corner boxes [batch, 16, 16, anchors, 4] in shares of the picture."""
    step = torch.arange(GRID, dtype=cells.centre.dtype, device=cells.centre.device)
    rows, columns = torch.meshgrid(step, step, indexing="ij")
    places = torch.stack([columns, rows], dim=-1)[None, :, :, None]  # [1, 16, 16, 1, 2]
    return corners(torch.cat([(cells.centre + places) / GRID, cells.size], dim=-1))


def _conv(into: int, out: int, stride: int = 1, kernel: int = 3) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(into, out, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(out),
        nn.LeakyReLU(0.1),
    )
