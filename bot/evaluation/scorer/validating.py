"""How well scores are guessed for conversations that were not learned from, beside a plain floor.

Folds are made of whole conversations. The penalty is chosen within each training part alone. The
floor knows more than the model is given: which policies gave the reply, and their mean score.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import pearsonr, spearmanr

from bot.evaluation.errors import TooFewRatings
from bot.evaluation.model import Judged
from bot.evaluation.scorer.features import Encoder, Reply, features
from bot.evaluation.scorer.ridge import Ridge, fit_all
from bot.evaluation.table import interval

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
FOLDS = 5
FEWEST = 20  # rated replies below which nothing is learned
_SAMPLES = 1_000


@dataclass(frozen=True)
class Rated:
    """[n] replies with their columns, mean scores, numbers of ratings, and conversations."""

    replies: tuple[Reply, ...]
    columns: Floats
    scores: Floats
    counts: Floats
    groups: Numbers

    @classmethod
    def of(cls, judged: Sequence[Judged], encoder: Encoder) -> Rated:
        """All replies that have scores; raise TooFewRatings."""
        given: list[tuple[Reply, list[int], str]] = []
        for each in judged:
            for reply in each.item.candidates:
                scores = [rating.scores[reply.candidate_id] for rating in each.ratings]
                given.append((Reply(each.item, reply), scores, _conversation(each)))
        names = sorted({name for _, _, name in given})
        if len(given) < FEWEST or len(names) < FOLDS:
            raise TooFewRatings(len(given), FEWEST)
        replies = tuple(reply for reply, _, _ in given)
        return cls(
            replies,
            features(replies, encoder),
            np.array([np.mean(scores) for _, scores, _ in given]),
            np.array([float(len(scores)) for _, scores, _ in given]),
            np.array([names.index(name) for _, _, name in given]),
        )


@dataclass(frozen=True)
class Fit:
    """How near guesses are to the mean scores; correlations are NaN for guesses all the same."""

    pearson: float
    spearman: float
    mean_error: float


@dataclass(frozen=True)
class Validation:
    """Both on the same held-out replies; `gain` is how much smaller the scorer's mean error is than
    the floor's, with an interval by resampling conversations.
    """

    replies: int
    conversations: int
    folds: int
    seed: int
    scorer: Fit
    floor: Fit
    gain: tuple[float, float, float]


def validate(rated: Rated, seed: int) -> Validation:
    """Cross-validation over conversations."""
    guessed, floor = np.zeros(len(rated.scores)), np.zeros(len(rated.scores))
    for held in _folds(rated.groups, seed):
        learned = ~held
        model = train(rated, learned, seed)
        guessed[held] = model.predict(rated.columns[held])
        floor[held] = _by_policy(rated, learned, held)
    return Validation(
        replies=len(rated.scores),
        conversations=len(np.unique(rated.groups)),
        folds=FOLDS,
        seed=seed,
        scorer=_fit(guessed, rated.scores),
        floor=_fit(floor, rated.scores),
        gain=_gain(np.abs(floor - rated.scores) - np.abs(guessed - rated.scores), rated, seed),
    )


def train(rated: Rated, rows: NDArray[np.bool_], seed: int) -> Ridge:
    """A model of these rows, its penalty chosen by cross-validation within them."""
    places = np.flatnonzero(rows)
    errors = np.zeros(len(PENALTIES))
    for held in _folds(rated.groups[places], seed):
        learned, left = places[~held], places[held]
        models = _fitted(rated, learned, PENALTIES)
        for at, model in enumerate(models):
            errors[at] += np.abs(model.predict(rated.columns[left]) - rated.scores[left]).sum()
    return _fitted(rated, places, [PENALTIES[int(errors.argmin())]])[0]


def _fitted(rated: Rated, rows: Numbers, penalties: Sequence[float]) -> list[Ridge]:
    return fit_all(rated.columns[rows], rated.scores[rows], rated.counts[rows], penalties)


def _folds(groups: Numbers, seed: int) -> Iterator[NDArray[np.bool_]]:
    """The rows held out, fold by fold; a conversation is in one fold alone."""
    names = sorted(set(groups.tolist()))
    random.Random(seed).shuffle(names)
    number = min(FOLDS, len(names))
    for fold in range(number):
        yield np.isin(groups, names[fold::number])


def _by_policy(rated: Rated, learned: NDArray[np.bool_], held: NDArray[np.bool_]) -> Floats:
    """The mean score of the policies that gave a reply, as the other folds know it."""
    scores: dict[str, list[float]] = defaultdict(list)
    for at in np.flatnonzero(learned):
        for policy in rated.replies[at].candidate.policies:
            scores[policy].append(float(rated.scores[at]))
    overall = float(rated.scores[learned].mean())
    means = {policy: float(np.mean(found)) for policy, found in scores.items()}
    return np.array(
        [
            np.mean([means.get(policy, overall) for policy in reply.candidate.policies])
            for reply in (rated.replies[at] for at in np.flatnonzero(held))
        ]
    )


def _fit(guessed: Floats, scores: Floats) -> Fit:
    error = float(np.abs(guessed - scores).mean())
    if np.ptp(guessed) == 0 or np.ptp(scores) == 0:
        return Fit(float("nan"), float("nan"), error)
    pearson, spearman = pearsonr(guessed, scores), spearmanr(guessed, scores)
    return Fit(float(pearson.statistic), float(spearman.statistic), error)


def _gain(differences: Floats, rated: Rated, seed: int) -> tuple[float, float, float]:
    names, places = np.unique(rated.groups, return_inverse=True)
    drawn = np.random.default_rng(seed).multinomial(
        len(names), np.full(len(names), 1 / len(names)), _SAMPLES
    )
    weights = drawn[:, places]  # [samples, n]
    means = (weights * differences).sum(axis=1) / weights.sum(axis=1)
    return float(differences.mean()), *interval(means)


def _conversation(judged: Judged) -> str:
    """Items of one conversation share words, so they stay in one fold."""
    origin = judged.item.origin
    if "conversation" in origin:
        return f"{origin.get('seed')} {origin['conversation']}"
    return judged.item.key
