"""The moving average of weights: near the last ones, and the model keeps its own."""

from __future__ import annotations

import torch

from nlu.training.averaging import AveragedWeights


def test_the_average_lies_between_and_the_model_goes_on_with_its_own() -> None:
    model = torch.nn.Linear(2, 1, bias=False)
    with torch.no_grad():
        model.weight.zero_()
    average = AveragedWeights(model)
    for _ in range(200):
        with torch.no_grad():
            model.weight.add_(0.01)
        average.update()
    with average.applied():
        inside = model.weight.detach().clone()
    assert torch.allclose(model.weight, torch.full((1, 2), 2.0))
    assert ((inside > 0.5) & (inside < 2.0)).all()


def test_what_is_frozen_is_left_alone() -> None:
    model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Linear(2, 2))
    model[0].requires_grad_(False)
    average = AveragedWeights(model)
    with torch.no_grad():
        model[0].weight.fill_(7.0)
    average.update()
    with average.applied():
        assert (model[0].weight == 7.0).all()
