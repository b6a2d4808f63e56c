"""A trigram model with interpolated Kneser-Ney smoothing, written in the ARPA form.

R. Kneser, H. Ney: Improved backing-off for m-gram language modeling, ICASSP 1995; interpolated as
in S. Chen, J. Goodman: An empirical study of smoothing techniques, 1998. One discount an order.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

START, END = "<s>", "</s>"
_NEVER = -99.0  # the start is never predicted
Gram = tuple[str, ...]


@dataclass(frozen=True)
class Trigrams:
    """Log10 probabilities of n-grams and back-off weights of their contexts."""

    probabilities: tuple[dict[Gram, float], ...]  # of order 1, 2, 3
    weights: dict[Gram, float]

    def write(self, out: TextIO) -> None:
        """Write the ARPA form."""
        out.write("\\data\\\n")
        for order, grams in enumerate(self.probabilities, 1):
            out.write(f"ngram {order}={len(grams)}\n")
        for order, grams in enumerate(self.probabilities, 1):
            out.write(f"\n\\{order}-grams:\n")
            for gram in sorted(grams):
                weight = f" {self.weights.get(gram, 0.0):.4f}" if order < 3 else ""
                out.write(f"{grams[gram]:.4f} {' '.join(gram)}{weight}\n")
        out.write("\n\\end\\\n")

    def score(self, context: Gram, word: str) -> float:
        """Log10 probability of a word after (at most two) others."""
        context = context[-2:]
        for length in range(len(context), -1, -1):
            gram = (*context[len(context) - length :], word)
            if gram in self.probabilities[length]:
                backed = [context[i:] for i in range(len(context) - length)]
                rest = sum(self.weights.get(each, 0.0) for each in backed)
                return self.probabilities[length][gram] + rest
        return -math.inf


def estimate(sentences: Iterable[tuple[Gram, float]], discount: float = 0.75) -> Trigrams:
    """The model of weighted sentences; the weights multiply the counts of trigrams alone."""
    counts = _counts(sentences)
    smaller: dict[Gram, float] = {}
    logs: list[dict[Gram, float]] = []
    weights: dict[Gram, float] = {}
    for order in (1, 2, 3):
        grams, totals, kinds = _sums(counts[order])
        cut = discount if order > 1 else 0.0
        now: dict[Gram, float] = {}
        for gram, count in grams.items():
            context = gram[:-1]
            kept = max(count - cut, 0.0) / totals[context]
            free = _free(cut, kinds[context], totals[context])
            now[gram] = kept + free * smaller.get(gram[1:], 0.0)
        if order > 1:
            for context, total in totals.items():
                weights[context] = math.log10(max(_free(cut, kinds[context], total), 1e-9))
        logs.append({gram: math.log10(p) for gram, p in now.items() if p > 0})
        smaller = now
    logs[0][(START,)] = _NEVER
    return Trigrams(tuple(logs), weights)


def _free(discount: float, kinds: float, total: float) -> float:
    """The mass that a context leaves to the smaller order."""
    return discount * kinds / total


def _counts(sentences: Iterable[tuple[Gram, float]]) -> dict[int, dict[Gram, float]]:
    """Weighted counts of trigrams; of smaller orders, how many kinds of words stand before."""
    trigrams: dict[Gram, float] = defaultdict(float)
    bigrams_at_start: dict[Gram, float] = defaultdict(float)
    for words, weight in sentences:
        padded = (START, *words, END)
        bigrams_at_start[padded[:2]] += weight
        for place in range(len(padded) - 2):
            trigrams[padded[place : place + 3]] += weight
    bigrams: dict[Gram, float] = defaultdict(float, bigrams_at_start)
    for gram in trigrams:
        bigrams[gram[1:]] += 1
    unigrams: Counter[Gram] = Counter(gram[1:] for gram in bigrams)
    return {1: dict(unigrams), 2: dict(bigrams), 3: dict(trigrams)}


def _sums(
    counts: dict[Gram, float],
) -> tuple[dict[Gram, float], dict[Gram, float], dict[Gram, float]]:
    """The counts (at least one each), their totals and number of kinds by context."""
    grams = {gram: max(count, 1.0) for gram, count in counts.items()}
    totals: dict[Gram, float] = defaultdict(float)
    kinds: dict[Gram, float] = defaultdict(float)
    for gram, count in grams.items():
        totals[gram[:-1]] += count
        kinds[gram[:-1]] += 1
    return grams, totals, kinds
