"""The kicks of a match, generated so that the best possible answer is known.

A match has nine places of team-mates and nine of opponents on the pitch, seen from above; the
goalkeeper stands at the left. A kick lands near one of them: a side is drawn (even chances), then a
player of it, then the landing point, normally spread around his place. So both sides are clouds (a
mixture of Gaussians), they overlap, and P(team-mate | landing point) is known in closed form.
Points outside the pitch are drawn again, side and all, which leaves that probability as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

LENGTH, WIDTH = 105.0, 68.0  # metres
SPREAD = 6.5  # metres: standard deviation of a landing point around the player who gets it
WANDER = 4.0  # metres: how far a match's places lie from the plan's

# The plan: team-mates come up along one wing, opponents press from the middle. Metres.
_TEAM = (
    (24, 14), (27, 34), (22, 54), (40, 9), (43, 25), (38, 57), (58, 9), (68, 16), (83, 9),
)  # fmt: skip
_OPPONENTS = (
    (50, 41), (62, 31), (55, 56), (70, 45), (68, 61), (80, 28), (84, 43), (93, 22), (41, 43),
)  # fmt: skip


@dataclass(frozen=True)
class Match:
    """Places of both sides, each [9, 2] in metres."""

    team: Tensor
    opponents: Tensor

    def logit(self, points: Tensor) -> Tensor:
        """log P(team-mate)/P(opponent) where the ball lands. points: [n, 2] metres → [n]."""
        return _log_density(points, self.team) - _log_density(points, self.opponents)

    def kicks(self, count: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
        """Landing points [count, 2] in metres and labels [count]: 1 for a team-mate."""
        places = torch.stack([self.opponents, self.team])  # [2, 9, 2]
        points, labels = torch.empty(0, 2), torch.empty(0)
        while len(labels) < count:
            side = torch.randint(2, (count,), generator=chance)
            player = torch.randint(places.shape[1], (count,), generator=chance)
            landed = places[side, player] + SPREAD * torch.randn(count, 2, generator=chance)
            inside = on_pitch(landed)
            points = torch.cat([points, landed[inside]])
            labels = torch.cat([labels, side[inside].float()])
        return points[:count], labels[:count]


def _log_density(points: Tensor, places: Tensor) -> Tensor:
    """log of the mean of Gaussians around the places, up to a constant. [n, 2], [k, 2] → [n]."""
    squares = (points[:, None] - places).square().sum(dim=2)  # [n, k]
    return torch.logsumexp(-squares / (2 * SPREAD**2), dim=1)


def on_pitch(points: Tensor) -> Tensor:
    """Which points [n, 2] lie on the pitch."""
    x, y = points[:, 0], points[:, 1]
    return (x >= 0) & (x <= LENGTH) & (y >= 0) & (y <= WIDTH)


def draw_match(seed: int) -> Match:
    """A match of its own for each seed: the plan, places moved a little, sometimes mirrored."""
    chance = torch.Generator().manual_seed(seed)
    sides = []
    for plan in (_TEAM, _OPPONENTS):
        places = torch.tensor(plan, dtype=torch.float32)
        places = places + WANDER * torch.randn(places.shape, generator=chance)
        sides.append(places.clamp(min=torch.tensor(2.0)))
    if float(torch.rand(1, generator=chance)) < 0.5:
        sides = [torch.stack([side[:, 0], WIDTH - side[:, 1]], dim=1) for side in sides]
    return Match(*sides)


def bayes_error(match: Match, chance: torch.Generator, count: int = 20_000) -> float:
    """The error of the best possible rule: the mean of min(P, 1 - P) over landing points."""
    points, _ = match.kicks(count, chance)
    sure = torch.sigmoid(match.logit(points))
    return float(torch.minimum(sure, 1 - sure).mean())
