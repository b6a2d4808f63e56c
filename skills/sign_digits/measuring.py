"""Figures of the sign digits: both models on the same hands, and who is taken for whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor

from skills.kit.figures import Figure, Interval
from skills.kit.measures import bootstrap, paired_difference, wilson
from skills.sign_digits.digits import DIGITS
from skills.sign_digits.net import PixelRegression, SignNet, chances
from skills.sign_digits.training import Signs

_COMMAND = "python -m skills train sign_digits --data - --seed"


def confusion(guessed: Tensor, true: Tensor) -> Tensor:
    """How often each digit [row] was read as each [column]: [6, 6] whole numbers."""
    return torch.bincount(true * DIGITS + guessed, minlength=DIGITS**2).reshape(DIGITS, DIGITS)


def by_hand(right: Tensor, hands: Tensor) -> Interval:
    """95% interval of a share over hands: pictures of one hand are not independent. Both [n].

    Where all are alike, drawing them again says nothing: then Wilson's, as if each hand were one.
    """
    places = hands.unique(return_inverse=True)[1].numpy()
    counts = np.bincount(places)
    hits = np.bincount(places, weights=right.numpy())
    if len(right.unique()) == 1:
        return wilson(int(hits[0] > 0) * len(counts), len(counts))
    return bootstrap(lambda rows: float(hits[rows].sum() / counts[rows].sum()), len(counts))


def guesses(net: SignNet | PixelRegression, signs: Signs) -> Tensor:
    """Digits [n]."""
    return chances(net, signs.as_floats()).argmax(dim=1)


def summary(net: SignNet, logistic: PixelRegression, signs: Signs) -> dict[str, Any]:
    """Accuracies, and the gap with its interval."""
    right, theirs = (guesses(each, signs) == signs.digit for each in (net, logistic))
    gap, interval = paired_difference(
        right.float().tolist(), theirs.float().tolist(), signs.hand.tolist()
    )
    return {
        "n": len(signs.digit),
        "accuracy": float(right.float().mean()),
        "logistic": float(theirs.float().mean()),
        "gap": gap,
        "gap_interval": list(interval),
        "confusion": confusion(guesses(net, signs), signs.digit).tolist(),
    }


def figures(
    net: SignNet, logistic: PixelRegression, test: Signs, known: Signs, date: str, seed: int
) -> list[Figure]:
    """On unseen looks (`test`) and on those of training (`known`), both of hands drawn anew.

    Both models learnt with `seed`.
    """
    right, theirs = (guesses(each, test) == test.digit for each in (net, logistic))
    hands = int(test.hand.max()) + 1
    figure = partial(
        Figure,
        n=len(test.digit),
        split=f"{hands} unseen hands, unseen skin tones, sleeves and backdrops",
        data="generated",
        command=f"{_COMMAND} {seed}",
        date=date,
    )
    often = float(test.digit.bincount().max()) / len(test.digit)
    linear = float(theirs.float().mean())
    gap, interval = paired_difference(
        right.float().tolist(), theirs.float().tolist(), test.hand.tolist()
    )
    what = "accuracy of the network minus that of logistic regression, same pictures"
    found = [
        figure(what=what, value=gap, interval=interval, target=0.0, by_interval=True),
        _accuracy(figure, "the network", right, test.hand, linear, "logistic regression on pixels"),
        _accuracy(figure, "logistic regression", theirs, test.hand, often, "the commonest digit"),
        *(_of_tone(figure, right, test, tone) for tone in test.tone.unique().tolist()),
        _worst(figure, guesses(net, test), test),
    ]
    figure = partial(figure, n=len(known.digit), split="other hands, in the looks of training")
    for model, name in ((net, "the network"), (logistic, "logistic regression")):
        hits = guesses(model, known) == known.digit
        found.append(_accuracy(figure, f"{name}, looks of training", hits, known.hand))
    return found


def _accuracy(
    figure: partial[Figure],
    name: str,
    right: Tensor,
    hands: Tensor,
    floor: float | None = None,
    floor_is: str = "",
) -> Figure:
    return figure(
        what=f"accuracy of {name}", value=float(right.float().mean()),
        interval=by_hand(right, hands), floor=floor, floor_is=floor_is,
    )  # fmt: skip


def _of_tone(figure: partial[Figure], right: Tensor, test: Signs, tone: int) -> Figure:
    shown = test.tone == tone
    named = f"the network, skin tone {tone + 1} of 6"
    return _accuracy(partial(figure, n=int(shown.sum())), named, right[shown], test.hand[shown])


def _worst(figure: partial[Figure], guessed: Tensor, test: Signs) -> Figure:
    recalls: Sequence[float] = [
        float((guessed[test.digit == digit] == digit).float().mean()) for digit in range(DIGITS)
    ]
    shown = test.digit == int(np.argmin(recalls))
    named = f"the network on the hardest digit ({int(np.argmin(recalls))})"
    right = guessed[shown] == test.digit[shown]
    return _accuracy(partial(figure, n=int(shown.sum())), named, right, test.hand[shown])
