"""A linear-chain conditional random field over BIO tags (Lafferty et al. 2001). Torch alone."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from nlu.labels import Labels


class ChainField(nn.Module):
    """Learned scores of neighbouring tags; steps that BIO forbids stay forbidden."""

    forbidden_starts: Tensor
    forbidden_steps: Tensor

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        count = len(labels.tags)
        self.starts = nn.Parameter(torch.zeros(count))
        self.steps = nn.Parameter(torch.zeros(count, count))
        for name in ("forbidden_starts", "forbidden_steps"):
            self.register_buffer(name, torch.tensor(getattr(labels, name)), persistent=False)

    def transitions(self) -> tuple[Tensor, Tensor]:
        """Scores of first tags [tags] and of steps [before, after]."""
        return self.starts + self.forbidden_starts, self.steps + self.forbidden_steps

    def loss(self, scores: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """The negative log-likelihood a word.

        scores: [batch, words, tags]; tags: [batch, words], any tag beyond the length; lengths:
        [batch], at least 1.
        """
        starts, steps = self.transitions()
        rows = torch.arange(len(scores), device=scores.device)
        gold = starts[tags[:, 0]] + scores[rows, 0, tags[:, 0]]
        total = starts + scores[:, 0]  # log-sums over all paths, [batch, tags]
        for place in range(1, scores.shape[1]):
            inside = place < lengths
            now = scores[:, place]
            step = steps[tags[:, place - 1], tags[:, place]] + now[rows, tags[:, place]]
            gold = gold + step * inside
            onward = torch.logsumexp(total.unsqueeze(-1) + steps, dim=1) + now
            total = torch.where(inside.unsqueeze(-1), onward, total)
        missed = torch.logsumexp(total, dim=-1) - gold
        return missed.sum() / lengths.sum()
