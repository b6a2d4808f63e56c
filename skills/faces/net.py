"""The encoder: Gabor energies of a face, then one learnt layer to 128 numbers on the unit sphere.

Deeper nets learnt from these thirty people were worse (see the card): with so little data a layer
that is designed beats nine that are learnt, "hand-engineering" in the lecture's words.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from skills.faces.gabor import Bank, energies, filters
from skills.faces.whitening import Projection
from skills.kit import weights

HEIGHT, WIDTH = 56, 46  # of a crop in pixels: ORL's own shape, halved
NUMBERS = 128  # of an encoding (FaceNet's)
NAME = "face_verification"  # of the folder of weights
_OVAL, _SHARP = 1.05, 12.0  # half axes in half pictures; how fast it fades


class Encoder(nn.Module):
    """Enc(x) of the lecture; ‖Enc(x)‖ = 1."""

    waves: Tensor
    shown: Tensor

    def __init__(self, bank: Bank | None = None) -> None:
        super().__init__()
        self.bank = bank or Bank()
        self.register_buffer("waves", filters(self.bank), persistent=False)  # fixed
        self.register_buffer("shown", oval(), persistent=False)
        self.last = nn.Linear(self.bank.numbers, NUMBERS)

    def features(self, x: Tensor) -> Tensor:
        """x: [batch, 1, 56, 46] in 0..1 → energies [batch, numbers of the bank]."""
        return energies(even_light(x, self.shown), self.waves, self.bank).flatten(1)

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, 1, 56, 46] in 0..1 → encodings [batch, 128] of length 1."""
        return self.project(self.features(x))

    def project(self, features: Tensor) -> Tensor:
        """The learnt part: energies [batch, numbers] → encodings [batch, 128] of length 1."""
        return nn.functional.normalize(self.last(features), dim=1)

    @torch.no_grad()
    def start_from(self, projection: Projection) -> None:
        """Make the last layer that projection (which may have fewer numbers than 128)."""
        self.last.weight.zero_()
        self.last.bias.zero_()
        numbers = projection.matrix.shape[1]
        self.last.weight[:numbers] = projection.matrix.T
        self.last.bias[:numbers] = -(projection.mean @ projection.matrix)


def oval(height: int = HEIGHT, width: int = WIDTH) -> Tensor:
    """1 in an oval that touches the borders, 0 in the corners, soft between; [height, width]."""
    down = torch.linspace(-1, 1, height)[:, None]
    across = torch.linspace(-1, 1, width)[None]
    return torch.sigmoid(_SHARP * (1 - (down**2 + across**2).sqrt() / _OVAL))


def even_light(x: Tensor, shown: Tensor) -> Tensor:
    """Each face at mean 0 and deviation 1 within `shown`, and 0 outside it.

    Brightness and contrast no longer count, nor what is behind the head.
    x: [batch, 1, height, width]; shown: [height, width], 0 to 1.
    """
    share = shown / shown.sum()
    centred = x - (x * share).sum((2, 3), keepdim=True)
    spread = (centred.square() * share).sum((2, 3), keepdim=True).sqrt()
    return centred / (spread + 1e-3) * shown


@torch.no_grad()
def encode(net: Encoder, crops: Tensor) -> Tensor:
    """The mean encoding of each face and its mirror image, [batch, 128], again of length 1."""
    return both_ways(net, net.features(crops), net.features(crops.flip(3)))


@torch.no_grad()
def both_ways(net: Encoder, features: Tensor, mirrored: Tensor) -> Tensor:
    """`encode` for energies, [batch, numbers] each, that have been computed before."""
    return nn.functional.normalize(net.project(features) + net.project(mirrored), dim=1)


def committed() -> Encoder:
    """The encoder with its committed weights; raise WeightsMissing."""
    return weights.load(Encoder(), NAME)
