"""Reads others' labelled pictures: `images/*.png` and `boxes.json`.

boxes.json maps each file's name to its things, boxes in pixels:
`{"a.png": [{"name": "cup", "box": [left, top, right, bottom]}], "b.png": []}`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from skills.detection.detect import letterbox
from skills.detection.scenes.scene import Labelled
from skills.errors import DataLayoutInvalid
from skills.kit.images import open_image

LAYOUT = 'images/*.png and boxes.json: {"a.png": [{"name": "cup", "box": [l, t, r, b]}]}'
_MOST = 5000  # pictures


def read_folder(data: Path, classes: Sequence[str]) -> list[Labelled]:
    """The pictures in the detector's square, boxes as shares of it; raise DataLayoutInvalid."""
    try:
        truth = json.loads((data / "boxes.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataLayoutInvalid(str(data), LAYOUT) from error
    files = sorted((data / "images").glob("*.png"))
    if not isinstance(truth, dict) or not 0 < len(files) <= _MOST:
        raise DataLayoutInvalid(str(data), LAYOUT)
    return [_labelled(path, truth, data, classes) for path in files]


def _labelled(path: Path, truth: dict[str, Any], data: Path, classes: Sequence[str]) -> Labelled:
    image = open_image(path.read_bytes())
    square = letterbox(image)
    try:
        things = truth[path.name]
        kinds = [classes.index(thing["name"]) for thing in things]
        boxes = np.asarray([thing["box"] for thing in things], dtype=np.float32).reshape(-1, 4)
        if len(boxes) != len(kinds) or not _sound(boxes):
            raise ValueError(path.name)
    except (KeyError, TypeError, ValueError) as error:
        raise DataLayoutInvalid(str(data), LAYOUT) from error
    shares = boxes / np.asarray([image.width, image.height] * 2, dtype=np.float32)
    return Labelled(
        square.pixels.permute(1, 2, 0).numpy(),
        square.into(torch.from_numpy(shares)).numpy(),
        np.asarray(kinds, dtype=np.int64),
    )


def _sound(boxes: np.ndarray[Any, np.dtype[np.float32]]) -> bool:
    """Finite, and with an area."""
    return bool(np.isfinite(boxes).all() and (boxes[:, 2:] > boxes[:, :2]).all())
