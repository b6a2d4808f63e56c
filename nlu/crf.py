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
        inside = torch.arange(scores.shape[1], device=scores.device) < lengths.unsqueeze(1)
        own = torch.gather(scores, 2, tags.unsqueeze(-1)).squeeze(-1)
        moves = (steps[tags[:, :-1], tags[:, 1:]] + own[:, 1:]) * inside[:, 1:]
        gold = starts[tags[:, 0]] + own[:, 0] + moves.sum(dim=1)
        with torch.autocast(scores.device.type, enabled=False):
            missed = _over_all_paths(starts + scores[:, 0], steps, scores, inside) - gold
        return missed.sum() / lengths.sum()


def _over_all_paths(total: Tensor, steps: Tensor, scores: Tensor, inside: Tensor) -> Tensor:
    """The log-sums over all paths, [batch], from those of the first word, `total` [batch, tags].

    A step is a matrix product of exponentials, many times faster than a sum of logarithms.
    """
    reach = steps.exp()
    for place in range(1, scores.shape[1]):
        top = total.detach().amax(dim=1, keepdim=True)  # against overflow
        summed = ((total - top).exp() @ reach).clamp(min=torch.finfo(total.dtype).tiny)
        onward = summed.log() + top + scores[:, place]
        total = torch.where(inside[:, place : place + 1], onward, total)
    return torch.logsumexp(total, dim=-1)
