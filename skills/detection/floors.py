"""What needs no learning from pixels: boxes that are always the same, and blobs without a class."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from PIL import Image, ImageFilter

from skills.detection.detect import Found
from skills.detection.scenes.scene import Labelled

_ODD = 40  # how far a pixel's colour is from its surroundings'
_LEAST, _MOST = 0.004, 0.3  # share of the picture that a blob fills


def constant(scenes: Sequence[Labelled], classes: int) -> Found:
    """Each class's mean box in other scenes, as sure as the class is frequent there."""
    kinds = np.concatenate([scene.kinds for scene in scenes])
    boxes = np.concatenate([scene.boxes for scene in scenes])
    present = [kind for kind in range(classes) if (kinds == kind).any()]
    means = np.stack([boxes[kinds == kind].mean(axis=0) for kind in present])
    shares = np.asarray([(kinds == kind).mean() for kind in present], dtype=np.float32)
    order = np.argsort(-shares)
    return Found(
        torch.from_numpy(means[order]),
        torch.from_numpy(shares[order]),
        torch.tensor(present)[torch.from_numpy(order)],
    )


def blobs(scene: Labelled, kind: int) -> Found:
    """Patches that differ from their blurred surroundings, larger is surer, all of one class."""
    from scipy import ndimage  # slow to import, and only for this baseline

    image = Image.fromarray(scene.pixels).filter(ImageFilter.GaussianBlur(1))
    around = image.filter(ImageFilter.BoxBlur(image.width / 5))
    gap = np.abs(np.asarray(image, dtype=float) - np.asarray(around, dtype=float)).sum(axis=2)
    marks, _ = ndimage.label(gap > _ODD)
    side = image.width
    found = []
    for rows, columns in ndimage.find_objects(marks):
        area = (rows.stop - rows.start) * (columns.stop - columns.start) / side**2
        if _LEAST < area < _MOST:
            corners = [columns.start, rows.start, columns.stop, rows.stop]
            found.append((area, [each / side for each in corners]))
    found.sort(key=lambda each: -each[0])
    return Found(
        torch.tensor([box for _, box in found]).reshape(-1, 4),
        torch.tensor([area for area, _ in found]),
        torch.full((len(found),), kind),
    )


def commonest(scenes: Sequence[Labelled], classes: int) -> int:
    """The most frequent class."""
    kinds = np.concatenate([scene.kinds for scene in scenes])
    return int(np.bincount(kinds, minlength=classes).argmax())
