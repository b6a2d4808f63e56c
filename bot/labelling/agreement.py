"""How far two people agree, and how sure a share is. Pure.

Cohen's kappa (Cohen 1960, "A coefficient of agreement for nominal scales") for intents and for the
tags of words; the F1 of exact spans, one person's taken as truth for the other's, which is
symmetric (Hripcsak and Rothschild 2005, "Agreement, the F-measure, and reliability").
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from bot.labelling.checking import item_of
from knowledge.model.labelling import Reading
from nlu.data.items import tags_of

_Z = 1.959964  # 95%, two-sided


@dataclass(frozen=True)
class Pair:
    """Two people's readings of one text."""

    text: str
    one: Reading
    other: Reading


@dataclass(frozen=True)
class Agreement:
    """How far two people agree on the same items; None where nothing can be said."""

    items: int
    same_intent: float | None
    intent_kappa: float | None
    span_f1: float | None
    tag_kappa: float | None


def agreement(pairs: Sequence[Pair]) -> Agreement:
    """Over all items that both have labelled."""
    intents = [(pair.one.intent, pair.other.intent) for pair in pairs]
    tags = [both for pair in pairs for both in _tags(pair)]
    same = sum(one == other for one, other in intents) / len(intents) if intents else None
    return Agreement(len(pairs), same, kappa(intents), span_f1(pairs), kappa(tags))


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa: 1 for full agreement, 0 for no more than chance.

    None without items; 1 when both used one and the same value throughout, where it is undefined.
    """
    if not pairs:
        return None
    count = len(pairs)
    observed = sum(one == other for one, other in pairs) / count
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(ones[value] * others[value] for value in ones) / count**2
    return 1.0 if expected == 1.0 else (observed - expected) / (1 - expected)


def span_f1(pairs: Iterable[Pair]) -> float | None:
    """The F1 of spans with equal borders and label; None where neither has labelled any."""
    both = total = 0
    for pair in pairs:
        one, other = set(pair.one.spans), set(pair.other.spans)
        both += len(one & other)
        total += len(one) + len(other)
    return 2 * both / total if total else None


def wilson(wrong: float, count: float) -> tuple[float, float]:
    """The 95% interval of a share (Wilson 1927); (0, 1) without items."""
    if not count:
        return 0.0, 1.0
    share, z2 = wrong / count, _Z**2
    middle = share + z2 / (2 * count)
    spread = _Z * math.sqrt(share * (1 - share) / count + z2 / (4 * count**2))
    scale = 1 + z2 / count
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def _tags(pair: Pair) -> Iterable[tuple[str, str]]:
    one, other = (tags_of(item_of(pair.text, reading)) for reading in (pair.one, pair.other))
    return zip(one, other, strict=True)
