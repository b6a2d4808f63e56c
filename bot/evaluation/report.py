"""`python -m bot.evaluation report`: what the ratings say, as values, as JSON and as lines."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.evaluation import figures
from bot.evaluation.figures import Agreement, Estimate, Opinion, PairFigure, Strength
from bot.evaluation.model import SCORES, Judged
from bot.evaluation.table import Pairs, Places, Resamples, Scores

SAMPLES = 1_000


@dataclass(frozen=True)
class Report:
    """All figures; `predicted` is what a trained scorer expects of each policy, never truth."""

    items: int
    ratings: int
    raters: int
    seed: int
    scores: Mapping[int, int]
    opinions: tuple[Opinion, ...]
    strengths: tuple[Strength, ...]
    pairs: tuple[PairFigure, ...]
    agreement: Agreement
    by_place: tuple[float, ...]
    predicted: Mapping[str, float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain values; what is undefined becomes null."""
        plain = _plain(asdict(self))
        assert isinstance(plain, dict)
        return plain


def summarise(
    judged: Sequence[Judged],
    seed: int = 0,
    samples: int = SAMPLES,
    predicted: Mapping[str, float] | None = None,
) -> Report:
    """The report of these ratings; intervals are resampled from that seed."""
    places = Places.of(judged)
    ratings = [rating for each in judged for rating in each.ratings]
    given = Counter(score for rating in ratings for score in rating.scores.values())
    empty = not ratings
    scores, pairs = Scores.of(judged, places), Pairs.of(judged, places)
    drawn = None if empty else Resamples.drawn(places, samples, seed)
    return Report(
        items=len(places.items),
        ratings=len(ratings),
        raters=len(places.raters),
        seed=seed,
        scores={score: given[score] for score in SCORES},
        opinions=() if drawn is None else figures.opinions(scores, places, drawn),
        strengths=() if drawn is None else figures.strengths(pairs, places, drawn),
        pairs=() if drawn is None else figures.preferences(pairs, places, drawn),
        agreement=figures.agreement(judged),
        by_place=figures.by_place(scores),
        predicted=predicted or {},
    )


def lines(report: Report) -> Iterator[str]:
    """The report for people."""
    yield f"{report.ratings} ratings of {report.items} conversations by {report.raters} raters"
    if not report.ratings:
        yield "Nobody has rated yet: see /rate, and `python -m bot.evaluation collect`."
        return
    yield "Scores given: " + ", ".join(
        f"{number} × {score}" for score, number in report.scores.items()
    )
    yield from _policies(report)
    yield ""
    yield "Preferred to another policy's reply (wins / ties / losses; a tie counts half)"
    for pair in report.pairs:
        counts = f"{pair.wins} / {pair.ties} / {pair.losses}"
        yield f"  {pair.first} to {pair.second}: {counts}, {_percent(pair.share)}"
    yield ""
    yield "Agreement of the raters (Krippendorff's alpha): " + ", ".join(
        f"{metric} {_number(value)}" for metric, value in report.agreement.alpha.items()
    )
    for kappa in report.agreement.kappas:
        told = f"weighted kappa {_number(kappa.kappa)} over {kappa.replies} replies"
        yield f"  {kappa.first} and {kappa.second}: {told}"
    places = ", ".join(map(_number, report.by_place))
    yield f"Mean score by place on the page: {places}"
    yield f"95% intervals by resampling conversations and raters, seed {report.seed}."


def _policies(report: Report) -> Iterator[str]:
    strength = {each.policy: each.strength for each in report.strengths}
    rows = [["policy", "mean opinion score", "strength", "ratings", "scorer's guess"]]
    for each in report.opinions:
        strong = _estimate(strength[each.policy]) if each.policy in strength else "–"
        guess = _number(report.predicted.get(each.policy, math.nan))
        rows.append([each.policy, _estimate(each.mos), strong, str(each.ratings), guess])
    if not report.predicted:
        rows = [row[:-1] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield ""
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _estimate(each: Estimate) -> str:
    return f"{_number(each.value)} [{_number(each.low)}, {_number(each.high)}]"


def _percent(each: Estimate) -> str:
    return f"{each.value:.0%} [{each.low:.0%}, {each.high:.0%}]"


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.2f}"


def _plain(value: Any) -> Any:
    """JSON has no NaN."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and math.isnan(value) else value
