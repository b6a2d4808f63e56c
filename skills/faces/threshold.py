"""The distance below which two faces count as one person's, as committed beside the weights.

Distances are squared L2 between encodings of length 1 (0 to 4). Light to import: no torch.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

from skills.errors import WeightsMissing

PATH = Path(__file__).parent.parent / "weights" / "face_verification" / "threshold.json"


@dataclass(frozen=True)
class Threshold:
    """Chosen on development people, whom the encoder had not seen."""

    value: float
    slope: float  # of the log odds for "same person" by distance, fitted on them (balanced)


def kept(path: Path = PATH) -> Threshold:
    """The threshold with its calibration; raise WeightsMissing."""
    try:
        return Threshold(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise WeightsMissing(str(path)) from error


def read() -> float:
    """Two faces count as one person's when the squared distance is below this."""
    return kept().value


def write(threshold: Threshold, path: Path = PATH) -> None:
    """Keep it beside the weights."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(threshold)) + "\n", encoding="utf-8")


def certainty(distance: float, threshold: Threshold) -> float:
    """P(same person) where both answers are as likely beforehand: ½ at the threshold."""
    odds = max(-30.0, min(30.0, threshold.slope * (threshold.value - distance)))
    return 1 / (1 + math.exp(-odds))
