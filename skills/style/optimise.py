"""Paints by optimisation: the picture's pixels are what is learnt (lecture 2, Gatys et al. 2016).

Content and style go through the network once and their targets are kept; then the picture goes
forward, the loss goes back to its pixels, and L-BFGS changes them. The network never changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import torch
from torch import Tensor

from skills.style.features import Features
from skills.style.losses import Activations, content_loss, gram, style_loss, total_variation

STARTS = ("content", "noise")
Watch = Callable[[int, Tensor], None]


@dataclass(frozen=True)
class TransferConfig:
    """Hyperparameters. The lecture states no weights; these were chosen by eye and by the figures
    on generated pairs that no figure is reported on.
    """

    alpha: float = 1.0  # of the content
    beta: float = 12.0  # of the style
    smoothness: float = 0.3  # of the total variation
    content_layers: Mapping[str, float] = field(default_factory=lambda: {"conv3_1": 1.0})
    style_layers: Mapping[str, float] = field(
        default_factory=lambda: {
            "conv1_1": 0.5, "conv1_2": 1.0, "conv2_1": 1.0, "conv2_2": 1.0,
            "conv3_1": 1.0, "conv3_2": 1.0, "conv3_3": 1.0, "conv4_1": 0.5,
        }
    )  # fmt: skip
    scales: int = 2  # the style is also compared at half the size: wider strokes
    steps: tuple[int, ...] = (60, 60, 50)  # at a quarter of the size, at half, at the whole
    start: str = "content"  # or "noise"
    noise: float = 0.15  # mixed into a start from the content
    plateau: float = 1e-3  # stop when ten steps lower the loss by a smaller share than this


@dataclass(frozen=True)
class Targets:
    """What the picture is compared with, computed once."""

    content: Activations
    styles: tuple[Activations, ...]  # Gram matrices, one entry a scale


@dataclass(frozen=True)
class Losses:
    """The parts of the loss of one picture, unweighted scalars."""

    content: Tensor
    style: Tensor
    smoothness: Tensor

    def total(self, config: TransferConfig) -> Tensor:
        """α content + β style + the smoothness."""
        return (
            config.alpha * self.content
            + config.beta * self.style
            + config.smoothness * self.smoothness
        )


def halved(x: Tensor) -> Tensor:
    """Half the height and width. x: [batch, channels, height, width]."""
    return torch.nn.functional.avg_pool2d(x, 2)


@torch.no_grad()
def targets_of(net: Features, content: Tensor, style: Tensor, config: TransferConfig) -> Targets:
    """Both pictures ([1, 3, height, width] in 0..1) through the network, once."""
    styles = []
    for scale in range(config.scales):
        style = halved(style) if scale else style
        found = net(style, list(config.style_layers))
        styles.append({name: gram(maps) for name, maps in found.items()})
    return Targets(net(content, list(config.content_layers)), tuple(styles))


def losses_of(net: Features, x: Tensor, targets: Targets, config: TransferConfig) -> Losses:
    """How far a picture ([1, 3, height, width]) is from its targets."""
    found = net(x, [*dict.fromkeys([*config.style_layers, *config.content_layers])])
    content = content_loss(found, targets.content, config.content_layers)
    parts = [style_loss(found, targets.styles[0], config.style_layers)]
    smaller = x
    for grams in targets.styles[1:]:
        smaller = halved(smaller)
        parts.append(style_loss(net(smaller, list(grams)), grams, config.style_layers))
    return Losses(content, torch.stack(parts).mean(), total_variation(x))


def start_from(content: Tensor, config: TransferConfig, seed: int) -> Tensor:
    """White noise (lecture 2), or the content with a little of it: "biases to content" but is
    quicker (L2:247). content: [1, 3, height, width] → the same.
    """
    chance = torch.Generator().manual_seed(seed)
    noise = torch.rand(content.shape, generator=chance)
    share = 1.0 if config.start == "noise" else config.noise
    return noise * share + content * (1 - share)


def paint(
    net: Features,
    content: Tensor,
    style: Tensor,
    config: TransferConfig,
    seed: int = 0,
    watch: Watch | None = None,
) -> tuple[Tensor, list[Losses]]:
    """The painted picture ([1, 3, height, width] in 0..1) and the losses, at the start and at
    each better picture of the whole size. `watch` hears of each step, the small sizes' too.
    """
    x = start_from(content, config, seed)
    done, history = 0, []
    for level, steps in enumerate(config.steps):
        factor = 2 ** (len(config.steps) - 1 - level)
        small_content, small_style = _resized(content, factor), _resized(style, factor)
        targets = targets_of(net, small_content, small_style, config)
        size = small_content.shape[2:]
        x = torch.nn.functional.interpolate(x, size, mode="bilinear", align_corners=False)
        if level == len(config.steps) - 1:
            with torch.no_grad():
                history.append(losses_of(net, start_from(content, config, seed), targets, config))
        x, found = _descend(net, x, targets, config, steps, done, watch)
        done += steps
    return x.clamp(0, 1), history + found


def _resized(x: Tensor, factor: int) -> Tensor:
    return x if factor == 1 else torch.nn.functional.avg_pool2d(x, factor)


def _descend(
    net: Features,
    x: Tensor,
    targets: Targets,
    config: TransferConfig,
    steps: int,
    done: int,
    watch: Watch | None,
) -> tuple[Tensor, list[Losses]]:
    """L-BFGS on the pixels, until the steps are used up or a plateau is reached.

    A step of L-BFGS can overshoot; so the best picture is kept, not the last.
    """
    x = x.clone().requires_grad_(True)
    optimiser = torch.optim.LBFGS(
        [x], max_iter=1, history_size=20, tolerance_grad=0.0, tolerance_change=0.0
    )
    history: list[Losses] = []
    totals: list[float] = []
    best, kept = float("inf"), x.detach().clone()

    def closure() -> Tensor:
        nonlocal best, kept
        optimiser.zero_grad()
        losses = losses_of(net, x, targets, config)
        total = losses.total(config)
        total.backward()
        if float(total.detach()) < best:
            best, kept = float(total.detach()), x.detach().clone()
            history.append(_detached(losses))
        return total

    for step in range(steps):
        optimiser.step(closure)
        totals.append(best)
        if watch is not None:
            watch(done + step + 1, kept)
        if len(totals) > 10 and totals[-11] - best <= config.plateau * best:
            break
    return kept, history


def _detached(losses: Losses) -> Losses:
    return Losses(losses.content.detach(), losses.style.detach(), losses.smoothness.detach())
