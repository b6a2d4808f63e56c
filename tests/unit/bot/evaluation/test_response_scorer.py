"""The scorer on made-up worth: it finds what can be found, and claims nothing where nothing is."""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rated import POLICIES, items
from simulated_raters import SimulatedRater, judged
from sklearn.linear_model import Ridge as OtherRidge

from bot.evaluation.errors import TooFewRatings
from bot.evaluation.model import Candidate, Item, Judged, Said, Speaker
from bot.evaluation.scorer import keeping
from bot.evaluation.scorer.features import Reply, features
from bot.evaluation.scorer.ridge import Ridge, fit_all
from bot.evaluation.scorer.validating import Rated, _folds, train, validate

RATERS = [SimulatedRater("simulated one", 0.2, 0.4), SimulatedRater("simulated two", -0.2, 0.4)]


class BagOfWords:
    """An encoder for tests: each word adds a vector of its own."""

    def encode(self, texts: list[str]) -> np.ndarray:
        return np.stack([self._one(text) for text in texts])

    def _one(self, text: str) -> np.ndarray:
        words = text.lower().split() or ["nothing"]
        vectors = [np.random.default_rng(zlib.crc32(w.encode())).normal(size=24) for w in words]
        total = np.sum(vectors, axis=0)
        return (total / np.linalg.norm(total)).astype(np.float32)


def _worded(number: int, *replies: str, spoiled: bool = False) -> list[Item]:
    """Items whose replies are these words, each policy giving another one in each item."""
    made = []
    for at, item in enumerate(items(number, len(replies))):
        turned = replies[at % len(replies) :] + replies[: at % len(replies)]
        candidates = tuple(
            Candidate((Said(Speaker.QUAD, f"{text} {at if spoiled else ''}"),), (policy,), ())
            for text, policy in zip(turned, POLICIES, strict=False)
        )
        made.append(replace(item, candidates=candidates))
    return made


def _by_words(number: int) -> list[Judged]:
    """People like helpful words, whoever says them: the policy's mean tells nothing."""
    made = _worded(number, "done you are enrolled", "sorry no idea", "which year please")
    worth = {"done": 5.0, "sorry": 1.0, "which": 3.0}
    given = judged(made, RATERS, dict.fromkeys(POLICIES, 3.0))
    return [
        Judged(
            each.item,
            tuple(
                replace(
                    rating,
                    scores={
                        reply.candidate_id: round(worth[reply.text.split()[0]])
                        for reply in each.item.candidates
                    },
                )
                for rating in each.ratings
            ),
        )
        for each in given
    ]


def test_ridge_is_that_of_another_implementation() -> None:
    chance = np.random.default_rng(0)
    columns, scores = chance.normal(size=(30, 50)), chance.uniform(1, 5, 30)
    counts = chance.integers(1, 5, 30).astype(float)
    for model in fit_all(columns, scores, counts, (0.5, 20.0)):
        other = OtherRidge(alpha=model.penalty).fit(columns, scores, sample_weight=counts)
        ours, theirs = model.predict(columns), np.clip(other.predict(columns), 1, 5)
        assert ours == pytest.approx(theirs, abs=1e-8)


def test_scores_that_hang_on_words_are_guessed_better_than_by_policy() -> None:
    rated = Rated.of(_by_words(30), BagOfWords())
    found = validate(rated, seed=1)
    assert found.scorer.pearson > 0.9
    assert found.scorer.mean_error < 0.5 < found.floor.mean_error
    gain, low, _ = found.gain
    assert gain > low > 0
    assert validate(rated, seed=1) == found


def test_scores_that_hang_on_nothing_are_not_guessed() -> None:
    noisy = [SimulatedRater(f"simulated {at}", 0, 2) for at in range(2)]
    given = judged(_worded(40, "a b", "c d", "e f"), noisy, dict.fromkeys(POLICIES, 3.0))
    found = validate(Rated.of(given, BagOfWords()), seed=0)
    assert abs(found.scorer.spearman) < 0.35 or np.isnan(found.scorer.spearman)
    assert found.gain[1] < 0.1


def test_a_conversation_is_in_one_fold_alone() -> None:
    groups = np.array([0, 0, 1, 2, 2, 2, 3, 4, 5, 5])
    held = list(_folds(groups, seed=3))
    assert np.sum(held, axis=0).tolist() == [1] * len(groups)
    for fold in held:
        assert not set(groups[fold]) & set(groups[~fold])


def test_too_few_ratings_are_told() -> None:
    with pytest.raises(TooFewRatings) as few:
        Rated.of(judged(items(3), RATERS, dict.fromkeys(POLICIES, 3.0)), BagOfWords())
    assert few.value.found == 12


def test_neither_policy_nor_place_is_a_feature() -> None:
    (item,) = items(1)
    one = item.candidates[0]
    other = replace(one, policies=("somebody",), candidate_id=99)
    columns = features([Reply(item, one), Reply(item, other)], BagOfWords())
    assert (columns[0] == columns[1]).all()


def test_a_file_is_read_as_it_was_written_or_not_at_all(tmp_path: Path) -> None:
    rated = Rated.of(_by_words(12), BagOfWords())
    model = train(rated, np.ones(len(rated.scores), bool), 0)
    path = keeping.place(tmp_path)
    keeping.keep(model, validate(rated, 0), path)
    assert keeping.read(path).predict(rated.columns) == pytest.approx(model.predict(rated.columns))
    guessed = keeping.by_policy(model, [reply.item for reply in rated.replies], BagOfWords())
    assert set(guessed) == set(POLICIES[:3])
    assert all(1 <= each <= 5 for each in guessed.values())
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(keeping.ScorerUnfit, match="cannot be read"):
        keeping.read(path)
    narrow = Ridge(np.zeros(3), np.zeros(3), 3.0, 1.0)
    with pytest.raises(keeping.ScorerUnfit, match="another encoder"):
        keeping.by_policy(narrow, items(1), BagOfWords())
