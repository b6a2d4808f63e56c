"""How near and how strong the guessed colours are, against grey and against one colour for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from skills.colourisation import lab
from skills.colourisation.bins import rebalancing, soft
from skills.colourisation.net import Colouriser, chroma_of, enlarged
from skills.colourisation.training import shares, split
from skills.kit.figures import Figure, today
from skills.kit.measures import Interval, mean_interval

COMMAND = "python -m skills train colourisation --data DIR"
_BATCH = 200
# Decided before anything was measured: regression 15% nearer than grey; the classes' colours at
# least 70% as strong as the real ones.
ERROR_TARGET, STRENGTH_TARGET = 0.85, 0.7
Columns = dict[str, Tensor]


@dataclass(frozen=True)
class Scored:
    """One number a picture ([n]), by measure, for one way to colour."""

    columns: Columns

    def mean(self, measure: str) -> float:
        """Over all pictures."""
        return float(self.columns[measure].mean())

    def interval(self, measure: str) -> Interval:
        """Of that mean, over pictures drawn again."""
        return mean_interval(self.columns[measure].numpy())


@torch.no_grad()
def forecast(net: Colouriser, lightness: Tensor) -> Tensor:
    """[n, 1, h, w] L → the network's a, b [n, 2, h, w], from half the resolution."""
    height, width = lightness.shape[2:]
    parts = [chroma_of(net, net(part)) for part in lightness.split(_BATCH)]
    return enlarged(torch.cat(parts), height, width)


def measured(pictures: Tensor, chroma: Tensor, weights: Tensor) -> Scored:
    """Scores of colours a, b [n, 2, h, w] put onto the lightness of uint8 pictures [n, 3, h, w].

    "error" is the mean distance in the a, b plane; "balanced" the same with rare colours weighing
    more (weights [q] of the classes), which a greyish answer does badly.
    """
    truth = lab.from_rgb(pictures.float() / 255)
    shown = lab.to_rgb(torch.cat([truth[:, :1], chroma], dim=1))
    away = (chroma - truth[:, 1:]).norm(dim=1)  # [n, h, w]
    rarity = torch.cat([_rarity(part, weights) for part in truth[:, 1:].split(_BATCH)])
    squares = (shown - pictures.float() / 255).pow(2).mean(dim=(1, 2, 3))
    return Scored(
        {
            "error": away.mean(dim=(1, 2)),
            "balanced": (away * rarity).mean(dim=(1, 2)),
            "psnr": -10 * torch.log10(squares.clamp(min=1e-6)),
            "colourfulness": colourfulness(shown),
        }
    )


def _rarity(chroma: Tensor, weights: Tensor) -> Tensor:
    """[n, h, w]: the weight of each pixel's nearest class."""
    places, _ = soft(chroma.permute(0, 2, 3, 1).flatten(0, 2))
    n, _, height, width = chroma.shape
    return weights[places[:, 0]].view(n, height, width)


def colourfulness(rgb: Tensor) -> Tensor:
    """[n, 3, h, w] in 0..1 → [n], 0 for grey to about 100 (Hasler and Süsstrunk 2003)."""
    red, green, blue = (rgb * 255).flatten(2).unbind(1)  # [n, h·w] each
    one, other = red - green, (red + green) / 2 - blue
    spread = (one.var(dim=1, correction=0) + other.var(dim=1, correction=0)).sqrt()
    shift = (one.mean(dim=1) ** 2 + other.mean(dim=1) ** 2).sqrt()
    return spread + 0.3 * shift


def compare(pictures: Tensor, regression: Colouriser, classes: Colouriser,
            mean_colour: Tensor) -> dict[str, Scored]:  # fmt: skip
    """All ways to colour the same pictures, the real colours last."""
    lightness, half = split(pictures)
    truth = lab.from_rgb(pictures.float() / 255)[:, 1:]
    weights = rebalancing(shares(half), smoothing=0.5)  # of the measure, not of the training
    ways: dict[str, Callable[[], Tensor]] = {
        "grey": lambda: torch.zeros_like(truth),
        "mean colour": lambda: mean_colour.view(1, 2, 1, 1).expand_as(truth),
        "regression": lambda: forecast(regression, lightness),
        "classes": lambda: forecast(classes, lightness),
        "real": lambda: truth,
    }
    return {name: measured(pictures, way(), weights) for name, way in ways.items()}


def summary(scored: dict[str, Scored]) -> dict[str, Any]:
    """Every mean with its interval, and n."""
    body: dict[str, Any] = {"n": len(scored["grey"].columns["error"])}
    for name, each in scored.items():
        body[name] = {
            measure: [each.mean(measure), *each.interval(measure)] for measure in each.columns
        }
    for name in ("regression", "classes"):
        body[f"{name}_nearer_than_grey"] = _gap(scored, name)
    return body


def _gap(scored: dict[str, Scored], name: str) -> list[float]:
    """How much less the error is than grey's on the same pictures, with its interval."""
    gaps = (scored["grey"].columns["error"] - scored[name].columns["error"]).numpy()
    low, high = mean_interval(gaps)
    return [float(np.mean(gaps)), low, high]


def figures(scored: dict[str, Scored], split_name: str, seed: int) -> list[Figure]:
    """What the report prints."""
    grey, real = scored["grey"], scored["real"]
    nearest = min(grey.mean("error"), scored["mean colour"].mean("error"))
    n, command = len(grey.columns["error"]), f"{COMMAND} --seed {seed}"

    def figure(name: str, what: str, measure: str, floor: float, floor_is: str,
               target: float | None, lower: bool) -> Figure:  # fmt: skip
        each = scored[name]
        return Figure(f"{what}, {name}", each.mean(measure), n, split_name, "real", command,
                      today(), each.interval(measure), target, floor, floor_is, lower)  # fmt: skip

    kept = []
    for name in ("regression", "classes"):
        goal = ERROR_TARGET * grey.mean("error") if name == "regression" else None
        strength = STRENGTH_TARGET * real.mean("colourfulness") if name == "classes" else None
        rows: tuple[tuple[str, str, float, str, float | None, bool], ...] = (
            ("mean a, b error", "error", nearest, "the better of grey and one colour", goal, True),
            ("error, rare colours weighing more", "balanced", grey.mean("balanced"), "grey",
             None, True),
            ("PSNR (dB)", "psnr", grey.mean("psnr"), "grey", None, False),
            ("colourfulness", "colourfulness", grey.mean("colourfulness"), "grey", strength, False),
        )  # fmt: skip
        kept += [figure(name, *row) for row in rows]
    return kept
