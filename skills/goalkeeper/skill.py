"""Where should the goalkeeper kick (lecture 1's list, an assignment of course 2)?

Of past kicks we know where the ball landed and whether a team-mate or an opponent got it. A network
learns the line on the pitch between both, while one watches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from skills.errors import InvalidOption
from skills.goalkeeper.card import GOALKEEPER
from skills.goalkeeper.match import WIDTH, Match, bayes_error, draw_match
from skills.goalkeeper.measuring import HELD_OUT, TEST_SEED, figures, score_matches, summary
from skills.goalkeeper.pitch import Boundary, draw_pitch, grid_points, with_captions
from skills.goalkeeper.training import WAYS, GoalkeeperConfig, accuracy, fit_curve, fit_line
from skills.kit import weights
from skills.kit.drawing import png
from skills.kit.figures import today, write
from skills.kit.measures import wilson
from skills.kit.options import whole
from skills.protocol import Progress, SkillResult

_LARGE, _SMALL = 9.6, 3.2  # pixels a metre
_FRAMES = 8  # pictures of the moving boundary
_WHITE, _GOLD, _BLACK = (255, 255, 255), (255, 236, 120), (20, 20, 20)
_LEGEND = (
    "blue: team-mate   red: opponent   white: the network's line   "
    "yellow: logistic regression   black: the best possible"
)
_NAMES = {"none": "no regularisation", "l2": "L2 penalty", "dropout": "dropout"}


class Goalkeeper:
    """The skill."""

    card = GOALKEEPER

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Learn a match's line live; options `seed` (the match) and `regularisation`."""
        seed, way = whole(options, "seed", 0, 0, 2**31 - 1), _way(options)
        config = GoalkeeperConfig()
        match, chance = draw_match(seed), torch.Generator().manual_seed(seed + 1)
        points, labels = match.kicks(config.kicks, chance)
        later, truth = match.kicks(HELD_OUT, chance)
        line = fit_line(points, labels, config, seed)
        watch = _frames(points, labels, line, config.plan.epochs, progress)
        nets = {
            each: fit_curve(points, labels, each, config, seed, watch if each == way else None)
            for each in sorted(WAYS, key=lambda name: name != way)  # the chosen one first
        }
        progress(0.9)
        right = {each: accuracy(net, later, truth) for each, net in nets.items()}
        data = {
            "seed": seed,
            "regularisation": way,
            "accuracy": right,
            "line": accuracy(line, later, truth),
            "best_possible": 1 - bayes_error(match, chance),
            "majority": max(float(truth.mean()), 1 - float(truth.mean())),
            "aim": best_aim(nets[way], points).tolist(),
        }
        main = _large(match, points, labels, line, nets[way])
        panels = [
            (
                f"{_NAMES[each]}: {right[each]:.1%}",
                _panel(_SMALL, points, labels, nets[each], [], None),
            )
            for each in WAYS
        ]
        pictures = (png(with_captions([(_title(way), main)], _LEGEND)), png(with_captions(panels)))
        return SkillResult(_text(data), pictures, data)

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """It learns while it runs: this learns 20 matches anew and writes the figures."""
        start = TEST_SEED + 100 * seed
        scores = score_matches(range(start, start + 20), GoalkeeperConfig())
        if seed == 0:
            write(weights.FOLDER, self.card.name, figures(scores, today()))
        return summary(scores)

    def evaluate(self, data: Path) -> dict[str, Any]:
        """The same on three other matches; there are no weights to score."""
        return summary(score_matches(range(5_000, 5_003), GoalkeeperConfig()))


