"""The chain field against every path counted one by one."""

from __future__ import annotations

from itertools import product

import pytest
import torch

from nlu.crf import ChainField
from nlu.decoding import Chain, best_tags
from nlu.labels import Labels

LABELS = Labels.of_slots(("x",), ("a", "b"))


def field_of(seed: int) -> ChainField:
    torch.manual_seed(seed)
    chain = ChainField(LABELS)
    torch.nn.init.normal_(chain.starts)
    torch.nn.init.normal_(chain.steps)
    return chain


def path_score(chain: ChainField, scores: torch.Tensor, path: tuple[int, ...]) -> torch.Tensor:
    starts, steps = chain.transitions()
    total = starts[path[0]] + scores[0, path[0]]
    for place in range(1, len(path)):
        total = total + steps[path[place - 1], path[place]] + scores[place, path[place]]
    return total


@pytest.mark.parametrize("seed", range(4))
def test_the_loss_is_the_likelihood_among_all_paths(seed: int) -> None:
    chain = field_of(seed)
    scores = torch.randn(1, 3, len(LABELS.tags))
    paths = list(product(range(len(LABELS.tags)), repeat=3))
    every = torch.stack([path_score(chain, scores[0], path) for path in paths])
    gold = torch.tensor([[1, 2, 0]])  # B-a I-a O
    expected = torch.logsumexp(every, 0) - path_score(chain, scores[0], (1, 2, 0))
    loss = chain.loss(scores, gold, torch.tensor([3]))
    assert float(loss) == pytest.approx(float(expected) / 3, abs=1e-4)


def test_what_lies_beyond_the_end_does_not_count() -> None:
    chain = field_of(7)
    scores, tags = torch.randn(1, 5, len(LABELS.tags)), torch.tensor([[1, 2, 0, 0, 0]])
    whole = chain.loss(scores[:, :2], tags[:, :2], torch.tensor([2]))
    assert float(chain.loss(scores, tags, torch.tensor([2]))) == pytest.approx(float(whole))


@pytest.mark.parametrize("seed", range(4))
def test_decoding_finds_the_best_path(seed: int) -> None:
    chain = field_of(seed)
    scores = torch.randn(4, len(LABELS.tags))
    paths = product(range(len(LABELS.tags)), repeat=4)
    best = max(paths, key=lambda path: float(path_score(chain, scores, path)))
    starts, steps = (part.detach().numpy() for part in chain.transitions())
    assert tuple(best_tags(scores.numpy(), Chain(starts, steps))) == best
