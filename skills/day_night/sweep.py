"""The lecture's brute force: the same training at several resolutions, in colour and in grey."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from torch import Tensor, nn

from skills.day_night.net import NAME
from skills.day_night.scoring import accuracy_of, held_out
from skills.day_night.training import DayNightConfig
from skills.errors import WeightsMissing
from skills.kit import weights

SIDES = (8, 16, 32, 64, 128)
Row = dict[str, Any]


def sweep(pictures: Tensor, labels: Tensor, cameras: Sequence[int], config: DayNightConfig,
          seed: int, sides: Sequence[int] = SIDES) -> list[Row]:  # fmt: skip
    """Accuracy on held-out cameras by resolution and colour; photos alone, no generated scenes.

    `pictures`: [n, 3, s, s], s a multiple of the largest side.
    """
    plain, rows = replace(config, generated=0), []
    for side in sides:
        small = nn.functional.adaptive_avg_pool2d(pictures, side)
        for colour in (True, False):
            shown = small if colour else small.mean(dim=1, keepdim=True)
            held = held_out(shown, labels, cameras, plain, seed)
            right = ((held.logits >= 0).float() == labels).float()
            rows.append({"side": side, "colour": colour, **accuracy_of(right)})
    return rows


def keep(rows: Sequence[Row]) -> None:
    """Write the curve beside the weights."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(list(rows), indent=1) + "\n", encoding="utf-8")


def kept() -> list[Row]:
    """The committed curve; raise WeightsMissing."""
    if not _path().is_file():
        raise WeightsMissing(str(_path()))
    rows: list[Row] = json.loads(_path().read_text(encoding="utf-8"))
    return rows


def picture(rows: Sequence[Row]) -> bytes:
    """The curve with its 95% intervals and, below it, its table (PNG)."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # half a second: when needed
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, 5.4), dpi=110, layout="constrained")
    FigureCanvasAgg(figure)
    plot, below = figure.subplots(2, 1, height_ratios=(4, 1.1))
    for colour, ink, name in ((True, "#8c1515", "colour"), (False, "#555555", "grey")):
        ours = [row for row in rows if row["colour"] is colour]
        sides, shares = [row["side"] for row in ours], [row["accuracy"] for row in ours]
        lows = [max(0.0, row["accuracy"] - row["interval"][0]) for row in ours]
        highs = [max(0.0, row["interval"][1] - row["accuracy"]) for row in ours]
        moved = [side * (1.03 if colour else 0.97) for side in sides]
        plot.errorbar(moved, shares, [lows, highs], color=ink, marker="o", capsize=3, label=name)
    sides = sorted({row["side"] for row in rows})
    plot.set_xscale("log", base=2)
    plot.set_xticks(sides, [f"{side}×{side}" for side in sides])
    plot.set_ylabel("accuracy, cameras held out")
    plot.set_title(f"Day or night by resolution and colour (n = {rows[0]['n']})")
    plot.grid(alpha=0.3)
    plot.legend(loc="lower right", frameon=False)
    cells = [
        [f"{row['accuracy']:.1%}" for row in rows if row["colour"] is colour]
        for colour in (True, False)
    ]
    below.axis("off")
    table = below.table(cells, rowLabels=["colour", "grey"], colLabels=[str(s) for s in sides],
                        loc="center", cellLoc="center")  # fmt: skip
    table.scale(1, 1.3)
    out = BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _path() -> Path:
    return weights.FOLDER / NAME / "sweep.json"
