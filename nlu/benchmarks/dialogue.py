"""One seed of our model on a set of dialogues, with its memory and without.

Reported: joint goal accuracy (every slot of the goal right after a turn), and for first and later
turns the F1 of the slots that the assistant must know then. Without a memory each turn is all that
there is; with it, earlier mentions are carried over. Where the sets label mentions, the F1 of the
tags in the utterances themselves stands beside.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from nlu.batches import Coder, collate
from nlu.benchmarks.dialogue_sets import DONTCARE, GoalSet, read_sim_m, read_woz2
from nlu.benchmarks.folders import folder_of
from nlu.benchmarks.goal_task import GoalTask
from nlu.benchmarks.recipes import Recipe
from nlu.encoders.location import coder_folder
from nlu.goals import GoalModel
from nlu.model import JointModel
from nlu.pieces import PieceMaker
from nlu.training.loop import fit
from nlu.turns import Turn

_READERS = {"sim-m": read_sim_m, "woz2": read_woz2}


def run_dialogues(name: str, data: Path, recipe: Recipe, device: torch.device) -> dict[str, Any]:
    """Train with and without memory on `train`, choose on `dev`, report `test` or else dev."""
    kinds = _READERS[name](folder_of(name, data))
    found: dict[str, Any] = {"tested_on": kinds.tested_on}
    for memory in (True, False):
        joint = replace(recipe.joint, memory=memory)
        task, model = _trained(kinds, replace(recipe, joint=joint), device)
        figures = task.figures(model, kinds.test)
        found["memory" if memory else "none"] = figures
    found["joint_goal"] = found["memory"]["joint_goal"]
    gain = found["memory"]["slots_later_f1"] - found["none"]["slots_later_f1"]
    return {**found, "later_turns_gain": gain}


def _trained(kinds: GoalSet, recipe: Recipe, device: torch.device) -> tuple[GoalTask, GoalModel]:
    torch.manual_seed(recipe.fit.seed)
    coder = Coder(PieceMaker.load(coder_folder(recipe.joint.encoder)), kinds.labels)
    joint = JointModel(recipe.joint, kinds.labels).to(device)
    values = [DONTCARE, *(value for v in kinds.ontology.values() for value in v)]
    rows = {value: index + 1 for index, value in enumerate(dict.fromkeys(values))}
    model = GoalModel(joint, len(kinds.slots), _value_table(joint, coder, list(rows))).to(device)
    task = GoalTask(
        kinds, coder, rows, recipe.fit.batch, recipe.swapped, recipe.fit.seed,
        memory=recipe.joint.memory,
    )  # fmt: skip
    fit(model, task, recipe.fit, None)
    return task, model


@torch.no_grad()
def _value_table(joint: JointModel, coder: Coder, values: list[str]) -> Tensor:
    """[1 + values, width]: each value's pooled vector before any training; row 0 is zeros."""
    joint.eval()
    batch = collate([[coder.encode(Turn(tuple(value.split())))] for value in values])
    batch = batch.to(next(joint.parameters()).device)
    pooled = joint.encode(batch.pieces, batch.mask)[1]
    return torch.cat([torch.zeros_like(pooled[:1]), pooled])
