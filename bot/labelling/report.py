"""What labelling has come to: how much is done, how often the model erred, how far people agree."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.labelling.agreement import Agreement, Pair, agreement, wilson
from knowledge.model.labelling import Act, LabelItem, State


@dataclass(frozen=True)
class Errors:
    """Of how many labelled turns the model's intent, or any span, was wrong; 95% intervals."""

    turns: int
    intent: float | None
    intent_interval: tuple[float, float]
    spans: float | None
    spans_interval: tuple[float, float]


@dataclass(frozen=True)
class Report:
    """Everything that `python -m bot.labelling report` tells."""

    states: dict[str, int]
    people: dict[str, int]
    reasons: dict[str, int]
    skipped: int
    corrected: Errors  # of the items in the queue, which were picked for being doubtful
    sampled: Errors  # of the turns drawn by chance: an estimate for all turns
    agreement: Agreement
    by_pair: dict[str, Agreement]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def report_of(items: Sequence[LabelItem]) -> Report:
    """The report on these items."""
    counted = Counter(item.state.value for item in items)
    acts = Counter(name for item in items for name in item.latest)
    pairs = _pairs(items)
    return Report(
        states={state.value: counted[state.value] for state in State},
        people=dict(sorted(acts.items())),
        reasons=dict(Counter(reason for item in items for reason in item.reasons).most_common()),
        skipped=sum(each.act is Act.SKIP for item in items for each in item.given),
        corrected=_errors((item, 1) for item in items),
        sampled=_errors((item, item.sampled) for item in items),
        agreement=agreement([pair for found in pairs.values() for pair in found]),
        by_pair={" and ".join(both): agreement(found) for both, found in sorted(pairs.items())},
    )


def _pairs(items: Iterable[LabelItem]) -> dict[tuple[str, str], list[Pair]]:
    """What two people said of the same item, neither knowing the other's; names in order."""
    found: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for item in items:
        for one, other in itertools.combinations(sorted(item.latest), 2):
            said = item.latest
            pair = Pair(item.text, said[one].reading, said[other].reading)
            found[(one, other)].append(pair)
    return found


def _errors(weighed: Iterable[tuple[LabelItem, int]]) -> Errors:
    """Each item counts as often as it was drawn; those without a result do not count."""
    turns = intents = spans = 0
    for item, weight in weighed:
        result = item.result
        if result is None or not weight:
            continue
        turns += weight
        intents += weight * (result.intent != item.prelabel.intent)
        spans += weight * (result.spans != item.prelabel.spans)
    share = (intents / turns, spans / turns) if turns else (None, None)
    return Errors(turns, share[0], wilson(intents, turns), share[1], wilson(spans, turns))


def as_text(report: Report) -> str:
    """The report for people."""
    lines = [
        "items: " + ", ".join(f"{number} {state}" for state, number in report.states.items()),
        "labelled by: " + (", ".join(f"{n} {c}" for n, c in report.people.items()) or "nobody"),
        "in the queue for: " + (", ".join(f"{r} {c}" for r, c in report.reasons.items()) or "-"),
        f"skipped: {report.skipped}",
        "the model, of what is labelled: " + _told_errors(report.corrected),
        "the model, of turns drawn by chance: " + _told_errors(report.sampled),
        "agreement: " + _told_agreement(report.agreement),
    ]
    lines += [f"  {both}: {_told_agreement(each)}" for both, each in report.by_pair.items()]
    return "\n".join(lines)


def _told_errors(errors: Errors) -> str:
    if errors.intent is None or errors.spans is None:
        return "nothing labelled yet"
    return (
        f"intent wrong {_share(errors.intent, errors.intent_interval)}, "
        f"spans wrong {_share(errors.spans, errors.spans_interval)}, {errors.turns} turns"
    )


def _share(value: float, interval: tuple[float, float]) -> str:
    low, high = interval
    return f"{value:.1%} (95%: {low:.1%} to {high:.1%})"


def _told_agreement(found: Agreement) -> str:
    if not found.items:
        return "no item was labelled by two people yet"
    return (
        f"{found.items} items, intent kappa {_number(found.intent_kappa)}, exact span F1 "
        f"{_number(found.span_f1)}, kappa of word tags {_number(found.tag_kappa)}"
    )


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
