"""The detector: a picture goes through once, every cell of a 16 × 16 grid says what it holds."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from skills.detection.boxes import corners
from skills.detection.loss import Cells

SIZE = 128  # pixels of the picture that it looks at
GRID = 16  # cells a side
ANCHORS = 4  # predictors a cell
_STRETCH = 3.0  # a box is at most e³ times its anchor, and at least e⁻³ times


@dataclass(frozen=True)
class Layout:
    """How wide the network is, and whether the answer also sees finer cells."""

    widths: tuple[int, int, int, int] = (16, 32, 64, 96)  # at 64, 32, 16 and 8 cells a side
    passthrough: bool = False  # 32 × 32 cells go, four to one, into the answer (YOLO v2)


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

    def __init__(self, classes: int, layout: Layout | None = None) -> None:
        super().__init__()
        self.classes, self.layout = classes, layout or Layout()
        one, two, three, four = self.layout.widths
        self.fine = nn.Sequential(
            _conv(3, one, 2, kernel=5),  # [.., one, 64, 64]
            _conv(one, two, 2),  # [.., two, 32, 32]
            _Residual(two),
            _conv(two, three, 2),  # [.., three, 16, 16]
            _Residual(three),
        )
        self.coarse = nn.Sequential(
            _conv(three, four, 2),  # [.., four, 8, 8]
            _Residual(four),
            _Residual(four),
            _conv(four, three, 1, 1),
        )
        if self.layout.passthrough:
            self.close = nn.Sequential(nn.PixelUnshuffle(2), _conv(4 * two, three, 1, 1))
        self.join = nn.Sequential(_Residual(three), nn.Conv2d(three, ANCHORS * (5 + classes), 1))
        bias = self.join[1].bias
        if isinstance(bias, Tensor):
            with torch.no_grad():  # most predictors hold nothing: begin with a low confidence
                bias.view(ANCHORS, -1)[:, 4] = -2.5
        self.register_buffer("anchors", torch.full((ANCHORS, 2), 0.25))  # w, h in shares
        self.register_buffer("threshold", torch.tensor(0.5))  # chosen on the development scenes

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, 3, 128, 128] in 0..1 → raw answers [batch, 16, 16, anchors, 5 + classes]."""
        close = self.fine[:3](x * 2 - 1)  # [batch, two, 32, 32]
        fine = self.fine[3:](close)  # [batch, three, 16, 16]
        wide = nn.functional.interpolate(self.coarse(fine), scale_factor=2.0)
        seen = fine + wide + self.close(close) if self.layout.passthrough else fine + wide
        raw = self.join(seen)  # [batch, anchors·(5 + classes), 16, 16]
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
