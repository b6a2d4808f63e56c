"""The last encoded utterances, so that what was said before is not encoded again every turn."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]


class Recall:
    """A bounded map from text to its pooled vector; the longest unused leave first."""

    def __init__(self, size: int = 4096) -> None:
        self._size, self._lock = size, Lock()
        self._kept: OrderedDict[str, Vector] = OrderedDict()

    def get(self, text: str) -> Vector | None:
        """The vector, if it is still kept."""
        with self._lock:
            if text in self._kept:
                self._kept.move_to_end(text)
            return self._kept.get(text)

    def put(self, text: str, vector: Vector) -> None:
        """Keep it."""
        with self._lock:
            self._kept[text] = vector
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
