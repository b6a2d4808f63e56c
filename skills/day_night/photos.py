"""Reads folders of day and night photos, and finds which come from one camera."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from skills.day_night.net import SIDE, as_tensor
from skills.errors import DataLayoutInvalid
from skills.kit.images import open_image

LAYOUT = "[<split>/]{day,night}/*.jpg"
_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp"})
_SAME_SCENE = 0.45  # correlation of edge maps above which two pictures show one scene
Size = tuple[int, int]


@dataclass(frozen=True)
class Photos:
    """What is read of a folder."""

    pixels: Tensor  # [n, 3, side, side] in 0..1
    labels: Tensor  # [n]: 1 is night
    values: Tensor  # [n]: the mean of HSV's V over the picture as it is, in 0..1
    sky: Tensor  # [n]: the mean grey of its upper third, in 0..1
    sizes: list[Size]  # width and height of the files

    @property
    def cameras(self) -> list[int]:
        """The group of each picture: one number a camera."""
        return scene_groups(self.pixels, self.sizes)


def read_folder(data: Path, side: int = SIDE) -> Photos:
    """The pictures of `[<split>/]{day,night}` folders; raise DataLayoutInvalid."""
    files = labelled_files(data)
    if not files:
        raise DataLayoutInvalid(str(data), LAYOUT)
    pixels, values, sky, sizes = [], [], [], []
    for path, _ in files:
        image = open_image(path.read_bytes())
        array = np.asarray(image, dtype=np.float32) / np.float32(255)
        pixels.append(as_tensor(image, side))
        values.append(brightness(array))
        sky.append(float(array[: max(1, len(array) // 3)].mean()))
        sizes.append(image.size)
    labels = torch.tensor([label for _, label in files])
    return Photos(torch.stack(pixels), labels, torch.tensor(values), torch.tensor(sky), sizes)


def brightness(array: np.ndarray) -> float:
    """The one feature of the baseline: the mean of the largest channel (HSV's V) of [h, w, 3]."""
    return float(array.max(axis=2).mean())


def labelled_files(data: Path) -> list[tuple[Path, float]]:
    """The files of the layout with their labels; raise DataLayoutInvalid if there is no folder."""
    if not data.is_dir():
        raise DataLayoutInvalid(str(data), LAYOUT)
    roots = [data] if _is_layout(data) else [path for path in data.iterdir() if _is_layout(path)]
    return [
        (path, float(label == "night"))
        for root in sorted(roots)
        for label in ("day", "night")
        for path in sorted((root / label).glob("*"))
        if path.suffix.lower() in _ENDINGS
    ]


def _is_layout(folder: Path) -> bool:
    return (folder / "day").is_dir() or (folder / "night").is_dir()


def scene_groups(pictures: Tensor, sizes: list[Size] | None = None) -> list[int]:
    """Which pictures come from one camera: linked by equal edge maps, or by the files' size.

    The set is of webcams, and a camera must not stand on both sides of a split; the files do not
    name theirs. Edges link the same hours; by size day and night of a camera come together (looked
    through by eye: the 160 pictures are of 12 cameras, of which two share their size and become
    one group). Sizes say nothing where one of them is that of most pictures.
    """
    alike = _same_edges(pictures)
    if sizes and Counter(sizes).most_common(1)[0][1] <= len(sizes) / 2:
        alike |= torch.tensor([[one == other for other in sizes] for one in sizes])
    groups = list(range(len(pictures)))
    for one, other in alike.nonzero().tolist():
        old, new = max(groups[one], groups[other]), min(groups[one], groups[other])
        if old != new:
            groups = [new if group == old else group for group in groups]
    return groups


def _same_edges(pictures: Tensor) -> Tensor:
    grey = pictures.mean(dim=1)
    across = (grey[:, :, 1:] - grey[:, :, :-1]).abs()[:, :-1]
    down = (grey[:, 1:] - grey[:, :-1]).abs()[:, :, :-1]
    edges = nn.functional.normalize((across + down).flatten(1) - (across + down).mean())
    return (edges @ edges.T) > _SAME_SCENE
