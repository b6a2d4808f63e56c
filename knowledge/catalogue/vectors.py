"""The file of sentence vectors: which text's they are, in half precision, written whole or not."""

from __future__ import annotations

import hashlib
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

logger = logging.getLogger(__name__)
KEY_BYTES = 16


@dataclass(frozen=True)
class VectorFile:
    """One file for each encoder: another model's vectors would mean something else."""

    path: Path

    @classmethod
    def of(cls, folder: Path, model: Path) -> VectorFile:
        """The file for a model, told by the hash of its weights."""
        digest = hashlib.sha256(model.read_bytes()).hexdigest()[:12]
        return cls(folder / f"vectors-{digest}.safetensors")

    def read(self) -> tuple[list[bytes], NDArray[np.float32]]:
        """Keys and vectors [n, 384]; nothing when there is no file or it cannot be read."""
        try:
            tensors = load_file(self.path)
            keys = [row.tobytes() for row in tensors["keys"]]
            vectors = tensors["vectors"].astype(np.float32)
        except FileNotFoundError:
            return [], np.empty((0, 384), np.float32)
        except (SafetensorError, KeyError, OSError) as error:
            logger.warning("search: %s is no file of vectors (%s); made anew", self.path, error)
            return [], np.empty((0, 384), np.float32)
        return keys, vectors

    def write(self, keys: list[bytes], vectors: NDArray[np.float32]) -> None:
        """Put these in place of what there was, with what another process added meanwhile."""
        others, theirs = self.read()
        ours = set(keys)
        new = [place for place, key in enumerate(others) if key not in ours]
        tensors: dict[str, NDArray[Any]] = {
            "keys": np.array([list(key) for key in (*keys, *(others[n] for n in new))], np.uint8),
            "vectors": np.concatenate([vectors, theirs[new]]).astype(np.float16),
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Renamed when whole, so that no other process reads half a file.
        unfinished = self.path.with_name(f".{self.path.name}-{os.getpid()}")
        save_file(tensors, unfinished)
        unfinished.replace(self.path)
