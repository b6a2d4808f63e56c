"""Knowledge carryover: an end-to-end memory network over the utterances said before.

Chen et al. 2016, "End-to-End Memory Networks with Knowledge Carryover for Multi-Turn Spoken
Language Understanding" (lecture 10): p = softmax(uᵀm), h = Σ pᵢmᵢ, o = W(h + u); the tagger and
the intent head get o beside the current utterance. Ours tells the speakers and the age of each
memory apart and may attend to none of them. Knows torch alone.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from nlu.turns import REMEMBERED


class MemoryNetwork(nn.Module):
    """Attends from the current utterance to the remembered ones."""

    def __init__(self, width: int, inner: int = 128) -> None:
        super().__init__()
        self.query = nn.Linear(width, inner)
        self.key = nn.Linear(width, inner)
        self.value = nn.Linear(width, inner)
        self.speaker = nn.Embedding(2, inner)
        self.age = nn.Embedding(REMEMBERED, inner)
        self.nothing = nn.Parameter(torch.zeros(inner))
        self.of_now = nn.Linear(width, inner)
        self.out = nn.Sequential(nn.GELU(), nn.Linear(inner, inner))
        self.scale = inner**-0.5

    def forward(
        self, now: Tensor, bank: Tensor, present: Tensor, of_user: Tensor
    ) -> tuple[Tensor, Tensor]:
        """What is carried over, and the attention.

        now: [batch, width]; bank: [batch, remembered, width], the latest utterance first; present
        and of_user: [batch, remembered], 1 or 0. → knowledge [batch, inner] and attention
        [batch, remembered + 1], whose last column is "none of them".
        """
        marks = self.speaker(of_user.long()) + self.age.weight[: bank.shape[1]]
        keys = self.key(bank) + marks
        values = self.value(bank) + marks
        query = self.query(now).unsqueeze(-1)
        scores = (keys @ query).squeeze(-1) * self.scale  # uᵀm
        scores = scores.masked_fill(present == 0, -1e4)
        of_none = (self.nothing @ query).squeeze(-1).unsqueeze(-1) * self.scale
        attention = torch.softmax(torch.cat([scores, of_none], dim=-1), dim=-1)
        carried = (attention[:, :-1].unsqueeze(1) @ values).squeeze(1)  # Σ pᵢmᵢ
        return self.out(carried + self.of_now(now)), attention


class Mixer(nn.Module):
    """Adds what was carried over to a vector of the current utterance; begins as the identity."""

    def __init__(self, width: int, inner: int = 128, hidden: int = 192) -> None:
        super().__init__()
        self.of_state = nn.Linear(width, hidden)
        self.of_knowledge = nn.Linear(inner, hidden)
        self.back = nn.Linear(hidden, width)
        nn.init.zeros_(self.back.weight)
        nn.init.zeros_(self.back.bias)

    def forward(self, states: Tensor, knowledge: Tensor) -> Tensor:
        """states: [batch, …, width], knowledge: [batch, …, inner], broadcast → like states."""
        mixed = nn.functional.gelu(self.of_state(states) + self.of_knowledge(knowledge))
        result: Tensor = states + self.back(mixed)
        return result
