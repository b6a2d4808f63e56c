"""The figures of a report: opinion scores, preferences, strengths and agreement, with intervals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from bot.evaluation.agreement import Metric, alpha, quadratic_kappa
from bot.evaluation.bradley_terry import Comparisons, fit
from bot.evaluation.model import Judged
from bot.evaluation.table import Floats, Pairs, Places, Resamples, Scores, interval

SMOOTHING = 0.5  # comparisons added to every pair of policies before strengths are fitted


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Opinion:
    """What people think of one policy: the mean of its scores, and of how many."""

    policy: str
    mos: Estimate
    ratings: int
    items: int


@dataclass(frozen=True)
class Strength:
    """A policy's logarithmic Bradley–Terry strength; the mean of all is zero."""

    policy: str
    strength: Estimate


@dataclass(frozen=True)
class PairFigure:
    """How often one policy's reply was preferred to another's; `share` counts a tie half."""

    first: str
    second: str
    wins: int
    ties: int
    losses: int
    share: Estimate


@dataclass(frozen=True)
class Kappa:
    """Quadratically weighted kappa of two raters over the replies that both have scored."""

    first: str
    second: str
    kappa: float
    replies: int


@dataclass(frozen=True)
class Agreement:
    """Krippendorff's alpha by each metric, and kappa of every two raters."""

    alpha: dict[str, float]
    kappas: tuple[Kappa, ...]


def opinions(scores: Scores, places: Places, samples: Resamples) -> tuple[Opinion, ...]:
    """Mean opinion scores, the best first."""
    found = []
    for at, policy in enumerate(places.policies):
        mine = scores.policy == at
        if not mine.any():
            continue
        score, item = scores.score[mine], scores.item[mine]
        weights = samples.weights(item, scores.rater[mine])
        means = _ratio((weights * score).sum(axis=1), weights.sum(axis=1))
        mos = Estimate(float(score.mean()), *interval(means))
        found.append(Opinion(policy, mos, len(score), len(np.unique(item))))
    return tuple(sorted(found, key=lambda each: -each.mos.value))


def preferences(pairs: Pairs, places: Places, samples: Resamples) -> tuple[PairFigure, ...]:
    """Every two policies that were ever compared."""
    found = []
    for one, two in combinations(range(len(places.policies)), 2):
        ahead = (pairs.first == one) & (pairs.second == two)
        behind = (pairs.first == two) & (pairs.second == one)
        mine = ahead | behind
        if not mine.any():
            continue
        won = np.where(ahead, pairs.won, 1 - pairs.won)[mine]
        weights = samples.weights(pairs.item[mine], pairs.rater[mine])
        shares = _ratio((weights * won).sum(axis=1), weights.sum(axis=1))
        counts = Counter(won.tolist())
        share = Estimate(float(won.mean()), *interval(shares))
        names = places.policies[one], places.policies[two]
        found.append(PairFigure(*names, counts[1.0], counts[0.5], counts[0.0], share))
    return tuple(found)


def strengths(pairs: Pairs, places: Places, samples: Resamples) -> tuple[Strength, ...]:
    """Bradley–Terry strengths, the strongest first; none with fewer than two policies compared."""
    if len(places.policies) < 2 or not len(pairs.won):
        return ()
    alone = fit(_compared(pairs, places, np.ones((1, len(pairs.won)))).smoothed(SMOOTHING))
    weights = samples.weights(pairs.item, pairs.rater)
    again = fit(_compared(pairs, places, weights).smoothed(SMOOTHING))
    found = (
        Strength(policy, Estimate(float(alone.logs[0, at]), *interval(again.logs[:, at])))
        for at, policy in enumerate(places.policies)
    )
    return tuple(sorted(found, key=lambda each: -each.strength.value))


def agreement(judged: Sequence[Judged]) -> Agreement:
    """How far the raters agree about the same replies."""
    by_reply: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for each in judged:
        for rating in each.ratings:
            for reply, score in rating.scores.items():
                by_reply[each.item.item_id, reply][rating.rater] = score
    units = [list(values.values()) for values in by_reply.values()]
    raters = sorted({rater for values in by_reply.values() for rater in values})
    kappas = [_kappa(list(by_reply.values()), *pair) for pair in combinations(raters, 2)]
    alphas = {metric.value: alpha(units, metric) for metric in Metric}
    return Agreement(alphas, tuple(each for each in kappas if each.replies))


def by_place(scores: Scores) -> tuple[float, ...]:
    """The mean score by the place on the page: far apart, the order would matter after all."""
    last = int(scores.place.max(initial=-1))
    return tuple(float(scores.score[scores.place == at].mean()) for at in range(last + 1))


def _compared(pairs: Pairs, places: Places, weights: Floats) -> Comparisons:
    """[samples, policies, policies] comparisons, each weighing what it weighs in a sample."""
    number = len(places.policies)
    wins, ties = (np.zeros((len(weights), number, number)) for _ in range(2))
    for at in np.unique(np.stack([pairs.first, pairs.second, pairs.won * 2]), axis=1).T:
        one, two, won = int(at[0]), int(at[1]), at[2] / 2
        alike = (pairs.first == one) & (pairs.second == two) & (pairs.won == won)
        amount = weights[:, alike].sum(axis=1)
        if won == 0.5:
            ties[:, one, two] += amount
            ties[:, two, one] += amount
        else:
            ahead, behind = (one, two) if won else (two, one)
            wins[:, ahead, behind] += amount
    return Comparisons(wins, ties)


def _kappa(replies: Sequence[dict[str, int]], one: str, two: str) -> Kappa:
    both = [(values[one], values[two]) for values in replies if one in values and two in values]
    first, second = zip(*both, strict=True) if both else ((), ())
    return Kappa(one, two, quadratic_kappa(first, second), len(both))


def _ratio(above: Floats, below: Floats) -> Floats:
    """NaN where there is nothing."""
    empty = np.full(len(above), np.nan)
    return np.asarray(np.divide(above, below, out=empty, where=below > 0))
