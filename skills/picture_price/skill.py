"""What is a bicycle worth, and which of its parts make it so (lecture 1, a student project)?"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from skills.kit import weights
from skills.kit.drawing import png
from skills.kit.figures import today, write
from skills.kit.images import open_image
from skills.kit.options import whole
from skills.kit.scenery import UNSEEN, pixels_of
from skills.picture_price.attribution import heat_map, shares
from skills.picture_price.bicycle import PARTS, draw_bicycle
from skills.picture_price.card import PICTURE_PRICE
from skills.picture_price.drawing import HEIGHT, WIDTH, draw_look, draw_picture, largest_of_blocks
from skills.picture_price.measuring import figures, summary
from skills.picture_price.net import NAME, PriceNet
from skills.picture_price.showing import answer_picture, bars, tint_heat, tint_parts
from skills.picture_price.training import (
    PriceConfig,
    draw_offers,
    fit,
    guesses,
    ridge,
    ridge_guesses,
)
from skills.protocol import Progress, SkillResult

_SCALE = 5  # of the picture that is shown
_RIDGE = 30.0  # strength of the linear floor, chosen on the development part


class PicturePrice:
    """The skill."""

    card = PICTURE_PRICE

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Price an upload, or a bicycle drawn by option `seed`, part by part."""
        net = weights.load(PriceNet(), NAME)
        progress(0.2)
        if sources:
            return _upload(net, open_image(sources[0]), progress)
        return _drawn(net, whole(options, "seed", 0), progress)

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Draw bicycles, learn their prices, score price and parts on unseen styles."""
        config = PriceConfig()
        learnt = draw_offers(f"train {seed}", config.pictures, unseen=False)
        net = fit(learnt, config, seed)
        weights.save(net, NAME)
        net = weights.load(PriceNet(config.width), NAME)  # what is committed is what is scored
        test = draw_offers("test", 800, unseen=True)
        parts = draw_offers("test parts", 200, unseen=True, related=False)
        floors = {
            "always the median price": learnt.asked.median().expand(len(test.asked)),
            "linear regression on pixels": ridge_guesses(ridge(learnt, _RIDGE), test),
        }
        write(weights.FOLDER, NAME, figures(net, test, floors, parts, today()))
        return summary(net, test, parts)

    def evaluate(self, data: Path) -> dict[str, Any]:
        """Score the committed weights on bicycles that neither training nor test used."""
        net = weights.load(PriceNet(), NAME)
        parts = draw_offers("evaluation parts", 40, unseen=True, related=False)
        return summary(net, draw_offers("evaluation", 300, unseen=True), parts)


def _drawn(net: PriceNet, seed: int, progress: Progress) -> SkillResult:
    chance = random.Random(f"shown {seed}")
    bicycle = draw_bicycle(chance)
    while list(bicycle.kinds.values()).count("none") > 1:  # a sample should have parts to price
        bicycle = draw_bicycle(chance)
    image, labels = draw_picture(bicycle, draw_look(chance, UNSEEN, True), chance, _SCALE)
    small = np.asarray(image.resize((WIDTH, HEIGHT), Image.Resampling.BOX))
    found = shares(net, small, largest_of_blocks(labels, _SCALE))["shapley"]
    progress(0.8)
    price = float(guesses(net, pixels_of(image, (WIDTH, HEIGHT)).unsqueeze(0))[0])
    dollars = {
        part: float(value)
        for part, value in zip(PARTS, found, strict=True)
        if bicycle.kinds[part] != "none"
    }
    tinted = tint_parts(image, labels, [dollars.get(part, 0.0) for part in PARTS])
    truth = bicycle.part_prices()
    sheet = answer_picture(
        ("the bicycle: the redder, the dearer", _pair(image, tinted)),
        (f"guess ${price:.0f}, asked ${bicycle.asked:.0f}", bars(dollars, truth)),
    )
    best = max(dollars, key=lambda part: dollars[part])
    text = (
        f"I'd guess ${price:.0f} for this drawn bicycle (asked: ${bicycle.asked:.0f}); its dearest "
        f"part is the {best}, at ${dollars[best]:.0f}. A convolutional network learnt prices alone "
        "from 9,000 generated pictures (Huber loss). What a part adds is its Shapley value: all 64 "
        "pictures with some parts painted over are priced. The black marks are the generator's "
        "true prices; the shares come near, but are no proof of what makes a real bicycle dear."
    )
    data = {"price": price, "asked": bicycle.asked, "parts": dollars, "true_parts": truth}
    return SkillResult(text, (png(sheet),), data)


def _pair(image: Image.Image, tinted: Image.Image) -> Image.Image:
    """The picture above, its tinted twin below."""
    half = (image.width, image.height * 2)
    both = Image.new("RGB", half)
    both.paste(image, (0, 0))
    both.paste(tinted, (0, image.height))
    return both


def _upload(net: PriceNet, photo: Image.Image, progress: Progress) -> SkillResult:
    image = ImageOps.pad(photo, (WIDTH * _SCALE, HEIGHT * _SCALE), color=(235, 235, 235))
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    price = float(guesses(net, pixels_of(small, (WIDTH, HEIGHT)).unsqueeze(0))[0])
    heat = heat_map(net, np.asarray(small))
    progress(0.8)
    sheet = answer_picture(
        (f"your picture: guess ${max(price, 0):.0f}", image),
        ("where the guess comes from", tint_heat(image, heat)),
    )
    text = (
        f"I'd guess ${max(price, 0):.0f}, but take it with a pinch of salt: the network knows only "
        "generated drawings of bicycles seen from the side, and it answers with a price whatever "
        "the picture shows. Nobody told it where the parts of yours are, so the heat map shows "
        "instead where the guess falls most when a patch is covered."
    )
    return SkillResult(text, (png(sheet),), {"price": price, "heat": float(heat.max())})


SKILL = PicturePrice()
