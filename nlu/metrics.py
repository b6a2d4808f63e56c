"""Intent accuracy, span F1 as seqeval counts it, whole-sentence accuracy, calibration error."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

Triple = tuple[int, int, str]


@dataclass
class Scores:
    """Collects predictions of one split."""

    total: int = 0
    intents_right: int = 0
    sentences_right: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    intent_hits: Counter[str] = field(default_factory=Counter)
    intent_predicted: Counter[str] = field(default_factory=Counter)
    intent_gold: Counter[str] = field(default_factory=Counter)
    confidences: list[tuple[float, bool]] = field(default_factory=list)

    def add(
        self,
        intent: str,
        guessed: str,
        confidence: float,
        spans: set[Triple],
        found: set[Triple],
    ) -> None:
        """Count one utterance: gold intent and spans against what was predicted."""
        right = intent == guessed
        self.total += 1
        self.intents_right += right
        self.sentences_right += right and spans == found
        self.intent_gold[intent] += 1
        self.intent_predicted[guessed] += 1
        self.intent_hits[intent] += right
        self.gold.update(label for _, _, label in spans)
        self.predicted.update(label for _, _, label in found)
        self.hits.update(label for _, _, label in spans & found)
        self.confidences.append((confidence, right))

    def summary(self) -> dict[str, float]:
        """The headline figures."""
        return {
            "n": self.total,
            "intent_accuracy": self.intents_right / max(1, self.total),
            "slot_f1": f1(self.hits.total(), self.predicted.total(), self.gold.total()),
            "sentence_accuracy": self.sentences_right / max(1, self.total),
            "ece": expected_calibration_error(self.confidences),
        }

    def by_intent(self) -> dict[str, float]:
        """F1 of each intent that occurs."""
        return {
            name: f1(self.intent_hits[name], self.intent_predicted[name], self.intent_gold[name])
            for name in sorted(self.intent_gold)
        }

    def by_slot(self) -> dict[str, float]:
        """Span F1 of each label that occurs."""
        return {
            name: f1(self.hits[name], self.predicted[name], self.gold[name])
            for name in sorted(self.gold)
        }


def f1(hits: int, predicted: int, gold: int) -> float:
    """The harmonic mean of precision and recall; 1 when there was nothing to find or predict."""
    return 1.0 if predicted + gold == 0 else 2 * hits / (predicted + gold)


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
