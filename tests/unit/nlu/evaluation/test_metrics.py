"""Our span F1 counts as seqeval does; the calibration error is what the paper says."""

from __future__ import annotations

import random
import warnings

import pytest
from seqeval.metrics import f1_score

from nlu.evaluation.metrics import (
    Scores,
    expected_calibration_error,
    f1,
    intent_accuracy,
    interval,
)

_TAGS = ("O", "B-code", "I-code", "B-year", "I-year")


def legal_tags(chance: random.Random) -> list[str]:
    tags: list[str] = []
    for _ in range(chance.randint(1, 9)):
        before = tags[-1][2:] if tags else ""
        legal = [tag for tag in _TAGS if not tag.startswith("I-") or tag[2:] == before]
        tags.append(chance.choice(legal))
    return tags


def spans(tags: list[str]) -> set[tuple[int, int, str]]:
    found, start = set(), 0
    for place, tag in enumerate(tags):
        if tag.startswith("B-"):
            start = place
        last = place + 1 == len(tags) or not tags[place + 1].startswith("I-")
        if tag != "O" and last:
            found.add((start, place + 1, tag[2:]))
    return found


def test_slot_f1_equals_seqeval_s() -> None:
    chance = random.Random(5)
    gold = [legal_tags(chance) for _ in range(300)]
    guess = [
        [*tags] if chance.random() < 0.5 else (legal_tags(chance) * 9)[: len(tags)] for tags in gold
    ]
    guess = [tags if not tags[0].startswith("I-") else ["O"] * len(tags) for tags in guess]
    scores = Scores()
    for right, guessed in zip(gold, guess, strict=True):
        scores.add("enroll", "enroll", 0.9, spans(right), spans(guessed))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = f1_score(gold, guess)
    assert scores.summary()["slot_f1"] == pytest.approx(expected, abs=1e-9)


def test_a_sentence_counts_when_all_is_right() -> None:
    scores = Scores()
    scores.add("drop", "drop", 1.0, {(0, 1, "code")}, {(0, 1, "code")})
    scores.add("drop", "drop", 1.0, {(0, 1, "code")}, set())
    scores.add("drop", "swap", 1.0, set(), set())
    summary = scores.summary()
    assert summary["sentence_accuracy"] == pytest.approx(1 / 3)
    assert summary["intent_accuracy"] == pytest.approx(2 / 3)
    assert scores.by_intent()["drop"] == pytest.approx(0.8)
    assert scores.by_slot()["code"] == pytest.approx(2 / 3)


def test_f1_without_anything_to_find() -> None:
    assert f1(0, 0, 0) == 1.0
    assert f1(0, 3, 0) == 0.0


def test_calibration_error() -> None:
    assert expected_calibration_error([(1.0, True)] * 10) == pytest.approx(0.0)
    assert expected_calibration_error([(0.9, False)] * 10) == pytest.approx(0.9)
    mixed = [(0.75, True)] * 3 + [(0.75, False)]
    assert expected_calibration_error(mixed) == pytest.approx(0.0)
    assert expected_calibration_error([]) == 0.0


def test_the_interval_holds_the_figure_and_narrows_with_more_items() -> None:
    scores = Scores()
    for number in range(400):
        scores.add("drop", "drop" if number % 5 else "swap", 0.9, set(), set())
    low, high = interval(scores.records, intent_accuracy)
    assert low < 0.8 < high
    few = interval(scores.records[:40], intent_accuracy)
    assert high - low < few[1] - few[0]
