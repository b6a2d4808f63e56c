"""Sorts photos by person (lecture 2's album): K-means on encodings, with K given or found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from skills.errors import InvalidOption, WeightsMissing
from skills.faces import grouping
from skills.faces.agreement import adjusted_rand, purity
from skills.faces.card import CLUSTERING
from skills.faces.clusters import Clusters, Floats, k_means
from skills.faces.crossing import cross_validate, dev_of_everybody
from skills.faces.detection import open_photos, stack
from skills.faces.how_many import elbow, losses, x_means
from skills.faces.net import Encoder, committed, encode
from skills.faces.reading import read_folder
from skills.faces.sample import sample
from skills.faces.showing import grouped
from skills.faces.training import FaceConfig, views
from skills.kit import weights
from skills.kit.figures import write
from skills.kit.options import whole
from skills.protocol import Progress, SkillResult

NAME = "face_clustering"  # of the folder of its figures; the encoder is verification's
_PEOPLE, _EACH, _SEED = 4, 4, 12  # of the sample


def _spread_path() -> Path:
    return weights.FOLDER / NAME / "spread.json"


def spread() -> float:
    """The kept variance of photos about their person; raise WeightsMissing."""
    try:
        return float(json.loads(_spread_path().read_text(encoding="utf-8"))["variance"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise WeightsMissing(str(_spread_path())) from error


class FaceClustering:
    """The skill."""

    card = CLUSTERING

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """One row a person; option `people` gives K. The sample is of drawn people, mixed."""
        mixed = np.random.default_rng(_SEED).permutation(_PEOPLE * _EACH)
        files = list(sources)
        if not files:
            drawn = sample(_PEOPLE, _EACH, _SEED)
            files = [drawn[place] for place in mixed]
        wanted = whole(options, "people", 0, 0)
        if wanted > len(files):
            raise InvalidOption("people")
        photos = open_photos(files)
        progress(0.6)
        points: Floats = encode(committed(), stack(photos)).double().numpy()
        found, bend, curve = sort(points, wanted)
        picture = grouped(photos, found.members.tolist(), curve, len(found.centres), bend)
        data = {
            "groups": found.members.tolist(), "people": len(found.centres), "elbow": bend,
            "losses": curve,
        }  # fmt: skip
        return SkillResult(
            _words(len(photos), len(found.centres), bend, wanted, not sources), (picture,), data
        )

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Cross-validate and keep the spread; the encoder is trained by face_verification."""
        config, album = FaceConfig(), read_folder(data)
        crossed = cross_validate(album, config, seed)
        everybody = dev_of_everybody(views(Encoder(), album, config, seed), config, seed)
        variance = grouping.variance(everybody)
        _spread_path().parent.mkdir(parents=True, exist_ok=True)
        _spread_path().write_text(json.dumps({"variance": variance}) + "\n", encoding="utf-8")
        command = f"python -m skills train {NAME} --data DIR --seed {seed}"
        made = grouping.figures(crossed, len(album.names), seed, command)
        write(weights.FOLDER, NAME, made)
        return {"n": len(album.people), "variance": variance,
                **{each.what: each.value for each in made}}  # fmt: skip

    def evaluate(self, data: Path) -> dict[str, Any]:
        """The committed weights on a folder of people: K given, by X-means, by the elbow."""
        album = read_folder(data)
        points: Floats = encode(committed(), album.crops).double().numpy()
        people, known = album.people.numpy(), len(album.names)
        most = min(len(points), 2 * known)
        found = x_means(points, most, spread())
        given = k_means(points, known).members
        return {
            "n": len(points), "people": known, "ari": adjusted_rand(given, people),
            "purity": purity(given, people), "ari_x_means": adjusted_rand(found.members, people),
            "k_x_means": len(found.centres), "k_elbow": elbow(losses(points, most)),
        }  # fmt: skip


def sort(points: Floats, wanted: int = 0) -> tuple[Clusters, int, list[float]]:
    """Clusters (`wanted` of them, or as many as X-means finds), the elbow's K and the losses."""
    curve = losses(points, min(grouping.MOST, len(points)))
    found = k_means(points, wanted) if wanted else x_means(points, grouping.MOST, spread())
    return found, elbow(curve), curve


def _words(photos: int, people: int, bend: int, wanted: int, is_sample: bool) -> str:
    """What came out, how it works, what it was trained on."""
    how = "as you asked for" if wanted else f"the elbow of the loss says {bend}"
    drawn = " The sample's people are invented and drawn." if is_sample else ""
    group = "one person" if people == 1 else f"{people} people"
    return (
        f"I sorted the {photos} photos into {group} ({how}). Each face is cut out and becomes 128 "
        "numbers; K-means groups them from k-means++ starts, and X-means splits a group while the "
        "BIC says that two explain it better. The encoder was trained on 30 real people; "
        "of ten new ones it makes 10 to 14 groups. Your photos are not kept by it." + drawn
    )


SKILL = FaceClustering()
