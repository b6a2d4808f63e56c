"""The two heads: losses, limits, a smoke training, the committed weights on drawn cats."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from statistics import fmean, median

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from skills.cat_portrait import data, losses, training
from skills.cat_portrait import skill as portraits
from skills.cat_portrait.familiarity import Familiar, Limits, best_cut, half_widths, read, write
from skills.cat_portrait.judge import load
from skills.cat_portrait.net import ENCODING, CatNet
from skills.cat_portrait.others import TEST_KINDS
from skills.errors import InvalidOption, NotAnImage, WeightsMissing
from skills.kit import figures as kept
from skills.kit import weights
from skills.kit.learning import Plan
from skills.protocol import no_progress
from skills.registry import get

_AGES = st.lists(st.floats(0, 200), min_size=3, max_size=15)


@given(_AGES, st.floats(0, 200))
def test_l1_is_least_at_the_median_and_l2_at_the_mean(ages: list[float], rival: float) -> None:
    seen = torch.tensor(ages, dtype=torch.float64)

    def constant(value: float) -> torch.Tensor:
        return torch.full_like(seen, value)

    least_l1 = losses.l1(constant(median(ages)), seen)
    least_l2 = losses.l2(constant(fmean(ages)), seen)
    assert least_l1 <= losses.l1(constant(rival), seen) + 1e-9
    assert least_l2 <= losses.l2(constant(rival), seen) + 1e-9


def test_one_wild_age_moves_l2_alone() -> None:
    ages = torch.tensor([3.0, 4.0, 5.0, 48.0])
    assert losses.l1(torch.full((4,), 4.5), ages) < losses.l1(torch.full((4,), 15.0), ages)
    assert losses.l2(torch.full((4,), 15.0), ages) < losses.l2(torch.full((4,), 4.5), ages)


def test_the_softmax_loss_of_no_idea_is_the_logarithm_of_the_breeds() -> None:
    loss = losses.softmax_loss(torch.zeros(3, 8), torch.tensor([0, 4, 7]))
    assert float(loss) == pytest.approx(2.0794, abs=1e-3)


def test_ages_in_months_are_twelve_times() -> None:
    cats = data.Cats(torch.zeros(400, 1), torch.zeros(400), torch.ones(400))
    wrong = data.in_months(cats, 0.25, 0).ages
    assert set(wrong.tolist()) == {1.0, 12.0}
    assert float((wrong == 12).float().mean()) == pytest.approx(0.25, abs=0.07)


def test_the_cut_parts_what_can_be_parted() -> None:
    near, far = torch.tensor([0.5, 0.9, 1.1]), torch.tensor([2.0, 3.0])
    assert 1.1 < best_cut(near, far) < 2.0


@given(st.integers(0, 30))
def test_conformal_intervals_hold_on_fresh_errors(seed: int) -> None:
    chance = torch.Generator().manual_seed(seed)
    guesses, fresh = (torch.rand(600, generator=chance) * 16 for _ in range(2))
    halves = half_widths(guesses, guesses + torch.randn(600, generator=chance), (5.0,))
    limits = Limits(1.0, (5.0,), halves)
    ages = fresh + torch.randn(600, generator=chance)
    pairs = [(limits.interval(float(g)), float(a)) for g, a in zip(fresh, ages, strict=True)]
    inside = [low <= max(age, 0) <= high for (low, high), age in pairs]
    assert 0.82 < fmean(inside) < 0.97


def test_familiar_things_are_about_one_away(tmp_path: Path) -> None:
    chance = torch.Generator().manual_seed(0)
    breeds = torch.arange(2000) % 8
    seen = torch.randn(2000, ENCODING, generator=chance) * 3 + 40 * breeds[:, None]
    familiar = Familiar()
    familiar.fit(seen, breeds)
    assert float(familiar(seen).mean()) == pytest.approx(1, abs=0.05)
    assert float(familiar(seen + 20).min()) > 3
    write(tmp_path / "limits.json", Limits(1.5, (2.0,), (1.0, 2.0)))
    assert read(tmp_path / "limits.json") == Limits(1.5, (2.0,), (1.0, 2.0))
    with pytest.raises(WeightsMissing):
        read(tmp_path / "none.json")


def test_the_shapes_of_the_net() -> None:
    net = CatNet().eval()
    logits, ages = net(torch.rand(2, 3, 64, 64))
    assert (logits.shape, ages.shape) == ((2, 8), (2,))
    assert net.encode(torch.rand(2, 3, 64, 64)).shape == (2, ENCODING)


def test_a_small_training_beats_its_floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "FOLDER", tmp_path)
    plan = Plan(epochs=10, batch=32, rate=4e-3)
    config = training.CatConfig(
        cats=400, dev=100, test=80, others=5, plan=plan, ablation_cats=64, ablation_seeds=(0,),
        ablation_plan=Plan(epochs=1),
    )  # fmt: skip
    metrics = portraits.train(config, seed=0)
    assert metrics["n"] == 80
    assert metrics["breed accuracy, 8 breeds"] > 0.3  # chance: 0.125
    assert all(figure.data == "generated" for figure in kept.read(tmp_path, "cat_portrait"))
    assert load().limits.farthest > 0


def test_the_committed_weights_know_fresh_cats() -> None:
    judge, cats = load(), data.cats(60, 77)
    chances, ages = training.answers(judge.net, cats.pictures)
    assert float((chances.argmax(dim=1) == cats.breeds).float().mean()) > 0.85
    assert float(losses.l1(ages, cats.ages)) < 2.5  # the median age: 4
    assert float(judge.known(cats.pictures).float().mean()) > 0.7
    assert float(judge.known(data.others(25, TEST_KINDS, 77)).float().mean()) < 0.35


def test_the_sample_is_named_as_drawn() -> None:
    result = get("cat_portrait").run([], {"breed": "Siamese", "age": "9"}, no_progress)
    assert result.data["breed"] == "siamese"
    assert "generated" in result.text
    assert max(Image.open(BytesIO(result.pictures[0])).size) <= 1024


def test_a_stranger_gets_no_breed() -> None:
    out = BytesIO()
    Image.effect_noise((300, 200), 90).save(out, "PNG")
    result = get("cat_portrait").run([out.getvalue()], {}, no_progress)
    assert result.data["breed"] is None
    assert "rather not name" in result.text


@pytest.mark.parametrize("options", [{"breed": "dog"}, {"age": -1}, {"age": "x"}, {"seed": None}])
def test_an_impossible_cat_is_named(options: dict) -> None:
    with pytest.raises(InvalidOption):
        get("cat_portrait").run([], options, no_progress)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(NotAnImage):
        get("cat_portrait").run([b"hello"], {}, no_progress)
