"""How our model is trained on each published set; chosen on dev parts alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nlu.encoders.location import kind_of
from nlu.model import JointConfig
from nlu.training.loop import FitConfig


@dataclass(frozen=True)
class Recipe:
    """The model, the training, and how many mentions are replaced by others in an epoch."""

    joint: JointConfig
    fit: FitConfig
    swapped: float = 0.0


_JOINT = JointConfig(memory=False)
_GOALS = JointConfig(crf=False)
_FIT = FitConfig(patience=6)
_RECIPES = {
    "atis": Recipe(_JOINT, replace(_FIT, epochs=16, encoder_rate=2e-4)),
    "snips": Recipe(
        replace(_JOINT, crf=False), replace(_FIT, epochs=12, encoder_rate=2e-4), swapped=0.3
    ),
    "clinc150": Recipe(replace(_JOINT, slot_weight=0.0, crf=False), replace(_FIT, epochs=8)),
    "sim-m": Recipe(_GOALS, replace(_FIT, epochs=8), swapped=0.6),
    "woz2": Recipe(_GOALS, replace(_FIT, epochs=10)),
}
SETS = tuple(_RECIPES)


def recipe_of(name: str, encoder: str, seed: int, epochs: int | None) -> Recipe:
    """The recipe of a set for an encoder; those without pretraining learn longer and faster."""
    recipe = _RECIPES[name]
    fit = replace(recipe.fit, seed=seed)
    if kind_of(encoder) != "transformer":
        fit = replace(fit, epochs=3 * fit.epochs, encoder_rate=fit.rate)
    if epochs:
        fit = replace(fit, epochs=epochs)
    return replace(recipe, joint=replace(recipe.joint, encoder=encoder), fit=fit)
