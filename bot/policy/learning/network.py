"""The networks: one trunk, and heads for a value and for each of the choices."""

from __future__ import annotations

import torch
from torch import nn

from bot.policy.features import CHOICES, LAYOUT

_NEVER = -1e9  # instead of minus infinity, whose gradients are not numbers


class Trunk(nn.Module):
    """Two hidden layers over a decision's features."""

    def __init__(self, inputs: int, width: int) -> None:
        super().__init__()
        self.first = nn.Linear(inputs, width)
        self.second = nn.Linear(width, width)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """(B, inputs) → (B, width)."""
        hidden = torch.relu(self.first(features))
        return torch.relu(self.second(hidden))


class DuelingNetwork(nn.Module):
    """Q = V + A - mean(A) (Wang et al. 2016): all choices teach what the state is worth."""

    def __init__(
        self, inputs: int = len(LAYOUT), choices: int = len(CHOICES), width: int = 64
    ) -> None:
        super().__init__()
        self.trunk = Trunk(inputs, width)
        self.value = nn.Linear(width, 1)
        self.advantage = nn.Linear(width, choices)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """(B, inputs) → Q, (B, choices)."""
        hidden = self.trunk(features)
        advantage = self.advantage(hidden)  # (B, choices)
        q: torch.Tensor = self.value(hidden) + advantage - advantage.mean(1, keepdim=True)
        return q


class ActorCritic(nn.Module):
    """Preferences for the choices, and apart from them the baseline: what the state is worth."""

    def __init__(
        self, inputs: int = len(LAYOUT), choices: int = len(CHOICES), width: int = 64,
        lean: float = 0.0,
    ) -> None:  # fmt: skip
        """`lean`: how much the first choice, the rule's, is preferred at the beginning."""
        super().__init__()
        self.trunk = Trunk(inputs, width)
        self.advantage = nn.Linear(width, choices)
        self.critic = nn.Sequential(Trunk(inputs, width), nn.Linear(width, 1))
        with torch.no_grad():
            self.advantage.weight.mul_(0.1)
            self.advantage.bias.zero_()
            self.advantage.bias[0] = lean

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """(B, inputs) → logits, (B, choices)."""
        logits: torch.Tensor = self.advantage(self.trunk(features))
        return logits

    def worth(self, features: torch.Tensor) -> torch.Tensor:
        """(B, inputs) → (B,)."""
        values: torch.Tensor = self.critic(features).squeeze(1)
        return values


def permitted(scores: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """The scores with what the mask forbids out of reach, both (B, choices)."""
    return scores.masked_fill(~mask, _NEVER)
