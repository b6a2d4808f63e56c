"""The skill around a detector: the same for both kinds of scenes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from torch import Tensor

from skills.detection.detect import Found, Letterboxed, detect, letterbox
from skills.detection.evaluation import find, score
from skills.detection.folder import read_folder
from skills.detection.kinds import Kind
from skills.detection.net import Detector
from skills.detection.pictures import panels, with_boxes, with_cells
from skills.detection.precision import f1, tallies_of, truth_of
from skills.detection.report import fresh, further_scenes, report, training_scenes
from skills.detection.scenes.palette import Look
from skills.detection.scenes.scene import Labelled
from skills.detection.training import DetectionConfig, fit, teach
from skills.errors import DataLayoutInvalid, InvalidOption
from skills.kit import weights
from skills.kit.drawing import png
from skills.kit.images import open_image
from skills.protocol import Progress, SkillResult

_DRAWN = Path("-")  # as data: scenes are drawn
_SAMPLE_SIDE = 512
_FRESH = 300  # scenes of `evaluate`


class DetectorSkill:
    """One look, boxes with names."""

    def __init__(self, kind: Kind, sample: int, config: DetectionConfig | None = None) -> None:
        self.kind, self.card = kind, kind.card
        self._sample = sample  # seed of the scene that is shown without an upload
        self._config = config or DetectionConfig()

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Find things in the upload, or in a drawn scene; option `threshold` (0 to 1)."""
        net = weights.load(Detector(len(self.kind.classes)), self.kind.name)
        threshold = _threshold(options, float(net.threshold))
        scene = self._drawn_sample()
        image = open_image(sources[0]) if sources else Image.fromarray(scene.pixels)
        progress(0.4)
        square, found = self._look(net, image)
        shown = found.above(threshold)
        progress(0.7)
        name = "your picture" if sources else "a drawn sample"
        nothing = not len(shown.scores)
        best = Found(found.boxes[:1], found.scores[:1], found.kinds[:1])
        left = with_boxes(image, best if nothing else shown, self.kind.classes, faint=nothing)
        caption = f"{name}: only a faint guess" if nothing else f"{name}: {len(shown.scores)} found"
        right = with_cells(square.pixels, _cell_confidence(net, square.pixels))
        sheets = [panels([(caption, left), ("the one look: how sure each cell is", right)])]
        if nothing and sources:
            sample = Image.fromarray(scene.pixels)
            seen = self._look(net, sample)[1].above(float(net.threshold))
            known = with_boxes(sample, seen, self.kind.classes)
            sheets.append(panels([("what it knows: a drawn sample", known)]))
        checked = "" if sources else _checked(shown, scene, len(self.kind.classes))
        text = _text(self.kind, shown, best, threshold, bool(sources)) + checked
        data = {"threshold": threshold, "found": _as_data(shown, self.kind.classes)}
        return SkillResult(text, tuple(png(sheet) for sheet in sheets), data)

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Train on drawn scenes (`data` is "-"); then weights, threshold and figures."""
        if data != _DRAWN:
            raise DataLayoutInvalid(str(data), "- (the scenes are drawn)")
        scenes = training_scenes(self.kind, self._config)
        net = fit(scenes, len(self.kind.classes), self._config, seed)
        if more := further_scenes(self.kind, self._config):
            plan = self._config.further.plan
            teach(net, more, plan, self._config.lambdas, seed, half=True)
        return report(self.kind, net, self._config, seed)

    def evaluate(self, data: Path) -> dict[str, Any]:
        """mAP@.5 on fresh drawn scenes ("-"), or on a folder (see `folder`)."""
        scenes = (
            fresh(self.kind, _FRESH) if data == _DRAWN else read_folder(data, self.kind.classes)
        )
        net = weights.load(Detector(len(self.kind.classes)), self.kind.name)
        judged = score(find(net, scenes), scenes, self.kind.classes)
        return {
            "n": len(scenes),
            "map": judged.mean,
            "interval": list(judged.interval),
            "f1": f1(judged.tallies, float(net.threshold)),
            "by_class": judged.by_class,
        }

    def _look(self, net: Detector, image: Image.Image) -> tuple[Letterboxed, Found]:
        """The square that the network sees, and what it found, boxes as shares of the picture."""
        square = letterbox(image)
        seen = detect(net, square.pixels[None])[0]
        return square, Found(square.back(seen.boxes), seen.scores, seen.kinds)

    def _drawn_sample(self) -> Labelled:
        return self.kind.draw(self._sample, Look.UNSEEN, _SAMPLE_SIDE)


def _threshold(options: Mapping[str, Any], usual: float) -> float:
    """The wanted threshold; raise InvalidOption."""
    try:
        threshold = float(options.get("threshold", usual))
    except (TypeError, ValueError) as error:
        raise InvalidOption("threshold") from error
    if math.isnan(threshold) or not 0 < threshold < 1:
        raise InvalidOption("threshold")
    return threshold


def _checked(shown: Found, scene: Labelled, classes: int) -> str:
    """How right the answer is, where the truth is known."""
    true = truth_of(scene.boxes, scene.kinds)
    tallies = [each[0] for each in tallies_of([shown], [true], classes)]
    right = sum(int(each.right.sum()) for each in tallies)
    wrong = len(shown.scores) - right
    boxes = "1 box is" if wrong == 1 else f"{wrong} boxes are"
    return (
        f" Of the {len(scene.kinds)} things that were drawn here {right} are found; {boxes} wrong."
    )


@torch.no_grad()
def _cell_confidence(net: Detector, pixels: Tensor) -> Tensor:
    """[16, 16]: the surest predictor of each cell."""
    return net.cells(net(pixels[None].float() / 255)).confidence[0].amax(dim=-1)


def _as_data(found: Found, classes: Sequence[str]) -> list[dict[str, Any]]:
    rows = zip(found.boxes.tolist(), found.scores.tolist(), found.kinds.tolist(), strict=True)
    return [{"name": classes[kind], "score": score, "box": box} for box, score, kind in rows]


def _text(kind: Kind, shown: Found, best: Found, threshold: float, uploaded: bool) -> str:
    counted = Counter(kind.classes[number] for number in shown.kinds.tolist())
    if counted:
        listed = ", ".join(f"{count} × {name}" for name, count in counted.items())
        scores = shown.scores.tolist()
        first = (
            f"I found {listed}; the surest box has {max(scores):.0%}, the least sure "
            f"{min(scores):.0%} (boxes below {threshold:.0%} are left out)."
        )
    else:
        guess = kind.classes[int(best.kinds[0])]
        first = (
            f"I found nothing that I am sure enough of. My best guess, a {guess}, has only "
            f"{float(best.scores[0]):.0%}, below the threshold of {threshold:.0%}: drawn in grey."
        )
    how = (
        " A score is how likely a thing is there times how well its box should fit, so that half "
        "is already much. As in YOLO, the network looks at the whole picture once: each cell "
        "of a 16 by 16 grid says whether a thing's centre lies in it, how large the thing is and "
        "what it is; of boxes that overlap the surest stays."
    )
    knows = f" It was trained on generated scenes alone and knows drawn {_plural(kind.classes)}"
    return first + how + knows + ("; photos are beyond it." if uploaded else ", no photos.")


def _plural(classes: Sequence[str]) -> str:
    return ", ".join(f"{name}s" for name in classes[:-1]) + f" and {classes[-1]}s"
