"""Reading signed digits: the data, both models, the figures, the answer."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import torch
from PIL import Image

from skills.errors import InvalidOption, NotAnImage, WeightsMissing
from skills.kit import weights
from skills.kit.learning import Plan
from skills.kit.measures import wilson
from skills.protocol import no_progress
from skills.sign_digits.measuring import by_hand, confusion, figures, guesses, summary
from skills.sign_digits.net import LOGISTIC, NAME, PixelRegression, SignNet, chances, margin
from skills.sign_digits.showing import bars, confusion_picture
from skills.sign_digits.skill import SKILL
from skills.sign_digits.training import SignConfig, Signs, draw_signs, fit, fit_logistic, varied

_TINY = SignConfig(
    width=6,
    plan=Plan(epochs=10, batch=32, rate=5e-3),
    logistic_plan=Plan(epochs=8, batch=32, rate=1e-3),
)


@pytest.fixture(scope="module")
def signs() -> Signs:
    return draw_signs("smoke", 50, 6, False)


def test_parts_of_the_data_have_hands_of_their_own() -> None:
    one, two, other = (draw_signs(name, 2, 2, False) for name in ("a", "a", "b"))
    assert torch.equal(one.pictures, two.pictures)
    assert not torch.equal(one.pictures, other.pictures)
    assert one.hand.tolist() == [0, 0, 1, 1]
    assert one.tone[0] == one.tone[1]


def test_varied_pictures_keep_size_and_range() -> None:
    x = torch.rand(4, 3, 64, 64)
    chance = torch.Generator().manual_seed(0)
    changed = varied(x, chance)
    assert changed.shape == x.shape
    assert 0 <= float(changed.min()) <= float(changed.max()) <= 1
    assert not torch.equal(changed, x)


def test_a_short_training_learns_the_hands_it_sees(signs: Signs) -> None:
    net, logistic = fit(signs, _TINY, 0), fit_logistic(signs, _TINY, 0)
    assert (guesses(net, signs) == signs.digit).float().mean() > 0.6
    assert (guesses(logistic, signs) == signs.digit).float().mean() > 0.3
    found = figures(net, logistic, signs, signs, "2026-11-29", 7)
    assert all(each.command.endswith("--seed 7") for each in found)
    assert found[0].by_interval
    assert found[0].interval is not None
    assert found[0].interval[0] <= found[0].value <= found[0].interval[1]
    assert all(each.data == "generated" for each in found)


def test_the_margin_is_to_the_best_of_the_others() -> None:
    class Said(torch.nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.tensor([[1.0, 4.0, 2.5, 0.0, 0.0, 0.0]]).expand(len(x), -1)

    x = torch.zeros(2, 3, 64, 64)
    assert margin(Said(), x, 1).tolist() == [1.5, 1.5]
    assert margin(Said(), x, 2).tolist() == [-1.5, -1.5]
    assert chances(Said(), x).sum(dim=1).tolist() == pytest.approx([1, 1])


def test_confusions_are_counted_by_true_and_read() -> None:
    counts = confusion(torch.tensor([1, 1, 2, 5]), torch.tensor([1, 2, 2, 5]))
    assert counts[1, 1] == 1
    assert counts[2].tolist() == [0, 1, 1, 0, 0, 0]
    assert int(counts.sum()) == 4


def test_an_interval_is_over_hands() -> None:
    hands = torch.arange(40) // 10
    low, high = by_hand((hands < 2).float(), hands)
    assert low < 0.2
    assert high > 0.8
    assert by_hand(hands >= 0, hands) == wilson(4, 4)
    assert by_hand(hands < 0, hands) == wilson(0, 4)


def test_pictures_show_what_they_are_told() -> None:
    even = [1 / 6] * 6
    sure = [0.95, 0.01, 0.01, 0.01, 0.01, 0.01]
    assert bars(sure, even, 200).tobytes() != bars(even, even, 200).tobytes()
    right = confusion_picture("t", torch.eye(6, dtype=torch.long).tolist())
    wrong = confusion_picture("t", torch.eye(6, dtype=torch.long).flip(0).tolist())
    assert right.size == wrong.size
    assert right.tobytes() != wrong.tobytes()


def test_the_committed_network_reads_unseen_hands_better_than_the_line() -> None:
    net = weights.load(SignNet(SignConfig().width), NAME)
    logistic = weights.load(PixelRegression(), NAME, LOGISTIC)
    found = summary(net, logistic, draw_signs("committed", 30, 6, True))
    assert found["accuracy"] > 0.97
    assert found["gap_interval"][0] > 0


@pytest.mark.parametrize("digit", range(6))
def test_a_drawn_hand_is_read(digit: int) -> None:
    result = SKILL.run([], {"digit": digit, "seed": 1}, no_progress)
    assert result.data["true"] == digit
    assert sum(result.data["chances"]) == pytest.approx(1)
    assert "generated" in result.text
    assert all(Image.open(BytesIO(each)).width <= 1024 for each in result.pictures)


def test_an_upload_of_any_shape_is_read() -> None:
    out = BytesIO()
    Image.new("RGB", (300, 40), (40, 90, 160)).save(out, "PNG")
    result = SKILL.run([out.getvalue()], {}, no_progress)
    assert result.data["true"] is None
    assert result.data["digit"] in range(6)


def test_wrong_input_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotAnImage):
        SKILL.run([b"no picture"], {}, no_progress)
    for options in ({"digit": 6}, {"digit": "two"}, {"seed": None}):
        with pytest.raises(InvalidOption):
            SKILL.run([], options, no_progress)
    monkeypatch.setattr(weights, "FOLDER", tmp_path)
    with pytest.raises(WeightsMissing):
        SKILL.run([], {}, no_progress)
