"""A trained detector's threshold and figures: development scenes to choose, test scenes once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from skills.detection import floors
from skills.detection.evaluation import Score, find, milliseconds, score
from skills.detection.kinds import Kind, drawn
from skills.detection.net import SIZE, Detector
from skills.detection.precision import best_threshold, f1
from skills.detection.scenes.palette import Look
from skills.detection.scenes.scene import Labelled
from skills.detection.training import DetectionConfig, fit
from skills.kit import figures, weights
from skills.kit.figures import Figure, today

TRAIN, DEVELOPMENT, TEST, TEST_SEEN, FRESH = 1_000_000, 2_000_000, 3_000_000, 3_500_000, 5_000_000
_TARGET = 0.85


def training_scenes(kind: Kind, config: DetectionConfig) -> list[Labelled]:
    """Drawn with the colours and grounds of training."""
    return drawn(kind, range(TRAIN, TRAIN + config.scenes), Look.SEEN, SIZE)


def further_scenes(kind: Kind, config: DetectionConfig) -> list[Labelled]:
    """Of the second stage: as many of each look; none for a kind that has only one stage."""
    seeds = range(TRAIN, TRAIN + config.further.scenes)
    return [scene for look in kind.further for scene in drawn(kind, seeds, look, SIZE)]


def set_threshold(net: Detector, kind: Kind, development: Sequence[Labelled]) -> Score:
    """The one of the best F1 on the development scenes becomes part of the weights."""
    judged = score(find(net, development), development, kind.classes)
    net.threshold.fill_(best_threshold(judged.tallies))
    return judged


def report(kind: Kind, net: Detector, config: DetectionConfig, seed: int) -> dict[str, Any]:
    """Choose the threshold, keep weights and figures; the figures."""
    seeds = range(DEVELOPMENT, DEVELOPMENT + config.development)
    development = drawn(kind, seeds, kind.chosen, SIZE)
    test = drawn(kind, range(TEST, TEST + config.test), Look.UNSEEN, SIZE)
    near = drawn(kind, range(TEST_SEEN, TEST_SEEN + config.test), Look.SEEN, SIZE)
    chosen = set_threshold(net, kind, development)
    weights.save(net, kind.name)
    net = weights.load(net, kind.name)  # what is scored is what is kept: half precision
    main = score(find(net, test), test, kind.classes)
    same = score(find(net, near), near, kind.classes)
    floor = max(_floors(kind, development, test))
    with_roots, without = _ablation(kind, config, seed, test)
    figure = partial(
        Figure, n=len(test), data="generated", date=today(),
        command=f"python -m skills train {kind.name} --data - --seed {seed}",
        split=f"{len(test)} drawn scenes, other seeds, colours and grounds than training's",
    )  # fmt: skip
    worst = min(main.by_class, key=lambda name: main.by_class[name])
    threshold = float(net.threshold)
    kept = [
        figure("mAP@.5 on unseen colours and grounds", main.mean, interval=main.interval,
               target=_TARGET, floor=floor, floor_is="constant boxes or class-blind blobs"),
        figure("mAP@.5 on colours and places of training", same.mean, interval=same.interval,
               target=_TARGET, split=f"{len(near)} drawn scenes, other seeds"),
        figure(f"AP@.5 of the hardest class ({worst})", main.by_class[worst]),
        figure(f"F1 at the threshold {threshold:.2f}, chosen on development scenes",
               f1(main.tallies, threshold)),
        figure("mAP@.5 of small things (below 24 of 128 pixels)", main.small),
        figure("mAP@.5 of small things, short training, with roots in the loss", with_roots.small),
        figure("mAP@.5 of small things, short training, without roots", without.small),
        figure("mAP@.5, short training, with roots in the loss", with_roots.mean,
               interval=with_roots.interval),
        figure("mAP@.5, short training, without roots", without.mean, interval=without.interval),
        figure("milliseconds a picture on one core", milliseconds(net, test[0]), n=40,
               lower_is_better=True, split="one scene, median of 40 looks"),
    ]  # fmt: skip
    figures.write(weights.FOLDER, kind.name, kept)
    return {
        "n": len(test),
        "development": chosen.mean,
        "by_class": main.by_class,
        **{each.what: each.value for each in kept},
    }


def _floors(kind: Kind, known: Sequence[Labelled], test: Sequence[Labelled]) -> tuple[float, float]:
    """mAP@.5 of both baselines on the test scenes."""
    same = floors.constant(known, len(kind.classes))
    often = floors.commonest(known, len(kind.classes))
    return (
        score([same] * len(test), test, kind.classes).mean,
        score([floors.blobs(scene, often) for scene in test], test, kind.classes).mean,
    )


def _ablation(
    kind: Kind, config: DetectionConfig, seed: int, test: Sequence[Labelled]
) -> tuple[Score, Score]:
    """Two short trainings, with and without the roots in the loss, alike in all else."""
    plan = replace(config.plan, epochs=config.ablation_epochs)
    short = replace(config, scenes=config.ablation_scenes, plan=plan)
    scenes = training_scenes(kind, short)
    answers = []
    for roots in (True, False):
        rooted = replace(short, lambdas=replace(config.lambdas, roots=roots))
        net = fit(scenes, len(kind.classes), rooted, seed)
        answers.append(score(find(net, test), test, kind.classes))
    return answers[0], answers[1]


def fresh(kind: Kind, count: int) -> list[Labelled]:
    """Scenes that neither training nor any choice has used, in the unseen look."""
    return drawn(kind, range(FRESH, FRESH + count), Look.UNSEEN, SIZE)
