"""The networks: one trunk, and heads for a value and for each of the choices."""

from __future__ import annotations

import torch
from torch import nn

from bot.policy.features import CHOICES, LAYOUT
from bot.policy.learned import MOST

_NEVER = -1e9  # instead of minus infinity, whose gradients are not numbers
_LEAST = 0.05  # spread: a flag that was up once must not outweigh everything


class Trunk(nn.Module):
    """Two hidden layers over a decision's features, each of which is first made to vary by one:
    confidences between 0.9 and 1 matter as much as a flag.
    """

    mean: torch.Tensor
    scale: torch.Tensor

    def __init__(self, inputs: int, width: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(inputs))
        self.register_buffer("scale", torch.ones(inputs))
        self.first = nn.Linear(inputs, width)
        self.second = nn.Linear(width, width)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """(B, inputs) → (B, width)."""
        even = ((features - self.mean) / self.scale).clamp(-MOST, MOST)
        hidden = torch.relu(self.first(even))
        return torch.relu(self.second(hidden))

    def fit(self, features: torch.Tensor) -> None:
        """Take mean and spread from examples, (N, inputs); what hardly varies is left small."""
        self.mean.copy_(features.mean(0))
        self.scale.copy_(features.std(0).clamp(min=_LEAST))


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

    def fit(self, features: torch.Tensor) -> None:
        """Take mean and spread of the inputs from examples, (N, inputs)."""
        self.trunk.fit(features)


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
        self.baseline = Trunk(inputs, width)
        self.critic = nn.Linear(width, 1)
        with torch.no_grad():
            self.advantage.weight.mul_(0.1)
            self.advantage.bias.zero_()
            self.advantage.bias[0] = lean

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """(B, inputs) → logits, (B, choices)."""
        logits: torch.Tensor = self.advantage(self.trunk(features))
        return logits

    def fit(self, features: torch.Tensor) -> None:
        """Take mean and spread of the inputs from examples, (N, inputs)."""
        self.trunk.fit(features)
        self.baseline.fit(features)

    def worth(self, features: torch.Tensor) -> torch.Tensor:
        """(B, inputs) → (B,)."""
        values: torch.Tensor = self.critic(self.baseline(features)).squeeze(1)
        return values


def permitted(scores: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """The scores with what the mask forbids out of reach, both (B, choices)."""
    return scores.masked_fill(~mask, _NEVER)
