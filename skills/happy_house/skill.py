"""The Happy House (lecture 1's list): no sad person should enter, says a camera at the door."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from skills.happy_house.card import HAPPY_HOUSE
from skills.happy_house.drawing import SIZE, draw_face
from skills.happy_house.measuring import figures, summary
from skills.happy_house.net import NAME, HappyNet, chances
from skills.happy_house.person import draw_moment, draw_person
from skills.happy_house.showing import door, face_of
from skills.happy_house.training import HappyConfig, careful_threshold, draw_faces, fit, fit_floor
from skills.kit import weights
from skills.kit.drawing import side_by_side
from skills.kit.evidence import evidence, with_heat
from skills.kit.figures import today, write
from skills.kit.images import open_image
from skills.kit.options import whole
from skills.kit.scenery import UNSEEN, pixels_of
from skills.protocol import Progress, SkillResult

_SHOWN = 320  # pixels a side


class HappyHouse:
    """The skill."""

    card = HAPPY_HOUSE

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Decide about an upload's face, or about a person drawn by option `seed`."""
        net = weights.load(HappyNet(), NAME)
        note, mood = "", None
        if sources:
            face, found = face_of(open_image(sources[0]))
            note = "" if found else " I found no face, so I took the middle of the picture."
        else:
            seed = whole(options, "seed", 0)
            chance = random.Random(f"shown {seed}")
            person = draw_person(chance, unseen=True)
            moment = draw_moment(person, chance)
            mood = moment.mood
            face = draw_face(person, moment, chance.choice(UNSEEN), chance, scale=5)
        progress(0.4)
        x = pixels_of(face, (SIZE, SIZE))
        sure, threshold = float(chances(net, x.unsqueeze(0))[0]), float(net.threshold)
        opens = sure > threshold
        progress(0.7)
        panels = [
            ("at the door", face.resize((_SHOWN, _SHOWN))),
            ("what mattered", with_heat(face, evidence(net, x), _SHOWN)),
            ("come in!" if opens else "not today", door(opens, _SHOWN)),
        ]
        data = {"happy": sure, "threshold": threshold, "admitted": opens, "mood": mood}
        text = _text(sure, threshold, opens) + note
        return SkillResult(text, (side_by_side(panels, _SHOWN),), data)

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Draw people, learn, choose the threshold on development people, score on others."""
        config = HappyConfig()
        faces = draw_faces(f"train {seed}", config.people, config.pictures, unseen=False)
        net, floor = fit(faces, config, seed), fit_floor(faces, config, seed)
        dev = draw_faces("dev", 240, 16, unseen=True)
        sure = chances(net, dev.as_floats())
        net.threshold = torch.tensor(careful_threshold(sure, dev, config))
        weights.save(net, NAME)
        net = weights.load(HappyNet(config.width), NAME)  # what is committed is what is scored
        test = draw_faces("last test", 240, 16, unseen=True)
        write(weights.FOLDER, NAME, figures(net, floor, test, today(), seed))
        return summary(net, test)

    def evaluate(self, data: Path) -> dict[str, Any]:
        """Score the committed weights on people that neither training nor test used."""
        net = weights.load(HappyNet(), NAME)
        return summary(net, draw_faces("evaluation", 40, 10, unseen=True))


def _text(sure: float, threshold: float, opens: bool) -> str:
    if opens:
        answer = f"Welcome, come in! This face looks happy to me ({sure:.0%})."
    elif sure >= 0.5:
        answer = f"Perhaps happy ({sure:.0%}), but not surely enough for this door, sorry."
    else:
        answer = f"The door stays shut: this face does not look happy to me ({sure:.0%})."
    return (
        f"{answer} It opens above {threshold:.0%}, so that at most one in twenty unhappy faces of "
        "new drawn people gets in. A small convolutional network learnt it from 5,600 generated "
        "drawings of 350 made-up people; of photographs it knows nothing, what someone feels it "
        "cannot see, and a smile is no key: it must never decide who may enter anything."
    )


SKILL = HappyHouse()
