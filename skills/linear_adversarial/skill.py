"""The linear adversarial example of lecture 4, with its exact numbers.

ŷ = wᵀx; x* = x + ε wᵀ raises ŷ by ε‖w‖², x + ε sign(w) by ε‖w‖₁. The lecturer says 0.5 for ŷ*; with
the lecture's own numbers it is −4 + 0.2 · 28 = 1.6.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skills.errors import InvalidOption, NotTrainable
from skills.kit.drawing import bars_picture
from skills.linear_adversarial.card import LINEAR
from skills.protocol import Progress, SkillResult

W = (1.0, 3.0, -1.0, 2.0, 2.0, 3.0)
X = (1.0, -1.0, 2.0, 0.0, 3.0, -2.0)
EPSILON = 0.2


def output(w: Sequence[float], x: Sequence[float]) -> float:
    """ŷ = wᵀx (the bias is zero)."""
    return sum(a * b for a, b in zip(w, x, strict=True))


def add_weights(x: Sequence[float], w: Sequence[float], epsilon: float) -> list[float]:
    """x* = x + ε w."""
    return [b + epsilon * a for a, b in zip(w, x, strict=True)]


def add_signs(x: Sequence[float], w: Sequence[float], epsilon: float) -> list[float]:
    """x* = x + ε sign(w): no coordinate moves by more than ε."""
    return [b + epsilon * ((a > 0) - (a < 0)) for a, b in zip(w, x, strict=True)]


def growth(sizes: Sequence[int], epsilon: float, seed: int) -> list[float]:
    """How far the sign step moves ŷ for random weights of each size: ε‖w‖₁, linear in n."""
    chance = random.Random(seed)
    return [epsilon * sum(abs(chance.gauss(0, 1)) for _ in range(size)) for size in sizes]


class LinearAdversarial:
    """The skill."""

    card = LINEAR

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Both attacks on the lecture's numbers; option `epsilon`."""
        try:
            epsilon = float(options.get("epsilon", EPSILON))
        except (TypeError, ValueError) as error:
            raise InvalidOption("epsilon") from error
        before = output(W, X)
        forged, signed = add_weights(X, W, epsilon), add_signs(X, W, epsilon)
        after, after_sign = output(W, forged), output(W, signed)
        progress(0.5)
        bars = [("x", before), ("x + εw", after), ("x + ε sign(w)", after_sign)]
        data = {"epsilon": epsilon, "x": list(X), "forged": forged, "signed": signed,
                "before": before, "after": after, "after_sign": after_sign}  # fmt: skip
        return SkillResult(
            _text(epsilon, forged, before, after, after_sign), (bars_picture(bars),), data
        )

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """The weights are the lecture's."""
        raise NotTrainable(self.card.name)

    def evaluate(self, data: Path) -> dict[str, Any]:
        """The exact figures, and how the effect grows with the number of inputs."""
        sizes = [10, 100, 1000, 10000]
        return {
            "n": 1,
            "before": output(W, X),
            "after": output(W, add_weights(X, W, EPSILON)),
            "after_sign": output(W, add_signs(X, W, EPSILON)),
            "growth": dict(zip(map(str, sizes), growth(sizes, EPSILON, 0), strict=True)),
        }


def _text(
    epsilon: float, forged: Sequence[float], before: float, after: float, signed: float
) -> str:
    listed = ", ".join(f"{value:.2g}" for value in forged)
    return (
        f"The model answers {before:.4g} for x. Adding {epsilon:g} times its own weights gives "
        f"x* = ({listed}) and the answer {after:.4g}; no coordinate looks very different, yet the "
        f"decision flips. (In class 0.5 was said; the numbers give {after:.4g} for this ε.) With "
        f"only the signs of the weights it is {signed:.4g}. The effect grows with the number of "
        "inputs at the same ε, which is why large images are easy to forge."
    )


SKILL = LinearAdversarial()
