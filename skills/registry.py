"""All skills by name; a skill's module (and torch with it) is imported when it is first used."""

from __future__ import annotations

from importlib import import_module

from skills.errors import UnknownSkill
from skills.protocol import InputKind, Skill, SkillCard

_MODULES = {
    "day_night": "skills.day_night.skill",
    "recycling_robot": "skills.recycling_robot",
    "linear_adversarial": "skills.linear_adversarial",
}
CARDS: dict[str, SkillCard] = {
    card.name: card
    for card in (
        SkillCard(
            "day_night",
            "Day or night",
            2,
            "tells from a photo whether it was taken by day or by night",
            ("day night", "day/night", "day and night classifier", "day night photos", "photo"),
            InputKind.IMAGE,
        ),
        SkillCard(
            "recycling_robot",
            "The recycling robot",
            9,
            "learns the Q-table of the lecture's five-state world",
            ("q-learning", "q learning", "q table", "robot", "reinforcement learning", "recycling"),
        ),
        SkillCard(
            "linear_adversarial",
            "The linear adversarial example",
            4,
            "fools a linear model by adding a little of its own weights to the input",
            ("adversarial example", "adversarial", "linear adversarial", "fast gradient sign"),
        ),
    )
}


def get(name: str) -> Skill:
    """The skill of that name; raise UnknownSkill."""
    if name not in _MODULES:
        raise UnknownSkill(name)
    skill: Skill = import_module(_MODULES[name]).SKILL
    return skill
