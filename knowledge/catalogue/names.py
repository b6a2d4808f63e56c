"""Instructors' names as students write them: "Prof. Szarkowsky", "lars", "Dr Holloway"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

_LIKENESS = 85
_REMEMBERED = 1_000
_TITLES = re.compile(r"^(?:\s*(?:prof(?:essors?)?|dr|mrs?|ms|instructor|lecturer)\b\.?)+", re.I)


@dataclass(frozen=True)
class NameIndex:
    """Whole names and their parts, each with the numbers of the instructors who bear it."""

    parts: Mapping[str, frozenset[int]] = field(default_factory=dict)
    _found: dict[str, frozenset[int]] = field(default_factory=dict)  # of the names asked before

    @classmethod
    def of(cls, instructors: Mapping[str, int]) -> NameIndex:
        """Index all instructors."""
        parts: dict[str, set[int]] = defaultdict(set)
        for name, number in instructors.items():
            folded = name.lower()
            for part in (folded, *re.split(r"[\s,]+", folded)):
                parts[part].add(number)
        return cls({part: frozenset(numbers) for part, numbers in parts.items() if part})

    def find(self, asked: str) -> frozenset[int]:
        """The numbers of all instructors whose name, or a part of it, comes near; or none."""
        known = self._found.get(asked)
        if known is None:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            known = self._found[asked] = self._find(asked)
        return known

    def _find(self, asked: str) -> frozenset[int]:
        wanted = re.sub(r"'s$", "", _TITLES.sub("", asked).strip().lower())
        if wanted in self.parts:
            return self.parts[wanted]
        near = process.extract(
            wanted, self.parts.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=20
        )
        return frozenset(number for part, _, _ in near for number in self.parts[part])
