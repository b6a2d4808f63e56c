"""How well a linear classifier reads each layer: fitted, kept and scored."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from torch import Tensor

from skills.animals.composites import Material
from skills.animals.net import AnimalNet
from skills.animals.probes import PLACES, Probe, Probes, ProbesConfig, features, fit_probe, right
from skills.animals.training import AnimalsConfig, keep_back, read_material
from skills.kit import weights
from skills.kit.figures import Figure, today, write
from skills.kit.measures import paired_difference, wilson

NAME = "layer_encodings"


def what(place: str) -> str:
    """The name of a place's figure."""
    return f"accuracy of a linear classifier on {place if place == 'pixels' else f'layer {place}'}"


def train(
    net: AnimalNet,
    data: Path,
    seed: int,
    config: ProbesConfig,
    kept_back: int = AnimalsConfig().kept_back,
) -> dict[str, Any]:
    """Fit probes on what the network learnt from, their decay on what it did not; the figures."""
    learnt, held = keep_back(data, kept_back)
    probes = Probes()
    for place in PLACES:
        probes.at[place] = _best(net, place, learnt, held, config)
    weights.save(probes, NAME)
    test = read_material(data, "test")
    rights = score(net, weights.load(Probes(), NAME), test)
    kept = _figures(rights, f"python -m skills train {NAME} --data DIR --seed {seed}")
    write(weights.FOLDER, NAME, kept)
    return {"n": len(test.animals), **{each.what: each.value for each in kept}}


def evaluate(net: AnimalNet, data: Path) -> dict[str, Any]:
    """Accuracies of the kept probes."""
    rights = score(net, weights.load(Probes(), NAME), read_material(data, "test"))
    found = {place: float(each.float().mean()) for place, each in rights.items()}
    return {"n": len(rights["pixels"]), "accuracy": found}


def score(net: AnimalNet, probes: Probes, test: Material) -> dict[str, Tensor]:
    """Right or wrong of each picture by place: bool [n]."""
    return {
        place: right(probes.of(place), features(net, test.animals, place), test.labels)
        for place in PLACES
    }


def _best(
    net: AnimalNet, place: str, learnt: Material, kept_back: Material, config: ProbesConfig
) -> Probe:
    x, held = features(net, learnt.animals, place), features(net, kept_back.animals, place)
    probes = [fit_probe(x, learnt.labels, decay, config.steps) for decay in config.decays]
    return max(probes, key=lambda each: float(right(each, held, kept_back.labels).float().mean()))


def _figures(rights: dict[str, Tensor], command: str) -> list[Figure]:
    total = len(rights["pixels"])
    figure = partial(
        Figure, n=total, split="CIFAR-10 animals, test part, scored once", data="real",
        command=command, date=today(),
    )  # fmt: skip
    kept = []
    for place in PLACES:
        count = int(rights[place].sum())
        floor = None if place == "pixels" else float(rights["pixels"].float().mean())
        kept.append(
            figure(what(place), count / total, interval=wilson(count, total), floor=floor,
                   floor_is="" if floor is None else "the same classifier on the pixels")
        )  # fmt: skip
    for shallow, deep in (("pixels", "encoding"), ("edges", "encoding"), ("edges", "block2")):
        ours, theirs = (rights[place].float().tolist() for place in (deep, shallow))
        gap, interval = paired_difference(ours, theirs, range(total))
        told = f"accuracy on {deep} above {shallow}, paired"
        kept.append(figure(told, gap, interval=interval, target=0.0, by_interval=True))
    return kept
