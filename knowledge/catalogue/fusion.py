"""Words and meaning in one score.

Both are absolute scales up to 1, so they are added with weights (a convex combination: Bruch, Gai
and Ingber, 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"). The figures were chosen
on the tuning half of tests/search_evaluation (docs/search.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.catalogue.columns import Columns, Mask

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Fusion:
    """How words and meaning are weighed; `meaning` 0 is words alone, 1 is meaning alone."""

    meaning: float = 0.7
    near: float = 0.22  # the cosine from which a course is found without sharing words
    share: float = 0.5  # and the share of the best cosine: what is far behind is not counted in
    sure: float = 0.35  # the best cosine that a text must reach of which every word is needed
    coverage: float = 1.0  # the power to which the share of the words that a course holds counts
    mends: bool = True  # whether slips of the finger are mended
    ease: float = 0.1  # what a course that asks the most loses when an easy one is wanted

    def found(self, covered: Scores, needed: float, nearness: Scores | None) -> Mask:
        """Courses that hold enough of the words, or that mean nearly the same."""
        by_words: Mask = (covered > 0) & (covered >= needed)
        if nearness is None or self.meaning == 0:
            return by_words
        known = np.nan_to_num(nearness, nan=-1.0)
        best = float(known.max(initial=-1.0))
        by_meaning: Mask = known >= max(self.near, self.share * best)
        if needed >= 1 and best < self.sure:
            return by_words  # "what should I take first" is near to nothing
        return by_meaning if self.meaning == 1 else by_words | by_meaning

    def score(self, words: Scores, covered: Scores, nearness: Scores | None) -> Scores:
        """The weighed sum; for a course that has no vector yet, words alone."""
        by_words = words * covered**self.coverage
        if nearness is None or self.meaning == 0:
            return by_words
        scores: Scores = (1 - self.meaning) * by_words + self.meaning * nearness
        return np.where(np.isnan(nearness), by_words, scores)


def burden(columns: Columns) -> Scores:
    """How much a course asks, 0 to 1, as far as a catalogue tells: units, prerequisites, number.

    It knows no hours of work; whoever shows the order has to say so.
    """
    table = columns.courses
    units = np.clip(table["units_min"].astype(np.float32) - 1, 0, 4) / 4
    numbers = np.clip(table["number"] // 100, 0, 2).astype(np.float32) / 2
    asked: Scores = 0.4 * units + 0.4 * table["prerequisites"] + 0.2 * numbers
    return asked
