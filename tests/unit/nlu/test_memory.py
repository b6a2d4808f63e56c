"""The memory network: what is absent is not attended to, and an empty memory changes little."""

from __future__ import annotations

import torch

from nlu.memory import MemoryNetwork, Mixer
from nlu.turns import REMEMBERED

WIDTH = 16


def attended(present: list[int]) -> torch.Tensor:
    torch.manual_seed(0)
    network = MemoryNetwork(WIDTH)
    bank = torch.randn(1, REMEMBERED, WIDTH)
    marks = torch.tensor([present + [0] * (REMEMBERED - len(present))])
    _, attention = network(torch.randn(1, WIDTH), bank, marks, marks)
    return attention[0]


def test_attention_is_a_distribution_over_what_is_there() -> None:
    attention = attended([1, 1, 0, 1])
    assert float(attention.sum()) == torch.tensor(1.0).item()
    assert (attention[[0, 1, 3, -1]] > 0).all()
    assert float(attention[[2, 4, 5, 6, 7]].sum()) == 0


def test_with_nothing_said_before_it_attends_to_none() -> None:
    assert float(attended([])[-1]) == 1.0


def test_what_is_absent_has_no_say() -> None:
    torch.manual_seed(0)
    network, now = MemoryNetwork(WIDTH), torch.randn(1, WIDTH)
    marks = torch.tensor([[1] + [0] * (REMEMBERED - 1)])
    bank = torch.randn(1, REMEMBERED, WIDTH)
    other = bank.clone()
    other[:, 1:] += 5
    first, second = (network(now, each, marks, marks)[0] for each in (bank, other))
    assert torch.allclose(first, second)


def test_who_spoke_and_when_matter() -> None:
    torch.manual_seed(0)
    network, now = MemoryNetwork(WIDTH), torch.randn(1, WIDTH)
    bank, marks = torch.randn(1, REMEMBERED, WIDTH), torch.ones(1, REMEMBERED, dtype=torch.long)
    by_user = network(now, bank, marks, marks)[0]
    assert not torch.allclose(by_user, network(now, bank, marks, marks * 0)[0])
    assert not torch.allclose(by_user, network(now, bank.flip(1), marks, marks)[0])


def test_a_fresh_mixer_changes_nothing() -> None:
    states = torch.randn(2, 5, WIDTH)
    mixed = Mixer(WIDTH)(states, torch.randn(2, 1, 128))
    assert torch.equal(mixed, states)
