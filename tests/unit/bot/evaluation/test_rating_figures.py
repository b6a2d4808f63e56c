"""What a report says of known ratings, and that its intervals hold what they should."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from rated import POLICIES, items
from simulated_raters import SimulatedRater, judged, numbered, shared

from bot.evaluation.model import Judged, Preference, Rating
from bot.evaluation.report import lines, summarise
from bot.evaluation.table import Pairs, Places, Resamples, Scores

ONE, TWO, THREE, FOUR = POLICIES
WORTH = {ONE: 4.5, TWO: 1.5, THREE: 3.0, FOUR: 3.6}
CROWD = [
    SimulatedRater(f"simulated {at}", bias, 0.8) for at, bias in enumerate((-0.5, 0.0, 0.2, 0.4))
]


def _one(scores: dict[int, int], preference: Preference | None = None) -> list[Judged]:
    (item,) = numbered(items(1))
    return [Judged(item, (Rating(1, 1, "ada", scores, preference),))]


def test_figures_of_one_rating() -> None:
    report = summarise(_one({10: 5, 11: 1, 12: 3, 13: 3}), samples=50)
    assert {each.policy: each.mos.value for each in report.opinions} == {
        ONE: 5,
        TWO: 1,
        THREE: 3,
        FOUR: 3,
    }
    found = {
        (pair.first, pair.second): (pair.wins, pair.ties, pair.losses) for pair in report.pairs
    }
    assert found[FOUR, THREE] == (0, 1, 0)
    assert found[ONE, TWO] == (1, 0, 0)
    assert found[THREE, TWO] == (1, 0, 0)
    assert report.scores == {1: 1, 2: 0, 3: 2, 4: 0, 5: 1}
    assert report.by_place == (5, 1, 3, 3)
    assert report.strengths[0].policy == ONE
    assert math.isnan(report.agreement.alpha["ordinal"])


@pytest.mark.parametrize(("chosen", "won"), [(10, 1.0), (13, 0.0), (None, 0.5)])
def test_the_answer_about_the_best_pair_counts(chosen: int | None, won: float) -> None:
    given = _one({10: 4, 11: 4, 12: 2, 13: 4}, Preference(13, 10, chosen))
    places = Places.of(given)
    pairs = Pairs.of(given, places)
    names = (
        [places.policies[at] for at in pairs.first],
        [places.policies[at] for at in pairs.second],
    )
    by_pair = dict(zip(zip(*names, strict=True), pairs.won.tolist(), strict=True))
    assert by_pair[ONE, FOUR] == won
    assert by_pair[ONE, TWO] == 0.5
    assert by_pair[ONE, THREE] == 1.0


def test_a_shared_reply_counts_for_all_who_gave_it_and_compares_none_of_them() -> None:
    (item,) = numbered(items(1, replies=2))
    both = replace(item, candidates=(shared(item.candidates[0], "twin"), item.candidates[1]))
    given = [Judged(both, (Rating(1, 1, "ada", {10: 4, 11: 2}),))]
    report = summarise(given, samples=20)
    assert {each.policy: each.mos.value for each in report.opinions} == {ONE: 4, "twin": 4, TWO: 2}
    assert {(pair.first, pair.second) for pair in report.pairs} == {(ONE, TWO), (TWO, "twin")}


def test_simulated_worth_is_found_again() -> None:
    report = summarise(judged(items(60), CROWD, WORTH), seed=3)
    by_worth = sorted(WORTH, key=lambda policy: -WORTH[policy])
    assert [each.policy for each in report.opinions] == by_worth
    assert [each.policy for each in report.strengths] == by_worth
    for each in report.opinions:
        assert each.mos.low < each.mos.value < each.mos.high
        assert each.ratings == 60 * 4
    first = next(pair for pair in report.pairs if {pair.first, pair.second} == {ONE, TWO})
    assert first.share.value > 0.9 or first.share.value < 0.1
    assert 0.4 < report.agreement.alpha["ordinal"] < 0.95
    assert len(report.agreement.kappas) == 6


def test_random_raters_do_not_agree() -> None:
    noisy = [SimulatedRater(f"simulated {at}", 0, 3) for at in range(3)]
    report = summarise(judged(items(80), noisy, dict.fromkeys(POLICIES, 3.0)), seed=1)
    assert abs(report.agreement.alpha["ordinal"]) < 0.12
    assert all(pair.share.low < 0.5 < pair.share.high for pair in report.pairs)
    assert all(each.strength.low < 0 < each.strength.high for each in report.strengths)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """Worth is 3; raters' biases are drawn too, so that resampling items alone would fail."""
    held, times = 0, 60
    for seed in range(times):
        chance = np.random.default_rng(seed)
        crowd = [SimulatedRater(f"simulated {at}", chance.normal(0, 0.4), 0.6) for at in range(8)]
        given = judged(items(12), crowd, dict.fromkeys(POLICIES, 3.0), seed)
        places = Places.of(given)
        scores = Scores.of(given, places)
        mos = next(
            each
            for each in summarise(given, seed, samples=200).opinions
            if each.policy == places.policies[0]
        ).mos
        assert len(scores.score) == 12 * 8 * 4
        held += mos.low <= 3.0 <= mos.high
    assert held >= 0.85 * times


def test_the_same_seed_draws_the_same() -> None:
    given = judged(items(5), CROWD, WORTH)
    assert summarise(given, 5).to_json() == summarise(given, 5).to_json()
    drawn = Resamples.drawn(Places.of(given), 100, 0)
    assert drawn.items.sum(axis=1) == pytest.approx(np.full(100, 5))
    assert drawn.raters.sum(axis=1) == pytest.approx(np.full(100, 4))


def test_reports_are_plain_json_and_lines() -> None:
    empty = summarise([])
    assert json.loads(json.dumps(empty.to_json(), allow_nan=False))["ratings"] == 0
    assert "Nobody has rated yet" in "\n".join(lines(empty))
    report = summarise(judged(items(3), CROWD[:1], WORTH), predicted={ONE: 4.0})
    assert json.dumps(report.to_json(), allow_nan=False)
    text = "\n".join(lines(report))
    assert "3 ratings of 3 conversations by 1 raters" in text
    assert "scorer's guess" in text
    assert ONE in text
