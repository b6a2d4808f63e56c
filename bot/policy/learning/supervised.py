"""The policy that imitates stories: an LSTM over a dialogue's decisions, told what came next.

It sees what was decided and known so far, not what the rules would do now, and learns to predict
the next act among all acts of the domain, as Rasa's TED does from stories. The stories are the rule
agent's successful dialogues with simulated students. It is there for comparison: without a reward
it can become as good as its teacher and no better.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from bot.dialogue.acts import Act
from bot.policy.learned import OWN, row
from bot.policy.learning.experience import Episode, Step
from bot.policy.learning.network import permitted

ACTS = tuple(act.value for act in Act)
INPUTS = OWN + len(ACTS)


@dataclass(frozen=True)
class SupervisedConfig:
    """Hyperparameters."""

    width: int = 48
    memory: int = 8  # earlier decisions looked at
    stories: int = 3000  # dialogues played; the successful ones without a wrong act are kept
    held_out: float = 0.1  # of the stories, for early stopping
    epochs: int = 12
    batch: int = 256
    rate: float = 2e-3

    def __post_init__(self) -> None:
        if not (0 < self.held_out < 1 and self.memory > 0):
            raise ValueError("held_out must be a share and memory positive")


class StoryNetwork(nn.Module):
    """One LSTM layer and a number for each act."""

    def __init__(self, inputs: int = INPUTS, width: int = 48) -> None:
        super().__init__()
        self.lstm = nn.LSTM(inputs, width, batch_first=True)
        self.acts = nn.Linear(width, len(ACTS))

    def forward(self, windows: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """(B, T, inputs), the true lengths (B,) → (B, ACTS) after each window's last step."""
        hidden, _ = self.lstm(windows)  # (B, T, width)
        last = hidden[torch.arange(len(windows)), lengths - 1]  # (B, width)
        scores: torch.Tensor = self.acts(last)
        return scores


@dataclass(frozen=True)
class Story:
    """The rows of one dialogue's decisions, what was chosen, and what was permitted."""

    rows: NDArray[np.float32]  # (T, INPUTS)
    acts: NDArray[np.int64]  # (T,)
    masks: NDArray[np.bool_]  # (T, ACTS)


@dataclass(frozen=True)
class Windows:
    """Parts of stories of equal form."""

    rows: torch.Tensor  # (B, memory + 1, INPUTS), the rest zero
    lengths: torch.Tensor  # (B,)
    acts: torch.Tensor  # (B,)
    masks: torch.Tensor  # (B, ACTS)


def worth_telling(episode: Episode) -> bool:
    """Whether an episode is an example to follow."""
    return episode.success and episode.wrong_acts == 0 and bool(episode.steps)


def story_of(steps: Sequence[Step]) -> Story:
    """An episode as a story."""
    before = [None, *(step.act for step in steps[:-1])]
    rows = [row(step.decision, act, ACTS) for step, act in zip(steps, before, strict=True)]
    masks = [[act in step.decision.candidates for act in ACTS] for step in steps]
    acts = [ACTS.index(step.act) for step in steps]
    return Story(np.stack(rows), np.array(acts), np.array(masks))


def windows_of(stories: Sequence[Story], memory: int) -> Windows:
    """Each decision of each story, with what came before it."""
    rows, lengths = [], []
    for story in stories:
        for place in range(len(story.acts)):
            part = story.rows[max(place - memory, 0) : place + 1]
            rows.append(np.pad(part, ((0, memory + 1 - len(part)), (0, 0))))
            lengths.append(len(part))
    return Windows(
        torch.from_numpy(np.stack(rows)),
        torch.tensor(lengths),
        torch.from_numpy(np.concatenate([story.acts for story in stories])),
        torch.from_numpy(np.concatenate([story.masks for story in stories])),
    )


class Imitation:
    """Trains the network, epoch by epoch."""

    def __init__(self, config: SupervisedConfig, seed: int) -> None:
        torch.manual_seed(seed)
        self.config = config
        self._chance = np.random.default_rng(seed)
        self.network = StoryNetwork(width=config.width)
        self._optimiser = torch.optim.Adam(self.network.parameters(), lr=config.rate)

    def split(self, stories: Sequence[Story]) -> tuple[Windows, Windows]:
        """Stories to learn from, and whole ones held out."""
        count = max(int(len(stories) * self.config.held_out), 1)
        memory = self.config.memory
        return windows_of(stories[count:], memory), windows_of(stories[:count], memory)

    def epoch(self, windows: Windows) -> float:
        """Once over all windows; the mean loss."""
        losses = []
        for part in self._parts(len(windows.acts)):
            scores = self.network(windows.rows[part], windows.lengths[part])
            error = nn.functional.cross_entropy(scores, windows.acts[part])
            self._optimiser.zero_grad()
            error.backward()
            self._optimiser.step()
            losses.append(float(error.detach()))
        return sum(losses) / len(losses)

    def _parts(self, count: int) -> Iterator[torch.Tensor]:
        order = torch.from_numpy(self._chance.permutation(count))
        return iter(order.split(self.config.batch))

    def measured(self, windows: Windows) -> dict[str, float]:
        """Loss and accuracy on all decisions, and accuracy where there was a choice."""
        with torch.no_grad():
            scores = self.network(windows.rows, windows.lengths)
            error = float(nn.functional.cross_entropy(scores, windows.acts))
            right = permitted(scores, windows.masks).argmax(1) == windows.acts
        several = windows.masks.sum(1) > 1
        return {
            "held_out_loss": error,
            "accuracy": float(right.float().mean()),
            "accuracy_of_choices": float(right[several].float().mean()) if several.any() else 1.0,
        }
