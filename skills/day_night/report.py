"""Trains the committed committee and measures everything that its card says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from skills.day_night import floors, sweep
from skills.day_night.calibration import expected_calibration_error, temperature
from skills.day_night.net import NAME, SIDE, Committee, probabilities
from skills.day_night.photos import Photos, read_folder
from skills.day_night.scoring import Held, accuracy_of, held_out, photo_slices, scene_slices
from skills.day_night.training import DayNightConfig, generate, stacked
from skills.kit import weights
from skills.kit.figures import Figure, today, write
from skills.kit.measures import Interval, bootstrap, paired_difference

COMMAND = "python -m skills train day_night --data DIR"
SEEDS = 3
TARGET = 0.97
FITTING_SCENES = 300
HELD_SEED, FITTING_SEED, HELD_SCENES = 777, 555, 600  # of generated scenes: slices; temperature


def train(data: Path, seed: int, config: DayNightConfig, sides: Sequence[int]) -> dict[str, Any]:
    """Cross-validate with three seeds, keep the first seed's nets as the committee, sweep."""
    photos = read_folder(data, max(sides))
    small = torch.nn.functional.adaptive_avg_pool2d(photos.pixels, SIDE)
    cameras = photos.cameras
    runs = [held_out(small, photos.labels, cameras, config, seed + each) for each in range(SEEDS)]
    committee = _committee(runs[0], photos)
    weights.save(committee, NAME)
    sweep.keep(sweep.sweep(photos.pixels, photos.labels, cameras, config, seed, sides))
    summary = summarise(photos, runs, cameras)
    write(weights.FOLDER, NAME, figures(summary, committee, len(set(cameras)), seed))
    return summary


def _committee(held: Held, photos: Photos) -> Committee:
    committee = Committee()
    for place, member in enumerate(committee.members):  # too few cameras: some vote twice
        member.load_state_dict(held.nets[place % len(held.nets)].state_dict())
    committee.cut[:] = floors.best_cut(photos.values, photos.labels)
    committee.temperature[:] = _warmth(held, photos.labels)
    return committee.eval()


def _warmth(held: Held, labels: Tensor) -> float:
    """The temperature on pictures that a net has not seen: photos of left-out cameras and as much
    weight of fresh scenes, for the photos hardly show dusk and alone would make it over-confident.
    """
    pictures, truth = _fitting_scenes(FITTING_SCENES)
    with torch.no_grad():
        votes = torch.stack([net(pictures) for net in held.nets]).mean(dim=0)
    share = torch.cat(
        [torch.full((len(labels),), 1 / len(labels)), torch.full((len(truth),), 1 / len(truth))]
    )
    return temperature(
        torch.cat([held.logits, votes]), torch.cat([labels, truth]), share / share.mean()
    )


@cache
def _fitting_scenes(count: int) -> tuple[Tensor, Tensor]:
    return stacked(generate(count, FITTING_SEED))


def _cooled(held: Held, labels: Tensor) -> Tensor:
    """P(night), each fold under the temperature of the other folds."""
    where, chances = torch.tensor(held.folds), torch.zeros(len(labels))
    for fold in set(held.folds):
        ours = where == fold
        part = Held(held.logits[~ours], [], held.nets[:fold] + held.nets[fold + 1 :])
        chances[ours] = torch.sigmoid(held.logits[ours] / _warmth(part, labels[~ours]))
    return chances


def summarise(photos: Photos, runs: Sequence[Held], cameras: Sequence[int]) -> dict[str, Any]:
    """Accuracy over seeds with its interval over cameras, floors, slices, calibration."""
    labels = photos.labels
    rights = torch.stack([((run.logits >= 0).float() == labels).float() for run in runs])
    right = rights.mean(dim=0)  # of each photo, over seeds
    floor = floors.fitted(photos.values, labels, runs[0].folds)
    best = floors.oracle(photos.values, labels)
    gap, gap_interval = paired_difference(right.tolist(), floor.tolist(), list(cameras))
    hindsight = paired_difference(right.tolist(), best.tolist(), list(cameras))
    chances = _cooled(runs[0], labels)
    return {
        "n": len(labels),
        "cameras": len(set(cameras)),
        "accuracy": float(right.mean()),
        "interval": list(over_cameras(right, cameras)),
        "by_seed": [accuracy_of(each) for each in rights],
        "floor_fitted": float(floor.mean()),
        "floor_oracle": float(best.mean()),
        "above_fitted": [gap, *gap_interval],
        "above_oracle": [hindsight[0], *hindsight[1]],
        "sky_alone": float(floors.fitted(photos.sky, labels, runs[0].folds).mean()),
        "calibration_error": expected_calibration_error(chances, labels),
        "calibration_error_raw": expected_calibration_error(torch.sigmoid(runs[0].logits), labels),
        "slices": photo_slices(photos, rights[0]),
    }


def over_cameras(right: Tensor, cameras: Sequence[int]) -> Interval:
    """The interval of the mean over cameras drawn again: one camera's pictures are alike."""
    where = torch.tensor(cameras)
    parts = [right[where == camera] for camera in sorted(set(cameras))]
    return bootstrap(lambda rows: float(torch.cat([parts[row] for row in rows]).mean()), len(parts))


def generated_slices(net: Committee) -> dict[str, Any]:
    """Scores on scenes of a seed that neither training nor the temperature has used."""
    scenes = generate(HELD_SCENES, HELD_SEED)
    pictures, _ = stacked(scenes)
    return scene_slices(scenes, probabilities(net, pictures))


def figures(summary: dict[str, Any], net: Committee, cameras: int, seed: int) -> list[Figure]:
    """What `python -m skills report` prints."""
    n, split = (
        summary["n"],
        f"5 folds by camera ({cameras} groups), seeds {seed} to {seed + SEEDS - 1}",
    )
    command = f"{COMMAND} --seed {seed}"
    low, high = summary["interval"]
    gap, hindsight = summary["above_fitted"], summary["above_oracle"]
    kept = [
        Figure("accuracy on unseen cameras", summary["accuracy"], n, split, "real", command,
               today(), (low, high), TARGET, summary["floor_oracle"],
               "mean V under the threshold that is best in hindsight"),
        Figure("accuracy on unseen cameras, against the floor fitted on the same folds",
               summary["accuracy"], n, split, "real", command, today(), (low, high), floors.ANCHOR,
               summary["floor_fitted"], "mean V under a threshold fitted on the other folds"),
        Figure("accuracy above the fitted floor, paired", gap[0], n, split, "real", command,
               today(), (gap[1], gap[2]), 0.0, by_interval=True),
        Figure("accuracy above the hindsight floor, paired", hindsight[0], n, split, "real",
               command, today(), (hindsight[1], hindsight[2])),
        Figure("accuracy of another single feature: the sky's mean grey, threshold fitted",
               summary["sky_alone"], n, split, "real", command, today()),
        Figure("calibration error on unseen cameras", summary["calibration_error"], n, split,
               "real", command, today(), None, 0.05, summary["calibration_error_raw"],
               "without a temperature", lower_is_better=True),
    ]  # fmt: skip
    for name, each in summary["slices"].items():
        if each["n"]:
            kept.append(Figure(f"accuracy, photos: {name}", each["accuracy"], each["n"], split,
                               "real", command, today(), tuple(each["interval"])))  # fmt: skip
    for name, each in generated_slices(net).items():
        kept.append(Figure(f"accuracy, generated scenes: {name}", each["accuracy"], each["n"],
                           f"scenes of seed {HELD_SEED}", "generated", command, today(),
                           tuple(each["interval"])))  # fmt: skip
    return kept
