"""What decides what comes out of a training."""

from __future__ import annotations

from dataclasses import dataclass

from nlu.model import JointConfig
from nlu.training.loop import FitConfig
from nlu.training.own import Sources


@dataclass(frozen=True)
class Training:
    """How to train, which model, on which data."""

    fit: FitConfig
    joint: JointConfig
    sources: Sources
