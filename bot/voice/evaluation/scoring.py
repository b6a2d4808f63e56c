"""What recognition is measured by, with intervals: codes, words, and what the NLU still finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.voice.evaluation.spoken_set import CODE

_RESAMPLED = 1_000
_PLAIN = re.compile(r"[^\w&' ]")
# Two spellings of the same sounds are no error.
_SAME = {"i'm": "i am", "can't": "can not", "cannot": "can not", "i'd": "i would",
         "enrol": "enroll", "let's": "let us", "what's": "what is", "don't": "do not",
         "i'll": "i will"}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What became of one utterance."""

    text: str
    heard: str
    voice: str
    condition: str
    seconds: float  # of audio
    cpu_seconds: float
    intent_kept: bool
    slots_kept: bool

    @property
    def codes(self) -> tuple[int, int]:
        """Codes heard, of those said; each counts as often as it was said."""
        said, heard = Counter(CODE.findall(self.text)), Counter(CODE.findall(self.heard))
        return sum((said & heard).values()), sum(said.values())

    @property
    def words(self) -> tuple[int, int]:
        """Word errors, of the words said."""
        said, heard = plain(self.text), plain(self.heard)
        return edits(said, heard), len(said)


def plain(text: str) -> list[str]:
    """Words without case and punctuation; a code, as it is written, is one word."""
    words = _PLAIN.sub(" ", text.lower()).split()
    return [part for word in words for part in _SAME.get(word, word).split()]


def edits(said: Sequence[str], heard: Sequence[str]) -> int:
    """Words to put in, take out or exchange (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for place, word in enumerate(said, 1):
        before, row[0] = row[0], place
        for at, other in enumerate(heard, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (word != other))
    return row[-1]


def summary(outcomes: Sequence[Outcome], seed: int) -> dict[str, object]:
    """Figures of some utterances: [figure, low, high] with the 95% bootstrap interval."""
    with_slots = [outcome for outcome in outcomes if outcome.codes[1]]
    rows: dict[str, object] = {
        "utterances": len(outcomes),
        "code_accuracy": _ratio(with_slots, lambda outcome: outcome.codes, seed),
        "all_codes_right": _ratio(with_slots, _all_right, seed),
        "word_error_rate": _ratio(outcomes, lambda outcome: outcome.words, seed),
        "intent_kept": _ratio(outcomes, lambda outcome: (int(outcome.intent_kept), 1), seed),
        "slots_kept": _ratio(outcomes, lambda outcome: (int(outcome.slots_kept), 1), seed),
    }
    return rows


def _all_right(outcome: Outcome) -> tuple[int, int]:
    return int(outcome.codes[0] == outcome.codes[1]), 1


def _ratio(
    outcomes: Sequence[Outcome], counted: Callable[[Outcome], tuple[int, int]], seed: int
) -> list[float] | None:
    """Hits over all, utterances drawn with replacement for the interval."""
    pairs = np.array([counted(outcome) for outcome in outcomes], np.float64).reshape(-1, 2)
    if not len(pairs) or not pairs[:, 1].sum():
        return None
    drawn = np.random.default_rng(seed).integers(len(pairs), size=(_RESAMPLED, len(pairs)))
    sums = pairs[drawn].sum(axis=1)
    low, high = np.percentile(sums[:, 0] / np.maximum(sums[:, 1], 1), [2.5, 97.5])
    figure = float(pairs[:, 0].sum() / pairs[:, 1].sum())
    return [round(value, 4) for value in (figure, float(low), float(high))]
