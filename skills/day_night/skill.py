"""Day or night from a photo (lecture 2): a small convolutional network on 64 × 64 pixels.

The lecture takes 64 × 64 × 3, the lowest resolution at which people do it perfectly, a sigmoid and
the logistic loss; y = 0 is day and y = 1 night.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from PIL import Image, ImageDraw
from torch import Tensor

from skills.day_night.card import DAY_NIGHT
from skills.day_night.net import NAME, DayNightNet, as_tensor, probabilities
from skills.day_night.training import (
    DayNightConfig,
    cross_validate,
    fit,
    read_folder,
    scene_groups,
)
from skills.kit import weights
from skills.kit.drawing import side_by_side
from skills.kit.images import open_image
from skills.kit.measures import wilson
from skills.protocol import Progress, SkillResult


def sample_scene() -> Image.Image:
    """A drawn street at dusk, so that the demo works without a photo."""
    image = Image.new("RGB", (256, 256), (18, 22, 48))
    draw = ImageDraw.Draw(image)
    for x, height in ((10, 90), (70, 130), (140, 80), (195, 115)):
        draw.rectangle((x, 256 - height, x + 48, 256), fill=(12, 12, 20))
        for row in range(256 - height + 10, 246, 18):
            draw.rectangle((x + 8, row, x + 16, row + 8), fill=(250, 214, 110))
    draw.ellipse((190, 24, 222, 56), fill=(235, 235, 220))
    return image


class DayNight:
    """The skill."""

    card = DAY_NIGHT

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Classify the upload, or a drawn sample."""
        image = open_image(sources[0]) if sources else sample_scene()
        x = as_tensor(image).unsqueeze(0)
        progress(0.3)
        net = weights.load(DayNightNet(), NAME)
        night = float(probabilities(net, x)[0])
        progress(0.7)
        name = "your picture" if sources else "a drawn sample"
        pictures = [
            (name, image),
            ("what it sees", _view(x)),
            ("what mattered", _evidence(net, x)),
        ]
        label, sure = ("night", night) if night >= 0.5 else ("day", 1 - night)
        text = (
            f"This looks like {label} ({sure:.0%}). A small convolutional network looks at the "
            "picture at 64 by 64 pixels and compares sky and ground; it was trained with the "
            "logistic loss, y = 1 meaning night. "
            + ("It is quite sure." if sure > 0.9 else "It is not sure: dusk and dawn are hard.")
        )
        return SkillResult(text, (side_by_side(pictures),), {"night": night, "label": label})

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Grouped cross-validation for the figures, then one training on everything."""
        pictures, labels = read_folder(data)
        groups = scene_groups(pictures)
        figures = cross_validate(pictures, labels, groups, DayNightConfig(), seed)
        weights.save(fit(pictures, labels, DayNightConfig(), seed), NAME)
        return {**figures, "scenes": len(set(groups))}

    def evaluate(self, data: Path) -> dict[str, Any]:
        """Accuracy of the committed weights, with its interval, and by class."""
        pictures, labels = read_folder(data)
        guesses = (probabilities(weights.load(DayNightNet(), NAME), pictures) >= 0.5).float()
        right = (guesses == labels).int()
        low, high = wilson(int(right.sum()), len(labels))
        by_class = {
            name: float(right[labels == value].float().mean())
            for name, value in (("day", 0.0), ("night", 1.0))
            if bool((labels == value).any())
        }
        accuracy = float(right.float().mean())
        return {"n": len(labels), "accuracy": accuracy, "interval": [low, high], **by_class}


def _view(x: Tensor) -> Image.Image:
    pixels = (x[0].permute(1, 2, 0) * 255).byte().numpy()
    return Image.fromarray(pixels, "RGB")


def _evidence(net: DayNightNet, x: Tensor) -> Image.Image:
    """Where a change of pixels would change the answer most: |gradient of the logit|."""
    probe = x.clone().requires_grad_(True)
    net(probe).sum().backward()
    gradient = probe.grad if probe.grad is not None else torch.zeros_like(probe)
    heat = gradient[0].abs().amax(dim=0)
    heat = heat / heat.max().clamp(min=1e-9)
    return Image.fromarray((heat * 255).byte().numpy(), "L")


SKILL = DayNight()
