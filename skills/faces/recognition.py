"""Who is on the last photo (lecture 2): somebody who was enrolled a moment ago, or nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from skills.errors import DataLayoutInvalid
from skills.faces import recognising, threshold
from skills.faces.card import RECOGNITION
from skills.faces.crossing import Points, cross_validate, dev_of_everybody
from skills.faces.detection import Photo, open_photos, stack
from skills.faces.neighbours import ask
from skills.faces.net import Encoder, committed, encode
from skills.faces.reading import read_folder
from skills.faces.recognising import named, questions, refused
from skills.faces.sample import bald_and_bearded, full_hair, sample
from skills.faces.showing import recognised
from skills.faces.training import FaceConfig, views
from skills.faces.triplet import squared_distances
from skills.kit import weights
from skills.kit.figures import write
from skills.protocol import Progress, SkillResult

# Of the folder of its limit and figures; the encoder is that of face_verification.
NAME = "face_recognition"
_INVENTED = ("Ada", "Ben", "Cleo", "Dov")  # drawn people who are enrolled beforehand
_EACH = 3  # photos of each
_NEW = "the new person"
_OTHER_SEED = 31  # of the sample's new person and stranger


def threshold_path() -> Path:
    """Where its limit is kept: other than that of two photos, for the nearest of many is nearer."""
    return weights.FOLDER / NAME / "threshold.json"


class FaceRecognition:
    """The skill."""

    card = RECOGNITION

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """The last upload is the question, the others show one new person.

        The sample asks twice: with another photo of its new person and with a stranger's.
        """
        asked = 1 if sources else 2
        shown = open_photos(sources or _asked())
        progress(0.3)
        known = open_photos(sample(len(_INVENTED), _EACH, styled=full_hair))
        progress(0.7)
        fresh, last = shown[:-asked], shown[-asked:]
        photos = [*known, *fresh]
        owners = torch.tensor([place // _EACH for place in range(len(known))])
        owners = torch.cat([owners, torch.full((len(fresh),), len(_INVENTED))])
        net = committed()
        enrolled, faces = encode(net, stack(photos)), encode(net, stack(last))
        limit = threshold.kept(threshold_path()).value
        return self._result(photos, owners, enrolled, last, faces, limit)

    def _result(
        self, photos: list[Photo], owners: Tensor, enrolled: Tensor, last: list[Photo],
        faces: Tensor, limit: float,
    ) -> SkillResult:  # fmt: skip
        names = (*_INVENTED, _NEW)
        answers = [ask(face, enrolled, owners, limit) for face in faces]
        said = [
            "nobody enrolled" if each.person is None else names[each.person] for each in answers
        ]
        away = squared_distances(faces, enrolled)  # [questions, enrolled]
        nearest = [
            [float(line[owners == person].min()) for person in range(len(names))] for line in away
        ]
        rows = [
            (name, [photo for photo, owner in zip(photos, owners.tolist(), strict=True)
                    if owner == person])
            for person, name in enumerate(names)
        ]  # fmt: skip
        shown = [
            (f"this is {name}", photo, each.person)
            for name, photo, each in zip(said, last, answers, strict=True)
        ]
        picture = recognised(rows, shown, nearest, limit)
        data = {
            "people": [each.person for each in answers], "names": said,
            "distances": [each.distance for each in answers], "threshold": limit,
        }  # fmt: skip
        return SkillResult(_words(said, len(photos) - len(_INVENTED) * _EACH), (picture,), data)

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Cross-validate and choose the limit; the encoder is trained by face_verification."""
        config, album = FaceConfig(), read_folder(data)
        people = len(album.names)
        crossed = cross_validate(album, config, seed)
        everybody = dev_of_everybody(views(Encoder(), album, config, seed), config, seed)
        limit = recognising.choose(everybody)
        threshold.write(limit, threshold_path())
        command = f"python -m skills train {NAME} --data DIR --seed {seed}"
        made = recognising.figures(crossed, people, seed, command)
        write(weights.FOLDER, NAME, made)
        return {"n": len(album.people), "threshold": limit.value,
                **{each.what: each.value for each in made}}  # fmt: skip

    def evaluate(self, data: Path) -> dict[str, Any]:
        """The committed weights and limit: three photos of each are enrolled, the others asked."""
        album = read_folder(data)
        limit = threshold.kept(threshold_path()).value
        group = Points(encode(committed(), album.crops), album.people)
        asked = questions(group)
        if not len(asked.people):
            raise DataLayoutInvalid(str(data), "more than three photos of somebody")
        return {
            "n": len(asked.people), "people": len(album.names),
            "named": float(named(asked, limit).mean()),
            "strangers_refused": float(refused(asked, limit).mean()),
        }  # fmt: skip


def _asked() -> list[bytes]:
    """The sample: four photos of a new person, one of a stranger who is plainly another."""
    new = sample(1, _EACH + 1, _OTHER_SEED, full_hair)
    return [*new, *sample(1, 1, _OTHER_SEED, bald_and_bearded)]


def _words(said: Sequence[str], new: int) -> str:
    """What came out, how it works, what it was trained on."""
    first = f"The last photo shows {said[0]}."
    if len(said) > 1:
        first = (
            f"Of the sample's two questions the first shows {said[0]}, the second {said[1]} "
            "(all of them are drawn)."
        )
    photos = "one photo" if new == 1 else f"{new} photos"
    return (
        f"{first} {_NEW.capitalize()} was enrolled from {photos} just now, beside four invented "
        "people and without training anything again: each face becomes 128 numbers, and the two "
        "nearest enrolled photos must be of one person and near enough. The encoder was trained "
        "on 30 real people and keeps nothing of your photos; this is no proof of identity."
    )


SKILL = FaceRecognition()