def best_aim(net: nn.Module, points: Tensor, sure: float = 0.9, scatter: float = 3.0) -> Tensor:
    """Of the spots kicked at so far the furthest up the field where it goes well often enough.

    points: [n, 2] → [2]. A kick misses by some metres, so a spot's chance is the mean over rings
    around it. Spots by the touchline do not count, nor, if any spot is `sure`, those that are not.
    """
    angles = torch.arange(8) * (torch.pi / 4)
    ring = torch.stack([angles.cos(), angles.sin()], dim=1) * scatter  # [8, 2]
    around = torch.cat([torch.zeros(1, 2), ring, 2 * ring])  # [17, 2]
    inner = points[((points[:, 1] - WIDTH / 2).abs() < WIDTH / 2 - 2 * scatter)]
    spots = inner if len(inner) else points
    with torch.no_grad():
        chances = torch.sigmoid(net((spots[:, None] + around).reshape(-1, 2)))
    mean = chances.reshape(len(spots), len(around)).mean(dim=1)
    good = mean >= min(sure, float(mean.max()))
    return spots[int((spots[:, 0] * good).argmax())]


@torch.no_grad()
def _logits(net: Callable[[Tensor], Tensor], scale: float) -> Tensor:
    grid, (height, width) = grid_points(scale)
    return net(grid).reshape(height, width)


def _panel(
    scale: float,
    points: Tensor,
    labels: Tensor,
    net: nn.Module,
    more: Sequence[Boundary],
    aim: Tensor | None,
) -> Any:
    logits = _logits(net, scale)
    own = Boundary(logits, _WHITE, 7 if scale > 5 else 3)
    return draw_pitch(scale, torch.sigmoid(logits), points, labels, [*more, own], aim)


def _large(match: Match, points: Tensor, labels: Tensor, line: nn.Module, net: nn.Module) -> Any:
    more = [
        Boundary(_logits(match.logit, _LARGE), _BLACK, 5, dash=7),
        Boundary(_logits(line, _LARGE), _GOLD, 5),
    ]
    return _panel(_LARGE, points, labels, net, more, best_aim(net, points))


def _frames(
    points: Tensor, labels: Tensor, line: nn.Module, passes: int, progress: Progress
) -> Callable[[int, nn.Module], None]:
    """Shows how the boundary moves while the network learns."""
    # The first passes move it most, so the pictures stand closer there.
    moments = {round(passes * (step / _FRAMES) ** 2) for step in range(1, _FRAMES)}

    def watch(epoch: int, net: nn.Module) -> None:
        if epoch + 1 not in moments:
            return
        straight = Boundary(_logits(line, 6.0), _GOLD, 3)
        where = next(net.parameters()).device
        logits = _logits(lambda grid: net(grid.to(where)).cpu(), 6.0)
        own = Boundary(logits, _WHITE, 5)
        picture = draw_pitch(6.0, torch.sigmoid(logits), points, labels, [straight, own])
        caption = f"pass {epoch + 1} of {passes} over {len(labels)} kicks"
        progress(0.6 * (epoch + 1) / passes, png(with_captions([(caption, picture)])))

    return watch


def _title(way: str) -> str:
    return f"Where to kick: a network with {_NAMES[way]} after {GoalkeeperConfig().kicks} kicks"


def _way(options: Mapping[str, Any]) -> str:
    way = str(options.get("regularisation", "l2")).lower()
    if way not in WAYS:
        raise InvalidOption("regularisation")
    return way


def _text(data: Mapping[str, Any]) -> str:
    way = data["regularisation"]
    share = data["accuracy"][way]
    low, high = wilson(round(share * HELD_OUT), HELD_OUT)
    x, y = data["aim"]
    return (
        f"Kick about {x:.0f} m up the field, {y:.0f} m from the upper touchline (the yellow ring): "
        f"no spot further up is as safe. From 300 kicks of a generated match a small network "
        f"learnt the line between team-mates and opponents just now ({_NAMES[way]}); on "
        f"{HELD_OUT:,} later kicks it is right {share:.1%} of the time (95% interval {low:.1%} to "
        f"{high:.1%}). A straight line "
        f"(logistic regression) reaches {data['line']:.1%}, always saying the more frequent side "
        f"{data['majority']:.1%}, and the best possible rule {data['best_possible']:.1%}, because "
        "both sides overlap."
    )


SKILL = Goalkeeper()
