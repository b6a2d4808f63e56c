"""A trained network as the file that the bot reads."""

from __future__ import annotations

import os
from pathlib import Path

from safetensors.torch import save_file
from torch import nn

from bot.policy.factory import FILE
from bot.policy.features import SIGNATURE
from bot.policy.learned import Perceptron, Recurrent, Scorer
from bot.policy.learning.supervised import ACTS

_NOT_SERVED = ("baseline.", "critic.")  # of use in training alone


def save(network: nn.Module, folder: Path, memory: int = 0, benefit: float = 0.0) -> Path:
    """Write the weights with the layout they were made for; the file appears whole or not."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {
        name: tensor.detach().clone().contiguous()
        for name, tensor in network.state_dict().items()
        if not name.startswith(_NOT_SERVED)
    }
    form = "recurrent" if memory else "perceptron"
    about = {"signature": SIGNATURE, "form": form, "benefit": str(benefit)}
    if memory:
        about |= {"memory": str(memory), "acts": " ".join(ACTS)}
    part = folder / f"{FILE}.part"
    save_file(tensors, part, metadata=about)
    os.replace(part, folder / FILE)
    return folder / FILE


def scorer_of(network: nn.Module, memory: int = 0, benefit: float = 0.0) -> Scorer:
    """The network as the bot would serve it."""
    tensors = {
        name: tensor.detach().numpy().copy() for name, tensor in network.state_dict().items()
    }
    return Recurrent(tensors, memory, ACTS) if memory else Perceptron(tensors, benefit)
