"""A training's curve as a table and as a picture."""

from __future__ import annotations

import csv
from pathlib import Path

LOG, PICTURE = "training.csv", "training.png"
_PLAIN = {"epoch", "seconds", "n", "loss"}


def write_rows(folder: Path, rows: list[dict[str, float]]) -> None:
    """One line an epoch."""
    with (folder / LOG).open("w", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({k: round(v, 5) for k, v in row.items()} for row in rows)


def draw(folder: Path, rows: list[dict[str, float]]) -> None:
    """The loss, and beside it the figures on dev."""
    from matplotlib.figure import Figure  # slow to import, and wanted at the end alone

    if not rows:
        return
    figure = Figure(figsize=(9, 3.2), layout="constrained")
    left, right = figure.subplots(1, 2)
    epochs = [row["epoch"] + 1 for row in rows]
    left.plot(epochs, [row["loss"] for row in rows], color="tab:gray")
    left.set(title="training loss", xlabel="epoch")
    for name in rows[0]:
        if name not in _PLAIN and name != "score":
            right.plot(epochs, [row[name] for row in rows], label=name)
    right.set(title="dev", xlabel="epoch")
    right.legend(fontsize="small")
    figure.savefig(folder / PICTURE, dpi=90, metadata={"Software": None})
