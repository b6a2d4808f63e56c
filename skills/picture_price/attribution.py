"""What each part adds to the guessed price: parts are painted over with what lies behind them.

Leaving one part out asks what the picture loses without it. Shapley's value (1953) is the mean of
that over all orders in which the parts may leave, so that the parts' shares add up to the guess
minus the guess for the empty backdrop. With six parts all 64 pictures are drawn: it is exact.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from skills.picture_price.bicycle import PARTS

Bytes = NDArray[np.uint8]


def background_of(picture: Bytes, labels: Bytes) -> Bytes:
    """The picture [height, width, 3] without the bicycle, in-painted from its surroundings."""
    mask = cv2.dilate((labels > 0).astype(np.uint8), np.ones((3, 3), np.uint8), iterations=1)
    empty: Bytes = cv2.inpaint(picture, mask, 3, cv2.INPAINT_TELEA)
    return empty


def without(picture: Bytes, empty: Bytes, labels: Bytes, parts: list[int]) -> Bytes:
    """The picture with `parts` (their places in PARTS) painted over, edges included."""
    gone = np.isin(labels, [part + 1 for part in parts])
    edges = cv2.dilate(gone.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    kept = (labels > 0) & ~gone
    painted: Bytes = np.where((edges & ~kept)[..., None], empty, picture)
    return painted


def coalitions(picture: Bytes, labels: Bytes) -> Tensor:
    """[64, 3, height, width] in 0..1: picture number b shows the parts whose bits b has."""
    empty = background_of(picture, labels)
    count = len(PARTS)
    shown = [
        without(picture, empty, labels, [part for part in range(count) if not number >> part & 1])
        for number in range(2**count)
    ]
    pixels = np.stack(shown).transpose(0, 3, 1, 2).astype(np.float32) / np.float32(255)
    return torch.from_numpy(pixels)


def shapley(values: Tensor) -> Tensor:
    """Each player's share [k] from the worth of all coalitions [2^k] (bit i: player i is in).

    φ_i = Σ_S |S|! (k - |S| - 1)! / k! · (v(S ∪ i) - v(S)) over S without i.
    """
    players = (len(values) - 1).bit_length()
    shares = torch.zeros(players)
    for player in range(players):
        for number in range(len(values)):
            if number >> player & 1:
                continue
            size = number.bit_count()
            weight = math.factorial(size) * math.factorial(players - size - 1)
            gain = values[number | 1 << player] - values[number]
            shares[player] += weight / math.factorial(players) * gain
    return shares


def left_out(values: Tensor) -> Tensor:
    """v(all) - v(all but i) for each player [k]."""
    players = (len(values) - 1).bit_length()
    return torch.stack([values[-1] - values[len(values) - 1 - 2**i] for i in range(players)])


def by_gradient(net: nn.Module, picture: Bytes, labels: Bytes) -> Tensor:
    """gradient · (picture - backdrop), summed over each part's pixels [k]: the cheapest guess."""
    empty = background_of(picture, labels)
    x, behind = (
        torch.from_numpy(each.transpose(2, 0, 1).astype(np.float32) / 255)
        for each in (picture, empty)
    )
    probe = x.unsqueeze(0).requires_grad_(True)
    (slope,) = torch.autograd.grad(net(probe).sum(), probe)
    effect = (slope[0] * (x - behind)).sum(dim=0)  # [height, width]
    shown = torch.from_numpy(labels)
    return torch.stack([effect[shown == part + 1].sum() for part in range(len(PARTS))])


def shares(net: nn.Module, picture: Bytes, labels: Bytes) -> dict[str, Tensor]:
    """Dollars of each part [6] by each way."""
    with torch.no_grad():
        values = net(coalitions(picture, labels))
    return {
        "shapley": shapley(values),
        "left out": left_out(values),
        "gradient": by_gradient(net, picture, labels),
    }


@torch.no_grad()
def heat_map(
    net: nn.Module, picture: Bytes, patch: int = 14, step: int = 4
) -> NDArray[np.floating]:
    """What the guess loses, in dollars, when a patch is covered by the border's colour.

    For pictures whose parts nobody has named. [height, width].
    """
    height, width = picture.shape[:2]
    border = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    cover = np.median(border, axis=0).astype(np.uint8)
    places = [(y, x) for y in range(0, height, step) for x in range(0, width, step)]
    covered = np.repeat(picture[None], len(places) + 1, axis=0)
    half = patch // 2
    for number, (y, x) in enumerate(places):
        covered[number, max(0, y - half) : y + half, max(0, x - half) : x + half] = cover
    pixels = torch.from_numpy(covered.transpose(0, 3, 1, 2).astype(np.float32) / 255)
    values = torch.cat([net(part) for part in pixels.split(128)])
    losses = (values[-1] - values[:-1]).numpy().reshape(-(-height // step), -(-width // step))
    smooth: NDArray[np.floating] = cv2.resize(losses, (width, height))
    return smooth
