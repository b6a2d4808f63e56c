"""Colour for grey pictures (a project of lecture 1's list), after Zhang, Isola and Efros 2016.

From the lightness of a picture a small U-Net guesses its chroma. The squared error makes it answer
the mean of what is likely, which is greyish; a forecast over classes of chroma, in which rare
colours weigh more, dares stronger colours and is off by more where it is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from skills.colourisation import lab
from skills.colourisation.card import COLOURISATION
from skills.colourisation.net import NAME, SIDE, Colouriser, classifier, enlarged, regressor
from skills.colourisation.scoring import Scored, colourfulness, compare, figures, forecast, summary
from skills.colourisation.seascape import seascape
from skills.colourisation.training import ColourConfig, fit_classifier, fit_regressor
from skills.errors import InvalidOption
from skills.kit import cifar, weights
from skills.kit import figures as kept_figures
from skills.kit.drawing import side_by_side
from skills.kit.images import open_image
from skills.protocol import Progress, SkillResult

_SHOWN = 340  # pixels of the longer side of each picture in the answer
_WAYS = {"classes": classifier, "regression": regressor}
_MEAN_CHROMA = (0.37, 5.79)  # a, b over the training part, for the floor "one colour for all"


class Colourisation:
    """The skill."""

    card = COLOURISATION

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Take the colours of the upload, or of a drawn seascape, away and guess them.

        Option `way`: `classes` (the default) or `regression`.
        """
        way = str(options.get("way", "classes"))
        if way not in _WAYS:
            raise InvalidOption("way")
        image = open_image(sources[0]) if sources else seascape()
        image = _fitted(image)
        progress(0.3)
        net = weights.load(_WAYS[way](), NAME, way)
        original = _tensor(image)
        coloured = colourise(net, original)
        progress(0.8)
        grey = lab.to_rgb(lab.from_rgb(original) * torch.tensor([1.0, 0, 0]).view(1, 3, 1, 1))
        pictures = [
            ("grey: what it sees", _image(grey)),
            (f"its colours ({way})", _image(coloured)),
            ("your picture" if sources else "the drawn original", image),
        ]
        strength = float(colourfulness(coloured)[0])
        real = float(colourfulness(original)[0])
        data = {"way": way, "colourfulness": strength, "original_colourfulness": real}
        return SkillResult(_text(way), (_in_a_row(pictures),), data)

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Train both networks on CIFAR-10's training part; score them on its test part."""
        config = ColourConfig()
        pictures, _ = cifar.read(data, "train", config.per_class)
        weights.save(fit_regressor(pictures, config, seed), NAME, "regression")
        weights.save(fit_classifier(pictures, config, seed), NAME, "classes")
        scored = _scored(data)
        n = len(scored["grey"].columns["error"])
        found = figures(scored, f"CIFAR-10's test part ({n} pictures)", seed)
        kept_figures.write(weights.FOLDER, NAME, found)
        return summary(scored)

    def evaluate(self, data: Path) -> dict[str, Any]:
        """Score the committed weights on the test part of a folder."""
        return summary(_scored(data))


def colourise(net: Colouriser, rgb: Tensor) -> Tensor:
    """[1, 3, h, w] in 0..1 → the same picture with guessed colours; its lightness stays as it is.

    The network sees 32 pixels of the shorter side, as in training; its chroma is enlarged.
    """
    lightness = lab.from_rgb(rgb)[:, :1]
    height, width = lightness.shape[2:]
    rows, columns = seen_size(height, width)
    small = torch.nn.functional.interpolate(lightness, (rows, columns), mode="area")
    chroma = enlarged(forecast(net, small), height, width)
    return lab.to_rgb(torch.cat([lightness, chroma], dim=1))


def seen_size(height: int, width: int) -> tuple[int, int]:
    """Height and width at which a picture is looked at: multiples of 8, the shorter one 32, the
    longer at most 96.
    """
    scale = SIDE / min(height, width)
    return _eights(height * scale), _eights(width * scale)


def _eights(length: float) -> int:
    return min(3 * SIDE, max(SIDE, round(length / 8) * 8))


def _scored(data: Path) -> dict[str, Scored]:
    pictures, _ = cifar.read(data, "test")
    regression = weights.load(regressor(), NAME, "regression")
    classes = weights.load(classifier(), NAME, "classes")
    return compare(pictures, regression, classes, torch.tensor(_MEAN_CHROMA))


def _text(way: str) -> str:
    says = {
        "classes": "forecasts classes of chroma in which rare colours weigh more (Zhang 2016), so "
        "its colours are strong, and where it is wrong they are clearly wrong",
        "regression": "was trained with the squared error, so it answers the mean of all likely "
        "colours, which is greyish",
    }[way]
    return (
        "The colours are a guess from the shapes alone; the sharp lightness is the picture's own. "
        f"A small U-Net {says}. It learnt from 10,000 pictures of 32 by 32 pixels of animals and "
        "vehicles (CIFAR-10), so it knows sky, grass and water, hardly faces or small things, and "
        "it cannot know what colour your thing really had."
    )


def _tensor(image: Image.Image) -> Tensor:
    pixels = np.asarray(image, dtype=np.float32) / np.float32(255)
    return torch.from_numpy(pixels.transpose(2, 0, 1).copy()).unsqueeze(0)


def _image(rgb: Tensor) -> Image.Image:
    return Image.fromarray((rgb[0].permute(1, 2, 0) * 255 + 0.5).byte().numpy(), "RGB")


def _fitted(image: Image.Image) -> Image.Image:
    """As large as fits the answer; a sliver keeps at least a pixel."""
    scale = _SHOWN / max(image.size)
    width, height = (max(1, round(length * scale)) for length in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _in_a_row(pictures: Sequence[tuple[str, Image.Image]]) -> bytes:
    """Side by side on squares, each as wide as it is."""
    squares = []
    for caption, picture in pictures:
        paper = Image.new("RGB", (_SHOWN, _SHOWN), (255, 255, 255))
        paper.paste(picture, ((_SHOWN - picture.width) // 2, (_SHOWN - picture.height) // 2))
        squares.append((caption, paper))
    return side_by_side(squares, _SHOWN)


SKILL = Colourisation()
