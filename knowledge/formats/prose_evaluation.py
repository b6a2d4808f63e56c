"""How well prose is read: exact trees, coverage, and whether confidence means what it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from knowledge.formats.prose_prerequisites import ENFORCED_FROM, ProsePrerequisite, read_prose
from knowledge.model.prerequisites import Both, Either, Prerequisite, parse

Labelled = tuple[str, str, str]  # home subject, prose, label: a written tree, "none" or "unsure"


@dataclass(frozen=True)
class Verdict:
    """One labelled sentence, how it was read, and whether that is what it says."""

    label: str
    reading: ProsePrerequisite
    right: bool


@dataclass(frozen=True)
class ProseScore:
    """Shares in [0, 1]; `reliability` is that of the enforced readings alone."""

    sentences: int
    readable: int
    exact: float
    coverage: float
    reliability: float
    false_rules: int
    brier: float

    def __str__(self) -> str:
        return (
            f"{self.sentences} sentences ({self.readable} that a rule can say): exact and sure "
            f"{self.exact:.3f} of those, sure of {self.coverage:.3f} of all, right where sure "
            f"{self.reliability:.3f}, rules that nobody wrote {self.false_rules}, "
            f"Brier {self.brier:.3f}"
        )


def judge(labelled: Iterable[Labelled]) -> list[Verdict]:
    """Every sentence read and compared; order and nesting of a tree do not matter."""
    return [_verdict(*entry) for entry in labelled]


def score(verdicts: list[Verdict]) -> ProseScore:
    """The figures over these verdicts."""
    readable = [v for v in verdicts if v.label != "unsure"]
    sure = [v for v in verdicts if v.reading.sure]
    squares = [(v.reading.confidence - v.right) ** 2 for v in verdicts]
    return ProseScore(
        sentences=len(verdicts),
        readable=len(readable),
        exact=sum(v.right and v.reading.sure for v in readable) / max(1, len(readable)),
        coverage=len(sure) / max(1, len(verdicts)),
        reliability=sum(v.right for v in sure) / max(1, len(sure)),
        false_rules=sum(not v.right and v.reading.rule is not None for v in sure),
        brier=sum(squares) / max(1, len(squares)),
    )


def reliability_table(verdicts: list[Verdict]) -> list[tuple[float, float, int, float]]:
    """(from, to, readings, share right) of the bands of confidence."""
    edges = (0.0, 0.5, ENFORCED_FROM, 0.9, 1.01)
    table = []
    for low, high in pairwise(edges):
        band = [v for v in verdicts if low <= v.reading.confidence < high]
        table.append((low, high, len(band), sum(v.right for v in band) / max(1, len(band))))
    return table


def _verdict(subject: str, prose: str, label: str) -> Verdict:
    reading = read_prose(prose, subject)
    if label == "unsure":
        return Verdict(label, reading, right=False)
    wanted = None if label == "none" else parse(label)
    return Verdict(label, reading, right=same_demand(reading.tree, wanted))


def same_demand(one: Prerequisite | None, other: Prerequisite | None) -> bool:
    """Whether two trees demand the same, order and nesting aside."""
    if one is None or other is None:
        return one is other
    return _shape(one) == _shape(other)


def _shape(tree: Prerequisite) -> object:
    """The tree without order, a node in one of its own kind dissolved."""
    if not isinstance(tree, Both | Either):
        return tree
    parts = [
        inner
        for part in tree.parts
        for inner in (part.parts if isinstance(part, type(tree)) else (part,))
    ]
    return type(tree).__name__, frozenset(_shape(part) for part in parts)
