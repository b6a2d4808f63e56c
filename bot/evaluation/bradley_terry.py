"""Strengths from comparisons in pairs, ties included: Bradley–Terry in Davidson's form (1970).

P(i over j) = pᵢ / D and P(tie) = ν √(pᵢ pⱼ) / D with D = pᵢ + pⱼ + ν √(pᵢ pⱼ); without ties this
is Bradley and Terry's model. Fitted by minorisation and maximisation as in Hunter, MM algorithms
for generalized Bradley-Terry models (2004): the root is bounded from above by a weighted mean of
its two strengths, so that every step raises the likelihood and needs no step size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_TOLERANCE = 1e-9  # of the largest change of a log strength
_MOST_STEPS = 20_000


@dataclass(frozen=True)
class Comparisons:
    """[..., n, n] `wins[i, j]`: how often i was preferred to j; `ties[i, j]` = `ties[j, i]`.

    The dimensions before the last two are samples that are fitted side by side.
    """

    wins: Floats
    ties: Floats

    @classmethod
    def none(cls, players: int) -> Comparisons:
        """Before the first one."""
        return cls(np.zeros((players, players)), np.zeros((players, players)))

    def smoothed(self, amount: float) -> Comparisons:
        """With so many more comparisons of every pair, shared as half wins.

        Without it who never lost would be infinitely strong, and parts that never met could not
        be compared.
        """
        extra = amount / 2 * (1 - np.eye(self.wins.shape[-1]))
        return Comparisons(self.wins + extra, self.ties)


@dataclass(frozen=True)
class Strengths:
    """[..., n] `logs` sum to zero; [...] `tie` is ν."""

    logs: Floats
    tie: Floats


def fit(seen: Comparisons) -> Strengths:
    """The likeliest strengths. Every player must be linked to the others by wins both ways
    (`Comparisons.smoothed` sees to it); else they grow until the steps end.
    """
    wins, ties = seen.wins, seen.ties
    games = wins + wins.swapaxes(-1, -2) + ties
    scores = wins.sum(axis=-1) + ties.sum(axis=-1) / 2
    tied = ties.sum(axis=(-1, -2)) / 2
    logs, nu = np.zeros(scores.shape), np.where(tied > 0, 1.0, 0.0)
    for _ in range(_MOST_STEPS):
        new = np.log(scores / _pull(games, np.exp(logs), nu))
        new -= new.mean(axis=-1, keepdims=True)
        root, total = _parts(np.exp(new), nu)
        change = np.abs(new - logs).max()
        logs, before = new, nu
        at_one = (games * root / total).sum(axis=(-1, -2)) / 2  # ties expected if ν were 1 here
        nu = np.where(tied > 0, tied / np.where(at_one > 0, at_one, 1.0), 0.0)
        if max(change, np.abs(nu - before).max()) < _TOLERANCE:
            break
    return Strengths(logs, nu)


def likelihood(seen: Comparisons, fitted: Strengths) -> float:
    """The log-likelihood of one sample."""
    p, nu = np.exp(fitted.logs), fitted.tie
    root, total = _parts(p, nu)
    value = (seen.wins * np.log(p[:, None] / total)).sum()
    if nu > 0:
        value += (np.triu(seen.ties, 1) * np.log(nu * root / total)).sum()
    return float(value)


def _parts(p: Floats, nu: Floats) -> tuple[Floats, Floats]:
    """[..., n, n] the root √(pᵢ pⱼ), and the denominator D."""
    root = np.sqrt(p[..., :, None] * p[..., None, :])
    return root, p[..., :, None] + p[..., None, :] + nu[..., None, None] * root


def _pull(games: Floats, p: Floats, nu: Floats) -> Floats:
    """[..., n] what divides a player's wins in the next step."""
    bound = 1 + nu[..., None, None] / 2 * np.sqrt(p[..., None, :] / p[..., :, None])
    return np.asarray((games / _parts(p, nu)[1] * bound).sum(axis=-1))
