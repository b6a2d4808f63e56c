"""Temperatures: an overconfident model is cooled, and bins say what happened."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nlu.evaluation.calibration import draw_reliability, fitted_temperature, reliability


@pytest.mark.parametrize("factor", [0.5, 1.0, 2.0])
def test_the_factor_of_too_much_confidence_is_found(factor: float) -> None:
    chance = np.random.default_rng(0)
    true = chance.normal(0, 2, (4000, 4))
    sure = np.exp(true) / np.exp(true).sum(axis=1, keepdims=True)
    gold = np.array([chance.choice(4, p=row) for row in sure])
    assert fitted_temperature((true * factor).astype(np.float32), gold) == pytest.approx(
        factor, abs=0.1
    )


def test_reliability_by_bins() -> None:
    rows = reliability([(0.95, True)] * 9 + [(0.95, False)] + [(0.15, False)])
    assert [row["n"] for row in rows] == [1, 10]
    assert rows[1]["accuracy"] == pytest.approx(0.9)


def test_the_picture(tmp_path: Path) -> None:
    draw_reliability([(0.95, True), (0.4, False)], tmp_path / "r.png", "held out")
    assert (tmp_path / "r.png").read_bytes().startswith(b"\x89PNG")
