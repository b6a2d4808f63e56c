"""Which utterances no intent fits: scores that rise with strangeness, and where to draw the line.

Maximum probability (Hendrycks and Gimpel 2017), energy (Liu et al. 2020), Mahalanobis distance to
the nearest intent's features (Lee et al. 2018), and the probability of a trained class of strange
utterances. The one that ranks the dev part best is taken, with its threshold from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist
from sklearn.covariance import LedoitWolf
from sklearn.metrics import roc_auc_score

from nlu.decoding import log_softmax

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Views:
    """What a model says of n utterances: scores [n, intents], features [n, width], and the place
    of the class that was trained on strange utterances, if there is one.
    """

    scores: Floats
    features: Floats
    strange_class: int | None = None

    @property
    def known(self) -> Floats:
        """The scores of the intents proper."""
        if self.strange_class is None:
            return self.scores
        return np.delete(self.scores, self.strange_class, axis=1)


class Distances:
    """Mahalanobis distances to the intents' means under one shared, shrunk covariance."""

    def __init__(self, features: Floats, intents: NDArray[np.intp]) -> None:
        self._means = np.stack([features[intents == i].mean(axis=0) for i in np.unique(intents)])
        centred = features - self._means[np.searchsorted(np.unique(intents), intents)]
        precision = LedoitWolf(assume_centered=True).fit(centred).precision_
        self._whitening = np.linalg.cholesky(precision)  # distances are plain ones behind it
        self._means = self._means @ self._whitening

    def nearest(self, features: Floats) -> Floats:
        """[n]: the squared distance to the nearest intent."""
        nearest: Floats = cdist(features @ self._whitening, self._means, "sqeuclidean").min(axis=1)
        return nearest


def strangeness(views: Views, distances: Distances) -> dict[str, Floats]:
    """Every score by name, [n] each."""
    known = log_softmax(views.known)
    found = {
        "maximum probability": -known.max(axis=1),
        "energy": -np.logaddexp.reduce(views.known, axis=1),
        "mahalanobis": distances.nearest(views.features),
    }
    if views.strange_class is not None:
        trained = log_softmax(views.scores)
        found["trained class"] = trained[:, views.strange_class]
        # Either sign of strangeness counts: no intent stands out, or the class itself fires.
        found["highest intent"] = -np.delete(trained, views.strange_class, axis=1).max(axis=1)
    return found


def auroc(of_known: Floats, of_strange: Floats) -> float:
    """How well a score ranks strange utterances above known ones."""
    truth = np.r_[np.zeros(len(of_known)), np.ones(len(of_strange))]
    return float(roc_auc_score(truth, np.r_[of_known, of_strange]))


def best_score(known: Mapping[str, Floats], strange: Mapping[str, Floats]) -> str:
    """The name of the score that ranks best."""
    return max(known, key=lambda name: auroc(known[name], strange[name]))


def threshold(of_known: Floats, rejected: float) -> float:
    """The line above which a share `rejected` of the known utterances is turned away."""
    return float(np.quantile(of_known, 1 - rejected))
