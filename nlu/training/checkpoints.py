"""A training's progress, kept on disk after each epoch so that a killed one goes on."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from nlu.training.averaging import AveragedWeights
from nlu.training.curves import draw, write_rows

if TYPE_CHECKING:
    from nlu.training.loop import FitConfig

CHECKPOINT = "checkpoint.pt"


class Progress:
    """Where a training stands: epoch, best figures and their weights, one row an epoch."""

    def __init__(
        self, model: nn.Module, optimiser: Any, schedule: Any, average: AveragedWeights
    ) -> None:
        self._model = model
        self._parts = {"optimiser": optimiser, "schedule": schedule, "average": average}
        self.epoch, self.waited = 0, 0
        self.best: dict[str, Any] = {"score": float("-inf")}
        self._best_state: dict[str, torch.Tensor] = _trained(model)
        self._rows: list[dict[str, float]] = []

    def note(self, figures: dict[str, float], loss: float, seconds: float) -> None:
        """Take in one epoch's figures; call it while the averaged weights are applied."""
        self._rows.append({"epoch": self.epoch, "loss": loss, **figures, "seconds": seconds})
        shown = {name: round(value, 4) for name, value in self._rows[-1].items()}
        sys.stderr.write(json.dumps(shown) + "\n")
        self.waited += 1
        if figures["score"] > self.best["score"]:
            self.best = {**figures, "epoch": self.epoch}
            self._best_state, self.waited = _trained(self._model), 0
        self.epoch += 1

    def keep(self, folder: Path, config: FitConfig) -> None:
        """Write everything; the file appears whole or not at all."""
        folder.mkdir(parents=True, exist_ok=True)
        state = {name: part.state_dict() for name, part in self._parts.items()}
        own = {"epoch": self.epoch, "waited": self.waited, "best": self.best, "rows": self._rows}
        weights = {"model": _trained(self._model), "best_state": self._best_state}
        part = folder / f"{CHECKPOINT}.part"
        torch.save({**state, **own, **weights, "config": asdict(config)}, part)
        os.replace(part, folder / CHECKPOINT)
        write_rows(folder, self._rows)

    def resume(self, folder: Path, config: FitConfig) -> None:
        """Go on from the folder's checkpoint if it is of the very same training."""
        path = folder / CHECKPOINT
        if not path.exists():
            return
        saved = torch.load(path, weights_only=True)
        if saved["config"] != asdict(config):
            return
        for name, part in self._parts.items():
            part.load_state_dict(saved[name])
        self._model.load_state_dict(saved["model"], strict=False)
        self.epoch, self.waited, self.best = saved["epoch"], saved["waited"], saved["best"]
        self._rows, self._best_state = saved["rows"], saved["best_state"]

    def finish(self, folder: Path | None) -> None:
        """The best weights into the model; the checkpoint is done with."""
        self._model.load_state_dict(self._best_state, strict=False)
        self._model.eval()
        if folder is not None:
            (folder / CHECKPOINT).unlink(missing_ok=True)
            draw(folder, self._rows)


def _trained(model: nn.Module) -> dict[str, torch.Tensor]:
    named = model.named_parameters()
    return {name: p.detach().clone() for name, p in named if p.requires_grad}
