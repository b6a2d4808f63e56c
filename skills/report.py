"""Every kept figure beside its target and its floor, as `python -m skills report` prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from skills.kit import figures
from skills.kit.figures import Figure
from skills.registry import CARDS

_HEAD = ("skill", "figure", "value", "95% interval", "target", "floor", "n", "data", "")


@dataclass(frozen=True)
class Line:
    """A figure and whose it is. `reached` is None where nothing was to be reached."""

    skill: str
    figure: Figure
    reached: bool | None


def lines(folder: Path) -> Iterator[Line]:
    """The figures of all skills in the lectures' order."""
    for name in CARDS:
        for figure in figures.read(folder, name):
            yield Line(name, figure, figure.reached)


def table(report: Sequence[Line]) -> str:
    """The report for people: one line a figure, missed targets marked."""
    rows = [_HEAD, *map(_cells, report)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _cells(line: Line) -> tuple[str, ...]:
    figure = line.figure
    low_high = figure.interval and f"{_number(figure.interval[0])} to {_number(figure.interval[1])}"
    floor = "" if figure.floor is None else f"{_number(figure.floor)} {figure.floor_is}".rstrip()
    sign = "≤ " if figure.lower_is_better else "≥ "
    return (
        line.skill,
        figure.what,
        _number(figure.value),
        low_high or "",
        "" if figure.target is None else sign + _number(figure.target),
        floor,
        str(figure.n),
        figure.data,
        {True: "reached", False: "MISSED", None: ""}[line.reached],
    )


def _number(value: float) -> str:
    return f"{value:.4g}"


def body(line: Line) -> dict[str, object]:
    """A line as JSON."""
    return {"skill": line.skill, **asdict(line.figure), "reached": line.reached}
