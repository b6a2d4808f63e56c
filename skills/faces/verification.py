"""Do two photos show the same person (lecture 2, the gym's ID check)?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skills.faces import threshold as kept
from skills.faces.card import VERIFICATION
from skills.faces.crossing import cross_validate, figures
from skills.faces.detection import open_photos, stack
from skills.faces.net import NAME, committed, encode
from skills.faces.pairs import accuracy, all_pairs, area
from skills.faces.reading import read_folder
from skills.faces.sample import sample
from skills.faces.training import FaceConfig, distances, fit, pretrained
from skills.kit import weights
from skills.kit.drawing import side_by_side
from skills.kit.figures import write
from skills.protocol import Progress, SkillResult


class FaceVerification:
    """The skill."""

    card = VERIFICATION

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Compare two photos, or two drawn ones of an invented person."""
        photos = open_photos(list(sources) or sample(1, 2))
        progress(0.5)
        one, other = encode(committed(), stack(photos))
        away, limit = float((one - other).square().sum()), kept.kept()
        sure = kept.certainty(away, limit)
        same = away < limit.value
        answer = "the same person" if same else "two different people"
        text = (
            f"These look like {answer}: the squared distance of the two encodings is {away:.2f}, "
            f"and below {limit.value:.2f} counts as the same ({max(sure, 1 - sure):.0%} sure). "
            "Each face is found, cut out and turned into 128 numbers by a network trained with the "
            "triplet loss, on drawn people and then on 30 real ones. "
            "This is a demonstration and no proof of identity; your photos are not kept by it."
        )
        pictures = [(f"photo {place}", photo.image) for place, photo in enumerate(photos, 1)]
        data = {"distance": away, "threshold": limit.value, "same": same, "certainty": sure}
        return SkillResult(text, (side_by_side(pictures),), data)

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Cross-validate by person, then train on everybody; the threshold is the folds' mean."""
        config, album = FaceConfig(), read_folder(data)
        start = pretrained(config, seed)
        folds = cross_validate(start, album, config, seed)
        limits = [fold.threshold for fold in folds]
        mean = kept.Threshold(
            sum(each.value for each in limits) / len(limits),
            sum(each.slope for each in limits) / len(limits),
        )
        weights.save(fit(start, album, config.second, config, seed), NAME)
        kept.write(mean, weights.FOLDER / NAME / "threshold.json")
        command = f"python -m skills train face_verification --data DIR --seed {seed}"
        made = figures(folds, len(album.names), seed, command)
        write(weights.FOLDER, NAME, made)
        return {"n": len(album.people), "threshold": mean.value,
                **{each.what: each.value for each in made}}  # fmt: skip

    def evaluate(self, data: Path) -> dict[str, Any]:
        """The committed weights and threshold on all pairs of a folder of people."""
        album = read_folder(data)
        pairs = distances(committed(), album)
        pixels = all_pairs(album.wholes, album.people)
        right = accuracy(pairs, kept.read())
        return {"n": len(pairs.same), "people": len(album.names), "auc": area(pairs),
                "balanced_accuracy": right, "floor_auc": area(pixels)}  # fmt: skip


SKILL = FaceVerification()
