"""Which digit does a hand sign (lecture 1's list)? Logistic regression first, then a network."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from skills.errors import WeightsMissing
from skills.kit import weights
from skills.kit.drawing import png, side_by_side
from skills.kit.evidence import evidence, with_heat
from skills.kit.figures import today, write
from skills.kit.images import open_image
from skills.kit.options import whole
from skills.kit.scenery import UNSEEN, pixels_of
from skills.protocol import Progress, SkillResult
from skills.sign_digits.card import SIGN_DIGITS
from skills.sign_digits.digits import DIGITS
from skills.sign_digits.drawing import SIZE, draw_sign
from skills.sign_digits.hand import draw_hand, draw_pose
from skills.sign_digits.measuring import figures, summary
from skills.sign_digits.net import LOGISTIC, NAME, PixelRegression, SignNet, chances, margin
from skills.sign_digits.showing import bars, confusion_picture
from skills.sign_digits.training import SignConfig, draw_signs, fit, fit_logistic

_SHOWN = 320  # pixels a side
_SURE = 0.6  # P below which the answer is called a guess


class SignDigits:
    """The skill."""

    card = SIGN_DIGITS

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Read an upload, or a hand drawn by option `seed` that signs option `digit`."""
        net, logistic = _models()
        progress(0.3)
        image, digit = _upload(sources[0]) if sources else _drawn(options)
        x = pixels_of(image, (SIZE, SIZE))
        ours, theirs = (chances(each, x.unsqueeze(0))[0].tolist() for each in (net, logistic))
        read = ours.index(max(ours))
        heat = evidence(lambda copies: margin(net, copies, read), x)
        progress(0.7)
        panels = [
            ("your picture" if sources else f"a drawn hand signs {digit}", image),
            ("what mattered", with_heat(image, heat, _SHOWN)),
            (f"read as {read}", bars(ours, theirs, _SHOWN)),
        ]
        data = {"digit": read, "chances": ours, "logistic": theirs, "true": digit}
        matrix = confusion_picture("read and misread, 200 held-out drawn hands", _confusion())
        pictures = (side_by_side(panels, _SHOWN), png(matrix))
        return SkillResult(_text(ours, theirs), pictures, data)

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Draw hands, train both models, score them on unseen looks."""
        config = SignConfig()
        signs = draw_signs(f"train {seed}", config.hands, config.pictures, unseen=False)
        weights.save(fit_logistic(signs, config, seed), NAME, LOGISTIC)
        weights.save(fit(signs, config, seed), NAME)
        net, logistic = _models()  # what is committed is what is scored
        test = draw_signs("test", 200, 10, unseen=True)
        known = draw_signs("test known", 100, 10, unseen=False)
        write(weights.FOLDER, NAME, figures(net, logistic, test, known, today(), seed))
        found = summary(net, logistic, test)
        path = weights.FOLDER / NAME / "confusion.json"
        path.write_text(json.dumps(found["confusion"]) + "\n", encoding="utf-8")
        return found

    def evaluate(self, data: Path) -> dict[str, Any]:
        """Score the committed weights on hands that neither training nor test used."""
        return summary(*_models(), draw_signs("evaluation", 60, 10, unseen=True))


def _models() -> tuple[SignNet, PixelRegression]:
    width = SignConfig().width
    return weights.load(SignNet(width), NAME), weights.load(PixelRegression(), NAME, LOGISTIC)


def _confusion() -> list[list[int]]:
    """The network's on the test, as training left it; raise WeightsMissing."""
    path = weights.FOLDER / NAME / "confusion.json"
    try:
        counts: list[list[int]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WeightsMissing(str(path)) from error
    return counts


def _upload(data: bytes) -> tuple[Image.Image, None]:
    """The middle square."""
    image = open_image(data)
    return ImageOps.fit(image, (_SHOWN, _SHOWN), Image.Resampling.LANCZOS), None


def _drawn(options: Mapping[str, Any]) -> tuple[Image.Image, int]:
    seed = whole(options, "seed", 0)
    chance = random.Random(f"shown {seed}")
    digit = whole(options, "digit", chance.randrange(DIGITS), 0, DIGITS - 1)
    hand, pose = draw_hand(chance, unseen=True), draw_pose(chance, digit)
    return draw_sign(hand, pose, chance.choice(UNSEEN), chance, scale=_SHOWN // SIZE), digit


def _text(ours: Sequence[float], theirs: Sequence[float]) -> str:
    sure, read = max(ours), ours.index(max(ours))
    other = theirs.index(max(theirs))
    answer = f"I read a {read} ({sure:.0%})."
    if sure < _SURE:
        answer = f"I'd guess a {read}, but I am not sure of it ({sure:.0%})."
    agrees = "says the same" if other == read else f"says {other}"
    return (
        f"{answer} Logistic regression on the same pixels, the lecture's first try, {agrees} "
        f"({max(theirs):.0%}): it can only weigh each pixel's place, while the convolutional "
        "network sees fingers wherever they are. Both learnt the digits of American Sign Language "
        "(3 is thumb, index and middle finger) from 9,000 generated pictures of 900 hands "
        "and know no photographs; a picture without a hand is read as some digit, too."
    )


SKILL = SignDigits()
