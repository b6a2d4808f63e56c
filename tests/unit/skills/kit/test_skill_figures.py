"""Figures are kept as they were measured and printed beside their targets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skills import __main__ as command
from skills import report
from skills.kit import figures
from skills.kit.figures import Figure
from skills.registry import CARDS

_GOOD = Figure(
    "accuracy", 0.981, 160, "5 folds by scene", "real", "train day_night", "2026-11-29",
    (0.946, 0.994), 0.95, 0.75, "brightness",
)  # fmt: skip
_SLOW = Figure("seconds", 130.0, 3, "3 pairs", "generated", "run x", "2026-11-29", target=120.0,
               lower_is_better=True)  # fmt: skip


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    figures.write(tmp_path, "day_night", [_GOOD, _SLOW])
    assert figures.read(tmp_path, "day_night") == [_GOOD, _SLOW]
    assert figures.read(tmp_path, "another") == []


@pytest.mark.parametrize(("figure", "reached"), [(_GOOD, True), (_SLOW, False)])
def test_a_target_is_reached_from_its_own_side(figure: Figure, reached: bool) -> None:
    assert figure.reached is reached


@pytest.mark.parametrize(
    ("interval", "lower", "reached"),
    [
        ((0.1, 0.4), False, True),
        ((-0.1, 0.5), False, False),
        ((-0.1, 0.5), True, False),
        ((-0.4, -0.1), True, True),
    ],
)
def test_a_gap_counts_when_its_whole_interval_is_beyond_the_target(
    interval: tuple[float, float], lower: bool, reached: bool
) -> None:
    gap = Figure("gap", sum(interval) / 2, 5, "", "real", "", "", interval, 0.0,
                 lower_is_better=lower, by_interval=True)  # fmt: skip
    assert gap.reached is reached


def test_no_target_is_neither_reached_nor_missed() -> None:
    assert Figure("x", 1, 1, "", "real", "", "").reached is None
    assert Figure("x", float("nan"), 1, "", "real", "", "", target=1).reached is None


def test_the_report_marks_what_was_missed(tmp_path: Path) -> None:
    figures.write(tmp_path, "day_night", [_GOOD, _SLOW])
    lines = report.table(list(report.lines(tmp_path))).splitlines()
    assert "0.981  0.946 to 0.994  ≥ 0.95  0.75 brightness" in " ".join(lines[1].split("   "))
    assert lines[1].endswith("reached")
    assert lines[2].endswith("MISSED")


def test_the_committed_figures_are_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["report", "--json"]) == 0
    for line in json.loads(capsys.readouterr().out):
        assert line["skill"] in CARDS
        assert line["n"] > 0
        assert line["data"] in ("real", "generated")
        assert line["command"].startswith("python -m skills")
        if line["interval"]:
            assert line["interval"][0] <= line["value"] <= line["interval"][1], line["what"]
