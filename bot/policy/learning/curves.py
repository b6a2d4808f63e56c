"""A policy's learning curve as a table and as a picture."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

LOG, PICTURE = "training.csv", "training.png"
_SHOWN = (("reward", "mean reward on dev"), ("success", "success on dev"), ("turns", "turns"))


@dataclass(frozen=True)
class Row:
    """One look at dev; `episode` is an epoch where stories are imitated."""

    episode: int
    loss: float
    reward: float
    success: float
    turns: float
    wrong_acts: float
    away: float
    seconds: float

    def plain(self) -> dict[str, float]:
        """Short numbers."""
        return {name: round(value, 4) for name, value in asdict(self).items()}


def write_rows(folder: Path, rows: Sequence[Row]) -> None:
    """One line a look."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOG).open("w", newline="") as file:
        writer = csv.DictWriter(file, [f.name for f in fields(Row)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(row.plain() for row in rows)


def read_rows(folder: Path) -> list[Row]:
    """What `write_rows` wrote."""
    with (folder / LOG).open(newline="") as file:
        return [
            Row(int(float(line.pop("episode"))), **{n: float(v) for n, v in line.items()})
            for line in csv.DictReader(file)
        ]


def draw(path: Path, curves: Mapping[str, Sequence[Row]], rules: Row | None = None) -> None:
    """Curves by name beside each other; `rules` as a level line."""
    from matplotlib.figure import Figure  # slow to import, and wanted at the end alone

    figure = Figure(figsize=(11, 3.2), layout="constrained")
    places = figure.subplots(1, len(_SHOWN))
    for place, (name, title) in zip(places, _SHOWN, strict=True):
        for label, rows in curves.items():
            place.plot(
                [row.episode for row in rows], [getattr(row, name) for row in rows], label=label
            )
        if rules is not None:
            place.axhline(getattr(rules, name), color="tab:gray", linestyle=":", label="rule")
        place.set(title=title, xlabel="episode")
        place.legend(fontsize="small")
    figure.savefig(path, dpi=90, metadata={"Software": None})
