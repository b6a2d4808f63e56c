"""Fast style transfer (lecture 2): a network that knows one style, and no loop."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from PIL import Image

from skills.errors import InvalidOption
from skills.kit import figures, weights
from skills.kit.drawing import png, side_by_side
from skills.kit.images import open_image
from skills.protocol import Progress, SkillResult
from skills.style import fast_scoring
from skills.style.card import FAST_STYLE_TRANSFER
from skills.style.colours import matched
from skills.style.fast_training import NAME, STYLES, FastConfig, contents, fit, network
from skills.style.paintings import painting
from skills.style.pictures import as_image, as_tensor
from skills.style.scenes import scene
from skills.style.training import backbone

_LONGEST, _SHORTEST = 512, 64  # pixels of the sides
_SEEN = 336  # a side in the picture of content, style and result


class FastStyleTransfer:
    """The skill."""

    card = FAST_STYLE_TRANSFER

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Paint the upload, or a drawn place, in a style's manner."""
        manner = _manner(options)
        content = fitted(open_image(sources[0])) if sources else scene(7, _LONGEST, "bridge")
        style = painting(manner, FastConfig().style_size)
        progress(0.3)
        net, began = network(manner), time.monotonic()
        with torch.no_grad():
            x = matched(as_tensor(content), as_tensor(style))  # [1, 3, height, width]
            painted = as_image(net(x))
        seconds = time.monotonic() - began
        progress(0.9)
        trio = [("content", _framed(content)), ("style", style), ("result", _framed(painted))]
        text = (
            f"Painted in the manner of {manner} in {seconds:.1f} s: one pass through a small "
            "network that learnt this one style with the same content and Gram losses, so that no "
            "pixels need to be optimised any more. It learnt from generated places and CIFAR-10's "
            "small photos; other pictures may turn out rougher. Other styles: "
            f"{', '.join(name for name in STYLES if name != manner)}."
        )
        data = {"style": manner, "seconds": seconds}
        return SkillResult(text, (png(painted), side_by_side(trio, _SEEN)), data)

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Train a network for each style, then score them."""
        config, features = FastConfig(), backbone()
        pieces = contents(data, config)
        for manner in STYLES:
            weights.save(fit(features, manner, pieces, config, seed), NAME, manner)
        command = f"python -m skills train {NAME} --data DIR --seed {seed}"
        found = fast_scoring.figures(features, data, config, command)
        figures.write(weights.FOLDER, NAME, found)
        return {"n": found[0].n, "figures": [asdict(each) for each in found]}

    def evaluate(self, data: Path) -> dict[str, Any]:
        """Score the committed networks, on CIFAR-10's test pictures too where `data` has them."""
        command = f"python -m skills eval {NAME} --data DIR"
        found = fast_scoring.figures(backbone(), data, FastConfig(), command)
        return {"n": found[0].n, "figures": [asdict(each) for each in found]}


def fitted(image: Image.Image) -> Image.Image:
    """At most 512 pixels a side, at least 64, multiples of four; a strip loses its ends."""
    scale = min(_LONGEST / max(image.size), 1.0)
    scale = max(scale, _SHORTEST / min(image.size))
    width, height = (
        min(_LONGEST, max(_SHORTEST, round(side * scale))) // 4 * 4 for side in image.size
    )
    box_width, box_height = min(image.width, width / scale), min(image.height, height / scale)
    left, top = (image.width - box_width) / 2, (image.height - box_height) / 2
    box = (left, top, left + box_width, top + box_height)
    return image.resize((width, height), Image.Resampling.LANCZOS, box=box)


def _framed(image: Image.Image) -> Image.Image:
    """The whole picture on a white square."""
    side = max(image.size)
    frame = Image.new("RGB", (side, side), (255, 255, 255))
    frame.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
    return frame.resize((_SEEN, _SEEN), Image.Resampling.LANCZOS)


def _manner(options: Mapping[str, Any]) -> str:
    for name in options:
        if name != "style":
            raise InvalidOption(str(name))
    manner = options.get("style", STYLES[0])
    if not isinstance(manner, str) or manner not in STYLES:
        raise InvalidOption("style")
    return manner


SKILL = FastStyleTransfer()
