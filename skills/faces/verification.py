"""Do two photos show the same person (lecture 2, the gym's ID check)?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skills.faces import threshold as kept
from skills.faces.card import VERIFICATION
from skills.faces.crossing import cross_validate, dev_of_everybody
from skills.faces.detection import open_photos, stack
from skills.faces.net import NAME, Encoder, committed, encode
from skills.faces.pairs import accuracy, all_pairs, area, choose, together
from skills.faces.reading import read_folder
from skills.faces.sample import sample
from skills.faces.showing import compared
from skills.faces.training import FaceConfig, fit, views
from skills.faces.verifying import figures
from skills.kit import weights
from skills.kit.figures import write
from skills.protocol import Progress, SkillResult


class FaceVerification:
    """The skill."""

    card = VERIFICATION

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Compare two photos, or two drawn ones of an invented person."""
        photos = open_photos(sources or sample(1, 2))
        progress(0.5)
        one, other = encode(committed(), stack(photos))
        away, limit = float((one - other).square().sum()), kept.kept()
        sure = kept.certainty(away, limit)
        same = away < limit.value
        answer = "the same person" if same else "two different people"
        text = (
            f"These look like {answer}: the squared distance of the two encodings is {away:.2f}, "
            f"and below {limit.value:.2f} counts as the same ({_sure(sure)}, were both as "
            "likely beforehand). Each face is found, cut out and turned into 128 numbers "
            "by Gabor filters and a layer trained with the triplet loss on 30 real people. "
            "This is a demonstration and no proof of identity; your photos are not kept by it."
            + ("" if sources else " The sample's person is invented and drawn.")
        )
        data = {"distance": away, "threshold": limit.value, "same": same, "certainty": sure}
        return SkillResult(text, (compared(photos, away, limit.value),), data)

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Cross-validate by person, then train on everybody and keep a threshold for that.

        The kept threshold is chosen on distances of people whom the encoder at hand did not know.
        """
        config, album = FaceConfig(), read_folder(data)
        crossed = cross_validate(album, config, seed)
        everybody = views(Encoder(), album, config, seed)
        weights.save(fit(everybody, config, seed), NAME)
        dev = dev_of_everybody(everybody, config, seed)
        limit = choose(together([all_pairs(each.points, each.people) for each in dev]))
        kept.write(limit, weights.FOLDER / NAME / "threshold.json")
        command = f"python -m skills train {NAME} --data DIR --seed {seed}"
        made = figures(crossed, len(album.names), seed, command)
        write(weights.FOLDER, NAME, made)
        return {"n": len(album.people), "threshold": limit.value,
                **{each.what: each.value for each in made}}  # fmt: skip

    def evaluate(self, data: Path) -> dict[str, Any]:
        """The committed weights and threshold on all pairs of a folder of people."""
        album = read_folder(data)
        pairs = all_pairs(encode(committed(), album.crops), album.people)
        floors = [
            all_pairs(faces.flatten(1), album.people) for faces in (album.crops, album.wholes)
        ]
        right = accuracy(pairs, kept.read())
        return {"n": len(pairs.same), "people": len(album.names), "auc": area(pairs),
                "balanced_accuracy": right,
                "floor_auc": max(area(floor) for floor in floors)}  # fmt: skip


def _sure(same: float) -> str:
    """In words: the slope of the odds was fitted on too few people for more than 99%."""
    likely = max(same, 1 - same)
    return "over 99% sure" if likely > 0.99 else f"{likely:.0%} sure"


SKILL = FaceVerification()
