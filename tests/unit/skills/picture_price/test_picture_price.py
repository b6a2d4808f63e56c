"""Price from a picture: the generator, the formulas, the shares of parts, the skill."""

from __future__ import annotations

import random
from io import BytesIO

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from torch import nn

from skills.errors import InvalidOption, NotAnImage
from skills.kit import weights
from skills.kit.learning import Plan
from skills.picture_price.attribution import coalitions, left_out, shapley, shares
from skills.picture_price.bicycle import PARTS, Bicycle, draw_bicycle
from skills.picture_price.drawing import (
    HEIGHT,
    WIDTH,
    draw_look,
    draw_picture,
    largest_of_blocks,
)
from skills.picture_price.measuring import rank_correlation
from skills.picture_price.net import NAME, PriceNet, huber
from skills.picture_price.skill import SKILL
from skills.picture_price.training import PriceConfig, draw_offers, fit, guesses
from skills.protocol import no_progress

_FULL = {
    "frame": "steel",
    "wheels": "disc",
    "handlebar": "drop",
    "saddle": "wide",
    "lamp": "lamp",
    "basket": "basket",
}


@given(st.integers(0, 10_000), st.booleans())
@settings(deadline=None)
def test_a_price_is_the_sum_of_its_parts(seed: int, related: bool) -> None:
    bicycle = draw_bicycle(random.Random(seed), related)
    assert set(bicycle.kinds) == set(PARTS)
    assert bicycle.price() == pytest.approx(sum(bicycle.part_prices().values()))
    assert abs(bicycle.asked - bicycle.price()) <= 0.25 * bicycle.price() + 1e-9


def test_rust_costs_and_related_parts_go_together() -> None:
    assert Bicycle(_FULL, 1.0, 0).price() == Bicycle(_FULL, 0.0, 0).price() - 100
    chance = random.Random(0)
    for related, low, high in ((True, 0.1, 1.0), (False, -0.1, 0.1)):
        drawn = [draw_bicycle(chance, related).part_prices() for _ in range(1_500)]
        pairs = np.array([[each["frame"], each["wheels"]] for each in drawn])
        assert low < np.corrcoef(pairs.T)[0, 1] < high


@pytest.mark.parametrize("gone", PARTS)
def test_a_missing_part_is_not_drawn(gone: str) -> None:
    bicycle = Bicycle({**_FULL, gone: "none"}, 0.0, 0)
    chance = random.Random(1)
    image, labels = draw_picture(bicycle, draw_look(chance), chance)
    assert image.size == (WIDTH, HEIGHT)
    assert set(np.unique(labels)) == set(range(7)) - {PARTS.index(gone) + 1}


def test_smaller_labels_keep_thin_lines() -> None:
    labels = np.zeros((4, 8), np.uint8)
    labels[1, 5] = 3
    assert largest_of_blocks(labels, 4).tolist() == [[0, 3]]


@given(st.floats(-500, 500))
@settings(deadline=None)
def test_huber_bends_at_fifty_dollars(error: float) -> None:
    size = abs(error)
    expected = error**2 / 100 if size <= 50 else size - 25
    loss = huber(torch.tensor([100 + error], dtype=torch.float64), torch.tensor([100.0]))
    assert float(loss) == pytest.approx(expected, rel=1e-4, abs=1e-4)


@given(st.lists(st.floats(-100, 100), min_size=8, max_size=8))
@settings(deadline=None)
def test_shapley_shares_out_everything(worth: list[float]) -> None:
    values = torch.tensor(worth)
    assert float(shapley(values).sum()) == pytest.approx(worth[-1] - worth[0], abs=1e-2)


@given(st.lists(st.floats(-100, 100), min_size=3, max_size=3))
@settings(deadline=None)
def test_of_a_plain_sum_each_way_finds_the_parts(parts: list[float]) -> None:
    sums = [sum(v for i, v in enumerate(parts) if number >> i & 1) for number in range(8)]
    for found in (shapley(torch.tensor(sums)), left_out(torch.tensor(sums))):
        assert found.tolist() == pytest.approx(parts, abs=1e-2)


def test_shares_find_what_a_known_rule_pays_for() -> None:
    class Bright(nn.Module):  # pays a dollar for each unit of light in the picture
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x.sum(dim=(1, 2, 3))

    picture, labels = np.zeros((20, 30, 3), np.uint8), np.zeros((20, 30), np.uint8)
    picture[4:8, 4:8], labels[4:8, 4:8] = 255, 1
    picture[12:14, 20:24], labels[12:14, 20:24] = 255, 3
    for found in shares(Bright(), picture, labels).values():
        assert found.tolist() == pytest.approx([48, 0, 24, 0, 0, 0], abs=1e-3)


def test_all_coalitions_from_the_empty_backdrop_to_the_picture() -> None:
    offers = draw_offers("coalitions", 1, unseen=False)
    picture = offers.pictures[0].permute(1, 2, 0).contiguous().numpy()
    shown = coalitions(picture, offers.labels[0].numpy())
    assert shown.shape == (64, 3, HEIGHT, WIDTH)
    assert torch.allclose(shown[-1], offers.as_floats()[0], atol=1e-6)


def test_ranks_agree_or_not() -> None:
    one = torch.tensor([1.0, 5.0, 3.0])
    assert rank_correlation(one, one * 7) == pytest.approx(1)
    assert rank_correlation(one, -one) == pytest.approx(-1)


def test_a_short_training_beats_the_median() -> None:
    offers = draw_offers("smoke", 240, unseen=False)
    net = fit(offers, PriceConfig(width=8, plan=Plan(epochs=12, batch=32, rate=5e-3)), 0)
    errors = (guesses(net, offers.as_floats()) - offers.asked).abs().mean()
    median = (offers.asked.median() - offers.asked).abs().mean()
    assert errors < 0.8 * median


def test_the_committed_weights_price_unseen_bicycles() -> None:
    offers = draw_offers("committed", 60, unseen=True)
    errors = (guesses(weights.load(PriceNet(), NAME), offers.as_floats()) - offers.asked).abs()
    median = (offers.asked.median() - offers.asked).abs().mean()
    assert errors.mean() < 0.5 * median


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 100))
def test_a_drawn_bicycle_is_priced_part_by_part(seed: int) -> None:
    result = SKILL.run([], {"seed": seed}, no_progress)
    assert set(result.data["parts"]) <= set(PARTS)
    assert Image.open(BytesIO(result.pictures[0])).width <= 1024


def test_an_upload_gets_a_heat_map_and_a_warning() -> None:
    out = BytesIO()
    Image.new("RGB", (300, 90), (90, 120, 60)).save(out, "PNG")
    result = SKILL.run([out.getvalue()], {}, no_progress)
    assert "heat map" in result.text
    assert len(result.pictures) == 1


def test_wrong_input_is_named() -> None:
    with pytest.raises(NotAnImage):
        SKILL.run([b"no picture"], {}, no_progress)
    with pytest.raises(InvalidOption):
        SKILL.run([], {"seed": "first"}, no_progress)
