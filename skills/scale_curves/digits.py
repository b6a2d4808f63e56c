"""MNIST for the curves: training pool, dev and test, and nested subsets of the pool."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import torch
from torch import Tensor

from skills.errors import DataLayoutInvalid

FILE = "mnist.npz"
POOL = 51_200  # of the 60,000 training pictures, drawn once; the others are dev
_SPLIT_SEED = 230


@dataclass(frozen=True)
class Digits:
    """Pictures [n, 784] as bytes and their labels [n]."""

    pixels: Tensor
    labels: Tensor

    def __len__(self) -> int:
        return len(self.labels)

    def inputs(self, rows: Tensor | slice) -> Tensor:
        """Some pictures in 0..1: [batch, 784]."""
        return self.pixels[rows].float() / 255


@dataclass(frozen=True)
class Split:
    """What is trained on, what choices are made on, and what is reported once."""

    pool: Digits
    dev: Digits
    test: Digits


def read(data: Path, pool: int = POOL) -> Split:
    """The split of `data/mnist.npz` (x_train, y_train, x_test, y_test); raise DataLayoutInvalid."""
    expected = f"{FILE} with x_train, y_train, x_test, y_test"
    try:
        with np.load(data / FILE, allow_pickle=False) as kept:
            train = _digits(kept["x_train"], kept["y_train"])
            test = _digits(kept["x_test"], kept["y_test"])
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        raise DataLayoutInvalid(str(data), expected) from error
    if not 0 < pool < len(train):
        raise DataLayoutInvalid(str(data), f"{expected}; more than {pool} training pictures")
    order = torch.randperm(len(train), generator=torch.Generator().manual_seed(_SPLIT_SEED))
    return Split(_some(train, order[:pool]), _some(train, order[pool:]), test)


def nested_rows(pool: int, sizes: tuple[int, ...], seed: int) -> dict[int, Tensor]:
    """Rows of the pool for each size: a smaller subset lies in every larger one of its seed."""
    order = torch.randperm(pool, generator=torch.Generator().manual_seed(seed))
    return {size: order[:size] for size in sizes}


def _digits(pixels: np.ndarray, labels: np.ndarray) -> Digits:
    if pixels.ndim != 3 or pixels.shape[1:] != (28, 28) or labels.shape != pixels.shape[:1]:
        raise ValueError("pictures of 28 × 28 and a label each")
    flat = torch.from_numpy(pixels.astype(np.uint8)).flatten(1)  # [n, 784]
    return Digits(flat, torch.from_numpy(labels.astype(np.int64)))


def _some(digits: Digits, rows: Tensor) -> Digits:
    return Digits(digits.pixels[rows], digits.labels[rows])
