"""The label space of one task: its intents and its BIO tags, as indices. Knows numpy alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

FORBIDDEN = -1e4


@dataclass(frozen=True)
class Labels:
    """Intents and tags in a fixed order; tags begin with "O"."""

    intents: tuple[str, ...]
    tags: tuple[str, ...]

    @classmethod
    def of_slots(cls, intents: tuple[str, ...], slots: tuple[str, ...]) -> Labels:
        """With a B- and an I- tag for each slot."""
        return cls(intents, ("O", *(f"{prefix}-{slot}" for slot in slots for prefix in "BI")))

    @cached_property
    def intent_index(self) -> dict[str, int]:
        """Where each intent stands."""
        return {intent: index for index, intent in enumerate(self.intents)}

    @cached_property
    def tag_index(self) -> dict[str, int]:
        """Where each tag stands."""
        return {tag: index for index, tag in enumerate(self.tags)}

    @cached_property
    def forbidden_starts(self) -> NDArray[np.float32]:
        """[tags]: FORBIDDEN where a sentence cannot begin with the tag, else 0."""
        return np.array([FORBIDDEN * tag.startswith("I-") for tag in self.tags], dtype=np.float32)

    @cached_property
    def forbidden_steps(self) -> NDArray[np.float32]:
        """[before, after]: FORBIDDEN where an I- follows another label, else 0."""
        steps = np.zeros((len(self.tags), len(self.tags)), dtype=np.float32)
        for i, before in enumerate(self.tags):
            for j, after in enumerate(self.tags):
                if after.startswith("I-") and before[2:] != after[2:]:
                    steps[i, j] = FORBIDDEN
        return steps
