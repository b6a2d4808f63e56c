"""Day or night from a photo (lecture 2): small convolutional networks on 64 × 64 pixels.

The lecture takes 64 × 64 × 3, the lowest resolution at which people do it perfectly, a sigmoid and
the logistic loss; y = 0 is day and y = 1 night. What counts as dawn stands in `light`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from torch import Tensor

from skills.day_night import report, study, sweep
from skills.day_night.card import DAY_NIGHT
from skills.day_night.floors import oracle
from skills.day_night.net import NAME, Committee, as_tensor, probabilities
from skills.day_night.photos import read_folder
from skills.day_night.scenes import scene
from skills.day_night.scoring import UNSURE, photo_slices, scores
from skills.day_night.training import DayNightConfig
from skills.errors import InvalidOption
from skills.kit import weights
from skills.kit.drawing import png, side_by_side
from skills.kit.images import open_image
from skills.protocol import Progress, SkillResult

_SAMPLE_SUN, _SAMPLE_SEED = -9.0, 1043


class DayNight:
    """The skill."""

    card = DAY_NIGHT

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Classify the upload, or a drawn sample.

        Option `sweep=1` shows accuracy by resolution and colour, `study=1` makes the sheet of the
        human study (of generated scenes, or of the pictures under the folder `data`).
        """
        if _on(options, "sweep"):
            progress(0.5)
            return _sweep_result()
        if _on(options, "study"):
            progress(0.3)
            return _study_result(options)
        image = open_image(sources[0]) if sources else _sample()
        progress(0.3)
        return _answer(image, "your picture" if sources else "a generated sample")

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Grouped cross-validation for the figures, whose nets are the committee; the sweep."""
        return report.train(data, seed, DayNightConfig(), sweep.SIDES)

    def evaluate(self, data: Path) -> dict[str, Any]:
        """Score the committed weights on a folder, or on fresh generated scenes (`-`)."""
        net = weights.load(Committee(), NAME)
        if str(data) == "-":
            slices = report.generated_slices(net)
            return {"n": report.HELD_SCENES, "data": "generated", "slices": slices}
        photos = read_folder(data)
        chances = probabilities(net, photos.pixels)
        right = ((chances >= 0.5).float() == photos.labels).float()
        dark = ((photos.values < net.cut).float() == photos.labels).float()
        return {
            **scores(chances, photos.labels),
            "floor": float(dark.mean()),
            "floor_oracle": float(oracle(photos.values, photos.labels).mean()),
            "slices": photo_slices(photos, right),
        }


def _answer(image: Image.Image, name: str) -> SkillResult:
    x = as_tensor(image).unsqueeze(0)  # [1, 3, 64, 64]
    net = weights.load(Committee(), NAME)
    night = float(probabilities(net, x)[0])
    label, sure = ("night", night) if night >= 0.5 else ("day", 1 - night)
    says = f"This looks like {label} ({sure:.0%})."
    if sure < UNSURE:
        says = f"I'm not sure: rather {label} ({sure:.0%}). Dusk, dawn and rooms look like this."
    text = (
        f"{says} Five small convolutional networks look at the picture at 64 by 64 pixels, compare "
        "sky and ground and vote; how sure they are was calibrated on cameras that they had not "
        "seen. They learnt from 160 webcam pictures and 1,500 generated scenes, with the logistic "
        "loss (1 is night)."
    )
    pictures = [(name, image), ("what it sees", _view(x)), ("what mattered", _evidence(net, x))]
    data = {"night": night, "label": label, "sure": sure >= UNSURE}
    return SkillResult(text, (side_by_side(pictures),), data)


def _sweep_result() -> SkillResult:
    rows = sweep.kept()
    best = max(rows, key=lambda row: (row["accuracy"], -row["side"], not row["colour"]))
    text = (
        f"The same training at each resolution, in colour and in grey, on {rows[0]['n']} webcam "
        "pictures whose cameras were held out: the lecture's brute-force way to choose the input. "
        f"The smallest input with the highest accuracy ({best['accuracy']:.1%}) is "
        f"{best['side']} × {best['side']} {'in colour' if best['colour'] else 'in grey'}; the "
        "bars are 95% intervals, so most of the differences are chance. This set is easy: how "
        "bright the sky is tells nearly everything, and even 8 pixels keep that."
    )
    return SkillResult(text, (sweep.picture(rows),), {"sweep": rows})


def _study_result(options: Mapping[str, Any]) -> SkillResult:
    folder = options.get("data")
    shown = study.pictures(Path(str(folder)) if folder else None, seed=0)
    origin = "pictures of your folder" if folder else "generated scenes"
    text = (
        f"A sheet for the lecture's human study with {len(shown)} {origin}: print it, let a few "
        "people tick day or night from the coarsest row down, and compare with the key. The "
        "coarsest row in which nobody errs is the resolution that the network needs; the lecture "
        "came to 64 by 64."
    )
    pages = (png(study.sheet(shown)), png(study.key(shown)))
    return SkillResult(text, pages, {"n": len(shown), "generated": not folder})


def _on(options: Mapping[str, Any], name: str) -> bool:
    """Whether a switch is set; raise InvalidOption."""
    value = str(options.get(name, "0")).lower()
    if value not in ("0", "1", "true", "false", "yes", "no"):
        raise InvalidOption(name)
    return value in ("1", "true", "yes")


def _sample() -> Image.Image:
    """A generated town by night, so that the demo works without a photo."""
    return scene(_SAMPLE_SUN, _SAMPLE_SEED, side=256).picture


def _view(x: Tensor) -> Image.Image:
    return Image.fromarray((x[0].permute(1, 2, 0) * 255).byte().numpy(), "RGB")


def _evidence(net: Committee, x: Tensor) -> Image.Image:
    """Where a change of pixels would change the answer most: |gradient of the logit|."""
    probe = x.clone().requires_grad_(True)
    net(probe).sum().backward()
    gradient = probe.grad if probe.grad is not None else torch.zeros_like(probe)
    heat = gradient[0].abs().amax(dim=0)
    return Image.fromarray((heat / heat.max().clamp(min=1e-9) * 255).byte().numpy(), "L")


SKILL = DayNight()
