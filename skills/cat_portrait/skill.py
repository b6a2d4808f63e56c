"""Breed and age of a cat (lecture 2): the variants of the cat classifier.

One trunk with two heads: breed is a choice of many (softmax, cross-entropy), age is a regression
with the L1 loss. There is no data set of cats with both labels here, so the cats are drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skills.cat_portrait import data as drawn
from skills.cat_portrait.card import CAT_PORTRAIT
from skills.cat_portrait.cat import BREEDS, OLDEST, posed
from skills.cat_portrait.judge import keep, load
from skills.cat_portrait.net import NAME, as_bytes
from skills.cat_portrait.others import DEV_KINDS, TEST_KINDS
from skills.cat_portrait.picture import answer_picture, stranger_picture
from skills.cat_portrait.portrait import portrait
from skills.cat_portrait.scoring import figures, plain, score
from skills.cat_portrait.training import CatConfig, answers, fit, new
from skills.errors import InvalidOption
from skills.kit import figures as kept
from skills.kit import weights
from skills.kit.images import open_image
from skills.protocol import Progress, SkillResult

_FRESH_CATS, _FRESH_OTHERS = 400, 50
_SAMPLE = {"breed": "calico", "age": 4.0, "seed": 11}


class CatPortrait:
    """The skill."""

    card = CAT_PORTRAIT

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Judge the upload, or a cat drawn by the options `breed`, `age` (years) and `seed`."""
        image, told = (open_image(sources[0]), "") if sources else _sample(options)
        caption = "your picture" if sources else "a drawn cat"
        progress(0.3)
        judge = load()
        pictures = as_bytes(image)[None]  # [1, 3, 64, 64]
        distance, farthest = float(judge.distances(pictures)[0]), judge.limits.farthest
        data: dict[str, Any] = {"distance": distance, "farthest": farthest}
        progress(0.6)
        if sources and distance > farthest:  # its own drawing is a drawn cat, however odd
            picture = stranger_picture(image, caption, distance, farthest)
            return SkillResult(_stranger(), (picture,), {**data, "breed": None, "age": None})
        chances, ages = answers(judge.net, pictures)
        age, between = float(ages[0]), judge.limits.interval(float(ages[0]))
        breed, sure = BREEDS[int(chances[0].argmax())], float(chances[0].max())
        picture = answer_picture(image, caption, chances[0].tolist(), age, between)
        data |= {"breed": breed, "sure": sure, "age": age, "interval": list(between)}
        return SkillResult(_words(breed, sure, age, between, told), (picture,), data)

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Draw cats, train, fit the limits on dev, report on test; `data` is not read."""
        return train(CatConfig(), seed)

    def evaluate(self, data: Path) -> dict[str, Any]:
        """The committed weights on freshly drawn cats of a seed of its own; `data` is not read."""
        test = drawn.cats(_FRESH_CATS, drawn.FRESH)
        others = drawn.others(_FRESH_OTHERS, TEST_KINDS, drawn.FRESH)
        return {**plain(score(load(), test, others), len(test)), "data": "generated"}


def train(config: CatConfig, seed: int) -> dict[str, Any]:
    """Weights, limits and figures by a configuration."""
    cats = drawn.cats(config.cats, drawn.TRAIN + seed)
    dev, test = drawn.cats(config.dev, drawn.DEV), drawn.cats(config.test, drawn.TEST)
    dev_others = drawn.others(config.others, DEV_KINDS, drawn.DEV)
    test_others = drawn.others(config.others, TEST_KINDS, drawn.TEST)
    net = new(seed)
    fit(net, cats, config.plan, seed)
    judge = keep(net, cats, dev, dev_others)
    command = f"python -m skills train {NAME} --seed {seed}"
    found = figures(judge, cats, test, test_others, config, command)
    kept.write(weights.FOLDER, NAME, found)
    return {"n": len(test), **{figure.what: figure.value for figure in found}}


def _sample(options: Mapping[str, Any]) -> tuple[Any, str]:
    wanted = {**_SAMPLE, **{name: options[name] for name in _SAMPLE if name in options}}
    breed = str(wanted["breed"]).strip().lower().replace("_", " ")
    if breed not in BREEDS:
        raise InvalidOption("breed")
    age = _number("age", wanted["age"], OLDEST)
    seed = int(_number("seed", wanted["seed"], 2**31 - 1))
    return portrait(posed(breed, age, seed), 440), f"It was drawn as a {breed} of {age:g} years. "


def _number(name: str, said: Any, most: float) -> float:
    try:
        number = float(said)
    except (TypeError, ValueError) as error:
        raise InvalidOption(name) from error
    if not 0 <= number <= most:
        raise InvalidOption(name)
    return number


def _words(breed: str, sure: float, age: float, between: tuple[float, float], told: str) -> str:
    low, high = between
    return (
        f"This looks like a {breed} ({sure:.0%}), about {age:.1f} years old; nine times in ten the "
        f"age lies between {low:.1f} and {high:.1f}. {told}One network answers both: a softmax "
        f"over {len(BREEDS)} breeds, and a regression with the L1 loss, which a few wrong ages "
        "do not carry away. It was trained on generated drawings alone and knows no real cat."
    )


def _stranger() -> str:
    return (
        "This is far from every drawn cat that I learnt from, so I would rather not name a "
        "breed or an age. I was trained on generated drawings of cats' faces alone and have never "
        "seen a photo; a drawn cat that looks straight at you works, and so does the sample."
    )


SKILL = CatPortrait()
