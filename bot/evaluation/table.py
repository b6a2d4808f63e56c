"""Ratings as arrays: one row a score and policy, and weights for resampling items and raters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.model import Candidate, Judged, Rating

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Places:
    """Names of what is counted; arrays hold their places."""

    items: tuple[int, ...]
    raters: tuple[str, ...]
    policies: tuple[str, ...]

    @classmethod
    def of(cls, judged: Sequence[Judged]) -> Places:
        """All that occur, in order."""
        ratings = [rating for each in judged for rating in each.ratings]
        replies = [reply for each in judged for reply in each.item.candidates]
        return cls(
            tuple(each.item.item_id for each in judged),
            tuple(sorted({rating.rater for rating in ratings})),
            tuple(sorted({policy for reply in replies for policy in reply.policies})),
        )


@dataclass(frozen=True)
class Scores:
    """[n] arrays: a score with its item, rater, policy and place on the page.

    A reply that several policies gave counts for each of them.
    """

    item: Numbers
    rater: Numbers
    policy: Numbers
    score: Floats
    place: Numbers

    @classmethod
    def of(cls, judged: Sequence[Judged], places: Places) -> Scores:
        """All scores that count."""
        rows = [
            (at, places.raters.index(rating.rater), places.policies.index(policy), score, place)
            for at, each in enumerate(judged)
            for rating in each.ratings
            for place, (reply, score) in enumerate(_scored(each, rating))
            for policy in reply.policies
        ]
        item, rater, policy, score, place = np.array(rows, np.int64).reshape(-1, 5).T
        return cls(item, rater, policy, score.astype(float), place)


@dataclass(frozen=True)
class Pairs:
    """[n] arrays: two policies' different replies compared by one rater; `won` is 1, 0.5 or 0.

    The scores tell who is preferred; of two with the same, best score the rater's own answer does.
    Policies that gave the same reply were not compared.
    """

    item: Numbers
    rater: Numbers
    first: Numbers
    second: Numbers
    won: Floats

    @classmethod
    def of(cls, judged: Sequence[Judged], places: Places) -> Pairs:
        """All comparisons that the ratings hold."""
        rows = [
            (at, places.raters.index(rating.rater), *(places.policies.index(p) for p in pair), won)
            for at, each in enumerate(judged)
            for rating in each.ratings
            for *pair, won in _compared(each, rating)
        ]
        item, rater, first, second, won = np.array(rows, float).reshape(-1, 5).T
        whole = np.int64
        return cls(
            item.astype(whole), rater.astype(whole), first.astype(whole), second.astype(whole), won
        )


@dataclass(frozen=True)
class Resamples:
    """[samples, items] and [samples, raters]: how often each was drawn, with replacement.

    Items and raters are drawn independently, a rating weighing the product of both: what holds for
    these items and these raters is to hold for others of their kind (Owen, The pigeonhole
    bootstrap, 2007).
    """

    items: Floats
    raters: Floats

    @classmethod
    def drawn(cls, places: Places, samples: int, seed: int) -> Resamples:
        """So many, from that seed."""
        chance = np.random.default_rng(seed)
        drawn = [
            chance.multinomial(number, np.full(number, 1 / number), samples).astype(float)
            for number in (len(places.items), len(places.raters))
        ]
        return cls(*drawn)

    def weights(self, item: Numbers, rater: Numbers) -> Floats:
        """[samples, n] the weight of each rating in each sample."""
        return np.asarray(self.items[:, item] * self.raters[:, rater])


def interval(values: Floats, level: float = 0.95) -> tuple[float, float]:
    """The middle part of resampled values; samples in which there was nothing are left out."""
    present = values[np.isfinite(values)]
    if not len(present):
        return float("nan"), float("nan")
    low, high = np.quantile(present, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _scored(judged: Judged, rating: Rating) -> Iterator[tuple[Candidate, int]]:
    replies = {reply.candidate_id: reply for reply in judged.item.candidates}
    for candidate_id, score in rating.scores.items():
        yield replies[candidate_id], score


def _compared(judged: Judged, rating: Rating) -> Iterator[tuple[str, str, float]]:
    for (one, high), (two, low) in combinations(_scored(judged, rating), 2):
        won = 0.5 + np.sign(high - low) / 2
        asked = rating.preference
        if asked is not None and {asked.first, asked.second} == {
            one.candidate_id,
            two.candidate_id,
        }:
            won = {one.candidate_id: 1.0, two.candidate_id: 0.0}.get(asked.chosen or 0, 0.5)
        for first in one.policies:
            for second in two.policies:
                yield first, second, float(won)
