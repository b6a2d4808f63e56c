"""Reads CIFAR-10 pictures (Krizhevsky 2009) kept as `train|test/<class>/*.jpg`, zipped or not."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile, ZipFile

import numpy as np
import torch
from torch import Tensor

from skills.errors import DataLayoutInvalid
from skills.kit.images import MAX_BYTES, open_image

CLASSES = (
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
)  # fmt: skip
ANIMALS = ("bird", "cat", "deer", "dog", "frog", "horse")
SIDE = 32
LAYOUT = "train/<class>/*.jpg and test/<class>/*.jpg of 32 x 32 pixels, in folders or one .zip"
_ENDINGS = frozenset({".jpg", ".jpeg", ".png"})
Split = Literal["train", "test"]


def read(
    folder: Path,
    split: Split,
    limit_per_class: int | None = None,
    classes: Sequence[str] = CLASSES,
) -> tuple[Tensor, Tensor]:
    """Pictures (uint8 [n, 3, 32, 32]) and labels ([n], places in `classes`), class by class.

    `folder` holds the classes' folders or one zip of them (or is the zip); of each class come the
    first `limit_per_class` by name, and a class that is absent brings none. 10,000 pictures take
    about three seconds. Raise DataLayoutInvalid if there is none at all or one of another size,
    NotAnImage if one is broken.
    """
    pictures, labels = [], []
    for label, data in _files(folder, split, limit_per_class, classes):
        pixels = np.asarray(open_image(data), dtype=np.uint8)
        if pixels.shape != (SIDE, SIDE, 3):
            raise DataLayoutInvalid(str(folder), LAYOUT)
        pictures.append(torch.from_numpy(pixels.transpose(2, 0, 1).copy()))
        labels.append(label)
    if not pictures:
        raise DataLayoutInvalid(str(folder), LAYOUT)
    return torch.stack(pictures), torch.tensor(labels)


def _files(
    folder: Path, split: Split, limit: int | None, classes: Sequence[str]
) -> Iterator[tuple[int, bytes]]:
    """Label and bytes of each picture, in the order of classes and names."""
    archives = [folder] if folder.is_file() else sorted(folder.glob("*.zip"))
    if (folder / split).is_dir():
        for label, name in enumerate(classes):
            paths = sorted((folder / split / name).glob("*"))
            for path in [path for path in paths if _is_picture(path.name)][:limit]:
                yield label, path.read_bytes()
    elif archives:
        yield from _zipped(archives[0], split, limit, classes)


def _zipped(
    archive: Path, split: Split, limit: int | None, classes: Sequence[str]
) -> Iterator[tuple[int, bytes]]:
    try:
        with ZipFile(archive) as opened:
            names = sorted(opened.namelist())
            for label, kind in enumerate(classes):
                start = f"{split}/{kind}/"
                ours = [each for each in names if each.startswith(start)]
                for name in [each for each in ours if _is_picture(each)][:limit]:
                    if opened.getinfo(name).file_size > MAX_BYTES:  # before it is unpacked
                        raise DataLayoutInvalid(str(archive), LAYOUT)
                    yield label, opened.read(name)
    except (BadZipFile, zlib.error, RuntimeError) as error:  # the last: encrypted
        raise DataLayoutInvalid(str(archive), LAYOUT) from error


def _is_picture(name: str) -> bool:
    return Path(name).suffix.lower() in _ENDINGS
