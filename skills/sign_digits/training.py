"""Signs for training and for scoring; the trainings of both models."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from skills.kit.learning import Plan, learn
from skills.kit.scenery import SEEN, UNSEEN, bytes_of
from skills.kit.varying import mirrored
from skills.sign_digits.drawing import SIZE, draw_sign
from skills.sign_digits.hand import draw_hand, draw_pose
from skills.sign_digits.net import PixelRegression, SignNet

_GAIN, _MIX = 0.5, 0.25  # of a channel: how much brighter or darker, how much of another joins it
_SHIFT = 4  # pixels


@dataclass(frozen=True)
class SignConfig:
    """Hyperparameters, chosen on development hands in the looks of training; the changes of colour
    on a skin tone and a backdrop of those that were kept from a shorter training.
    """

    hands: int = 900
    pictures: int = 10  # of each
    width: int = 16
    plan: Plan = field(default_factory=lambda: Plan(epochs=12, batch=64, rate=3e-3))
    logistic_plan: Plan = field(
        default_factory=lambda: Plan(epochs=20, batch=64, rate=1e-3, weight_decay=0.1)
    )


@dataclass(frozen=True)
class Signs:
    """Pictures [n, 3, 64, 64] as bytes, digit [n], hand [n], tone [n] (place in hand.TONES)."""

    pictures: Tensor
    digit: Tensor
    hand: Tensor
    tone: Tensor

    def as_floats(self, rows: Tensor | slice = slice(None)) -> Tensor:
        """Pictures in 0..1."""
        return self.pictures[rows].float() / 255


def draw_signs(name: str, hands: int, each: int, unseen: bool) -> Signs:
    """A named part of the data, with hands of its own; `unseen` looks are for scoring."""
    count = hands * each
    pictures = torch.empty(count, 3, SIZE, SIZE, dtype=torch.uint8)
    digit, tone = torch.empty(count, dtype=torch.long), torch.empty(count, dtype=torch.long)
    for row in range(count):
        hand = draw_hand(random.Random(f"{name} hand {row // each}"), unseen)
        chance = random.Random(f"{name} {row}")
        pose = draw_pose(chance)
        scene = chance.choice(UNSEEN if unseen else SEEN)
        pictures[row] = bytes_of(draw_sign(hand, pose, scene, chance), (SIZE, SIZE))
        digit[row], tone[row] = pose.digit, hand.tone
    return Signs(pictures, digit, torch.arange(count) // each, tone)


def fit(signs: Signs, config: SignConfig, seed: int) -> SignNet:
    """Train the network."""
    torch.manual_seed(seed)
    net = SignNet(config.width)
    learn(net, len(signs.digit), _loss(signs, varied), config.plan, seed)
    return net


def fit_logistic(signs: Signs, config: SignConfig, seed: int) -> PixelRegression:
    """Train logistic regression on the same pictures, mirrored alike."""
    torch.manual_seed(seed)
    net = PixelRegression()
    learn(net, len(signs.digit), _loss(signs, mirrored), config.logistic_plan, seed)
    return net


def varied(x: Tensor, chance: torch.Generator) -> Tensor:
    """Pictures [batch, 3, side, side] mirrored, their colours changed and mixed, all moved a bit.

    A mirrored left hand is a right hand with the same digit. Strong changes of colour stand for
    skins, sleeves and backdrops that were never shown.
    """
    gain = 2 * torch.rand(len(x), 3, generator=chance) - 1
    mix = 2 * torch.rand(len(x), 3, 3, generator=chance) - 1
    colours = torch.diag_embed(1 + _GAIN * gain) + _MIX * mix  # [batch, 3, 3]
    changed = torch.einsum("bij,bjhw->bihw", colours, mirrored(x, chance))
    across, down = (int(torch.randint(-_SHIFT, _SHIFT + 1, (), generator=chance)) for _ in range(2))
    padded = nn.functional.pad(changed, (_SHIFT,) * 4, mode="replicate")
    top, left = _SHIFT + down, _SHIFT + across
    return padded[:, :, top : top + x.shape[2], left : left + x.shape[3]].clamp(0, 1)


def _loss(
    signs: Signs, change: Callable[[Tensor, torch.Generator], Tensor]
) -> Callable[[nn.Module, Tensor, torch.Generator], Tensor]:
    def loss_of(net: nn.Module, rows: Tensor, chance: torch.Generator) -> Tensor:
        where = next(net.parameters()).device
        x = change(signs.as_floats(rows), chance)
        loss: Tensor = nn.functional.cross_entropy(net(x.to(where)), signs.digit[rows].to(where))
        return loss

    return loss_of
