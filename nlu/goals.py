"""Which values a turn brings into the goal: candidates, each taken or left, slot by slot.

A candidate is a mention in the user's turn or in the assistant's before it, a value of an ontology,
or "no preference". Each slot takes one candidate or none; what it has stays until then. The user's
turn is seen with what the memory network carries over, so that "yes", "the first" and "I don't
care" are read against what was said. Knows torch alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from nlu.model import JointModel, Output, at_words, remember

FLAGS = 5  # by the user, by the assistant, no preference, and heard from the one or the other


@dataclass(frozen=True)
class Candidates:
    """Of a whole batch, one row a candidate.

    turn: [n] the user's turn in the batch; slot: [n]; source: [n] the turn that mentions it;
    words: [n, words] 1 on the mention's words, all 0 for a value; value: [n] its row in the table,
    0 for none; flags: [n, FLAGS]; group: [n] numbers turn and slot; accepted: [n] 1 where the
    candidate explains the goal; unchanged: [groups] 1 where taking none does too; counted:
    [groups] 1 where any choice explains it.
    """

    turn: Tensor
    slot: Tensor
    source: Tensor
    words: Tensor
    value: Tensor
    flags: Tensor
    group: Tensor
    accepted: Tensor
    unchanged: Tensor
    counted: Tensor

    def to(self, device: torch.device) -> Candidates:
        """The same on a device."""
        return Candidates(*(getattr(self, name).to(device) for name in self.__dataclass_fields__))


class GoalHead(nn.Module):
    """Scores candidates against 0, the score of taking none."""

    def __init__(self, width: int, slots: int, values: Tensor, hidden: int = 192) -> None:
        super().__init__()
        self.values = nn.Embedding.from_pretrained(values, freeze=True)
        self.of_candidate = nn.Linear(width, hidden)
        self.of_value = nn.Linear(values.shape[1], hidden)
        self.of_turn = nn.Linear(width, hidden)
        self.of_slot = nn.Embedding(slots, hidden)
        self.of_flags = nn.Linear(FLAGS, hidden, bias=False)
        self.match = nn.Linear(hidden, hidden, bias=False)
        self.out = nn.Linear(hidden, 1)
        self.dropout = nn.Dropout(0.2)

    def forward(self, states: Tensor, features: Tensor, candidates: Candidates) -> Tensor:
        """states: [turns, words, width], features: [turns, width] → scores [n]."""
        weights = candidates.words.to(states.dtype)
        mean = (states[candidates.source] * weights.unsqueeze(-1)).sum(dim=1)
        mention = mean / weights.sum(dim=1, keepdim=True).clamp(min=1)
        vector = self.of_candidate(mention) + self.of_value(self.values(candidates.value))
        turn = self.of_turn(features[candidates.turn]) + self.of_slot(candidates.slot)
        known = vector + turn + self.of_flags(candidates.flags.to(states.dtype))
        scored = self.out(self.dropout(nn.functional.gelu(known))).squeeze(-1)
        alike = (self.match(torch.tanh(vector)) * torch.tanh(turn)).sum(-1)
        total: Tensor = scored + alike * vector.shape[-1] ** -0.5
        return total


class GoalModel(nn.Module):
    """A joint model with a goal head; `encoder` is the joint model's for the optimiser's sake."""

    def __init__(self, joint: JointModel, slots: int, values: Tensor) -> None:
        super().__init__()
        self.joint = joint
        width: int = joint.encoder.width  # type: ignore[assignment]
        self.head = GoalHead(width, slots, values)

    def forward(
        self, pieces: Tensor, mask: Tensor, history: Tensor, of_user: Tensor
    ) -> tuple[Output, Tensor]:
        """The joint model's output and the encoder's states, [batch, length, width]."""
        states, pooled = self.joint.encode(pieces, mask)
        past = remember(pooled, history, of_user)
        return self.joint.decide(states, pooled, past), states

    def scores(
        self, output: Output, states: Tensor, first: Tensor, candidates: Candidates
    ) -> Tensor:
        """[n]: of every candidate."""
        scored: Tensor = self.head(at_words(states, first), output.features, candidates)
        return scored


def goal_loss(scores: Tensor, candidates: Candidates) -> Tensor:
    """The log loss of the right choices together: several candidates may explain one goal."""
    groups = len(candidates.unchanged)
    zeros = torch.zeros(groups, device=scores.device)
    scores = scores.float()
    peak = zeros.scatter_reduce(0, candidates.group, scores.detach(), "amax")  # at least 0
    raised = torch.exp(scores - peak[candidates.group])
    none = torch.exp(-peak)
    all_of = none + zeros.scatter_add(0, candidates.group, raised)
    right = zeros.scatter_add(0, candidates.group, raised * candidates.accepted)
    right = right + none * candidates.unchanged
    counted = candidates.counted > 0
    share = right[counted].clamp(min=1e-9) / all_of[counted]
    return -torch.log(share).sum() / counted.sum().clamp(min=1)
