"""Draws a simulated student: a goal from the catalogue and somebody who wants it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from bot.policy.simulator.goals import asking, impossible, making, wavering
from bot.policy.simulator.goals.catalogue import Catalogue
from bot.policy.simulator.goals.goal import TRAITS, Goal, Twist
from bot.policy.simulator.goals.making import Maker, NoSuchGoal
from bot.policy.simulator.student.agenda import Student
from bot.policy.simulator.values import Trait

# Of a hundred goals; what is not plain are the three other traits.
_SHARES: Mapping[Trait, int] = {
    Trait.PLAIN: 52,
    Trait.IMPOSSIBLE: 16,
    Trait.CHANGED: 16,
    Trait.AMBIGUOUS: 16,
}
_PLAIN: tuple[tuple[Callable[[Maker], Goal], int], ...] = (
    (making.enroll, 24),
    (making.enroll_two, 8),
    (making.drop, 12),
    (making.swap, 12),
    (making.move, 8),
    (asking.find, 12),
    (asking.ask, 12),
    (asking.schedule, 6),
    (asking.inform, 6),
)
_MAKERS: Mapping[Twist, Callable[[Maker], Goal]] = {
    Twist.NOT_OFFERED: impossible.not_offered,
    Twist.FULL: impossible.full,
    Twist.PREREQUISITE: impossible.prerequisite,
    Twist.CONFLICT: impossible.conflict,
    Twist.UNKNOWN_CODE: impossible.unknown_code,
    Twist.CLOSED_TERM: impossible.closed_term,
    Twist.HOLD: impossible.hold,
    Twist.OTHER_QUARTER: wavering.other_quarter,
    Twist.OTHER_CLASS: wavering.other_class,
    Twist.RETRACTED: wavering.retracted,
    Twist.WRONG_YEAR: wavering.wrong_year,
    Twist.DIGRESSION: wavering.digression,
    Twist.DROP_REGRETTED: wavering.drop_regretted,
    Twist.SWAP_REGRETTED: wavering.swap_regretted,
    Twist.NOT_HELD: impossible.not_held,
    Twist.SWAP_REFUSED: impossible.swap_refused,
    Twist.TITLE: wavering.title,
    Twist.PART_OF_TITLE: wavering.part_of_title,
    Twist.NO_QUARTER: wavering.no_quarter,
    Twist.NO_YEAR: wavering.no_year,
    Twist.PREFERENCE: wavering.preference,
    Twist.IT: wavering.it,
}
_BY_TRAIT: Mapping[Trait, tuple[Callable[[Maker], Goal], ...]] = {
    trait: tuple(_MAKERS[twist] for twist in twists if twist in _MAKERS)
    for trait, twists in TRAITS.items()
}


def draw_goal(chance: random.Random, catalogue: Catalogue) -> Goal:
    """A goal that can be reached, the same for the same chance."""
    trait = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
    maker = Maker(catalogue, chance)
    while True:
        if trait is Trait.PLAIN:
            makes, shares = zip(*_PLAIN, strict=True)
            make: Callable[[Maker], Goal] = chance.choices(makes, shares)[0]
        else:
            make = chance.choice(_BY_TRAIT[trait])
        try:
            return make(maker)
        except NoSuchGoal:
            continue  # this catalogue holds nothing of that sort


def draw(seed: int | random.Random, catalogue: Catalogue) -> Student:
    """A student with a goal; the same one for the same seed and catalogue."""
    chance = seed if isinstance(seed, random.Random) else random.Random(seed)
    return Student(draw_goal(chance, catalogue), catalogue, chance)
