"""Neural style transfer (lecture 2): the pixels are learnt, the network stays as it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from PIL import Image
from torch import Tensor

from skills.errors import InvalidOption
from skills.kit import figures, weights
from skills.kit.drawing import png, side_by_side
from skills.kit.images import open_image
from skills.kit.measures import wilson
from skills.kit.options import whole
from skills.protocol import Progress, SkillResult
from skills.style.backbone import BackboneConfig
from skills.style.card import STYLE_TRANSFER
from skills.style.colours import matched
from skills.style.features import Features
from skills.style.optimise import STARTS, TransferConfig, paint
from skills.style.paintings import PAINTINGS, painting
from skills.style.pictures import as_image, as_tensor, film, square
from skills.style.scenes import scene
from skills.style.training import NAME, backbone, compared, fall, train_backbone

SMALLEST, LARGEST, USUAL = 64, 384, 256  # pixels a side: memory and time grow with the square
_OPTIONS = frozenset({"style", "start", "size"})
_SHOWN = 0.1  # share of the steps between two intermediate pictures
_PAIRS = 12


class StyleTransfer:
    """The skill. `network` gives the network that looks; no option of a run can name another."""

    card = STYLE_TRANSFER

    def __init__(self, network: Callable[[], Features] = backbone) -> None:
        self._network = network

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Paint the first upload (or a drawn place) as the second (or a generated painting)."""
        size, manner, config = _chosen(options)
        content = square(open_image(sources[0]), size) if sources else scene(4, size, "palace")
        style = square(open_image(sources[1]), size) if len(sources) > 1 else painting(manner, size)
        began, shown = time.monotonic(), _Shown(sum(config.steps), size, progress)
        target, model = as_tensor(content), as_tensor(style)
        target = matched(target, model)  # else the content's own colours fight the style's
        painted, history = paint(self._network(), target, model, config, watch=shown)
        result = as_image(matched(painted, model))
        progress(1.0, png(result))
        row = side_by_side([("content", content), ("style", style), ("result", result)])
        lost = fall(history, config)
        data = {
            "content": float(history[-1].content),
            "style": float(history[-1].style),
            "fall": lost,
            "start": config.start,
            "seconds": time.monotonic() - began,
        }
        whose = "your painting" if len(sources) > 1 else f"a generated painting ({manner})"
        return SkillResult(_text(whose, data), (row, film([*shown.frames, result])), data)

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Train the network that looks on CIFAR-10, then score the optimisation with it."""
        right = train_backbone(data, seed, BackboneConfig())
        hits, total = int(right.sum()), len(right)
        command = f"python -m skills train style_transfer --data DIR --seed {seed}"
        seen = figures.Figure(
            "accuracy of the network that looks", hits / total, total, "CIFAR-10's test pictures",
            "real", command, figures.today(), wilson(hits, total), None, 0.1, "chance",
        )  # fmt: skip
        found = [seen, *compared(_PAIRS)]
        figures.write(weights.FOLDER, NAME, found)
        return {"n": total, "figures": [asdict(each) for each in found]}

    def evaluate(self, data: Path) -> dict[str, Any]:
        """Score on held-out generated pairs; `data` is not read."""
        found = compared(_PAIRS)
        return {"n": _PAIRS, "figures": [asdict(each) for each in found]}


class _Shown:
    """Shows how the picture gets on, and keeps the frames of the film."""

    def __init__(self, steps: int, size: int, progress: Progress) -> None:
        self._steps, self._size, self._progress = steps, size, progress
        self._next = 0.0
        self.frames: list[Image.Image] = []

    def __call__(self, step: int, x: Tensor) -> None:
        share = step / self._steps
        if share < self._next:
            return
        self._next = share + _SHOWN
        image = as_image(x).resize((self._size, self._size), Image.Resampling.BICUBIC)
        self.frames.append(image)
        self._progress(min(share, 0.99), png(image))


def _chosen(options: Mapping[str, Any]) -> tuple[int, str, TransferConfig]:
    """Size, painting and hyperparameters; raise InvalidOption."""
    for name in options:
        if name not in _OPTIONS:
            raise InvalidOption(str(name))
    manner, start = options.get("style", "strokes"), options.get("start", "content")
    if not isinstance(manner, str) or manner not in PAINTINGS:
        raise InvalidOption("style")
    if start not in STARTS:
        raise InvalidOption("start")
    size = whole(options, "size", USUAL, SMALLEST, LARGEST)
    return size // 8 * 8, manner, replace(TransferConfig(), start=start)


def _text(whose: str, data: Mapping[str, Any]) -> str:
    return (
        f"Painted in the manner of {whose}: starting from {data['start']}, the pixels themselves "
        f"were changed until the loss had fallen by {data['fall']:.0%} ({data['seconds']:.0f} s). "
        "The content is what a frozen convolutional network sees place by place, the style is its "
        "Gram matrices: which features occur together, wherever. The network learnt on CIFAR-10's "
        "small photos, not on paintings, and there is no right answer: judge it by eye."
    )


SKILL = StyleTransfer()
