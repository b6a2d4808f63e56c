"""Intent accuracy, span F1 as seqeval counts it, whole-sentence accuracy, calibration error."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Triple = tuple[int, int, str]


@dataclass(frozen=True)
class Record:
    """One utterance: what is true, what was predicted and how surely."""

    intent: str
    guessed: str
    confidence: float
    spans: frozenset[Triple]
    found: frozenset[Triple]

    @property
    def right(self) -> bool:
        """The intent, that is."""
        return self.intent == self.guessed


@dataclass
class Scores:
    """Collects the predictions of one split."""

    records: list[Record] = field(default_factory=list)

    def add(
        self, intent: str, guessed: str, confidence: float, spans: set[Triple], found: set[Triple]
    ) -> None:
        """Count one utterance: gold intent and spans against what was predicted."""
        self.records.append(Record(intent, guessed, confidence, frozenset(spans), frozenset(found)))

    @property
    def confidences(self) -> list[tuple[float, bool]]:
        """How sure, and whether rightly so."""
        return [(record.confidence, record.right) for record in self.records]

    def summary(self) -> dict[str, float]:
        """The headline figures."""
        return {
            "n": len(self.records),
            "intent_accuracy": intent_accuracy(self.records),
            "slot_f1": slot_f1(self.records),
            "sentence_accuracy": sentence_accuracy(self.records),
            "ece": expected_calibration_error(self.confidences),
        }

    def by_intent(self) -> dict[str, float]:
        """F1 of each intent that occurs."""
        return {name: intent_f1(self.records, name) for name in self.intents()}

    def by_slot(self) -> dict[str, float]:
        """Span F1 of each label that occurs."""
        return {name: slot_f1(self.records, name) for name in self.slots()}

    def intents(self) -> list[str]:
        """The gold intents that occur."""
        return sorted({record.intent for record in self.records})

    def slots(self) -> list[str]:
        """The gold labels that occur."""
        return sorted({label for record in self.records for _, _, label in record.spans})


def intent_accuracy(records: Sequence[Record]) -> float:
    """The share of right intents."""
    return sum(record.right for record in records) / max(1, len(records))


def sentence_accuracy(records: Sequence[Record]) -> float:
    """The share with everything right."""
    right = sum(record.right and record.spans == record.found for record in records)
    return right / max(1, len(records))


def slot_f1(records: Sequence[Record], label: str | None = None) -> float:
    """Micro F1 over whole spans, of one label or all."""

    def count(spans: frozenset[Triple]) -> int:
        return len(spans) if label is None else sum(name == label for _, _, name in spans)

    hits = sum(count(record.spans & record.found) for record in records)
    predicted = sum(count(record.found) for record in records)
    return f1(hits, predicted, sum(count(record.spans) for record in records))


def intent_f1(records: Sequence[Record], intent: str) -> float:
    """F1 of one intent."""
    gold = Counter(record.intent for record in records)
    guessed = Counter(record.guessed for record in records)
    hits = sum(record.right and record.intent == intent for record in records)
    return f1(hits, guessed[intent], gold[intent])


def f1(hits: int, predicted: int, gold: int) -> float:
    """The harmonic mean of precision and recall; 1 when there was nothing to find or predict."""
    return 1.0 if predicted + gold == 0 else 2 * hits / (predicted + gold)


def interval(
    records: Sequence[Record],
    figure: Callable[[Sequence[Record]], float],
    samples: int = 300,
    seed: int = 0,
) -> tuple[float, float]:
    """The 95% bootstrap interval of a figure, utterances drawn with replacement."""
    chance = random.Random(seed)
    drawn = sorted(figure(chance.choices(records, k=len(records))) for _ in range(samples))
    return drawn[int(0.025 * samples)], drawn[int(0.975 * samples) - 1]


def expected_calibration_error(confidences: list[tuple[float, bool]], bins: int = 15) -> float:
    """Guo et al. 2017: the mean gap between confidence and accuracy over equal-width bins."""
    total, error = len(confidences), 0.0
    for index in range(bins):
        low, high = index / bins, (index + 1) / bins
        inside = [pair for pair in confidences if low < pair[0] <= high]
        if inside:
            sure = sum(confidence for confidence, _ in inside) / len(inside)
            right = sum(hit for _, hit in inside) / len(inside)
            error += len(inside) / total * abs(sure - right)
    return error
