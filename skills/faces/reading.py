"""Reads a folder of faces: one folder a person (`s1`, `s2`, …), one picture a photo (ORL's)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from skills.errors import DataLayoutInvalid, NoFaceFound
from skills.faces.detection import Grey, crop
from skills.faces.net import HEIGHT, WIDTH

_ENDINGS = frozenset({".pgm", ".png", ".jpg", ".jpeg"})
_LAYOUT = "PERSON/*.pgm, two people and two photos of each at least"


@dataclass(frozen=True)
class Album:
    """Faces with their people."""

    crops: Tensor  # [n, 1, 56, 46] in 0..1, as the detector frames them
    wholes: Tensor  # [n, 1, 56, 46], the uncut pictures
    people: Tensor  # [n], counted from 0
    names: tuple[str, ...]  # of the people's folders


def read_folder(data: Path) -> Album:
    """All photos below a folder of people; raise DataLayoutInvalid."""
    folders = sorted(
        (path for path in (data.iterdir() if data.is_dir() else ()) if _photos(path)),
        key=lambda path: (len(path.name), path.name),
    )
    if len(folders) < 2 or any(len(_photos(folder)) < 2 for folder in folders):
        raise DataLayoutInvalid(str(data), _LAYOUT)
    crops: list[Tensor] = []
    wholes: list[Tensor] = []
    people: list[int] = []
    for person, folder in enumerate(folders):
        for path in _photos(folder):
            grey = _read(path)
            crops.append(_cut(grey, path))
            wholes.append(_whole(grey))
            people.append(person)
    names = tuple(folder.name for folder in folders)
    return Album(torch.stack(crops), torch.stack(wholes), torch.tensor(people), names)


def _photos(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS)


def _read(path: Path) -> Grey:
    grey = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_GRAYSCALE)
    if grey is None:
        raise DataLayoutInvalid(str(path), _LAYOUT)
    return np.asarray(grey, np.uint8)


def _cut(grey: Grey, path: Path) -> Tensor:
    try:
        return crop(grey, 1).pixels
    except NoFaceFound as error:
        raise DataLayoutInvalid(str(path), "a face in each picture") from error


def _whole(grey: Grey) -> Tensor:
    """Half of ORL's 112 × 92, [1, 56, 46]."""
    small = cv2.resize(grey, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return torch.from_numpy(small.astype(np.float32) / np.float32(255))[None]
