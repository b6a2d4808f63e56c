"""Scale curves (lecture 1): why deep learning took off when there was more data.

The lecture's picture: the performance of "traditional" algorithms (logistic regression, support
vector machines) levels off, a small network does a little better, a medium one better still, and
"if you train a very large neural net, the performance kind of keeps on getting better and better"
up to the base error rate. Here these lines are measured on MNIST (committed points) and drawn
again, live, on a generated task whose base error rate is known exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skills.kit import figures as kept
from skills.kit import weights
from skills.protocol import Progress, SkillResult
from skills.scale_curves import curve
from skills.scale_curves.card import SCALE_CURVES
from skills.scale_curves.digits import read
from skills.scale_curves.figures import NAME, figures, score, summary
from skills.scale_curves.generated import WIDTHS, Stack, scored, trained
from skills.scale_curves.measuring import Measuring, measure
from skills.scale_curves.options import chosen
from skills.scale_curves.picture import live_picture, measured_picture
from skills.scale_curves.words import live_means, words


class ScaleCurves:
    """The skill."""

    card = SCALE_CURVES

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """The measured curves and a live experiment; options `sizes`, `seed`, `noise`."""
        experiment = chosen(options)
        measured = curve.read(weights.FOLDER / NAME / "curves.json")
        pictures = [measured_picture(measured)]
        progress(0.1, pictures[0])
        points: list[curve.Point] = []
        nets: dict[str, Stack] = {}
        for number, (name, width) in enumerate(WIDTHS.items(), start=1):
            nets[name] = trained(experiment, width)
            points += scored(experiment, name, nets[name])
            drawn = live_picture(points, experiment.noise, nets)
            progress(0.1 + 0.85 * number / len(WIDTHS), drawn)
        data = {
            "measured": summary(measured),
            "live": live_means(points),
            "noise": experiment.noise,
        }
        return SkillResult(words(measured, points, experiment.noise), (*pictures, drawn), data)

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Measure every point (about ten minutes on a core) and keep one net of each model."""
        split = read(data)
        measuring = Measuring(seeds=tuple(range(seed, seed + 5)))
        points = measure(split, measuring, lambda model, net: weights.save(net, NAME, model.name))
        curve.write(weights.FOLDER / NAME / "curves.json", points)
        command = f"python -m skills train {NAME} --data MNIST --seed {seed}"
        kept.write(weights.FOLDER, NAME, figures(points, split, command))
        return {"n": len(split.test), "points": len(points), **summary(points)}

    def evaluate(self, data: Path) -> dict[str, Any]:
        """Accuracies of the committed nets on the test part of a folder with `mnist.npz`."""
        return score(read(data))


SKILL = ScaleCurves()
