"""Titles folded and laid out so that fifteen thousand are compared in a few milliseconds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knowledge.model.courses import Course

_LIKELY = 90.0
_NOISE = re.compile(r"\b(the|a|an|class|course|intro|introduction|to|in|of|and|for|on|i|prof)\b")


def folded(text: str) -> str:
    """Lower-case words and numbers, signs dropped: "MS&E" → "ms and e"."""
    return " ".join(re.sub(r"[^a-z0-9+ ]", " ", text.lower().replace("&", " and ")).split())


def kernel(text: str) -> str:
    """The words that carry a title: "Introduction to Logic" → "logic"."""
    return " ".join(_NOISE.sub(" ", folded(text)).split())


def _sorted(text: str) -> str:
    return " ".join(sorted(text.split()))


@dataclass(frozen=True)
class TitleIndex:
    """Every title in four forms, by place."""

    courses: tuple[Course, ...]
    wholes: list[str]
    kernels: list[str]
    sorted_kernels: list[str]
    words: Mapping[str, frozenset[int]]
    exact: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, courses: Iterable[Course]) -> TitleIndex:
        """Index every title once."""
        listed = tuple(courses)
        wholes = [folded(course.title) for course in listed]
        kernels = [" ".join(_NOISE.sub(" ", whole).split()) for whole in wholes]
        words: dict[str, set[int]] = defaultdict(set)
        exact: dict[str, list[int]] = defaultdict(list)
        for place, (whole, bare) in enumerate(zip(wholes, kernels, strict=True)):
            exact[whole].append(place)
            for word in bare.split():
                words[word].add(place)
        return cls(
            listed,
            wholes,
            kernels,
            [_sorted(bare) for bare in kernels],
            {word: frozenset(places) for word, places in words.items()},
            {whole: tuple(places) for whole, places in exact.items()},
        )

    def named(self, title: str) -> list[Course]:
        """The courses of exactly this title, signs and case aside."""
        return [self.courses[place] for place in self.exact.get(folded(title), ())]

    def likeness(self, title: str) -> NDArray[np.float32]:
        """By place, up to 100: typing errors and missing words both count, and a whole title
        inside a longer one is likely.
        """
        whole = folded(title)
        wanted = kernel(title) or whole
        if not wanted:
            return np.zeros(len(self.courses), np.float32)
        # The whole titles too: a misspelt "Introdction" is no noise word and spoils the kernel.
        forms = (
            (wanted, self.kernels),
            (_sorted(wanted), self.sorted_kernels),
            (whole, self.wholes),
        )
        scores = np.max(
            [process.cdist([asked], known, scorer=fuzz.ratio)[0] for asked, known in forms], axis=0
        )
        inside = [self.words.get(word, frozenset()) for word in wanted.split()]
        places = list(frozenset.intersection(*inside)) if inside else []
        scores[places] = np.maximum(scores[places], _LIKELY)
        found: NDArray[np.float32] = scores.astype(np.float32)
        return found
